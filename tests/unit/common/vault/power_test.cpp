// Power cuts: at every call that changes the disk, with what was not yet synced dropped, kept or
// torn at random. Whatever was acknowledged must be there, whole, in a vault that opens.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

/// Transaction `number` gives every row of `row` that value: a half transaction shows two.
std::string transaction(int number) {
    const std::string value = std::to_string(number);
    return "BEGIN; UPDATE row SET value=" + value + "; INSERT INTO log VALUES(" + value +
           ",randomblob(" + std::to_string(number % 5 * 1500) +
           ")); DELETE FROM log WHERE number=" + std::to_string(number - 6) + "; COMMIT";
}

struct Work {
    const char* name;
    const char* settings;
    int transactions;
    /// SQL between two transactions, every `every` of them.
    const char* between;
    int every;
};

const Work kWorks[] = {
    {"autocheckpoint", "PRAGMA wal_autocheckpoint=6", 12, "PRAGMA wal_checkpoint(PASSIVE)", 5},
    {"truncate", "PRAGMA wal_autocheckpoint=0", 10, "PRAGMA wal_checkpoint(TRUNCATE)", 3},
    {"spill", "PRAGMA cache_size=2; PRAGMA cache_spill=1; PRAGMA wal_autocheckpoint=9", 9,
     "PRAGMA wal_checkpoint(RESTART)", 4},
    {"vacuum", "PRAGMA wal_autocheckpoint=12", 9, "VACUUM", 3},
};

struct Outcome {
    int acknowledged = 0;
    int attempted = 0;
};

/// Works until done or until the power is gone. Opens twice, so that closing is cut as well.
Outcome work(Office& office, const Work& plan, const char* synchronous, int first) {
    Outcome outcome{first, first};
    for (const int half : {0, 1}) {
        auto session = office.open();
        if (!session) return outcome;
        session->exec(plan.settings);
        session->exec(synchronous);
        const int until = first + plan.transactions * (half + 1) / 2;
        while (outcome.attempted < until) {
            outcome.attempted += 1;
            if (session->exec(transaction(outcome.attempted)) != SQLITE_OK) return outcome;
            outcome.acknowledged = outcome.attempted;
            if (outcome.attempted % plan.every == 0) session->exec(plan.between);
        }
    }
    return outcome;
}

/// How a flaw begins that is nothing but whole transactions gone, the newest first.
const std::string kLost = "lost: has ";

/// "" when the vault is as it should be after a power cut, else what is wrong.
std::string flaw(Office& office, const Outcome& outcome) {
    auto session = office.open();
    if (!session) return "cannot open: " + describe(session.error(), Lang::En);
    const std::string values = session->ask("SELECT DISTINCT value FROM row");
    const std::string newest = session->ask("SELECT max(number) FROM log");
    if (values.find('\n') != std::string::npos) return "half transaction: " + values;
    if (values != newest) return "tables of two times: " + values + ", " + newest;
    if (const auto text = session->ask("PRAGMA integrity_check"); text != "ok") return text;
    if (const auto sound = session->vault->verify(); !sound) {
        return "verify: " + describe(sound.error(), Lang::En);
    }
    if (values != std::to_string(outcome.acknowledged) &&
        values != std::to_string(outcome.attempted)) {
        return kLost + values + ", acknowledged " + std::to_string(outcome.acknowledged);
    }
    return "";
}

struct Tally {
    int cases = 0;
    int flawed = 0;
    std::string first_flaw;
    int broken = 0;  ///< flawed otherwise than by whole transactions gone
    std::string first_break;

    void add(const std::string& found, const std::string& where) {
        ++cases;
        if (found.empty()) return;
        if (flawed++ == 0) first_flaw = where + ": " + found;
        if (found.compare(0, kLost.size(), kLost) == 0) return;
        if (broken++ == 0) first_break = where + ": " + found;
    }
};

