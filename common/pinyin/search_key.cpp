// A record's fields cut into the tokens of the search index.
#include "common/pinyin/search_key.hpp"

#include <algorithm>
#include <bitset>
#include <iterator>
#include <vector>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"

namespace dossier::pinyin {
namespace {

/// Ways of reading one window of a name: 2^6, every character with two initials.
constexpr std::size_t kWaysMax = 64;
/// Separators inside a phone number: ") " or " - " between two digits.
constexpr std::size_t kSeparatorsMax = 3;

bool is_alnum(char32_t c) {
    return is_latin(c) || is_digit(c);
}

bool is_phone_separator(char32_t c) {
    return c == U' ' || c == U'-' || c == U'(' || c == U')' || c == U'.' || c == U'/';
}

/// Place of the digit that continues the number ending before `at`, or `at` itself.
std::size_t digit_after_separators(std::u32string_view text, std::size_t at) {
    std::size_t next = at;
    while (next < text.size() && next - at < kSeparatorsMax && is_phone_separator(text[next])) {
        ++next;
    }
    return next < text.size() && is_digit(text[next]) ? next : at;
}

/// The first one and first two letters or digits of the tokens of one column, each once, so that
/// the shortest questions look up one token instead of gathering thousands.
class Heads {
  public:
    void add(std::string_view token) {
        if (token.size() < 2) return;  // a token of one letter is its own head
        const std::size_t first = kLetters.find(token[0]);
        one_.set(first);
        if (token.size() > 2) two_.set(first * kLetters.size() + kLetters.find(token[1]));
    }
    void write(std::string& out) const {
        for (std::size_t first = 0; first < kLetters.size(); ++first) {
            if (!one_.test(first)) continue;
            (out += kLetters[first]) += ' ';
            for (std::size_t second = 0; second < kLetters.size(); ++second) {
                if (!two_.test(first * kLetters.size() + second)) continue;
                ((out += kLetters[first]) += kLetters[second]) += ' ';
            }
        }
    }

  private:
    static constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::bitset<kLetters.size()> one_;
    std::bitset<kLetters.size() * kLetters.size()> two_;
};

/// One column while it is made.
struct Column {
    std::string tokens;
    Heads heads;

    void add(std::string_view token) {
        tokens.append(token) += ' ';
        heads.add(token);
    }
};

void add_windows(std::string_view run, Column& out) {
    for (std::size_t i = 0; i < run.size(); ++i) out.add(run.substr(i, kWindow));
}

/// Runs of letters and digits, as windows.
void add_alnum_runs(std::u32string_view text, Column& out) {
    std::string run;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_alnum(text[i])) {
            ++i;
            continue;
        }
        run.clear();
        while (i < text.size() && is_alnum(text[i])) {
            const bool digit = is_digit(text[i]);
            run += static_cast<char>(text[i++]);
            if (digit) i = digit_after_separators(text, i);
        }
        add_windows(run, out);
    }
}

/// Characters of other scripts: each pair of neighbours, and the last of a run alone.
void add_script_pairs(std::u32string_view text, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_script(text[i])) continue;
        append_utf8(out, text[i]);
        if (i + 1 < text.size() && is_script(text[i + 1])) append_utf8(out, text[i + 1]);
        out += ' ';
    }
}

/// A name without anything between its characters: "明润（杭州）" is read through.
std::u32string joined(std::u32string_view name) {
    std::u32string out;
    std::copy_if(name.begin(), name.end(), std::back_inserter(out),
                 [](char32_t c) { return is_alnum(c) || is_script(c); });
    return out;
}

void add_pinyin_pairs(std::u32string_view name, Column& out) {
    std::string pair;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const Readings first = readings(name[i]);
        const Readings second = i + 1 < name.size() ? readings(name[i + 1]) : Readings{};
        for (std::size_t a = 0; a < first.size(); ++a) {
            for (std::size_t b = 0; b < std::max<std::size_t>(second.size(), 1); ++b) {
                pair = first[a];
                if (!second.empty()) pair += second[b];
                out.add(pair);
            }
        }
    }
}

/// The different first letters of `c`; of a letter or digit, itself; of another script, none.
std::string initials_of(char32_t c) {
    if (is_alnum(c)) return {static_cast<char>(c)};
    std::string letters;
    const Readings known = readings(c);
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (letters.find(known[i][0]) == std::string::npos) letters += known[i][0];
    }
    return letters;
}

void add_initials(std::u32string_view name, Column& out) {
    std::vector<std::string> letters;
    for (const char32_t c : name) {
        letters.push_back(initials_of(c));
        if (letters.back().empty()) letters.pop_back();
    }
    std::vector<std::string> ways;
    std::vector<std::string> longer;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        ways.assign(1, "");
        for (std::size_t k = i; k < std::min(i + kWindow, letters.size()); ++k) {
            longer.clear();
            for (const char letter : letters[k]) {
                for (const std::string& way : ways) longer.push_back(way + letter);
            }
            if (longer.size() > kWaysMax) longer.resize(kWaysMax);
            ways.swap(longer);
        }
        for (const std::string& way : ways) out.add(way);
    }
}

}  // namespace

Document document(std::span<const Field> fields) {
    Column names;
    Column bodies;
    for (const Field& field : fields) {
        const std::u32string text = folded(field.text);
        Column& column = field.as == As::Name ? names : bodies;
        add_script_pairs(text, column.tokens);
        if (field.as == As::Text) {
            add_alnum_runs(text, column);
            continue;
        }
        const std::u32string name = joined(text);
        add_pinyin_pairs(name, column);
        add_initials(name, column);  // holds the windows of letters and digits too
    }
    names.heads.write(names.tokens);
    bodies.heads.write(bodies.tokens);
    return {std::move(names.tokens), std::move(bodies.tokens)};
}

}  // namespace dossier::pinyin
