#include "common/tabular/csv.hpp"

#include <algorithm>
#include <array>

#include "common/base/ascii.hpp"
#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

constexpr std::array<char, 3> kSeparators{',', ';', '\t'};

/// The separator found most often outside quotes in the first line that holds text.
char separator_of(std::string_view text) {
    std::array<std::size_t, kSeparators.size()> found{};
    bool quoted = false;
    for (const char c : text.substr(std::min(text.find_first_not_of("\r\n"), text.size()))) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < kSeparators.size(); ++i)
            found[i] += c == kSeparators[i] ? 1U : 0U;
    }
    const auto most = std::max_element(found.begin(), found.end());
    return kSeparators[static_cast<std::size_t>(most - found.begin())];
}

class CsvSource final : public Source {
  public:
    CsvSource(TextReader text, const ReadOptions& options)
        : Source({.format = Format::Csv,
                  .guess = text.guess(),
                  .separator = options.separator.value_or(',')},
                 options,
                 ShortRows::Refused),
          text_(std::move(text)),
          separator_known_(options.separator.has_value()),
          restore_(options.restore_formulas) {}

    Status start(const std::string& file) { return read_header(file); }

  private:
    /// Where in a cell the reader stands.
    enum class At : unsigned char { CellStart, Plain, Quoted, QuoteInQuoted };

    void refill() override {
        const std::string_view piece = text_.read();
        if (piece.empty()) return finish();
        if (!separator_known_) found().separator = separator_of(piece);
        separator_known_ = true;
        parse(piece);
    }

    void parse(std::string_view piece) {
        for (std::size_t i = 0; i < piece.size() && !ended();) {
            const std::size_t end = run_end(piece, i);
            if (end > i) {
                take(piece.substr(i, end - i));
                i = end;
            } else {
                step(piece[i++]);
            }
        }
    }

    /// End of the characters from `from` on that mean nothing but themselves.
    [[nodiscard]] std::size_t run_end(std::string_view piece, std::size_t from) const {
        if (at_ == At::Quoted) return std::min(piece.find('"', from), piece.size());
        const char separator = info().separator;
        std::size_t end = from;
        while (end < piece.size() && piece[end] != separator && piece[end] != '"' &&
               piece[end] != '\n' && piece[end] != '\r') {
            ++end;
        }
        return end;
    }

    void take(std::string_view run) {
        after_return_ = false;
        if (at_ == At::QuoteInQuoted)
            spoil_cell(fail(kTextAfterQuote, row_text(), column_text()).value());
        if (at_ != At::Quoted) at_ = At::Plain;
        if (wrong_ || cell_wrong_) return;
        const std::size_t bytes_max = limits().cell_bytes;
        if (cell_.size() + run.size() > bytes_max) {
            return spoil_cell(
                fail(kCellTooLarge, row_text(), column_text(), std::to_string(bytes_max)).value());
        }
        row_bytes_ += run.size();
        if (row_bytes_ > limits().row_bytes) {
            return spoil(
                fail(kRowTooLarge, row_text(), std::to_string(limits().row_bytes)).value());
        }
        cell_ += run;
    }

    /// One character that may mean something: separator, quote or line end.
    void step(char c) {
        if (at_ == At::Quoted) {
            at_ = At::QuoteInQuoted;  // c is a quote: every other character is part of a run
        } else if (c == '"') {
            quote();
        } else if (c == info().separator) {
            after_return_ = false;
            end_cell();
        } else if (c == '\n' && after_return_) {
            after_return_ = false;
        } else {
            after_return_ = c == '\r';
            end_row();
        }
    }

    void quote() {
        after_return_ = false;
        if (at_ == At::CellStart) {
            at_ = At::Quoted;
        } else if (at_ == At::QuoteInQuoted) {
            at_ = At::Quoted;
            take("\"");
        } else {
            take("\"");  // inside a cell that does not start with one, a quote is a character
        }
    }

