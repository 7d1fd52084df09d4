#include "client/reading/find.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/reason.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/reading.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/review.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/question.hpp"

#include "client/faults.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;
using catalog::Kind;

constexpr Fault kUnknownContact{"client.unknown_contact",
                                ErrorCode::NotFound,
                                {"没有联系人“{}”（客户 {}）", "there is no contact \"{}\" at {}"},
                                {"用 {do:contact.list} 查看，或用 {do:contact.add} 添加",
                                 "see {do:contact.list}, or add the person with {do:contact.add}"}};
constexpr Fault kUnknownVisit{
    "client.unknown_visit",
    ErrorCode::NotFound,
    {"没有标识为“{}”的沟通记录", "no communication ends with \"{}\""},
    {"标识见 {do:visit.list} 最后一列", "see the last column of {do:visit.list}"}};
constexpr Fault kUnknownCase{
    "client.unknown_case",
    ErrorCode::NotFound,
    {"本机没有冲突“{}”", "this laptop holds no case \"{}\""},
    {"用 {do:case.list} 查看，含已了结的", "see {do:case.list}, with those that are settled"}};
constexpr Fault kUnknownKind{"cli.unknown_kind",
                             ErrorCode::Usage,
                             {"没有类型“{}”", "there is no kind \"{}\""},
                             {"可用：customer、contact、communication、work_log",
                              "use customer, contact, communication or work_log"}};

constexpr std::size_t kMatchesShown = 5;
constexpr std::size_t kWordShown = 40;
/// A shorter end of an identity names too many.
constexpr std::size_t kEndMin = 6;
constexpr std::array<std::string_view, 4> kBetween{"、", ";", "；", "|"};

Result<RecordId> only(Store& store, std::string_view typed, const std::vector<RecordId>& found) {
    if (found.size() == 1) return found.front();
    if (found.empty()) return fail(kUnknownCustomer, typed);
    std::string names;
    for (std::size_t i = 0; i < std::min(found.size(), kMatchesShown); ++i) {
        const auto values = store.replica.load(kCustomer, found[i]).value_or(FieldValues{});
        std::string number = text_in(values, kCustomer, "customer_no");
        if (number.empty()) number = text_in(values, kCustomer, "provisional_no");
        names += (i == 0 ? "" : "、") + text_in(values, kCustomer, "name") + " " + number;
    }
    if (found.size() > kMatchesShown) names += " …";
    return fail(kAmbiguous, typed, names);
}

std::vector<RecordId> equal_to(Store& store,
                               const Kind& kind,
                               std::string_view name,
                               std::string_view typed) {
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, name)->tag, std::string(typed)}};
    query.limit = kMatchesShown + 1;
    return store.replica.select(query);
}

/// While nothing may be shown, nothing may be found either: the number must be known.
Result<RecordId> find_by_number(Store& store, const std::string& number) {
    for (const auto name : {"customer_no", "provisional_no"}) {
        const auto found = equal_to(store, kCustomer, name, number);
        if (found.size() == 1) return found.front();
    }
    return fail(kNumberOnly);
}

/// A UUID that names a record of this kind.
std::optional<RecordId> identity_in(Store& store, const Kind& kind, std::string_view typed) {
    const auto id = id_from<RecordId>(typed);
    return id && store.replica.load(kind, *id) ? id : std::nullopt;
}

/// At most two: more than one names none.
std::vector<RecordId> ending_with(Store& store, const Kind& kind, std::string_view typed) {
    std::vector<RecordId> found;
    if (typed.size() < kEndMin) return found;
    Query query{.kind = &kind};
    for (query.offset = 0;; query.offset += query.limit) {
        const auto page = store.replica.select(query);
        for (const RecordId& id : page) {
            if (to_text(id).ends_with(typed)) found.push_back(id);
            if (found.size() > 1) return found;
        }
        if (page.size() < query.limit) return found;
    }
}

Error several(std::string_view typed, const std::vector<RecordId>& found) {
    return {&kAmbiguous, {std::string(typed), to_text(found[0]) + "、" + to_text(found[1])}};
}

