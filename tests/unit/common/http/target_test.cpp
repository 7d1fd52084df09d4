#include "common/http/target.hpp"

#include <doctest/doctest.h>

using namespace dossier::http;

TEST_SUITE("common/http/target") {
    TEST_CASE("path and query are decoded, in the order they are written") {
        const auto target = parse_target("/api/v1/%E5%AE%A2%E6%88%B7?q=a+b%2Bc&empty&&=x&q=2");
        REQUIRE(target);
        CHECK(target->path == "/api/v1/客户");
        CHECK(target->query ==
              decltype(target->query){{"q", "a b+c"}, {"empty", ""}, {"", "x"}, {"q", "2"}});
        CHECK(*target->asked("q") == "a b+c");
        CHECK(target->asked("none") == nullptr);
    }
    TEST_CASE("a plus is a plus in a path, and only the first question mark begins the query") {
        const auto target = parse_target("/a+b?c=d?e=f");
        REQUIRE(target);
        CHECK(target->path == "/a+b");
        CHECK(*target->asked("c") == "d?e=f");
        CHECK(parse_target("/?")->query.empty());
    }
    TEST_CASE("a line end in a query is a value like any other") {
        CHECK(*parse_target("/?v=a%0d%0ab")->asked("v") == "a\r\nb");
    }
    TEST_CASE("what two readers could take for different paths is refused") {
        for (const char* target :
             {"",       "a",      "*",      "http://a/b", "host:443",  "/a#b",   "/%",
              "/%4",    "/%4g",   "/%g4",   "/a%00b",     "/a%0ab",    "/a%7Fb", "/a%2Fb",
              "/a%5Cb", "/a\\b",  "/..",    "/a/../b",    "/a/.",      "/./a",   "/%2e%2e/a",
              "/a/%2E", "/\xff",  "/%ff",   "/%C0%AF",    "/?a=%00",   "/?%00",  "/?a=%ff",
              "/?a=%",  "/?a=%4", "/?\xC3", "/a?b#c",     "/%ED%A0%80"}) {
            CAPTURE(target);
            CHECK_FALSE(parse_target(target));
        }
    }
    TEST_CASE("dots within a segment are part of a name") {
        for (const char* target : {"/...", "/a..b", "/.well-known", "/a.", "/a/..b/c"}) {
            CAPTURE(target);
            CHECK(parse_target(target)->path == target);
        }
    }
}
