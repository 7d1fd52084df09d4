// Each line is what a hostile or an odd client was seen to send, and what it gets: the table by
// which the libraries were compared before one of them was chosen. DOSSIER_TELL_PROBES=1 prints it
// with the answers of this run.
#include <cstdlib>
#include <iostream>

#include <doctest/doctest.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

enum class After : unsigned char { Closes, GoesOn };

struct Probe {
    std::string name;
    std::string bytes;
    std::vector<int> statuses;
    After after;
};

/// A request line and fields with a Host, then whatever follows.
std::string request(const std::string& line,
                    const std::string& fields,
                    const std::string& body = "") {
    return line + " HTTP/1.1\r\nHost: HOST\r\n" + fields + "\r\n" + body;
}
std::string posted(const std::string& fields, const std::string& body = "") {
    return request("POST /echo", fields, body);
}
std::string many_fields(int count) {
    std::string fields;
    for (int i = 0; i < count; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
    return fields;
}

const std::string kNext = request("GET /next", "");
const std::string kChunks = "Transfer-Encoding: chunked\r\n";

std::vector<Probe> sizes() {
    return {
        {"70 fields", request("GET /", many_fields(69)), {431}, After::Closes},
        {"64 fields", request("GET /", many_fields(63)), {200}, After::GoesOn},
        {"10,000 fields", request("GET /", many_fields(10'000)), {431}, After::Closes},
        {"a target of 9,000 bytes",
         request("GET /" + std::string(9'000, 'a'), ""),
         {414},
         After::Closes},
        {"a value of 5,000 bytes",
         request("GET /", "A: " + std::string(5'000, 'a') + "\r\n"),
         {431},
         After::Closes},
        {"a head of 17,000 bytes",
         request("GET /", many_fields(63) + std::string(4'100, 'a') + ": b\r\n" +
                              std::string(4'100, 'c') + ": d\r\n" + std::string(4'100, 'e') +
                              ": f\r\n" + std::string(4'100, 'g') + ": h\r\n"),
         {431},
         After::Closes},
        {"2 MiB announced", posted("Content-Length: 2097152\r\n"), {413}, After::Closes},
        {"11 bytes for a route of 10",
         request("POST /small", "Content-Length: 11\r\n", "01234567890"),
         {413},
         After::Closes},
        {"10 bytes for a route of 10",
         request("POST /small", "Content-Length: 10\r\n", "0123456789"),
         {200},
         After::GoesOn},
        {"chunks of 11 bytes for a route of 10",
         request("POST /small", kChunks, "6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n"),
         {413},
         After::Closes},
        {"a chunk of 2^64 bytes", posted(kChunks, "fffffffffffffffff\r\n"), {400}, After::Closes},
        {"a chunk of almost 2^64 bytes",
         posted(kChunks, "ffffffffffffffff\r\n"),
         {413},
         After::Closes},
    };
}

std::vector<Probe> lengths() {
    const auto with_length = [](const std::string& value) {
        return posted("Content-Length: " + value + "\r\n", "abcd" + kNext);
    };
    return {
        {"length and chunks",
         posted("Content-Length: 4\r\n" + kChunks, "0\r\n\r\n" + kNext),
         {400},
         After::Closes},
        {"chunks and length",
         posted(kChunks + "Content-Length: 4\r\n", "0\r\n\r\n" + kNext),
         {400},
         After::Closes},
        {"gzip, then a length",
         posted("Transfer-Encoding: gzip\r\nContent-Length: 4\r\n", "abcd" + kNext),
         {400},
         After::Closes},
        {"gzip alone, then another request",
         posted("Transfer-Encoding: gzip\r\n", kNext),
         {501},
         After::Closes},
        {"xchunked",
         posted("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + kNext),
         {501},
         After::Closes},
        {"chunked, identity",
         posted("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + kNext),
         {501},
         After::Closes},
        {"chunks of HTTP/1.0",
         "POST /echo HTTP/1.0\r\nHost: HOST\r\n" + kChunks + "\r\n0\r\n\r\n",
         {501},
         After::Closes},
        {"two lengths that differ",
         posted("Content-Length: 4\r\nContent-Length: 5\r\n", "abcd" + kNext),
         {400},
         After::Closes},
        {"two lengths that agree",
         posted("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd" + kNext),
         {400},
         After::Closes},
        {"a list of lengths", with_length("4, 4"), {400}, After::Closes},
        {"a length with a plus", with_length("+4"), {400}, After::Closes},
        {"a length below zero", with_length("-1"), {400}, After::Closes},
        {"a length with a letter", with_length("4x"), {400}, After::Closes},
        {"a length in hexadecimal", with_length("0x4"), {400}, After::Closes},
        {"an empty length", with_length(""), {400}, After::Closes},
        {"a huge length", with_length("99999999999999999999999"), {400}, After::Closes},
        {"a space before the colon",
         posted("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + kNext),
         {400},
         After::Closes},
        {"a chunk that does not end", posted(kChunks, "1\r\naXX0\r\n\r\n"), {400}, After::Closes},
        {"a chunk of no number", posted(kChunks, "x\r\n"), {400}, After::Closes},
        {"chunks, an extension and a trailer",
         posted(kChunks, "3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n" + kNext),
         {200, 200},
         After::GoesOn},
        {"a length among the trailers",
         posted(kChunks, "0\r\nContent-Length: 3\r\n\r\n"),
         {400},
         After::Closes},
        {"compressed",
         posted("Content-Encoding: gzip\r\nContent-Length: 4\r\n", "abcd"),
         {415},
         After::Closes},
    };
}

std::vector<Probe> forms() {
    return {
        {"bare line feeds", "GET / HTTP/1.1\nHost: HOST\n\n", {400}, After::Closes},
        {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: HOST\r\n\r\n", {400}, After::Closes},
        {"HTTP/1.9", "GET / HTTP/1.9\r\nHost: HOST\r\n\r\n", {400}, After::Closes},
        {"a greeting of TLS", "\x16\x03\x01\x02\x06\x01\x02\x02\x02", {400}, After::Closes},
        {"a folded value", request("GET /", "X: a\r\n b\r\n"), {200}, After::GoesOn},
        {"a NUL in a value", request("GET /", std::string("X: a\0b\r\n", 9)), {400}, After::Closes},
        {"a bare carriage return in a value",
         request("GET /", "X: a\rb\r\n"),
         {400},
         After::Closes},
        {"two hosts", request("GET /", "Host: HOST\r\n"), {400}, After::Closes},
        {"no host", "GET / HTTP/1.1\r\nX: a\r\n\r\n", {400}, After::Closes},
        {"a foreign host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", {421}, After::Closes},
        {"a line end in a value of ours",
         request("GET /header?v=a%0d%0aSet-Cookie:%20b", ""),
         {500},
         After::GoesOn},
        {"another value of ours", request("GET /header?v=%E5%AE%A2", ""), {200}, After::GoesOn},
        {"absolute form", request("GET http://HOST/", ""), {400}, After::Closes},
        {"TRACE", request("TRACE /", ""), {405}, After::Closes},
        {"CONNECT", request("CONNECT HOST", ""), {405}, After::Closes},
        {"an unknown method", request("BREW /", ""), {405}, After::Closes},
        {"three at once", kNext + kNext + kNext, {200, 200, 200}, After::GoesOn},
        {"an upgrade to HTTP/2",
         request("GET /", "Connection: Upgrade\r\nUpgrade: h2c\r\n") + kNext,
         {200, 200},
         After::GoesOn},
        {"the last of this connection",
         request("GET /", "Connection: close\r\n") + kNext,
         {200},
         After::Closes},
        {"HTTP/1.0", "GET / HTTP/1.0\r\nHost: HOST\r\n\r\n" + kNext, {200}, After::Closes},
        {"another site's form",
         posted("Origin: http://evil.example\r\nContent-Length: 0\r\n"),
         {403},
         After::Closes},
        {"this site's page",
         posted("Origin: http://HOST\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n"),
         {200},
         After::GoesOn},
        {"refused by the site", request("GET /closed", "") + kNext, {401}, After::Closes},
        {"a site that fails", request("GET /fail", ""), {500}, After::GoesOn},
        {"a site that fails to admit", request("GET /admit-fails", ""), {500}, After::Closes},
        {"an expectation nobody has",
         posted("Expect: more\r\nContent-Length: 1\r\n"),
         {417},
         After::Closes},
    };
}

std::string with_host(std::string bytes, std::uint16_t port) {
    const std::string host = "localhost:" + std::to_string(port);
    for (std::size_t at = bytes.find("HOST"); at != std::string::npos; at = bytes.find("HOST", at))
        bytes.replace(at, 4, host);
    return bytes;
}

void tell(const Probe& probe, const std::vector<int>& answers, bool closed) {
    if (std::getenv("DOSSIER_TELL_PROBES") == nullptr) return;
    std::cout << "| " << probe.name << " |";
    for (const int status : answers) std::cout << " " << status;
    std::cout << (closed ? ", closed |\n" : " |\n");
}

void check(Served& served, const Probe& probe, std::size_t piece) {
    CAPTURE(probe.name);
    CAPTURE(piece);
    Peer peer(served.port());
    const std::string bytes = with_host(probe.bytes, served.port());
    for (std::string_view rest = bytes; !rest.empty();) {
        if (!peer.send(rest.substr(0, piece))) break;
        rest.remove_prefix(std::min(piece, rest.size()));
    }
    std::vector<int> answers;
    for (const int status : probe.statuses) {
        const Answer answer = peer.answer();
        answers.push_back(answer.status);
        CHECK(answer.status == status);
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("set-cookie").empty());
        CHECK(answer.body.find("secrets") == std::string::npos);
    }
    if (piece > 7) tell(probe, answers, probe.after == After::Closes);
    if (probe.after == After::Closes) {
        CHECK(peer.rest().empty());
    } else {
        peer.send(get(served.port(), "/still-there"));
        CHECK(peer.answer().body == "ok");
    }
}

void check_all(const std::vector<Probe>& probes) {
    Served served;
    for (const Probe& each : probes) {
        for (const std::size_t piece : {std::size_t{1'000'000}, std::size_t{7}})
            check(served, each, piece);
    }
    CHECK(served.failures() == served.site.thrown);
}

}  // namespace

TEST_SUITE("common/http/probes") {
    TEST_CASE("what is too large is refused with its status, and what fits is answered") {
        check_all(sizes());
    }
    TEST_CASE("a body whose end could be read in two ways is refused and nothing behind it read") {
        check_all(lengths());
    }
    TEST_CASE(
        "what is written oddly is refused or taken as it must be, and no text of ours leaks") {
        check_all(forms());
    }
}
