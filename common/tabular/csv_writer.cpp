// CSV out: UTF-8, CRLF, quotes where needed, every text cell guarded against being a formula.
#include "common/tabular/csv.hpp"
#include "common/tabular/writer.hpp"

namespace dossier::tabular {
namespace {

class CsvWriter final : public TableWriter {
  public:
    CsvWriter(PartFile file, std::vector<Column> columns, const WriteOptions& options)
        : file_(std::move(file)), columns_(std::move(columns)), separator_(options.separator) {
        if (options.byte_order_mark) buffer_ = "\xEF\xBB\xBF";
    }

    Status header() {
        std::vector<Column> types(columns_.size());
        std::vector<std::string> titles;
        for (const Column& column : columns_) titles.push_back(column.title);
        columns_.swap(types);  // titles are text, also above numbers
        auto written = row(titles);
        columns_.swap(types);
        return written;
    }

    Status row(std::span<const std::string> cells) override {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) buffer_ += separator_;
            if (i < cells.size()) cell(cells[i], columns_[i].type);
        }
        buffer_ += "\r\n";
        constexpr std::size_t kFlushBytes = 262'144;
        return buffer_.size() < kFlushBytes ? Status{} : flush();
    }

    Status finish() override {
        if (auto flushed = flush(); !flushed) return flushed;
        return file_.commit();
    }

  private:
    void cell(const std::string& text, CellType type) {
        const bool number = type == CellType::Number && is_plain_number(text);
        const std::string safe = number ? text : neutralise(text);
        // All separators, so that whoever guesses one from the header guesses right.
        if (safe.find_first_of(",;\t\"\r\n") == std::string::npos) {
            buffer_ += safe;
            return;
        }
        buffer_ += '"';
        for (const char c : safe) {
            if (c == '"') buffer_ += '"';
            buffer_ += c;
        }
        buffer_ += '"';
    }

    Status flush() {
        auto written = file_.write(buffer_);
        buffer_.clear();
        return written;
    }

    PartFile file_;
    std::vector<Column> columns_;
    char separator_;
    std::string buffer_;
};

}  // namespace

Result<std::unique_ptr<TableWriter>> create_csv(PartFile file,
                                                std::vector<Column> columns,
                                                const WriteOptions& options) {
    auto writer = std::make_unique<CsvWriter>(std::move(file), std::move(columns), options);
    if (auto written = writer->header(); !written) return pass(written);
    return writer;
}

}  // namespace dossier::tabular
