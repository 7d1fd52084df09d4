#include "server/reading/find.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/pinyin/fold.hpp"

#include "server/intake/absorbed.hpp"
#include "server/reading/heard.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::Kind;
using catalog::kUser;

/// More than anybody reads: beyond, the text says too little anyway.
constexpr std::size_t kCandidatesMax = 500;
/// What stands for a file that somebody may not know of: not even its number is told.
constexpr Text kUnknownFile{"（无权知悉的客户）", "(a customer you may not know of)"};
using catalog::kDeletedAt;
using catalog::kMergedInto;

std::optional<RecordId> by_id(Office& office, const Kind& kind, std::string_view name) {
    const auto id = id_from<RecordId>(name);
    const auto place = id ? office.store().place(*id) : std::nullopt;
    return place && place->kind == kind.tag ? id : std::nullopt;
}

/// The only record, or why there is none.
Result<RecordId> only_one(const std::vector<RecordId>& found,
                          std::string_view name,
                          Error none,
                          const std::function<std::string(const RecordId&)>& called) {
    if (found.empty()) return tl::unexpected(std::move(none));
    if (found.size() == 1) return found.front();
    std::string names;
    for (std::size_t at = 0; at < std::min(found.size(), kCandidatesNamed); ++at)
        names += (at == 0 ? "" : "; ") + called(found[at]);
    if (found.size() > kCandidatesNamed) names += "; …";
    return fail(kAmbiguous, std::string(name), names);
}

/// Records one of whose fields is exactly `name`; the first field that gives any decides.
std::vector<RecordId> by_fields(Office& office,
                                const Kind& kind,
                                std::initializer_list<std::string_view> fields,
                                std::string_view name) {
    for (const auto of : fields) {
        auto found =
            office.store().find(kind.tag, catalog::find_field(kind, of)->tag, std::string(name));
        std::erase_if(found, [&](const RecordId& id) {
            const auto values = office.store().load(kind.tag, id);
            return !values || find(*values, kDeletedAt) != nullptr;
        });
        if (!found.empty()) return found;
    }
    return {};
}

FieldValues loaded(Office& office, const Kind& kind, const RecordId& record) {
    return office.store().load(kind.tag, record).value_or(FieldValues{});
}

std::string number_of(const FieldValues& customer) {
    auto number = text_in(customer, field(kCustomer, "customer_no"));
    if (number.empty()) number = text_in(customer, field(kCustomer, "provisional_no"));
    return number;
}

std::string number_and_name(Office& office, const Asker& asker, const RecordId& id) {
    const auto number = customer_number(office, id);
    const auto name = title_of(office, asker, id);
    return name == number ? number : number + " " + name;
}

}  // namespace

Result<UserId> find_user(Office& office, std::string_view name) {
    if (const auto id = by_id(office, kUser, name)) return id->as<UserTag>();
    const auto found = by_fields(office, kUser, {"login", "employee_no", "name"}, name);
    auto only = only_one(found, name, {&kUnknownUser, {std::string(name)}}, [&](const auto& id) {
        const auto values = loaded(office, kUser, id);
        return text_in(values, field(kUser, "login")) + " " + text_in(values, field(kUser, "name"));
    });
    if (!only) return pass(only);
    return only->as<UserTag>();
}

Result<RecordId> find_place(Office& office,
                            const Asker& asker,
                            const Kind& kind,
                            std::string_view name) {
    if (const auto id = by_id(office, kind, name)) return *id;
    const auto found = by_fields(office, kind, {"code", "name"}, name);
    const Error none{&kUnknownPlace, {std::string(kind.label.in(asker.lang)), std::string(name)}};
    return only_one(found, name, none, [&](const auto& id) {
        const auto values = loaded(office, kind, id);
        return text_in(values, *catalog::find_field(kind, "code"));
    });
}

bool is_gone(const FieldValues& values) {
    return find(values, kDeletedAt) != nullptr || find(values, kMergedInto) != nullptr;
}

bool may_look_up(Office& office,
                 const Asker& asker,
                 const RecordId& customer,
                 const FieldValues& values) {
    return may_view(office, asker, {kCustomer.tag, customer, customer}, values, Facet::Directory)
               .answer == access::Answer::Allow;
}

