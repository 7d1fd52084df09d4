// The table of the jobs: add a job here.
#include <array>

#include "server/accounts/audit_anchor.hpp"
#include "server/jobs/backups.hpp"
#include "server/jobs/batch_posting.hpp"
#include "server/jobs/book.hpp"
#include "server/jobs/compaction.hpp"
#include "server/jobs/deadlines.hpp"
#include "server/jobs/due_steps.hpp"
#include "server/jobs/expiry.hpp"
#include "server/jobs/joint_visits.hpp"
#include "server/jobs/secrecy.hpp"
#include "server/jobs/upkeep.hpp"
#include "server/review/duplicates.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

Result<JobDone> expire_grants(JobPlace& place) {
    const std::size_t ended = end_expired_grants(place.office);
    if (ended == 0)
        return JobDone{Outcome::Nothing}.say({"没有到期的授权", "the time of no grant was over"});
    return JobDone{}.say({"{} 项授权到期结束", "{} grants whose time was over were ended"},
                         std::array{std::to_string(ended)});
}

Result<JobDone> shorten_logs(JobPlace& place) {
    compact_logs(place.office);
    return JobDone{}.say({"同步日志已精简", "the logs of syncs were shortened"});
}

Result<JobDone> tend_lists(JobPlace& place) {
    place.office.store().tend_lists();
    return JobDone{}.say({"长列表已加速", "long lists were made quick"});
}

Result<JobDone> remind(JobPlace& place) {
    const std::size_t made = place.office.intake().mend_tasks(place.office.now());
    const std::size_t told = remind_of_deadlines(place.office);
    if (told == 0 && made == 0)
        return JobDone{Outcome::Nothing}.say({"没有要提醒的期限", "no deadline to remind of"});
    return JobDone{}.say(
        {"补发 {} 项待办，发出 {} 条提醒", "{} missing tasks were made, {} reminders were sent"},
        std::array{std::to_string(made), std::to_string(told)});
}

Result<JobDone> take_steps(JobPlace& place) {
    const auto [taken, refused] = take_due_steps(place.office);
    if (taken + refused == 0)
        return JobDone{Outcome::Nothing}.say({"没有到期的事项", "nothing was due"});
    return JobDone{}.say({"{} 项按期生效，{} 项暂不能生效", "{} took effect, {} could not yet"},
                         std::array{std::to_string(taken), std::to_string(refused)});
}

Result<JobDone> declassify(JobPlace& place) {
    const auto [ended, held, told] = end_marks(place.office);
    if (ended + held + told == 0)
        return JobDone{Outcome::Nothing}.say({"没有到期的密级", "no secrecy mark was over"});
    return JobDone{}.say(
        {"{} 项密级到期，{} 项因法律保留未解密，发出 {} 条提醒",
         "{} marks ended, {} stayed under a legal hold, {} notices were sent"},
        std::array{std::to_string(ended), std::to_string(held), std::to_string(told)});
}

Result<JobDone> look_for_duplicates(JobPlace& place) {
    const GoOn go_on = [&place] {
        place.give_way();
        return place.is_wanted();
    };
    Result<ScanResult> scanned = ScanResult{};
    place.in_unit([&] { scanned = scan_duplicates(place.office, {}, go_on); });
    if (!scanned) return pass(scanned);
    if (scanned->stopped) return fail(kJobStopped);
    return JobDone{}.say({"已比对全部档案", "all files were compared"});
}

Result<JobDone> post_batches(JobPlace& place) {
    std::vector<RecordId> batches;
    place.in_unit([&] { batches = batches_to_post(place.office); });
    if (batches.empty())
        return JobDone{Outcome::Nothing}.say({"没有待入库的批次", "no batch waits to be posted"});
    // What looks like another file is not posted: so it must be known first.
    if (auto compared = look_for_duplicates(place); !compared) return compared;
    std::size_t posted = 0;
    for (const RecordId& batch : batches)
        place.in_unit([&] { posted += post_batch(place.office, batch, place.give_way); });
    return JobDone{}.say({"{} 个批次入库完毕，{} 份档案入库", "{} batches done, {} files posted"},
                         std::array{std::to_string(batches.size()), std::to_string(posted)});
}

