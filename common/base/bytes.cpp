#include "common/base/bytes.hpp"

namespace dossier {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

int base32_digit(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const auto at = kBase32.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t b : bytes) {
        text += kHex[b >> 4U];
        text += kHex[b & 15U];
    }
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

std::string to_base32(ByteView bytes) {
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const std::uint8_t b : bytes) {
        held = (held << 8U) | b;
        bits += 8;
        for (; bits >= 5; bits -= 5) text += kBase32[(held >> (bits - 5)) & 31U];
        held &= (1U << bits) - 1U;
    }
    if (bits > 0) text += kBase32[(held << (5 - bits)) & 31U];
    return text;
}

std::optional<Bytes> from_base32(std::string_view text) {
    Bytes bytes;
    unsigned held = 0;
    unsigned bits = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const int digit = base32_digit(c);
        if (digit < 0) return std::nullopt;
        held = (held << 5U) | static_cast<unsigned>(digit);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>((held >> bits) & 0xFFU));
            held &= (1U << bits) - 1U;
        }
    }
    if (held != 0) return std::nullopt;
    return bytes;
}

}  // namespace dossier
