#include "server/actions/action.hpp"

#include <array>
#include <filesystem>

#include "common/action/derive.hpp"

#include "server/actions/records.hpp"
#include "server/actions/removed.hpp"
#include "server/actions/tables.hpp"

namespace dossier::server {
namespace {

constexpr std::array kGroups{
    action::Group{"user", {"用户", "people"}},
    action::Group{"role", {"角色任命", "roles of people"}},
    action::Group{"region", {"区域", "regions"}},
    action::Group{"department", {"部门", "departments"}},
    action::Group{"invite", {"邀请码", "invites for laptops"}},
    action::Group{"device", {"终端", "laptops"}},
    action::Group{"customer", {"客户档案", "customer files"}},
    action::Group{"contact", {"联系人", "contacts"}},
    action::Group{"erased", {"已抹除的记录", "what was erased"}},
    action::Group{"attach", {"附件", "documents of customer files"}},
    action::Group{"removed", {"已删除的记录", "what was removed"}},
    action::Group{"grant", {"查阅授权", "grants of access"}},
    action::Group{"secrecy", {"保密", "secrecy"}},
    action::Group{"case", {"冲突处理", "conflicts and their rulings"}},
    action::Group{"proposal", {"变更提议", "proposals and their verification"}},
    action::Group{"dup", {"查重与合并", "duplicates and their merging"}},
    action::Group{"access", {"权限说明", "why somebody may or may not"}},
    action::Group{"session", {"同步记录", "syncs"}},
    action::Group{"usage", {"档案利用", "use of files"}},
    action::Group{"report", {"报表", "reports"}},
    action::Group{"audit", {"审计", "the audit log"}},
    action::Group{"held", {"未放行的内容", "what waits outside the door"}},
    action::Group{"config", {"设置", "settings"}},
    action::Group{"key", {"办公室的通道密钥", "the key under which laptops call the office"}},
    action::Group{"clock", {"办公室的时间", "the time at the office"}},
    action::Group{"job", {"定时作业", "what the office does by itself"}},
    action::Group{"backup", {"备份", "backups"}},
    action::Group{"completion", {"命令补全", "what a shell completes"}},
};

}  // namespace

std::string Context::file(std::string_view name) const {
    const std::filesystem::path named(name);
    return (std::filesystem::path(start) / (is_confined ? named.filename() : named))
        .lexically_normal()
        .string();
}

const std::vector<const Action*>& actions() {
    static const auto kAll = [] {
        std::vector<const Action*> all;
        for (const auto table :
             {office_actions(),   people_actions(),   account_actions(), place_actions(),
              device_actions(),   stop_actions(),     held_actions(),    key_actions(),
              clock_actions(),    job_actions(),      session_actions(), late_actions(),
              customer_actions(), card_actions(),     erase_actions(),   attach_actions(),
              removed_actions(),  grant_actions(),    past_actions(),    secrecy_actions(),
              review_actions(),   proposal_actions(), batch_actions(),   duplicate_actions(),
              merge_actions(),    file_actions(),     audit_actions(),   report_actions(),
              usage_actions()}) {
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

}  // namespace dossier::server