Result<RecordId> find_customer(Office& office, const Asker& asker, std::string_view name) {
    const auto typed = canonical_text(name);
    if (!typed || typed->empty()) return fail(kUnknownCustomer, std::string(name));
    std::vector<RecordId> found;
    if (const auto id = by_id(office, kCustomer, *typed)) found = {*id};
    if (found.empty())
        found = by_fields(office, kCustomer, {"customer_no", "provisional_no"}, *typed);
    if (found.empty()) found = office.store().search_customers(*typed, kCandidatesMax);
    // A merged file is found under its number and name, and is the one it lives on in.
    for (RecordId& id : found) id = survivor_of(office.store(), id);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    // Whom the words name outright goes before whom they name but for brackets, width and gaps, and
    // these before whom they are a part of.
    std::vector<RecordId> named;
    std::vector<RecordId> alike;
    std::erase_if(found, [&](const RecordId& id) {
        const auto values = loaded(office, kCustomer, id);
        if (find(values, kDeletedAt) != nullptr || !may_look_up(office, asker, id, values))
            return true;
        const auto called = text_in(values, field(kCustomer, "name"));
        if (called == *typed) named.push_back(id);
        if (pinyin::match_key(called) == pinyin::match_key(*typed)) alike.push_back(id);
        return false;
    });
    return only_one(!named.empty()   ? named
                    : !alike.empty() ? alike
                                     : found,
                    *typed, {&kUnknownCustomer, {*typed}},
                    [&](const auto& id) { return number_and_name(office, asker, id); });
}

std::string customer_number(Office& office, const RecordId& customer) {
    const auto number = number_of(loaded(office, kCustomer, customer));
    return number.empty() ? to_text(customer) : number;
}

std::string title_of(Office& office, const Asker& asker, const RecordId& record) {
    if (record.is_none()) return "-";
    const auto place = office.store().place(record);
    const Kind* kind = place ? catalog::find_kind(place->kind) : nullptr;
    if (kind == nullptr) return to_text(record);
    const auto values = as_heard(office, asker, *kind, loaded(office, *kind, record));
    const auto [title, value] =
        catalog::called(*kind, values, *catalog::find_field(*kind, kind->title));
    const bool told =
        value != nullptr &&
        sight_of(office, asker, *place, values, catalog::facet_of(*kind, *title)).in_clear();
    // A link to a company that is on file is called as that company is.
    if (told && title->type == catalog::Type::Ref)
        return title_of(office, asker, as_record(*value));
    if (told) return catalog::display(*title, *value, asker.lang);
    if (!catalog::is_file(*kind)) return to_text(record);
    return may_look_up(office, asker, record, values) ? customer_number(office, record)
                                                      : std::string(kUnknownFile.in(asker.lang));
}

std::string file_title(Office& office, const Asker& asker, const Place& place) {
    return title_of(office, asker, place.customer.is_none() ? place.record : place.customer);
}

std::string device_name(Office& office, const DeviceId& device) {
    if (device.is_none()) return "-";
    const auto row = office.store().device(device);
    return row ? row->code : to_text(device);
}

std::string person_name(Office& office, const Asker& asker, const UserId& user) {
    if (user.is_none()) return std::string(Text{"办公室", "the office"}.in(asker.lang));
    return office.people().name(user);
}

Result<Value> read_value(Office& office,
                         const Asker& asker,
                         const catalog::Field& of,
                         std::string_view text) {
    if (of.type != catalog::Type::Ref || text.empty())
        return catalog::parse(of, text, office.now());
    const Kind* kind = catalog::find_kind(of.target);
    if (kind != nullptr && kind->acts) {
        auto user = find_user(office, text);
        if (!user) return pass(user);
        return Value(user->as<RecordTag>());
    }
    const bool is_place = kind != nullptr && catalog::is_place(*kind);
    if (!is_place && !catalog::names_file(of)) return catalog::parse(of, text, office.now());
    auto record =
        is_place ? find_place(office, asker, *kind, text) : find_customer(office, asker, text);
    if (!record) return pass(record);
    return Value(*record);
}

}  // namespace dossier::server
