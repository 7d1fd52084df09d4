#include "server/settings/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include <unistd.h>

#include "common/base/check.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/choices.hpp"

namespace dossier::server {
namespace {

constexpr std::array kSettings{
    Setting{"offline.max_days",
            {"终端不同步时资料可查看的天数", "days a laptop may show its data without a sync"},
            7,
            1,
            90},
    Setting{"sync.night_hour",
            {"终端每晚自动同步的钟点（0–23，办公室时间）",
             "hour at which laptops sync by themselves (0-23, office time)"},
            21,
            0,
            23},
    Setting{"doc_request.days",
            {"催办文件的期限（天）", "days somebody has to bring papers he is asked for"},
            5,
            1,
            90},
    Setting{"org.min_keepers",
            {"至少应有几名档案管理员，少于此数时提示",
             "archive keepers there should be: with fewer the office warns"},
            2,
            1,
            20},
    Setting{.key = "grade.custodian_for",
            .help = {"哪些等级的客户须有专责维护人", "grades of customers that need a custodian"},
            .is = SettingIs::Codes,
            .choices = catalog::choices::kGrade,
            .codes = "A"},
    Setting{"quota.ops",
            {"一台终端一天最多上传的操作数", "operations a laptop may bring in a day"},
            200'000,
            1,
            10'000'000},
    Setting{"quota.bytes",
            {"一台终端一天最多上传的字节数", "bytes of changes a laptop may bring in a day"},
            1'000'000'000,
            1000,
            100'000'000'000},
    Setting{"quota.created",
            {"一台终端一天最多新建的记录数", "records a laptop may make in a day"},
            50'000,
            1,
            10'000'000},
    Setting{"quota.cases",
            {"一台终端一天最多引起的冲突数", "cases a laptop may open in a day"},
            5'000,
            1,
            1'000'000},
    Setting{"quota.epochs",
            {"一台终端一天最多另起的上传序列数（拷贝或恢复后）",
             "new histories a laptop may begin in a day, after it was copied or put back"},
            100,
            1,
            10'000},
    Setting{.key = "backup.folder",
            .help = {"每天备份到的目录，归本办公室专用；不设则不备份",
                     "folder of the daily backups, for this office alone; none = no backup"},
            .is = SettingIs::Folder},
    Setting{.key = "backup.second_folder",
            .help = {"每份备份再复制到的目录，应在另一块磁盘上",
                     "where each backup is copied to, on another disk"},
            .is = SettingIs::Folder},
    Setting{"backup.keep_days",
            {"备份保留的天数；最新的完好备份始终保留",
             "days a backup is kept; the newest whole one always stays"},
            90,
            1,
            3'650},
    Setting{"est.deadline_days",
            {"首次接触后几天内提交新档案（R-027）",
             "days from first contact until a new file is submitted (R-027)"},
            7,
            1,
            90},
    Setting{"est.review_days",
            {"直接上级审核新档案的天数", "days the superior has to review a new file"},
            2,
            1,
            90},
    Setting{"est.resubmit_days",
            {"退回后重新提交的天数", "days until a returned file is submitted again"},
            3,
            1,
            90},
    Setting{"est.inspection_days",
            {"核实新档案的天数", "days the inspector has to verify a new file"},
            5,
            1,
            90},
    Setting{"est.file_days",
            {"核实后入库的天数（R-033）", "days until a verified file is posted (R-033)"},
            2,
            1,
            90},
    Setting{"handover.days",
            {"移交批准后，交出和接收各有几天",
             "days to hand over, and to take over, what was approved"},
            5,
            1,
            90},
    Setting{"handover.task_days",
            {"移交后，新负责人办理随客户转来的待办至少有几天",
             "days a new owner has at least for the tasks that come with a file"},
            14,
            0,
            90},
    Setting{"stale.contact_days",
            {"联系人多少天未核实视为陈旧（R-094）",
             "days after which a contact that was not confirmed is stale (R-094)"},
            180,
            1,
            3'650},
    Setting{"status.coop_days",
            {"最近一次购买后多少天内算已合作（RP-12）",
             "days after a purchase a customer counts as cooperating (RP-12)"},
            365,
            1,
            3'650},
    Setting{"status.follow_days",
            {"最近一次沟通后多少天内算已跟进（RP-12）",
             "days after a talk a customer counts as followed up (RP-12)"},
            180,
            1,
            3'650},
    Setting{"status.loss_days",
            {"客户流失后几天内说明原因", "days to say why a customer was lost"},
            30,
            1,
            365},
    Setting{"review.ahead_days",
            {"下季度核定任务提前几天下发", "days before a quarter its review tasks are opened"},
            10,
            0,
            60},
    Setting{"complaint.plan_minutes",
            {"接到投诉后几分钟内提出方案（R-221）",
             "minutes after its receipt until a complaint has a plan (R-221)"},
            30,
            1,
            1'440},
    Setting{
        "complaint.result_days", {"投诉调查的天数", "days to investigate a complaint"}, 5, 1, 90},
    Setting{"complaint.assist_days",
            {"协查答复的天数（R-208）", "days to answer a request for help (R-208)"},
            2,
            1,
            90},
    Setting{"complaint.attitude_months",
            {"态度投诉多少个月内有效（R-214）",
             "months within which an attitude complaint is valid (R-214)"},
            1,
            1,
            24},
    Setting{
        "complaint.reopen_months",
        {"办结后几个月内可重新调查", "months within which a closed complaint may be opened again"},
        3,
        1,
        24},
    Setting{
        "visit.minutes_days",
        {"会议后几天内补齐会议纪要（R-197）", "days until a meeting's minutes are there (R-197)"},
        3,
        1,
        90},
    Setting{"log.review_days",
            {"上级审阅工作日志的天数", "days a superior has to review a work log"},
            3,
            1,
            90},
    Setting{"secrecy.term_years.1",
            {"秘密的默认保密期限（年）", "years 秘密 (level 1) lasts unless a mark says otherwise"},
            3,
            1,
            50},
    Setting{"secrecy.term_years.2",
            {"机密的默认保密期限（年）", "years 机密 (level 2) lasts unless a mark says otherwise"},
            5,
            1,
            50},
    Setting{"secrecy.term_years.3",
            {"绝密的默认保密期限（年）", "years 绝密 (level 3) lasts unless a mark says otherwise"},
            10,
            1,
            50},
    Setting{"secrecy.notice_days",
            {"保密期限到期前几天首次提醒", "days before a mark ends when it is first told"},
            30,
            1,
            365},
    Setting{"secrecy.last_notice_days",
            {"保密期限到期前几天再次提醒", "days before a mark ends when it is told again"},
            7,
            0,
            90},
    Setting{"access.grant_max_days",
            {"一次查阅申请最长的天数", "days a request to read may ask for at most"},
            30,
            1,
            366},
    Setting{"dup.block_bp",
            {"疑似重复达到此分数（基点）时不能入库",
             "score (basis points) from which a possible duplicate holds up posting"},
            9'000,
            6'000,
            10'000},
};

const Setting* find_setting(std::string_view key) {
    const auto* at = std::find_if(kSettings.begin(), kSettings.end(),
                                  [&](const Setting& each) { return each.key == key; });
    return at == kSettings.end() ? nullptr : at;
}

bool is_code(const Setting& setting, std::string_view code) {
    return std::ranges::find(setting.choices, code, &catalog::Choice::code) !=
           setting.choices.end();
}

std::string codes_of(const Setting& setting) {
    std::string all;
    for (const auto& each : setting.choices)
        all += (all.empty() ? "" : " ") + std::string(each.code);
    return all;
}

bool takes_files(const std::string& folder) {
    std::error_code unknown;
    return std::filesystem::is_directory(folder, unknown) &&
           ::access(folder.c_str(), W_OK | X_OK) == 0;
}

std::string name_of(std::string_view key) {
    return "config." + std::string(key);
}

}  // namespace

std::span<const Setting> settings() {
    return kSettings;
}

std::int64_t setting(Store& store, std::string_view key) {
    const auto* known = find_setting(key);
    DOSSIER_CHECK(known != nullptr && known->is == SettingIs::Number);
    const auto kept = store.meta(name_of(key));
    if (!kept || kept->size() != 8) return known->otherwise;
    return std::clamp(read_le<std::int64_t>(kept->data()), known->least, known->most);
}

std::string folder_setting(Store& store, std::string_view key) {
    const auto* known = find_setting(key);
    DOSSIER_CHECK(known != nullptr && known->is == SettingIs::Folder);
    const auto kept = store.meta(name_of(key));
    return kept ? std::string(text_of(*kept)) : std::string();
}

std::vector<std::string> codes_setting(Store& store, std::string_view key) {
    const auto* known = find_setting(key);
    DOSSIER_CHECK(known != nullptr && known->is == SettingIs::Codes);
    const auto kept = store.meta(name_of(key));
    const std::string codes(kept ? text_of(*kept) : known->codes);
    std::vector<std::string> all;
    for (const auto code : catalog::names_in(codes)) all.emplace_back(code);
    return all;
}

Status change_setting(Store& store, std::string_view key, std::int64_t value) {
    const auto* known = find_setting(key);
    if (known == nullptr || known->is != SettingIs::Number)
        return fail(kUnknownSetting, std::string(key));
    if (value < known->least || value > known->most)
        return fail(kSettingRange, std::string(key), std::to_string(known->least),
                    std::to_string(known->most));
    Bytes raw;
    append_le(raw, value);
    store.set_meta(name_of(key), raw);
    return {};
}

Status change_setting_as_typed(Store& store, std::string_view key, std::string_view typed) {
    const auto* known = find_setting(key);
    if (known == nullptr) return fail(kUnknownSetting, std::string(key));
    if (known->is == SettingIs::Number) {
        std::int64_t value = 0;
        const char* end = typed.data() + typed.size();
        const auto read = std::from_chars(typed.data(), end, value);
        if (read.ptr != end || typed.empty()) return fail(kSettingNumber, known->key, typed);
        // More digits than a number has are out of every range.
        if (read.ec != std::errc()) value = typed.front() == '-' ? INT64_MIN : INT64_MAX;
        return change_setting(store, key, value);
    }
    const bool none = typed.empty() || typed == kNoFolder;
    if (known->is == SettingIs::Codes) {
        for (const auto code : none ? std::vector<std::string_view>{} : catalog::names_in(typed)) {
            if (!is_code(*known, code))
                return fail(kSettingCodes, known->key, codes_of(*known), code);
        }
        store.set_meta(name_of(key), bytes_of(none ? std::string_view() : typed));
        return {};
    }
    const std::filesystem::path path(typed);
    if (!none && (!path.is_absolute() || !is_utf8(typed)))
        return fail(kSettingFolder, known->key, typed);
    const std::string folder = none ? "" : path.lexically_normal().string();
    if (!none && !takes_files(folder)) return fail(kSettingNoFolder, known->key, typed);
    store.set_meta(name_of(key), bytes_of(folder));
    return {};
}

}  // namespace dossier::server
