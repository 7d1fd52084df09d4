#include "common/pinyin/question.hpp"

#include <algorithm>
#include <iterator>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"

namespace dossier::pinyin {
namespace {

/// Separators inside a phone number: ") " or " - " between two digits.
constexpr std::size_t kSeparatorsMax = 3;
/// Fewer digits are a part of a number, not one.
constexpr std::size_t kNumberDigitsMin = 7;

bool is_phone_separator(char32_t c) {
    return std::u32string_view(U" -()./").find(c) != std::u32string_view::npos;
}
/// What stands between words and is none of their signs.
bool is_between(char32_t c) {
    return c <= U' ' || std::u32string_view(U"'\"`,;:!?、。").find(c) != std::u32string_view::npos;
}

/// Place of the digit that continues the number ending before `at`, or `at` itself.
std::size_t digit_after_separators(std::u32string_view text, std::size_t at) {
    std::size_t next = at;
    while (next < text.size() && next - at < kSeparatorsMax && is_phone_separator(text[next])) {
        ++next;
    }
    return next < text.size() && is_digit(text[next]) ? next : at;
}

std::u32string wide(std::string_view ascii) {
    return {ascii.begin(), ascii.end()};
}
std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) append_utf8(out, c);
    return out;
}

/// Runs of letters and digits and of script, then the word as a whole where it has signs.
void add_word(std::u32string_view word, std::vector<Term>& terms) {
    for (const std::string& run : alnum_runs(word)) terms.push_back({Sort::Alnum, wide(run)});
    std::u32string script;
    for (const char32_t c : word) {
        if (is_script(c)) {
            script += c;
        } else if (!script.empty()) {
            terms.push_back({Sort::Script, std::exchange(script, {})});
        }
    }
    if (!script.empty()) terms.push_back({Sort::Script, std::move(script)});
    const auto is_letter = [](char32_t c) { return is_alnum(c) || is_script(c); };
    const bool signs =
        std::ranges::any_of(word, is_letter) && !std::ranges::all_of(word, is_letter);
    const bool number =
        std::ranges::all_of(word, [](char32_t c) { return is_digit(c) || is_phone_separator(c); });
    if (signs && !number) terms.push_back({Sort::Literal, std::u32string(word)});
}

/// Which beginnings of a typed run can be read from one place of a name on, as whole syllables or
/// as initials; found when the run ends, be it within a syllable.
class Reader {
  public:
    explicit Reader(std::string_view run) : run_(run), open_(run.size() + 1) {}

    bool reads(std::u32string_view name) {
        for (std::size_t from = 0; from < name.size(); ++from) {
            if (spelled(name.substr(from)) || initialled(name.substr(from))) return true;
        }
        return false;
    }

  private:
    bool spelled(std::u32string_view name) {
        std::fill(open_.begin(), open_.end(), false);
        open_[0] = true;
        for (const char32_t c : name) {
            std::vector<bool> next(open_.size());
            for (std::size_t at = 0; at < run_.size(); ++at) {
                if (open_[at] && step(c, at, next)) return true;
            }
            if (std::find(next.begin(), next.end(), true) == next.end()) return false;
            open_.swap(next);
        }
        return false;
    }
    /// True when the run ends in `c`.
    bool step(char32_t c, std::size_t at, std::vector<bool>& next) const {
        const std::string_view rest = run_.substr(at);
        if (is_alnum(c)) {
            if (rest[0] != static_cast<char>(c)) return false;
            next[at + 1] = true;
            return rest.size() == 1;
        }
        const Readings known = readings(c);
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (known[i].starts_with(rest)) return true;
            if (rest.starts_with(known[i])) next[at + known[i].size()] = true;
        }
        return false;
    }
    [[nodiscard]] bool initialled(std::u32string_view name) const {
        std::size_t at = 0;
        for (std::size_t i = 0; i < name.size() && at < run_.size(); ++i) {
            const char32_t c = name[i];
            const Readings known = readings(c);
            if (!is_alnum(c) && known.empty()) continue;
            bool fits = is_alnum(c) && run_[at] == static_cast<char>(c);
            for (std::size_t k = 0; k < known.size(); ++k) fits = fits || known[k][0] == run_[at];
            if (!fits) return false;
            ++at;
        }
        return at == run_.size();
    }

    std::string_view run_;
    std::vector<bool> open_;
};

