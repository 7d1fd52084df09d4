#include "common/tabular/xlsx.hpp"

#include <utility>

#include "common/tabular/faults.hpp"
#include "common/tabular/xlsx_package.hpp"
#include "common/tabular/xlsx_parts.hpp"

namespace dossier::tabular {
namespace {

/// The sheet as a stream of rows; also the handler of its own XML.
class XlsxSource final : public Source, private XmlHandler {
  public:
    XlsxSource(Package package, Workbook book, const Limits& row_limits)
        : Source({Format::Xlsx, Encoding::Utf8, ',', book.sheet}, row_limits, ShortRows::Padded),
          package_(std::move(package)),
          book_(std::move(book)),
          reader_(*this) {}

    Status start(const std::string& file) {
        auto started = package_.start(book_.sheet_entry, limits().sheet_bytes);
        if (!started) return started;
        return read_header(file);
    }

  private:
    void refill() override {
        const auto piece = package_.read();
        if (!piece) return cut(row_ + 1, piece.error());
        const bool last = piece->empty();
        if (auto fed = package_.feed(reader_, *piece); !fed) return cut(row_ + 1, fed.error());
        if (last) end();
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
        shown_ = style && *style < book_.styles.size() ? book_.styles[*style] : Shown::Number;
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
            spoil(
                fail(kCellTooLarge, row_text(), column_text(), std::to_string(limits().cell_bytes))
                    .value());
            value_.clear();
            return;
        }
        value_ += more;
    }

    void close_cell() {
        std::string shown = shown_value();
        if (shown.empty()) return;
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
            const auto text = index ? book_.strings.at(*index) : std::nullopt;
            if (!text) spoil(package_.damaged("shared strings").value());
            return std::string(text.value_or(""));
        }
        if (type_ == "e") spoil(fail(kErrorCell, row_text(), column_text(), value_).value());
        if (type_ == "b") return value_ == "0" ? "FALSE" : "TRUE";
        if (type_ == "inlineStr" || type_ == "str") return unescape(value_);
        if (type_ == "d" && value_.ends_with("T00:00:00"))
            return value_.substr(0, value_.find('T'));
        if (!type_.empty() && type_ != "n") return value_;
        if (shown_ == Shown::Number) return number_text(value_);
        const std::string number = number_text(value_);
        return serial_text(std::strtod(value_.c_str(), nullptr), shown_, book_.from_1904)
            .value_or(number);
    }

    void close_row() {
        if (wrong_) {
            add_bad(row_, std::move(*wrong_));
        } else {
            add({row_, std::move(cells_)});
        }
        cells_.clear();
        wrong_.reset();
    }

    /// Keeps the first thing that is wrong with the row.
    void spoil(Error error) {
        if (!wrong_) wrong_ = std::move(error);
    }
    [[nodiscard]] std::string row_text() const { return std::to_string(row_); }
    [[nodiscard]] std::string column_text() const { return std::to_string(column_ + 1); }

    Package package_;
    Workbook book_;
    XmlReader reader_;
    std::size_t row_ = 0;
    std::size_t column_ = 0;
    std::size_t next_column_ = 0;
    std::string type_;
    Shown shown_ = Shown::Number;
    std::string value_;
    bool in_value_ = false;
    bool in_phonetic_ = false;
    std::vector<std::string> cells_;
    std::optional<Error> wrong_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_xlsx(const std::filesystem::path& path,
                                          const ReadOptions& options) {
    auto package = Package::open(path, options.limits);
    if (!package) return pass(package);
    auto book = read_workbook(*package, path.string(), options.sheet);
    if (!book) return pass(book);
    auto source =
        std::make_unique<XlsxSource>(std::move(*package), std::move(*book), options.limits);
    if (auto started = source->start(path.string()); !started) return pass(started);
    return source;
}

}  // namespace dossier::tabular
