#include "server/intake/disclosing.hpp"

#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/disclosure.hpp"
#include "common/catalog/value_json.hpp"
#include "common/catalog/wrong.hpp"
#include "common/crypto/digest.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/chains.hpp"

#include "server/intake/merge.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kConsent;
using catalog::kCustomer;
using catalog::kDisclosure;

RecordId customer_in(const FieldValues& disclosure) {
    return record_in(disclosure, field(kDisclosure, "customer_id"));
}

std::vector<std::string> fields_named(const FieldValues& disclosure) {
    auto names = catalog::elements_in(disclosure, field(kDisclosure, "given_fields"));
    for (auto& name : names) name = name.substr(1, name.size() - 2);
    return names;
}

/// By its name or by what people call it, in either language.
const catalog::Field* field_called(std::string_view name) {
    const auto* of = catalog::find_field(kCustomer, name);
    return of == nullptr ? catalog::find_heading(kCustomer, name) : of;
}

/// Given by that day, for this purpose, still valid and not taken back.
bool agrees(const FieldValues& consent, std::string_view today) {
    const auto day = [&](std::string_view name) {
        return text_in(consent, *catalog::find_field(kConsent, name));
    };
    const auto scopes = catalog::elements_in(consent, field(kConsent, "scope"));
    const bool for_this = std::ranges::find(scopes, "\"disclosure\"") != scopes.end();
    const auto until = day("valid_until");
    const auto withdrawn = day("withdrawn_on");
    return for_this && find(consent, catalog::kDeletedAt) == nullptr && day("given_on") <= today &&
           (until.empty() || until >= today) && (withdrawn.empty() || withdrawn > today);
}

bool has_basis(const Desk& desk, const FieldValues& disclosure) {
    if (!text_in(disclosure, field(kDisclosure, "legal_basis")).empty()) return true;
    const RecordId id = record_in(disclosure, field(kDisclosure, "consent_id"));
    const auto place = desk.store.place(id);
    if (!place || place->customer != customer_in(disclosure)) return false;
    return agrees(desk.store.load(kConsent.tag, id).value_or(FieldValues{}),
                  office_date(desk.bearer.now));
}

FieldValues values_given(const Desk& desk, const FieldValues& disclosure) {
    const auto file = customer_target(desk, customer_in(disclosure));
    FieldValues given;
    for (const auto& name : fields_named(disclosure)) {
        const auto* of = field_called(name);
        const Value* value = of == nullptr ? nullptr : find(file.values, of->tag);
        if (value != nullptr) assign(given, of->tag, *value);
    }
    return given;
}

}  // namespace

std::string_view signers_of_disclosure(const Desk& desk, const FieldValues& disclosure) {
    const auto file = customer_target(desk, customer_in(disclosure));
    int level = static_cast<int>(number_in(file.values, catalog::kSecrecyLevel, 1));
    for (const auto& name : fields_named(disclosure)) {
        const auto* of = field_called(name);
        if (of != nullptr) level = std::max(level, static_cast<int>(of->level));
    }
    return level >= 2 ? workflow::chains::kOfTop : std::string_view();
}

Status disclosure_fits(const Hand& hand) {
    const auto& disclosure = hand.target.values;
    if (!has_basis(hand.desk, disclosure)) return fail(merge::kDisclosureBasis);
    const auto file = customer_target(hand.desk, customer_in(disclosure));
    for (const auto& name : fields_named(disclosure)) {
        const auto* of = field_called(name);
        if (of == nullptr || find(file.values, of->tag) == nullptr)
            return fail(merge::kDisclosureField, name);
    }
    return {};
}

Status fix_values(Hand& hand) {
    const auto given = catalog::values_json(kCustomer, values_given(hand.desk, hand.target.values));
    put(hand.after, field(kDisclosure, "given_values"), given);
    put(hand.after, field(kDisclosure, "values_hash"), to_hex(crypto::blake2b({bytes_of(given)})));
    return {};
}

}  // namespace dossier::server
