#include "protocol/compress.hpp"

#include <string>

#include <doctest/doctest.h>

#include "common/crypto/random.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

Bytes repeated(std::string_view word, std::size_t times) {
    Bytes bytes;
    for (std::size_t i = 0; i < times; ++i) append(bytes, bytes_of(word));
    return bytes;
}

}  // namespace

TEST_SUITE("protocol/compress") {
    TEST_CASE("what was compressed comes back, with the same objects, for every level and size") {
        Compressor compressor;
        Decompressor decompressor;
        crypto::SeededRandom random(1);
        for (const int level : {1, 3, 9}) {
            for (const std::size_t size : {0U, 1U, 300U, 70'000U, 2'000'000U}) {
                Bytes plain(size);
                random.fill(plain);
                CHECK(decompressor.decompress(compressor.compress(level, plain)) == plain);
            }
        }
        const Bytes text = repeated("杭州明润 0571-88123456;", 10'000);
        const Bytes frame = compressor.compress(kBatchLevel, text);
        CHECK(frame.size() < text.size() / 100);
        CHECK(decompressor.decompress(frame) == text);
    }
    TEST_CASE("a bomb is refused by the size it declares, before anything is allocated") {
        Compressor compressor;
        Decompressor decompressor;
        const Bytes frame = compressor.compress(1, Bytes(kInflatedBytesMax));
        CHECK(frame.size() < 2'000);
        CHECK(decompressor.decompress(frame).has_value());
        const auto refused = decompressor.decompress(frame, kInflatedBytesMax - 1);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kInflated));
    }
    TEST_CASE("a frame that declares less than it holds is refused, never overrun") {
        Compressor compressor;
        Decompressor decompressor;
        Bytes frame = compressor.compress(1, Bytes(100'000));
        // Single segment, 4-byte content size: magic(4) descriptor(1) size(4).
        REQUIRE(read_le<std::uint32_t>(frame.data() + 5) == 100'000);
        for (const std::uint32_t lie : {0U, 1U, 99'999U, 100'001U, 8'000'000U}) {
            for (std::size_t i = 0; i < 4; ++i) {
                frame[5 + i] = static_cast<std::uint8_t>(lie >> (8 * i));
            }
            const auto refused = decompressor.decompress(frame);
            REQUIRE_FALSE(refused.has_value());
            CHECK(refused.error().is(kCompressed));
        }
    }
    TEST_CASE("nothing may follow, precede or be missing from the frame, nor its content size") {
        Compressor compressor;
        Decompressor decompressor;
        const Bytes frame = compressor.compress(3, repeated("abc", 1'000));
        for (std::size_t size = 0; size < frame.size(); ++size) {
            CHECK_FALSE(decompressor.decompress(ByteView(frame).first(size)).has_value());
        }
        Bytes longer = frame;
        longer.push_back(0);
        CHECK_FALSE(decompressor.decompress(longer).has_value());
        Bytes twice = frame;
        append(twice, frame);
        CHECK_FALSE(decompressor.decompress(twice).has_value());
        const Bytes skippable{0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
        CHECK_FALSE(decompressor.decompress(skippable).has_value());
        // Frames that hold nothing leave the plain bytes as they are: still a second form.
        for (const Bytes& nothing : {skippable, compressor.compress(3, {})}) {
            Bytes followed = frame;
            append(followed, nothing);
            CHECK_FALSE(decompressor.decompress(followed).has_value());
        }
        // "hi" in a raw block of a frame without content size: valid zstd, not valid here.
        const Bytes unsized{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x11, 0x00, 0x00, 'h', 'i'};
        const auto refused = decompressor.decompress(unsized);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kCompressed));
    }
    TEST_CASE("changed bytes give an error or other plain bytes, never a crash or an overrun") {
        Compressor compressor;
        Decompressor decompressor;
        const Bytes plain = repeated("客户档案 customer file ", 500);
        const Bytes frame = compressor.compress(3, plain);
        for (std::size_t at = 0; at < frame.size(); ++at) {
            Bytes changed = frame;
            changed[at] ^= 0x55U;
            const auto result = decompressor.decompress(changed);
            if (result) CHECK(result->size() <= kInflatedBytesMax);
        }
    }
}
