// Fragments, padding and rekey, seen by a peer that does every step by hand.
#include "protocol/transport.hpp"

#include <doctest/doctest.h>

#include "tests/unit/protocol/pair.hpp"

using namespace dossier;
using namespace dossier::protocol;
using dossier::protocol::testing::some_bytes;

namespace {

CipherState fresh_cipher() {
    const std::array<std::uint8_t, 32> key{1, 2, 3, 4};
    CipherState cipher;
    cipher.set_key(key);
    return cipher;
}

/// A frame, without its length, of exactly this plaintext.
Bytes frame_with(CipherState& cipher, Bytes plain) {
    REQUIRE(cipher.seal(plain, 0));
    return plain;
}

/// data || mark || zeros up to `size`.
Bytes plain_of(std::size_t data, std::uint8_t mark, std::size_t size) {
    Bytes plain(data, 0xEE);
    plain.push_back(mark);
    plain.resize(size);
    return plain;
}

/// The ciphertext of the frame that starts at `at`, and `at` moved past it.
ByteView next_frame(const Bytes& stream, std::size_t& at) {
    const std::size_t size = std::size_t{stream[at]} << 8U | stream[at + 1];
    const ByteView frame = ByteView(stream).subspan(at + 2, size);
    at += 2 + size;
    return frame;
}

}  // namespace

TEST_SUITE("protocol/transport") {
    TEST_CASE(
        "a message is full fragments marked 1 and a last one marked 2 and padded with zeros") {
        Sealer sealer(fresh_cipher());
        CipherState peer = fresh_cipher();
        const Bytes message = some_bytes(2 * kFragmentBytesMax + 10);
        Bytes stream;
        REQUIRE(sealer.seal(message, stream).has_value());
        Bytes data;
        std::size_t at = 0;
        for (const std::uint8_t mark : Bytes{1, 1, 2}) {
            Bytes plain;
            REQUIRE(peer.open(next_frame(stream, at), plain));
            const std::size_t size = mark == 1 ? kFragmentBytesMax : 10;
            CHECK(plain.size() == (mark == 1 ? kFramePlainBytesMax : 256));
            CHECK(plain[size] == mark);
            CHECK(std::all_of(plain.begin() + static_cast<std::ptrdiff_t>(size) + 1, plain.end(),
                              [](auto b) { return b == 0; }));
            append(data, ByteView(plain).first(size));
        }
        CHECK(at == stream.size());
        CHECK(data == message);
    }
    TEST_CASE("data that ends in zeros or looks like marks comes back untouched") {
        Sealer sealer(fresh_cipher());
        Opener opener(fresh_cipher());
        for (const std::uint8_t fill : Bytes{0, 1, 2}) {
            for (const std::size_t size : {1U, 200U, 255U, 256U, 300U, 65'279U, 65'280U}) {
                const Bytes message(size, fill);
                Bytes stream;
                REQUIRE(sealer.seal(message, stream).has_value());
                std::optional<Bytes> seen;
                for (std::size_t at = 0; at < stream.size();) {
                    seen = opener.open(next_frame(stream, at)).value();
                }
                CHECK(seen == message);
            }
        }
    }
    TEST_CASE("only the one right form of a fragment is accepted") {
        const Bytes wrong[] = {
            Bytes(256),             // no mark at all
            plain_of(10, 3, 256),   // unknown mark
            plain_of(10, 2, 512),   // a whole step of needless zeros
            plain_of(255, 2, 512),  // exactly one needless step
            plain_of(10, 1, 256),   // a short fragment that is not last
            plain_of(kFragmentBytesMax - 1, 1, kFramePlainBytesMax),
        };
        for (const Bytes& plain : wrong) {
            CipherState sender = fresh_cipher();
            Opener opener(fresh_cipher());
            const auto result = opener.open(frame_with(sender, plain));
            REQUIRE_FALSE(result.has_value());
            CHECK(result.error().is(kFrameContent));
        }
        CipherState sender = fresh_cipher();
        Opener opener(fresh_cipher());
        CHECK(opener.open(frame_with(sender, plain_of(10, 2, 256))).value() == Bytes(10, 0xEE));
        CHECK(opener.open(frame_with(sender, plain_of(255, 2, 256))).value() == Bytes(255, 0xEE));
    }
    TEST_CASE("fragments without end stop at 8 MiB") {
        CipherState sender = fresh_cipher();
        Opener opener(fresh_cipher());
        std::size_t accepted = 0;
        for (; accepted <= 2 * kMessageBytesMax; accepted += kFragmentBytesMax) {
            const auto result = opener.open(
                frame_with(sender, plain_of(kFragmentBytesMax, 1, kFramePlainBytesMax)));
            if (result) continue;
            CHECK(result.error().is(kMessageOversized));
            break;
        }
        CHECK(accepted <= kMessageBytesMax);
        CHECK(accepted + kFragmentBytesMax > kMessageBytesMax);
    }
    TEST_CASE("the key changes after exactly 65,536 frames, again and again, on both sides") {
        Sealer sealer(fresh_cipher());
        Opener opener(fresh_cipher());
        CipherState peer = fresh_cipher();
        Bytes stream;
        Bytes plain;
        for (std::uint64_t frame = 0; frame < 2 * kRekeyFrames + 2; ++frame) {
            stream.clear();
            plain.clear();
            REQUIRE(sealer.seal(bytes_of("x"), stream).has_value());
            std::size_t at = 0;
            const ByteView sealed = next_frame(stream, at);
            if (frame != 0 && frame % kRekeyFrames == 0) {
                CHECK_FALSE(peer.open(sealed, plain));  // the old key no longer fits
                peer.rekey();
            }
            REQUIRE(peer.open(sealed, plain));
            REQUIRE(opener.open(sealed).value().has_value());
        }
        CHECK(peer.nonce() == 2 * kRekeyFrames + 2);  // the counter goes on
    }
    TEST_CASE("the key changes after the frame that completes 1 GiB") {
        Sealer sealer(fresh_cipher());
        Opener opener(fresh_cipher());
        CipherState peer = fresh_cipher();
        const Bytes message = some_bytes(kFragmentBytesMax);
        std::uint64_t bytes = 0;
        unsigned rekeys = 0;
        Bytes stream;
        Bytes plain;
        while (rekeys == 0 || bytes < kRekeyBytes + 1'000'000) {
            stream.clear();
            plain.clear();
            REQUIRE(sealer.seal(message, stream).has_value());
            std::size_t at = 0;
            const ByteView sealed = next_frame(stream, at);
            if (rekeys == 0 && bytes >= kRekeyBytes) {
                CHECK_FALSE(peer.open(sealed, plain));
                peer.rekey();
                ++rekeys;
            }
            REQUIRE(peer.open(sealed, plain));
            REQUIRE(opener.open(sealed).value().has_value());
            bytes += sealed.size();
        }
    }
}
