// What is told about the rows of an import, the same on both sides: a file with a line for each row
// that needs a look, the first of them on the screen, all of them in the JSON document.
#pragma once

#include <span>
#include <string>

#include "common/cli/console.hpp"
#include "common/sheet/importer.hpp"

namespace dossier::cli {

/// Row, result, column and reason of each, as CSV or XLSX. Errors: those of tabular::create_table.
Status write_report(const std::string& path, std::span<const sheet::RowReport> rows, Lang lang);
/// The first twenty as notes; rows that were changed as asked are not among them.
void note_rows(Console& console, std::span<const sheet::RowReport> rows);
/// [{"row":…, "result":…, "column":…, "id":…, "reason":…}].
Json rows_document(std::span<const sheet::RowReport> rows, Lang lang);

}  // namespace dossier::cli
