// What a laptop gets that asks for more than it may have, and brings what it may not.
#include <iostream>
#include <set>

#include <doctest/doctest.h>

#include "common/catalog/duplicate.hpp"
#include "common/catalog/review.hpp"

#include "tests/matrix/files.hpp"
#include "tests/matrix/matters.hpp"

namespace dossier::test {
namespace {

using protocol::Message;
using protocol::ScopeKey;

std::vector<ScopeKey> all_scopes(World& world) {
    std::vector<ScopeKey> scopes;
    for (std::uint8_t sort = 1; sort <= 6; ++sort) {
        for (const RecordId& of :
             {RecordId{}, world.person.as<RecordTag>(), world.office.ann.as<RecordTag>(),
              world.office.east, world.office.west})
            scopes.push_back({sort, of});
    }
    return scopes;
}

/// What the office says a laptop holds, with how far it is there.
std::map<ScopeKey, SSeq> held_in(const std::vector<Message>& messages) {
    std::map<ScopeKey, SSeq> held;
    for (const Message& message : messages) {
        if (const auto* told = std::get_if<protocol::Checkpoint>(&message)) {
            for (const auto& scope : told->scopes) held[scope.scope] = scope.sseq;
        }
    }
    return held;
}

/// A session that has nothing to receive, up to the Checkpoint.
void greet(Wire& wire, const std::map<ScopeKey, SSeq>& held) {
    wire.connect();
    auto hello = wire.hello();
    for (const auto& [scope, sseq] : held) hello.cursors.push_back({scope, sseq});
    wire.say(hello);
    REQUIRE(wire.fate() == "ok");
}

using Places = std::set<std::pair<RecordId, std::uint8_t>>;
Places places_in(const std::vector<Message>& messages) {
    Places places;
    for (const auto& entry : entries_in(messages)) places.emplace(entry.record, entry.facet);
    return places;
}

/// Everything of every file asked for one by one in a scope.
Places fetched(World& world, Wire& wire, const ScopeKey& scope) {
    protocol::Fetch fetch{.scope = scope, .facets = {}};
    for (const File& file : world.files()) {
        for (const auto& record : {file.customer, file.contact, file.visit, file.attachment}) {
            for (std::uint8_t facet = 1; facet <= 6; ++facet)
                fetch.facets.push_back({record, facet});
        }
    }
    Places places;
    constexpr std::size_t kAtOnce = 4096;
    while (!fetch.facets.empty()) {
        auto part = fetch;
        part.facets.resize(std::min(kAtOnce, part.facets.size()));
        const auto answers = wire.say(part);
        REQUIRE(wire.fate() == "ok");
        const auto& told = std::get<protocol::Fetched>(answers.front());
        REQUIRE(told.count > 0);
        places.merge(places_in(answers));
        fetch.facets.erase(fetch.facets.begin(), fetch.facets.begin() + told.count);
    }
    return places;
}

merge::Op create(World& world, const catalog::Kind& kind, FieldValues values) {
    return {.kind = merge::OpKind::Create,
            .record_kind = kind.tag,
            .record = world.office.office.ids().make<RecordId>(),
            .fields = std::move(values)};
}

merge::Op set(const catalog::Kind& kind, const RecordId& id, std::string_view name, Value value) {
    return {.kind = merge::OpKind::Set,
            .record_kind = kind.tag,
            .record = id,
            .fields = values_of(kind, {{name, std::move(value)}})};
}

RecordId id_of(std::string_view text) {
    return *id_from<RecordId>(text);
}
RecordId numbered(World& world, const catalog::Kind& kind, const std::string& number) {
    server::Unit unit(*world.office.store);
    return world.office.store
        ->find(kind.tag, catalog::find_field(kind, "number")->tag,
               static_cast<std::int64_t>(std::stoull(number)))
        .front();
}

FieldValues grant_to(World& world, const UserId& user, const std::string& customer) {
    const auto now = world.office.clock.now();
    return values_of(catalog::kAccessGrant, {{"grantee_user_id", user.as<RecordTag>()},
                                             {"scope_kind", words("customer")},
                                             {"scope_ids", words("[\"" + customer + "\"]")},
                                             {"max_level", std::int64_t{0}},
                                             {"ops", words("[\"view\"]")},
                                             {"purpose", words("展会拜访")},
                                             {"from_at", now.ms},
                                             {"to_at", now.plus(std::chrono::hours(24)).ms}});
}

/// What is none of a laptop's business: by the names of cells/records.csv.
std::vector<std::pair<std::string, merge::Op>> trespasses(World& world,
                                                          const Matters& matters,
                                                          const Wire& wire) {
    using namespace catalog;
    auto& office = world.office;
    const auto self = world.person.as<RecordTag>();
    const auto other = office.ann.as<RecordTag>();
    const auto customer = id_of(matters.customer);
    const auto log = [&](const RecordId& user) {
        return values_of(kWorkLog, {{"user_id", user}, {"log_date", words("2026-02-27")}});
    };
    return {
        {"create_region",
         create(world, kRegion,
                values_of(kRegion, {{"code", words("HN")}, {"name", words("华南")}}))},
        {"create_department",
         create(world, kDepartment,
                values_of(kDepartment, {{"code", words("XS")}, {"name", words("销售")}}))},
        {"create_user", create(world, kUser,
                               values_of(kUser, {{"login", words("y")},
                                                 {"employee_no", words("E-y")},
                                                 {"name", words("新人")},
                                                 {"department_id", office.department},
                                                 {"region_id", office.east}}))},
        {"create_role",
         create(world, kRoleAssignment,
                values_of(kRoleAssignment, {{"user_id", self}, {"role", words("auditor")}}))},
        {"create_device",
         create(world, kDevice,
                values_of(kDevice, {{"device_code", words("N99")},
                                    {"user_id", self},
                                    {"public_key", words(std::string(64, 'b'))}}))},
        {"create_grant",
         create(world, kAccessGrant, grant_to(world, office.cai, matters.customer))},
        {"create_grant_self",
         create(world, kAccessGrant, grant_to(world, world.person, matters.customer))},
        {"create_case", create(world, kCase,
                               values_of(kCase, {{"number", std::int64_t{777}},
                                                 {"entity", words("customer")},
                                                 {"record_id", customer}}))},
        {"create_proposal", create(world, kProposal,
                                   values_of(kProposal, {{"number", std::int64_t{777}},
                                                         {"entity", words("customer")},
                                                         {"record_id", customer}}))},
        {"create_duplicate", create(world, kDuplicate,
                                    values_of(kDuplicate, {{"number", std::int64_t{777}},
                                                           {"a_id", customer},
                                                           {"b_id", id_of(matters.twin)}}))},
        {"create_merge", create(world, kMerge,
                                values_of(kMerge, {{"number", std::int64_t{777}},
                                                   {"absorbed_id", customer},
                                                   {"survivor_id", id_of(matters.twin)}}))},
        {"set_case",
         set(kCase, numbered(world, kCase, matters.open_case), "state", words("ruled"))},
        {"set_proposal",
         set(kProposal, numbered(world, kProposal, matters.proposal), "state", words("accepted"))},
        {"create_log", create(world, kWorkLog, log(self))},
        {"create_others_log", create(world, kWorkLog, log(other))},
        {"set_own_clearance", set(kUser, self, "clearance", std::int64_t{3})},
        {"set_own_device",
         set(kDevice, wire.row.device.as<RecordTag>(), "state", words("suspended"))},
        {"set_grant", set(kAccessGrant, id_of(matters.grant), "max_level", std::int64_t{3})},
    };
}

/// Without the id it was asked by.
merge::Verdict nameless(merge::Verdict verdict, const RecordId& id) {
    for (auto& arg : verdict.args) {
        if (arg == to_text(id)) arg = "ID";
    }
    return verdict;
}

}  // namespace

TEST_SUITE("matrix/wire") {
    TEST_CASE("no question about a scope that is not held is answered, however it is asked") {
        World world;
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        std::size_t asked = 0;
        for (const auto& actor : actors()) {
            world.becomes(actor);
            const auto streamed = wire.pull();
            const auto held = held_in(streamed);
            protocol::Hello claims = wire.hello();
            for (const ScopeKey& scope : all_scopes(world)) {
                claims.cursors.push_back({scope, SSeq{0}});
                if (held.contains(scope)) continue;
                for (const Message& question :
                     {Message(protocol::Repair{{scope}}),
                      Message(
                          protocol::Compare{scope, {{RecordId{}, world.person.as<RecordTag>()}}}),
                      Message(protocol::Fetch{scope, {{world.files().front().customer, 1}}})}) {
                    greet(wire, held);
                    const auto answers = wire.say(question);
                    CHECK_MESSAGE(wire.fate() == "sync.out_of_order", actor);
                    CHECK(answers.size() == 1);
                    ++asked;
                }
            }
            // Who claims to hold everything gets what everybody in that role gets.
            wire.connect();
            CHECK(places_in(wire.say(claims)) == places_in(streamed));
        }
        std::cout << "foreign scopes: " << asked << " questions\n";
    }

    TEST_CASE("facets asked for one by one are those that are streamed, and no other") {
        World world;
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        for (const auto& actor : actors()) {
            CAPTURE(actor);
            world.becomes(actor);
            const auto streamed = wire.pull();
            Places files;
            std::set<RecordId> records;
            for (const File& file : world.files())
                records.insert({file.customer, file.contact, file.visit, file.attachment});
            for (const auto& place : places_in(streamed)) {
                if (records.contains(place.first)) files.insert(place);
            }
            Places one_by_one;
            for (const auto& [scope, sseq] : held_in(streamed))
                one_by_one.merge(fetched(world, wire, scope));
            CHECK(one_by_one == files);
        }
    }

    TEST_CASE("what is none of a laptop's business is refused to each role as the table says") {
        World world(few_files());
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        const auto matters = make_matters(world, file_at(world, "1", "own", "other", "live"),
                                          file_at(world, "1", "own", "other", "review"));
        const auto all = trespasses(world, matters, wire);
        std::vector<std::string> names{"others_words"};
        for (const auto& [name, op] : all) names.push_back(name);
        const Table table{DOSSIER_MATRIX_CELLS "/records.csv",
                          {{"operation", names}, {"actor", actors()}}};
        for (const auto& fault : table.faults()) MESSAGE(fault);
        CHECK(table.faults().empty());
        std::size_t compared = 0;
        for (const auto& actor : actors()) {
            world.becomes(actor);
            for (const auto& [name, op] : all) {
                const auto is = cell_of(wire.try_ops({op}).front());
                CHECK_MESSAGE(is == table.expected({name, actor}), actor << ": " << name);
                ++compared;
            }
            const auto visit = op_for(world.office, "visit", world.files().front());
            const auto verdict = wire.try_ops({visit}, "cli", world.office.ann).front();
            CHECK(cell_of(verdict) == table.expected({"others_words", actor}));
            ++compared;
        }
        std::cout << "trespasses: " << compared << " cells\n";
        CHECK(compared == table.cells());
    }

    TEST_CASE("an op on a file one may not know of gets the verdict of one that does not exist") {
        World world(few_files());
        Wire wire(world.office, world.person, protocol::DeviceState::Active);
        const File& hidden = file_at(world, "3", "own", "other", "live");
        const File& merged = file_at(world, "3", "other", "other", "merged");
        const File& deleted = file_at(world, "3", "other", "other", "deleted");
        for (const auto& actor :
             {"salesperson", "info_clerk", "regional_manager", "auditor", "system_admin", "none"}) {
            world.becomes(actor);
            for (const auto& operation : file_operations()) {
                if (operation == "show" || operation == "list" || operation == "history" ||
                    operation.starts_with("hold") || operation == "content")
                    continue;
                File nothing = hidden;
                nothing.customer = world.office.office.ids().make<RecordId>();
                for (const File* file : {&hidden, &merged, &deleted}) {
                    const auto verdicts = wire.try_ops({op_for(world.office, operation, *file),
                                                        op_for(world.office, operation, nothing)});
                    CAPTURE(operation);
                    CHECK_MESSAGE(nameless(verdicts[0], file->customer) ==
                                      nameless(verdicts[1], nothing.customer),
                                  actor);
                }
            }
        }
    }
}

}  // namespace dossier::test
