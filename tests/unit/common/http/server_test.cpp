#include "common/http/server.hpp"

#include <doctest/doctest.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::test;

TEST_SUITE("common/http/server") {
    TEST_CASE("what is asked reaches the site decoded, with the address of who asks") {
        Served served;
        Peer peer(served.port());
        peer.send(
            post(served.port(), "/a%20b?c=%E5%AE%A2", "hello", "X-Forwarded-For: 10.0.0.1\r\n"));
        CHECK(peer.answer().status == 200);
        served.on_loop([&] {
            REQUIRE(served.site.asked.size() == 1);
            const http::Request& asked = served.site.asked.front();
            CHECK(asked.method == http::Method::Post);
            CHECK(asked.target.path == "/a b");
            CHECK(*asked.target.asked("c") == "客");
            CHECK(asked.body == "hello");
            CHECK(asked.peer == "127.0.0.1");
            CHECK_FALSE(asked.is_tls);
            CHECK(*asked.header("x-forwarded-for") == "10.0.0.1");
        });
    }
    TEST_CASE("every answer says what a browser may do with it") {
        Served served;
        for (const char* path : {"/", "/fail", "/closed", "/a/../b"}) {
            CAPTURE(path);
            const Answer answer = ask(served.port(), path);
            CHECK(answer.header("content-security-policy") ==
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                  "blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri "
                  "'none'; frame-ancestors 'none'");
            CHECK(answer.header("x-content-type-options") == "nosniff");
            CHECK(answer.header("referrer-policy") == "no-referrer");
            CHECK(answer.header("cross-origin-opener-policy") == "same-origin");
            CHECK(answer.header("cross-origin-resource-policy") == "same-origin");
            CHECK(answer.header("cache-control") == "no-store");
            CHECK(answer.header("date").ends_with(" GMT"));
        }
    }
    TEST_CASE("a refusal says in both languages what is wrong, and what is served") {
        Served served;
        Peer peer(served.port());
        peer.send("BREW / HTTP/1.1\r\nHost: x\r\n\r\n");
        const Answer answer = peer.answer();
        CHECK(answer.status == 405);
        CHECK(answer.header("allow") == "GET, HEAD, POST, PUT, DELETE");
        CHECK(answer.header("content-type") == "text/plain; charset=utf-8");
        CHECK(answer.body.find("本服务不接受这种请求方法（http.unknown_method）") == 0);
        CHECK(answer.body.find("\nthis method is not served here") != std::string::npos);
    }
    TEST_CASE("HEAD is answered as GET is, without the body") {
        Served served;
        Peer peer(served.port());
        const std::string host = "localhost:" + std::to_string(served.port());
        peer.send("HEAD /large HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        const Answer answer = peer.answer(true);
        CHECK(answer.status == 200);
        CHECK(answer.header("content-length") == "67108864");
        peer.send("HEAD /events HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        CHECK(peer.answer(true).header("content-type") == "text/event-stream");
        CHECK(peer.closes());
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 1; }));
    }
    TEST_CASE(
        "a client that waits for the word to go on gets it, one that does not wait does not") {
        Served served;
        Peer waiting(served.port());
        const std::string host = "Host: localhost:" + std::to_string(served.port()) + "\r\n";
        const std::string head =
            "POST /echo HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
        waiting.send(head);
        CHECK(waiting.answer().head == "HTTP/1.1 100 Continue\r\n");
        waiting.send("hello");
        CHECK(waiting.answer().body == "5");
        Peer hasty(served.port());
        hasty.send(head + "hello");
        CHECK(hasty.answer().body == "5");
        Peer refused(served.port());
        refused.send("POST /small HTTP/1.1\r\n" + host +
                     "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n");
        CHECK(refused.answer().status == 413);
    }
    TEST_CASE("a hundred requests one after another are answered on one connection") {
        Served served;
        Peer peer(served.port());
        for (int i = 0; i < 100; ++i) {
            peer.send(get(served.port(), "/"));
            CHECK(peer.answer().status == 200);
        }
    }
    TEST_CASE("a client that has ended its side is answered all the same") {
        Served served;
        Peer peer(served.port());
        peer.send(get(served.port(), "/"));
        peer.end_sending();
        CHECK(peer.answer().status == 200);
        CHECK(peer.closes());
    }
    TEST_CASE("a site may answer from another thread") {
        Served served;
        CHECK(ask(served.port(), "/elsewhere").body == "there and back");
    }
    TEST_CASE("a refusal reaches a client that is still sending") {
        Served served;
        Peer peer(served.port());
        const std::string host = "Host: localhost:" + std::to_string(served.port()) + "\r\n";
        peer.send("POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3000000\r\n\r\n");
        peer.send(std::string(200'000, 'x'));
        CHECK(peer.answer().status == 413);
    }
    TEST_CASE("a stopping server answers what it was asked, closes the rest and ends") {
        Served served({.limits = {.linger = std::chrono::milliseconds(50)}});
        Peer answered(served.port());
        Peer idle(served.port());
        Peer silent(served.port());
        Peer reader(served.port());
        idle.send(get(served.port(), "/"));
        CHECK(idle.answer().status == 200);
        reader.send(get(served.port(), "/events"));
        CHECK(reader.answer().status == 200);
        answered.send(get(served.port(), "/gate"));
        CHECK(served.becomes_true([&] { return served.site.at_gate == 1; }));
        served.stop();
        CHECK(idle.closes());
        CHECK(silent.closes());
        CHECK(reader.closes());
        CHECK_THROWS(Peer(served.port()));
        served.on_loop([&] { served.site.open_gate(); });
        const Answer answer = answered.answer();
        CHECK(answer.body == "through");
        CHECK(answer.header("connection") == "close");
        CHECK(answered.closes());
        served.wait_until_stopped();
        CHECK(served.site.streams_gone == 1);
    }
    TEST_CASE("a stopping server cuts what does not end") {
        Served served({.limits = {.stop = std::chrono::milliseconds(50)}});
        Peer peer(served.port());
        peer.send(get(served.port(), "/large"));
        CHECK(peer.receive());
        served.stop();
        served.wait_until_stopped();
        CHECK(peer.rest().size() < 64'000'000);
    }
    TEST_CASE(
        "a port that is taken, an open address without TLS and a name that is none are told") {
        Served served;
        asio::io_context loop;
        NullLog log;
        SystemClock clock;
        ProbeSite site(loop);
        const auto why = [&](http::ServerOptions options) {
            http::Server server(loop, site, clock, log, std::move(options));
            const auto opened = server.open();
            server.stop();
            loop.run();
            loop.restart();
            return opened ? std::string("opened") : std::string(opened.error().id());
        };
        CHECK(why({.port = served.port()}) == "http.port_taken");
        CHECK(why({.host = "nowhere"}) == "http.port_taken");
        CHECK(why({.host = "0.0.0.0"}) == "http.needs_tls");
        CHECK(why({.names = {"a b"}}) == "http.bad_host_name");
        CHECK(why({.host = "::1", .names = {"[::1]"}}) == "opened");
    }
}
