// Backups of a store in a vault, on the disk of the test.
#include "server/jobs/backups.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "common/vault/part_folder.hpp"

#include "tests/support/temp_store.hpp"
#include "tests/support/values.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

/// A store in a vault and two folders for its backups.
struct Shelf {
    Shelf() {
        fs::create_directory(folder);
        fs::create_directory(second);
        store->begin();
        store->set_meta("test", bytes_of("kept"));
        store->commit();
    }
    std::string back_up(std::string_view time) {
        const auto made = server::make_backup(*store, folder, at(time));
        REQUIRE_MESSAGE(made.has_value(), describe(made.error(), Lang::En));
        return *made;
    }
    /// Names in a folder, in order.
    static std::string names(const std::string& of) {
        std::vector<std::string> all;
        for (const auto& entry : fs::directory_iterator(of)) all.push_back(entry.path().filename());
        std::ranges::sort(all);
        std::string line;
        for (const auto& each : all) line += each + " ";
        return line;
    }
    server::Pruned prune(std::string_view now) {
        return server::prune_backups(*store, folder, at(now), 90);
    }

    TempStore store{Kept::InVault};
    std::string folder = (store.folder() / "backups").string();
    std::string second = (store.folder() / "second").string();
};

/// Writes over a page of the database in a backup.
void damage(const std::string& backup, std::streamoff page) {
    std::fstream file(backup + "/office.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(page * 4096 + 50).write("XX", 2);
}

}  // namespace

