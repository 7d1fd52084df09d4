#include "common/tabular/turned.hpp"

#include <algorithm>

#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

constexpr std::size_t kFirstRow = 1;

bool is_empty(const std::vector<std::string>& cells) {
    return std::ranges::all_of(cells, &std::string::empty);
}

/// The columns of a form that was read whole, one after the other.
class Turned final : public Source {
  public:
    static Result<std::unique_ptr<Source>> of(Source& form,
                                              const ReadOptions& options,
                                              const std::string& file) {
        Table table = read_all(form);
        if (!table.errors.empty()) return tl::unexpected(std::move(table.errors.front()));
        // What stands first is an item too, unless it says what the columns are.
        const auto& first = table.header.front();
        if (first != kItem.zh && first != kItem.en)
            table.rows.insert(table.rows.begin(), {kFirstRow, table.header});
        std::unique_ptr<Turned> turned(new Turned(form.info(), options, std::move(table)));
        if (auto read = turned->read_header(file); !read) return pass(read);
        return turned;
    }

  protected:
    void refill() override {
        std::vector<std::string> cells;
        for (const Row& item : table_.rows)
            cells.push_back(column_ < item.cells.size() ? item.cells[column_] : std::string());
        const bool is_heading = column_ == 0;
        const std::size_t number = ++column_;
        if (is_heading || !is_empty(cells)) add({number, std::move(cells)});
        if (column_ >= table_.header.size()) end();
    }

  private:
    Turned(SourceInfo info, const ReadOptions& options, Table table)
        : Source(std::move(info), options, ShortRows::Padded), table_(std::move(table)) {}

    Table table_;
    std::size_t column_ = 0;
};

/// Keeps the rows until all are there.
class TurnedWriter final : public TableWriter {
  public:
    TurnedWriter(std::filesystem::path path, std::vector<Column> items, Lang lang)
        : path_(std::move(path)), items_(std::move(items)), lang_(lang) {}

    Status row(std::span<const std::string> cells) override {
        if (records_.size() == kTurnedRecords)
            return fail(kTooManyRows, std::to_string(kTurnedRecords + 1),
                        std::to_string(kTurnedRecords));
        records_.emplace_back(cells.begin(), cells.end());
        return {};
    }
    Status finish() override {
        std::vector<Column> columns{{std::string(kItem.in(lang_))}};
        for (std::size_t at = 0; at < std::max<std::size_t>(records_.size(), 1); ++at)
            columns.push_back({std::string(kContent.in(lang_))});
        auto writer = create_table(path_, std::move(columns));
        if (!writer) return pass(writer);
        for (std::size_t at = 0; at < items_.size(); ++at) {
            std::vector<std::string> line{items_[at].title};
            for (const auto& record : records_)
                line.push_back(at < record.size() ? record[at] : std::string());
            if (auto written = (*writer)->row(line); !written) return written;
        }
        return (*writer)->finish();
    }

  private:
    std::filesystem::path path_;
    std::vector<Column> items_;
    Lang lang_;
    std::vector<std::vector<std::string>> records_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_turned(const std::filesystem::path& path,
                                            const ReadOptions& options) {
    ReadOptions whole = options;
    whole.header_row = options.header_row.value_or(kFirstRow);
    whole.known = nullptr;
    auto form = open_table(path, whole);
    if (!form) return form;
    ReadOptions turned = options;
    turned.header_row = kFirstRow;
    return Turned::of(**form, turned, path.string());
}

Result<std::unique_ptr<TableWriter>> create_turned(const std::filesystem::path& path,
                                                   std::vector<Column> columns,
                                                   Lang lang) {
    // Nothing of it is kept when the place is taken or no table can be written there.
    auto probe = create_table(path, columns);
    if (!probe) return probe;
    return std::make_unique<TurnedWriter>(path, std::move(columns), lang);
}

}  // namespace dossier::tabular
