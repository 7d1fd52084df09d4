// The book of the jobs: what became of the last run of each and when the next is due, kept in the
// store; and running one. One at a time, whoever asks.
#pragma once

#include <chrono>
#include <optional>

#include "server/jobs/job.hpp"

namespace dossier::server {

inline constexpr Fault kUnknownJob{"job.unknown",
                                   ErrorCode::NotFound,
                                   {"没有作业“{}”", "there is no job \"{}\""},
                                   {"见 {do:job.list}", "see {do:job.list}"}};
inline constexpr Fault kJobUnderWay{
    "job.under_way",
    ErrorCode::Busy,
    {"作业“{}”正在运行，一次只运行一个", "job \"{}\" is under way, and one runs at a time"},
    {"等它结束后再试", "try again when it is done"}};
inline constexpr Fault kJobCut{"job.cut",
                               ErrorCode::Failed,
                               {"程序在作业结束前中断", "the program ended before the job did"},
                               {"到下次时间会再运行，也可用 {do:job.run} 现在运行",
                                "it runs again at its next time; {do:job.run} runs it now"}};
/// A job gives this back when `JobPlace::is_wanted` no longer holds: the run does not count.
inline constexpr Fault kJobStopped{"job.stopped",
                                   ErrorCode::Failed,
                                   {"作业在完成前停止", "the job was stopped before it was done"},
                                   {"到下次时间会再运行，也可用 {do:job.run} 现在运行",
                                    "it runs again at its next time; {do:job.run} runs it now"}};

struct JobRun {
    Instant started_at;
    std::chrono::milliseconds took{0};
    Outcome outcome = Outcome::Cut;
    std::string code;  ///< of the fault; empty when there was none
    std::string zh;    ///< what it said, or the fault and its remedy
    std::string en;
    UserId by;  ///< who asked for it; none = its time had come
};

struct JobState {
    const Job* job = nullptr;
    std::optional<JobRun> last;  ///< none = it has never been run
    Instant next;                ///< not after now = due
    bool is_running = false;
    bool is_postponed = false;  ///< due, but the machine's clock is in doubt
};

/// True for what an administrator must see to: the last run failed or was cut.
bool has_failed(const JobState& state);

/// Inside a unit of work.
std::vector<JobState> job_states(Office& office, std::span<const Job> jobs = all_jobs());
/// The same for who asks: administrators. Inside a unit of work. Errors: access.denied, noted.
Result<std::vector<JobState>> list_jobs(Office& office,
                                        const UserId& actor,
                                        std::span<const Job> jobs = all_jobs());

/// Runs a job now, be it due or not, for an administrator. The state afterwards tells whether it
/// failed. Outside units of work. Errors: access.denied, noted; job.unknown, job.under_way,
/// job.stopped.
Result<JobState> run_job(JobPlace& place,
                         const UserId& actor,
                         std::string_view name,
                         std::span<const Job> jobs = all_jobs());

/// Runs those that are due, one after another; the states after their runs. A job seen for the
/// first time is noted, so that its first time is the next of its schedule. Outside units of work.
/// Throws what the store throws when a run cannot be noted.
std::vector<JobState> run_due_jobs(JobPlace& place, std::span<const Job> jobs = all_jobs());

}  // namespace dossier::server
