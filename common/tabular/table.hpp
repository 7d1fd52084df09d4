// A table of text: a header and rows. Read one row at a time from CSV or XLSX files, so that the
// size of a file does not matter; every way to be wrong is an error that names the row.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.hpp"
#include "common/tabular/encoding.hpp"

namespace dossier::tabular {

enum class Format : unsigned char { Csv, Xlsx };

/// A cell that could not be read; it is empty in its row.
struct BadCell {
    std::size_t column = 0;  ///< from 0; one beyond the header has no heading
    Error error;             ///< first arguments: row and column as a spreadsheet counts them
};

/// `number` counts from 1 as a spreadsheet shows it, the header and empty rows included.
struct Row {
    std::size_t number = 0;
    std::vector<std::string> cells;  ///< as many as the header has
    std::vector<BadCell> bad = {};

    bool operator==(const Row& other) const {
        return number == other.number && cells == other.cells && bad.size() == other.bad.size();
    }
};

/// Beyond these a file is refused, wholly or by the row. Source: security.md, bombs.
struct Limits {
    std::uint64_t file_bytes = 512ULL << 20U;
    std::size_t cell_bytes = 128U << 10U;  ///< a spreadsheet's cell holds 32,767 characters
    std::size_t row_bytes = 1U << 20U;     ///< its cells together
    std::size_t columns = 500;
    std::size_t rows = 1'000'000;
    std::size_t entries = 1'000;                ///< files inside a workbook
    std::uint64_t entry_bytes = 64ULL << 20U;   ///< one of them, inflated and held in memory
    std::size_t shared_bytes = 40U << 20U;      ///< shared texts of a workbook, held in memory
    std::size_t shared_texts = 4'000'000;       ///< their number
    std::uint64_t sheet_bytes = 512ULL << 20U;  ///< the sheet, inflated as a stream
    std::uint64_t ratio = 100;                  ///< inflated to packed
};

/// How many of these cells are headings the caller knows.
using KnownHeadings = std::function<std::size_t(const std::vector<std::string>&)>;

/// How to read; what is left out is found out from the file.
struct ReadOptions {
    std::optional<Encoding> encoding;  ///< CSV
    std::optional<char> separator;     ///< CSV
    bool restore_formulas = true;      ///< CSV: takes the ' of `neutralise` away again
    std::optional<std::string> sheet;  ///< XLSX: by name
    /// Number of the row with the headings; without it, of the first rows the one that `known`
    /// knows most of, the first that holds text where it knows none.
    std::optional<std::size_t> header_row;
    KnownHeadings known;
    /// XLSX: whether these are the headings of what is looked for; a cover may hold a word of them.
    std::function<bool(const std::vector<std::string>&)> is_list;
    Limits limits;
};

/// What the reader found out, for people to confirm.
struct SourceInfo {
    Format format = Format::Csv;
    Guess guess;           ///< CSV; UTF-8 for XLSX
    char separator = ',';  ///< CSV
    std::string sheet;     ///< XLSX: the one asked for, else the first visible one that is a list,
                           ///< else whose headings are known, else the first visible one
    std::vector<std::string> other_sheets;  ///< XLSX: those not read
    std::vector<std::string> filled;  ///< XLSX: merged cells below the headings ("A2:A4") whose
                                      ///< value stands in each of their rows
    std::size_t header_row = 0;       ///< last row of the headings
    std::string above;                ///< text of the rows above the headings, which are not read

    [[nodiscard]] Encoding encoding() const { return guess.best.encoding; }
};

/// An open table, read once from top to bottom.
class Source {
  public:
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    virtual ~Source() = default;

    [[nodiscard]] const SourceInfo& info() const { return info_; }
    /// The headings, without empty cells at their end. Of headings in two rows the lower ones, the
    /// upper where there is no lower one.
    [[nodiscard]] const std::vector<std::string>& header() const { return header_; }

    /// The next row that holds text; nullopt after the last. What is wrong with one cell is told
    /// with its row: kBadBytes, kCellTooLarge, kTextAfterQuote, kErrorCell, kNoHeading. An error
    /// stands for one row (`number()`), the rows after it are still read, unless `cut_short()`.
    /// Errors: kRaggedRow, kRowTooLarge, kTooManyColumns; and those that end the table: kOpenQuote,
    /// kTooManyRows, kNotWorkbook, kHostileWorkbook.
    std::optional<Result<Row>> next();
    /// Number of the row `next` handed out last, good or bad.
    [[nodiscard]] std::size_t number() const { return number_; }
    /// True once an error has ended the table before its last row.
    [[nodiscard]] bool cut_short() const { return cut_short_; }

  protected:
    /// Whether a row may leave out the empty cells at its end, as a workbook does.
    enum class ShortRows : unsigned char { Refused, Padded };

    Source(SourceInfo info, const ReadOptions& options, ShortRows short_rows)
        : info_(std::move(info)),
          limits_(options.limits),
          short_rows_(short_rows),
          header_row_(options.header_row),
          known_(options.known) {}

    /// Reads a little more and calls `add`, `add_bad`, `end` or `cut` accordingly.
    virtual void refill() = 0;
    /// Reads up to the header. Errors: kNoHeader with `file`, or what was wrong with the header.
    Status read_header(const std::string& file);

    /// A row as it stands in the file, of any width.
    void add(Row row);
    void add_bad(std::size_t row_number, Error error);
    void end() { ended_ = true; }
    void cut(std::size_t row_number, Error error);
    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] SourceInfo& found() { return info_; }

  private:
    struct Pending {
        std::size_t number;
        Result<Row> row;
    };

    [[nodiscard]] bool is_header_due() const;
    void choose_header();
    void take_header(std::size_t first, std::size_t last);
    void place(Row row);

    SourceInfo info_;
    Limits limits_;
    ShortRows short_rows_;
    std::optional<std::size_t> header_row_;
    KnownHeadings known_;
    std::vector<std::string> header_;
    std::optional<Error> header_error_;
    std::vector<Pending> early_;  ///< rows before it is known which is the header
    std::deque<Pending> pending_;
    std::size_t number_ = 0;
    std::size_t rows_ = 0;
    bool full_ = false;  ///< more rows than the limit
    bool ended_ = false;
    bool will_cut_ = false;
    bool cut_short_ = false;
};

/// Opens `path` as what it contains, whatever its name says.
/// Errors: kCannotOpen, kFileTooLarge, kNoHeader, kUnsureEncoding, kNoSheet, kNotWorkbook,
/// kHostileWorkbook, those of file_form.hpp, or the error of the header row.
Result<std::unique_ptr<Source>> open_table(const std::filesystem::path& path,
                                           const ReadOptions& options = {});

/// A table held in memory, for small ones.
struct Table {
    std::vector<std::string> header;
    std::vector<Row> rows;
    std::vector<Error> errors;  ///< in the order of the rows they stand for
};
/// Reads `source` to its end.
Table read_all(Source& source);

}  // namespace dossier::tabular
