// What a grant opens, to whom, up to which level and for how long: cells/grants.csv against the
// office. One office with a file of each level in another's hands and region.
#include <algorithm>
#include <iostream>

#include <doctest/doctest.h>

#include "common/catalog/review.hpp"

#include "server/intake/facets.hpp"
#include "tests/matrix/files.hpp"

namespace dossier::test {
namespace {

using catalog::kAccessGrant;
using catalog::kCase;

constexpr std::string_view kTaxNo = "330100123456789";
const std::vector<std::string> kFileOperations{"show",         "list",      "history", "hold",
                                               "hold_contact", "content",   "visit",   "contact",
                                               "edit",         "controlled"};

std::vector<Dimension> dimensions() {
    auto operations = kFileOperations;
    operations.insert(operations.end(),
                      {"quote", "hold_quote", "visit_then", "contact_then", "edit_then"});
    return {{"operation", std::move(operations)},
            {"actor", {"salesperson", "technician", "auditor", "system_admin"}},
            {"ops", {"view", "edit", "offline", "edit_offline"}},
            {"max", {"1", "2", "3"}},
            {"target", {"customer", "region"}},
            {"life", {"before", "during", "over", "back", "other"}},
            {"level", {"1", "2", "3"}}};
}

std::vector<File> files_of_others() {
    constexpr std::size_t kOther = 1;
    constexpr std::size_t kLive = 2;
    std::vector<File> files;
    for (const std::size_t level : {1U, 2U, 3U})
        files.push_back({.level = level, .region = kOther, .owner = kOther, .state = kLive});
    return files;
}

/// The office, and grants that come and go in it.
class Grants {
  public:
    Grants() {
        // A file of its own, for the grant that goes on when the one asked about is over.
        other_ = world.office.customer(world.office.ann, "别家");
        for (const File& file : world.files()) {
            add_case(file.customer, "tax_no", R"({"tax_no":")" + std::string(kTaxNo) + "\"}");
            add_case(file.customer, "owners",
                     R"({"owners":[{"name":")" + std::string(kOwners) + R"(","share_bp":10000}]})");
        }
    }

    /// As the table says; when the person still had it, or has it, or never had.
    Instant give(std::string_view ops,
                 std::int64_t level,
                 std::string_view target,
                 std::string_view life) {
        auto& office = world.office;
        office.clock.advance(std::chrono::minutes(1));
        const Instant from = office.clock.now();
        const auto day = std::chrono::hours(24);
        const Instant start = life == "before" ? from.plus(day) : from;
        const bool region = target == "region";
        if (life == "other") give_one(ops, 3, false, {other_}, from, from.plus(3 * day));
        std::vector<RecordId> targets{office.west};
        if (!region) {
            targets.clear();
            for (const File& file : world.files()) targets.push_back(file.customer);
        }
        give_one(ops, level, region, targets, start, start.plus(day));
        const bool over = life == "over" || life == "other";
        office.clock.advance(over ? std::chrono::hours(25) : std::chrono::hours(1));
        if (life == "back") end_all();
        office.clock.advance(std::chrono::minutes(1));
        return from.plus(std::chrono::minutes(30));
    }

    void end_all() {
        server::Unit unit(*world.office.store);
        for (const RecordId& id : given_) {
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kAccessGrant.tag,
                               .record = id,
                               .event = "revoke"};
            world.office.office.change({}, {.source = "job", .ops = {op}});
        }
        given_.clear();
        unit.commit();
    }

    World world{files_of_others()};
    std::vector<std::pair<RecordId, std::size_t>> cases;  ///< with their place among the files

  private:
    void give_one(std::string_view ops,
                  std::int64_t level,
                  bool region,
                  const std::vector<RecordId>& targets,
                  Instant from,
                  Instant to) {
        std::string ids;
        for (const RecordId& id : targets) ids += (ids.empty() ? "\"" : ",\"") + to_text(id) + "\"";
        std::string words_of_ops = R"("view")";
        if (ops.find("edit") != ops.npos) words_of_ops = R"("edit",)" + words_of_ops;
        if (ops.find("offline") != ops.npos) words_of_ops = R"("offline",)" + words_of_ops;
        given_.push_back(world.office.make(
            kAccessGrant,
            values_of(kAccessGrant, {{"grantee_user_id", world.person.as<RecordTag>()},
                                     {"scope_kind", words(region ? "region" : "set")},
                                     {"scope_ids", words("[" + ids + "]")},
                                     {"max_level", level},
                                     {"ops", words("[" + words_of_ops + "]")},
                                     {"purpose", words("展会拜访")},
                                     {"from_at", from.ms},
                                     {"to_at", to.ms}})));
    }

