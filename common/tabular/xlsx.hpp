// Workbooks (.xlsx) as tables: one sheet, read as a stream, as a person who opens it sees it.
#pragma once

#include <filesystem>
#include <memory>

#include "common/tabular/table.hpp"

namespace dossier::tabular {

/// Opens a workbook and reads the header of its sheet: the one named, else the first visible one
/// whose headings are known. Dates come as ISO dates, numbers as `shown_number`, booleans as TRUE
/// and FALSE, formulas as their stored result; cells merged over several rows have their value in
/// each of them.
/// Errors: kCannotOpen, kFileTooLarge, kNotWorkbook, kHostileWorkbook, kProtectedWorkbook,
/// kOtherForm, kNoSheet, kNoHeader.
Result<std::unique_ptr<Source>> open_xlsx(const std::filesystem::path& path,
                                          const ReadOptions& options = {});

}  // namespace dossier::tabular