/// Names with 、 ; or | between.
std::vector<std::string> names_between(std::string_view typed) {
    std::vector<std::string> names{""};
    while (!typed.empty()) {
        const auto* mark = std::ranges::find_if(
            kBetween, [&](std::string_view each) { return typed.starts_with(each); });
        if (mark == kBetween.end()) {
            names.back() += typed.front();
            typed.remove_prefix(1);
        } else {
            names.emplace_back();
            typed.remove_prefix(mark->size());
        }
    }
    std::erase(names, "");
    return names;
}

/// The fields people call a record by, best first.
std::vector<std::string_view> names_of(const Kind& kind) {
    return catalog::names_in(kind.known_by.empty() ? kind.title : kind.known_by);
}

/// By the record that its title stands aside for: a link by the company on file it is to.
std::vector<RecordId> by_what_stands_in(Store& store,
                                        const Asker& asker,
                                        const Kind& kind,
                                        std::string_view typed) {
    const auto* title = catalog::find_field(kind, kind.title);
    const auto* instead = title == nullptr ? nullptr : catalog::find_field(kind, title->instead);
    if (instead == nullptr || !catalog::names_file(*instead)) return {};
    const auto file = find_customer(store, asker, typed);
    if (!file) return {};
    Query query{.kind = &kind};
    query.where = {{instead->tag, *file}};
    return store.replica.select(query);
}

}  // namespace

Result<RecordId> find_customer(Store& store, const Asker& asker, std::string_view typed) {
    if (const auto id = identity_in(store, kCustomer, typed)) return *id;
    const auto canonical = canonical_text(typed);
    if (!canonical || canonical->empty()) return fail(kUnknownCustomer, typed);
    if (asker.lock != Lock::Open) return find_by_number(store, *canonical);
    for (const auto name : {"customer_no", "provisional_no", "name", "short_name"}) {
        const auto found = equal_to(store, kCustomer, name, *canonical);
        if (!found.empty()) return only(store, typed, found);
    }
    std::vector<RecordId> found;
    std::vector<RecordId> alike;  // of just this name
    std::vector<RecordId> named;  // with it in their name: of others a note or an address has it
    const auto key = pinyin::match_key(*canonical);
    // What is named here is about to be changed: one of two of a name may not be taken for the
    // only.
    if (!store.search.is_complete()) store.search.catch_up();
    for (const Hit& hit : store.search.find(*canonical, kCustomer.tag, kMatchesShown + 1)) {
        found.push_back(hit.record);
        const auto values = store.replica.load(kCustomer, hit.record);
        const auto name =
            values ? pinyin::match_key(text_in(*values, kCustomer, "name")) : std::string();
        if (name == key) alike.push_back(hit.record);
        if (!key.empty() && name.find(key) != std::string::npos) named.push_back(hit.record);
    }
    if (!alike.empty()) return only(store, typed, alike);
    return only(store, typed, named.empty() ? found : named);
}

Result<RecordId> find_contact(Store& store,
                              const Asker& asker,
                              const RecordId& customer,
                              std::string_view typed) {
    if (const auto id = identity_in(store, kContact, typed)) return *id;
    Query query{.kind = &kContact};
    query.where = {{field(kContact, "customer_id").tag, customer}};
    std::vector<RecordId> found;
    std::vector<RecordId> alike;
    const auto key = pinyin::match_key(typed);
    const auto question = pinyin::question_of(typed);
    for (const RecordId& id : store.replica.select(query)) {
        const auto values = store.replica.load(kContact, id).value_or(FieldValues{});
        const std::string name = text_in(values, kContact, "name");
        const pinyin::Field field{pinyin::As::Name, name};
        if (name == typed) return id;
        if (pinyin::match_key(name) == key) alike.push_back(id);
        if (pinyin::finds(question, std::span(&field, 1))) found.push_back(id);
    }
    if (alike.size() == 1) return alike.front();
    if (found.size() == 1) return found.front();
    if (found.empty()) found = ending_with(store, kContact, typed);
    if (found.size() == 1) return found.front();
    if (found.empty()) return fail(kUnknownContact, typed, title_of(store, asker, customer));
    std::string names;
    for (const RecordId& id : found)
        names += (names.empty() ? "" : "、") + title_of(store, asker, id);
    return fail(kAmbiguous, typed, names);
}

