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

/// What an import of any kind is told, and which kind it is of.
std::span<const Input> import_inputs() {
    static const auto kAll = [] {
        const auto common = action::import_inputs();
        std::vector<Input> all(common.begin(), common.end());
        all.insert(all.begin() + 1,
                   Input{"kind", "KIND", {"类型，默认 customer", "kind, customer by default"}});
        all.push_back(action::batch_input());
        return all;
    }();
    return kAll;
}

constexpr std::array kExport{
    Input{"KIND",
          "",
          {"类型，例如 customer、contact、user", "kind, for example customer, contact, user"},
          Give::Required},
    Input{"FILE",
          "",
          {"CSV 或 XLSX 文件", "CSV or XLSX file"},
          Give::Required,
          0,
          nullptr,
          Means::FileWritten},
    Input{"where",
          "FILTER",
          {"筛选：字段=值、~包含、a..b 等，可重复",
           "filter: field=value, ~contains, a..b and the like, may be repeated"},
          Give::Many},
    Input{"form",
          "",
          {"表单：每行一项，每列一条记录", "as a form: an item a line, a record a column"},
          Give::Flag},
    Input{"blank", "", {"空白表单", "a form with nothing in it"}, Give::Flag},
};

const std::array kFileActions{
    Action{"import",
           {"从表格导入客户", "import customers from a table"},
           "dossierd import 客户.xlsx --dry-run --report 问题.csv --as hanm",
           import_inputs(),
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
    return kFileActions;
}

}  // namespace dossier::server
