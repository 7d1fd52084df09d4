// A record's fields cut into the tokens of the search index.
#include "common/pinyin/search_key.hpp"

#include <algorithm>
#include <bitset>
#include <iterator>
#include <vector>

#include "common/base/phone.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"
#include "common/pinyin/question.hpp"

namespace dossier::pinyin {
namespace {

/// Ways of reading one window of a name: 2^6, every character with two initials.
constexpr std::size_t kWaysMax = 64;

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

/// Characters of other scripts: each pair of neighbours, and the last of a run alone.
void add_script_pairs(std::u32string_view text, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_script(text[i])) continue;
        append_utf8(out, text[i]);
        if (i + 1 < text.size() && is_script(text[i + 1])) append_utf8(out, text[i + 1]);
        out += ' ';
    }
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

/// The number as it is compared, where its digits as written do not hold it.
void add_number(const std::string& text, Column& out) {
    const auto phone = phone_from(text);
    if (!phone) return;
    std::string digits = phone->number;
    std::erase(digits, '+');
    const auto runs = alnum_runs(folded(text));
    const bool held = std::ranges::any_of(
        runs, [&](const std::string& run) { return run.find(digits) != std::string::npos; });
    if (!held) add_windows(digits, out);
    if (phone->is_local()) out.tokens.append(1, kLocalMark).append(digits) += ' ';
}

void add_field(const Field& field, Column& out) {
    const std::u32string text = folded(field.text);
    if (field.as != As::Name) {
        add_script_pairs(text, out.tokens);
        for (const std::string& run : alnum_runs(text)) add_windows(run, out);
        if (field.as == As::Phone) add_number(std::string(field.text), out);
        return;
    }
    const std::u32string name = joined(text);
    add_script_pairs(name, out.tokens);
    add_pinyin_pairs(name, out);
    add_initials(name, out);  // holds the windows of letters and digits too
    append_utf8(out.tokens, kWholeName);
    for (const char32_t c : name) append_utf8(out.tokens, c);
    out.tokens += ' ';
}

}  // namespace

Document document(std::span<const Field> fields) {
    Column names;
    Column bodies;
    for (const Field& field : fields) add_field(field, field.as == As::Name ? names : bodies);
    names.heads.write(names.tokens);
    bodies.heads.write(bodies.tokens);
    return {std::move(names.tokens), std::move(bodies.tokens)};
}

}  // namespace dossier::pinyin
