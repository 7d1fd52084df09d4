// Reading a text: longest known word first, then the best reading of each character.
#include "common/pinyin/pinyin.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/tables.hpp"
#include "common/pinyin/words.hpp"

namespace dossier::pinyin {
namespace {

/// One word of the result: a syllable, or a run of letters and digits that stays whole.
struct Word {
    std::string text;
    bool is_run = false;
};

using Spellings = std::map<std::u32string, std::string_view>;

template <std::size_t N>
Spellings spellings(const Spelling (&list)[N]) {
    Spellings found;
    for (const auto& [text, syllables] : list) found.emplace(folded(text), syllables);
    return found;
}

/// The longest spelling that `rest` begins with.
const Spellings::value_type* longest(const Spellings& list, std::u32string_view rest) {
    static constexpr std::size_t kWordMax = 5;
    for (std::size_t size = std::min(kWordMax, rest.size()); size > 0; --size) {
        const auto found = list.find(std::u32string(rest.substr(0, size)));
        if (found != list.end()) return &*found;
    }
    return nullptr;
}

void add_syllables(std::vector<Word>& out, std::string_view syllables) {
    while (!syllables.empty()) {
        const std::size_t end = std::min(syllables.find(' '), syllables.size());
        out.push_back({std::string(syllables.substr(0, end))});
        syllables.remove_prefix(std::min(end + 1, syllables.size()));
    }
}

/// The spelling that governs the start of `rest`: a word before a surname, a surname only at the
/// head (`at_head`).
const Spellings::value_type* spelling_of(std::u32string_view rest, bool at_head) {
    static const Spellings kWordSpellings = spellings(kWords);
    static const Spellings kSurnameSpellings = spellings(kSurnames);
    const auto* word = longest(kWordSpellings, rest);
    if (!at_head) return word;
    const auto* surname = longest(kSurnameSpellings, rest);
    if (word == nullptr || surname == nullptr) return word != nullptr ? word : surname;
    return surname->first.size() >= word->first.size() ? surname : word;
}

std::vector<Word> words_of(std::string_view text, Head head) {
    const std::u32string all = folded(text);
    std::vector<Word> out;
    bool run_open = false;
    for (std::size_t i = 0; i < all.size();) {
        const char32_t c = all[i];
        if (is_latin(c) || is_digit(c)) {
            if (!run_open) out.push_back({"", true});
            run_open = true;
            out.back().text += static_cast<char>(c);
            ++i;
            continue;
        }
        run_open = false;
        const bool at_head = head == Head::PersonName && out.empty();
        if (const auto* known = spelling_of(std::u32string_view(all).substr(i), at_head)) {
            add_syllables(out, known->second);
            i += known->first.size();
            continue;
        }
        if (const Readings known = readings(c); !known.empty()) {
            out.push_back({std::string(known[0])});
        }
        ++i;
    }
    return out;
}

}  // namespace

std::string_view Readings::operator[](std::size_t place) const {
    return tables::kSyllable[syllables_[place]];
}

bool Readings::contains(std::string_view syllable) const {
    return std::any_of(syllables_.begin(), syllables_.end(),
                       [&](std::uint16_t id) { return tables::kSyllable[id] == syllable; });
}

Readings readings(char32_t c) {
    std::uint16_t place = tables::cell(tables::kReadingPage, tables::kReadingCell, c);
    if (place == 0) {
        const auto variant = tables::cell(tables::kVariantPage, tables::kVariantCell, c);
        if (variant == 0) return {};
        const char32_t other = tables::kSimplified[variant];
        place = tables::cell(tables::kReadingPage, tables::kReadingCell, other);
    }
    if (place == 0) return {};
    return Readings({tables::kList + place + 1, tables::kList[place]});
}

bool is_syllable(std::string_view text) {
    return std::binary_search(tables::kSyllable, tables::kSyllable + tables::kSyllableCount, text);
}

bool begins_syllable(std::string_view text) {
    const auto* const end = tables::kSyllable + tables::kSyllableCount;
    const auto* const found = std::lower_bound(tables::kSyllable, end, text);
    return found != end && found->substr(0, text.size()) == text;
}

bool may_grow(std::string_view text) {
    const auto* const end = tables::kSyllable + tables::kSyllableCount;
    const auto* const found = std::upper_bound(tables::kSyllable, end, text);
    return found != end && found->substr(0, text.size()) == text;
}

std::string full(std::string_view text, Head head) {
    std::string out;
    for (const Word& word : words_of(text, head)) {
        if (!out.empty()) out += ' ';
        out += word.text;
    }
    return out;
}

std::string initials(std::string_view text, Head head) {
    std::string out;
    for (const Word& word : words_of(text, head)) {
        out += word.is_run ? word.text : word.text.substr(0, 1);
    }
    return out;
}

}  // namespace dossier::pinyin
