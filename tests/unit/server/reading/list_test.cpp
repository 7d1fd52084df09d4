// Lists at the office against the plain way: every record of the kind judged one by one, filtered
// and put in order by common/query. Random files, random rights, random questions.
#include "server/reading/list.hpp"

#include <algorithm>
#include <map>

#include "common/access/role.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/support/law.hpp"
#include "tests/support/temp_store.hpp"

namespace dossier::test {
namespace {

using catalog::Facet;
using catalog::Field;
using catalog::kAccessGrant;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kContactPrivate;
using catalog::kCustomer;
using catalog::Kind;
using catalog::kRoleAssignment;
using catalog::kUser;
using catalog::kWorkLog;
using query::Test;
using server::Place;

constexpr int kFiles = 60;
constexpr int kPeople = 6;

const Field& of(const Kind& kind, std::string_view name) {
    return *catalog::find_field(kind, name);
}

RecordId id(std::uint8_t sort, int number) {
    RecordId made;
    made.bytes[0] = sort;
    // Not in the order of their making, so that no order is right by chance.
    made.bytes[1] = static_cast<std::uint8_t>(number * 37);
    made.bytes[15] = static_cast<std::uint8_t>(number + 1);
    return made;
}
/// The value or, where it is not so, none.
Value only_if(bool is_so, Value value) {
    if (!is_so) value = Value{};
    return value;
}
RecordId region(int number) {
    return id(1, number);
}
RecordId department(int number) {
    return id(2, number);
}
RecordId person(int number) {
    return id(3, number);
}

struct World {
    World() {
        server::Unit unit(*store);
        // 0 above 1 above 2, and 3 alone.
        for (int i = 0; i < 4; ++i) {
            const Value above = only_if(i == 1 || i == 2, region(i - 1));
            save(catalog::kRegion, region(i), {}, {{"parent_id", above}});
            const Value over = only_if(i == 1 || i == 2, department(i - 1));
            save(catalog::kDepartment, department(i), {}, {{"parent_id", over}});
        }
        unit.commit();
    }

    void save(const Kind& kind,
              const RecordId& record,
              const RecordId& file,
              const std::vector<std::pair<std::string_view, Value>>& given) {
        FieldValues values;
        for (const auto& [name, value] : given) {
            if (!is_empty(value)) assign(values, of(kind, name).tag, value);
        }
        store->save({kind.tag, record, file}, values);
    }

    TempStore store;
    SetClock clock{Instant{1'772'413'200'000}};
    crypto::SeededRandom random{7};
    server::Office office{*store, clock, random};
};

/// Who is above whom, every file and what hangs on it, and what one person may: drawn anew.
class Company {
  public:
    Company(World& world, Draw& draw) : world_(world), draw_(draw) {}

    void fill() {
        for (int i = 0; i < kPeople; ++i)
            world_.save(kUser, person(i), {},
                        {{"superior_user_id", only_if(i != 0, person(below(std::max(1, i))))},
                         {"region_id", region(below(4))},
                         {"department_id", department(below(4))},
                         {"clearance", std::int64_t{below(4)}}});
        for (int i = 0; i < kFiles; ++i) {
            save_file(id(10, i));
            save_below(i, id(10, i));
        }
        for (int i = 0; i < kFiles; ++i)
            world_.save(kWorkLog, id(14, i), {},
                        {{"user_id", any_person()},
                         {"log_date", "2026-01-0" + std::to_string(1 + below(9))},
                         {"secrecy_level", level()},
                         {"deleted_at", only_if(draw_.once_in(9), std::int64_t{1})}});
    }
    /// The person has these roles, and some grants.
    void employ(const access::RoleFacts& first) {
        for (int i = 0; i < 2; ++i) {
            const auto& role = i == 0 ? first : access::all_roles()[std::size_t(below(22))];
            const auto scope = draw_.element("", "", "own", "region", "dept", "all");
            const bool now = i == 0 || draw_.once_in(4);
            world_.save(kRoleAssignment, id(4, i), {},
                        {{"user_id", only_if(now, person(3))},
                         {"role", std::string(role.code)},
                         {"scope", only_if(*scope != '\0', std::string(scope))}});
        }
        for (int i = 0; i < 2; ++i) {
            const auto target = draw_.coin() ? id(10, below(kFiles)) : region(below(4));
            world_.save(kAccessGrant, id(5, i), {},
                        {{"grantee_user_id", only_if(draw_.once_in(3), person(3))},
                         {"scope_ids", "[\"" + to_text(target) + "\"]"},
                         {"max_level", std::int64_t{below(4)}},
                         {"ops", std::string(R"(["view"])")},
                         {"from_at", std::int64_t{0}},
                         {"to_at", std::int64_t{INT64_MAX}}});
        }
        world_.save(
            kUser, person(3), {},
            {{"superior_user_id", person(0)},
             {"region_id", region(below(4))},
             {"department_id", department(below(4))},
             {"clearance", std::int64_t{draw_.coin() ? std::max(0, first.clearance) : below(4)}}});
    }

