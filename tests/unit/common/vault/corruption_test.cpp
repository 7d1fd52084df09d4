// Damage and old copies: every region of every file of a vault, one at a time. A changed vault
// either says what is wrong or shows exactly what was committed.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kFrame = 4176;
constexpr std::size_t kFramesAt = 8192;

/// About thirty pages, closed: no log.
void fill_pages(Office& office) {
    Session session = office.enter();
    REQUIRE(session.exec("CREATE TABLE t(id INTEGER PRIMARY KEY, body BLOB);"
                         "CREATE INDEX by_body ON t(body);"
                         "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<60) "
                         "INSERT INTO t SELECT i, randomblob(700) FROM n") == SQLITE_OK);
}

/// A machine that lost its power with committed work still in the log: three transactions.
Disk with_log(Office& office) {
    Session session = office.enter();
    session.exec("PRAGMA wal_autocheckpoint=0");
    REQUIRE(session.exec("INSERT INTO t VALUES(1001, randomblob(700))") == SQLITE_OK);
    REQUIRE(session.exec("INSERT INTO t VALUES(1002, randomblob(700))") == SQLITE_OK);
    REQUIRE(session.exec("INSERT INTO t VALUES(1003, randomblob(700))") == SQLITE_OK);
    return office.vfs.disk.clone();
}

std::string newest(Office& office) {
    auto session = office.open();
    if (!session) return std::string(session.error().id());
    const std::string answer = session->ask("SELECT max(id) FROM t");
    if (session->ask("PRAGMA integrity_check") != "ok") return "not intact";
    return answer;
}

/// The fault reading everything meets; "ok" when there is none.
std::string fault_met(Office& office) {
    auto session = office.open();
    if (!session) return std::string(session.error().id());
    session->ask("SELECT count(*), sum(length(body)) FROM t");
    session->ask("PRAGMA integrity_check");
    if (const auto fault = session->vault->last_fault()) return std::string(fault->id());
    if (const auto sound = session->vault->verify(); !sound) return std::string(sound.error().id());
    return "ok";
}

}  // namespace

