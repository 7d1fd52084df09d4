#include "common/cli/table.hpp"

#include <algorithm>

#include "common/base/text.hpp"
#include "common/cli/console.hpp"

namespace dossier::cli {
namespace {

void print_row(std::ostream& out,
               const std::vector<std::string>& cells,
               const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t at = 0; at < widths.size(); ++at) {
        const std::string cell = at < cells.size() ? cells[at] : std::string();
        line += cell;
        if (at + 1 < widths.size())
            line.append(widths[at] - std::min(widths[at], display_width(cell)) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

}  // namespace

void print_table(std::ostream& out, const action::Table& table) {
    std::vector<std::vector<std::string>> rows{table.header};
    for (const auto& cells : table.rows) {
        auto& line = rows.emplace_back();
        for (const auto& cell : cells) line.push_back(one_line(cell));
    }
    std::vector<std::size_t> widths(table.header.size(), 0);
    for (const auto& cells : rows) {
        for (std::size_t at = 0; at < widths.size(); ++at)
            widths[at] = std::max(widths[at], display_width(cells[at]));
    }
    for (const auto& cells : rows) print_row(out, cells, widths);
}

std::string clipped(std::string_view text, std::size_t columns) {
    std::string line = one_line(text);
    if (display_width(line) <= columns) return line;
    std::size_t kept = columns;
    while (kept > 0 && display_width(head(line, kept)) + 1 > columns) --kept;
    return std::string(head(line, kept)) + "…";
}

void print_pairs(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::size_t width = 0;
    for (const auto& [label, value] : pairs) width = std::max(width, display_width(label));
    for (const auto& [label, value] : pairs) print_row(out, {label, one_line(value)}, {width, 0});
}

}  // namespace dossier::cli
