#include "common/tabular/table.hpp"

#include <algorithm>
#include <array>

#include "common/tabular/csv.hpp"
#include "common/tabular/faults.hpp"
#include "common/tabular/xlsx.hpp"

namespace dossier::tabular {
namespace {

void drop_empty_end(std::vector<std::string>& cells, std::size_t least) {
    while (cells.size() > least && cells.back().empty()) cells.pop_back();
}

}  // namespace

std::optional<Result<Row>> Source::next() {
    while (pending_.empty() && !ended_) refill();
    if (pending_.empty()) return std::nullopt;
    Pending first = std::move(pending_.front());
    pending_.pop_front();
    number_ = first.number;
    cut_short_ = will_cut_ && pending_.empty();
    return std::move(first.row);
}

Status Source::read_header(const std::string& file) {
    while (header_.empty()) {
        if (!pending_.empty()) {
            auto first = next();
            return pass(*first);
        }
        if (ended_) return fail(kNoHeader, file);
        refill();
    }
    return {};
}

void Source::add(Row row) {
    if (ended_) return;
    const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const std::string& cell) { return cell.empty(); });
    if (blank) return;
    if (header_.empty()) {
        drop_empty_end(row.cells, 1);
        header_ = std::move(row.cells);
        return;
    }
    if (rows_ == limits_.rows) {
        cut(row.number,
            fail(kTooManyRows, std::to_string(row.number), std::to_string(limits_.rows)).value());
        return;
    }
    ++rows_;
    const std::size_t width = header_.size();
    drop_empty_end(row.cells, width);
    if (short_rows_ == ShortRows::Padded && row.cells.size() < width) row.cells.resize(width);
    if (row.cells.size() != width) {
        add_bad(row.number, fail(kRaggedRow, std::to_string(row.number), std::to_string(width),
                                 std::to_string(row.cells.size()))
                                .value());
        return;
    }
    const std::size_t at = row.number;
    pending_.push_back({at, std::move(row)});
}

void Source::add_bad(std::size_t row_number, Error error) {
    if (!ended_) pending_.push_back({row_number, tl::unexpected(std::move(error))});
}

void Source::cut(std::size_t row_number, Error error) {
    if (ended_) return;
    add_bad(row_number, std::move(error));
    will_cut_ = true;
    end();
}

Result<std::unique_ptr<Source>> open_table(const std::filesystem::path& path,
                                           const ReadOptions& options) {
    constexpr std::string_view kZip = "PK\x03\x04";
    constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    std::array<char, 8> start{};
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path)) return fail(kCannotOpen, path.string());
    file.read(start.data(), start.size());
    const std::string_view magic(start.data(), static_cast<std::size_t>(file.gcount()));
    if (magic.starts_with(kZip)) return open_xlsx(path, options);
    if (magic == kCompoundFile) return fail(kOldExcel, path.string());
    return open_csv(path, options);
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