void start_rows(Office& office) {
    Session session = office.enter();
    REQUIRE(session.exec("CREATE TABLE row(id INTEGER PRIMARY KEY, value, pad);"
                         "CREATE TABLE log(number INTEGER PRIMARY KEY, body);"
                         "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<12) "
                         "INSERT INTO row SELECT i, 0, randomblob(900) FROM n;"
                         "INSERT INTO log VALUES(0, NULL)") == SQLITE_OK);
}

/// Cuts the power of `plan` at every call; `draws` ways of losing what was not synced for each;
/// every third vault is cut a second time while it recovers and works on.
Tally cut_everywhere(const Work& plan, const char* synchronous, int draws, bool lying = false) {
    Tally tally;
    Office office;
    office.version_log_bytes = 512;  // so that the version table changes files too
    start_rows(office);
    office.vfs.disk.settle();
    office.vfs.lies_about_sync = lying;
    const Disk start = office.vfs.disk.clone();
    for (std::uint64_t cut = 1;; ++cut) {
        office.vfs.disk = start.clone();
        office.vfs.power_on();
        office.vfs.cut_at = cut;
        const Outcome outcome = work(office, plan, synchronous, 0);
        const bool finished = office.vfs.calls < cut;
        const Disk wreck = office.vfs.disk.clone();
        for (int draw = 0; draw < draws; ++draw) {
            const auto seed = cut * 1000 + static_cast<std::uint64_t>(draw);
            const std::string where = std::string(plan.name) + " cut " + std::to_string(cut) +
                                      " draw " + std::to_string(draw);
            office.vfs.disk = wreck.clone();
            office.vfs.disk.lose_power(seed);
            office.vfs.power_on();
            if (draw % 3 == 2) {
                office.vfs.cut_at = 1 + seed % 17;
                Outcome again = outcome;
                if (auto session = office.open()) {
                    const int now = std::atoi(session->ask("SELECT max(number) FROM log").c_str());
                    again = {now, now + 1};
                    if (session->exec(transaction(now + 1)) == SQLITE_OK) ++again.acknowledged;
                }
                office.vfs.disk.lose_power(seed + 1);
                office.vfs.power_on();
                tally.add(flaw(office, again), where + " twice");
            } else {
                tally.add(flaw(office, outcome), where);
            }
        }
        if (!finished) continue;
        REQUIRE(outcome.acknowledged == plan.transactions);
        return tally;
    }
}

}  // namespace

TEST_SUITE("common/vault/power") {
    TEST_CASE("no power cut loses an acknowledged commit, keeps half of one or shuts the vault") {
        int cases = 0;
        for (const Work& plan : kWorks) {
            const Tally tally = cut_everywhere(plan, "PRAGMA synchronous=FULL", 27);
            CHECK_MESSAGE(tally.flawed == 0, tally.first_flaw);
            cases += tally.cases;
            MESSAGE(std::string(plan.name)
                    << ": " << tally.cases << " power cuts, " << tally.flawed << " flawed");
        }
        CHECK(cases >= 20000);
    }

    TEST_CASE("commits that are not synced one by one are lost whole, the newest first, or not") {
        for (const Work& plan : kWorks) {
            const Tally tally = cut_everywhere(plan, "PRAGMA synchronous=NORMAL", 9);
            CHECK_MESSAGE(tally.broken == 0, tally.first_break);
            MESSAGE(std::string(plan.name) << ": " << tally.cases << " power cuts, " << tally.flawed
                                           << " lost something, " << tally.broken << " broken");
        }
    }

    TEST_CASE(
        "the power cuts have teeth: without syncs, or with a disk that lies, they find losses") {
        CHECK(cut_everywhere(kWorks[0], "PRAGMA synchronous=OFF", 3).flawed > 0);
        CHECK(cut_everywhere(kWorks[0], "PRAGMA synchronous=FULL", 3, true).flawed > 0);
        CHECK(cut_everywhere(kWorks[0], "PRAGMA synchronous=NORMAL", 3).flawed > 0);
    }
}
