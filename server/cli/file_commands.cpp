#include "server/cli/file_commands.hpp"

#include <array>

#include "server/cli/tables.hpp"

namespace dossier::server {
namespace {

constexpr std::array kImport{
    Arg{"FILE",
        "",
        {"CSV 或 XLSX 文件，首行为表头", "CSV or XLSX file with a header row"},
        Give::Required},
    Arg{"--map", "M.toml", {"列与字段的对应文件", "which column is which field"}},
    Arg{"--skip",
        "COLUMN",
        {"不导入此列，可重复", "leave this column out, may be repeated"},
        Give::Many},
    Arg{"--update",
        "",
        {"相符的已有客户按文件更新", "rows that match a customer change it"},
        Give::Flag},
    Arg{"--dry-run", "", {"只检查，不写入", "check only, write nothing"}, Give::Flag},
    Arg{"--report",
        "FILE",
        {"把每一行的问题写到 CSV 或 XLSX", "write what is wrong with each row to a CSV or XLSX"}},
};
constexpr std::array kExport{
    Arg{"KIND",
        "",
        {"类型，例如 customer、contact、user", "kind, for example customer, contact, user"},
        Give::Required},
    Arg{"FILE", "", {"CSV 或 XLSX 文件", "CSV or XLSX file"}, Give::Required},
};

constexpr std::array kCommands{
    Command{"import",
            {"从表格导入客户", "import customers from a table"},
            "dossierd import 客户.xlsx --dry-run --report 问题.csv --as hanm",
            kImport,
            Actor::Named,
            Runs::OnStore,
            import_file},
    Command{"export",
            {"导出为表格（有权部分）", "export to a table, as far as one may"},
            "dossierd export customer 客户.xlsx --as sunli --purpose 年度汇编",
            kExport,
            Actor::Named,
            Runs::OnStore,
            export_file},
};

}  // namespace

std::span<const Command> file_commands() {
    return kCommands;
}

}  // namespace dossier::server
