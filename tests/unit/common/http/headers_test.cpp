#include "common/http/headers.hpp"

#include <doctest/doctest.h>

#include "common/http/date.hpp"
#include "common/http/status.hpp"

using namespace dossier;
using namespace dossier::http;

TEST_SUITE("common/http/headers") {
    TEST_CASE("no byte that ends a header gets into an answer, every other one does") {
        for (int byte = 0; byte < 256; ++byte) {
            CAPTURE(byte);
            const std::string value = std::string("a") + static_cast<char>(byte) + "b";
            Headers headers;
            if (byte < 0x20 || byte == 0x7F) {
                CHECK_THROWS_AS(headers.set("X-Name", value), HeaderRefused);
                CHECK_THROWS_AS(headers.add("X-Name", value), HeaderRefused);
                CHECK(headers.all().empty());
            } else {
                headers.set("X-Name", value);
                CHECK(headers.all() == std::vector<Header>{{"X-Name", value}});
            }
        }
    }
    TEST_CASE("a name is a token, and none by which the answer is framed") {
        for (const char* name : {"", "a b", "a:b", "a\r\nb", "客户", "a(b", "content-length",
                                 "Transfer-Encoding", "CONNECTION", "Date"}) {
            CAPTURE(name);
            Headers headers;
            CHECK_THROWS_AS(headers.set(name, "1"), HeaderRefused);
            CHECK_THROWS_AS(headers.add(name, "1"), HeaderRefused);
        }
    }
    TEST_CASE("set takes the place of every header of that name, add stands beside them") {
        Headers headers;
        headers.add("Set-Cookie", "a=1");
        headers.add("set-cookie", "b=2");
        CHECK(count_of(headers.all(), "SET-COOKIE") == 2);
        CHECK(headers.has("Set-cookie"));
        headers.set("Set-Cookie", "c=3");
        CHECK(headers.all() == std::vector<Header>{{"Set-Cookie", "c=3"}});
        CHECK_FALSE(headers.has("Set-Cookie2"));
    }
    TEST_CASE("of several headers of a name the first is given") {
        const std::vector<Header> headers{{"A", "1"}, {"b", "2"}, {"B", "3"}};
        CHECK(*value_of(headers, "B") == "2");
        CHECK(value_of(headers, "C") == nullptr);
    }
    TEST_CASE("a date is written as HTTP writes it") {
        CHECK(http_date(instant_from("2026-03-02T06:05:04Z").value()) ==
              "Mon, 02 Mar 2026 06:05:04 GMT");
        CHECK(http_date({0}) == "Thu, 01 Jan 1970 00:00:00 GMT");
        CHECK(http_date(instant_from("2024-02-29T23:59:59Z").value()) ==
              "Thu, 29 Feb 2024 23:59:59 GMT");
    }
    TEST_CASE("every error of an action has a status of its sort, and every status a phrase") {
        for (int code = 0; code <= static_cast<int>(ErrorCode::NoSpace); ++code) {
            CAPTURE(code);
            const StatusCode status = status_of(static_cast<ErrorCode>(code));
            CHECK(static_cast<int>(status) >= 400);
            CHECK_FALSE(reason_phrase(status).empty());
        }
        CHECK(status_of(ErrorCode::NotFound) == StatusCode::NotFound);
        CHECK(status_of(ErrorCode::Denied) == StatusCode::Forbidden);
        CHECK(status_of(ErrorCode::Unauthenticated) == StatusCode::Unauthorized);
        CHECK(status_of(ErrorCode::Malformed) == StatusCode::BadRequest);
        CHECK(status_of(ErrorCode::Failed) == StatusCode::ServerError);
        CHECK(reason_phrase(static_cast<StatusCode>(299)).empty());
    }
}