    /// As the office keeps one: in the file, and published to whom it names.
    void add_case(const RecordId& customer, std::string_view field, const std::string& value) {
        const auto number = static_cast<std::int64_t>(1000 + cases.size());
        const std::string people = "[\"" + to_text(world.person) + "\"]";
        auto& office = world.office;
        server::Unit unit(*office.store);
        const server::Place place{kCase.tag, office.office.ids().make<RecordId>(), customer};
        const auto values = values_of(kCase, {{"number", number},
                                              {"class", words("C-04")},
                                              {"entity", words("customer")},
                                              {"record_id", customer},
                                              {"customer_id", customer},
                                              {"field", words(field)},
                                              {"base_value", words(value)},
                                              {"state", words("open")},
                                              {"people", words(people)}});
        office.store->save(place, values);
        server::publish(*office.store, office.office.people(), place, values,
                        server::changed_facets(kCase, {}, values), server::Reach::Record,
                        office.clock.now());
        unit.commit();
        cases.emplace_back(place.record, cases.size() / 2);
    }

    RecordId other_;
    std::vector<RecordId> given_;
};

/// Of each file its case of a plain field and that of a confidential one: y quoted, p for a stated
/// purpose, h told of with its values hidden, n not there.
Cells quoted(const Grants& grants, Desk& desk) {
    const auto with = desk.say("case list", {}, "x", kPurpose);
    const auto without = desk.say("case list", {}, "x", "");
    Cells cells(grants.world.files().size());
    for (std::size_t at = 0; at < grants.cases.size(); ++at) {
        const auto told = [&](const Spoken& said) {
            if (said.code != 0) return '?';
            for (const auto& each : said.json()) {
                if (each["number"] != 1000 + at) continue;
                const auto base = each["base"].dump();
                const bool clear =
                    base.find(kTaxNo) != base.npos || base.find(kOwners) != base.npos;
                return clear ? 'y' : 'h';
            }
            return 'n';
        };
        const char bare = told(without);
        const char full = told(with);
        cells[grants.cases[at].second] += bare == 'h' && full == 'y' ? 'p' : full;
    }
    return cells;
}

Cells carried_quotes(const Grants& grants, Wire& wire) {
    const auto entries = entries_in(wire.pull());
    Cells cells(grants.world.files().size());
    for (const auto& [id, file] : grants.cases) {
        const bool held = std::ranges::any_of(
            entries, [of = id](const auto& entry) { return entry.record == of; });
        cells[file] += held ? 'y' : 'n';
    }
    return cells;
}

/// Everything asked of one grant: by operation, a cell a file.
std::map<std::string, Cells> asked(Grants& grants, Desk& desk, Wire& wire, Instant then) {
    World& world = grants.world;
    // At the desk first: there no session has ended what is over.
    std::map<std::string, Cells> cells{{"show", shown(world, desk)},
                                       {"list", listed(world, desk)},
                                       {"history", histories(world, desk)},
                                       {"quote", quoted(grants, desk)}};
    const Carried laptop = carried(world, wire);
    cells["hold"] = laptop.customer;
    cells["hold_contact"] = laptop.contact;
    cells["content"] = laptop.content;
    cells["hold_quote"] = carried_quotes(grants, wire);
    for (const auto* operation : {"visit", "contact", "edit", "controlled"})
        cells[operation] = pushed(world, wire, operation);
    for (const std::string operation : {"visit", "contact", "edit"})
        cells[operation + "_then"] = pushed(world, wire, operation, then);
    return cells;
}

/// Every level, target and life of grants of these operations; the number of cells. An office of
/// its own: the person would else be one with hundreds of grants.
std::size_t compare(const Table& table, const std::string& actor, const std::string& ops) {
    Grants grants;
    Desk desk(grants.world);
    Wire wire(grants.world.office, grants.world.person, protocol::DeviceState::Active);
    grants.world.becomes(actor);
    std::size_t compared = 0;
    const auto compare_one = [&](const std::string& max, const std::string& target,
                                 const std::string& life) {
        const auto then = grants.give(ops, std::stoll(max), target, life);
        for (const auto& [operation, cells] : asked(grants, desk, wire, then)) {
            for (std::size_t at = 0; at < cells.size(); ++at, ++compared) {
                const auto level = std::to_string(at + 1);
                CHECK_MESSAGE(
                    cells[at] == table.expected({operation, actor, ops, max, target, life, level}),
                    operation << ", " << actor << ", " << ops << ", " << max << ", " << target
                              << ", " << life << ", " << level);
            }
        }
        grants.end_all();
    };
    for (const auto& max : table.values("max")) {
        for (const auto& target : table.values("target")) {
            for (const auto& life : table.values("life")) compare_one(max, target, life);
        }
    }
    return compared;
}

}  // namespace

TEST_SUITE("matrix/grants") {
    TEST_CASE("a grant opens what the table says, up to its level, while it is in force") {
        const Table table{DOSSIER_MATRIX_CELLS "/grants.csv", dimensions()};
        for (const auto& fault : table.faults()) MESSAGE(fault);
        CHECK(table.faults().empty());
        std::size_t compared = 0;
        for (const auto& actor : table.values("actor")) {
            for (const auto& ops : table.values("ops")) compared += compare(table, actor, ops);
        }
        std::cout << "grants: " << compared << " cells\n";
        CHECK(compared == table.cells());
    }
}

}  // namespace dossier::test
