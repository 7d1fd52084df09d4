// The office's books held against one another and against what people wrote; the state hash.
#include <sqlite3.h>

#include "common/catalog/customer.hpp"

#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

/// Every text of the pen stands where it was written, nowhere else.
void check_authors(World& world, sqlite::Connection& db, const std::string& whose) {
    for (const catalog::Kind* kind : catalog::kinds()) {
        // Cases and proposals quote.
        if (kind->name == "case" || kind->name == "proposal") continue;
        for (const catalog::Field& field : kind->fields) {
            const bool computed = field.merge == catalog::Merge::Computed;
            if (field.type != catalog::Type::Text || computed) continue;
            auto rows = db.prepared("SELECT id, \"" + std::string(field.name) + "\" FROM \"" +
                                    std::string(kind->name) + "\" WHERE \"" +
                                    std::string(field.name) + "\" LIKE '%qzx%'");
            while (rows.step()) {
                const auto value = value_in(rows.text(1));
                const bool written =
                    value && world.pen.knows(*value) && world.pen.where(*value).tag == field.tag &&
                    world.homes_of(world.pen.where(*value).record).contains(rows.id<RecordId>(0));
                if (!written)
                    world.breach("I9 authors", whose + ": nobody wrote " +
                                                   std::string(rows.text(1)) + " as " +
                                                   std::string(field.name));
            }
        }
    }
}

/// The parts of an address are of one author's writing.
void check_groups(World& world, sqlite::Connection& db, const std::string& whose) {
    auto rows = db.prepared(
        "SELECT street_address, postcode FROM customer WHERE street_address LIKE '%qzx%' OR "
        "postcode IS NOT NULL");
    while (rows.step()) {
        if (rows.text(0).substr(0, 8) != rows.text(1))
            world.breach("I9 groups", whose + ": half an address of one, half of another");
    }
}

/// Of some things there is one: a person's log of a day, to which every line of it hangs, and the
/// primary contact of a customer.
void check_only_ones(World& world, sqlite::Connection& db) {
    auto logs = db.prepared(
        "SELECT user_id FROM work_log WHERE deleted_at IS NULL "
        "GROUP BY user_id, log_date HAVING count(*)>1");
    if (logs.step()) world.breach("I9 one", "somebody has two work logs of one day");
    auto lines = db.prepared(
        "SELECT id FROM work_log_line WHERE work_log_id NOT IN (SELECT id FROM work_log)");
    if (lines.step()) world.breach("I9 one", "a line of a work log hangs on nothing");
    auto contacts = db.prepared(
        "SELECT customer_id FROM contact WHERE is_primary=1 AND deleted_at IS NULL "
        "GROUP BY customer_id HAVING count(*)>1");
    if (contacts.step()) world.breach("I9 one", "a customer has two primary contacts");
}

/// Lines of laptops in the order of their work; of a device that branched in that of the office,
/// without what a person let in later.
void check_order(World& world, sqlite::Connection& db, bool branched) {
    auto rows =
        db.prepared(branched ? "SELECT device, at_ms, received_at_ms FROM office_journal j WHERE "
                               "count>0 AND NOT EXISTS(SELECT 1 FROM office_withheld w WHERE "
                               "w.device=j.device AND w.oseq=j.count) ORDER BY device, seq"
                             : "SELECT device, at_ms, received_at_ms FROM office_journal WHERE "
                               "count>0 ORDER BY device, count, seq");
    DeviceId device;
    std::int64_t last = 0;
    while (rows.step()) {
        if (rows.id<DeviceId>(0) != device) last = 0;
        device = rows.id<DeviceId>(0);
        if (world.branched.contains(device) != branched) continue;
        if (rows.number(1) > rows.number(2))
            world.breach("I15 clock", "a laptop wrote in the office's future");
        if (rows.number(1) < last) world.breach("I15 clock", "a laptop's time went back");
        last = rows.number(1);
    }
}

void check_stamps(World& world, sqlite::Connection& db) {
    for (const bool branched : {false, true}) check_order(world, db, branched);
}

std::int64_t one(sqlite::Connection& db, const char* sql) {
    auto row = db.prepared(sql);
    return row.step() ? row.number(0) : 0;
}

void check_audit(World& world, sqlite::Connection& db) {
    // Cases and proposals are opened by the op whose line says so.
    const auto changes = one(db,
                             "SELECT count(*) FROM office_journal WHERE source<>'merge' AND "
                             "NOT (op=1 AND kind IN (48, 49))");
    const auto told = one(db,
                          "SELECT count(*) FROM office_audit WHERE result<>'denied' AND "
                          "action NOT IN ('sync', 'clock', 'view', 'list', 'show', "
                          "'withheld', 'wiped', 'fork', 'set_back', 'differs', 'merge', 'unmerge', "
                          "'audit_differs', 'audit_set_back', "
                          "'attach')");
    // A merge moves many records and says so once for either file.
    const auto merges =
        one(db,
            "SELECT count(DISTINCT matter || event) FROM office_journal WHERE source='merge'"
            " AND matter<>0 AND op=4");
    const auto of_merges =
        one(db, "SELECT count(*) FROM office_audit WHERE action IN ('merge', 'unmerge')");
    if (of_merges != 2 * merges)
        world.breach("I10 audit", std::to_string(merges) + " merges made or taken back, " +
                                      std::to_string(of_merges) + " lines of audit");
    if (changes != told)
        world.breach("I10 audit", std::to_string(changes) + " changes, " + std::to_string(told) +
                                      " lines of audit");
}

