// Workbooks (.xlsx) as tables: the first sheet, or one by name, read as a stream.
#pragma once

#include <filesystem>
#include <memory>

#include "common/tabular/table.hpp"

namespace dossier::tabular {

/// Opens a workbook and reads the header of its sheet. Dates come as ISO dates, numbers as
/// `number_text`, booleans as TRUE and FALSE, formulas as their stored result.
/// Errors: kCannotOpen, kFileTooLarge, kNotWorkbook, kHostileWorkbook, kNoSheet, kNoHeader.
Result<std::unique_ptr<Source>> open_xlsx(const std::filesystem::path& path,
                                          const ReadOptions& options = {});

}  // namespace dossier::tabular
