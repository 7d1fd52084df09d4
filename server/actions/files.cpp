#include "server/actions/files.hpp"

#include <array>

#include "common/action/derive.hpp"
#include "common/catalog/customer.hpp"

#include "server/actions/tables.hpp"

namespace dossier::server {
namespace {

inline constexpr Fault kUnknownKind{"cli.unknown_kind",
                                    ErrorCode::Usage,
                                    {"没有类型 {}", "there is no kind {}"},
                                    {"可用类型：{}", "the kinds are: {}"}};

constexpr std::array kImport{
    Input{"FILE",
          "",
          {"CSV 或 XLSX 文件，有表头", "CSV or XLSX file with a header row"},
          Give::Required},
    Input{"kind", "KIND", {"类型，默认 customer", "kind, customer by default"}},
    Input{"encoding",
          "NAME",
          {"CSV 的编码：utf-8、utf-16、gb18030、big5、cp1252、shift-jis、euc-kr",
           "encoding of a CSV: utf-8, utf-16, gb18030, big5, cp1252, shift-jis, euc-kr"}},
    Input{"sheet", "NAME", {"XLSX 的工作表", "sheet of an XLSX"}},
    Input{"header-row", "N", {"表头所在的行", "row of the headings"}},
    Input{"clear-with",
          "WORD",
          {"内容恰为此字样的格清空该字段（与 --update 同用）",
           "cells that hold just this word empty their field (with --update)"}},
    Input{"map", "M.toml", {"列与字段的对应文件", "which column is which field"}},
    Input{"skip",
          "COLUMN",
          {"不导入此列，可重复", "leave this column out, may be repeated"},
          Give::Many},
    Input{"update",
          "",
          {"相符的已有客户按文件更新", "rows that match a customer change it"},
          Give::Flag},
    Input{"dry-run", "", {"只检查，不写入", "check only, write nothing"}, Give::Flag},
    Input{"report",
          "FILE",
          {"把每一行的问题写到 CSV 或 XLSX", "write what is wrong with each row to a CSV or XLSX"}},
};
constexpr std::array kExport{
    Input{"KIND",
          "",
          {"类型，例如 customer、contact、user", "kind, for example customer, contact, user"},
          Give::Required},
    Input{"FILE", "", {"CSV 或 XLSX 文件", "CSV or XLSX file"}, Give::Required},
    Input{"where",
          "FILTER",
          {"筛选：字段=值、~包含、a..b 等，可重复",
           "filter: field=value, ~contains, a..b and the like, may be repeated"},
          Give::Many},
};

constexpr std::array kActions{
    Action{"import",
           {"从表格导入客户", "import customers from a table"},
           "dossierd import 客户.xlsx --dry-run --report 问题.csv --as hanm",
           kImport,
           Actor::Named,
           Runs::OnStore,
           import_file},
    Action{"export",
           {"导出为表格（有权部分）", "export to a table, as far as one may"},
           "dossierd export customer 客户.xlsx --as sunli --purpose 年度汇编",
           kExport,
           Actor::Named,
           Runs::OnStore,
           export_file},
};

}  // namespace

Result<const catalog::Kind*> kind_asked(const Context& context) {
    if (context.action.about != nullptr) return context.action.about;
    const auto& said = context.inputs.text("kind");
    const auto* kind = said.empty() ? &catalog::kCustomer : action::kind_of_word(said);
    if (kind != nullptr) return kind;
    std::string all;
    for (const auto* each : catalog::kinds())
        all += (all.empty() ? "" : " ") + std::string(each->name);
    return fail(kUnknownKind, said, all);
}

std::span<const Action> file_actions() {
    return kActions;
}

}  // namespace dossier::server