Result<JobDone> link_visits(JobPlace& place) {
    const std::size_t linked = link_joint_visits(place.office);
    if (linked == 0)
        return JobDone{Outcome::Nothing}.say({"没有共同拜访", "no visit was recorded by two"});
    return JobDone{}.say({"{} 次共同拜访已关联", "{} joint visits were linked"},
                         std::array{std::to_string(linked)});
}

Result<JobDone> open_review_tasks(JobPlace& place) {
    const std::size_t opened = open_reviews(place.office, place.give_way);
    if (opened == 0)
        return JobDone{Outcome::Nothing}.say({"没有要下发的核定任务", "no review was due"});
    return JobDone{}.say({"下发 {} 项核定任务", "{} review tasks were opened"},
                         std::array{std::to_string(opened)});
}

Result<JobDone> restate_all(JobPlace& place) {
    const std::size_t changed = restate_customers(place.office, place.give_way);
    return JobDone{}.say({"{} 个客户的状态有变化", "{} customers stand differently"},
                         std::array{std::to_string(changed)});
}

Result<JobDone> watch_plans(JobPlace& place) {
    const std::size_t told = watch_complaints(place.office);
    if (told == 0)
        return JobDone{Outcome::Nothing}.say({"没有超时的投诉", "no complaint waits too long"});
    return JobDone{}.say({"发出 {} 条提醒", "{} reminders were sent"},
                         std::array{std::to_string(told)});
}

struct BackupWanted {
    std::string folder;
    std::string second;
    std::int64_t keep_days = 0;
};

BackupWanted backup_wanted(Store& store) {
    return {folder_setting(store, "backup.folder"), folder_setting(store, "backup.second_folder"),
            setting(store, "backup.keep_days")};
}

void say_pruned(JobDone& done, const Pruned& pruned) {
    done.say({"；保留 {} 份，清除 {} 份", "; {} kept, {} removed"},
             std::array{std::to_string(pruned.kept), std::to_string(pruned.removed)});
    if (pruned.refused.empty()) return;
    const Error& first = pruned.refused.front();
    done.zh += fill("；{} 个过期目录未清除：", std::array{std::to_string(pruned.refused.size())}) +
               describe(first, Lang::Zh);
    done.en += fill("; {} whose time is over were not removed: ",
                    std::array{std::to_string(pruned.refused.size())}) +
               describe(first, Lang::En);
}

/// One folder: the backup there when there is one, and what is too old. Dates that are in doubt
/// take nothing away.
void prune(JobPlace& place,
           const BackupWanted& wanted,
           const std::string& folder,
           const Result<std::string>& there,
           JobDone& done) {
    if (there) done.say({"已备份到 {}", "backed up to {}"}, std::array{*there});
    if (place.office.clock().is_in_doubt()) {
        done.say({"；办公室时钟存疑，未清除旧备份",
                  "; the office's clock is in doubt, so none was removed"});
        return;
    }
    const std::string newest = there ? there->substr(there->rfind('/') + 1) : std::string();
    say_pruned(done, prune_backups(place.office.store(), folder, place.office.now(),
                                   wanted.keep_days, newest));
}

Result<JobDone> back_up(JobPlace& place) {
    Store& store = place.office.store();
    BackupWanted wanted;
    place.in_unit([&] {
        wanted = backup_wanted(store);
        // Before it is copied: the copy has it, and every line it is of.
        if (!wanted.folder.empty()) make_anchor(place.office);
    });
    JobDone done;
    if (wanted.folder.empty()) {
        done.outcome = Outcome::NotSetUp;
        return done.say(
            {"未设置 backup.folder，没有备份", "backup.folder is not set: nothing was backed up"});
    }
    const auto made = make_backup(store, wanted.folder, place.office.now());
    prune(place, wanted, wanted.folder, made, done);
    if (!made) return tl::unexpected(made.error());
    if (wanted.second.empty()) return done;
    done.say({"。", ". "});
    const auto copied = copy_backup(store, *made, wanted.second);
    prune(place, wanted, wanted.second, copied, done);
    if (!copied) return tl::unexpected(copied.error());
    if (on_one_disk(wanted.folder, wanted.second))
        done.say({"。两个目录在同一块磁盘上", ". Both folders lie on one disk"});
    return done;
}

