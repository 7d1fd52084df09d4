// Tables out, as CSV or XLSX. The file appears whole or not at all, readable by its owner only.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace dossier::tabular {

enum class CellType : unsigned char { Text, Number };

/// A column of a table to write. In a Number column, cells that are plain numbers
/// (`is_plain_number`) are written as such; every other cell is text and can never be a formula.
struct Column {
    std::string title;
    CellType type = CellType::Text;
};

struct WriteOptions {
    char separator = ',';          ///< CSV
    bool byte_order_mark = true;   ///< CSV: without it Chinese Excel garbles the text
    std::string sheet = "Sheet1";  ///< XLSX: name of the sheet, at most 31 characters
};

/// Rows go in one by one, in constant memory.
class TableWriter {
  public:
    TableWriter() = default;
    TableWriter(const TableWriter&) = delete;
    TableWriter& operator=(const TableWriter&) = delete;
    virtual ~TableWriter() = default;

    /// Writes one row; missing cells at its end stay empty.
    /// Errors: kCannotWrite; kTooManyRows, kUnwritableCell (XLSX).
    virtual Status row(std::span<const std::string> cells) = 0;
    /// Puts the file in its place, where nothing lies. Without it nothing is left behind.
    /// Errors: kCannotWrite, kFileExists.
    virtual Status finish() = 0;
};

/// Starts a table at `path`, .csv or .xlsx, and writes its header.
/// Errors: kUnknownExtension, kFileExists, kCannotWrite, kUnwritableCell.
Result<std::unique_ptr<TableWriter>> create_table(const std::filesystem::path& path,
                                                  std::vector<Column> columns,
                                                  const WriteOptions& options = {});

/// A file being written beside its place, under another name until `commit`. What lies there is
/// never overwritten.
class PartFile {
  public:
    /// Errors: kCannotWrite, kFileExists.
    static Result<PartFile> create(const std::filesystem::path& place);
    PartFile(PartFile&& other) noexcept;
    PartFile& operator=(PartFile&&) = delete;
    PartFile(const PartFile&) = delete;
    ~PartFile();  ///< removes what was not committed

    [[nodiscard]] const std::string& path() const { return path_; }
    /// Errors: kCannotWrite.
    Status write(std::string_view bytes);
    /// Flushes to the disk and renames. Errors: kCannotWrite, kFileExists.
    Status commit();
    [[nodiscard]] tl::unexpected<Error> cannot_write(std::string_view why) const;

  private:
    PartFile(std::filesystem::path place, std::string path, int descriptor)
        : place_(std::move(place)), path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path place_;
    std::string path_;
    int descriptor_;
};

/// The two implementations, by extension. Errors: as `create_table`.
Result<std::unique_ptr<TableWriter>> create_csv(PartFile file,
                                                std::vector<Column> columns,
                                                const WriteOptions& options);
Result<std::unique_ptr<TableWriter>> create_xlsx(PartFile file,
                                                 std::vector<Column> columns,
                                                 const WriteOptions& options);

}  // namespace dossier::tabular
