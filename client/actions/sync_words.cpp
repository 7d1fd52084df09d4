#include "client/actions/sync_words.hpp"

#include <algorithm>

#include "common/merge/stamp.hpp"

#include "protocol/messages.hpp"

namespace dossier::client {
namespace {

/// "自动合并 4，待核 1": what became of what was sent, in the words and counts of the office.
void tell_verdicts(action::Answer& answer, const Report& report) {
    const std::pair<std::uint64_t, Text> counts[] = {
        {by_rule(report), {"自动合并", "merged by rule"}},
        {report.proposals, {"待核", "waiting for verification"}},
        {report.cases, {"冲突", "in a case"}},
        {report.refused, {"未采纳", "refused"}}};
    std::string line;
    for (const auto& [count, word] : counts) {
        if (count == 0) continue;
        line += line.empty() ? "" : answer.lang == Lang::Zh ? "，" : ", ";
        line += std::string(answer.in(word)) + " " + std::to_string(count);
    }
    if (!line.empty()) answer.plain("  " + line);
}

std::string span_words(action::Answer& answer, std::int64_t ms) {
    constexpr std::int64_t kMinute = 60'000;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::int64_t kDay = 24 * kHour;
    const auto in = [&](std::int64_t unit, Text word) {
        return std::to_string(ms / unit) + " " + std::string(answer.in(word));
    };
    if (ms >= 2 * kDay) return in(kDay, {"天", "days"});
    if (ms >= 2 * kHour) return in(kHour, {"小时", "hours"});
    return in(kMinute, {"分钟", "minutes"});
}

void tell_clock(action::Answer& answer, std::int64_t off_ms) {
    const std::chrono::milliseconds off(off_ms);
    if (off <= merge::kClockTrusted && off >= -merge::kClockTrusted) return;
    const bool ahead = off_ms > 0;
    const auto far = span_words(answer, ahead ? off_ms : -off_ms);
    if (ahead) {
        answer.line(
            {"  本机时钟比办公室快 {}：记录时间已按办公室时间更正，请校准本机时钟",
             "  this laptop's clock is {} ahead of the office's: times of your records were "
             "corrected, please set the clock"},
            {far});
    } else {
        answer.line({"  本机时钟比办公室慢 {}：记录时间已按办公室时间更正，请校准本机时钟",
                     "  this laptop's clock is {} behind the office's: times of your records were "
                     "corrected, please set the clock"},
                    {far});
    }
}

bool was_told(const Report& report, protocol::Command command) {
    return std::ranges::find(report.commands, static_cast<std::uint8_t>(command)) !=
           report.commands.end();
}

/// What a person should know though nothing is asked of him.
void tell_oddities(action::Answer& answer, const Report& report) {
    if (was_told(report, protocol::Command::OfficeClock)) {
        answer.line(
            Text{"  办公室服务器的时钟不准，请告知管理员；本机时钟不必调整，"
                 "拜访日期按本机时钟记录",
                 "  the clock of the office's server is wrong: tell the administrator. "
                 "This laptop's clock needs no change, visits keep its dates"});
    } else {
        tell_clock(answer, report.clock_off_ms);
    }
    if (was_told(report, protocol::Command::UpgradeFirst))
        answer.line(Text{"  本机程序版本过旧，请尽快升级",
                         "  this program is older than the office's: upgrade it soon"});
    if (report.server_restored)
        answer.line({"  办公室用备份恢复过；已补交本机保存的 {} 次修改",
                     "  the office was restored from a backup; {} changes kept here were given to "
                     "it again"},
                    {std::to_string(report.offered)});
    if (report.audit_set_back > 0)
        answer.line(
            {"  办公室的审计记录退回到第 {} 条之前，恢复备份后如此；若没有人恢复过，请告知经理",
             "  the office's audit log went back to before line {}, as after a restore; if "
             "nobody restored it, tell your manager"},
            {std::to_string(report.audit_set_back)});
    if (report.audit_lost > 0)
        answer.line({"  办公室的审计记录与以前告知本机的不符：第 {} 条被截去或改写，"
                     "管理员已能看到；请同时告知您的经理",
                     "  the office's audit log is not what it told this laptop before: line {} was "
                     "cut off or rewritten. The administrator can see it; tell your manager too"},
                    {std::to_string(report.audit_lost)});
    if (report.forgotten > 0)
        answer.line({"  另有 {} 次修改已超过保存期，办公室和本机都没有了，请告知管理员",
                     "  {} more are past their time: neither the office nor this laptop has them; "
                     "tell the administrator"},
                    {std::to_string(report.forgotten)});
    if (report.branched && !report.server_restored)
        answer.line(
            Text{"  本机档案库与办公室的记录分了叉（被拷贝过，或放回了旧备份）；"
                 "两边的内容都已保留，管理员已看到此事",
                 "  this laptop's store had branched off (it was copied, or an old copy "
                 "was put back); everything on both sides was kept, and the administrator "
                 "can see it"});
    if (report.mended > 0)
        answer.line(
            {"  核对时发现差异，已修复 {} 项", "  differences were found and mended: {} items"},
            {std::to_string(report.mended)});
}

Text incident_words(const Incident& incident) {
    if (incident.what == "scope.differs")
        return {"数据与办公室有差异，范围 {}", "data differed, scope {}"};
    if (incident.what == "server.restored")
        return {"办公室用备份恢复过", "the office was restored"};
    if (incident.what == "office.key")
        return {"办公室更换了密钥，新指纹 {}", "the office has a new key, fingerprint {}"};
    if (incident.what == "outbox.branched")
        return {"本机档案库被拷贝过或放回了旧备份，自第 {} 次修改起",
                "this store was copied or put back, from change {} on"};
    if (incident.what == "outbox.forgotten")
        return {"办公室缺少的部分修改已超过保存期，至第 {} 次",
                "changes past their time are lost, up to change {}"};
    if (incident.what == "outbox.fork")
        return {"本机记录与办公室不一致，自第 {} 次修改起",
                "this outbox differs from the office's from change {} on"};
    if (incident.what == "audit.differs")
        return {"办公室的审计记录被截去或改写：第 {}",
                "the office's audit log was cut or rewritten: line {}"};
    if (incident.what == "content.damaged")
        return {"一个附件收到时已损坏，将重新接收：{}",
                "an attachment arrived damaged and will be fetched again: {}"};
    return {"{}", "{}"};
}

}  // namespace

std::string incident_line(const Incident& incident, Lang lang) {
    const std::string args[] = {incident.detail};
    return fill(incident_words(incident).in(lang), args);
}

void answer_report(action::Answer& answer, const Report& report, bool has_no_scope) {
    const auto n = [](std::uint64_t number) { return std::to_string(number); };
    answer.document({{"sent", report.sent},
                     {"received", report.received},
                     {"by_rule", by_rule(report)},
                     {"applied", report.applied},
                     {"merged", report.merged},
                     {"superseded", report.superseded},
                     {"cases", report.cases},
                     {"proposals", report.proposals},
                     {"refused", report.refused},
                     {"scopes_gained", report.scopes_gained},
                     {"scopes_lost", report.scopes_lost},
                     {"bytes_received", report.bytes_received},
                     {"attachments_sent", report.contents_sent},
                     {"attachments_received", report.contents_received},
                     {"attachments_waiting", report.contents_waiting},
                     {"verified", report.verified},
                     {"incidents", report.incidents},
                     {"mended", report.mended},
                     {"offered_again", report.offered},
                     {"forgotten", report.forgotten},
                     {"server_restored", report.server_restored},
                     {"audit_lost", report.audit_lost},
                     {"audit_set_back", report.audit_set_back},
                     {"branched", report.branched},
                     {"clock_off_ms", report.clock_off_ms},
                     {"office_clock_wrong", was_told(report, protocol::Command::OfficeClock)},
                     {"duration_ms", report.duration.count()}});
    answer.line({"同步完成：上传 {} 次修改，接收 {} 项（{} KB），用时 {} 毫秒",
                 "synced: {} changes sent, {} items received ({} KB) in {} ms"},
                {n(report.sent), n(report.received), n((report.bytes_received + 1023) / 1024),
                 std::to_string(report.duration.count())});
    tell_verdicts(answer, report);
    if (report.contents_sent + report.contents_received + report.contents_waiting > 0)
        answer.line(
            {"  附件：上传 {}，下载 {}，未完成 {}",
             "  attachments: {} sent, {} received, {} not yet"},
            {n(report.contents_sent), n(report.contents_received), n(report.contents_waiting)});
    tell_oddities(answer, report);
    if (report.scopes_lost > 0)
        answer.line({"  {} 个范围不再属于您，相关资料已从本机清除",
                     "  {} scopes are no longer yours; their data is gone from this laptop"},
                    {n(report.scopes_lost)});
    if (report.scopes_lost > 0 && has_no_scope)
        answer.line(
            Text{"  办公室已没有您的有效岗位（账号停用或任命到期），如有误请联系管理员",
                 "  you hold no post at the office any more (disabled, or it ended); ask the "
                 "administrator if that is wrong"});
    if (report.incidents > 0)
        answer.line({"  {} 个范围与办公室不一致，已重新接收",
                     "  {} scopes differed from the office and were received again"},
                    {n(report.incidents)});
    if (report.refused + report.cases + report.proposals > 0)
        answer.line(Text{"  详见 {do:tray.list}", "  see {do:tray.list}"});
    if (report.superseded > report.kept_in_cases)
        answer.line({"  其中 {} 项被您自己后写的值取代，可在 {do:log} 里查到",
                     "  {} of these gave way to later words of your own: they are in {do:log}"},
                    {n(report.superseded - report.kept_in_cases)});
    if (report.kept_in_cases > 0)
        answer.line({"  其中 {} 项被他人更新的值取代，没有丢：见 {do:case.list}（含已了结的），"
                     "可请信息员恢复",
                     "  {} of these gave way to a later value and are kept: see {do:case.list}, "
                     "with those that are settled; a clerk can bring them back"},
                    {n(report.kept_in_cases)});
    answer.line(report.verified
                    ? Text{"  两端数据核对一致", "  both sides hold the same data (verified)"}
                    : Text{"  尚未核对一致，请再同步一次", "  not verified yet; sync once more"});
    if (!report.notice.empty()) answer.plain("  " + report.notice);
}

void answer_wiped(action::Answer& answer, const Report& report) {
    answer.document({{"wiped", true}, {"sent", report.sent}, {"removed", report.wiped_rows}});
    answer.line({"按办公室的命令：先上传了 {} 次修改，再清除了 {} 条记录和本机的密钥",
                 "by the office's order: {} changes were sent, then {} records and this "
                 "laptop's keys were removed"},
                {std::to_string(report.sent), std::to_string(report.wiped_rows)});
    answer.line(Text{"办公室已收到清除报告；要继续使用请用新的邀请码重新登记",
                     "the office has the report; to use this laptop again, enrol it with a "
                     "new invite"});
}

}  // namespace dossier::client
