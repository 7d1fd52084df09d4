#include "common/http/codec.hpp"

#include <doctest/doctest.h>

#include "common/http/faults.hpp"

using namespace dossier::http;

namespace {

using State = RequestParser::State;

constexpr std::string_view kChunked =
    "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    "4;x=\"y\"\r\nabcd\r\n3\r\nefg\r\n0\r\nTrailer: dropped\r\n\r\n";

/// Gives `input` in pieces, what is left of one before the next, as the session does; what is left
/// in the end.
std::string feed(RequestParser& parser,
                 std::string_view input,
                 std::size_t piece,
                 std::size_t body_bytes_max = 100) {
    std::string held;
    while (!input.empty()) {
        const std::string_view next = input.substr(0, piece);
        input.remove_prefix(next.size());
        held += next;
        held.erase(0, parser.take(held));
        if (parser.state() != State::Decide) continue;
        parser.allow_body(body_bytes_max);
        held.erase(0, parser.take(held));
    }
    return held;
}

StatusCode refused(std::string_view input, std::size_t piece = 1'000'000) {
    RequestParser parser(Limits{});
    feed(parser, input, piece);
    return parser.state() == State::Refused ? parser.refusal().status : StatusCode::Ok;
}

std::string with_fields(std::size_t bytes) {
    const std::string start = "GET / HTTP/1.1\r\n";
    const std::string line = "A: " + std::string(95, 'b') + "\r\n";
    std::string head = start;
    while (head.size() + line.size() + 2 <= bytes) head += line;
    head.insert(start.size(), "C: " + std::string(95, 'd') + "\r\n");
    head.erase(start.size() + 3, head.size() + 2 - bytes);
    return head + "\r\n";
}

}  // namespace