Result<RecordId> find_visit(Store& store, std::string_view typed) {
    if (const auto id = identity_in(store, kCommunication, typed)) return *id;
    const auto found = ending_with(store, kCommunication, typed);
    if (found.empty()) return fail(kUnknownVisit, head(typed, kWordShown));
    if (found.size() > 1) return tl::unexpected(several(typed, found));
    return found.front();
}

Result<RecordId> find_record(Store& store,
                             const Asker& asker,
                             const Kind& kind,
                             std::string_view typed) {
    if (catalog::is_file(kind)) return find_customer(store, asker, typed);
    if (const auto id = identity_in(store, kind, typed)) return *id;
    auto found = ending_with(store, kind, typed);
    const auto names = asker.lock == Lock::Open ? names_of(kind) : std::vector<std::string_view>{};
    for (std::size_t i = 0; i < names.size() && found.empty(); ++i) {
        const auto* of = catalog::find_field(kind, names[i]);
        if (of != nullptr && of->type == catalog::Type::Text)
            found = equal_to(store, kind, names[i], typed);
    }
    if (found.empty() && asker.lock == Lock::Open)
        found = by_what_stands_in(store, asker, kind, typed);
    if (found.empty()) return fail(kUnknownRecord, pair_of(kind.label));
    if (found.size() > 1) return tl::unexpected(several(typed, found));
    return found.front();
}

Result<RecordId> find_below(Store& store,
                            const Asker& asker,
                            const Kind& kind,
                            const RecordId& above,
                            std::string_view typed) {
    if (kind.people) return find_contact(store, asker, above, typed);
    const auto* title = catalog::find_field(kind, kind.title);
    const auto key = pinyin::match_key(typed);
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, kind.parent)->tag, above}};
    std::vector<RecordId> exact;
    std::vector<RecordId> part;
    for (const RecordId& id : store.replica.select(query)) {
        const auto values = store.replica.load(kind, id).value_or(FieldValues{});
        const Value* held = find(values, title->tag);
        const auto called = held == nullptr ? title_of(store, asker, id)
                                            : catalog::display(*title, *held, asker.lang);
        const auto text = to_text(id);
        if (called == typed || text == typed) exact.push_back(id);
        const bool fits =
            (!key.empty() && pinyin::match_key(called).find(key) != std::string::npos) ||
            (typed.size() >= kEndMin && text.ends_with(typed));
        if (fits) part.push_back(id);
    }
    const auto& found = exact.empty() ? part : exact;
    if (found.empty()) return fail(kUnknownRecord, pair_of(kind.label));
    if (found.size() > 1) return tl::unexpected(several(typed, found));
    return found.front();
}

Result<Value> read_reference(Store& store,
                             const Asker& asker,
                             const catalog::Field& field,
                             std::string_view typed,
                             const RecordId& file,
                             Instant now) {
    const bool is_list = field.type == catalog::Type::RefList;
    const Kind* kind = catalog::find_kind(field.target);
    if (typed.empty() || kind == nullptr || !catalog::is_reference(field))
        return catalog::parse(field, typed, now);
    const bool below = !file.is_none() && kind->belongs == catalog::Belongs::Customer &&
                       !catalog::is_file(*kind) &&
                       catalog::names_file(*catalog::find_field(*kind, kind->parent));
    std::vector<std::string> elements;
    for (const auto& name : is_list ? names_between(typed) : std::vector{std::string(typed)}) {
        auto record = below ? find_below(store, asker, *kind, file, name)
                            : find_record(store, asker, *kind, name);
        if (!record) return pass(record);
        if (!is_list) return catalog::reference_value(field, *record);
        elements.push_back('"' + to_text(*record) + '"');
    }
    return catalog::from_elements(field, std::move(elements));
}

Result<RecordId> find_case(Store& store, std::string_view typed) {
    std::int64_t number = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), number);
    Query query{.kind = &kCase};
    query.where = {{field(kCase, "number").tag, number}};
    const auto found = store.replica.select(query);
    if (found.empty()) return fail(kUnknownCase, head(typed, kWordShown));
    return found.front();
}

Result<const Kind*> kind_named(std::string_view name) {
    const auto* kind = catalog::find_kind(name);
    if (kind == nullptr) return fail(kUnknownKind, name);
    return kind;
}

}  // namespace dossier::client
