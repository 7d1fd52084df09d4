#include <array>

#include "common/api/said.hpp"

namespace dossier::api {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int, 256> values() {
    std::array<int, 256> all{};
    all.fill(-1);
    for (std::size_t at = 0; at < kLetters.size(); ++at)
        all[static_cast<unsigned char>(kLetters[at])] = static_cast<int>(at);
    return all;
}
constexpr std::array<int, 256> kValues = values();

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t held = 0;
    for (std::size_t at = 0; at < text.size() - padding; ++at) {
        const int value = kValues[static_cast<unsigned char>(text[at])];
        if (value < 0) return std::nullopt;
        held = (held << 6U) | static_cast<std::uint32_t>(value);
        // Every four letters are three bytes; of two the last four bits, of three the last two are
        // left over.
        if (at % 4 == 0) continue;
        const std::size_t left = 6 - 2 * (at % 4);
        bytes.push_back(static_cast<char>((held >> left) & 0xFFU));
    }
    const std::uint32_t rest = padding == 2 ? held & 0xFU : padding == 1 ? held & 0x3U : 0;
    return rest == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string to_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    const auto byte = [&](std::size_t at) {
        return at < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[at])} : 0U;
    };
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::uint32_t group = (byte(at) << 16U) | (byte(at + 1) << 8U) | byte(at + 2);
        for (std::size_t letter = 0; letter < 4; ++letter) {
            const bool is_there = letter < 2 || at + letter - 1 < bytes.size();
            text.push_back(is_there ? kLetters[(group >> (18U - 6U * letter)) & 63U] : '=');
        }
    }
    return text;
}

}  // namespace dossier::api
