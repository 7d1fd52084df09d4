#include "common/http/cookies.hpp"

#include <doctest/doctest.h>

using namespace dossier::http;
using namespace std::chrono_literals;

namespace {

std::optional<std::string> sent(const char* field) {
    const std::vector<Header> headers{{"Cookie", field}};
    return cookie_sent(headers, "session");
}

}  // namespace

TEST_SUITE("common/http/cookies") {
    TEST_CASE("the one cookie of a name is found among others, well written or not") {
        CHECK(sent("session=abc") == "abc");
        CHECK(sent("a=1; session=abc; b=2") == "abc");
        CHECK(sent("a=1;session=abc;b=2") == "abc");
        CHECK(sent("a={\"x\": 1}; junk; =; session=a=b==") == "a=b==");
        CHECK(sent("session=") == "");
        CHECK(cookie_sent(std::vector<Header>{{"cookie", "x=1"}, {"COOKIE", "session=abc"}},
                          "session") == "abc");
    }
    TEST_CASE("none, two, or one that cannot be a cookie is none") {
        for (const char* field :
             {"", "Session=abc", "xsession=abc", "session", "session=a; session=b",
              "session=a; session=a", "session=a b", "session=\"abc\"", "session=a\\b",
              "session=a,b", "session=\xE5\xAE\xA2"}) {
            CAPTURE(field);
            CHECK_FALSE(sent(field));
        }
        const std::vector<Header> twice{{"Cookie", "session=a"}, {"Cookie", "session=b"}};
        CHECK_FALSE(cookie_sent(twice, "session"));
    }
    TEST_CASE("a cookie is for this host, for no script and no other site, with TLS for TLS only") {
        CHECK(set_cookie("session", "abc", false) ==
              "session=abc; Path=/; HttpOnly; SameSite=Strict");
        CHECK(set_cookie("session", "abc", true, 3600s) ==
              "__Host-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=3600");
        CHECK(forget_cookie("session", true) ==
              "__Host-session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
        CHECK(cookie_name("session", false) == "session");
        CHECK(cookie_name("session", true) == "__Host-session");
    }
    TEST_CASE("what would end a cookie early is not set") {
        for (const char* value : {"a;b", "a b", "a\r\nb", "a,b", "客户"}) {
            CAPTURE(value);
            CHECK_THROWS_AS(set_cookie("session", value, false), HeaderRefused);
            CHECK_THROWS_AS(set_cookie(value, "a", false), HeaderRefused);
        }
        CHECK_THROWS_AS(set_cookie("", "a", false), HeaderRefused);
    }
}
