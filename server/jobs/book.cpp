#include "server/jobs/book.hpp"

#include <algorithm>

#include "common/sqlite/failure.hpp"

#include "server/accounts/devices.hpp"

namespace dossier::server {
namespace {

constexpr std::uint8_t kForm = 1;
/// Characters kept of what a run said.
constexpr std::size_t kSaidMax = 1'000;

/// What is kept of a job: its last run, or since when it is known.
struct Kept {
    bool has_run = false;
    JobRun run;
};

std::string key_of(const Job& job) {
    return "job." + std::string(job.name);
}

void append_words(Bytes& to, std::string_view words) {
    append_le(to, static_cast<std::uint32_t>(words.size()));
    append(to, bytes_of(words));
}

/// Layout: form u8 || has run u8 || outcome u8 || start i64 || took ms i64 || who 16 || length u32
/// and bytes of code, zh and en; little-endian.
Bytes encode(const Kept& kept) {
    Bytes raw{kForm, static_cast<std::uint8_t>(kept.has_run),
              static_cast<std::uint8_t>(kept.run.outcome)};
    append_le(raw, kept.run.started_at.ms);
    append_le(raw, static_cast<std::int64_t>(kept.run.took.count()));
    append(raw, kept.run.by.view());
    append_words(raw, kept.run.code);
    append_words(raw, head(kept.run.zh, kSaidMax));
    append_words(raw, head(kept.run.en, kSaidMax));
    return raw;
}

std::optional<std::string> take_words(ByteView& rest) {
    if (rest.size() < sizeof(std::uint32_t)) return std::nullopt;
    const std::size_t length = read_le<std::uint32_t>(rest.data());
    rest = rest.subspan(sizeof(std::uint32_t));
    if (rest.size() < length) return std::nullopt;
    std::string words(text_of(rest.first(length)));
    rest = rest.subspan(length);
    return words;
}

/// Errors: nullopt for what a later program wrote: the job is then seen as for the first time.
std::optional<Kept> decode(ByteView raw) {
    constexpr std::size_t kFixed = 3 + 8 + 8 + 16;
    if (raw.size() < kFixed || raw[0] != kForm ||
        raw[2] > static_cast<std::uint8_t>(Outcome::Failed))
        return std::nullopt;
    const auto by = UserId::from(raw.subspan(19, 16));
    if (!by) return std::nullopt;
    Kept kept{raw[1] != 0,
              {.started_at = {read_le<std::int64_t>(&raw[3])},
               .took = std::chrono::milliseconds(read_le<std::int64_t>(&raw[11])),
               .outcome = static_cast<Outcome>(raw[2]),
               .by = *by}};
    ByteView rest = raw.subspan(kFixed);
    for (std::string* each : {&kept.run.code, &kept.run.zh, &kept.run.en}) {
        auto words = take_words(rest);
        if (!words) return std::nullopt;
        *each = std::move(*words);
    }
    return kept;
}

std::optional<Kept> kept_of(Store& store, const Job& job) {
    const auto raw = store.meta(key_of(job));
    return raw ? decode(*raw) : std::nullopt;
}

void keep(Store& store, const Job& job, const Kept& kept) {
    store.set_meta(key_of(job), encode(kept));
}

std::string_view audit_word(Outcome outcome) {
    switch (outcome) {
        case Outcome::Done:
            return "ok";
        case Outcome::Nothing:
            return "nothing";
        case Outcome::NotSetUp:
            return "not_set_up";
        case Outcome::Failed:
            return "failed";
        case Outcome::Cut:
            break;
    }
    return "cut";
}

void note(Office& office,
          const UserId& by,
          std::string_view job,
          std::string_view result,
          std::string_view detail) {
    AuditLine line;
    line.at = office.now();
    line.user = by;
    line.action = "job";
    line.entity = "office";
    line.fields = job;
    line.result = result;
    line.detail = detail;
    office.store().append_audit(std::move(line));
}

/// A job of every few minutes that found nothing to do is no event: half a million lines a year
/// would bury those that are.
bool is_told(const Job& job, const JobRun& run) {
    const bool often = std::holds_alternative<EveryMinutes>(job.schedule);
    return !(often && run.outcome == Outcome::Nothing && run.by.is_none());
}

void keep_run(Office& office, const Job& job, const JobRun& run) {
    keep(office.store(), job, {true, run});
    if (is_told(job, run)) note(office, run.by, job.name, audit_word(run.outcome), run.code);
}

JobState state_of(Office& office, const Job& job) {
    const Instant now = office.now();
    const auto kept = kept_of(office.store(), job);
    JobState state{.job = &job};
    if (kept && kept->has_run) state.last = kept->run;
    state.next = next_run(job.schedule, kept ? kept->run.started_at : now, now);
    state.is_running = office.job_under_way().load() == &job;
    state.is_postponed = job.needs_date && office.clock().is_in_doubt() && state.next <= now;
    return state;
}

/// The one place a job takes while it runs.
class TakenPlace {
  public:
    TakenPlace(Office& office, const Job& job) : office_(office) {
        is_taken_ = office.job_under_way().compare_exchange_strong(other_, &job);
    }
    TakenPlace(const TakenPlace&) = delete;
    TakenPlace& operator=(const TakenPlace&) = delete;
    ~TakenPlace() {
        if (is_taken_) office_.job_under_way() = nullptr;
    }
    [[nodiscard]] bool is_taken() const { return is_taken_; }
    /// Who has it instead.
    [[nodiscard]] std::string other() const { return std::string(other_->name); }

