#include "common/base/varint.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace dossier;

namespace {

bool reads(const Bytes& bytes, std::uint64_t& value, std::size_t& taken) {
    const std::uint8_t* at = bytes.data();
    const bool is_number = take_varint(at, bytes.data() + bytes.size(), value);
    taken = static_cast<std::size_t>(at - bytes.data());
    return is_number;
}

}  // namespace

TEST_SUITE("common/base/varint") {
    TEST_CASE("every number comes back from its bytes, and what follows is left") {
        for (unsigned bits = 0; bits <= 64; ++bits) {
            const std::uint64_t edge = bits == 64 ? 0 : std::uint64_t{1} << bits;
            for (const std::uint64_t number : {edge - 1, edge, edge + 1}) {
                Bytes bytes;
                append_varint(bytes, number);
                CHECK(bytes.size() == varint_length(number));
                CHECK(bytes.size() <= kVarintBytesMax);
                bytes.push_back(0x7F);
                std::uint64_t value = 0;
                std::size_t taken = 0;
                CHECK(reads(bytes, value, taken));
                CHECK(value == number);
                CHECK(taken == bytes.size() - 1);
            }
        }
    }
    TEST_CASE("a number has one form: padded, cut short or above 64 bits it is none") {
        std::uint64_t value = 0;
        std::size_t taken = 0;
        for (const Bytes& bytes : {Bytes{}, Bytes{0x80}, Bytes{0xFF, 0xFF}, Bytes{0x80, 0x00},
                                   Bytes{0x81, 0x80, 0x00}, Bytes(10, 0x80), Bytes(11, 0xFF)}) {
            CAPTURE(bytes.size());
            CHECK_FALSE(reads(bytes, value, taken));
            CHECK(taken <= bytes.size());
        }
        Bytes largest(9, 0xFF);
        largest.push_back(0x01);
        CHECK(reads(largest, value, taken));
        CHECK(value == std::numeric_limits<std::uint64_t>::max());
        largest.back() = 0x02;
        CHECK_FALSE(reads(largest, value, taken));
    }
    TEST_CASE("zigzag is one to one, and small numbers stay small") {
        using Limits = std::numeric_limits<std::int64_t>;
        for (const std::int64_t number :
             {Limits::min(), Limits::min() + 1, std::int64_t{-64}, std::int64_t{-1},
              std::int64_t{0}, std::int64_t{1}, std::int64_t{63}, Limits::max()}) {
            CHECK(unzigzag(zigzag(number)) == number);
        }
        CHECK(zigzag(-1) == 1);
        CHECK(zigzag(1) == 2);
        CHECK(zigzag(Limits::min()) == std::numeric_limits<std::uint64_t>::max());
    }
}
