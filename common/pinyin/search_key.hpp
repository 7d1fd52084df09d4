// What the search index of a laptop holds of a record, and how what a person types becomes a
// question to it. Pure text in, text out: the store keeps the tokens
// (client/store/search_index.hpp).
//
// Every search is a look-up of whole tokens or of the beginning of a token:
//   script     every two neighbouring characters ("杭州" "州明" "明润"), the last one alone;
//   letters    from every letter or digit the next kWindow ones ("0571" "5718" ...); digits are
//              read on over separators ("0571-8899 0011" holds "057188990011");
//   phones     the number as it is compared (common/base/phone.hpp), where that is another run;
//   pinyin     of a name: every two neighbouring syllables in every reading ("mingrun");
//   initials   of a name: from every character the next kWindow initials ("mryy");
//   whole      a name as one token, for the hit that is exactly what was typed;
//   heads      the first kHead letters of each token of the last three sorts, and the first one.
// A question is the conjunction of its tokens, so what the index gives contains all its parts;
// where one word became several tokens they may stand apart, and `finds` (question.hpp) looks at
// the texts themselves.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::pinyin {

/// Changes whenever `document` does: an index made by another version is made anew.
inline constexpr int kIndexVersion = 3;

/// Letters, digits or initials in one token.
inline constexpr std::size_t kWindow = 4;
/// Beginnings of such tokens up to this length are tokens themselves: quick for the first strokes.
inline constexpr std::size_t kHead = 2;
/// What is typed beyond this many characters does not narrow the search any more.
inline constexpr std::size_t kTypedMax = 64;

/// Before a name that is one token; a character nobody types.
inline constexpr char32_t kWholeName = 0xE000;

/// Before a phone number without area code, so that it is asked for as a whole.
inline constexpr char kLocalMark = 'l';

/// Names are also found by pinyin and initials, phones (one number a field) in every way of writing
/// them; everything else (notes, codes, addresses) only by what is written.
enum class As : unsigned char { Name, Text, Phone };

struct Field {
    As as;
    std::string_view text;
};

/// The tokens of a record's names and of all else, each followed by a space; some more than once.
struct Document {
    std::string name;
    std::string body;
};

/// What is indexed of a record. The same fields in the same order give the same document.
Document document(std::span<const Field> fields);

/// Exact: names that are what was typed but for spaces and signs. Part: texts that hold it as it is
/// written.
enum class Where : unsigned char { Exact, Name, Anywhere, Part };

/// A question to the index. Nothing is asked where a Token or Beginning has no text, or All or Any
/// no parts.
struct Wanted {
    enum class Sort : unsigned char {
        Token,      ///< this token
        Beginning,  ///< any token that begins so
        All,        ///< every one of `parts`
        Any,        ///< one of `parts`
    };
    Sort sort = Sort::All;
    std::string text;
    std::vector<Wanted> parts;

    [[nodiscard]] bool is_nothing() const { return text.empty() && parts.empty(); }
};

/// What to ask the index for what a person typed (`question_of`): any part of a text, pinyin or the
/// beginning of it, initials; all terms must occur. Exact and Name are asked of the names' tokens,
/// Anywhere of all. It gives every record that `finds` finds, but for words that can be cut into
/// syllables in more than eight ways; Part, asked of all, every one with a text that holds it once
/// both are folded. Nothing when nothing searchable was typed.
Wanted wanted(std::string_view typed, Where where);

}  // namespace dossier::pinyin
