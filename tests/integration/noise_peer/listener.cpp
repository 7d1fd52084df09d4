// The server side of the channel on a loopback socket, for a peer that is not ours. One client at a
// time: it is told the transcript, then every message comes back. Prints "port key" and serves
// until killed. Usage: noise_listener INSTANCE_HEX
#include <array>
#include <cstdio>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/check.hpp"
#include "common/crypto/random.hpp"

#include "protocol/channel.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

/// A listening socket on a free port of 127.0.0.1.
int listen_on_loopback(std::uint16_t& port) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    DOSSIER_CHECK(bind(listener, generic, size) == 0 && listen(listener, 8) == 0);
    DOSSIER_CHECK(getsockname(listener, generic, &size) == 0);
    port = ntohs(address.sin_port);
    return listener;
}

bool write_all(int socket, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

/// Serves one client until it leaves or breaks a rule; in that case without another byte.
void serve(int socket, Channel channel) {
    std::array<std::uint8_t, 65'536> buffer{};
    for (;;) {
        const ssize_t size = ::read(socket, buffer.data(), buffer.size());
        if (size <= 0) return;
        auto events = channel.feed(ByteView(buffer).first(static_cast<std::size_t>(size)));
        if (events.error) {
            std::fprintf(stderr, "closed: %s\n", std::string(events.error->id()).c_str());
            return;
        }
        if (events.agreed) {
            channel.admit();
            if (!channel.send(channel.transcript(), events.to_peer)) return;
        }
        for (const Bytes& message : events.messages) {
            if (!channel.send(message, events.to_peer)) return;
        }
        if (!write_all(socket, events.to_peer)) return;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto instance_bytes = from_hex(argc == 2 ? argv[1] : "");
    ServerInstance instance{};
    if (!instance_bytes || instance_bytes->size() != instance.size()) {
        std::fprintf(stderr, "usage: %s INSTANCE_HEX\n", argv[0]);
        return 2;
    }
    std::copy(instance_bytes->begin(), instance_bytes->end(), instance.begin());
    crypto::SystemRandom random;
    const crypto::KeyPair keys = crypto::make_key_pair(random);
    std::uint16_t port = 0;
    const int listener = listen_on_loopback(port);
    std::printf("%u %s\n", port, to_hex(keys.public_key).c_str());
    std::fflush(stdout);
    for (;;) {
        const int client = accept(listener, nullptr, nullptr);
        if (client < 0) continue;
        serve(client, Channel::server({instance, {{Purpose::Sync, &keys}}}, random));
        close(client);
    }
}
