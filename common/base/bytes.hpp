// Byte strings and their text forms. Values only, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of `text`, uncopied; valid as long as `text` is.
inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
/// The same bytes seen as characters; no encoding is checked.
inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
std::string to_hex(ByteView bytes);
/// Errors: nullopt for odd length or a character that is not hexadecimal.
std::optional<Bytes> from_hex(std::string_view text);

/// Crockford base 32, upper case, no padding: what people type and read aloud.
std::string to_base32(ByteView bytes);
/// Takes either case, reads O as 0 and I or L as 1, skips '-' and spaces.
/// Errors: nullopt for another character or trailing bits that are not zero.
std::optional<Bytes> from_base32(std::string_view text);

inline void append(Bytes& to, ByteView more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// Little-endian integers, the only byte order on wire and disk but for the Noise frame length.
template <class Int>
void append_le(Bytes& to, Int value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(Int); ++i, rest >>= 8U) {
        to.push_back(static_cast<std::uint8_t>(rest & 0xFFU));
    }
}
/// Reads sizeof(Int) bytes; the caller has checked that they are there.
template <class Int>
Int read_le(const std::uint8_t* from) {
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Int); i > 0; --i) value = (value << 8U) | from[i - 1];
    return static_cast<Int>(value);
}

}  // namespace dossier
