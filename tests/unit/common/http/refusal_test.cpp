#include "common/http/refusal.hpp"

#include <doctest/doctest.h>

#include "common/http/faults.hpp"

using namespace dossier;
using namespace dossier::http;

namespace {

const Rules kPlain{.hosts = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"}};
const Rules kSecure{.hosts = {"office.example:443", "10.0.0.7:8443"}, .scheme = Scheme::Https};

/// A head like a browser's, changed by one line of a table.
struct Case {
    const char* name;
    const Fault* why;  ///< nullptr = let through
    StatusCode status;
    Head head;
};

Head get(std::vector<Header> more = {}, std::string target = "/a?b=c") {
    more.insert(more.begin(), {"Host", "localhost:8080"});
    return {"GET", std::move(target), 1, std::move(more)};
}
Head old(Head head) {
    head.minor = 0;
    return head;
}
Head with_method(std::string method, std::string target = "/") {
    Head head = get({}, std::move(target));
    head.method = std::move(method);
    return head;
}
Head with_hosts(std::vector<std::string> hosts) {
    Head head{"GET", "/", 1, {}};
    for (std::string& each : hosts) head.headers.push_back({"Host", std::move(each)});
    return head;
}
std::vector<Header> many(std::size_t count) {
    return {count, Header{"A", "b"}};
}

std::vector<Case> cases() {
    constexpr StatusCode kNone{};
    const std::string long_path(8191, 'a');
    return {
        {"plain", nullptr, kNone, get()},
        {"target of 8 KiB", nullptr, kNone, get({}, "/" + long_path)},
        {"target of a byte more", &kTargetTooLong, StatusCode::UriTooLong,
         get({}, "/a" + long_path)},
        {"64 fields", nullptr, kNone, get(many(63))},
        {"65 fields", &kHeadTooLarge, StatusCode::HeadersTooLarge, get(many(64))},
        {"value of 4 KiB", nullptr, kNone, get({{"A", std::string(4096, 'a')}})},
        {"value of a byte more", &kHeadTooLarge, StatusCode::HeadersTooLarge,
         get({{"A", std::string(4097, 'a')}})},
        {"HEAD", nullptr, kNone, with_method("HEAD")},
        {"POST", nullptr, kNone, with_method("POST")},
        {"PUT", nullptr, kNone, with_method("PUT")},
        {"DELETE", nullptr, kNone, with_method("DELETE")},
        {"TRACE", &kUnknownMethod, StatusCode::MethodNotAllowed, with_method("TRACE")},
        {"OPTIONS *", &kUnknownMethod, StatusCode::MethodNotAllowed, with_method("OPTIONS", "*")},
        {"CONNECT", &kUnknownMethod, StatusCode::MethodNotAllowed, with_method("CONNECT", "a:443")},
        {"unknown", &kUnknownMethod, StatusCode::MethodNotAllowed, with_method("BREW")},
        {"lower case", &kUnknownMethod, StatusCode::MethodNotAllowed, with_method("get")},
        {"absolute form", &kBadTarget, StatusCode::BadRequest, get({}, "http://localhost:8080/")},
        {"climbing path", &kBadTarget, StatusCode::BadRequest, get({}, "/a/../b")},
        {"no host", &kNoHost, StatusCode::BadRequest, with_hosts({})},
        {"two hosts", &kNoHost, StatusCode::BadRequest,
         with_hosts({"localhost:8080", "localhost:8080"})},
        {"empty host", &kNoHost, StatusCode::BadRequest, with_hosts({""})},
        {"host with a path", &kNoHost, StatusCode::BadRequest, with_hosts({"localhost:8080/a"})},
        {"host with a user", &kNoHost, StatusCode::BadRequest, with_hosts({"a@localhost:8080"})},
        {"host without port digits", &kNoHost, StatusCode::BadRequest, with_hosts({"localhost:"})},
        {"host in capitals", nullptr, kNone, with_hosts({"LocalHost:8080"})},
        {"host by IPv4", nullptr, kNone, with_hosts({"127.0.0.1:8080"})},
        {"host by IPv6", nullptr, kNone, with_hosts({"[::1]:8080"})},
        {"foreign host", &kForeignHost, StatusCode::MisdirectedRequest,
         with_hosts({"evil.example"})},
        {"foreign host, our port", &kForeignHost, StatusCode::MisdirectedRequest,
         with_hosts({"evil.example:8080"})},
        {"ours as a prefix", &kForeignHost, StatusCode::MisdirectedRequest,
         with_hosts({"localhost:80801"})},
        {"ours as the beginning of a name", &kForeignHost, StatusCode::MisdirectedRequest,
         with_hosts({"localhost.evil.example:8080"})},
        {"ours without its port", &kForeignHost, StatusCode::MisdirectedRequest,
         with_hosts({"localhost"})},
        {"length", nullptr, kNone, get({{"Content-Length", "4"}})},
        {"length twice", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "4"}, {"content-length", "4"}})},
        {"length as a list", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "4, 4"}})},
        {"length with a sign", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "+4"}})},
        {"length below zero", &kBadLength, StatusCode::BadRequest, get({{"Content-Length", "-1"}})},
        {"length and letters", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "4x"}})},
        {"length in hexadecimal", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "0x4"}})},
        {"empty length", &kBadLength, StatusCode::BadRequest, get({{"Content-Length", ""}})},
        {"huge length", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "18446744073709551617"}})},
        {"length and chunks", &kBadLength, StatusCode::BadRequest,
         get({{"Content-Length", "4"}, {"Transfer-Encoding", "chunked"}})},
        {"gzip and a length", &kBadLength, StatusCode::BadRequest,
         get({{"Transfer-Encoding", "gzip"}, {"Content-Length", "4"}})},
        {"chunks", nullptr, kNone, get({{"Transfer-Encoding", "chunked"}})},
        {"chunks twice", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}})},
        {"chunks of HTTP/1.0", &kUnknownTransfer, StatusCode::NotImplemented,
         old(get({{"Transfer-Encoding", "chunked"}}))},
        {"gzip alone", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", "gzip"}})},
        {"xchunked", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", "xchunked"}})},
        {"chunked, identity", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", "chunked, identity"}})},
        {"gzip, chunked", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", "gzip, chunked"}})},
        {"empty coding", &kUnknownTransfer, StatusCode::NotImplemented,
         get({{"Transfer-Encoding", ""}})},
        {"compressed body", &kEncodedBody, StatusCode::UnsupportedMediaType,
         get({{"Content-Encoding", "gzip"}})},
        {"expects 100", nullptr, kNone, get({{"Expect", "100-Continue"}})},
        {"expects more", &kUnknownExpectation, StatusCode::ExpectationFailed,
         get({{"Expect", "200-ok"}})},
        {"expects twice", &kUnknownExpectation, StatusCode::ExpectationFailed,
         get({{"Expect", "100-continue"}, {"Expect", "100-continue"}})},
    };
}

Head change(std::vector<Header> more, const char* host = "localhost:8080") {
    more.push_back({"Host", host});
    return {"POST", "/", 1, std::move(more)};
}

}  // namespace

TEST_SUITE("common/http/refusal") {
    TEST_CASE("each line of what may be wrong with a head is refused with its status") {
        for (const Case& each : cases()) {
            CAPTURE(each.name);
            const auto refusal = refusal_of(each.head, kPlain);
            CHECK(refusal.has_value() == (each.why != nullptr));
            if (!refusal) continue;
            CHECK(refusal->why->id == each.why->id);
            CHECK(refusal->status == each.status);
        }
    }
    TEST_CASE("a host without a port has that of its scheme, an origin too") {
        CHECK(host_and_port("Office", default_port(Scheme::Http)) == "office:80");
        CHECK(host_and_port("office", default_port(Scheme::Https)) == "office:443");
        CHECK(host_and_port("[::1]", "443") == "[::1]:443");
        for (const char* bad : {"", ":80", "::1", "[", "[]", "[::1", "::1]", "[::1]8080", "a b",
                                "a:b", "a:123456", "a:8 0", "a:-1", "[::1]x:80", "客户:80"}) {
            CAPTURE(bad);
            CHECK_FALSE(host_and_port(bad, "80"));
        }
        CHECK_FALSE(refusal_of({"GET", "/", 1, {{"Host", "office.example"}}}, kSecure));
        CHECK(refusal_of({"GET", "/", 1, {{"Host", "10.0.0.7"}}}, kSecure));
    }
    TEST_CASE("what another site's page asks to change is refused") {
        for (const std::vector<Header>& headers : std::vector<std::vector<Header>>{
                 {{"Origin", "http://evil.example"}},
                 {{"Origin", "null"}},
                 {{"Origin", ""}},
                 {{"Origin", "http://localhost:8081"}},
                 {{"Origin", "http://127.0.0.1:8080"}},  // allowed as a host, but not the one asked
                 {{"Origin", "https://localhost:8080"}},
                 {{"Origin", "http://localhost:8080.evil.example"}},
                 {{"Origin", "http://localhost:8080/"}},
                 {{"Origin", "http://localhost:8080"}, {"Origin", "http://evil.example"}},
                 {{"Sec-Fetch-Site", "cross-site"}},
                 {{"Sec-Fetch-Site", "same-site"}},
                 {{"Sec-Fetch-Site", "none"}},
                 {{"Origin", "http://localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}}}) {
            CAPTURE(headers.front().value);
            const Head head = change(headers);
            CHECK_FALSE(refusal_of(head, kPlain));
            const auto refusal = cross_site_refusal_of(head, kPlain);
            REQUIRE(refusal);
            CHECK(refusal->status == StatusCode::Forbidden);
            CHECK(refusal->why->id == kCrossSite.id);
            Head shown = head;
            for (const char* method : {"GET", "HEAD"}) {
                shown.method = method;
                CHECK_FALSE(cross_site_refusal_of(shown, kPlain));
            }
        }
    }
    TEST_CASE("what a page of this site asks to change is let through, and what no browser asks") {
        CHECK_FALSE(cross_site_refusal_of(change({}), kPlain));
        CHECK_FALSE(cross_site_refusal_of(
            change({{"Origin", "http://LOCALHOST:8080"}, {"Sec-Fetch-Site", "same-origin"}}),
            kPlain));
        CHECK_FALSE(cross_site_refusal_of(
            change({{"Origin", "https://office.example"}}, "office.example:443"), kSecure));
        CHECK(cross_site_refusal_of(change({{"Origin", "http://office.example"}}, "office.example"),
                                    kSecure));
    }
}
