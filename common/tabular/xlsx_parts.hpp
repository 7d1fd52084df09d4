// The small parts of a workbook: which sheet is where, which styles are dates, shared strings.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/tabular/xlsx_package.hpp"
#include "common/tabular/xlsx_value.hpp"

namespace dossier::tabular {

/// Strings of a workbook in one block of memory: a million short ones cost no million heaps.
class SharedStrings {
  public:
    void add(std::string_view text);
    /// Errors: nullopt when there are fewer.
    [[nodiscard]] std::optional<std::string_view> at(std::size_t index) const;

  private:
    std::string text_;
    std::vector<std::uint32_t> ends_;
};

/// What must be known of a workbook before its sheet is read.
struct Workbook {
    std::string sheet;        ///< name of the sheet
    std::string sheet_entry;  ///< its place in the package
    bool from_1904 = false;
    std::vector<Shown> styles;  ///< by style index
    SharedStrings strings;
};

/// Reads everything but the sheet itself; the first sheet unless `sheet` names one.
/// Errors: kNoSheet (with `file`), kNotWorkbook, kHostileWorkbook.
Result<Workbook> read_workbook(Package& package,
                               const std::string& file,
                               const std::optional<std::string>& sheet);

}  // namespace dossier::tabular
