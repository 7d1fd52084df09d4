#include "server/cli/command.hpp"

#include <array>
#include <charconv>
#include <filesystem>

#include "server/cli/removed_commands.hpp"
#include "server/cli/tables.hpp"

namespace dossier::server {
namespace {

struct Group {
    std::string_view word;
    Text help;
};
constexpr std::array kGroups{
    Group{"user", {"用户", "people"}},
    Group{"role", {"角色任命", "roles of people"}},
    Group{"region", {"区域", "regions"}},
    Group{"department", {"部门", "departments"}},
    Group{"invite", {"邀请码", "invites for laptops"}},
    Group{"device", {"终端", "laptops"}},
    Group{"customer", {"客户档案", "customer files"}},
    Group{"contact", {"联系人", "contacts"}},
    Group{"erased", {"已抹除的记录", "what was erased"}},
    Group{"attach", {"附件", "documents of customer files"}},
    Group{"removed", {"已删除的记录", "what was removed"}},
    Group{"grant", {"查阅授权", "grants of access"}},
    Group{"case", {"冲突处理", "conflicts and their rulings"}},
    Group{"proposal", {"变更提议", "proposals and their verification"}},
    Group{"dup", {"查重与合并", "duplicates and their merging"}},
    Group{"access", {"权限说明", "why somebody may or may not"}},
    Group{"session", {"同步记录", "syncs"}},
    Group{"audit", {"审计", "the audit log"}},
    Group{"held", {"未放行的内容", "what waits outside the door"}},
    Group{"config", {"设置", "settings"}},
    Group{"key", {"办公室的通道密钥", "the key under which laptops call the office"}},
    Group{"clock", {"办公室的时间", "the time at the office"}},
    Group{"job", {"定时作业", "what the office does by itself"}},
    Group{"backup", {"备份", "backups"}},
};

}  // namespace

const std::string& Args::text(std::string_view name) const {
    static const std::string kNone;
    const auto at = given_.find(name);
    return at == given_.end() || at->second.empty() ? kNone : at->second.front();
}

const std::vector<std::string>& Args::all(std::string_view name) const {
    static const std::vector<std::string> kNone;
    const auto at = given_.find(name);
    return at == given_.end() ? kNone : at->second;
}

Result<std::uint64_t> Args::number(std::string_view name, std::uint64_t otherwise) const {
    if (!has(name)) return otherwise;
    const std::string& digits = text(name);
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size())
        return fail(cli::kWrongUsage, std::string(name) + " " + digits);
    return number;
}

std::string Context::file(std::string_view name) const {
    return (std::filesystem::path(start) / name).lexically_normal().string();
}

std::vector<const Command*> commands() {
    std::vector<const Command*> all;
    for (const auto table :
         {office_commands(), people_commands(),  place_commands(),   device_commands(),
          stop_commands(),   held_commands(),    key_commands(),     clock_commands(),
          job_commands(),    session_commands(), late_commands(),    customer_commands(),
          erase_commands(),  attach_commands(),  removed_commands(), grant_commands(),
          past_commands(),   review_commands(),  batch_commands(),   duplicate_commands(),
          merge_commands(),  file_commands(),    audit_commands()}) {
        for (const Command& command : table) all.push_back(&command);
    }
    return all;
}

Text group_help(std::string_view word) {
    for (const auto& group : kGroups) {
        if (group.word == word) return group.help;
    }
    return {};
}

}  // namespace dossier::server
