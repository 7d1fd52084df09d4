#include "client/actions/action.hpp"

#include <array>

#include "common/action/derive.hpp"

#include "client/actions/records.hpp"
#include "client/actions/tables.hpp"

namespace dossier::client {
namespace {

constexpr std::array kGroups{
    action::Group{"customer", {"客户：新建、修改、查看", "customers: add, edit, show, list"}},
    action::Group{"contact", {"客户的联系人", "people at a customer"}},
    action::Group{"attach", {"客户的附件", "documents of a customer's file"}},
    action::Group{"visit", {"拜访和其他沟通", "visits and other communications"}},
    action::Group{"worklog", {"工作日志", "your work log"}},
    action::Group{"tray", {"未采纳、待核和冲突的内容", "what the office did not take as written"}},
    action::Group{"case", {"与我有关的冲突", "conflicts about my edits"}},
    action::Group{"draft", {"未填完的表单", "forms that are not finished"}},
    action::Group{"session", {"与办公室的同步记录", "syncs with the office"}},
    action::Group{"backup", {"备份与恢复", "copies of the store"}},
    action::Group{"passphrase", {"打开档案库的口令", "the passphrase that opens the store"}},
    action::Group{"completion", {"命令补全", "what a shell completes"}},
};

}  // namespace

const std::vector<const Action*>& actions() {
    static const auto kAll = [] {
        std::vector<const Action*> all;
        for (const auto table :
             {laptop_actions(), customer_actions(), contact_actions(), attach_actions(),
              visit_actions(), work_log_actions(), outbox_actions(), case_actions(),
              draft_actions(), sheet_actions(), vault_actions()}) {
            for (const Action& action : table) all.push_back(&action);
        }
        for (const Action& action : record_actions(all)) all.push_back(&action);
        for (const Action& action : step_actions(all)) all.push_back(&action);
        return all;
    }();
    return kAll;
}

const Action* find_action(std::string_view name) {
    return action::find_named(actions(), name);
}

Text group_help(std::string_view word) {
    return action::group_help(kGroups, word);
}

}  // namespace dossier::client
