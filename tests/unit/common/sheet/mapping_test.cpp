// Which column is which field: what a mapping file may say, and how it is refused.
#include "common/sheet/mapping.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/catalog/customer.hpp"
#include "common/sheet/faults.hpp"
#include "common/tabular/faults.hpp"

using namespace dossier;
using namespace dossier::sheet;

namespace {

/// The rules of a file that holds this text.
Result<Rules> rules_of(std::string_view text) {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    const std::filesystem::path folder(name);
    std::ofstream(folder / "rules.toml", std::ios::binary) << text;
    auto rules = read_rules(folder / "rules.toml");
    std::filesystem::remove_all(folder);
    return rules;
}

}  // namespace

TEST_SUITE("common/sheet/mapping") {
    TEST_CASE("a mapping file that cannot be read is told as that, and no pipe is waited for") {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        const std::filesystem::path folder(name);
        REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
        for (const auto& path : {folder / "none.toml", folder / "pipe", folder}) {
            const auto rules = read_rules(path);
            REQUIRE_FALSE(rules.has_value());
            CHECK(rules.error().is(tabular::kCannotOpen));
        }
        std::filesystem::remove_all(folder);
    }
    TEST_CASE("a mapping file names columns, columns to leave out, and constants") {
        const auto rules = rules_of(
            "[columns]\n\"公司全称\" = \"name\"\n\"备注\" = \"\"\n[constants]\nmarket = "
            "\"domestic\"\n");
        REQUIRE(rules.has_value());
        const auto mapping = map_columns(catalog::kCustomer, {"公司全称", "备注", "传真"}, *rules);
        REQUIRE(mapping.has_value());
        REQUIRE(mapping->columns.size() == 2);
        CHECK(mapping->columns[0].field->name == "name");
        CHECK(mapping->columns[1].field->name == "fax");
        CHECK(mapping->constants.size() == 1);
    }
    TEST_CASE("a table named in other letters, or not at all, is refused with its line") {
        for (const std::string_view text :
             {"[列]\n", "[[列]]", "\n[!]", "[\n", "[ =", "[", "[[ ]]"}) {
            CAPTURE(text);
            const auto rules = rules_of(text);
            REQUIRE_FALSE(rules.has_value());
            CHECK(rules.error().is(kMappingFile));
            const char* line = text.front() == '\n' ? "2:" : "1:";
            CHECK(rules.error().args.at(1).starts_with(line));
        }
        CHECK(rules_of("[\"列\"]\n").has_value());
        CHECK(rules_of("  [ columns ]\n").has_value());
    }
    TEST_CASE("a file that is missing, not text, or too large for rules is refused in words") {
        CHECK(read_rules("/nowhere/rules.toml").error().is(tabular::kCannotOpen));
        CHECK(rules_of("a = \xFF").error().is(kMappingFile));
        CHECK(rules_of("columns = 1\n[columns]").error().is(kMappingFile));
        CHECK(rules_of("[columns]\na = 1").error().is(kMappingFile));
        CHECK(rules_of(std::string(2U << 20U, '\n')).error().is(tabular::kFileTooLarge));
        CHECK(rules_of("").has_value());
    }
    TEST_CASE("a rule for a field that is not there, and a table of which nothing is known") {
        Rules rules;
        rules.columns["a"] = "no_such_field";
        CHECK(map_columns(catalog::kCustomer, {"a"}, rules).error().is(kUnknownField));
        CHECK(map_columns(catalog::kCustomer, {"这一列没有意义"}, {}).error().is(kNoColumns));
    }
    TEST_CASE("a sheet is a list where a required column is, not where one is known by chance") {
        Rules rules;
        rules.columns["全称"] = "name";
        CHECK(has_required(catalog::kCustomer, {}, {"序号", "客户名称*"}));
        CHECK(has_required(catalog::kCustomer, rules, {"全称"}));
        CHECK_FALSE(has_required(catalog::kCustomer, {}, {"说明", "传真", "客户类别", ""}));
    }
}