TEST_SUITE("common/vault/corruption") {
    TEST_CASE("a flipped bit in any region of any page is reported as that damaged page") {
        Office office;
        fill_pages(office);
        const Bytes whole = office.bytes("");
        const std::size_t pages = whole.size() / kPage;
        REQUIRE(pages > 25);
        for (std::size_t page = 0; page < pages; ++page) {
            // Header, content, nonce, tag, and the last byte of each.
            for (const std::size_t at : {0U, 20U, 99U, 2000U, 4055U, 4056U, 4079U, 4080U, 4095U}) {
                office.bytes("")[page * kPage + at] ^= static_cast<std::uint8_t>(1U << (at % 8));
                const auto session = office.open();
                const auto found = session ? session->vault->verify().error() : session.error();
                CHECK(found.is(kDamagedPage));
                CHECK(found.args.at(0) == std::to_string(page + 1));
                office.bytes("") = whole;
            }
        }
        CHECK(fault_met(office) == "ok");
    }

    TEST_CASE("zeroed, swapped, copied and cut-off pages are refused") {
        Office office;
        fill_pages(office);
        const Bytes whole = office.bytes("");
        const auto page = [](Bytes& file, std::size_t index) {
            return file.begin() + static_cast<std::ptrdiff_t>(index * kPage);
        };
        for (std::size_t index = 0; index + 1 < whole.size() / kPage; ++index) {
            Bytes& file = office.bytes("");
            std::fill_n(page(file, index), kPage, std::uint8_t{0});
            CHECK(fault_met(office) == kDamagedPage.id);
            file = whole;
            std::swap_ranges(page(file, index), page(file, index + 1), page(file, index + 1));
            CHECK(fault_met(office) == kDamagedPage.id);
            file = whole;
            std::copy_n(page(file, index), kPage, page(file, index + 1));
            CHECK(fault_met(office) == kDamagedPage.id);
            file = whole;
            file.resize((index + 1) * kPage - (index % 2) * 777);
            CHECK(fault_met(office) == kDamagedPage.id);
            file = whole;
        }
    }

    TEST_CASE("garbage behind the last page changes nothing") {
        Office office;
        fill_pages(office);
        office.bytes("").resize(office.bytes("").size() + 5000, 0xA5);
        CHECK(fault_met(office) == "ok");
        Session session = office.enter();
        CHECK(session.exec("INSERT INTO t SELECT id+100, randomblob(900) FROM t") == SQLITE_OK);
        CHECK(session.exec("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
        CHECK(session.vault->verify().has_value());
    }

    TEST_CASE("one bad page does not poison reads of the others") {
        Office office;
        fill_pages(office);
        Session session = office.enter();
        const std::string rows = session.ask("SELECT count(*) FROM t WHERE id <= 5");
        office.bytes("")[office.bytes("").size() - 100] ^= 1U;
        CHECK_FALSE(session.vault->verify().has_value());
        CHECK(session.ask("SELECT count(*) FROM t WHERE id <= 5") == rows);
    }

    TEST_CASE("an old version of any page, put back, is refused as stale") {
        Office office;
        fill_pages(office);
        const Bytes before = office.bytes("");
        {
            Session session = office.enter();
            REQUIRE(session.exec("UPDATE t SET body = randomblob(700)") == SQLITE_OK);
        }
        const Bytes after = office.bytes("");
        int changed = 0;
        for (std::size_t at = 0; at + kPage <= std::min(before.size(), after.size()); at += kPage) {
            const auto from = before.begin() + static_cast<std::ptrdiff_t>(at);
            const auto to = office.bytes("").begin() + static_cast<std::ptrdiff_t>(at);
            if (std::equal(from, from + kPage, to)) continue;
            ++changed;
            std::copy_n(from, kPage, to);
            CHECK(fault_met(office) == kStalePage.id);
            office.bytes("") = after;
        }
        CHECK(changed > 10);
        office.bytes("") = before;
        CHECK(fault_met(office) == kStalePage.id);
    }

    TEST_CASE("a vault is refused another vault's page, table, log and key") {
        Office ours;
        Office theirs("other");
        fill_pages(ours);
        fill_pages(theirs);
        const Disk whole = ours.vfs.disk.clone();
        std::copy_n(theirs.bytes("").begin() + kPage, kPage, ours.bytes("").begin() + kPage);
        CHECK(fault_met(ours) == kDamagedPage.id);
        ours.vfs.disk = whole.clone();
        ours.bytes("-versions") = theirs.bytes("-versions");
        CHECK(fault_met(ours) == kDamagedVersions.id);
        ours.vfs.disk = whole.clone();
        auto wrong = Vault::open(ours.paths(), theirs.key(), ours.random, ours.below());
        CHECK(wrong.error().is(kWrongDataKey));
        theirs.vfs.disk = with_log(theirs);
        ours.vfs.disk.names[ours.database() + "-wal"] =
            std::make_shared<DiskFile>(*theirs.vfs.disk.names.at(theirs.database() + "-wal"));
        CHECK(newest(ours) == kDamagedWal.id);
    }

    TEST_CASE(
        "a flipped bit in the log is damage, or in its last commit the loss of that commit alone") {
        Office office;
        fill_pages(office);
        const Disk crashed = with_log(office);
        const std::size_t size = crashed.names.at(office.database() + "-wal")->live.size();
        const std::size_t frames = (size - kFramesAt) / kFrame;
        int damage = 0;
        int shortened = 0;
        for (std::size_t frame = 0; frame < frames; ++frame) {
            for (const std::size_t at : {0U, 4U, 10U, 30U, 4119U, 4125U, 4135U, 4140U, 4175U}) {
                office.vfs.disk = crashed.clone();
                office.bytes("-wal")[kFramesAt + frame * kFrame + at] ^= 4U;
                const std::string found = newest(office);
                CHECK((found == kDamagedWal.id || found == "1002"));
                damage += found == kDamagedWal.id ? 1 : 0;
                shortened += found == "1002" ? 1 : 0;
            }
        }
        // Two commits before the last one, of a frame each at least.
        CHECK(damage >= 2 * 9);
        CHECK(shortened > 0);
        for (std::size_t at = 0; at < kFramesAt; at += 13) {
            office.vfs.disk = crashed.clone();
            office.bytes("-wal")[at] ^= 1U;
            const std::string found = newest(office);
            CHECK((found == kDamagedWal.id || found == "1003"));
        }
    }

    TEST_CASE("a log cut short, zeroed or put back from an earlier day never mixes two times") {
        Office office;
        fill_pages(office);
        const Disk crashed = with_log(office);
        const std::string wal = office.database() + "-wal";
        const Bytes log = crashed.names.at(wal)->live;
        for (std::size_t size = 0; size < log.size(); size += 1041) {
            office.vfs.disk = crashed.clone();
            office.bytes("-wal").resize(size);
            const std::string found = newest(office);
            CHECK((found == "60" || found == "1001" || found == "1002"));
        }
        // Recovered and checkpointed: from now on the former log, whole or in part, is old.
        office.vfs.disk = crashed.clone();
        CHECK(newest(office) == "1003");
        {
            Session session = office.enter();
            REQUIRE(session.exec("UPDATE t SET body = randomblob(600)") == SQLITE_OK);
        }
        const Disk later = office.vfs.disk.clone();
        office.vfs.disk.names[wal] = std::make_shared<DiskFile>(DiskFile{log, log, {}});
        CHECK(newest(office) == kStaleWal.id);
        office.vfs.disk = later.clone();
        Bytes half(log.begin(), log.begin() + kFramesAt + 2 * kFrame);
        office.vfs.disk.names[wal] = std::make_shared<DiskFile>(DiskFile{half, half, {}});
        CHECK(newest(office) == kStaleWal.id);
    }

    TEST_CASE("a flip in the log below a living connection is an error, never another answer") {
        Office office;
        fill_pages(office);
        Session session = office.enter();
        session.exec("PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=0");
        REQUIRE(session.exec("UPDATE t SET body = randomblob(700) WHERE id % 7 = 0") == SQLITE_OK);
        const std::string before = session.ask("SELECT sum(length(body)) FROM t");
        for (std::size_t at = kFramesAt; at < office.bytes("-wal").size(); at += 999) {
            office.bytes("-wal")[at] ^= 16U;
            Sql other(session.vault->database_path(), session.vault->vfs_name());
            const std::string found = other.ask("SELECT sum(length(body)) FROM t");
            CHECK((found == before || found == "error " + std::to_string(SQLITE_IOERR_DATA)));
            office.bytes("-wal")[at] ^= 16U;
        }
    }

    TEST_CASE("a page-version table that is missing, cut or flipped shuts the vault") {
        Office office;
        fill_pages(office);
        {
            Session session = office.enter();
            REQUIRE(session.exec("UPDATE t SET body = randomblob(500)") == SQLITE_OK);
        }
        const Disk whole = office.vfs.disk.clone();
        const std::size_t size = office.bytes("-versions").size();
        for (std::size_t at = 0; at < size; at += 7) {
            office.vfs.disk = whole.clone();
            office.bytes("-versions")[at] ^= 1U;
            const std::string found = fault_met(office);
            CHECK((found == kDamagedVersions.id || found == kStalePage.id));
            office.vfs.disk = whole.clone();
            office.bytes("-versions").resize(at);
            const std::string cut = fault_met(office);
            CHECK((cut == kDamagedVersions.id || cut == kStalePage.id));
        }
        office.vfs.disk = whole.clone();
        office.vfs.disk.names.erase(office.database() + "-versions");
        CHECK(fault_met(office) == kDamagedVersions.id);
    }

    TEST_CASE("a planted journal and an unencrypted database are refused by name") {
        Office office;
        fill_pages(office);
        office.vfs.disk.names[office.database() + "-journal"] =
            std::make_shared<DiskFile>(DiskFile{Bytes(600, 1), {}, {}});
        CHECK(fault_met(office) == kForeignJournal.id);
        office.vfs.disk.names.erase(office.database() + "-journal");
        office.bytes("") = Bytes(8192, 0);
        const std::string_view magic = "SQLite format 3";
        std::copy(magic.begin(), magic.end(), office.bytes("").begin());
        CHECK(fault_met(office) == kPlainDatabase.id);
        office.vfs.disk.names.erase(office.database());
        CHECK(fault_met(office) == kMissing.id);
    }

    TEST_CASE("a damaged page 1 with a log beside it is never a new empty database") {
        Office office;
        fill_pages(office);
        REQUIRE(office.enter().exec("CREATE TABLE note(n INTEGER); INSERT INTO note VALUES(1)") ==
                SQLITE_OK);
        const auto spoil = [&](const Disk& disk) {
            office.vfs.disk = disk.clone();
            std::fill_n(office.bytes("").begin(), kPage, std::uint8_t{0});
        };
        spoil(with_log(office));
        CHECK(newest(office) == "1003");  // the log holds page 1, as after a torn checkpoint
        const Disk crashed = [&] {
            Session session = office.enter();
            // In place: where `t` and its index are balanced, page 1 is written, too.
            REQUIRE(session.exec("UPDATE note SET n = 2") == SQLITE_OK);
            return office.vfs.disk.clone();
        }();
        spoil(crashed);
        auto session = office.open();
        REQUIRE_FALSE(session.has_value());  // the log does not hold page 1
        CHECK(session.error().is(kDamagedPage));
        CHECK(session.error().args.at(0) == "1");
    }
}
