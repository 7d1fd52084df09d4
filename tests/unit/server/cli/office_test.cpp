#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

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

    TEST_CASE("schema and version need no office") {
        const Machine machine;
        CHECK(machine.run({"version", "--json"}).json()["schema"] == catalog::kSchemaVersion);
        CHECK(machine.run({"schema", "--format", "json"}).json().contains("kinds"));
        CHECK(machine.run({"schema"}).says("Customer"));
        CHECK(machine.run({"schema", "--format", "xml"}).code == 2);
    }
}

}  // namespace
}  // namespace dossier::test
