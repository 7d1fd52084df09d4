// The thread of the jobs beside the store's own.
#include "server/app/job_thread.hpp"

#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include "server/settings/settings.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {
namespace {

/// Events of the log, in order.
class Heard final : public Log {
  public:
    std::string words;

  protected:
    void write(LogLevel, std::string_view event, std::initializer_list<Fact> facts) override {
        words.append(event).append(" ");
        for (const Fact& fact : facts) {
            if (fact.name == "job" || fact.name == "code") words.append(fact.value).append(" ");
        }
    }
};

const std::size_t kJobs = server::all_jobs().size();

/// An office that has known its jobs for a day: all of them are due.
struct Due {
    Due() {
        server::JobPlace place{office.office, [this](const std::function<void()>& work) {
                                   server::Unit unit(*office.store);
                                   work();
                                   unit.commit();
                               }};
        server::run_due_jobs(place);
        office.clock.advance(std::chrono::hours(24));
    }
    /// How many jobs have run, asked on the store's thread.
    std::size_t have_run(server::StoreThread& store) {
        return store.run_and_wait([this] {
            std::size_t count = 0;
            for (const auto& state : server::job_states(office.office)) {
                count += state.last && !state.is_running ? 1U : 0U;
            }
            return count;
        });
    }

    PeopledOffice office;
};

}  // namespace

TEST_SUITE("server/app/job_thread") {
    TEST_CASE("what is due runs while the store's thread serves others, and is told in the log") {
        Due due;
        Heard log;
        {
            server::StoreThread store(*due.office.store);
            server::JobThread jobs(due.office.office, store, log);
            for (int wait = 0; wait < 1'000 && due.have_run(store) < kJobs; ++wait)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            CHECK(due.have_run(store) == kJobs);
        }
        CHECK(log.words ==
              "job.done backup job.done compact_logs job.done tend_lists job.done open_reviews "
              "job.done restate_customers job.done link_visits job.done declassify "
              "job.done scan_duplicates ");
    }
    TEST_CASE("a job that failed is an error in the log, with its code") {
        Due due;
        Heard log;
        {
            server::Unit unit(*due.office.store);
            const auto folder = due.office.store.folder() / "away";
            std::filesystem::create_directory(folder);
            REQUIRE(
                server::change_setting_as_typed(*due.office.store, "backup.folder", folder.string())
                    .has_value());
            std::filesystem::remove(folder);
            unit.commit();
        }
        {
            server::StoreThread store(*due.office.store);
            server::JobThread jobs(due.office.office, store, log);
            for (int wait = 0; wait < 1'000 && due.have_run(store) < 4; ++wait)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        CHECK(log.words.starts_with("job.failed backup backup.no_folder "));
    }
    TEST_CASE("told to stop, it begins no other job and ends without waiting for its next look") {
        Due due;
        Heard log;
        server::StoreThread store(*due.office.store);
        {
            server::JobThread jobs(due.office.office, store, log);
            jobs.stop();
        }
        const std::size_t ran = due.have_run(store);
        CHECK(ran <= 4);
        CHECK(due.office.office.job_under_way().load() == nullptr);
    }
}

}  // namespace dossier::test
