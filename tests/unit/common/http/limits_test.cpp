// Every limit of time and number, each made short or small enough to be met at once.
#include "common/http/limits.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::unique_ptr<Peer>> peers(Served& served,
                                         std::size_t count,
                                         std::size_t per_address = 8) {
    std::vector<std::unique_ptr<Peer>> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(std::make_unique<Peer>(served.port(),
                                             "127.0.1." + std::to_string(1 + i / per_address)));
    return all;
}

std::string host_line(const Served& served) {
    return "Host: localhost:" + std::to_string(served.port()) + "\r\n";
}

/// No more descriptors than there are, as long as it lives.
class NoDescriptors {
  public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit none = before_;
        none.rlim_cur = 3;  // none is free below it, and poll() takes no more than that
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_SUITE("common/http/limits") {
    TEST_CASE("who sends nothing, or a head too slowly, is cut; others are served meanwhile") {
        Served served({.limits = {.head = 1s}});
        const auto slow = peers(served, 64, 16);
        for (std::size_t i = 0; i < slow.size(); ++i) {
            if (i % 2 == 0) slow[i]->send("GET / HTTP/1.1\r\n");
        }
        CHECK(ask(served.port(), "/").body == "ok");
        for (const auto& each : slow) CHECK(each->closes());
        CHECK(ask(served.port(), "/").body == "ok");
    }
    TEST_CASE("a head must be whole in its time, whatever trickles in") {
        Served served({.limits = {.head = 200ms}});
        Peer peer(served.port());
        peer.send("GET / HTTP/1.1\r\n");
        bool open = true;
        for (int i = 0; i < 1'000 && open; ++i) {
            open = peer.send("X: a\r\n");
            std::this_thread::sleep_for(10ms);
        }
        CHECK_FALSE(open);
    }
    TEST_CASE(
        "a body that is too large is heard out, so that its sender reads why it was refused") {
        Served served;
        Peer peer(served.port());
        constexpr std::size_t kBytes = 60'000'000;
        peer.send("POST /echo HTTP/1.1\r\n" + host_line(served) +
                  "Content-Length: " + std::to_string(kBytes) + "\r\n\r\n");
        const std::string piece(1'000'000, 'x');
        bool taken = true;
        for (std::size_t sent = 0; sent < kBytes && taken; sent += piece.size())
            taken = peer.send(piece);
        CHECK(taken);
        const Answer answer = peer.answer();
        CHECK(answer.status == 413);
        CHECK(answer.body.find("http.body_too_large") != std::string::npos);
        CHECK(answer.body.find("缩小文件") != std::string::npos);
        peer.end_sending();
        CHECK(peer.closes());
    }
    TEST_CASE("a body must be whole in its time, and has more of it the more has come") {
        Served served({.limits = {.body = 1s, .body_step_bytes = 10'000}});
        Peer stalled(served.port());
        stalled.send("POST /echo HTTP/1.1\r\n" + host_line(served) +
                     "Content-Length: 9\r\n\r\n1234");
        CHECK(stalled.closes());
        Peer steady(served.port());
        steady.send("POST /echo HTTP/1.1\r\n" + host_line(served) +
                    "Content-Length: 100000\r\n\r\n");
        for (int i = 0; i < 10; ++i) {
            CHECK(steady.send(std::string(10'000, 'x')));
            std::this_thread::sleep_for(150ms);  // longer than the limit, together
        }
        CHECK(steady.answer().body == "100000");
    }
    TEST_CASE("between two requests a connection waits its own time, then closes") {
        Served served({.limits = {.head = 10min, .idle = 200ms}});
        Peer peer(served.port());
        peer.send(get(served.port(), "/"));
        CHECK(peer.answer().body == "ok");
        CHECK(peer.closes());
    }
    TEST_CASE("a site that takes too long is given up and may end when it likes") {
        Served served({.limits = {.handler = 200ms}});
        Peer peer(served.port());
        peer.send(get(served.port(), "/gate"));
        const Answer answer = peer.answer();
        CHECK(answer.status == 503);
        CHECK(answer.body.find("http.too_slow") != std::string::npos);
        CHECK(peer.closes());
        served.on_loop([&] { served.site.open_gate(); });
        CHECK(ask(served.port(), "/").body == "ok");
    }
    TEST_CASE("who does not read an answer is cut, and a reset in its middle is no matter") {
        Served served({.limits = {.write = 200ms}});
        const auto deaf = peers(served, 8);
        for (const auto& each : deaf) each->send(get(served.port(), "/large"));
        for (int i = 0; i < 20; ++i) {
            Peer peer(served.port());
            peer.send(get(served.port(), "/large"));
            peer.receive();
            peer.reset();
        }
        CHECK(served.failures() == 0);
        for (int tries = 0; tries < 1'000 && served.connections() > 0; ++tries)
            std::this_thread::sleep_for(5ms);
        CHECK(served.connections() == 0);
        CHECK(deaf.front()->rest().size() < 64'000'000);
    }
    TEST_CASE("what still comes after the last answer is thrown away, for a while") {
        Served served({.limits = {.linger = 200ms, .linger_bytes_max = 1'000'000'000}});
        Peer peer(served.port());
        peer.send("BREW / HTTP/1.1\r\n\r\n");
        CHECK(peer.answer().status == 405);
        bool open = true;
        while (open) {
            open = peer.send("more");
            std::this_thread::sleep_for(10ms);
        }
        CHECK(served.failures() == 0);
    }
    TEST_CASE("one connection more than there may be is closed, and one that ends makes room") {
        Served served({.limits = {.connections_max = 20, .half_open_max = 100}});
        auto full = peers(served, 20);
        for (const auto& each : full) {
            each->send(get(served.port(), "/"));
            CHECK(each->answer().body == "ok");
        }
        CHECK(served.connections() == 20);
        CHECK(Peer(served.port()).closes());
        full.pop_back();
        while (served.connections() == 20) std::this_thread::sleep_for(1ms);
        CHECK(ask(served.port(), "/").body == "ok");
    }
    TEST_CASE("one address has so many connections, another one is served") {
        Served served({.limits = {.connections_per_peer = 3}});
        std::vector<std::unique_ptr<Peer>> own;
        for (int i = 0; i < 3; ++i) {
            own.push_back(std::make_unique<Peer>(served.port()));
            own.back()->send(get(served.port(), "/"));
            CHECK(own.back()->answer().body == "ok");
        }
        CHECK(Peer(served.port()).closes());
        Peer other(served.port(), "127.0.0.2");
        other.send(get(served.port(), "/"));
        CHECK(other.answer().body == "ok");
    }
    TEST_CASE("of those who have not asked yet the first to come goes, and none who has asked") {
        Served served({.limits = {.half_open_max = 4}});
        Peer asked(served.port(), "127.0.0.2");
        asked.send(get(served.port(), "/"));
        CHECK(asked.answer().body == "ok");
        const auto silent = peers(served, 5);
        CHECK(silent[0]->closes());
        asked.send(get(served.port(), "/"));
        CHECK(asked.answer().body == "ok");
        CHECK(served.connections() == 5);
    }
    TEST_CASE(
        "without descriptors nobody is accepted and nothing spins; with them again all goes on") {
        Served served({.limits = {.accept_pause = 20ms}});
        Peer before(served.port());
        before.send(get(served.port(), "/"));
        CHECK(before.answer().body == "ok");
        const int spare = ::socket(AF_INET, SOCK_STREAM, 0);
        CHECK(spare >= 0);
        {
            const NoDescriptors none;
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = htons(served.port());
            ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
            CHECK(::connect(spare, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
            CHECK(served.becomes_true([&] { return served.log.told["http.accept_failed"] > 0; }));
            before.send(get(served.port(), "/"));
            CHECK(before.answer().body == "ok");
        }
        while (served.connections() < 2) std::this_thread::sleep_for(1ms);
        ::close(spare);
        CHECK(served.on_loop([&] { return served.log.told["http.accept_failed"]; }) < 100);
    }
}
