// What a person typed into a search, cut into what must be found; and whether texts answer it. Both
// sides ask the same question: the office of each customer's texts, a laptop of its index
// (search_key.hpp) and, for what the index does not hold, of the texts themselves.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/phone.hpp"
#include "common/pinyin/search_key.hpp"

namespace dossier::pinyin {

enum class Sort : unsigned char {
    Alnum,    ///< letters and digits: as written, or pinyin, or initials
    Script,   ///< characters of other scripts
    Literal,  ///< a word with letters and signs ("c++", "zhang_wei@"): to be found with them
};
struct Term {
    Sort sort;
    std::u32string text;
};

/// All terms must be found, or the phone number that the whole was.
struct Question {
    std::vector<Term> terms;
    std::optional<PhoneNumber> phone;

    [[nodiscard]] bool is_empty() const { return terms.empty(); }
    /// True when the index may give records that do not answer: signs, of which it knows nothing, a
    /// word that is several tokens to it, a phone number.
    [[nodiscard]] bool is_wider_in_index() const;
};

/// Words separated by spaces, commas and quotes, folded; signs alone ask for nothing; what is typed
/// beyond kTypedMax characters does not count.
Question question_of(std::string_view typed);
/// Whether the fields of one record answer: each term in one of them. Nothing typed finds nothing.
bool finds(const Question& question, std::span<const Field> fields);

/// The runs of letters and digits of folded text as the index holds them: digits are read on over
/// the separators of phone numbers.
std::vector<std::string> alnum_runs(std::u32string_view folded_text);
/// A folded name without anything between its characters: "明润（杭州）" is read through.
std::u32string joined(std::u32string_view folded_name);

}  // namespace dossier::pinyin
