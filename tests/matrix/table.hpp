// A table of expectations, kept by hand: one line speaks for many cells, the last line that speaks
// of a cell wins. Knows nothing of the product.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

struct Dimension {
    std::string_view name;
    std::vector<std::string> values;
};

/// File: `pattern, …, expectation`, a pattern for each dimension: a value, `a|b`, `!a|b` for all
/// others, or `*`. `@word = a|b` gives several values one word. `#` begins a comment.
class Table {
  public:
    /// `faults` tells what is wrong with it: unreadable lines, unknown words, cells nobody speaks
    /// of, lines of which nothing is left.
    Table(const std::string& file, std::vector<Dimension> dimensions);

    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
    [[nodiscard]] std::size_t cells() const { return winner_.size(); }
    /// By the places of the values in their dimensions.
    [[nodiscard]] std::string_view expected(std::span<const std::size_t> cell) const;
    /// By the values themselves; all must be known.
    [[nodiscard]] std::string_view expected(std::initializer_list<std::string_view> cell) const;
    [[nodiscard]] const std::vector<std::string>& values(std::string_view dimension) const;

  private:
    struct Line {
        std::size_t number = 0;
        std::string expectation;
        std::vector<std::vector<bool>> speaks;
    };
    void read(std::size_t number, std::string_view text);
    [[nodiscard]] std::string without_words(std::string_view pattern) const;
    bool read_pattern(std::string_view pattern, std::size_t dimension, std::vector<bool>& speaks);
    void spread();

    std::string file_;
    std::vector<Dimension> dimensions_;
    std::vector<Line> lines_;
    std::map<std::string, std::string, std::less<>> words_;
    std::vector<std::size_t> winner_;  ///< line of each cell + 1; 0 = nobody speaks of it
    std::vector<std::string> faults_;
};

/// Words between separators, without the blanks around them.
std::vector<std::string> split(std::string_view text, char separator);

}  // namespace dossier::test
