// The book of the jobs with jobs of the test's own and a clock it sets.
#include "server/jobs/book.hpp"

#include <stdexcept>

#include <doctest/doctest.h>

#include "server/accounts/accept_clock.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {
namespace {

using server::Job;
using server::JobDone;
using server::JobPlace;
using server::JobState;
using server::Outcome;
using std::chrono::hours;
using std::chrono::minutes;

inline constexpr Fault kTired{
    "test.tired", ErrorCode::NoSpace, {"累了：{}", "tired: {}"}, {"休息", "rest"}};

/// What the jobs of this test did, in order. Jobs are plain functions.
std::string& diary() {
    static std::string words;
    return words;
}
Status& failure() {
    static Status status;
    return status;
}
bool& throws() {
    static bool flag = false;
    return flag;
}
std::function<void()>& meanwhile() {
    static std::function<void()> work;
    return work;
}

Result<JobDone> sweep(JobPlace&) {
    diary() += "<sweep";
    if (throws()) throw std::runtime_error("the disk is gone");
    if (!failure()) return tl::unexpected(failure().error());
    if (meanwhile()) meanwhile()();
    diary() += ">";
    return JobDone{}.say({"扫了", "swept"});
}
Result<JobDone> water(JobPlace&) {
    diary() += "<water>";
    return JobDone{Outcome::Nothing}.say({"不渴", "not thirsty"});
}
Result<JobDone> count_years(JobPlace&) {
    diary() += "<years>";
    return JobDone{};
}

const std::array kJobs{
    Job{.name = "sweep",
        .schedule = server::DailyAt{2, 30},
        .runs = server::JobRuns::OnStore,
        .run = sweep},
    Job{.name = "water", .schedule = server::DailyAt{2, 30}, .run = water},
};
const std::array kDated{Job{
    .name = "years", .schedule = server::DailyAt{2, 30}, .needs_date = true, .run = count_years}};
const std::array kOften{Job{.name = "water", .schedule = server::EveryMinutes{1}, .run = water}};

/// A machine's clock that can be put back while time goes on.
class MachineClock final : public Clock {
  public:
    explicit MachineClock(Instant start) : shown(start) {}
    [[nodiscard]] Instant now() const override { return shown; }
    [[nodiscard]] std::int64_t ticks_ms() const override { return ticks; }
    void pass(std::chrono::milliseconds span) {
        shown = shown.plus(span);
        ticks += span.count();
    }

