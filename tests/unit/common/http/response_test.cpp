#include "common/http/response.hpp"

#include <doctest/doctest.h>

#include "common/http/faults.hpp"

using namespace dossier;
using namespace dossier::http;

TEST_SUITE("common/http/response") {
    TEST_CASE("an answer's own rule of keeping stands, and its own policy beside the server's") {
        Headers headers;
        headers.set("Cache-Control", "no-cache");
        headers.set("Content-Security-Policy", "sandbox");
        headers.set("Referrer-Policy", "unsafe-url");
        add_standing_headers(headers);
        CHECK(*value_of(headers.all(), "Cache-Control") == "no-cache");
        CHECK(count_of(headers.all(), "Content-Security-Policy") == 2);
        CHECK(*value_of(headers.all(), "Content-Security-Policy") == "sandbox");
        CHECK(*value_of(headers.all(), "Referrer-Policy") == "no-referrer");
        CHECK(count_of(headers.all(), "Referrer-Policy") == 1);
    }
    TEST_CASE("bytes are sent from where they lie, as long as anybody has the answer") {
        auto bytes = std::make_shared<const Bytes>(Bytes{1, 2, 3});
        const auto* place = bytes->data();
        auto first = std::make_unique<Body>(std::move(bytes));
        const Body second = *first;
        first.reset();
        CHECK(second.bytes().data() == place);
        CHECK(Bytes(second.bytes().begin(), second.bytes().end()) == Bytes{1, 2, 3});
        CHECK(text_of(Body(std::string("abc")).bytes()) == "abc");
        CHECK(Body().bytes().empty());
    }
    TEST_CASE("an error is told in both languages with what helps") {
        const Response response = error_response(StatusCode::Forbidden, {&kCrossSite, {}});
        CHECK(response.status == StatusCode::Forbidden);
        CHECK(
            text_of(response.body.bytes()) ==
            "请求来自另一个网站的页面（http.cross_site）。处理：关闭那个页面，在本站的页面上操作\n"
            "the request comes from another site's page (http.cross_site). Remedy: close that "
            "page and do it on a page of this site\n");
    }
}
