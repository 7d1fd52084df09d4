// Columns aligned by what a terminal shows: a Chinese character is as wide as two letters.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::cli {

class Table {
  public:
    explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

    /// Missing cells at the end stay empty. Cells become one line each.
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool is_empty() const { return rows_.empty(); }
    /// Header and rows, two spaces between columns, none at the end of a line.
    void print(std::ostream& out) const;

  private:
    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

/// At most `columns` as a terminal shows them, "…" at the end of what was cut; one line.
std::string clipped(std::string_view text, std::size_t columns);

/// "label  value" lines, labels padded to one width.
void print_pairs(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace dossier::cli
