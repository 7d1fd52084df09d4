// A table file opened for an import into one kind: the headings decide which sheet and which row.
#pragma once

#include <memory>

#include "common/sheet/mapping.hpp"
#include "common/tabular/table.hpp"

namespace dossier::sheet {

struct Opened {
    std::unique_ptr<tabular::Source> source;
    Mapping mapping;
};
/// How the records stand in a file.
enum class Layout : std::uint8_t {
    List,  ///< one a line
    Form,  ///< one a column, its items one a line (tabular/turned.hpp)
};
/// Errors: those of tabular::open_table and map_columns.
Result<Opened> open_sheet(const std::filesystem::path& path,
                          const catalog::Kind& kind,
                          const Rules& rules,
                          tabular::ReadOptions options,
                          Layout layout = Layout::List);

/// `--header-row` as typed. Errors: sheet.header_row for what is no row number.
Result<std::size_t> header_row_from(std::string_view typed);

}  // namespace dossier::sheet