TEST_SUITE("server/jobs/backups") {
    TEST_CASE("a backup's name is its time, and no other name is one") {
        CHECK(server::backup_name(at("2026-03-02 02:30")) == "dossier-2026-03-02-0230");
        CHECK(server::backup_time("dossier-2026-03-02-0230") == at("2026-03-02 02:30"));
        for (const char* other :
             {"", "dossier-", "dossier-2026-03-02", "dossier-2026-02-30-0230",
              "dossier-2026-03-02-2530", "dossier-2026-03-02-0230.part", "dossier-2026-3-02-00230",
              "Dossier-2026-03-02-0230", "dossier-2026-03-02 0230", "dossier-2026/03/02-0230"})
            CHECK_MESSAGE(!server::backup_time(other), other);
    }
    TEST_CASE("a backup has its name when it was read again; it and its copy open with the key") {
        Shelf shelf;
        const auto made = shelf.back_up("2026-03-02 02:30");
        CHECK(Shelf::names(shelf.folder) == "dossier-2026-03-02-0230 ");
        const auto copied = server::copy_backup(*shelf.store, made, shelf.second);
        REQUIRE(copied);
        CHECK(Shelf::names(shelf.second) == "dossier-2026-03-02-0230 ");
        for (const std::string& each : {made, *copied}) {
            CHECK(shelf.store->check_backup(each, server::BackupCheck::EveryPage).has_value());
            auto opened = shelf.store.open_copy(each);
            REQUIRE(opened);
            server::Unit unit(**opened);
            CHECK(text_of(*(*opened)->meta("test")) == "kept");
        }
        CHECK(server::on_one_disk(shelf.folder, shelf.second));
        CHECK_FALSE(server::make_backup(*shelf.store, shelf.folder, at("2026-03-02 02:30")));
        CHECK_FALSE(server::copy_backup(*shelf.store, made, shelf.second));
    }
    TEST_CASE("no word can be read in a backup, and its key does not lie with it") {
        Shelf shelf;
        {
            server::Unit unit(*shelf.store);
            shelf.store->set_meta("test", bytes_of("PLAINWORDPLAINWORD"));
            unit.commit();
        }
        const auto made = shelf.back_up("2026-03-02 02:30");
        std::size_t files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(made)) {
            if (!entry.is_regular_file()) continue;
            ++files;
            CHECK(entry.path().filename() != "key");
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            for (const char* word : {"PLAINWORD", "SQLite format 3", "CREATE TABLE"})
                CHECK_MESSAGE(bytes.find(word) == std::string::npos, entry.path().filename());
        }
        CHECK(files > 0);
        const auto opened = shelf.store.open_copy(made);
        REQUIRE(opened);
        server::Unit unit(**opened);
        CHECK(text_of(*(*opened)->meta("test")) == "PLAINWORDPLAINWORD");
    }
    TEST_CASE("a backup holds every line of the audit, the reading ones too") {
        Shelf shelf;
        {
            server::Unit unit(*shelf.store);
            for (const char* action : {"view", "list", "set"})
                shelf.store->append_audit({.at = at("2026-03-02 01:00"), .action = action});
            unit.commit();
        }
        const auto made = shelf.back_up("2026-03-02 02:30");
        const auto copied = server::copy_backup(*shelf.store, made, shelf.second);
        REQUIRE(copied);
        std::vector<std::string> actions;
        for (const std::string& each : {made, *copied}) {
            const auto opened = shelf.store.open_copy(each);
            REQUIRE(opened);
            server::Unit unit(**opened);
            for (const auto& line : (*opened)->audit(0, 100)) actions.push_back(line.action);
        }
        CHECK(actions == std::vector<std::string>{"view", "list", "set", "view", "list", "set"});
    }
    TEST_CASE("a damaged backup is copied to no second folder") {
        Shelf shelf;
        const auto made = shelf.back_up("2026-03-02 02:30");
        damage(made, 3);
        CHECK_FALSE(shelf.store->check_backup(made, server::BackupCheck::EveryPage).has_value());
        CHECK_FALSE(server::copy_backup(*shelf.store, made, shelf.second));
        CHECK(Shelf::names(shelf.second).empty());
    }
    TEST_CASE("a folder that is not there is none to back up to, and is not made") {
        Shelf shelf;
        const auto nowhere = shelf.folder + "/away";
        const auto refused = server::make_backup(*shelf.store, nowhere, at("2026-03-02 02:30"));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().id() == "backup.no_folder");
        CHECK_FALSE(fs::exists(nowhere));
    }
    TEST_CASE("a backup older than keep_days goes, the newest whole one stays even when older") {
        Shelf shelf;
        shelf.back_up("2026-01-01 02:30");
        shelf.back_up("2026-01-02 02:30");
        shelf.back_up("2026-04-01 02:30");
        const auto once = shelf.prune("2026-04-02 02:30");
        CHECK(once.removed == 1);  // the second of January is ninety days ago
        CHECK(once.kept == 2);
        CHECK(Shelf::names(shelf.folder) == "dossier-2026-01-02-0230 dossier-2026-04-01-0230 ");
        CHECK(shelf.prune("2027-04-02 02:30").removed == 1);
        CHECK(shelf.prune("2029-04-02 02:30").removed == 0);
        CHECK(Shelf::names(shelf.folder) == "dossier-2026-04-01-0230 ");
    }
    TEST_CASE("a damaged backup does not count as the newest whole one") {
        Shelf shelf;
        shelf.back_up("2026-01-01 02:30");
        shelf.back_up("2026-01-02 02:30");
        damage(shelf.back_up("2026-01-03 02:30"), 3);
        CHECK(shelf.prune("2027-01-01 00:00").removed == 1);
        CHECK(Shelf::names(shelf.folder) == "dossier-2026-01-02-0230 dossier-2026-01-03-0230 ");
    }
    TEST_CASE("a folder that is no backup of ours is never pruned") {
        Shelf shelf;
        shelf.back_up("2026-03-01 02:30");
        const auto folder = fs::path(shelf.folder);
        // A person's own, by our name and by others.
        for (const char* name : {"dossier-2020-01-01-0230", "dossier-2020-01-02-0230.unread",
                                 "dossier-2020-01-03-0230.part", "photos"}) {
            fs::create_directory(folder / name);
            std::ofstream(folder / name / "office.db") << "mine";
        }
        fs::create_directory(folder / "dossier-2020-01-04-0230");
        // Another office's, whole.
        const Shelf other;
        fs::rename(server::make_backup(*const_cast<Shelf&>(other).store, other.folder,
                                       at("2020-01-05 02:30"))
                       .value(),
                   folder / "dossier-2020-01-05-0230");
        // Ours, with something in it that is not.
        const auto mixed = shelf.back_up("2020-01-06 02:30");
        std::ofstream(mixed + "/notes.txt") << "mine";
        // Ours, somewhere else, by a link.
        const auto elsewhere =
            server::make_backup(*shelf.store, shelf.second, at("2020-01-07 02:30"));
        fs::create_directory_symlink(*elsewhere, folder / "dossier-2020-01-07-0230");
        const auto before = Shelf::names(shelf.folder);
        const auto pruned = shelf.prune("2026-03-02 02:30");
        CHECK(pruned.removed == 0);
        CHECK(pruned.refused.size() == 7);
        CHECK(Shelf::names(shelf.folder) == before);
        CHECK(fs::exists(mixed + "/office.db"));
        CHECK(fs::exists(*elsewhere + "/office.db"));
    }
    TEST_CASE("what attempts that were cut short left goes at the next time") {
        Shelf shelf;
        shelf.back_up("2026-03-01 02:30");
        const auto unread = shelf.folder + "/dossier-2026-02-27-0230.unread";
        fs::rename(shelf.back_up("2026-02-27 02:30"), unread);
        const auto part = fs::path(shelf.folder) / "dossier-2026-02-28-0230.unread.part";
        fs::create_directory(part);
        std::ofstream(part / "dossier.unfinished").flush();
        std::ofstream(part / "office.db") << "half";
        // One that is being made this minute.
        const auto now = fs::path(shelf.folder) / "dossier-2026-03-02-0230.unread.part";
        fs::create_directory(now);
        std::ofstream(now / "dossier.unfinished").flush();
        CHECK(shelf.prune("2026-03-02 02:30").refused.empty());
        CHECK(Shelf::names(shelf.folder) ==
              "dossier-2026-03-01-0230 dossier-2026-03-02-0230.unread.part ");
    }
    TEST_CASE("a backup that was half removed is known as such, and is no backup") {
        Shelf shelf;
        const auto old = shelf.back_up("2026-01-01 02:30");
        std::ofstream(old + "/dossier.unfinished").flush();
        CHECK_FALSE(shelf.store->check_backup(old, server::BackupCheck::Opens).has_value());
        CHECK(vault::throw_away(old).has_value());
        CHECK_FALSE(fs::exists(old));
    }
}

}  // namespace dossier::test