    int below(int limit) { return draw_.between(0, limit); }

    query::Query question() {
        static constexpr const Kind* kKinds[] = {&kCustomer, &kCustomer,       &kContact,
                                                 &kWorkLog,  &kContactPrivate, &kCommunication};
        query::Query asked{.kind = kKinds[below(6)], .limit = std::size_t(1 + below(9))};
        for (int i = below(3); i > 0; --i) asked.where.push_back(filter(*asked.kind));
        if (!draw_.once_in(4)) asked.order.field = &any_field(*asked.kind);
        asked.order.descending = draw_.coin();
        return asked;
    }

  private:
    Value any_person() { return only_if(!draw_.once_in(8), person(below(kPeople))); }
    Value level() { return only_if(!draw_.once_in(5), std::int64_t{below(4)}); }
    Value gone() { return only_if(draw_.once_in(12), std::int64_t{1}); }
    Value word() { return only_if(!draw_.once_in(5), std::string(1, char('a' + below(5)))); }

    void save_file(const RecordId& file) {
        static constexpr auto& kState = catalog::field(kCustomer, "file_state");
        const auto states = kState.choices;
        const auto state =
            draw_.coin() ? "active" : states[std::size_t(below(int(states.size())))].code;
        world_.save(kCustomer, file, file,
                    {{"name_pinyin", word()},
                     {"city", only_if(draw_.coin(), std::string("330100"))},
                     {"grade", only_if(draw_.coin(), std::string("A"))},
                     {"credit_class", only_if(draw_.coin(), std::string("1"))},
                     {"strategic_flag", std::int64_t{below(2)}},
                     {"phone_main", word()},
                     {"owner_user_id", any_person()},
                     {"service_user_id", any_person()},
                     {"created_by", any_person()},
                     {"region_id", only_if(!draw_.once_in(8), region(below(4)))},
                     {"department_id", only_if(!draw_.once_in(8), department(below(4)))},
                     {"file_state", only_if(!draw_.once_in(9), std::string(state))},
                     {"secrecy_level", level()},
                     {"deleted_at", gone()},
                     {"merged_into_id", only_if(draw_.once_in(12), id(10, 1))}});
    }
    void save_below(int number, const RecordId& file) {
        world_.save(kContact, id(11, number), file,
                    {{"customer_id", file},
                     {"name", word()},
                     {"attitude", word()},
                     {"created_by", any_person()},
                     {"secrecy_level", level()},
                     {"deleted_at", gone()}});
        world_.save(kContactPrivate, id(12, number), file,
                    {{"contact_id", id(11, number)},
                     {"birthday", word()},
                     {"created_by", any_person()},
                     {"secrecy_level", level()}});
        world_.save(kCommunication, id(13, number), file,
                    {{"customer_id", file},
                     {"started_at", std::int64_t{below(9)}},
                     {"created_by", any_person()},
                     {"secrecy_level", level()},
                     {"deleted_at", gone()}});
    }
    /// Half of them what rights hang on, and what the door or a workflow sets.
    const Field& any_field(const Kind& kind) {
        static constexpr std::string_view kCustomers[] = {
            "name_pinyin", "city",          "grade",      "credit_class", "strategic_flag",
            "phone_main",  "owner_user_id", "file_state", "region_id",    "secrecy_level"};
        static constexpr std::string_view kContacts[] = {"name", "attitude", "customer_id",
                                                         "secrecy_level"};
        if (&kind == &kCustomer) return of(kind, kCustomers[below(10)]);
        if (&kind == &kContact) return of(kind, kContacts[below(4)]);
        if (&kind == &kContactPrivate) return of(kind, draw_.coin() ? "birthday" : "contact_id");
        if (&kind == &kWorkLog) return of(kind, draw_.coin() ? "log_date" : "user_id");
        return of(kind, draw_.coin() ? "started_at" : "customer_id");
    }
    query::Filter filter(const Kind& kind) {
        const Field& field = any_field(kind);
        const auto record = id(static_cast<std::uint8_t>(10 + below(5)), below(kFiles));
        // A value that some record has.
        const auto values = world_.store->load(kind.tag, record).value_or(FieldValues{});
        const Value* value = find(values, field.tag);
        if (value == nullptr) return {&field, draw_.coin() ? Test::Empty : Test::Filled, {}};
        const auto test =
            draw_.element(Test::Equal, Test::Equal, Test::NotEqual, Test::OneOf, Test::NoneOf);
        return {&field, test, {*value}};
    }

