#include "protocol/channel.hpp"

#include <doctest/doctest.h>

#include "protocol/limits.hpp"

#include "tests/unit/protocol/pair.hpp"

using namespace dossier;
using namespace dossier::protocol;
using dossier::protocol::testing::Pair;
using dossier::protocol::testing::some_bytes;

TEST_SUITE("protocol/channel") {
    TEST_CASE("the client may speak once the server's first frame has proven the keys") {
        Pair pair;
        pair.shake_hands();
        CHECK(pair.server.is_open());
        CHECK_FALSE(pair.client.is_open());
        const auto events = pair.client.feed(Pair::sealed(pair.server, bytes_of("welcome")));
        REQUIRE(events.messages.size() == 1);
        CHECK(text_of(events.messages[0]) == "welcome");
        CHECK(pair.client.is_open());
    }
    TEST_CASE("messages of every size arrive whole, in order, both ways, however they are cut") {
        Pair pair;
        pair.open();
        const std::size_t sizes[] = {0,      1,      254,    255,     256,       511,
                                     65'278, 65'279, 65'280, 130'558, 1'000'000, kMessageBytesMax};
        for (Channel* sender : {&pair.client, &pair.server}) {
            Channel& receiver = sender == &pair.client ? pair.server : pair.client;
            Bytes stream;
            for (const std::size_t size : sizes) {
                REQUIRE(sender->send(some_bytes(size, size), stream).has_value());
            }
            std::vector<Bytes> seen;
            for (std::size_t at = 0; at < stream.size(); at += 40'009) {
                const auto piece =
                    ByteView(stream).subspan(at, std::min<std::size_t>(40'009, stream.size() - at));
                auto events = receiver.feed(piece);
                REQUIRE_FALSE(events.error.has_value());
                for (Bytes& message : events.messages) seen.push_back(std::move(message));
            }
            REQUIRE(seen.size() == std::size(sizes));
            for (std::size_t i = 0; i < seen.size(); ++i)
                CHECK(seen[i] == some_bytes(sizes[i], sizes[i]));
            CHECK(receiver.clean());
        }
    }
    TEST_CASE("lengths on the wire tell a message's size in steps of 256 only") {
        Pair pair;
        pair.open();
        for (const std::size_t size : {0U, 1U, 100U, 255U}) {
            CHECK(Pair::sealed(pair.client, some_bytes(size)).size() == 2 + 256 + 16);
        }
        CHECK(Pair::sealed(pair.client, some_bytes(256)).size() == 2 + 512 + 16);
    }
    TEST_CASE("a message above 8 MiB is not sent, and the channel goes on") {
        Pair pair;
        pair.open();
        Bytes out;
        const auto refused = pair.client.send(Bytes(kMessageBytesMax + 1), out);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kMessageOversized));
        CHECK(out.empty());
        CHECK(pair.server.feed(Pair::sealed(pair.client, some_bytes(5))).messages.size() == 1);
    }
    TEST_CASE("every changed byte of a frame closes the channel for good") {
        for (std::size_t at = 0; at < 2 + 256 + 16; ++at) {
            Pair pair(Purpose::Sync, at + 1);
            pair.open();
            Bytes frame = Pair::sealed(pair.client, some_bytes(20));
            frame[at] ^= 2U;
            const auto events = pair.server.feed(frame);
            // A changed length makes another length, or a frame that waits for more bytes.
            if (at < 2 && !events.error) continue;
            REQUIRE(events.error.has_value());
            CHECK((events.error->is(kTampered) || events.error->is(kFrameLength)));
            const auto later = pair.server.feed(some_bytes(10));
            REQUIRE(later.error.has_value());
            CHECK(later.error->id() == events.error->id());
            CHECK_FALSE(pair.server.is_open());
        }
    }
    TEST_CASE("replayed, reordered and dropped frames are refused") {
        for (const int trick : {0, 1, 2}) {
            Pair pair;
            pair.open();
            const Bytes one = Pair::sealed(pair.client, bytes_of("one"));
            const Bytes two = Pair::sealed(pair.client, bytes_of("two"));
            Bytes stream = trick == 0 ? one : two;  // 1: swapped, 2: the first dropped
            if (trick == 0) append(stream, one);
            if (trick == 1) append(stream, one);
            const auto events = pair.server.feed(stream);
            REQUIRE(events.error.has_value());
            CHECK(events.error->is(kTampered));
            CHECK(events.messages.size() == (trick == 0 ? 1 : 0));
        }
    }
    TEST_CASE("a frame of another channel or of the other direction is refused") {
        Pair pair(Purpose::Sync, 1);
        Pair other(Purpose::Sync, 2);
        pair.open();
        other.open();
        CHECK(pair.server.feed(Pair::sealed(other.client, bytes_of("x"))).error->is(kTampered));
        CHECK(pair.client.feed(Pair::sealed(pair.client, bytes_of("x"))).error->is(kTampered));
    }
    TEST_CASE("a stream that ends inside a frame or a message is truncated, at any byte") {
        Pair probe;
        probe.open();
        const Bytes stream = Pair::sealed(probe.client, some_bytes(70'000));
        std::vector<std::size_t> sizes{2 + kFramePlainBytesMax + kTagBytes};  // between two frames
        for (std::size_t size = 1; size < stream.size(); size += 997) sizes.push_back(size);
        for (const std::size_t size : sizes) {
            Pair pair;
            pair.open();
            const Bytes same = Pair::sealed(pair.client, some_bytes(70'000));
            const auto events = pair.server.feed(ByteView(same).first(size));
            CHECK_FALSE(events.error.has_value());
            CHECK(events.messages.empty());
            CHECK_FALSE(pair.server.clean());
            const auto ended = pair.server.ended();
            REQUIRE_FALSE(ended.has_value());
            CHECK(ended.error().is(kTruncated));
        }
        CHECK(probe.server.feed(stream).messages.size() == 1);
        CHECK(probe.server.ended().has_value());
    }
    TEST_CASE("messages before a bad frame of the same piece are still handed out") {
        Pair pair;
        pair.open();
        Bytes stream = Pair::sealed(pair.client, bytes_of("good"));
        append(stream, some_bytes(300));
        const auto events = pair.server.feed(stream);
        REQUIRE(events.messages.size() == 1);
        CHECK(text_of(events.messages[0]) == "good");
        CHECK(events.error.has_value());
    }
}
