#include "common/tabular/xlsx.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "common/tabular/faults.hpp"
#include "common/tabular/xlsx_package.hpp"
#include "common/tabular/xlsx_parts.hpp"

namespace dossier::tabular {
namespace {

/// What is merged over many rows is the name of a group, not an essay.
constexpr std::size_t kFilledBytes = 4096;

/// A sheet as a stream of rows; also the handler of its own XML.
class XlsxSource final : public Source, private XmlHandler {
  public:
    XlsxSource(Package package,
               std::shared_ptr<const Workbook> book,
               const Sheet& sheet,
               const ReadOptions& options)
        : Source({.format = Format::Xlsx, .sheet = sheet.name}, options, ShortRows::Padded),
          package_(std::move(package)),
          book_(std::move(book)),
          entry_(sheet.entry),
          reader_(*this) {}

    Status start(const std::string& file) {
        auto merges = read_merges(package_, entry_, limits().sheet_bytes);
        if (!merges) return pass(merges);
        merges_ = std::move(*merges);
        if (auto started = package_.start(entry_, limits().sheet_bytes); !started) return started;
        if (auto read = read_header(file); !read) return read;
        for (const Merge& merge : merges_) {
            if (merge.first_row > info().header_row) found().filled.push_back(merge.reference);
        }
        return {};
    }
    void tell_others(const Workbook& book) {
        for (const Sheet& sheet : book.sheets) {
            if (sheet.entry != entry_) found().other_sheets.push_back(sheet.name);
        }
    }

  private:
    void refill() override {
        given_bytes_ = 0;
        XmlReader::Outcome outcome{};
        if (is_paused_) {
            outcome = reader_.resume();
        } else {
            const auto piece = package_.read();
            if (!piece) return cut(row_ + 1, piece.error());
            is_last_ = piece->empty();
            outcome = reader_.feed(*piece);
        }
        is_paused_ = outcome == XmlReader::Outcome::Paused;
        if (auto fine = package_.judged(outcome); !fine) return cut(row_ + 1, fine.error());
        if (is_last_ && !is_paused_) end();
    }

    void open(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "c") {
            open_cell(attributes);
        } else if (name == "row") {
            row_ = count_from(attributes.find("r")).value_or(row_ + 1);
            next_column_ = 0;
        } else if (name == "v" || name == "t") {
            in_value_ = !in_phonetic_;
        } else if (name == "rPh") {
            in_phonetic_ = true;
        }
    }

    void open_cell(const XmlAttributes& attributes) {
        column_ = column_of(attributes.find("r")).value_or(next_column_);
        next_column_ = column_ + 1;
        type_ = attributes.find("t");
        const auto style = count_from(attributes.find("s"));
        static const NumberFormat kGeneral;
        format_ = style && *style < book_->styles.size() ? &book_->styles[*style] : &kGeneral;
        value_.clear();
    }

    void close(std::string_view name) override {
        if (name == "v" || name == "t") {
            in_value_ = false;
        } else if (name == "c") {
            close_cell();
        } else if (name == "row") {
            close_row();
        } else if (name == "rPh") {
            in_phonetic_ = false;
        }
    }

    void text(std::string_view more) override {
        if (!in_value_) return;
        if (value_.size() + more.size() > limits().cell_bytes) {
            spoil_cell(
                fail(kCellTooLarge, row_text(), column_text(), std::to_string(limits().cell_bytes))
                    .value());
            in_value_ = false;
            value_.clear();
            return;
        }
        value_ += more;
    }

    void close_cell() {
        if (wrong_) return;
        std::string shown = shown_value();
        if (cell_wrong_ && column_ < limits().columns)
            bad_.push_back({column_, std::move(*cell_wrong_)});
        if (cell_wrong_) shown.clear();
        cell_wrong_.reset();
        if (shown.empty()) return;
        row_bytes_ += shown.size();
        if (row_bytes_ > limits().row_bytes) {
            spoil(fail(kRowTooLarge, row_text(), std::to_string(limits().row_bytes)).value());
            return;
        }
        if (column_ >= limits().columns) {
            spoil(fail(kTooManyColumns, row_text(), std::to_string(limits().columns)).value());
            return;
        }
        if (cells_.size() <= column_) cells_.resize(column_ + 1);
        cells_[column_] = std::move(shown);
    }

    /// What the cell that ends here says. Source: ECMA-376 part 1, 18.18.11 (ST_CellType).
    std::string shown_value() {
        if (value_.empty()) return {};
        if (type_ == "s") {
            const auto index = count_from(value_);
            const auto text = index ? book_->strings.at(*index) : std::nullopt;
            if (!text) spoil_cell(package_.damaged("shared strings").value());
            return std::string(text.value_or(""));
        }
        if (type_ == "e") spoil_cell(fail(kErrorCell, row_text(), column_text(), value_).value());
        if (type_ == "b") return value_ == "0" ? "FALSE" : "TRUE";
        if (type_ == "inlineStr" || type_ == "str") return unescape(value_);
        if (type_ == "d" && value_.ends_with("T00:00:00"))
            return value_.substr(0, value_.find('T'));
        if (!type_.empty() && type_ != "n") return value_;
        if (format_->shown == Shown::Number) return shown_number(value_, *format_);
        return serial_text(std::strtod(value_.c_str(), nullptr), format_->shown, book_->from_1904)
            .value_or(number_text(value_));
    }

