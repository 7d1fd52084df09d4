#include "server/actions/audit_words.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "common/catalog/catalog.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {
namespace {

struct Word {
    std::string_view code;
    Text words;
};

constexpr std::array kActionWords{
    // What people read.
    Word{"view", {"查看", "view"}},
    Word{"list", {"列出", "list"}},
    Word{"history", {"查看历史", "view history"}},
    Word{"attach_get", {"取出附件", "get attachment"}},
    Word{"export", {"导出", "export"}},
    Word{"print", {"打印卡片", "print a card"}},
    Word{"report", {"运行报表", "run a report"}},
    Word{"as_of", {"查某日权限", "rights on a day"}},
    Word{"explain", {"查看权限说明", "explain access"}},
    Word{"audit", {"查阅审计", "read the audit"}},
    // What becomes of records.
    Word{"create", {"新建", "create"}},
    Word{"set", {"修改", "change"}},
    Word{"remove", {"删除", "remove"}},
    Word{"restore", {"恢复", "restore"}},
    Word{"erase", {"永久抹除", "erase"}},
    Word{"import", {"导入", "import"}},
    Word{"batch", {"批量裁决", "batch ruling"}},
    Word{"refused", {"未采纳", "refuse"}},
    Word{"withheld", {"暂不放行", "hold back"}},
    Word{"dismiss", {"不予采纳", "dismiss"}},
    Word{"attach", {"收到附件", "attachment"}},
    // People and laptops.
    Word{"sign_in", {"登录", "sign in"}},
    Word{"sign_out", {"退出", "sign out"}},
    Word{"agree", {"签署保密承诺", "sign the agreement"}},
    Word{"password", {"设置密码", "set password"}},
    Word{"reset_link", {"发重设链接", "reset link"}},
    Word{"second_factor", {"设置动态口令", "set second factor"}},
    Word{"reset_second_factor", {"取消动态口令", "reset second factor"}},
    Word{"command", {"代为操作", "command"}},
    Word{"invite", {"发邀请码", "invite"}},
    Word{"enrol", {"登记终端", "enrol"}},
    Word{"enrol_again", {"重新登记终端", "enrol again"}},
    Word{"sync", {"同步", "sync"}},
    Word{"fork", {"终端出现分支", "fork"}},
    Word{"differs", {"两端数据不一致", "data differ"}},
    Word{"wiped", {"终端已清除", "wiped"}},
    Word{"recover", {"取回终端内容", "recover"}},
    // The office itself.
    Word{"backup", {"备份", "backup"}},
    Word{"job", {"定时作业", "job"}},
    Word{"config", {"更改设置", "change setting"}},
    Word{"clock", {"时钟偏差", "clock"}},
    Word{"clock.accept", {"认可时间", "accept the time"}},
    Word{"key.rotate", {"更换通道密钥", "rotate the channel key"}},
    Word{"key.retire", {"停用旧密钥", "retire the former key"}},
    Word{"set_back", {"数据被还原", "set back"}},
    Word{"audit_differs", {"审计与终端所记不符", "audit differs"}},
    Word{"audit_set_back", {"审计随恢复倒退", "audit set back"}},
};

constexpr std::array kResultWords{
    Word{"ok", {"成功", "ok"}},
    Word{"denied", {"拒绝", "denied"}},
    Word{"asked", {"已提出", "asked"}},
    Word{"conflict", {"冲突", "conflict"}},
    Word{"partial", {"部分完成", "partial"}},
    Word{"stopped", {"中止", "stopped"}},
    Word{"cut", {"中断", "cut"}},
    Word{"failed", {"失败", "failed"}},
    Word{"nothing", {"无事可做", "nothing to do"}},
    Word{"not_set_up", {"未设置", "not set up"}},
    Word{"ahead", {"偏快", "ahead"}},
    Word{"behind", {"偏慢", "behind"}},
};

constexpr std::array kEntityWords{
    Word{"sign_in", {"登录", "sign-in"}},
    Word{"office", {"办公室", "office"}},
    Word{"agreement", {"保密承诺", "agreement"}},
    Word{"invite", {"邀请码", "invite"}},
};

std::optional<Text> word_in(std::span<const Word> words, std::string_view code) {
    const auto at = std::ranges::find(words, code, &Word::code);
    return at == words.end() ? std::nullopt : std::optional(at->words);
}

}  // namespace

std::optional<Text> audit_action_words(std::string_view action) {
    if (const auto words = word_in(kActionWords, action)) return words;
    for (const auto* machine : workflow::machines()) {
        const auto steps = workflow::steps_of(*machine, action);
        if (!steps.empty()) return steps.front()->label;
    }
    return std::nullopt;
}

std::optional<Text> audit_result_words(std::string_view result) {
    return word_in(kResultWords, result);
}

std::string audit_entity_words(const AuditLine& line, Lang lang) {
    if (const auto* kind = catalog::find_kind(line.entity))
        return std::string(kind->label.in(lang));
    if (const auto words = word_in(kEntityWords, line.entity)) return std::string(words->in(lang));
    const auto* command = find_action(line.entity);
    return command == nullptr ? line.entity : std::string(command->help.in(lang));
}

}  // namespace dossier::server