/// One field, folded once.
struct Text {
    As as;
    std::u32string folded;
    std::u32string letters;  ///< of a name: without anything between its characters
    std::optional<PhoneNumber> number;

    explicit Text(const Field& field) : as(field.as), folded(pinyin::folded(field.text)) {
        if (as == As::Name) letters = joined(folded);
        if (as == As::Phone) number = phone_from(utf8(folded));
    }
};

bool holds(std::u32string_view text, std::u32string_view part) {
    return text.find(part) != std::u32string_view::npos;
}

bool holds_alnum(const Text& text, const std::u32string& part) {
    const std::string run = utf8(part);
    if (text.as == As::Name) return holds(text.letters, part) || Reader(run).reads(text.letters);
    auto runs = alnum_runs(text.folded);
    if (text.number) runs.push_back(text.number->number);
    return std::ranges::any_of(
        runs, [&](const std::string& each) { return each.find(run) != std::string::npos; });
}

bool holds(const Text& text, const Term& term) {
    switch (term.sort) {
        case Sort::Alnum:
            return holds_alnum(text, term.text);
        case Sort::Script:
            return holds(text.as == As::Name ? text.letters : text.folded, term.text);
        default:
            return holds(without_gaps(text.folded), term.text);
    }
}

bool is_line(const Text& text, const PhoneNumber& phone) {
    return text.number && (same_line(*text.number, phone) ||
                           text.number->number.find(phone.number) != std::string::npos);
}

}  // namespace

bool Question::is_wider_in_index() const {
    constexpr std::size_t kPair = 2;
    return phone || std::ranges::any_of(terms, [](const Term& term) {
               const std::size_t one_token = term.sort == Sort::Script ? kPair : kWindow;
               return term.sort == Sort::Literal || term.text.size() > one_token;
           });
}

Question question_of(std::string_view typed) {
    std::u32string text = folded(typed);
    text.resize(std::min(text.size(), kTypedMax));
    Question question;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        while (at < text.size() && !is_between(text[at])) ++at;
        if (at > from) add_word(std::u32string_view(text).substr(from, at - from), question.terms);
        if (at == from) ++at;
    }
    const auto digits = std::ranges::count_if(text, is_digit);
    if (static_cast<std::size_t>(digits) >= kNumberDigitsMin)
        question.phone = phone_from(utf8(text));
    return question;
}

bool finds(const Question& question, std::span<const Field> fields) {
    if (question.is_empty()) return false;
    const std::vector<Text> texts(fields.begin(), fields.end());
    if (question.phone &&
        std::ranges::any_of(texts, [&](const Text& t) { return is_line(t, *question.phone); }))
        return true;
    return std::ranges::all_of(question.terms, [&](const Term& term) {
        return std::ranges::any_of(texts, [&](const Text& text) { return holds(text, term); });
    });
}

std::vector<std::string> alnum_runs(std::u32string_view text) {
    std::vector<std::string> runs;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_alnum(text[i])) {
            ++i;
            continue;
        }
        std::string& run = runs.emplace_back();
        while (i < text.size() && is_alnum(text[i])) {
            const bool digit = is_digit(text[i]);
            run += static_cast<char>(text[i++]);
            if (digit) i = digit_after_separators(text, i);
        }
    }
    return runs;
}

std::u32string joined(std::u32string_view name) {
    std::u32string out;
    std::copy_if(name.begin(), name.end(), std::back_inserter(out),
                 [](char32_t c) { return is_alnum(c) || is_script(c); });
    return out;
}

}  // namespace dossier::pinyin
