#include "common/cli/import_report.hpp"

#include <algorithm>
#include <array>

#include "common/action/derive.hpp"
#include "common/base/told.hpp"
#include "common/catalog/describe.hpp"

namespace dossier::cli {
namespace {

constexpr std::size_t kShown = 20;

std::string why(const sheet::RowReport& row, Lang lang) {
    return row.error ? catalog::describe(*row.error, lang) : std::string();
}

Result<std::unique_ptr<tabular::TableWriter>> started(const std::string& path, Lang lang) {
    const auto say = [&](const Text& text) { return std::string(text.in(lang)); };
    return tabular::create_table(path, {{say({"行", "Row"}), tabular::CellType::Number},
                                        {say({"结果", "Result"})},
                                        {say({"列", "Column"})},
                                        {say({"原因", "Reason"})}});
}

Status write(tabular::TableWriter& writer, const sheet::RowReport& row, Lang lang) {
    // A file is read where no shell shows it.
    const auto called = [&](std::string_view name) {
        const auto inputs = action::import_inputs();
        const auto at = std::ranges::find(inputs, input_key_in(name),
                                          [](const auto& each) { return each.name; });
        return at == inputs.end() ? plain_name(name) : action::called(*at, lang);
    };
    const std::array cells{std::to_string(row.row),
                           std::string(sheet::fate_text(row.fate).in(lang)), row.field,
                           say_actions(why(row, lang), called)};
    return writer.row(cells);
}

/// A cell of a megabyte is quoted by its beginning.
void shorten(std::string& text) {
    constexpr std::size_t kBytesMax = 240;
    if (text.size() > kBytesMax) {
        std::size_t end = kBytesMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text.resize(end);
        text += "…";
    }
    text.shrink_to_fit();  // what was cut out of a long text has its room still
}

}  // namespace

Result<RowNotes> RowNotes::open(const std::string& path, Lang lang) {
    RowNotes notes(lang);
    if (path.empty()) return notes;
    auto writer = started(path, lang);
    if (!writer) return pass(writer);
    notes.report_ = std::move(*writer);
    return notes;
}

Status RowNotes::add(sheet::RowReport row) {
    shorten(row.field);
    if (row.error) {
        for (auto& arg : row.error->args) shorten(arg);
    }
    if (report_) {
        if (auto written = write(*report_, row, lang_); !written) return written;
    }
    if (kept_.size() < kRowsKept) {
        kept_.push_back(std::move(row));
    } else {
        ++left_out_;
    }
    return {};
}

Status RowNotes::remark(const sheet::RowReport& row) {
    return report_ ? write(*report_, row, lang_) : Status{};
}

Status RowNotes::finish() {
    return report_ ? report_->finish() : Status{};
}

void note_rows(action::Answer& answer, std::span<const sheet::RowReport> rows) {
    std::size_t shown = 0;
    for (const auto& row : rows) {
        if (row.fate == sheet::Fate::Changed) continue;
        if (shown++ == kShown) {
            answer.note(
                {"……其余用 {in:report} 写入文件", "… {in:report} writes the rest to a file"});
            return;
        }
        std::string words(sheet::fate_text(row.fate).in(answer.lang));
        if (!row.field.empty()) words += " " + row.field;
        if (row.error) words += " " + why(row, answer.lang);
        answer.note({"第 {} 行 {}", "row {} {}"}, {std::to_string(row.row), words});
    }
}

Json rows_document(std::span<const sheet::RowReport> rows, Lang lang) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back({{"row", row.row},
                        {"result", std::string(sheet::fate_text(row.fate).en)},
                        {"column", row.field},
                        {"id", row.error ? std::string(row.error->id()) : ""},
                        {"reason", why(row, lang)}});
    }
    return list;
}

}  // namespace dossier::cli
