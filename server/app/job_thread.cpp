#include "server/app/job_thread.hpp"

#include <variant>

#include "common/sqlite/failure.hpp"

namespace dossier::server {

JobThread::JobThread(Office& office, StoreThread& store, Log& log)
    : place_{.office = office,
             .in_unit = [&store](const std::function<void()>& work) { store.run_and_wait(work); },
             .give_way =
                 [&office, &store] {
                     store.give_way();
                     office.people().forget();
                 },
             .is_wanted = [this] { return !stopping_.load(); }},
      log_(log),
      thread_([this] { loop(); }) {}

JobThread::~JobThread() {
    stop();
    thread_.join();
}

void JobThread::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
}

void JobThread::loop() {
    while (!stopping_) {
        look();
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, kJobsLooked, [this] { return stopping_.load(); });
    }
}

void JobThread::look() {
    // The disk may be full when a run is noted: that is told, and looked at again later.
    try {
        for (const JobState& state : run_due_jobs(place_)) tell(state);
    } catch (const std::exception& failure) {
        log_.error("jobs.not_noted", {{"code", sqlite::error_of(failure).id()}});
    }
}

void JobThread::tell(const JobState& state) {
    const auto& run = *state.last;
    if (has_failed(state)) {
        log_.error("job.failed", {{"job", state.job->name}, {"code", run.code}});
        return;
    }
    const bool often = std::holds_alternative<EveryMinutes>(state.job->schedule);
    if (often && run.outcome == Outcome::Nothing) return;
    log_.info("job.done", {{"job", state.job->name},
                           {"outcome", static_cast<int>(run.outcome)},
                           {"took_ms", run.took.count()}});
}

}  // namespace dossier::server
