#include "common/cli/import_report.hpp"

#include <array>

#include "common/tabular/writer.hpp"

namespace dossier::cli {
namespace {

constexpr std::size_t kShown = 20;

std::string why(const sheet::RowReport& row, Lang lang) {
    return row.error ? describe(*row.error, lang) : std::string();
}

}  // namespace

Status write_report(const std::string& path, std::span<const sheet::RowReport> rows, Lang lang) {
    const auto say = [&](const Text& text) { return std::string(text.in(lang)); };
    auto writer = tabular::create_table(path, {{say({"行", "Row"}), tabular::CellType::Number},
                                               {say({"结果", "Result"})},
                                               {say({"列", "Column"})},
                                               {say({"原因", "Reason"})}});
    if (!writer) return pass(writer);
    for (const auto& row : rows) {
        const std::array cells{std::to_string(row.row), say(sheet::fate_text(row.fate)), row.field,
                               why(row, lang)};
        if (auto written = (*writer)->row(cells); !written) return written;
    }
    return (*writer)->finish();
}

void note_rows(Console& console, std::span<const sheet::RowReport> rows) {
    std::size_t shown = 0;
    for (const auto& row : rows) {
        if (row.fate == sheet::Fate::Changed) continue;
        if (shown++ == kShown) {
            console.note({"……其余用 --report 写入文件", "… --report writes the rest to a file"});
            return;
        }
        std::string words(sheet::fate_text(row.fate).in(console.lang));
        if (!row.field.empty()) words += " " + row.field;
        if (row.error) words += " " + why(row, console.lang);
        console.note({"第 {} 行 {}", "row {} {}"}, {std::to_string(row.row), words});
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
