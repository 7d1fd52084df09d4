// The small parts of a workbook: which sheet is where, what its styles show, shared strings,
// merges.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/tabular/number_format.hpp"
#include "common/tabular/xlsx_package.hpp"

namespace dossier::tabular {

/// Strings of a workbook in a few blocks of memory: a million short ones cost no million heaps, and
/// a growing table is never copied.
class SharedStrings {
  public:
    void add(std::string_view text);
    /// Errors: nullopt when there are fewer.
    [[nodiscard]] std::optional<std::string_view> at(std::size_t index) const;
    [[nodiscard]] std::size_t count() const { return starts_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    /// Room of a block; a text of up to half of it lies in one, behind its length.
    static constexpr unsigned kBlockBits = 21;
    std::deque<std::string> blocks_;
    std::deque<std::uint32_t> starts_;  ///< block number, then place in the block
    std::size_t bytes_ = 0;
};

struct Sheet {
    std::string name;
    std::string entry;    ///< its place in the package
    bool hidden = false;  ///< so that only its owner sees it
};

/// What must be known of a workbook before one of its sheets is read.
struct Workbook {
    std::vector<Sheet> sheets;  ///< in their order, those without cells (charts) left out
    bool from_1904 = false;
    std::vector<NumberFormat> styles;  ///< by style index
    SharedStrings strings;
};

/// Reads everything but the sheets themselves. Errors: kNotWorkbook, kHostileWorkbook, kOtherForm
/// (with `file`) for packages that are something else.
Result<Workbook> read_workbook(Package& package, const std::string& file);

/// Cells that a merge makes one over several rows: the value of the first stands in all of them.
struct Merge {
    std::size_t column = 0;     ///< from 0
    std::size_t first_row = 0;  ///< that of the value
    std::size_t last_row = 0;
    std::string reference;  ///< "A2:A4"
};
/// Those of a sheet that go over several rows, by their first row.
/// Errors: kNotWorkbook; kHostileWorkbook for more than 100,000.
Result<std::vector<Merge>> read_merges(Package& package,
                                       const std::string& entry,
                                       std::uint64_t bytes_max);

}  // namespace dossier::tabular
