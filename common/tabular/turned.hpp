// A table on its side: one item a line, its name first, a record in each further column. A form
// people print, fill in and bring back. Source: domain.
#pragma once

#include "common/base/text.hpp"
#include "common/tabular/table.hpp"
#include "common/tabular/writer.hpp"

namespace dossier::tabular {

/// Records of one form: a sheet wider than that is a list.
inline constexpr std::size_t kTurnedRecords = 50;

/// The first cell of the first line, where it names no item.
inline constexpr Text kItem{"项目", "Item"};
/// The heading of a record's column.
inline constexpr Text kContent{"内容", "Content"};

/// A form opened at `path`, as a table: its items are the headings, its columns the rows. `number`
/// of a row is the form's column as a spreadsheet counts it. Errors: as `open_table`.
Result<std::unique_ptr<Source>> open_turned(const std::filesystem::path& path,
                                            const ReadOptions& options);

/// A table whose rows become the columns of a form. With no row it is a form to fill in: one empty
/// column. Errors: as `create_table`; of `row`: kTooManyRows beyond kTurnedRecords.
Result<std::unique_ptr<TableWriter>> create_turned(const std::filesystem::path& path,
                                                   std::vector<Column> columns,
                                                   Lang lang);

}  // namespace dossier::tabular
