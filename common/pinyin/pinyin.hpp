// How Chinese characters are read: all readings of a character for matching, one reading of a
// text for sorting and showing. Syllables are toneless ASCII, ü written v. Source: Unihan
// (kMandarin, kHanyuPinlu, kTGHZ2013, kXHC1983, kHanyuPinyin) and our own list `words.hpp`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::pinyin {

/// All readings of one character, best first; empty for what is not a Chinese character.
/// A view of a table that lives as long as the program.
class Readings {
  public:
    Readings() = default;
    explicit Readings(std::span<const std::uint16_t> syllables) : syllables_(syllables) {}

    [[nodiscard]] bool empty() const { return syllables_.empty(); }
    [[nodiscard]] std::size_t size() const { return syllables_.size(); }
    /// The reading at `place`, below size().
    [[nodiscard]] std::string_view operator[](std::size_t place) const;
    [[nodiscard]] bool contains(std::string_view syllable) const;

  private:
    std::span<const std::uint16_t> syllables_;
};

/// Whether a text opens with a surname: 单 is shan in 单田芳 and dan in 单位.
enum class Head : unsigned char { Plain, PersonName };

/// All readings of `c`; those of its simplified form when `c` itself has none.
Readings readings(char32_t c);
/// True when `text` is one whole syllable ("ming", "lv").
bool is_syllable(std::string_view text);
/// True when some syllable begins with `text` ("m", "mi", "ming").
bool begins_syllable(std::string_view text);
/// True when a longer syllable begins with `text` ("min", "xia"; not "ming", "si").
bool may_grow(std::string_view text);

/// The best reading of `text`, one word per character: "厦门ABC行" is "xia men abc xing". Letters
/// and digits stay together in lower case, everything else separates. Words with a reading of
/// their own (重庆, 银行) are known; a surname only at the head of a PersonName. Meant as the
/// proposal a person may correct, and as the key names are sorted by.
std::string full(std::string_view text, Head head);
/// First letters of `full`, runs of letters and digits whole: "xm" for 厦门, "3mzg" for 3M中国.
std::string initials(std::string_view text, Head head);

}  // namespace dossier::pinyin
