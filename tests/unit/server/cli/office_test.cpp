#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

/// Commands as main runs them, on an office in a vault of its own.
struct Machine {
    TempStore scratch;  // for its folder
    std::string folder = (scratch.folder() / "office").string();

    Said run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--dir", folder, "--lang", "en"});
        std::ostringstream out;
        std::ostringstream err;
        const int code = server::run_line(words, scratch.folder().string(), out, err);
        return {code, out.str(), err.str()};
    }
};

TEST_SUITE("server/cli/office") {
    TEST_CASE("init makes an office that opens again, once") {
        const Machine machine;
        CHECK(machine.run({"status"}).code == 10);
        CHECK(machine.run({"init", "--admin", "luop"}).code == 0);
        CHECK(fs::status(machine.folder + "/office.key").permissions() ==
              (fs::perms::owner_read | fs::perms::owner_write));
        CHECK(machine.run({"init"}).complains("(vault.exists)"));
        CHECK(machine.run({"user", "list", "--json"}).json()[0]["login"] == "luop");
        CHECK(machine.run({"status", "--json"}).json()["users"] == 1);
        CHECK(machine.run({"verify"}).says("all data hold together"));
    }

    TEST_CASE("what is no office, or cannot be opened, has its own exit code") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        const auto key = machine.folder + "/office.key";
        fs::rename(key, key + ".away");
        std::ofstream(key) << std::string(32, 'x');
        fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
        CHECK(machine.run({"status"}).code == 12);
        fs::rename(key + ".away", key);
        fs::resize_file(machine.folder + "/dossier.keys", 20);
        CHECK(machine.run({"status"}).code == 17);
        CHECK(machine.run({"serve", "--listen", "nonsense"}).code == 2);
    }

    TEST_CASE("a backup verifies and comes back elsewhere with its key file") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"region", "add", "HD", "华东"}).code == 0);
        CHECK(machine.run({"backup", "create", "copy"}).code == 0);
        CHECK(machine.run({"backup", "create", "copy"}).complains("(store.backup_exists)"));
        CHECK(machine.run({"backup", "verify", "copy"}).says("is intact"));
        Machine other;
        other.folder = machine.scratch.folder() / "other";
        const auto copy = (machine.scratch.folder() / "copy").string();
        const auto key = machine.folder + "/office.key";
        CHECK(other.run({"backup", "restore", copy, "--key-file", key}).code == 0);
        CHECK(other.run({"region", "list", "--key-file", key}).says("华东"));
        CHECK(machine.run({"backup", "restore", copy}).complains("(vault.exists)"));
    }

    TEST_CASE("a restore that fails leaves nothing, and the next one works") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"region", "add", "HD", "华东"}).code == 0);
        REQUIRE(machine.run({"backup", "create", "copy"}).code == 0);
        const auto key = machine.folder + "/office.key";
        const auto copy = machine.scratch.folder() / "copy";
        Machine other;
        other.folder = (machine.scratch.folder() / "other").string();
        const auto restore = [&](const std::string& from, const std::string& with) {
            return other.run({"backup", "restore", from, "--key-file", with});
        };
        const auto no_key = restore(copy, other.folder + "/office.key");
        CHECK(no_key.code == 12);
        CHECK(no_key.complains("(vault.key_file_missing)"));
        CHECK_FALSE(fs::exists(other.folder));
        const auto wrong = (machine.scratch.folder() / "wrong.key").string();
        std::ofstream(wrong) << std::string(32, 'x');
        fs::permissions(wrong, fs::perms::owner_read | fs::perms::owner_write);
        CHECK(restore(copy, wrong).complains("(vault.wrong_key_file)"));
        CHECK_FALSE(fs::exists(other.folder));
        const auto bad = machine.scratch.folder() / "bad";
        fs::copy(copy, bad);
        std::fstream(bad / "dossier.db", std::ios::in | std::ios::out | std::ios::binary)
            .seekp(20 * 4096 + 50)
            .write("XX", 2);
        const auto damaged = restore(bad, key);
        CHECK(damaged.code == 17);
        // By the vault, or by SQLite where the page holds what leads to others.
        CHECK_MESSAGE(
            (damaged.complains("(vault.damaged_page)") || damaged.complains("(store.damaged)")),
            damaged.err);
        CHECK_FALSE(fs::exists(other.folder));
        fs::remove(bad / "dossier.db-versions");
        fs::create_symlink(copy / "dossier.db-versions", bad / "dossier.db-versions");
        CHECK(restore(bad, key).complains("(vault.symbolic_link)"));
        CHECK_FALSE(fs::exists(other.folder));
        CHECK(restore(machine.scratch.folder() / "nowhere", key).code == 10);
        CHECK(restore(copy, key).code == 0);
        CHECK(other.run({"region", "list", "--key-file", key}).says("华东"));
    }

    TEST_CASE("a restore that was killed serves nobody, and the next one begins anew") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"region", "add", "HD", "华东"}).code == 0);
        REQUIRE(machine.run({"backup", "create", "copy"}).code == 0);
        const auto key = machine.folder + "/office.key";
        const auto copy = (machine.scratch.folder() / "copy").string();
        Machine other;
        std::size_t unfinished = 0;
        for (int wait = 0; wait < 40; ++wait) {
            CAPTURE(wait);
            other.folder = (machine.scratch.folder() / ("o" + std::to_string(wait))).string();
            const std::vector<std::string> restore{"backup", "restore", copy, "--key-file", key};
            const pid_t child = ::fork();
            if (child == 0) {
                other.run(restore);
                ::_exit(0);
            }
            ::usleep(static_cast<useconds_t>(wait) * 1500);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            const auto found = other.run({"region", "list", "--key-file", key});
            if (found.code == 0) {
                CHECK(found.says("华东"));
                continue;
            }
            CHECK(found.code == 10);
            unfinished += found.complains("(office.restore_unfinished)") ? 1U : 0U;
            CHECK(other.run(restore).code == 0);
            CHECK(other.run({"verify", "--key-file", key}).code == 0);
        }
        MESSAGE("restores found unfinished: ", unfinished);
    }

    TEST_CASE("a restore that was cut before its folder had a mark begins anew, and only then") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"backup", "create", "copy"}).code == 0);
        const auto key = machine.folder + "/office.key";
        const auto copy = (machine.scratch.folder() / "copy").string();
        Machine other;
        other.folder = (machine.scratch.folder() / "other").string();
        const auto building = fs::path(other.folder) / "dossier.restoring";
        fs::create_directories(building);
        fs::permissions(other.folder, fs::perms::owner_all);
        std::ofstream(building / "mine") << "kept";
        CHECK(other.run({"backup", "restore", copy, "--key-file", key}).code != 0);
        CHECK(fs::exists(building / "mine"));
        fs::remove(building / "mine");
        CHECK(other.run({"backup", "restore", copy, "--key-file", key}).code == 0);
        CHECK(other.run({"verify", "--key-file", key}).code == 0);
    }

    TEST_CASE("a half-restored folder is no office, to init neither") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"backup", "create", "copy"}).code == 0);
        const auto key = machine.folder + "/office.key";
        const auto copy = machine.scratch.folder() / "copy";
        Machine other;
        other.folder = (machine.scratch.folder() / "other").string();
        // As it is when the process ends between two files.
        const fs::path building = fs::path(other.folder) / "dossier.restoring";
        fs::create_directories(building);
        fs::permissions(other.folder, fs::perms::owner_all);
        std::ofstream(building / "dossier.unfinished").flush();
        fs::copy_file(copy / "dossier.keys", building / "dossier.keys");
        fs::copy_file(copy / "dossier.db", fs::path(other.folder) / "dossier.db");
        for (const char* word : {"status", "verify", "init"}) {
            const auto said = other.run({word, "--key-file", key});
            CHECK(said.code == 10);
            CHECK(said.complains("(office.restore_unfinished)"));
        }
        CHECK(other.run({"backup", "restore", copy, "--key-file", key}).code == 0);
        CHECK(other.run({"verify", "--key-file", key}).code == 0);
        CHECK_FALSE(fs::exists(building));
    }

    TEST_CASE("a backup removes no folder it did not make") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        const auto part = machine.scratch.folder() / "copy.part";
        fs::create_directories(part);
        std::ofstream(part / "dossier.db") << "mine";
        const auto refused = machine.run({"backup", "create", "copy"});
        CHECK(refused.complains("(store.backup_exists)"));
        CHECK(refused.complains("copy.part"));
        CHECK(fs::file_size(part / "dossier.db") == 4);
        // Nor an empty one.
        const auto empty = machine.scratch.folder() / "other.part";
        fs::create_directories(empty);
        fs::permissions(empty, fs::perms::owner_all | fs::perms::group_read);
        CHECK(machine.run({"backup", "create", "other"}).complains("(store.backup_exists)"));
        CHECK(fs::exists(empty));
        CHECK_FALSE(fs::exists(machine.scratch.folder() / "other"));
        // One of an attempt that was cut short is known by its mark.
        std::ofstream(part / "dossier.unfinished").flush();
        CHECK(machine.run({"backup", "create", "copy"}).code == 0);
        CHECK_FALSE(fs::exists(part));
        CHECK(machine.run({"backup", "verify", "copy"}).code == 0);
        fs::create_symlink("nowhere", machine.scratch.folder() / "link");
        CHECK(machine.run({"backup", "create", "link"}).complains("(store.backup_exists)"));
        CHECK_FALSE(fs::exists(machine.scratch.folder() / "nowhere"));
    }

    TEST_CASE("damage of the office's data is 17 for whoever meets it, never a failed disk") {
        const Machine machine;
        REQUIRE(machine.run({"init"}).code == 0);
        REQUIRE(machine.run({"region", "add", "HD", "华东"}).code == 0);
        const auto pages = fs::file_size(machine.folder + "/dossier.db") / 4096;
        std::fstream file(machine.folder + "/dossier.db",
                          std::ios::in | std::ios::out | std::ios::binary);
        for (std::uintmax_t page = pages / 4; page < pages; ++page)
            file.seekp(static_cast<std::streamoff>(page * 4096 + 50)).write("XX", 2);
        file.close();
        std::size_t met = 0;
        for (const std::vector<std::string>& words : {std::vector<std::string>{"verify"},
                                                      {"backup", "create", "copy"},
                                                      {"status"},
                                                      {"user", "list"},
                                                      {"region", "list"},
                                                      {"region", "add", "XB", "西北"},
                                                      {"audit", "verify"},
                                                      {"device", "list"}}) {
            CAPTURE(words.front());
            const auto said = machine.run(words);
            CAPTURE(said.err);
            CHECK((said.code == 17 || said.code == 0));
            CHECK_FALSE(said.complains("I/O"));
            CHECK_FALSE(said.complains("malformed"));
            met += said.code == 17 ? 1U : 0U;
        }
        CHECK(met >= 3);
        CHECK(machine.run({"verify"}).code == 17);
        CHECK(machine.run({"backup", "create", "copy"}).code == 17);
        CHECK_FALSE(fs::exists(machine.scratch.folder() / "copy"));
        CHECK_FALSE(fs::exists(machine.scratch.folder() / "copy.part"));
    }

    TEST_CASE("what could not be said is no success") {
        const Machine machine;
        std::ofstream full("/dev/full");
        std::ostringstream err;
        CHECK(server::run_line({"version", "--lang", "en"}, "/", full, err) == 19);
        CHECK(err.str().find("(cli.output_lost)") != std::string::npos);
    }

    TEST_CASE("schema and version need no office") {
        const Machine machine;
        CHECK(machine.run({"version", "--json"}).json()["schema"] == catalog::schema_version());
        CHECK(machine.run({"schema", "--format", "json"}).json().contains("kinds"));
        CHECK(machine.run({"schema"}).says("Customer"));
        CHECK(machine.run({"schema", "--format", "xml"}).code == 2);
    }
}

}  // namespace
}  // namespace dossier::test
