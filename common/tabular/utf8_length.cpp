#include "common/tabular/utf8_length.hpp"

namespace dossier::tabular {

std::size_t ascii_end(std::string_view text, std::size_t at) {
    while (at < text.size() && byte_at(text, at) < 0x80U) ++at;
    return at;
}

std::optional<std::size_t> utf8_length(std::string_view text, std::size_t at) {
    const unsigned first = byte_at(text, at);
    if (first < 0x80U) return 1;
    if (first < 0xC2U || first > 0xF4U) return 0;
    const std::size_t length = first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == text.size()) return std::nullopt;
        const unsigned next = byte_at(text, at + i);
        // The second byte also excludes overlong forms, surrogates and what lies above U+10FFFF.
        const unsigned least = i > 1            ? 0x80U
                               : first == 0xE0U ? 0xA0U
                               : first == 0xF0U ? 0x90U
                                                : 0x80U;
        const unsigned most = i > 1            ? 0xBFU
                              : first == 0xEDU ? 0x9FU
                              : first == 0xF4U ? 0x8FU
                                               : 0xBFU;
        if (next < least || next > most) return 0;
    }
    return length;
}

}  // namespace dossier::tabular
