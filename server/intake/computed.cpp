#include "server/intake/computed.hpp"

#include <cstdio>
#include <map>

#include "common/catalog/check_digit.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/pinyin/pinyin.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

std::string region_code(Store& store, const FieldValues& customer) {
    const Value* region = find(customer, field(kCustomer, "region_id").tag);
    const auto values =
        region == nullptr ? std::nullopt : store.load(catalog::kRegion.tag, as_record(*region));
    const std::string code =
        values ? text_in(*values, field(catalog::kRegion, "code")) : std::string();
    return code.empty() ? "ZB" : code;
}

/// What is kept about a customer, as far as its completeness goes.
std::vector<catalog::Member> kept_about(Store& store, const Place& place) {
    std::vector<catalog::Member> kept;
    for (const Place& member : store.file_of(place.customer)) {
        const auto* kind = catalog::find_kind(member.kind);
        if (kind == nullptr || catalog::is_file(*kind) || !catalog::is_demanded(*kind)) continue;
        kept.push_back({kind, store.load(member.kind, member.record).value_or(FieldValues{})});
    }
    return kept;
}

/// Counted over what is kept about the customer now.
std::int64_t completeness(Store& store, const Place& place, const FieldValues& customer) {
    const auto kept = kept_about(store, place);
    return catalog::completeness_bp({customer, kept}, catalog::profile_of(customer));
}

}  // namespace

void compute(Store& store, const Place& place, FieldValues& values) {
    if (!catalog::is_file(place.kind)) return;
    const std::string name = text_in(values, field(kCustomer, "name"));
    const bool person = text_in(values, field(kCustomer, "party_kind")) == "person";
    std::string pinyin =
        pinyin::full(name, person ? pinyin::Head::PersonName : pinyin::Head::Plain);
    pinyin.resize(std::min(pinyin.size(), std::size_t{240}));
    assign(values, field(kCustomer, "name_pinyin").tag, std::move(pinyin));
    assign(values, field(kCustomer, "completeness_bp").tag, completeness(store, place, values));
}

std::vector<catalog::Lacking> missing_in(Store& store,
                                         const Place& place,
                                         const FieldValues& customer,
                                         catalog::Profile profile) {
    const auto kept = kept_about(store, place);
    return catalog::missing({customer, kept}, profile);
}

std::string next_customer_no(Store& store, const FieldValues& customer, Instant now) {
    const std::string year = office_date(now).substr(0, 4);
    const std::string region = region_code(store, customer);
    for (;;) {
        const auto sequence = store.next("customer_no:" + year);
        char digits[16];
        std::snprintf(digits, sizeof digits, "%06llu", static_cast<unsigned long long>(sequence));
        std::string number("KH-");
        number.append(region).append("-").append(year).append("-").append(digits);
        const char check = catalog::mod_11_10(number);
        number.append("-").push_back(check);
        // An import may have brought a number of this form with it.
        if (store.find(kCustomer.tag, field(kCustomer, "customer_no").tag, number).empty())
            return number;
    }
}

}  // namespace dossier::server