    Instant shown;
    std::int64_t ticks = 5;
};

/// An office at 10:00 whose jobs are looked at when the test says.
struct Jobs {
    explicit Jobs(std::span<const Job> given = kJobs) : jobs(given) {
        diary().clear();
        failure() = {};
        throws() = false;
        meanwhile() = {};
        look();
    }
    /// What ran at this look.
    std::string look() {
        diary().clear();
        server::run_due_jobs(place, jobs);
        return diary();
    }
    std::string look_at(std::string_view time) {
        office.clock.set(*instant_from(time));
        return look();
    }
    JobState state(std::string_view name) {
        server::Unit unit(*office.store);
        for (const JobState& each : server::job_states(office.office, jobs)) {
            if (each.job->name == name) return each;
        }
        return {};
    }
    /// "user result fields detail" of the audit's lines about jobs after `seq`.
    std::string told(std::uint64_t seq) {
        server::Unit unit(*office.store);
        std::string all;
        for (const auto& line : office.store->audit(seq, 1'000)) {
            if (line.action == "job")
                all += std::string(line.user.is_none() ? "office" : "person") + " " + line.fields +
                       " " + line.result + " " + line.detail + ";";
        }
        return all;
    }
    std::uint64_t lines() {
        server::Unit unit(*office.store);
        return office.store->audit_end().seq;
    }

    PeopledOffice office;
    std::span<const Job> jobs;
    JobPlace place{office.office, [this](const std::function<void()>& work) {
                       server::Unit unit(*office.store);
                       work();
                       unit.commit();
                   }};
};

}  // namespace

TEST_SUITE("server/jobs/book") {
    TEST_CASE("a job seen for the first time waits for the next time of its schedule") {
        Jobs jobs;
        CHECK(jobs.look().empty());
        CHECK_FALSE(jobs.state("sweep").last);
        CHECK(office_minute(jobs.state("sweep").next) == "2026-03-03 02:30");
        CHECK(jobs.look_at("2026-03-03 02:29").empty());
        CHECK(jobs.look_at("2026-03-03 02:30") == "<sweep><water>");
        CHECK(jobs.look().empty());
    }
    TEST_CASE("a daily job missed while the machine slept runs once when it wakes") {
        Jobs jobs;
        CHECK(jobs.look_at("2026-03-09 13:00") == "<sweep><water>");
        CHECK(jobs.look_at("2026-03-09 13:01").empty());
        CHECK(office_minute(jobs.state("sweep").next) == "2026-03-10 02:30");
        CHECK(jobs.look_at("2026-03-10 02:30") == "<sweep><water>");
    }
    TEST_CASE("a job that was missed while the office was closed runs when it opens") {
        Jobs jobs;
        jobs.office.clock.set(*instant_from("2026-03-05 08:00"));
        server::Office again(*jobs.office.store, jobs.office.clock, jobs.office.random);
        JobPlace place{again, jobs.place.in_unit};
        diary().clear();
        CHECK(server::run_due_jobs(place, kJobs).size() == 2);
        CHECK(diary() == "<sweep><water>");
    }
    TEST_CASE("two jobs due at once run one after the other") {
        Jobs jobs;
        std::string refused;
        meanwhile() = [&] {
            // Somebody asks for the other while the first is at work, and looks at the list.
            const auto state = server::run_job(jobs.place, {}, "water", kJobs);
            if (!state) refused = state.error().id();
            CHECK(jobs.state("sweep").is_running);
            CHECK_FALSE(server::has_failed(jobs.state("sweep")));
        };
        CHECK(jobs.look_at("2026-03-03 02:30") == "<sweep><water>");
        CHECK(refused == "job.under_way");
        CHECK_FALSE(jobs.state("sweep").is_running);
    }
    TEST_CASE("the last run is kept: when, what became of it, what it said, and the audit tells") {
        Jobs jobs;
        const auto before = jobs.lines();
        meanwhile() = [&] { jobs.office.clock.advance(minutes(3)); };
        jobs.look_at("2026-03-03 02:30");
        jobs.office.store.reopen();
        PeopledOffice& office = jobs.office;
        server::Office again(*office.store, office.clock, office.random);
        server::Unit unit(*office.store);
        const auto states = server::job_states(again, kJobs);
        REQUIRE(states[0].last);
        CHECK(office_minute(states[0].last->started_at) == "2026-03-03 02:30");
        CHECK(states[0].last->took == minutes(3));
        CHECK(states[0].last->outcome == Outcome::Done);
        CHECK(states[0].last->zh == "扫了");
        CHECK(states[0].last->en == "swept");
        CHECK(states[1].last->outcome == Outcome::Nothing);
        std::string told;
        for (const auto& line : office.store->audit(before, 100)) told += line.result + " ";
        CHECK(told == "ok nothing ");
    }
    TEST_CASE("a job's failure is told with its code and tried again at its next time") {
        Jobs jobs;
        failure() = fail(kTired, "3");
        const auto before = jobs.lines();
        CHECK(jobs.look_at("2026-03-03 02:30") == "<sweep<water>");
        const auto state = jobs.state("sweep");
        CHECK(server::has_failed(state));
        CHECK(state.last->code == "test.tired");
        CHECK(state.last->en == describe({&kTired, {"3"}}, Lang::En));
        CHECK(jobs.told(before) == "office sweep failed test.tired;office water nothing ;");
        CHECK(office_minute(state.next) == "2026-03-04 02:30");
        CHECK(jobs.look_at("2026-03-03 10:00").empty());
        failure() = {};
        CHECK(jobs.look_at("2026-03-04 02:30") == "<sweep><water>");
        CHECK_FALSE(server::has_failed(jobs.state("sweep")));
    }
    TEST_CASE("whatever a job throws ends that job alone") {
        Jobs jobs;
        throws() = true;
        CHECK(jobs.look_at("2026-03-03 02:30") == "<sweep<water>");
        CHECK(jobs.state("sweep").last->code == "store.failed");
        CHECK_FALSE(jobs.state("sweep").is_running);
    }
    TEST_CASE("a run that never came to its end is told as cut") {
        Jobs jobs;
        meanwhile() = [&] {
            // As the book stands when the process ends here.
            server::Office other(*jobs.office.store, jobs.office.clock, jobs.office.random);
            server::Unit unit(*jobs.office.store);
            const auto state = server::job_states(other, kJobs).front();
            CHECK(server::has_failed(state));
            CHECK(state.last->code == "job.cut");
            CHECK(office_minute(state.next) == "2026-03-04 02:30");
        };
        jobs.look_at("2026-03-03 02:30");
        CHECK(jobs.state("sweep").last->outcome == Outcome::Done);
    }
    TEST_CASE("a job that stopped because the office closes is due when it opens again") {
        Jobs jobs;
        failure() = fail(server::kJobStopped);
        jobs.look_at("2026-03-03 02:30");
        CHECK_FALSE(jobs.state("sweep").last);
        failure() = {};
        CHECK(jobs.look() == "<sweep>");
        bool open = true;
        jobs.place.is_wanted = [&] { return open; };
        meanwhile() = [&] { open = false; };
        CHECK(jobs.look_at("2026-03-04 02:30") == "<sweep>");
        open = true;
        CHECK(jobs.look() == "<water>");
    }
    TEST_CASE("a clock in doubt postpones what depends on dates, and nothing else") {
        Jobs jobs;
        MachineClock machine(*instant_from("2026-03-02 20:00"));
        server::Office office(*jobs.office.store, machine, jobs.office.random);
        JobPlace place{office, jobs.place.in_unit};
        const auto look = [&] {
            diary().clear();
            server::run_due_jobs(place, kDated);
            server::run_due_jobs(place, kJobs);
            return diary();
        };
        CHECK(look().empty());
        machine.shown = *instant_from("2025-03-02 20:00");
        machine.pass(hours(7));
        REQUIRE(office.clock().is_in_doubt());
        REQUIRE(office.now() == *instant_from("2026-03-03 03:00"));
        CHECK(look() == "<sweep><water>");
        jobs.place.in_unit([&] { CHECK(server::job_states(office, kDated).front().is_postponed); });
        machine.shown = *instant_from("2026-03-03 03:00");
        CHECK(look() == "<years>");
        jobs.place.in_unit(
            [&] { CHECK_FALSE(server::job_states(office, kDated).front().is_postponed); });
    }
    TEST_CASE("when the clock was wrongly far ahead, a job does not wait for that time") {
        Jobs jobs;
        CHECK(jobs.look_at("2030-01-01 12:00") == "<sweep><water>");
        jobs.office.clock.set(*instant_from("2026-03-03 12:00"));
        {
            server::Unit unit(*jobs.office.store);
            REQUIRE(server::accept_clock(jobs.office.office, {}, "曾走快").has_value());
            unit.commit();
        }
        CHECK(jobs.look() == "<sweep><water>");
        CHECK(jobs.look().empty());
        CHECK(jobs.look_at("2026-03-04 02:30") == "<sweep><water>");
    }
    TEST_CASE("job run by who may not is refused and noted") {
        Jobs jobs;
        const auto before = jobs.lines();
        const auto refused = server::run_job(jobs.place, jobs.office.ann, "sweep", kJobs);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().id() == "access.denied");
        CHECK(jobs.told(before) == "person sweep denied ;");
        jobs.place.in_unit([&] {
            CHECK_FALSE(server::list_jobs(jobs.office.office, jobs.office.ann, kJobs).has_value());
        });
        CHECK(diary().empty());
        const auto ran = server::run_job(jobs.place, jobs.office.admin, "sweep", kJobs);
        REQUIRE(ran);
        CHECK(ran->last->by == jobs.office.admin);
        CHECK(jobs.told(before).ends_with("person sweep ok ;"));
        CHECK(server::run_job(jobs.place, jobs.office.admin, "dance", kJobs).error().id() ==
              "job.unknown");
    }
    TEST_CASE("a run by hand takes the place of none that is due later") {
        Jobs jobs;
        REQUIRE(server::run_job(jobs.place, {}, "sweep", kJobs).has_value());
        CHECK(jobs.look_at("2026-03-03 02:30") == "<sweep><water>");
    }
    TEST_CASE("what runs each minute and finds nothing to do leaves no line in the audit") {
        Jobs jobs(kOften);
        const auto before = jobs.lines();
        for (int minute = 0; minute < 5; ++minute) {
            jobs.office.clock.advance(minutes(1));
            CHECK(jobs.look() == "<water>");
        }
        CHECK(jobs.told(before).empty());
        CHECK(jobs.state("water").last->started_at == jobs.office.clock.now());
        REQUIRE(server::run_job(jobs.place, jobs.office.admin, "water", kOften).has_value());
        CHECK(jobs.told(before) == "person water nothing ;");
    }
}

}  // namespace dossier::test