    void close_row() {
        fill_merged();
        if (wrong_) {
            add_bad(row_, std::move(*wrong_));
        } else {
            add({row_, std::move(cells_), std::move(bad_)});
        }
        // A few bytes of a sheet may stand for a large shared text, many times over.
        given_bytes_ += row_bytes_ + header().size() * sizeof(std::string);
        if (given_bytes_ > kAheadBytes) reader_.pause();
        row_bytes_ = 0;
        cells_.clear();
        bad_.clear();
        wrong_.reset();
    }

    /// The value of a merge stands in each of its rows that holds something.
    void fill_merged() {
        for (; next_merge_ < merges_.size() && merges_[next_merge_].first_row <= row_;
             ++next_merge_) {
            const Merge& merge = merges_[next_merge_];
            const bool here = merge.first_row == row_ && merge.column < cells_.size();
            if (here && cells_[merge.column].size() <= kFilledBytes)
                open_.push_back({&merge, cells_[merge.column]});
        }
        std::erase_if(open_, [&](const Open& each) { return each.merge->last_row < row_; });
        const bool blank = std::all_of(cells_.begin(), cells_.end(),
                                       [](const std::string& cell) { return cell.empty(); });
        if (blank) return;
        for (const Open& each : open_) {
            const std::size_t column = each.merge->column;
            if (cells_.size() <= column) cells_.resize(column + 1);
            if (cells_[column].empty()) cells_[column] = each.value;
        }
    }

    /// Keeps the first thing that is wrong with the row.
    void spoil(Error error) {
        if (!wrong_) wrong_ = std::move(error);
    }
    /// Keeps the first thing that is wrong with the cell.
    void spoil_cell(Error error) {
        if (!cell_wrong_) cell_wrong_ = std::move(error);
    }
    [[nodiscard]] std::string row_text() const { return std::to_string(row_); }
    [[nodiscard]] std::string column_text() const { return std::to_string(column_ + 1); }

    /// A merge whose rows are being read.
    struct Open {
        const Merge* merge;
        std::string value;
    };
    /// Rows read ahead of the one asked for hold no more than this.
    static constexpr std::size_t kAheadBytes = std::size_t{1} << 20U;

    Package package_;
    std::shared_ptr<const Workbook> book_;
    std::string entry_;
    XmlReader reader_;
    std::vector<Merge> merges_;
    std::size_t next_merge_ = 0;
    std::vector<Open> open_;
    bool is_paused_ = false;
    bool is_last_ = false;
    std::size_t given_bytes_ = 0;  ///< by the current refill
    std::size_t row_bytes_ = 0;    ///< of the row being read
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    std::size_t next_column_ = 0;
    std::string type_;
    const NumberFormat* format_ = nullptr;
    std::string value_;
    bool in_value_ = false;
    bool in_phonetic_ = false;
    std::vector<std::string> cells_;
    std::vector<BadCell> bad_;
    std::optional<Error> cell_wrong_;
    std::optional<Error> wrong_;  ///< with the whole row
};

using Opened = std::unique_ptr<XlsxSource>;

Result<Opened> open_sheet(const std::filesystem::path& path,
                          const std::shared_ptr<const Workbook>& book,
                          const Sheet& sheet,
                          const ReadOptions& options) {
    auto package = Package::open(path, options.limits);
    if (!package) return pass(package);
    auto source = std::make_unique<XlsxSource>(std::move(*package), book, sheet, options);
    if (auto started = source->start(path.string()); !started) return pass(started);
    source->tell_others(*book);
    return source;
}

std::string names_of(const Workbook& book) {
    std::string names;
    for (const Sheet& sheet : book.sheets) names += (names.empty() ? "" : "、") + sheet.name;
    return names;
}

/// The first visible sheet that is a list; else whose headings are known; else the first that can
/// be read.
Result<Opened> open_likely(const std::filesystem::path& path,
                           const std::shared_ptr<const Workbook>& book,
                           const ReadOptions& options) {
    constexpr std::size_t kTried = 20;
    std::optional<Result<Opened>> first;
    std::optional<Opened> known;
    std::size_t tried = 0;
    for (const Sheet& sheet : book->sheets) {
        if (sheet.hidden) continue;
        auto opened = open_sheet(path, book, sheet, options);
        if (opened && (!options.known || options.known((*opened)->header()) > 0)) {
            if (!options.is_list || options.is_list((*opened)->header())) return opened;
            if (!known) known = std::move(*opened);
            if (++tried == kTried) break;
            continue;
        }
        // A cover without text says less than a sheet that cannot be read at all.
        if (!first || (!*first && first->error().is(kNoHeader))) first = std::move(opened);
        if (++tried == kTried || !options.known) break;
    }
    if (known) return std::move(*known);
    if (!first) return fail(kNoSheet, path.string(), "", names_of(*book));
    return std::move(*first);
}

}  // namespace

Result<std::unique_ptr<Source>> open_xlsx(const std::filesystem::path& path,
                                          const ReadOptions& options) {
    auto package = Package::open(path, options.limits);
    if (!package) return pass(package);
    auto read = read_workbook(*package, path.string());
    if (!read) return pass(read);
    const auto book = std::make_shared<const Workbook>(std::move(*read));
    if (!options.sheet) {
        auto opened = open_likely(path, book, options);
        if (!opened) return pass(opened);
        return std::move(*opened);
    }
    const auto named = std::find_if(book->sheets.begin(), book->sheets.end(),
                                    [&](const Sheet& each) { return each.name == *options.sheet; });
    if (named == book->sheets.end())
        return fail(kNoSheet, path.string(), *options.sheet, names_of(*book));
    auto opened = open_sheet(path, book, *named, options);
    if (!opened) return pass(opened);
    return std::move(*opened);
}

}  // namespace dossier::tabular
