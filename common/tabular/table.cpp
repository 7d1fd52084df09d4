#include "common/tabular/table.hpp"

#include <algorithm>

#include "common/base/text.hpp"
#include "common/tabular/csv.hpp"
#include "common/tabular/faults.hpp"
#include "common/tabular/file_form.hpp"
#include "common/tabular/xlsx.hpp"

namespace dossier::tabular {
namespace {

/// Rows among which headings are looked for.
constexpr std::size_t kHeaderSearched = 20;
/// Characters of a cell a message quotes.
constexpr std::size_t kQuoted = 40;

void drop_empty_end(std::vector<std::string>& cells, std::size_t least) {
    while (cells.size() > least && cells.back().empty()) cells.pop_back();
}

std::size_t filled(const std::vector<std::string>& cells) {
    return static_cast<std::size_t>(std::count_if(
        cells.begin(), cells.end(), [](const std::string& cell) { return !cell.empty(); }));
}

/// The lower of two rows of headings, the upper where the lower says nothing.
std::vector<std::string> over(std::vector<std::string> upper,
                              const std::vector<std::string>& lower) {
    upper.resize(std::max(upper.size(), lower.size()));
    for (std::size_t at = 0; at < lower.size(); ++at) {
        if (!lower[at].empty()) upper[at] = lower[at];
    }
    return upper;
}

}  // namespace

std::optional<Result<Row>> Source::next() {
    while (pending_.empty() && !ended_) refill();
    if (pending_.empty()) return std::nullopt;
    number_ = pending_.front().number;
    std::optional<Result<Row>> row(std::move(pending_.front().row));
    pending_.pop_front();
    cut_short_ = will_cut_ && pending_.empty();
    return row;
}

Status Source::read_header(const std::string& file) {
    while (header_.empty()) {
        if (header_error_) return tl::unexpected(std::move(*header_error_));
        if (!ended_) {
            refill();
        } else if (early_.empty()) {
            return fail(kNoHeader, file);
        } else {
            choose_header();
            if (header_.empty() && !header_error_) return fail(kNoHeader, file);
        }
    }
    return {};
}

bool Source::is_header_due() const {
    if (header_row_) return early_.back().number >= *header_row_;
    return !known_ || early_.size() == kHeaderSearched;
}

/// Which of the first rows holds the headings; the rows after it are placed.
void Source::choose_header() {
    std::size_t chosen = 0;
    bool two = false;
    std::size_t most = 0;
    const auto cells = [&](std::size_t at) {
        const auto& row = early_[at].row;
        return row && (!header_row_ || early_[at].number == *header_row_)
                   ? row->cells
                   : std::vector<std::string>{};
    };
    for (std::size_t at = 0; known_ && !header_row_ && at < early_.size(); ++at) {
        const auto upper = cells(at);
        const std::size_t alone = known_(upper);
        if (alone > most) {
            most = alone;
            chosen = at;
            two = false;
        }
        const auto lower = at + 1 < early_.size() ? cells(at + 1) : std::vector<std::string>{};
        // Of headings in two rows the lower one is made of headings throughout.
        if (alone == 0 || lower.empty() || known_(lower) != filled(lower)) continue;
        if (const std::size_t both = known_(over(upper, lower)); both > most) {
            most = both;
            chosen = at;
            two = true;
        }
    }
    for (std::size_t at = 0; header_row_ && at < early_.size(); ++at) {
        if (early_[at].number == *header_row_) chosen = at;
    }
    if (header_row_ && early_[chosen].number != *header_row_) return early_.clear();
    take_header(chosen, two ? chosen + 1 : chosen);
}

void Source::take_header(std::size_t first, std::size_t last) {
    auto& head = early_[first];
    if (!head.row) {
        header_error_ = std::move(head.row.error());
        return;
    }
    if (!head.row->bad.empty()) {
        header_error_ = std::move(head.row->bad.front().error);
        return;
    }
    header_ = last > first ? over(head.row->cells, early_[last].row->cells) : head.row->cells;
    drop_empty_end(header_, 1);
    info_.header_row = early_[last].number;
    for (std::size_t at = 0; at < first; ++at) {
        if (!early_[at].row) continue;
        for (const auto& cell : early_[at].row->cells) {
            if (!cell.empty()) info_.above += (info_.above.empty() ? "" : " ") + cell;
        }
    }
    auto rest = std::move(early_);
    for (std::size_t at = last + 1; at < rest.size() && !full_; ++at) {
        if (rest[at].row) {
            place(std::move(*rest[at].row));
        } else {
            pending_.push_back(std::move(rest[at]));
        }
    }
    early_.clear();
}

void Source::add(Row row) {
    if (ended_ || header_error_) return;
    const bool blank = row.bad.empty() && filled(row.cells) == 0;
    if (blank) return;
    if (!header_.empty()) return place(std::move(row));
    const std::size_t at = row.number;
    early_.push_back({at, std::move(row)});
    if (is_header_due()) choose_header();
}

/// Fits a row below the header to its width.
void Source::place(Row row) {
    if (rows_ == limits_.rows) {
        pending_.push_back({row.number, fail(kTooManyRows, std::to_string(row.number),
                                             std::to_string(limits_.rows))});
        full_ = will_cut_ = ended_ = true;
        return;
    }
    ++rows_;
    const std::size_t width = header_.size();
    drop_empty_end(row.cells, width);
    const std::size_t at = row.number;
    if (short_rows_ == ShortRows::Padded) {
        for (std::size_t column = width; column < row.cells.size(); ++column) {
            if (row.cells[column].empty()) continue;
            const std::string text(head(row.cells[column], kQuoted));
            row.bad.push_back(
                {column,
                 fail(kNoHeading, std::to_string(at), std::to_string(column + 1), text).value()});
        }
        row.cells.resize(width);
    }
    if (row.cells.size() != width) {
        add_bad(at, fail(kRaggedRow, std::to_string(at), std::to_string(width),
                         std::to_string(row.cells.size()))
                        .value());
        return;
    }
    pending_.push_back({at, std::move(row)});
}

void Source::add_bad(std::size_t row_number, Error error) {
    if (header_.empty() && (ended_ || header_error_)) return;
    if (!header_.empty()) {
        pending_.push_back({row_number, tl::unexpected(std::move(error))});
        return;
    }
    early_.push_back({row_number, tl::unexpected(std::move(error))});
    if (is_header_due()) choose_header();
}

void Source::cut(std::size_t row_number, Error error) {
    if (ended_) return;
    add_bad(row_number, std::move(error));
    will_cut_ = true;
    end();
}

Result<std::unique_ptr<Source>> open_table(const std::filesystem::path& path,
                                           const ReadOptions& options) {
    auto form = form_of(path);
    if (!form) return pass(form);
    return *form == Format::Xlsx ? open_xlsx(path, options) : open_csv(path, options);
}

Table read_all(Source& source) {
    Table table{source.header(), {}, {}};
    while (auto row = source.next()) {
        if (*row) {
            table.rows.push_back(std::move(**row));
        } else {
            table.errors.push_back(std::move(row->error()));
        }
    }
    return table;
}

}  // namespace dossier::tabular
