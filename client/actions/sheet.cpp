// import, export, schema: the rows.
#include "client/actions/sheet.hpp"

#include <array>

#include "client/actions/tables.hpp"

namespace dossier::client {
namespace {

constexpr std::array kImport{
    Input{"FILE", "", {"CSV 或 XLSX 文件", "a CSV or XLSX file"}, Give::Required},
    Input{"kind", "KIND", {"类型，默认 customer", "kind, customer by default"}},
    Input{"encoding",
          "NAME",
          {"CSV 的编码：utf-8、utf-16、gb18030、big5、cp1252、shift-jis、euc-kr",
           "encoding of a CSV: utf-8, utf-16, gb18030, big5, cp1252, shift-jis, euc-kr"}},
    Input{"sheet", "NAME", {"XLSX 的工作表", "sheet of an XLSX"}},
    Input{"header_row", "N", {"表头所在的行", "row of the headings"}},
    Input{"clear_with",
          "WORD",
          {"内容恰为此字样的格清空该字段（与 --update 同用）",
           "cells that hold just this word empty their field (with --update)"}},
    Input{"map", "FILE", {"映射文件 (TOML)", "mapping file (TOML)"}},
    Input{"skip", "COLUMN", {"不导入的列（可重复）", "leave this column out (repeat)"}, Give::Many},
    Input{"dry_run", "", {"只检查，不保存", "check only, save nothing"}, Give::Flag},
    Input{"update", "", {"更新已有记录", "change existing records"}, Give::Flag},
    Input{"report", "FILE", {"把每行结果写入文件", "write what became of each row to a file"}},
};
constexpr std::array kExport{
    Input{"KIND",
          "",
          {"类型：customer、contact、communication、work_log …",
           "a kind: customer, contact, communication, work_log …"},
          Give::Required},
    Input{"FILE", "", {"CSV 或 XLSX 文件", "a CSV or XLSX file"}, Give::Required},
    Input{"customer",
          "CUSTOMER",
          {"客户（可重复）；不写则为全部本人客户",
           "a customer (repeat); all of your own when left out"},
          Give::Many,
          'c'},
    Input{"purpose", "TEXT", {"目的，至少四个字", "the purpose, 4 characters or more"}},
};
constexpr std::array kSchema{Input{"format", "md|json", {"md 或 json", "md or json"}}};

}  // namespace

std::span<const Action> sheet_actions() {
    static constexpr std::array kActions{
        Action{"import",
               {"从 CSV 或 XLSX 导入（先用 --dry-run 试运行）",
                "import CSV or XLSX (try --dry-run first)"},
               "dossier import 客户.csv --dry-run --report 结果.csv",
               kImport,
               Needs::Store,
               import_file},
        Action{"export",
               {"导出本人客户的单页卡片（每天 5 个，须说明目的，办公室审计有记录）",
                "copy cards of your own customers (5 a day, with a purpose; the office's audit "
                "has it)"},
               "dossier export customer 卡片.xlsx -c 明润 --purpose 拜访携带",
               kExport,
               Needs::Store,
               export_cards},
        Action{"schema",
               {"数据字典：所有类型和字段", "the data dictionary: every kind and field"},
               "dossier schema --format md",
               kSchema,
               Needs::Nothing},
    };
    return kActions;
}

}  // namespace dossier::client