/// Who was told of a line that was cut says so, on both sides; nobody else says anything.
void check_told(World& world, sqlite::Connection& db) {
    const auto lines = one(db, "SELECT count(*) FROM office_audit WHERE action='audit_differs'");
    for (std::uint32_t at = 0; at < world.laptops.size(); ++at) {
        auto& laptop = *world.laptops[at];
        if (!laptop.is_open()) continue;
        const bool noticed = one(laptop.store().connection(),
                                 "SELECT count(*) FROM incident WHERE what='audit.differs'") != 0;
        const bool owes = world.told_of_cut.contains(at) && is_active(world, at) && !laptop.wiped &&
                          !world.branched.contains(laptop.device);
        if (owes && (!noticed || lines == 0))
            world.breach("I10 told", "the audit was cut and laptop " + std::to_string(at) +
                                         ", which was told of it, says nothing");
        if (noticed && !world.audit_cut && !world.forgot)
            world.breach("I10 told",
                         "laptop " + std::to_string(at) + " calls an audit cut that is not");
    }
}

void check_scope_logs(World& world, sqlite::Connection& db) {
    auto rows = db.prepared(
        "SELECT scope, count(*), count(DISTINCT sseq), max(sseq) FROM office_scope_log GROUP BY "
        "scope");
    while (rows.step()) {
        if (rows.number(1) != rows.number(2))
            world.breach("I11 dense", "a scope gave a number twice");
    }
    for (const std::string kind : {"customer", "contact", "communication", "attachment"}) {
        // Unless somebody decided about its removal again.
        auto gone = db.prepared(
            "SELECT count(*) FROM office_journal j JOIN " + kind +
            " c ON c.id=j.record WHERE j.op=3 AND j.won=1 AND c.deleted_at IS NULL AND NOT "
            "EXISTS(SELECT 1 FROM office_journal l WHERE l.record=j.record AND l.seq>j.seq AND "
            "l.won=1 AND l.group_tag=5)");
        if (gone.step() && gone.number(0) != 0)
            world.breach("I9 removed", "a removed " + kind + " is back");
    }
}

/// Every row of every table but those of the search index, which follow from the others.
void mix_database(World& world, sqlite::Connection& db) {
    std::vector<std::string> tables;
    {
        auto rows = db.prepared("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name");
        while (rows.step()) tables.emplace_back(rows.text(0));
    }
    for (const auto& table : tables) {
        if (table.starts_with("sqlite_") || table.find("search") != std::string::npos) continue;
        Bytes all;
        sqlite3_stmt* rows = nullptr;
        const std::string sql = "SELECT * FROM \"" + table + "\"";
        sqlite3_prepare_v2(db.handle(), sql.c_str(), -1, &rows, nullptr);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            for (int at = 0; at < sqlite3_column_count(rows); ++at) {
                const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, at));
                const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows, at));
                all.push_back(static_cast<std::uint8_t>(sqlite3_column_type(rows, at)));
                if (data != nullptr) append(all, ByteView(data, size));
            }
        }
        sqlite3_finalize(rows);
        world.mix(bytes_of(table));
        world.mix(all);
    }
}

}  // namespace

void check_words(World& world, std::uint32_t who) {
    const bool at_office = who == kOffice;
    auto& db = at_office ? world.office.books() : world.laptops[who]->store().connection();
    const std::string whose = at_office ? "the office" : "laptop " + std::to_string(who);
    check_authors(world, db, whose);
    check_groups(world, db, whose);
}

void check_office(World& world) {
    auto& db = world.office.books();
    const auto sound = world.office.looking(
        [&](server::Store& store) { return store.verify([](std::string_view) {}); });
    if (!sound) world.breach("I12 verified", describe(sound.error(), Lang::En));
    check_words(world, kOffice);
    check_only_ones(world, db);
    check_stamps(world, db);
    // Lines that were cut are counted nowhere.
    if (!world.audit_cut) check_audit(world, db);
    check_told(world, db);
    check_scope_logs(world, db);
    check_own_words(world);
    for (std::uint32_t at = 0; at < world.laptops.size(); ++at) {
        auto& laptop = world.laptops[at]->store().connection();
        // One copy's sessions let the office forget, some night, what the other still needs.
        const bool forgotten = world.tidied && world.branched.contains(world.laptops[at]->device);
        // An office its disk set back may have gone on past a laptop's places before that came.
        if (!forgotten && !world.forgot &&
            one(laptop, "SELECT count(*) FROM incident WHERE what='scope.differs'") != 0)
            world.breach("I3 converged", "laptop " + std::to_string(at) +
                                             " had to be sent a scope again that nobody damaged");
        check_words(world, at);
    }
}

void mix_state(World& world) {
    if (world.office.is_open()) {
        auto& db = world.office.books();
        mix_database(world, db);
    }
    for (auto& laptop : world.laptops) {
        if (laptop->is_open()) mix_database(world, laptop->store().connection());
    }
    for (const Breach& each : world.breaches()) {
        world.mix(bytes_of(each.law));
        world.mix(bytes_of(each.what));
    }
}

}  // namespace dossier::sim