TEST_SUITE("common/http/codec") {
    TEST_CASE("however a request is cut, the same comes out and the next is left") {
        for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 16U, 1'000U}) {
            CAPTURE(piece);
            RequestParser parser(Limits{});
            std::string sent(kChunked);
            sent.append("GET /next");
            const std::string left = feed(parser, sent, piece);
            CHECK(parser.state() == State::Done);
            CHECK(parser.head().method == "POST");
            CHECK(parser.head().target == "/a");
            CHECK(parser.head().minor == 1);
            CHECK(parser.head().headers ==
                  std::vector<Header>{{"Host", "h"}, {"Transfer-Encoding", "chunked"}});
            CHECK(parser.take_body() == "abcdefg");
            CHECK(left == "GET /next");
        }
    }
    TEST_CASE("nothing of the body is taken before it is allowed") {
        RequestParser parser(Limits{});
        const std::string_view request = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
        const std::size_t taken = parser.take(request);
        CHECK(parser.state() == State::Decide);
        CHECK(taken == request.size() - 3);
        CHECK(parser.take(request.substr(taken)) == 0);
        parser.allow_body(3);
        CHECK(parser.take(request.substr(taken)) == 3);
        CHECK(parser.state() == State::Done);
        CHECK(parser.take("GET / HTTP/1.1\r\n\r\n") == 0);
    }
    TEST_CASE("a request without a body is whole with its head") {
        for (const char* request :
             {"GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"}) {
            RequestParser parser(Limits{});
            CHECK(feed(parser, request, 1, 0).empty());
            CHECK(parser.state() == State::Done);
            CHECK(parser.body_bytes() == 0);
        }
    }
    TEST_CASE("a body is taken up to what is allowed, told in advance or not") {
        const std::string chunks =
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n4\r\nghij\r\n";
        for (const std::size_t piece : {1U, 4U, 1'000U}) {
            CAPTURE(piece);
            RequestParser enough(Limits{});
            feed(enough, chunks + "0\r\n\r\n", piece, 10);
            CHECK(enough.state() == State::Done);
            RequestParser chunked(Limits{});
            feed(chunked, chunks, piece, 9);
            CHECK(chunked.state() == State::Refused);
            CHECK(chunked.refusal() == Refusal{StatusCode::ContentTooLarge, &kBodyTooLarge});
            CHECK(chunked.body_bytes() <= 9);
        }
        RequestParser told(Limits{});
        told.take("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n");
        told.allow_body(9);
        CHECK(told.state() == State::Refused);
        CHECK(told.refusal().status == StatusCode::ContentTooLarge);
    }
    TEST_CASE("a head is taken up to its limit to the byte, however it comes") {
        for (const std::size_t piece : {1U, 100U, 1'000'000U}) {
            CAPTURE(piece);
            CHECK(with_fields(16 * 1024).size() == 16 * 1024);
            CHECK(refused(with_fields(16 * 1024), piece) == StatusCode::Ok);
            CHECK(refused(with_fields(16 * 1024 + 1), piece) == StatusCode::HeadersTooLarge);
            CHECK(refused(with_fields(60 * 1024), piece) == StatusCode::HeadersTooLarge);
            CHECK(refused("GET /" + std::string(20'000, 'a'), piece) ==
                  StatusCode::HeadersTooLarge);
        }
    }
    TEST_CASE("within a body neither a chunk's line nor the trailers grow without end") {
        const std::string start = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (const std::size_t piece : {100U, 1'000'000U}) {
            CAPTURE(piece);
            CHECK(refused(start + "1;" + std::string(20'000, 'a'), piece) ==
                  StatusCode::HeadersTooLarge);
            std::string trailers = start + "0\r\n";
            for (int i = 0; i < 2'000; ++i) trailers += "Trailer: a\r\n";
            CHECK(refused(trailers, piece) == StatusCode::HeadersTooLarge);
        }
    }
    TEST_CASE("what is no HTTP/1 is refused") {
        for (const char* bytes :
             {"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\n\n", "GET  / HTTP/1.1\r\n\r\n",
              "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/1.9\r\n\r\n", "GET / HTTP/0.9\r\n\r\n",
              "GET / http/1.1\r\n\r\n", "GET /\r\n\r\n", "G{T / HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\nA : b\r\n\r\n", "GET / HTTP/1.1\r\n: b\r\n\r\n",
              "GET / HTTP/1.1\r\nA\r\n\r\n", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
              "GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n", "GET / HTTP/1.1\r\nA: b\x01\r\n\r\n",
              "GET / HTTP/1.1\r\n A: b\r\n\r\n", "\x16\x03\x01\x02\x01\x01\x00\xFC\x03\x03"}) {
            CAPTURE(bytes);
            for (const std::size_t piece : {1U, 2U, 7U, 1'000U})
                CHECK(refused(bytes, piece) == StatusCode::BadRequest);
        }
    }
    TEST_CASE("what no head may hold is refused when it comes, though the end never does") {
        for (const std::string_view odd : {std::string_view("a\0b", 3), std::string_view("a\nb"),
                                           std::string_view("a\x7F"), std::string_view("a\x1B")}) {
            const auto bytes = "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(odd);
            for (const std::size_t piece : {1U, 2U, 3U, 7U, 1'000U})
                CHECK(refused(bytes, piece) == StatusCode::BadRequest);
        }
    }
    TEST_CASE("what follows a head is not looked at as if it were one") {
        for (const std::size_t piece : {1U, 2U, 5U, 16U, 1'000U}) {
            RequestParser parser(Limits{});
            const std::string body("a\nb\0c", 5);
            feed(parser, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n" + body, piece);
            REQUIRE(parser.state() == State::Done);
            CHECK(parser.take_body() == body);
        }
    }
    TEST_CASE("a client of HTTP/1.1 goes on unless it says so, one of HTTP/1.0 does not") {
        const auto keeps = [](const char* request) {
            RequestParser parser(Limits{});
            parser.take(request);
            return parser.keeps_alive();
        };
        CHECK(keeps("GET / HTTP/1.1\r\n\r\n"));
        CHECK_FALSE(keeps("GET / HTTP/1.1\r\nConnection: x, CLOSE\r\n\r\n"));
        CHECK_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
        CHECK_FALSE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    }
    TEST_CASE("the head of an answer says where it ends and whether another may follow") {
        Headers headers;
        headers.set("Content-Type", "text/plain");
        CHECK(response_head(StatusCode::Ok, headers, {5, true}) ==
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
              "Connection: keep-alive\r\n\r\n");
        CHECK(response_head(StatusCode::Ok, {}, {}) ==
              "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        CHECK(response_head(StatusCode::NotModified, {}, {5, true}) ==
              "HTTP/1.1 304 Not Modified\r\nConnection: keep-alive\r\n\r\n");
    }
}
