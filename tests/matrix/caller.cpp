#include "tests/matrix/caller.hpp"

#include <array>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "protocol/invite_code.hpp"

namespace dossier::test {

using protocol::Message;

Caller::Caller(std::uint16_t port,
               const server::OfficeKeys& office,
               const crypto::KeyPair& keys,
               protocol::Purpose purpose,
               crypto::Random& random)
    : socket_(socket(AF_INET, SOCK_STREAM, 0)),
      link_(protocol::Channel::client({purpose,
                                       protocol::server_instance(office.instance),
                                       office.channel.public_key,
                                       &keys,
                                       {}},
                                      random)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    write(*link_.start());
    while (!link_.is_open() && read()) {
    }
}

Caller::~Caller() {
    close(socket_);
}

void Caller::say(const Message& message) {
    if (!link_.is_open()) return;
    Bytes out;
    REQUIRE(link_.send(std::span(&message, 1), out));
    write(out);
}

std::optional<Message> Caller::hear() {
    while (next_ == heard_.size()) {
        if (!read()) return std::nullopt;
    }
    return heard_[next_++];
}

bool Caller::read() {
    std::array<std::uint8_t, 65'536> buffer{};
    const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    auto events = link_.feed(ByteView(buffer).first(static_cast<std::size_t>(size)));
    REQUIRE(!events.error);
    write(events.to_peer);
    for (Message& message : events.messages) heard_.push_back(std::move(message));
    return true;
}

void Caller::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t size = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return;
        bytes = bytes.subspan(static_cast<std::size_t>(size));
    }
}

}  // namespace dossier::test