    void end_cell() {
        if (cell_.find(kBadByte) != std::string::npos)
            spoil_cell(fail(kBadBytes, row_text(), column_text(), name(info().encoding())).value());
        if (wrong_) {
            // The row is refused whatever else it holds; only its end is looked for.
        } else if (cells_.size() == limits().columns) {
            spoil(fail(kTooManyColumns, row_text(), std::to_string(limits().columns)).value());
        } else {
            if (cell_wrong_) bad_.push_back({cells_.size(), std::move(*cell_wrong_)});
            cells_.emplace_back(restore_ ? restore(cell_) : cell_);
        }
        cell_.clear();
        cell_wrong_.reset();
        at_ = At::CellStart;
    }

    void end_row() {
        const bool empty = cells_.empty() && at_ == At::CellStart;
        if (!empty) end_cell();
        ++number_;
        if (wrong_) {
            add_bad(number_, std::move(*wrong_));
        } else if (!empty) {
            add({number_, std::move(cells_), std::move(bad_)});
        }
        cells_.clear();
        bad_.clear();
        row_bytes_ = 0;
        wrong_.reset();
    }

    void finish() {
        if (at_ == At::Quoted) return cut(number_ + 1, fail(kOpenQuote, row_text()).value());
        if (!cells_.empty() || at_ != At::CellStart || wrong_) end_row();
        end();
    }

    /// Keeps the first thing that is wrong with the row.
    void spoil(Error error) {
        if (!wrong_) wrong_ = std::move(error);
        cell_.clear();
    }
    /// Keeps the first thing that is wrong with the cell.
    void spoil_cell(Error error) {
        if (!cell_wrong_) cell_wrong_ = std::move(error);
        cell_.clear();
    }
    [[nodiscard]] std::string row_text() const { return std::to_string(number_ + 1); }
    [[nodiscard]] std::string column_text() const { return std::to_string(cells_.size() + 1); }

    TextReader text_;
    bool separator_known_;
    bool restore_;
    At at_ = At::CellStart;
    bool after_return_ = false;
    std::size_t number_ = 0;  ///< of the last row that ended
    std::string cell_;
    std::vector<std::string> cells_;
    std::vector<BadCell> bad_;
    std::optional<Error> cell_wrong_;
    std::size_t row_bytes_ = 0;   ///< of the row being read
    std::optional<Error> wrong_;  ///< with the whole row
};

/// True when a spreadsheet may take a text that starts like this for a formula.
bool starts_formula(std::string_view text) {
    constexpr std::string_view kLeading{"=+-@\t\r\n\0", 8};
    constexpr std::array<std::string_view, 4> kFullWidth{"＝", "＋", "－", "＠"};
    if (text.empty()) return false;
    return kLeading.find(text.front()) != std::string_view::npos ||
           std::any_of(kFullWidth.begin(), kFullWidth.end(),
                       [&](std::string_view sign) { return text.starts_with(sign); });
}

bool needs_guard(std::string_view text) {
    return starts_formula(text.substr(std::min(text.find_first_not_of('\''), text.size())));
}

}  // namespace

Result<std::unique_ptr<Source>> open_csv(const std::filesystem::path& path,
                                         const ReadOptions& options) {
    auto text = TextReader::open(path, options.limits.file_bytes, options.encoding);
    if (!text) return pass(text);
    const Guess& guess = text->guess();
    if (!guess.sure) {
        const auto shown = [](const Reading& reading) {
            std::string line(name(reading.encoding));
            for (const auto& sample : reading.samples) line += " " + sample;
            return line;
        };
        return fail(kUnsureEncoding, path.string(), shown(guess.best), shown(*guess.next),
                    option_word(guess.best.encoding), option_word(guess.next->encoding));
    }
    auto source = std::make_unique<CsvSource>(std::move(*text), options);
    if (auto started = source->start(path.string()); !started) return pass(started);
    return source;
}

std::string neutralise(std::string_view text) {
    return needs_guard(text) ? "'" + std::string(text) : std::string(text);
}

std::string_view restore(std::string_view neutralised) {
    const bool guarded = neutralised.starts_with('\'') && needs_guard(neutralised);
    return guarded ? neutralised.substr(1) : neutralised;
}

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
    return !whole.empty() && all_digits(whole) && (point == text.size() || !fraction.empty()) &&
           all_digits(fraction);
}

}  // namespace dossier::tabular
