#include "common/cli/import_source.hpp"

#include <algorithm>

#include "common/base/told.hpp"
#include "common/sheet/heading.hpp"

namespace dossier::cli {
namespace {

constexpr Fault kReadAs{
    "import.read_as",
    ErrorCode::Failed,
    {"按 {} 读取：{}", "read as {}: {}"},
    {"读得不对时用 {in:encoding} 指明", "if it reads wrong, name it with {in:encoding}"}};
constexpr Fault kReadAsGuess{
    "import.read_as_guess",
    ErrorCode::Failed,
    {"按 {} 读取：{}；其次像 {}：{}", "read as {}: {}; next likely {}: {}"},
    {"读得不对时用 {in:encoding} {} 或其他编码指明",
     "if it reads wrong, name it with {in:encoding} {} or another one"}};
constexpr Fault kSheetRead{"import.sheet",
                           ErrorCode::Failed,
                           {"读取工作表“{}”，未读：{}", "sheet \"{}\" is read; not read: {}"},
                           {"要读别的表用 {in:sheet}", "use {in:sheet} to read another"}};
constexpr Fault kRowsAbove{
    "import.rows_above",
    ErrorCode::Failed,
    {"表头在第 {} 行；其上的文字未读：{}",
     "the headings are in row {}; text above them is not read: {}"},
    {"不对时用 {in:header-row} 指明", "if that is wrong, use {in:header-row}"}};
constexpr Fault kFilledDown{
    "import.filled_down",
    ErrorCode::Failed,
    {"合并单元格的值已填入其各行：{}",
     "the value of merged cells was taken for each of their rows: {}"},
    {"不应如此时先取消合并", "if that is wrong, take the merge apart first"}};
constexpr Fault kColumnsTwice{"import.columns_twice",
                              ErrorCode::Failed,
                              {"同一项有两列：{}；空格由后一列补上，不同的值逐行列出",
                               "columns for a field that has one already: {}; they fill gaps, "
                               "other values are listed by row"},
                              {"删去或改名其中一列", "delete or rename one of them"}};
constexpr Fault kColumnsLeft{
    "import.columns_left",
    ErrorCode::Failed,
    {"未对应到字段、不导入的列：{}", "columns that match no field and are left out: {}"},
    {"改列名，或用 {in:map} 指定", "rename them, or use {in:map}"}};

constexpr Fault kOtherForm{"import.other_form",
                           ErrorCode::Usage,
                           {"{} 只用于 {} 文件", "{} is for {} files only"},
                           {"去掉它", "leave it out"}};
constexpr Fault kNoColumn{"import.no_column",
                          ErrorCode::Usage,
                          {"{in:skip}：没有列“{}”", "{in:skip}: there is no column \"{}\""},
                          {"文件的列：{}", "columns of the file: {}"}};

/// Of many merges the first ones tell enough.
constexpr std::size_t kListed = 20;

std::string list_of(const std::vector<std::string>& words) {
    std::string line;
    for (std::size_t at = 0; at < words.size() && at < kListed; ++at)
        line += (at == 0 ? "" : "、") + words[at];
    return words.size() > kListed ? line + " …" : line;
}

/// That every word was of use: one that does nothing was meant for something else.
Status check_used(const SourceWords& words, const tabular::Source& source) {
    const bool csv = source.info().format == tabular::Format::Csv;
    if (csv && !words.sheet.empty()) return fail(kOtherForm, named_input("sheet"), "XLSX");
    if (!csv && !words.encoding.empty()) return fail(kOtherForm, named_input("encoding"), "CSV");
    for (const auto& skipped : words.skip) {
        const bool known = std::ranges::any_of(source.header(), [&](const std::string& heading) {
            return heading == skipped || sheet::plain_heading(heading) == skipped;
        });
        if (!known) return fail(kNoColumn, skipped, list_of(source.header()));
    }
    return {};
}

Json document_of(const tabular::Reading& reading) {
    return {{"encoding", std::string(tabular::name(reading.encoding))},
            {"samples", reading.samples}};
}

}  // namespace

Result<sheet::Opened> open_source(const std::string& path,
                                  const catalog::Kind& kind,
                                  sheet::Rules rules,
                                  const SourceWords& words) {
    tabular::ReadOptions options;
    if (!words.encoding.empty()) {
        const auto encoding = tabular::encoding_named(words.encoding);
        if (!encoding) return tl::unexpected(encoding.error());
        options.encoding = *encoding;
    }
    if (!words.sheet.empty()) options.sheet = words.sheet;
    if (!words.header_row.empty()) {
        const auto row = sheet::header_row_from(words.header_row);
        if (!row) return tl::unexpected(row.error());
        options.header_row = *row;
    }
    for (const auto& heading : words.skip) rules.columns[heading] = "";
    auto opened = sheet::open_sheet(path, kind, rules, options, words.layout);
    if (!opened) return opened;
    if (auto used = check_used(words, *opened->source); !used) return pass(used);
    return opened;
}

std::vector<sheet::RowReport> remarks_on(const sheet::Opened& opened) {
    const auto& info = opened.source->info();
    std::vector<sheet::RowReport> remarks;
    const auto add = [&](const Fault& fault, std::vector<std::string> args) {
        remarks.push_back({info.header_row, sheet::Fate::Told, {}, Error{&fault, std::move(args)}});
    };
    const auto& [best, next, sure] = info.guess;
    if (next) {
        add(kReadAsGuess, {std::string(tabular::name(best.encoding)), list_of(best.samples),
                           std::string(tabular::name(next->encoding)), list_of(next->samples),
                           std::string(tabular::option_word(next->encoding))});
    } else if (!best.samples.empty()) {
        add(kReadAs, {std::string(tabular::name(best.encoding)), list_of(best.samples)});
    }
    if (!info.other_sheets.empty()) add(kSheetRead, {info.sheet, list_of(info.other_sheets)});
    if (!info.above.empty()) add(kRowsAbove, {std::to_string(info.header_row), info.above});
    if (!info.filled.empty()) add(kFilledDown, {list_of(info.filled)});
    if (!opened.mapping.repeated.empty()) add(kColumnsTwice, {list_of(opened.mapping.repeated)});
    if (!opened.mapping.ignored.empty()) add(kColumnsLeft, {list_of(opened.mapping.ignored)});
    return remarks;
}

Json source_document(const sheet::Opened& opened) {
    const auto& info = opened.source->info();
    const bool csv = info.format == tabular::Format::Csv;
    Json document = document_of(info.guess.best);
    document["format"] = csv ? "csv" : "xlsx";
    document["next"] = info.guess.next ? document_of(*info.guess.next) : Json();
    document["sheet"] = csv ? Json() : Json(info.sheet);
    document["other_sheets"] = info.other_sheets;
    document["header_row"] = info.header_row;
    document["above"] = info.above;
    document["filled_down"] = info.filled;
    document["repeated_columns"] = opened.mapping.repeated;
    document["ignored_columns"] = opened.mapping.ignored;
    return document;
}

}  // namespace dossier::cli
