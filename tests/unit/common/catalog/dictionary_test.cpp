#include "common/catalog/dictionary.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/structure.hpp"

using namespace dossier;
using namespace dossier::catalog;

TEST_SUITE("common/catalog/dictionary") {
    TEST_CASE("the page has a line for every field of every kind, all with the same cells") {
        for (const Lang lang : {Lang::Zh, Lang::En}) {
            const std::string page = dictionary_markdown(lang);
            for (const Kind* kind : kinds()) {
                CHECK(page.find("\n## " + std::string(kind->name) + ' ') != std::string::npos);
                for (const Field* field : all_fields(*kind)) {
                    CHECK(page.find("| " + std::to_string(field->tag) + " | " +
                                    std::string(field->name) + " | ") != std::string::npos);
                }
            }
            std::size_t begin = 0;
            while (begin < page.size()) {
                const std::size_t end = page.find('\n', begin);
                const auto line = std::string_view(page).substr(begin, end - begin);
                std::size_t bars = 0;
                for (std::size_t i = 0; i < line.size(); ++i) {
                    if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) ++bars;
                }
                if (line.starts_with('|')) CHECK(bars == 14);
                begin = end + 1;
            }
        }
    }
    TEST_CASE("the JSON form is JSON and says of a field what the table says") {
        const std::string json = dictionary_json();
        CHECK(canonical_json(json) == json);
        CHECK(json.find(
                  R"("facet":"masked","group":"","instead":"","label":{"en":"Identity number")") !=
              std::string::npos);
    }
    TEST_CASE("the words of a field name its type, its limit and its check in both languages") {
        const auto words = [](const char* name, Lang lang) {
            return type_words(*find_field(kCustomer, name), lang);
        };
        CHECK(words("fax", Lang::Zh) == "最多 30 字的文本，电话号码");
        CHECK(words("fax", Lang::En) == "text of at most 30 characters, phone number");
        CHECK(words("owner_user_id", Lang::En) == "reference to user");
        CHECK(words("secrecy_level", Lang::En) == "whole number 0–3");
    }
    TEST_CASE("letters and codes are those of the domain") {
        CHECK(writer_letters(kOwner | kService | kClerk) == "O S I");
        CHECK(writer_letters(kSelf | kSuperior) == "own superior");
        CHECK(merge_code(Merge::Latest) == "LW");
        CHECK(merge_code(Merge::ReviewIfBoth) == "NR/LW");
        CHECK(level_code(Level::Inherit) == "=");
        CHECK(level_code(Level::L3) == "L3");
    }
}
