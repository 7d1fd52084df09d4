// What a person typed, as a question to the search index.
#include <algorithm>
#include <utility>
#include <vector>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"
#include "common/pinyin/question.hpp"
#include "common/pinyin/search_key.hpp"

namespace dossier::pinyin {
namespace {

/// Ways of cutting one typed word into syllables that are asked for ("xianan": xi-an-an, xian-an).
constexpr std::size_t kCutsMax = 8;
/// Letters of the longest two syllables ("zhuangshuang").
constexpr std::size_t kPairMax = 12;

using Strings = std::vector<std::string>;

Wanted whole(std::string_view token) {
    return {Wanted::Sort::Token, std::string(token), {}};
}
Wanted beginning(std::string_view token) {
    return {Wanted::Sort::Beginning, std::string(token), {}};
}
Wanted join(Wanted::Sort sort, std::vector<Wanted> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {sort, {}, std::move(parts)};
}
Wanted all_of(std::vector<Wanted> parts) {
    return join(Wanted::Sort::All, std::move(parts));
}
Wanted any_of(std::vector<Wanted> parts) {
    return join(Wanted::Sort::Any, std::move(parts));
}

/// Letters, digits or initials as written: a token of its own up to kHead, the beginning of one up
/// to kWindow, else all windows of the run.
Wanted windows(std::string_view run) {
    if (run.size() <= kHead) return whole(run);
    if (run.size() <= kWindow) return beginning(run);
    std::vector<Wanted> parts;
    for (std::size_t i = 0; i + kWindow <= run.size(); ++i) {
        parts.push_back(whole(run.substr(i, kWindow)));
    }
    return all_of(std::move(parts));
}

/// The ways of cutting a run of letters into whole syllables and the beginning of a last one.
class Cuts {
  public:
    explicit Cuts(std::string_view run) : run_(run), possible_(run.size() + 1) {
        for (std::size_t from = run.size(); from-- > 0;) {
            possible_[from] = begins_syllable(run.substr(from));
            for (std::size_t size = 1; !possible_[from] && size <= run.size() - from; ++size) {
                possible_[from] = possible_[from + size] && is_syllable(run.substr(from, size));
            }
        }
        if (!run.empty() && possible_[0]) follow(0);
    }
    [[nodiscard]] const std::vector<Strings>& all() const { return cuts_; }

  private:
    /// Longest syllable first; only along places from which the rest can be read, so every path
    /// ends in a cut.
    void follow(std::size_t from) {
        const std::string_view rest = run_.substr(from);
        if (begins_syllable(rest) && cuts_.size() < kCutsMax) {
            cuts_.push_back(path_);
            cuts_.back().emplace_back(rest);
        }
        for (std::size_t size = std::min(kPairMax / 2, rest.size()); size > 0; --size) {
            if (cuts_.size() >= kCutsMax) return;
            if (!possible_[from + size] || !is_syllable(rest.substr(0, size))) continue;
            path_.emplace_back(rest.substr(0, size));
            follow(from + size);
            path_.pop_back();
        }
    }

    std::string_view run_;
    std::vector<bool> possible_;
    Strings path_;
    std::vector<Strings> cuts_;
};

/// "ming run yi": the pairs "mingrun" and "runyi…".
Wanted syllable_pairs(const Strings& syllables) {
    std::vector<Wanted> parts;
    for (std::size_t i = 0; i + 1 < syllables.size(); ++i) {
        const std::string pair = syllables[i] + syllables[i + 1];
        const bool is_open = i + 2 == syllables.size() && may_grow(syllables.back());
        parts.push_back(is_open ? beginning(pair) : whole(pair));
    }
    return all_of(std::move(parts));
}

Wanted alnum_question(std::string_view run) {
    std::vector<Wanted> ways{windows(run)};
    if (std::all_of(run.begin(), run.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
        const Cuts cuts(run);
        // One or two syllables are the beginning of a pair, however they are cut.
        if (run.size() > kWindow && run.size() <= kPairMax) ways.push_back(beginning(run));
        for (const Strings& cut : cuts.all()) {
            if (cut.size() > 2) ways.push_back(syllable_pairs(cut));
        }
    }
    return any_of(std::move(ways));
}

Wanted script_question(std::u32string_view run) {
    std::vector<Wanted> parts;
    for (std::size_t i = 0; i + 1 < std::max<std::size_t>(run.size(), 2); ++i) {
        std::string token;
        for (const char32_t c : run.substr(i, 2)) append_utf8(token, c);
        parts.push_back(run.size() == 1 ? beginning(token) : whole(token));
    }
    return all_of(std::move(parts));
}

std::string ascii(std::u32string_view run) {
    std::string out;
    for (const char32_t c : run) out += static_cast<char>(c);
    return out;
}

/// All terms but those with signs, whose letters are terms of their own.
Wanted of_terms(const Question& question, Where where) {
    std::vector<Wanted> questions;
    for (const Term& term : question.terms) {
        if (term.sort == Sort::Script) questions.push_back(script_question(term.text));
        if (term.sort != Sort::Alnum) continue;
        const auto run = ascii(term.text);
        questions.push_back(where == Where::Part ? windows(run) : alnum_question(run));
    }
    return all_of(std::move(questions));
}

/// The number itself, or what is written of it without its area code.
Wanted of_phone(const PhoneNumber& phone) {
    std::string digits = phone.number;
    std::erase(digits, '+');
    std::vector<Wanted> ways{windows(digits)};
    for (const std::string& local : locals_of(phone))
        ways.push_back(whole(std::string(1, kLocalMark) + local));
    return any_of(std::move(ways));
}

Wanted of_whole_name(std::string_view typed) {
    const std::u32string name = joined(folded(typed));
    if (name.empty()) return {};
    std::string token;
    append_utf8(token, kWholeName);
    for (const char32_t c : name) append_utf8(token, c);
    return whole(token);
}

}  // namespace

Wanted wanted(std::string_view typed, Where where) {
    if (where == Where::Exact) return of_whole_name(typed);
    const Question question = question_of(typed);
    Wanted asked = of_terms(question, where);
    if (asked.is_nothing() || where != Where::Anywhere || !question.phone) return asked;
    return any_of({std::move(asked), of_phone(*question.phone)});
}

}  // namespace dossier::pinyin