    World& world_;
    Draw& draw_;
};

bool is_clear(World& world,
              const server::Asker& asker,
              const Place& place,
              const FieldValues& values,
              const Field& field) {
    const auto facet = catalog::facet_of(*catalog::find_kind(place.kind), field);
    return server::sight_of(world.office, asker, place, values, facet).in_clear() &&
           (facet != Facet::Directory ||
            server::is_in_directory_of(world.office, asker, place, values, field.tag));
}

/// What judging each record by itself shows, without a word of how lists are made.
std::vector<query::Hit> judged_one_by_one(World& world,
                                          const server::Asker& asker,
                                          const query::Query& asked) {
    std::vector<query::Hit> hits;
    const Kind& kind = *asked.kind;
    for (const RecordId& record : world.store->list(kind.tag, {}, 10'000)) {
        const auto place = *world.store->place(record);
        const auto values = *world.store->load(kind.tag, record);
        if (!query::matches(asked, values)) continue;
        const auto first = catalog::facets_of(kind).front();
        bool shown = server::sight_of(world.office, asker, place, values, first).in_clear();
        for (const auto& filter : asked.where)
            shown = shown && is_clear(world, asker, place, values, *filter.field);
        if (asked.order.field != nullptr)
            shown = shown && is_clear(world, asker, place, values, *asked.order.field);
        if (!shown) continue;
        const Value* by =
            asked.order.field == nullptr ? nullptr : find(values, asked.order.field->tag);
        hits.push_back({record, by == nullptr ? Value{} : *by});
    }
    std::ranges::sort(hits, [&](const auto& a, const auto& b) {
        return query::precedes(asked.order, a.key(), b.key());
    });
    return hits;
}

/// Every page, as somebody turns them; nothing where the question is refused.
server::Listing turned(World& world, const server::Asker& asker, query::Query asked) {
    server::Listing all;
    while (true) {
        auto page = server::list_records(world.office, asker, asked, [] {});
        if (!page) return all;
        for (auto& each : page->records) all.records.push_back(std::move(each));
        all.hidden += page->hidden;
        if (!page->next) return all;
        REQUIRE(page->records.size() == asked.limit);
        asked.after = page->next;
    }
}

std::vector<RecordId> ids(const server::Listing& listing) {
    std::vector<RecordId> found;
    for (const auto& each : listing.records) found.push_back(each.id);
    return found;
}
std::vector<RecordId> ids(const std::vector<query::Hit>& hits) {
    std::vector<RecordId> found;
    for (const auto& each : hits) found.push_back(each.record);
    return found;
}

}  // namespace

TEST_SUITE("server/reading/list") {
    TEST_CASE(
        "a list shows what judging every record by itself shows, to every role, whatever is asked "
        "and whatever lies in the files") {
        World world;
        std::map<access::Role, std::size_t> shown;
        for (const auto& role : access::all_roles()) {
            CAPTURE(role.code);
            holds(
                [&](Draw& draw) {
                    const server::Unit unit(*world.store);
                    Company company(world, draw);
                    company.fill();
                    company.employ(role);
                    world.office.people().forget();
                    for (int i = 0; i < 12; ++i) {
                        const auto asked = company.question();
                        const server::Asker asker{person(3).as<UserTag>(),
                                                  draw.coin() ? "核对客户资料" : ""};
                        const auto listed = turned(world, asker, asked);
                        const auto wanted = judged_one_by_one(world, asker, asked);
                        RC_ASSERT(ids(listed) == ids(wanted));
                        shown[role.role] += wanted.size();
                        if (!asker.purpose.empty()) continue;
                        // What he is told of is what stating a purpose adds at most.
                        const auto all =
                            judged_one_by_one(world, {asker.who, "核对客户资料"}, asked);
                        RC_ASSERT(listed.hidden <= all.size() - wanted.size());
                    }
                },
                6);
        }
        // Each role that reads customers at all was shown some.
        for (const auto& role : access::all_roles()) {
            if (role.reach != access::Reach::None) CHECK_MESSAGE(shown[role.role] > 20, role.code);
        }
    }
    TEST_CASE("of files that take a purpose a list tells as many as it shows once one is stated") {
        World world;
        const server::Unit unit(*world.store);
        const auto save = [&](int number, int level) {
            world.save(kCustomer, id(10, number), id(10, number),
                       {{"name_pinyin", std::string(1, char('a' + number))},
                        {"grade", std::string("A")},
                        {"owner_user_id", person(1)},
                        {"file_state", std::string("active")},
                        {"secrecy_level", std::int64_t{level}}});
        };
        for (int i = 0; i < 9; ++i) save(i, i % 3 == 0 ? 3 : 1);
        const auto employ = [&](std::string_view scope) {
            world.save(kUser, person(3), {}, {{"clearance", std::int64_t{3}}});
            world.save(kRoleAssignment, id(4, 0), {},
                       {{"user_id", person(3)},
                        {"role", std::string("general_manager")},
                        {"scope", std::string(scope)}});
            world.office.people().forget();
        };
        query::Query asked{.kind = &kCustomer, .order = {&of(kCustomer, "name_pinyin"), false}};
        const auto told = [&](std::string purpose) {
            const server::Asker asker{person(3).as<UserTag>(), std::move(purpose)};
            const auto listing = *server::list_records(world.office, asker, asked, [] {});
            CHECK_FALSE(listing.unlooked);
            return std::pair(listing.records.size(), listing.hidden);
        };
        employ("all");
        CHECK(told("") == std::pair(std::size_t{6}, std::size_t{3}));
        CHECK(told("核对客户资料") == std::pair(std::size_t{9}, std::size_t{0}));
    }
    TEST_CASE("without a purpose a filtered, sorted or paged list says the same of hidden files") {
        World world;
        const server::Unit unit(*world.store);
        world.save(kUser, person(3), {}, {{"clearance", std::int64_t{3}}});
        world.save(kRoleAssignment, id(4, 0), {},
                   {{"user_id", person(3)}, {"role", std::string("general_manager")}});
        world.office.people().forget();
        const server::Asker asker{person(3).as<UserTag>(), ""};
        const auto says = [&](query::Query asked) {
            asked.kind = &kCustomer;
            const auto listing = server::list_records(world.office, asker, asked, [] {});
            REQUIRE_MESSAGE(listing, (listing ? "" : listing.error().id()));
            return std::pair(listing->hidden, listing->unlooked);
        };
        const auto save = [&](int number, int level, std::string_view phone) {
            world.save(kCustomer, id(10, number), id(10, number),
                       {{"name_pinyin", std::string(1, char('a' + number))},
                        {"phone_main", std::string(phone)},
                        {"owner_user_id", person(1)},
                        {"file_state", std::string("active")},
                        {"secrecy_level", std::int64_t{level}}});
        };
        const query::Query by_phone{
            .where = {{&of(kCustomer, "phone_main"), Test::Equal, {std::string("0571-66667777")}}}};
        const query::Query sorted{.order = {&of(kCustomer, "phone_main"), false}};
        const query::Query paged{.order = {&of(kCustomer, "name_pinyin"), false}, .limit = 1};
        const std::pair fixed(std::size_t{0}, true);
        CHECK(says(by_phone) == fixed);
        save(1, 1, "0571-66667770");
        save(2, 1, "0571-66667779");
        save(3, 3, "0571-66667777");
        for (const auto& asked : {by_phone, sorted, paged}) CHECK(says(asked) == fixed);
        CHECK(says({}) == std::pair(std::size_t{1}, false));
        // Who could see none is told of none.
        world.save(kRoleAssignment, id(4, 0), {},
                   {{"user_id", person(3)}, {"role", std::string("archive_keeper")}});
        world.office.people().forget();
        CHECK_FALSE(says(paged).second);
    }
    TEST_CASE(
        "a list by a field that he never sees is refused, by one he sees here and there told") {
        World world;
        const server::Unit unit(*world.store);
        const auto employ = [&](std::string_view role) {
            world.save(kUser, person(3), {}, {{"clearance", std::int64_t{3}}});
            world.save(kRoleAssignment, id(4, 0), {},
                       {{"user_id", person(3)}, {"role", std::string(role)}});
            world.office.people().forget();
        };
        const auto refusal = [&](std::string_view field, std::string purpose = "") {
            const server::Asker asker{person(3).as<UserTag>(), std::move(purpose)};
            query::Query asked{.kind = &kCustomer, .order = {&of(kCustomer, field), false}};
            const auto sorted = server::list_records(world.office, asker, asked, [] {});
            asked.where = {{asked.order.field, Test::Filled, {}}};
            asked.order = {};
            const auto filtered = server::list_records(world.office, asker, asked, [] {});
            REQUIRE(sorted.has_value() == filtered.has_value());
            if (sorted) {
                CHECK(sorted->narrowed_by == filtered->narrowed_by);
                return sorted->narrowed_by.empty() ? "" : "narrowed";
            }
            CHECK(sorted.error().args.size() == 1);
            CHECK(sorted.error().id() == filtered.error().id());
            return sorted.error().id().data();
        };
        employ("salesperson");
        CHECK(std::string(refusal("id_no")) == "access.field_purpose");
        CHECK(std::string(refusal("id_no", "核对客户资料")) == "narrowed");
        CHECK(std::string(refusal("phone_main")) == "narrowed");
        CHECK(std::string(refusal("name")).empty());
        employ("auditor");
        CHECK(std::string(refusal("phone_main", "核对客户资料")) == "access.field_hidden");
        employ("service_manager");
        CHECK(std::string(refusal("strategic_flag")) == "access.field_purpose");
        CHECK(std::string(refusal("strategic_flag", "核对客户资料")) == "narrowed");
    }
    TEST_CASE("a field that is withheld is told apart from one that is empty, not from a value") {
        World world;
        const server::Unit unit(*world.store);
        world.save(kUser, person(3), {}, {{"clearance", std::int64_t{1}}});
        world.save(kRoleAssignment, id(4, 0), {},
                   {{"user_id", person(3)}, {"role", std::string("salesperson")}});
        const auto save = [&](int number, const RecordId& owner, const Value& phone) {
            world.save(kCustomer, id(10, number), id(10, number),
                       {{"phone_main", phone},
                        {"owner_user_id", owner},
                        {"file_state", std::string("active")},
                        {"secrecy_level", std::int64_t{1}}});
        };
        save(0, person(3), Value{});
        save(1, person(1), Value{});
        save(2, person(1), std::string("0571-66667777"));
        world.office.people().forget();
        const auto listing = *server::list_records(world.office, {person(3).as<UserTag>(), ""},
                                                   {.kind = &kCustomer}, [] {});
        REQUIRE(listing.records.size() == 3);
        for (const auto& record : listing.records) {
            const bool hidden = std::ranges::find(record.hidden, &of(kCustomer, "phone_main")) !=
                                record.hidden.end();
            CHECK(hidden == (record.id != id(10, 0)));
            CHECK(find(record.values, of(kCustomer, "phone_main").tag) == nullptr);
        }
    }
    TEST_CASE("a full page ends the list where nothing more is to be seen, whatever there is") {
        World world;
        const server::Unit unit(*world.store);
        for (int i = 0; i < 6; ++i)
            world.save(kCustomer, id(10, i), id(10, i),
                       {{"name_pinyin", std::string(1, char('a' + i))},
                        {"owner_user_id", person(1)},
                        {"file_state", std::string("active")},
                        {"secrecy_level", std::int64_t{i < 3 ? 1 : 3}}});
        world.save(kUser, person(3), {}, {{"clearance", std::int64_t{1}}});
        world.save(kRoleAssignment, id(4, 0), {},
                   {{"user_id", person(3)}, {"role", std::string("salesperson")}});
        world.office.people().forget();
        const server::Asker asker{person(3).as<UserTag>(), ""};
        query::Query asked{
            .kind = &kCustomer, .order = {&of(kCustomer, "name_pinyin"), false}, .limit = 3};
        CHECK(server::list_records(world.office, asker, asked, [] {})->records.size() == 3);
        CHECK_FALSE(server::list_records(world.office, asker, asked, [] {})->next);
        asked.limit = 2;
        CHECK(server::list_records(world.office, asker, asked, [] {})->next);
    }
}

}  // namespace dossier::test
