#include "tests/matrix/table.hpp"

#include <algorithm>
#include <fstream>

#include "common/base/check.hpp"

namespace dossier::test {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (;;) {
        const auto end = std::min(text.find(separator), text.size());
        words.emplace_back(trimmed(text.substr(0, end)));
        if (end == text.size()) return words;
        text.remove_prefix(end + 1);
    }
}

Table::Table(const std::string& file, std::vector<Dimension> dimensions)
    : file_(file), dimensions_(std::move(dimensions)) {
    std::ifstream in(file);
    if (!in) faults_.push_back(file + ": cannot be read");
    std::size_t number = 0;
    for (std::string text; std::getline(in, text);)
        read(++number, std::string_view(text).substr(0, text.find('#')));
    spread();
}

void Table::read(std::size_t number, std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return;
    if (const auto equals = text.find('='); text.front() == '@' && equals != text.npos) {
        words_[std::string(trimmed(text.substr(0, equals)))] =
            without_words(trimmed(text.substr(equals + 1)));
        return;
    }
    const auto words = split(text, ',');
    const auto complain = [&](const std::string& why) {
        faults_.push_back(file_ + ":" + std::to_string(number) + ": " + why);
    };
    if (words.size() != dimensions_.size() + 1) return complain("not so many columns");
    Line line{number, words.back(), {}};
    for (std::size_t at = 0; at < dimensions_.size(); ++at) {
        line.speaks.emplace_back(dimensions_[at].values.size(), false);
        if (!read_pattern(words[at], at, line.speaks.back())) return complain(words[at] + "?");
    }
    lines_.push_back(std::move(line));
}

/// The pattern with what its words stand for.
std::string Table::without_words(std::string_view pattern) const {
    std::string all;
    for (const auto& each : split(pattern, '|')) {
        const auto known = words_.find(each);
        all += (all.empty() ? "" : "|") + (known == words_.end() ? each : known->second);
    }
    return all;
}

bool Table::read_pattern(std::string_view pattern,
                         std::size_t dimension,
                         std::vector<bool>& speaks) {
    const auto& values = dimensions_[dimension].values;
    if (pattern == "*") {
        speaks.assign(values.size(), true);
        return true;
    }
    const bool others = pattern.starts_with('!');
    if (others) pattern.remove_prefix(1);
    for (const auto& word : split(without_words(pattern), '|')) {
        const auto at = std::ranges::find(values, word);
        if (at == values.end()) return false;
        speaks[static_cast<std::size_t>(at - values.begin())] = true;
    }
    if (others) speaks.flip();
    return true;
}

void Table::spread() {
    std::size_t cells = 1;
    for (const auto& dimension : dimensions_) cells *= dimension.values.size();
    winner_.assign(cells, 0);
    std::vector<bool> wins(lines_.size(), false);
    std::size_t unspoken = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        for (std::size_t at = lines_.size(); at > 0 && winner_[cell] == 0; --at) {
            std::size_t rest = cell;
            bool speaks = true;
            for (std::size_t of = dimensions_.size(); of > 0 && speaks; --of) {
                const auto size = dimensions_[of - 1].values.size();
                speaks = lines_[at - 1].speaks[of - 1][rest % size];
                rest /= size;
            }
            if (speaks) winner_[cell] = at;
        }
        unspoken += winner_[cell] == 0 ? 1U : 0U;
        if (winner_[cell] != 0) wins[winner_[cell] - 1] = true;
    }
    if (unspoken > 0)
        faults_.push_back(file_ + ": nothing is said of " + std::to_string(unspoken) + " cells");
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        if (!wins[at])
            faults_.push_back(file_ + ":" + std::to_string(lines_[at].number) +
                              ": later lines leave nothing of it");
    }
}

std::string_view Table::expected(std::span<const std::size_t> cell) const {
    std::size_t at = 0;
    for (std::size_t of = 0; of < dimensions_.size(); ++of)
        at = at * dimensions_[of].values.size() + cell[of];
    const auto line = winner_[at];
    return line == 0 ? std::string_view("?") : lines_[line - 1].expectation;
}

std::string_view Table::expected(std::initializer_list<std::string_view> cell) const {
    std::vector<std::size_t> places;
    for (const auto word : cell) {
        const auto& values = dimensions_[places.size()].values;
        const auto at = std::ranges::find(values, word);
        DOSSIER_CHECK(at != values.end());
        places.push_back(static_cast<std::size_t>(at - values.begin()));
    }
    return expected(places);
}

const std::vector<std::string>& Table::values(std::string_view dimension) const {
    const auto at = std::ranges::find(dimensions_, dimension, &Dimension::name);
    DOSSIER_CHECK(at != dimensions_.end());
    return at->values;
}

}  // namespace dossier::test
