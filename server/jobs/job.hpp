// A job is a row: its name, when, and what the office does by itself. It acts through the door as
// the office. Source: architecture 4.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "server/jobs/schedule.hpp"
#include "server/office/office.hpp"

namespace dossier::server {

/// What a job works on, and how it gets units of work: those of the running office's store thread,
/// or of the process that was started.
struct JobPlace {
    Office& office;
    std::function<void(const std::function<void()>&)> in_unit;
    /// Inside a unit, between two steps of long work: what was done is kept, others go on.
    std::function<void()> give_way = [] {};
    /// False once the office stops or nobody waits any more. Any thread.
    std::function<bool()> is_wanted = [] { return true; };
};

/// What became of a run. The values are kept in the store.
enum class Outcome : std::uint8_t {
    Cut = 0,  ///< it began, and the process ended before it did
    Done = 1,
    Nothing = 2,   ///< there was nothing to do
    NotSetUp = 3,  ///< a setting it needs is not there
    Failed = 4,
};

/// What a job says of a run. No numbers of files: whoever looks at jobs may not know of them.
struct JobDone {
    Outcome outcome = Outcome::Done;
    std::string zh = {};
    std::string en = {};

    /// Says `words` too, with their "{}" filled.
    JobDone& say(const Text& words, std::span<const std::string> args = {}) {
        zh += fill(words.zh, args);
        en += fill(words.en, args);
        return *this;
    }
};

/// InUnit: wholly inside one unit of work, with the note of the run. OnStore: asks for units
/// itself.
enum class JobRuns : std::uint8_t { InUnit, OnStore };

struct Job {
    std::string_view name;  ///< "backup": typed, kept and written to the audit
    Text label;
    Text help;
    Schedule schedule;
    JobRuns runs = JobRuns::InUnit;
    /// While the machine's clock is in doubt it waits: it would take a wrong date for a right one.
    bool needs_date = false;
    Result<JobDone> (*run)(JobPlace& place) = nullptr;
};

/// Every job, in the order in which those due at once are run.
std::span<const Job> all_jobs();

}  // namespace dossier::server