constexpr std::array kJobs{
    Job{.name = "expire_grants",
        .label = {"结束到期授权", "End grants"},
        .help = {"结束到期的查阅授权，档案随之离开其终端",
                 "end grants whose time is over, so that the files leave their holders' laptops"},
        .schedule = EveryMinutes{1},
        .run = expire_grants},
    Job{.name = "backup",
        .label = {"备份", "Backup"},
        .help = {"备份到 backup.folder 并复核，再复制到 backup.second_folder，清除过期备份",
                 "back up to backup.folder, read it again, copy it to backup.second_folder, take "
                 "old ones away"},
        .schedule = DailyAt{2, 30},
        .runs = JobRuns::OnStore,
        .run = back_up},
    Job{.name = "compact_logs",
        .label = {"精简同步日志", "Shorten logs"},
        .help = {"忘掉没有终端还需要的同步日志",
                 "forget what of the logs of syncs no laptop needs any more"},
        .schedule = DailyAt{3, 0},
        .needs_date = true,
        .run = shorten_logs},
    Job{.name = "tend_lists",
        .label = {"列表加速", "Lists"},
        .help = {"为新近变长的列表建立索引，翻页和筛选不变慢",
                 "index lists that have grown long, so that paging and filters stay quick"},
        .schedule = DailyAt{3, 15},
        .run = tend_lists},
    Job{.name = "remind",
        .label = {"期限提醒", "Deadlines"},
        .help = {"补发缺少的待办，提醒将到期的，逾期的告知直接上级",
                 "make tasks that are missing, remind of those that end soon, tell the superior of "
                 "those that are over"},
        .schedule = EveryMinutes{60},
        .needs_date = true,
        .run = remind},
    Job{.name = "take_due_steps",
        .label = {"到期生效", "Due steps"},
        .help = {"办理到了生效日期的移交等事项",
                 "take the steps whose day has come, as of handovers"},
        .schedule = EveryMinutes{5},
        .needs_date = true,
        .run = take_steps},
    Job{.name = "post_batches",
        .label = {"批次入库", "Batches"},
        .help = {"已批准的导入批次逐份入库，疑似重复的留作草稿",
                 "post the files of approved import batches; those that look like another stay "
                 "drafts"},
        .schedule = EveryMinutes{1},
        .runs = JobRuns::OnStore,
        .run = post_batches},
    Job{.name = "open_reviews",
        .label = {"下发核定任务", "Review tasks"},
        .help = {"为本季度（临近时也为下季度）尚未核定的档案下发核定任务",
                 "open the review tasks of the quarter, and of the next once it is near"},
        .schedule = DailyAt{0, 10},
        .needs_date = true,
        .run = open_review_tasks},
    Job{.name = "watch_complaints",
        .label = {"投诉时限", "Complaints"},
        .help = {"投诉临近和超过提出方案的时限时告知客户服务部经理",
                 "tell the service manager of complaints whose plan is nearly or quite late"},
        .schedule = EveryMinutes{1},
        .run = watch_plans},
    Job{.name = "restate_customers",
        .label = {"客户状态", "Customer status"},
        .help = {"按交易、合同和沟通重新判定客户状态",
                 "judge how customers stand by what they bought, signed and said"},
        .schedule = DailyAt{3, 40},
        .needs_date = true,
        .run = restate_all},
    Job{.name = "link_visits",
        .label = {"共同拜访", "Joint visits"},
        .help = {"两人分别记录的同一次拜访互相关联",
                 "link the records two people made of one visit"},
        .schedule = DailyAt{3, 20},
        .run = link_visits},
    Job{.name = "declassify",
        .label = {"到期解密", "Declassify"},
        .help = {"保密期限已过的自动解密，将到期的提醒负责人和客户服务部经理",
                 "end secrecy marks whose term is over, tell owners and the service manager of "
                 "those that end soon"},
        .schedule = DailyAt{0, 5},
        .needs_date = true,
        .run = declassify},
    Job{.name = "scan_duplicates",
        .label = {"查重", "Duplicates"},
        .help = {"比对全部客户档案，列出疑似重复",
                 "compare all files and list those that look alike"},
        .schedule = DailyAt{3, 30},
        .runs = JobRuns::OnStore,
        .run = look_for_duplicates},
};

}  // namespace

std::span<const Job> all_jobs() {
    return kJobs;
}

}  // namespace dossier::server
