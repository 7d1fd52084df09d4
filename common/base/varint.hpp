// Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, and the top bit
// of a byte says that another follows. One number has one form.
#pragma once

#include <cstddef>
#include <cstdint>

#include "common/base/bytes.hpp"

namespace dossier {

/// Of any number of 64 bits.
inline constexpr std::size_t kVarintBytesMax = 10;

inline std::size_t varint_length(std::uint64_t value) {
    std::size_t length = 1;
    for (; value >= 0x80U; value >>= 7U) ++length;
    return length;
}

/// Writes to memory with room for it; the byte after the last.
inline std::uint8_t* put_varint(std::uint8_t* to, std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) *to++ = static_cast<std::uint8_t>(value | 0x80U);
    *to++ = static_cast<std::uint8_t>(value);
    return to;
}

inline void append_varint(Bytes& to, std::uint64_t value) {
    std::uint8_t bytes[kVarintBytesMax];
    to.insert(to.end(), &bytes[0], put_varint(bytes, value));
}

/// Reads bytes nobody vouches for and moves `at` behind the number. False, with `at` anywhere up
/// to `end`: cut short, above 64 bits, or not in its shortest form.
inline bool take_varint(const std::uint8_t*& at, const std::uint8_t* end, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && at != end; shift += 7) {
        const std::uint8_t byte = *at++;
        if (shift == 63 && byte > 1) return false;
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) == 0) return byte != 0 || shift == 0;
    }
    return false;
}

/// Small numbers of either sign to small ones without: the sign in the lowest bit.
constexpr std::uint64_t zigzag(std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    return (bits << 1U) ^ (number < 0 ? ~std::uint64_t{0} : 0U);
}
constexpr std::int64_t unzigzag(std::uint64_t bits) {
    return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1U));
}

}  // namespace dossier
