// The jobs at the counter.
#include <filesystem>

#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {

TEST_SUITE("server/cli/job") {
    TEST_CASE("job list tells when each runs, what became of it and when it is next") {
        Counter counter;
        const auto before = counter.type("--as luop job list --json").json();
        REQUIRE(before.size() == 13);
        CHECK(before[1]["job"] == "backup");
        CHECK(before[1]["schedule"] == "daily at 02:30");
        CHECK(before[1]["last"].is_null());
        CHECK(before[1]["next_at"] == "2026-03-02T18:30:00.000Z");
        REQUIRE(counter.type("--as luop job run scan_duplicates").code == 0);
        const auto after = counter.type("--as luop job list --json").json();
        CHECK(after.back()["last"]["outcome"] == "done");
        CHECK(after.back()["last"]["started_at"] == "2026-03-02T01:00:00.000Z");
        CHECK(after.back()["next_at"] == "2026-03-02T19:30:00.000Z");
        CHECK(counter.type("job list").says("2026-03-03 03:30"));
        CHECK(counter.run({"--lang", "zh", "job", "list"}).says("每天 02:30"));
    }
    TEST_CASE("jobs are for administrators: others are refused, and it is noted") {
        Counter counter;
        CHECK(counter.type("--as hanm job list").complains("(access.denied)"));
        CHECK(counter.type("--as hanm job run backup").complains("(access.denied)"));
        const auto unknown = counter.type("--as luop job run nonsense");
        CHECK(unknown.complains("(job.unknown)"));
        CHECK(unknown.complains("dossierd job list"));
        std::size_t denied = 0;
        for (const auto& line : counter.type("--as luop audit list --json").json())
            denied += line["action"] == "job" && line["result"] == "denied" ? 1U : 0U;
        CHECK(denied == 2);
    }
    TEST_CASE("a backup asked for now says where it lies; one that fails is told in status") {
        Counter counter;
        const auto folder = (counter.store.folder() / "backups").string();
        CHECK(counter.type("job run backup").says("not set up"));
        CHECK(counter.type("config set backup.folder backups").complains("(config.folder)"));
        CHECK(counter.type("config set backup.keep_days soon").complains("(config.number)"));
        CHECK(counter.run({"config", "set", "backup.folder", folder})
                  .complains("(config.no_folder)"));
        std::filesystem::create_directory(folder);
        REQUIRE(counter.run({"config", "set", "backup.folder", folder}).code == 0);
        std::filesystem::remove(folder);
        CHECK(counter.type("config show --json").json()["backup.folder"] == folder);
        CHECK(counter.type("config show --json").json()["backup.keep_days"] == 90);
        const auto failed = counter.type("job run backup");
        CHECK(failed.code == 1);
        CHECK(failed.complains("(job.failed)"));
        CHECK(failed.complains("(backup.no_folder)"));
        CHECK(counter.type("status").says("(backup.no_folder)"));
        CHECK(counter.type("status --json").json()["jobs_failed"] == cli::Json{"backup"});
        std::filesystem::create_directory(folder);
        const auto done = counter.type("job run backup");
        CHECK(done.code == 0);
        CHECK(done.says(folder + "/dossier-2026-03-02-0900"));
        CHECK(counter.type("status --json").json()["jobs_failed"] == cli::Json::array());
        REQUIRE(counter.type("config set backup.folder -").code == 0);
        CHECK(counter.type("job run backup --json").json()["last"]["outcome"] == "not_set_up");
    }
}

}  // namespace dossier::test
