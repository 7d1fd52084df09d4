// Workbooks out: rows stream through a temporary file beside the target, text is typed as text.
#include <algorithm>
#include <charconv>

#include <xlsxwriter.h>

#include "common/base/reason.hpp"
#include "common/base/text.hpp"
#include "common/tabular/csv.hpp"
#include "common/tabular/faults.hpp"
#include "common/tabular/writer.hpp"

namespace dossier::tabular {
namespace {

constexpr std::size_t kWidthMax = 50;  ///< characters a column may be wide
constexpr std::size_t kWidthSampleRows = 1000;
constexpr std::size_t kRowsMax = 1'048'576;  ///< of a sheet; Excel's limit, header included

/// `text` with what would read back as an escape, and what XML cannot hold, written as _xHHHH_.
/// libxlsxwriter escapes control characters itself. Source: ECMA-376 part 1, 22.9.2.19.
std::string escape(std::string_view text) {
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("_x") && rest.size() >= 7 && rest[6] == '_') {
            escaped += "_x005F_";
        } else if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
            escaped += rest[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
            i += 2;
        } else {
            escaped += text[i];
        }
    }
    return escaped;
}

/// The value of a plain number that a double holds exactly as typed: at most 15 digits.
std::optional<double> exact_number(const std::string& text) {
    constexpr std::size_t kDigitsMax = 15;
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0'; });
    if (!is_plain_number(text) || static_cast<std::size_t>(digits) > kDigitsMax)
        return std::nullopt;
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class XlsxWriter final : public TableWriter {
  public:
    XlsxWriter(PartFile file, std::vector<Column> columns)
        : file_(std::move(file)),
          columns_(std::move(columns)),
          widths_(columns_.size()),
          folder_(std::filesystem::absolute(file_.path()).parent_path().string()) {}
    ~XlsxWriter() override {
        if (book_ != nullptr) lxw_workbook_free(book_);
    }

    Status start(const std::string& sheet) {
        // Beside the target, not in /tmp: rows of customers stay on the disk chosen for them.
        lxw_workbook_options options{LXW_TRUE, folder_.data(), LXW_FALSE};
        book_ = workbook_new_opt(file_.path().c_str(), &options);
        if (book_ == nullptr) return file_.cannot_write(reason_of(ENOMEM));
        sheet_ = workbook_add_worksheet(book_, sheet.c_str());
        if (sheet_ == nullptr) return file_.cannot_write(reason_of(EINVAL));
        lxw_format* bold = workbook_add_format(book_);
        format_set_bold(bold);
        worksheet_freeze_panes(sheet_, 1, 0);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (auto done = text_cell(i, columns_[i].title, bold); !done) return done;
        }
        ++next_row_;
        return {};
    }

    Status row(std::span<const std::string> cells) override {
        if (next_row_ == kRowsMax) {
            return fail(kTooManyRows, std::to_string(next_row_ + 1), std::to_string(kRowsMax));
        }
        for (std::size_t i = 0; i < std::min(columns_.size(), cells.size()); ++i) {
            const auto number =
                columns_[i].type == CellType::Number ? exact_number(cells[i]) : std::nullopt;
            auto done = number ? number_cell(i, *number) : text_cell(i, cells[i], nullptr);
            if (!done) return done;
        }
        ++next_row_;
        return {};
    }

    Status finish() override {
        if (!columns_.empty()) {
            const auto last = static_cast<lxw_col_t>(columns_.size() - 1);
            worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(next_row_ - 1), last);
        }
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            // Room for the filter's arrow.
            const auto width =
                static_cast<double>(std::clamp<std::size_t>(widths_[i] + 3, 8, kWidthMax));
            worksheet_set_column(sheet_, column, column, width, nullptr);
        }
        const lxw_error closed = workbook_close(std::exchange(book_, nullptr));
        if (closed != LXW_NO_ERROR) return file_.cannot_write(reason_of(errno));
        return file_.commit();
    }

  private:
    Status number_cell(std::size_t column, double value) {
        const auto written = worksheet_write_number(sheet_, static_cast<lxw_row_t>(next_row_),
                                                    static_cast<lxw_col_t>(column), value, nullptr);
        return written == LXW_NO_ERROR
                   ? Status{}
                   : unwritable(column, "libxlsxwriter " + std::to_string(written));
    }

    Status text_cell(std::size_t column, const std::string& text, lxw_format* format) {
        if (!is_utf8(text)) return unwritable(column, "UTF-8");
        if (text.find('\0') != std::string::npos) return unwritable(column, "NUL");
        const auto written =
            worksheet_write_string(sheet_, static_cast<lxw_row_t>(next_row_),
                                   static_cast<lxw_col_t>(column), escape(text).c_str(), format);
        if (written != LXW_NO_ERROR)
            return unwritable(column, "libxlsxwriter " + std::to_string(written));
        if (next_row_ < kWidthSampleRows) {
            widths_[column] = std::max(widths_[column], display_width(text));
        }
        return {};
    }

    [[nodiscard]] tl::unexpected<Error> unwritable(std::size_t column, std::string_view why) const {
        return fail(kUnwritableCell, std::to_string(next_row_ + 1), std::to_string(column + 1),
                    why);
    }

    PartFile file_;
    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
    std::string folder_;  ///< libxlsxwriter keeps the pointer
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    std::size_t next_row_ = 0;
};

}  // namespace

Result<std::unique_ptr<TableWriter>> create_xlsx(PartFile file,
                                                 std::vector<Column> columns,
                                                 const WriteOptions& options) {
    auto writer = std::make_unique<XlsxWriter>(std::move(file), std::move(columns));
    if (auto started = writer->start(options.sheet); !started) return pass(started);
    return writer;
}

}  // namespace dossier::tabular
