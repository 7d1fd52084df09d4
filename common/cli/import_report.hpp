// What is told about the rows of an import, the same on both sides: a file with a line for each row
// that needs a look, the first of them on the screen, all of them in the JSON document.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/cli/console.hpp"
#include "common/sheet/importer.hpp"
#include "common/tabular/writer.hpp"

namespace dossier::cli {

/// Row, result, column and reason of each, as CSV or XLSX. Errors: those of tabular::create_table.
Status write_report(const std::string& path, std::span<const sheet::RowReport> rows, Lang lang);
/// The first twenty as notes; rows that were changed as asked are not among them.
void note_rows(action::Answer& answer, std::span<const sheet::RowReport> rows);
/// [{"row":…, "result":…, "column":…, "id":…, "reason":…}].
Json rows_document(std::span<const sheet::RowReport> rows, Lang lang);

/// The same for an import of any length, in bounded memory: each row goes to the report file as it
/// comes, the first `kRowsKept` are kept for screen and document, each cut to what a person reads.
class RowNotes {
  public:
    static constexpr std::size_t kRowsKept = 10'000;

    /// Starts the report at `path`; none when it is empty. Errors: those of tabular::create_table.
    static Result<RowNotes> open(const std::string& path, Lang lang);
    /// Something about the file: for the report alone. Errors: as `add`.
    Status remark(const sheet::RowReport& row);
    /// Errors: tabular.cannot_write, tabular.too_many_rows.
    Status add(sheet::RowReport row);
    /// Puts the report in its place. Errors: tabular.cannot_write.
    Status finish();
    [[nodiscard]] const std::vector<sheet::RowReport>& kept() const { return kept_; }
    /// How many rows are in the report only.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }

  private:
    explicit RowNotes(Lang lang) : lang_(lang) {}

    Lang lang_;
    std::unique_ptr<tabular::TableWriter> report_;
    std::vector<sheet::RowReport> kept_;
    std::size_t left_out_ = 0;
};

}  // namespace dossier::cli
