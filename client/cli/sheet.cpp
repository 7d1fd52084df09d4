// schema, and the table of all commands about files.
#include "client/cli/sheet.hpp"

#include "common/catalog/dictionary.hpp"

#include "client/cli/export_cards.hpp"

namespace dossier::client {
namespace {

Result<int> schema(Context& context) {
    const bool json = context.console.json || context.value("format") == "json";
    context.console.out << (json ? catalog::dictionary_json()
                                 : catalog::dictionary_markdown(context.console.lang))
                        << "\n";
    return 0;
}

}  // namespace

std::span<const Command> sheet_commands() {
    static const std::array kCommands{
        Command{.path = "import",
                .help = {"从 CSV 或 XLSX 导入（先用 --dry-run 试运行）",
                         "import CSV or XLSX (try --dry-run first)"},
                .example = "dossier import 客户.csv --dry-run --report 结果.csv",
                .words = "FILE",
                .options = {{"kind", {"类型，默认 customer", "kind, customer by default"}},
                            {"encoding",
                             {"CSV 的编码：utf-8、utf-16、gb18030、big5、cp1252、shift-jis、euc-kr",
                              "encoding of a CSV: utf-8, utf-16, gb18030, big5, cp1252, shift-jis, "
                              "euc-kr"}},
                            {"sheet", {"XLSX 的工作表", "sheet of an XLSX"}},
                            {"header-row", {"表头所在的行", "row of the headings"}},
                            {"clear-with",
                             {"内容恰为此字样的格清空该字段（与 --update 同用）",
                              "cells that hold just this word empty their field (with --update)"}},
                            {"map", {"映射文件 (TOML)", "mapping file (TOML)"}},
                            {"skip", {"不导入的列（可重复）", "leave this column out (repeat)"}},
                            {"dry-run", {"只检查，不保存", "check only, save nothing"}, true},
                            {"update", {"更新已有记录", "change existing records"}, true},
                            {"report",
                             {"把每行结果写入文件", "write what became of each row to a file"}}},
                .run = import_file},
        Command{.path = "export",
                .help = {"导出本人客户的单页卡片（每天 5 个，须说明目的，办公室审计有记录）",
                         "copy cards of your own customers (5 a day, with a purpose; the office's "
                         "audit has it)"},
                .example = "dossier export customer 卡片.xlsx -c 明润 --purpose 拜访携带",
                .words = "KIND FILE",
                .options = {{"c,customer",
                             {"客户（可重复）；不写则为全部本人客户",
                              "a customer (repeat); all of your own when left out"}},
                            {"purpose", {"目的，至少四个字", "the purpose, 4 characters or more"}}},
                .run = export_cards},
        Command{.path = "schema",
                .help = {"数据字典：所有类型和字段", "the data dictionary: every kind and field"},
                .example = "dossier schema --format md",
                .options = {{"format", {"md 或 json", "md or json"}}},
                .needs = Needs::Nothing,
                .run = schema},
    };
    return kCommands;
}

}  // namespace dossier::client
