// The generated tables (`generate.cpp` writes their definitions from Unihan at build time).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dossier::pinyin::tables {

/// First code point past every table; page size of the two-stage tables.
inline constexpr char32_t kEnd = 0x32400;
inline constexpr char32_t kPageSize = 256;

/// Every toneless syllable, in alphabetical order.
extern const std::string_view kSyllable[];
extern const std::size_t kSyllableCount;
/// Reading lists: a count, then that many places in kSyllable, best first.
extern const std::uint16_t kList[];
/// Code point -> place in kList of its count; 0 = no reading known.
extern const std::uint16_t kReadingPage[];
extern const std::uint16_t kReadingCell[];
/// Code point -> place in kSimplified; 0 = stays as it is.
extern const char32_t kSimplified[];
extern const std::uint16_t kVariantPage[];
extern const std::uint16_t kVariantCell[];

/// Cell of `c` in a two-stage table.
inline std::uint16_t cell(const std::uint16_t* pages, const std::uint16_t* cells, char32_t c) {
    if (c >= kEnd) return 0;
    return cells[pages[c / kPageSize] * kPageSize + c % kPageSize];
}

}  // namespace dossier::pinyin::tables
