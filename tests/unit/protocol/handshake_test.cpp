// The handshake as the channel runs it: who is let in, and what a changed byte does.
#include <doctest/doctest.h>

#include "protocol/limits.hpp"
#include "protocol/refusals.hpp"

#include "tests/unit/protocol/pair.hpp"

using namespace dossier;
using namespace dossier::protocol;
using dossier::protocol::testing::Pair;

namespace {

Bytes framed(ByteView body) {
    Bytes frame;
    append_frame_length(frame, body.size());
    append(frame, body);
    return frame;
}

void check_failed(const ChannelEvents& events, const Fault& fault) {
    REQUIRE(events.error.has_value());
    CHECK(events.error->is(fault));
    CHECK(events.to_peer.empty());
    CHECK(events.messages.empty());
}

/// As long as message 2, and nobody's.
void check_strange(const ChannelEvents& events) {
    REQUIRE(events.error.has_value());
    CHECK(events.error->is(kHandshake));
    CHECK(events.to_peer.size() == 50);
}

}  // namespace

TEST_SUITE("protocol/channel handshake") {
    TEST_CASE("both sides end with the same transcript and know each other") {
        for (const Purpose purpose : {Purpose::Sync, Purpose::Enrol}) {
            Pair pair(purpose);
            pair.shake_hands();
            CHECK(std::ranges::equal(pair.client.transcript(), pair.server.transcript()));
            CHECK(pair.server.peer_key() == pair.device.public_key);
            CHECK(pair.server.client_payload() == Bytes{1, 2, 3});
            CHECK(pair.server.purpose() == purpose);
        }
    }
    TEST_CASE(
        "handshake messages have the sizes of the specification, before authentication small") {
        Pair pair;
        const Bytes first = pair.client.start().value();
        CHECK(first.size() == 2 + 96);
        const auto second = pair.server.feed(first).to_peer;
        CHECK(second.size() == 2 + 48);
        CHECK(pair.client.feed(second).to_peer.size() == 2 + 64 + 3);
        static_assert(64 + kClientPayloadBytesMax <= kPreAuthFrameBytesMax);
    }
    TEST_CASE("the handshake works byte by byte") {
        Pair pair;
        const Bytes first = pair.client.start().value();
        Bytes second;
        for (const std::uint8_t byte : first) {
            append(second, pair.server.feed({&byte, 1}).to_peer);
        }
        Bytes third;
        for (const std::uint8_t byte : second) append(third, pair.client.feed({&byte, 1}).to_peer);
        bool agreed = false;
        for (const std::uint8_t byte : third) agreed |= pair.server.feed({&byte, 1}).agreed;
        CHECK(agreed);
    }
    TEST_CASE("every changed byte of message 1 is refused by the server with noise") {
        for (std::size_t at = 2; at < 98; ++at) {
            Pair pair;
            Bytes first = pair.client.start().value();
            first[at] ^= 1U;
            check_strange(pair.server.feed(first));
        }
    }
    TEST_CASE("every changed byte of message 2 unmasks the server") {
        for (std::size_t at = 2; at < 50; ++at) {
            Pair pair;
            Bytes second = pair.server.feed(pair.client.start().value()).to_peer;
            second[at] ^= 0x40U;
            check_failed(pair.client.feed(second), kServerIdentity);
        }
    }
    TEST_CASE("every changed byte of message 3 is refused and the client stays unknown") {
        for (std::size_t at = 2; at < 2 + 64 + 3; ++at) {
            Pair pair;
            const Bytes second = pair.server.feed(pair.client.start().value()).to_peer;
            Bytes third = pair.client.feed(second).to_peer;
            third[at] ^= 1U;
            const auto events = pair.server.feed(third);
            check_failed(events, kHandshake);
            CHECK_FALSE(events.agreed);
        }
    }
    TEST_CASE("a length other than the message's own is refused before the message has come") {
        for (const unsigned length : {0U, 1U, 47U, 49U, 95U, 97U, 257U, 65'535U}) {
            Pair pair;
            const Bytes prefix{static_cast<std::uint8_t>(length >> 8U),
                               static_cast<std::uint8_t>(length & 0xFFU)};
            check_failed(pair.server.feed(prefix), kFrameLength);
            (void)pair.client.start();
            check_failed(pair.client.feed(prefix), length == 0 ? kOfficeBusy : kFrameLength);
        }
        Pair pair;
        (void)pair.server.feed(pair.client.start().value());
        check_failed(pair.server.feed(Bytes{1, 1}), kFrameLength);  // message 3 of 257 bytes
    }
    TEST_CASE("another purpose, instance or server key ends with a message 2 that unmasks it") {
        Pair right;
        const auto other = crypto::make_key_pair(right.random);
        const ServerInstance elsewhere{8};
        const ServerSide only_sync{right.instance, {{Purpose::Sync, &right.office}}};
        ClientSide wrong[] = {
            {Purpose::Enrol, right.instance, right.office.public_key, &right.device, {}},
            {Purpose::Sync, elsewhere, right.office.public_key, &right.device, {}},
            {Purpose::Sync, right.instance, other.public_key, &right.device, {}},
        };
        for (ClientSide& side : wrong) {
            auto client = Channel::client(std::move(side), right.random);
            auto server = Channel::server(only_sync, right.random);
            const auto refused = server.feed(client.start().value());
            check_strange(refused);
            const auto unmasked = client.feed(refused.to_peer);
            check_failed(unmasked, kServerIdentity);
            CHECK(unmasked.error->code() == ErrorCode::WrongServer);
        }
    }
    TEST_CASE("while a server key is being rotated, clients of either key come in") {
        Pair pair;
        const crypto::KeyPair next = crypto::make_key_pair(pair.random);
        for (const crypto::KeyPair* keys : {&std::as_const(pair.office), &next}) {
            auto server = Channel::server(
                {pair.instance, {{Purpose::Sync, &pair.office}, {Purpose::Sync, &next}}},
                pair.random);
            auto client = Channel::client(
                {Purpose::Sync, pair.instance, keys->public_key, &pair.device, {}}, pair.random);
            const auto second = server.feed(client.start().value());
            CHECK(server.feed(client.feed(second.to_peer).to_peer).agreed);
        }
    }
    TEST_CASE("a replayed message 1 gets an answer but leads nowhere") {
        Pair pair;
        const Bytes first = pair.client.start().value();
        auto second = pair.server.feed(first);
        const Bytes third = pair.client.feed(second.to_peer).to_peer;
        auto replayed =
            Channel::server({pair.instance, {{Purpose::Sync, &pair.office}}}, pair.random);
        CHECK_FALSE(replayed.feed(first).to_peer.empty());
        check_failed(replayed.feed(third), kHandshake);
    }
    TEST_CASE("a low-order key of the client ends the handshake") {
        Pair pair;
        check_strange(pair.server.feed(framed(Bytes(96))));
    }
    TEST_CASE("an invite with a low-order server key fails before a byte is sent") {
        Pair pair;
        auto client =
            Channel::client({Purpose::Sync, pair.instance, {}, &pair.device, {}}, pair.random);
        const auto first = client.start();
        REQUIRE_FALSE(first.has_value());
        CHECK(first.error().is(kServerIdentity));
    }
    TEST_CASE("a ticket reaches the office inside message 1, and zeros are none") {
        Pair none;
        REQUIRE(none.server.feed(none.client.start().value()).knocked);
        CHECK(none.server.ticket().empty());
        Pair pair;
        const Bytes ticket = testing::some_bytes(kTicketBytes);
        auto client = Channel::client(
            {Purpose::Sync, pair.instance, pair.office.public_key, &pair.device, {}, ticket},
            pair.random);
        const Bytes first = client.start().value();
        CHECK(first.size() == 2 + 96);
        const auto second = pair.server.feed(first);
        CHECK(std::ranges::equal(pair.server.ticket(), ticket));
        CHECK(pair.server.feed(client.feed(second.to_peer).to_peer).agreed);
    }
    TEST_CASE("an office that looks first spends nothing more before it answers") {
        Pair pair;
        auto server =
            Channel::server({pair.instance, {{Purpose::Sync, &pair.office}}, true}, pair.random);
        const auto knocked = server.feed(pair.client.start().value());
        CHECK(knocked.knocked);
        CHECK(knocked.to_peer.empty());
        Bytes second;
        server.answer(second);
        CHECK(server.feed(pair.client.feed(second).to_peer).agreed);
        Pair hasty;
        auto waited_for =
            Channel::server({hasty.instance, {{Purpose::Sync, &hasty.office}}, true}, hasty.random);
        Bytes first = hasty.client.start().value();
        first.push_back(0);
        check_failed(waited_for.feed(first), kOutOfTurn);
    }
    TEST_CASE("an office without time says so, and the laptop knows it from a wrong office") {
        Pair pair;
        (void)pair.client.start();
        const auto events = pair.client.feed(Channel::busy_word());
        check_failed(events, kOfficeBusy);
        CHECK(events.error->code() == ErrorCode::Unreachable);
    }
    TEST_CASE("a byte of the client between message 3 and the server's first word is out of turn") {
        Pair pair;
        auto third =
            pair.client.feed(pair.server.feed(pair.client.start().value()).to_peer).to_peer;
        third.push_back(0);
        const auto events = pair.server.feed(third);
        CHECK(events.agreed);
        check_failed(events, kOutOfTurn);
        CHECK_FALSE(pair.server.is_open());
    }
    TEST_CASE(
        "after a failure nothing is answered, not even what came before it in the same piece") {
        Pair pair;
        Bytes second = pair.server.feed(pair.client.start().value()).to_peer;
        append(second, Bytes{0, 0});
        check_failed(pair.client.feed(second), kFrameLength);
    }
    TEST_CASE("an end before the server's first word is a cut line, wherever it comes") {
        const auto is_cut = [](Channel& client) {
            const auto closed = client.ended();
            REQUIRE_FALSE(closed.has_value());
            CHECK(closed.error().is(kHandshakeCut));
            CHECK(closed.error().code() == ErrorCode::Unreachable);
        };
        for (std::size_t heard = 0; heard < 50; ++heard) {
            Pair pair;
            const Bytes second = pair.server.feed(pair.client.start().value()).to_peer;
            CHECK_FALSE(pair.client.feed(ByteView(second).first(heard)).error.has_value());
            is_cut(pair.client);
        }
        Pair pair;
        (void)pair.client.feed(pair.server.feed(pair.client.start().value()).to_peer);
        is_cut(pair.client);
    }
}
