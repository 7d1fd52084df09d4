// Columns aligned by what a terminal shows: a Chinese character is as wide as two letters.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "common/action/answer.hpp"

namespace dossier::cli {

/// Header and rows, two spaces between columns, none at the end of a line; each cell one line.
void print_table(std::ostream& out, const action::Table& table);

/// At most `columns` as a terminal shows them, "…" at the end of what was cut; one line.
std::string clipped(std::string_view text, std::size_t columns);

/// "label  value" lines, labels padded to one width.
void print_pairs(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace dossier::cli
