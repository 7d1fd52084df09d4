// Peers on a socket that are no laptops: those who only connect, those who know the office, and
// devices of its own that say no more than they are told to.
#pragma once

#include <string_view>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "protocol/link.hpp"

#include "tests/integration/sync/field.hpp"

namespace dossier::test {

/// A peer that connects and says what it is told, nothing else.
class Stranger {
  public:
    explicit Stranger(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;
    ~Stranger() { ::close(socket_); }
    void say(std::string_view bytes) {
        REQUIRE(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0);
    }
    /// Whether the office hangs up, having said nothing, within `limit`.
    bool is_cut_within(std::chrono::milliseconds limit) {
        timeval patience{limit.count() / 1000, (limit.count() % 1000) * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        char byte = 0;
        errno = 0;
        const auto size = ::recv(socket_, &byte, 1, 0);
        return size == 0 || (size < 0 && errno == ECONNRESET);
    }

  protected:
    int socket_;
};

/// A device that proves who it is and then says no more than it is told to.
class Idler : public Stranger {
  public:
    Idler(const Server& server, const crypto::KeyPair& keys) : Idler(server, keys, {}) {
        while (!link_.is_open()) hear();
    }
    /// Only knocks: what the office says to it stays unread.
    Idler(const Server& server, const crypto::KeyPair& keys, Bytes ticket)
        : Stranger(server.port()),
          link_(protocol::Channel::client(
              {.purpose = protocol::Purpose::Sync,
               .instance = protocol::server_instance(server.keys().instance),
               .server = server.keys().channel.public_key,
               .keys = &keys,
               .payload = {},
               .ticket = std::move(ticket)},
              random_)) {
        say(text_of(link_.start().value()));
    }
    /// Goes on with the handshake; whether it is let in.
    bool comes_in() {
        while (!link_.is_open() && hear()) {
        }
        return link_.is_open();
    }
    /// Whether the office's next word is that it is busy.
    bool hears_busy() {
        std::array<std::uint8_t, 2> word{1, 1};
        const auto size = ::recv(socket_, word.data(), word.size(), MSG_WAITALL);
        return size == 2 && word[0] == 0 && word[1] == 0;
    }
    /// The first frames of a message that never ends.
    void say_half(std::size_t bytes) {
        Bytes out;
        const std::array<protocol::Message, 1> push{protocol::Push{
            {{.oseq = 1, .prev = {}, .body = Bytes(protocol::kChangesetBytesMax)}}, true}};
        REQUIRE(link_.send(push, out));
        say(text_of(ByteView(out).first(bytes)));
    }
    void say_hello() {
        Bytes out;
        const std::array<protocol::Message, 1> hello{
            protocol::Hello{.schema = catalog::schema_version()}};
        REQUIRE(link_.send(hello, out));
        say(text_of(out));
    }
    bool is_greeted() {
        while (!greeted_ && hear()) {
        }
        return greeted_;
    }
    bool is_cut_within(std::chrono::milliseconds limit) {
        timeval patience{limit.count() / 1000, (limit.count() % 1000) * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        errno = 0;
        while (hear()) {
        }
        return errno != EAGAIN;
    }

  private:
    bool hear() {
        std::array<std::uint8_t, 4096> buffer{};
        const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (size <= 0) return false;
        auto events = link_.feed(ByteView(buffer).first(static_cast<std::size_t>(size)));
        REQUIRE_FALSE(events.error.has_value());
        say(text_of(events.to_peer));
        for (const auto& message : events.messages)
            greeted_ = greeted_ || std::holds_alternative<protocol::Welcome>(message);
        return true;
    }

    crypto::SystemRandom random_;
    protocol::Link link_;
    bool greeted_ = false;
};

inline server::ListenerOptions two_handshakes() {
    return {
        .handshake_limit = std::chrono::seconds(20), .half_open_max = 2, .handshakes_burst = 50};
}

}  // namespace dossier::test