  private:
    Office& office_;
    const Job* other_ = nullptr;
    bool is_taken_ = false;
};

void tell(JobRun& run, const Result<JobDone>& done) {
    if (done) {
        run.outcome = done->outcome;
        run.zh = done->zh;
        run.en = done->en;
        return;
    }
    run.outcome = Outcome::Failed;
    run.code = done.error().id();
    run.zh = describe(done.error(), Lang::Zh);
    run.en = describe(done.error(), Lang::En);
}

/// One run, and the note of it. Until it is noted the book says that it was cut.
class Run {
  public:
    Run(JobPlace& place, const Job& job, const UserId& by)
        : place_(place), job_(job), began_(place.office.clock().ticks_ms()) {
        run_.started_at = place.office.now();
        run_.by = by;
        run_.code = kJobCut.id;
        run_.zh = describe({&kJobCut, {}}, Lang::Zh);
        run_.en = describe({&kJobCut, {}}, Lang::En);
    }

    /// Errors: job.stopped.
    Status carry_out() {
        Result<JobDone> done = tl::unexpected(Error{&kJobCut, {}});
        // A run is an edge like a session or a command: whatever ends it, the office goes on.
        try {
            if (job_.runs == JobRuns::InUnit) {
                place_.in_unit([&] {
                    done = job_.run(place_);
                    if (done) end(done);
                });
                if (done) return {};
            } else {
                place_.in_unit([&] { begin(); });
                done = job_.run(place_);
            }
        } catch (const std::exception& failure) {
            done = tl::unexpected(sqlite::error_of(failure));
        }
        const bool stopped = !done && done.error().is(kJobStopped);
        place_.in_unit([&] { stopped ? put_back() : end(done); });
        if (stopped) return pass(done);
        return {};
    }

  private:
    void begin() {
        before_ = kept_of(place_.office.store(), job_);
        keep(place_.office.store(), job_, {true, run_});
    }
    void end(const Result<JobDone>& done) {
        JobRun run = run_;
        run.code.clear();
        tell(run, done);
        run.took = std::chrono::milliseconds(place_.office.clock().ticks_ms() - began_);
        keep_run(place_.office, job_, run);
    }
    void put_back() {
        const Kept unseen{false, {.started_at = run_.started_at}};
        keep(place_.office.store(), job_, before_.value_or(unseen));
    }

    JobPlace& place_;
    const Job& job_;
    std::int64_t began_;
    JobRun run_;
    std::optional<Kept> before_;
};

/// Errors: job.under_way, job.stopped.
Result<JobState> run_one(JobPlace& place, const Job& job, const UserId& by) {
    {
        const TakenPlace taken(place.office, job);
        if (!taken.is_taken()) return fail(kJobUnderWay, taken.other());
        if (auto ran = Run(place, job, by).carry_out(); !ran) return pass(ran);
    }
    JobState state;
    place.in_unit([&] { state = state_of(place.office, job); });
    return state;
}

Status may_run(Office& office, const UserId& actor, std::string_view name) {
    office.people().forget();
    auto allowed = may_administer(office, actor);
    if (!allowed) note(office, actor, name, "denied", "");
    return allowed;
}

/// Those that are due, in their order; the others that were never seen are noted.
std::vector<const Job*> due_jobs(Office& office, std::span<const Job> jobs) {
    std::vector<const Job*> due;
    for (const Job& job : jobs) {
        if (!kept_of(office.store(), job))
            keep(office.store(), job, {false, {.started_at = office.now()}});
        const JobState state = state_of(office, job);
        if (state.next <= office.now() && !state.is_postponed) due.push_back(&job);
    }
    return due;
}

}  // namespace

bool has_failed(const JobState& state) {
    return !state.is_running && state.last &&
           (state.last->outcome == Outcome::Failed || state.last->outcome == Outcome::Cut);
}

std::vector<JobState> job_states(Office& office, std::span<const Job> jobs) {
    std::vector<JobState> states;
    for (const Job& job : jobs) states.push_back(state_of(office, job));
    return states;
}

Result<std::vector<JobState>> list_jobs(Office& office,
                                        const UserId& actor,
                                        std::span<const Job> jobs) {
    if (auto allowed = may_run(office, actor, ""); !allowed) return pass(allowed);
    return job_states(office, jobs);
}

Result<JobState> run_job(JobPlace& place,
                         const UserId& actor,
                         std::string_view name,
                         std::span<const Job> jobs) {
    Status allowed;
    place.in_unit([&] { allowed = may_run(place.office, actor, name); });
    if (!allowed) return pass(allowed);
    const auto job = std::ranges::find(jobs, name, &Job::name);
    if (job == jobs.end()) return fail(kUnknownJob, std::string(name));
    return run_one(place, *job, actor);
}

std::vector<JobState> run_due_jobs(JobPlace& place, std::span<const Job> jobs) {
    std::vector<const Job*> due;
    place.in_unit([&] { due = due_jobs(place.office, jobs); });
    std::vector<JobState> ran;
    for (const Job* job : due) {
        if (!place.is_wanted()) break;
        // One that somebody else runs right now is asked for again at the next look.
        if (auto state = run_one(place, *job, UserId{})) ran.push_back(std::move(*state));
    }
    return ran;
}

}  // namespace dossier::server
