#include "common/http/tls.hpp"

#include <csignal>

#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::http;
using namespace dossier::test;
using namespace std::chrono_literals;

namespace {

ServerOptions with_tls(Limits limits = {}) {
    static const Pem kPem = make_self_signed({"localhost"}, SystemClock().now());
    return {.tls = tls_context(kPem).value(), .limits = limits};
}

/// A client of TLS over a raw socket.
class TlsPeer {
  public:
    explicit TlsPeer(std::uint16_t port,
                     int version_max = TLS1_3_VERSION,
                     SSL_SESSION* former = nullptr)
        : peer_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that are closed
        const timeval patience{10, 0};
        ::setsockopt(peer_.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        SSL_CTX_set_security_level(context_.get(), 0);
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), version_max);
        ssl_.reset(SSL_new(context_.get()), SSL_free);
        SSL_set_fd(ssl_.get(), peer_.number());
        if (former != nullptr) SSL_set_session(ssl_.get(), former);
        is_open_ = SSL_connect(ssl_.get()) == 1;
    }
    [[nodiscard]] bool is_open() const { return is_open_; }
    [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
    [[nodiscard]] bool was_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
    [[nodiscard]] std::shared_ptr<SSL_SESSION> session() const {
        return {SSL_get1_session(ssl_.get()), SSL_SESSION_free};
    }
    void send(std::string_view bytes) {
        SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    }
    Answer answer() {
        for (;;) {
            if (auto answer = take_answer(held_, false)) return *answer;
            char buffer[4096];
            const int size = SSL_read(ssl_.get(), buffer, sizeof buffer);
            if (size <= 0) return {};
            held_.append(buffer, static_cast<std::size_t>(size));
        }
    }
    /// Whether the other end said that it ends, and did not only vanish.
    bool is_ended_properly() {
        char byte = 0;
        const int size = SSL_read(ssl_.get(), &byte, 1);
        return SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN;
    }
    Peer& socket() { return peer_; }

  private:
    Peer peer_;
    std::shared_ptr<SSL_CTX> context_;
    std::shared_ptr<SSL> ssl_;
    std::string held_;
    bool is_open_ = false;
};

}  // namespace

TEST_SUITE("common/http/tls") {
    TEST_CASE("requests are answered over TLS 1.2 and 1.3, one after another, and told to be so") {
        Served served(with_tls());
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            TlsPeer peer(served.port(), version);
            REQUIRE(peer.is_open());
            CHECK(peer.version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
            for (int i = 0; i < 3; ++i) {
                peer.send(get(served.port(), "/"));
                CHECK(peer.answer().body == "ok");
            }
        }
        served.on_loop([&] {
            for (const Request& each : served.site.asked) CHECK(each.is_tls);
        });
    }
    TEST_CASE("TLS 1.1 and what is no TLS are not answered") {
        Served served(with_tls());
        CHECK_FALSE(TlsPeer(served.port(), TLS1_1_VERSION).is_open());
        Peer plain(served.port());
        plain.send(get(served.port(), "/"));
        CHECK(plain.rest().find("HTTP/1.1") == std::string::npos);
    }
    TEST_CASE("an origin without TLS is another one") {
        Served served(with_tls());
        const std::string host = "localhost:" + std::to_string(served.port());
        for (const char* scheme : {"http://", "https://"}) {
            TlsPeer peer(served.port());
            peer.send(post(served.port(), "/echo", "a", "Origin: " + (scheme + host) + "\r\n"));
            CHECK(peer.answer().status == (std::string(scheme) == "https://" ? 200 : 403));
        }
    }
    TEST_CASE(
        "the last answer is followed by the word that TLS ends, though the client still sends") {
        Served served(with_tls());
        TlsPeer peer(served.port());
        peer.send("BREW / HTTP/1.1\r\n\r\n");
        peer.send("more of it");
        CHECK(peer.answer().status == 405);
        CHECK(peer.is_ended_properly());
    }
    TEST_CASE("128 stalled handshakes keep nobody out and are cut") {
        Served served(with_tls({.handshake = 1s}));
        std::vector<std::unique_ptr<Peer>> stalled;
        for (int i = 0; i < 128; ++i) {
            stalled.push_back(
                std::make_unique<Peer>(served.port(), "127.0.1." + std::to_string(1 + i / 16)));
            if (i % 2 == 0) stalled.back()->send("\x16\x03\x01");
        }
        TlsPeer honest(served.port());
        REQUIRE(honest.is_open());
        honest.send(get(served.port(), "/"));
        CHECK(honest.answer().body == "ok");
        for (const auto& each : stalled) CHECK(each->closes());
    }
    TEST_CASE("a stream of events is sent over TLS, and who leaves it is noticed") {
        Served served(with_tls({.heartbeat = 20ms}));
        {
            TlsPeer peer(served.port());
            peer.send(get(served.port(), "/events"));
            CHECK(peer.answer().header("content-type") == "text/event-stream");
            CHECK(served.becomes_true([&] { return served.site.streams[0]->post({"a", "1"}); }));
        }
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 1; }));
    }
    TEST_CASE("no session is resumed: a certificate that was changed is the one that is seen") {
        Served served(with_tls());
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            TlsPeer first(served.port(), version);
            REQUIRE(first.is_open());
            first.send(get(served.port(), "/"));
            CHECK(first.answer().body == "ok");  // tickets of TLS 1.3 come with the first bytes
            const auto session = first.session();
            TlsPeer second(served.port(), version, session.get());
            CHECK(second.is_open());
            CHECK_FALSE(second.was_resumed());
        }
    }
    TEST_CASE("a key that is not the certificate's serves no TLS") {
        Pem one = make_self_signed({"a"}, SystemClock().now());
        Pem other = make_self_signed({"a"}, SystemClock().now());
        const auto context = tls_context(Pem(one.certificate, other.key));
        REQUIRE_FALSE(context);
        CHECK(context.error().id() == "http.cannot_serve_tls");
        CHECK_FALSE(tls_context(Pem("", "")));
    }
}
