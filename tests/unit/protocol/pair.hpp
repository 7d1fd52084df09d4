// A client and a server channel with fixed keys, and the bytes between them in the test's hands.
#pragma once

#include <utility>

#include <doctest/doctest.h>

#include "common/crypto/random.hpp"

#include "protocol/channel.hpp"

namespace dossier::protocol::testing {

struct Pair {
    explicit Pair(Purpose purpose = Purpose::Sync, std::uint64_t seed = 1)
        : random(seed),
          office(crypto::make_key_pair(random)),
          device(crypto::make_key_pair(random)),
          client(
              Channel::client({purpose, instance, office.public_key, &device, {1, 2, 3}}, random)),
          server(Channel::server({instance, {{Purpose::Sync, &office}, {Purpose::Enrol, &office}}},
                                 random)) {}

    /// Runs the handshake and admits the client; the server's first message stays unsent.
    void shake_hands() {
        auto second = server.feed(client.start().value());
        auto third = client.feed(second.to_peer);
        REQUIRE(third.agreed);
        REQUIRE(server.feed(third.to_peer).agreed);
        server.admit();
    }
    /// Both ends open.
    void open() {
        shake_hands();
        REQUIRE(client.feed(sealed(server, {})).messages.size() == 1);
    }
    static Bytes sealed(Channel& by, ByteView message) {
        Bytes bytes;
        REQUIRE(by.send(message, bytes).has_value());
        return bytes;
    }

    crypto::SeededRandom random;
    ServerInstance instance{9};
    crypto::KeyPair office;
    crypto::KeyPair device;
    Channel client;
    Channel server;
};

inline Bytes some_bytes(std::size_t size, std::uint64_t seed = 7) {
    Bytes bytes(size);
    crypto::SeededRandom(seed).fill(bytes);
    return bytes;
}

}  // namespace dossier::protocol::testing
