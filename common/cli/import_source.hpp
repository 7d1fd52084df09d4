// The file an import reads, the same on both sides: how it was asked for, and what was found out
// about it, told before the first row.
#pragma once

#include <string>
#include <vector>

#include "common/cli/console.hpp"
#include "common/sheet/importer.hpp"
#include "common/sheet/open.hpp"

namespace dossier::cli {

/// `--encoding`, `--sheet`, `--header-row` and `--skip` as typed; empty where they were not.
struct SourceWords {
    std::string encoding;
    std::string sheet;
    std::string header_row;
    std::vector<std::string> skip = {};  ///< headings of columns to be left out
    sheet::Layout layout = sheet::Layout::List;
};
/// Errors: tabular.unknown_encoding, sheet.header_row, import.other_form for a word the file's form
/// has no use for, import.no_column, those of sheet::open_sheet.
Result<sheet::Opened> open_source(const std::string& path,
                                  const catalog::Kind& kind,
                                  sheet::Rules rules,
                                  const SourceWords& words);

/// What a person should confirm: encoding with its runner-up and samples, sheet and sheets not
/// read, rows above the headings, merged cells, columns twice or without a field. They go to
/// screen, report and document like rows.
std::vector<sheet::RowReport> remarks_on(const sheet::Opened& opened);

/// {"format":…, "encoding":…, "samples":[…], "next":{…}, "sheet":…, "header_row":…, …}.
Json source_document(const sheet::Opened& opened);

}  // namespace dossier::cli
