#include "tests/sim/pen.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace dossier::sim {
namespace {

constexpr std::string_view kMark = "qzx";
constexpr std::size_t kDigits = 8;
/// Letters in one token of a laptop's search index.
constexpr std::size_t kWindow = 4;

/// One to one, so that neighbours share no digits.
std::uint32_t scrambled(std::uint32_t number) {
    std::uint32_t mixed = number * 2'654'435'761U;
    mixed ^= mixed >> 16U;
    mixed *= 0x45D9F3BU;
    mixed ^= mixed >> 16U;
    return mixed;
}

int digit(std::uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::string digits_of(std::uint32_t value) {
    char digits[kDigits + 1];
    std::snprintf(digits, sizeof digits, "%08x", value);
    return digits;
}

}  // namespace

std::string Pen::write(const Written& where) {
    const std::uint32_t value = scrambled(next_++);
    written_[value] = where;
    digits_ = digits_of(value);
    return digits_ + std::string(kMark);
}

std::vector<std::uint32_t> Pen::found_in(ByteView bytes) const {
    std::set<std::uint32_t> found;
    const std::string_view text = text_of(bytes);
    for (std::size_t at = text.find(kMark); at != std::string_view::npos;
         at = text.find(kMark, at + 1)) {
        std::uint32_t value = 0;
        std::size_t taken = 0;
        while (taken < kDigits && taken < at && digit(bytes[at - taken - 1]) >= 0) {
            value |= static_cast<std::uint32_t>(digit(bytes[at - taken - 1])) << (4 * taken);
            ++taken;
        }
        if (taken == kDigits && written_.contains(value)) found.insert(value);
    }
    return {found.begin(), found.end()};
}

std::vector<std::uint32_t> Pen::found_in(const std::set<std::string>& tokens) const {
    std::vector<std::uint32_t> found;
    std::size_t mine = 0;
    for (const auto& token : tokens) mine += token.size() == kWindow ? 1 : 0;
    if (mine == 0) return found;
    for (const auto& [value, where] : written_) {
        const std::string digits = digits_of(value);
        bool all = true;
        for (std::size_t from = 0; all && from + kWindow <= kDigits; ++from)
            all = tokens.contains(digits.substr(from, kWindow));
        if (all) found.push_back(value);
    }
    return found;
}

std::optional<std::uint32_t> value_in(std::string_view text) {
    if (text.size() != kDigits + kMark.size() || !text.ends_with(kMark)) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text.substr(0, kDigits)) {
        if (digit(static_cast<std::uint8_t>(c)) < 0) return std::nullopt;
        value = (value << 4U) | static_cast<std::uint32_t>(digit(static_cast<std::uint8_t>(c)));
    }
    return value;
}

}  // namespace dossier::sim
