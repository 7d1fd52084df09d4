// import, export, schema: the rows.
#include "client/actions/sheet.hpp"

#include <array>

#include "common/action/derive.hpp"

#include "client/actions/tables.hpp"

namespace dossier::client {
namespace {

/// What an import of any kind is told, and which kind it is of.
std::span<const Input> import_inputs() {
    static const auto kAll = [] {
        const auto common = action::import_inputs();
        std::vector<Input> all(common.begin(), common.end());
        all.insert(all.begin() + 1,
                   Input{"kind", "KIND", {"类型，默认 customer", "kind, customer by default"}});
        return all;
    }();
    return kAll;
}

constexpr std::array kExport{
    Input{"KIND",
          "",
          {"类型：customer、contact、communication、work_log …",
           "a kind: customer, contact, communication, work_log …"},
          Give::Required},
    Input{.name = "FILE",
          .value = "",
          .help = {"CSV 或 XLSX 文件", "a CSV or XLSX file"},
          .give = Give::Required,
          .means = Means::FileWritten},
    Input{"customer",
          "CUSTOMER",
          {"客户（可重复）；不写则为全部本人客户",
           "a customer (repeat); all of your own when left out"},
          Give::Many,
          'c'},
    Input{"purpose", "TEXT", {"目的，至少四个字", "the purpose, 4 characters or more"}},
    Input{"form",
          "",
          {"表单：每行一项，每列一个客户", "as a form: an item a line, a customer a column"},
          Give::Flag},
    Input{"blank",
          "",
          {"空白表单，供客户填写后用 {in:form} 导入",
           "a form with nothing in it, for a customer to fill in; import it with {in:form}"},
          Give::Flag},
};
constexpr std::array kCard{
    Input{"CUSTOMER",
          "",
          {"编号、名称、拼音或其中一部分", "number, name, pinyin or a part of it"},
          Give::Required},
    Input{"purpose", "TEXT", {"目的，至少四个字", "the purpose, 4 characters or more"}},
};
constexpr std::array kSchema{Input{"format", "md|json", {"md 或 json", "md or json"}}};

}  // namespace

std::span<const Action> sheet_actions() {
    static const std::array kActions{
        Action{"import",
               {"从 CSV 或 XLSX 导入（先用 {in:dry-run} 试运行）",
                "import CSV or XLSX (try {in:dry-run} first)"},
               "dossier import 客户.csv --dry-run --report 结果.csv",
               import_inputs(),
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
        Action{"customer card",
               {"打印本人客户的基本资料卡（一页，计入每天 5 个，办公室审计有记录）",
                "print the one-page card of a customer of your own (one of 5 a day; the office's "
                "audit has it)"},
               "dossier customer card 明润 --purpose 拜访携带",
               kCard,
               Needs::Store,
               print_card},
        Action{"schema",
               {"数据字典：所有类型和字段", "the data dictionary: every kind and field"},
               "dossier schema --format md",
               kSchema,
               Needs::Nothing},
    };
    return kActions;
}

}  // namespace dossier::client
