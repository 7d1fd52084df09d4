// A purged record leaves no token behind when the caller does what `search_key.hpp` asks.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/unit/common/pinyin/index.hpp"

using namespace dossier::pinyin;

namespace {

/// Fields of record `i`; names and numbers differ, so each record has tokens of its own.
struct Record {
    std::string name, note;
    explicit Record(int i)
        : name("客户" + std::to_string(100'000 + 37 * i)), note("备注 x" + std::to_string(i)) {}
    [[nodiscard]] std::vector<Field> fields() const { return {{As::Name, name}, {As::Text, note}}; }
};

/// The record to be purged.
const std::vector<Field> kSecret{{As::Name, "魑魅魍魉贸易"}, {As::Text, "qzjxvk 饕餮"}};

bool anywhere_in(const std::string& file, std::string_view bytes) {
    for (const char* suffix : {"", "-wal"}) {
        std::ifstream in(file + suffix, std::ios::binary);
        const std::string all{std::istreambuf_iterator<char>(in), {}};
        if (all.find(bytes) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

TEST_SUITE("common/pinyin/purge") {
    TEST_CASE("after delete, forget and checkpoint no token of a purged record is in the file") {
        const std::string file = std::filesystem::temp_directory_path() / "dossier_purge_test.db";
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file + suffix);
        {
            Index index(file);
            index.run("PRAGMA journal_mode=WAL");
            index.run("PRAGMA secure_delete=ON");
            index.run(kCreateIndex);
            index.run("CREATE VIRTUAL TABLE words USING fts5vocab(search, row)");
            for (int i = 0; i < 300; ++i) {
                if (i == 150) index.add(9999, kSecret);
                index.add(i + 1, Record(i).fields());
            }
            index.run(kForgetDeleted);
            index.run("PRAGMA wal_checkpoint(TRUNCATE)");
            const auto holds = [&](const std::string& token) {
                return !index.run("SELECT term FROM words WHERE term = ?1", {token}).empty();
            };
            REQUIRE(holds("魑魅"));
            REQUIRE(holds("饕餮"));
            // Pages store a term without what it shares with the term before it, so the bytes to
            // look for are the ends of the terms.
            REQUIRE(anywhere_in(file, "魅"));
            REQUIRE(anywhere_in(file, "餮"));
            REQUIRE(anywhere_in(file, "jxvk"));

            index.remove(9999, kSecret);
            CHECK(index.find("魑魅").empty());
            CHECK(anywhere_in(file, "餮"));  // a delete alone is not enough

            index.run(kForgetDeleted);
            index.run("PRAGMA wal_checkpoint(TRUNCATE)");
            for (const char* token : {"魑魅", "魅魍", "饕餮", "qzjxvk", "chimei", "cmwlmy"}) {
                CHECK_MESSAGE(!holds(token), token);
            }
            for (const char* bytes : {"魑", "魅", "魍", "魉", "饕", "餮", "jxvk", "imei", "wlmy"}) {
                CHECK_MESSAGE(!anywhere_in(file, bytes), bytes);
            }
            CHECK(index.find("客户").size() == 300);
            CHECK(index.find("100037") == std::set<std::string>{"2"});
        }
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file + suffix);
    }

    TEST_CASE("an update is a delete and an insert, and leaves only the new text") {
        Index index;
        index.run(kCreateIndex);
        const std::vector<Field> before{{As::Name, "明润明润"}, {As::Text, "11 11 1111"}};
        index.add(1, before);
        index.remove(1, before);
        index.add(1, {{As::Name, "长城"}});
        CHECK(index.find("明润").empty());
        CHECK(index.find("11").empty());
        CHECK(index.find("长城").size() == 1);
    }
}
