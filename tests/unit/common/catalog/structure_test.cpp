#include "common/catalog/structure.hpp"

#include <doctest/doctest.h>

using namespace dossier::catalog;

TEST_SUITE("common/catalog/structure") {
    TEST_CASE(
        "equal meaning gives equal bytes: keys sorted, no spaces, text unescaped and composed") {
        CHECK(canonical_json(R"( { "b" : [ 1 , true, null ], "a" : "\u676d\u5dde" } )") ==
              R"({"a":"杭州","b":[1,true,null]})");
        CHECK(canonical_json(R"(" e\u0301 ")") == R"("é")");
        CHECK(canonical_json("[]") == "[]");
    }
    TEST_CASE("what is not JSON, or JSON with two readings, has no canonical form") {
        for (const char* json :
             {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "1.5", "1e3", "NaN", "'a'", "[1] 2",
              "\"\\ud800\"", "\"\xC3\"", "{\"a\":1,\" a\":2}", "1e999", "// c\n1"}) {
            CAPTURE(json);
            CHECK_FALSE(canonical_json(json).has_value());
        }
    }
    TEST_CASE("escaped characters that must not be stored are seen through") {
        CHECK_FALSE(canonical_json(R"("a\u0000b")").has_value());
        CHECK_FALSE(canonical_json(R"("a\u001bb")").has_value());
        CHECK(canonical_json(R"("a\u202eb\u200b")") == R"("ab")");
    }
    TEST_CASE("depth and size are bounded before anything is built") {
        const auto nested = [](std::size_t depth) {
            return std::string(depth, '[').append(depth, ']');
        };
        CHECK(canonical_json(nested(8)).has_value());
        CHECK_FALSE(canonical_json(nested(9)).has_value());
        CHECK_FALSE(canonical_json(std::string(2'000'000, '[')).has_value());
        CHECK_FALSE(canonical_json('"' + std::string(kJsonBytesMax, 'a') + '"').has_value());
        CHECK(canonical_json(R"("[[[[[[[[[[[[")").has_value());
        CHECK(canonical_json(R"("\"[[[[[[[[[[[[")").has_value());
    }
    TEST_CASE("elements, members, texts and numbers come out as they went in") {
        const std::vector<std::string> elements{R"({"kind":"home"})", "\"a\\\"b\"", "7"};
        CHECK(json_elements(json_array(elements)) == elements);
        const std::map<std::string, std::string> members{{"a", "1"}, {"b", "\"x\""}};
        CHECK(json_members(json_object(members)) == members);
        CHECK(json_text(json_string("杭\"州\\\n")) == "杭\"州\\");
        CHECK(json_number("-12") == -12);
        CHECK_FALSE(json_number("9223372036854775808").has_value());
        CHECK_FALSE(json_number("\"1\"").has_value());
        CHECK_FALSE(json_elements("{}").has_value());
        CHECK_FALSE(json_members("[]").has_value());
    }
}
