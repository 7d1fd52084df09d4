// The office's own jobs, from the table, on an office in a vault.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "common/catalog/duplicate.hpp"

#include "server/jobs/book.hpp"
#include "server/settings/settings.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;
using server::JobState;
using server::Outcome;

struct Nights {
    Nights() {
        fs::create_directory(folder);
        fs::create_directory(second);
        look();
    }
    void look() { server::run_due_jobs(place); }
    void look_at(std::string_view time) {
        office.clock.set(*instant_from(time));
        look();
    }
    JobState state(std::string_view name) {
        JobState found;
        place.in_unit([&] {
            for (const JobState& each : server::job_states(office.office)) {
                if (each.job->name == name) found = each;
            }
        });
        return found;
    }
    void set(std::string_view key, std::string_view typed) {
        place.in_unit([&] {
            REQUIRE(server::change_setting_as_typed(*office.store, key, typed).has_value());
        });
    }
    static std::size_t count(const std::string& of) {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(of), fs::directory_iterator()));
    }

    PeopledOffice office{42, Kept::InVault};
    std::string folder = (office.store.folder() / "backups").string();
    std::string second = (office.store.folder() / "second").string();
    server::JobPlace place{office.office, [this](const std::function<void()>& work) {
                               server::Unit unit(*office.store);
                               work();
                               unit.commit();
                           }};
};

}  // namespace

TEST_SUITE("server/jobs/jobs") {
    TEST_CASE("without a folder the backup says that it is not set up, and does not fail") {
        Nights nights;
        nights.look_at("2026-03-03 02:30");
        const auto state = nights.state("backup");
        REQUIRE(state.last);
        CHECK(state.last->outcome == Outcome::NotSetUp);
        CHECK_FALSE(server::has_failed(state));
        CHECK(state.last->en.find("backup.folder") != std::string::npos);
    }
    TEST_CASE("each night a backup is made, copied, and the old ones taken away in both folders") {
        Nights nights;
        nights.set("backup.folder", nights.folder);
        nights.set("backup.second_folder", nights.second);
        nights.set("backup.keep_days", "3");
        for (const char* night : {"2026-03-03 02:30", "2026-03-04 02:30", "2026-03-05 02:31",
                                  "2026-03-06 02:30", "2026-03-07 02:32", "2026-03-08 09:00"}) {
            nights.look_at(night);
            CHECK_MESSAGE(nights.state("backup").last->outcome == Outcome::Done,
                          nights.state("backup").last->en);
        }
        CHECK(Nights::count(nights.folder) == 3);
        CHECK(Nights::count(nights.second) == 3);
        CHECK(fs::exists(nights.second + "/dossier-2026-03-08-0900/office.db"));
        CHECK(nights.state("backup").last->en.find("3 kept, 1 removed") != std::string::npos);
        CHECK(nights.state("backup").last->en.find("one disk") != std::string::npos);
    }
    TEST_CASE("a second folder that is away fails the run, and the first has its backup") {
        Nights nights;
        nights.set("backup.folder", nights.folder);
        fs::create_directory(nights.second + "/away");
        nights.set("backup.second_folder", nights.second + "/away");
        fs::remove(nights.second + "/away");
        nights.look_at("2026-03-03 02:30");
        const auto state = nights.state("backup");
        CHECK(server::has_failed(state));
        CHECK(state.last->code == "backup.no_folder");
        CHECK(fs::exists(nights.folder + "/dossier-2026-03-03-0230/office.db"));
    }
    TEST_CASE("while the clock is in doubt a backup is made and none is taken away") {
        Nights nights;
        nights.set("backup.folder", nights.folder);
        nights.set("backup.keep_days", "1");
        nights.look_at("2026-03-03 02:30");
        nights.look_at("2026-03-09 02:30");
        REQUIRE(Nights::count(nights.folder) == 1);
        nights.office.clock.set(*instant_from("2025-01-01 00:00"));
        nights.office.clock.advance(std::chrono::hours(100));
        REQUIRE(nights.office.office.clock().is_in_doubt());
        nights.look();
        CHECK(Nights::count(nights.folder) == 2);
        CHECK(nights.state("backup").last->outcome == Outcome::Done);
        CHECK(nights.state("compact_logs").is_postponed);
    }
    TEST_CASE("a grant ends within a minute of its time, by the office through its door") {
        Nights nights;
        auto& office = nights.office;
        const auto acme = office.customer(office.ann, "杭州明润医药有限公司");
        const Instant until = office.clock.now().plus(std::chrono::hours(1));
        const auto grant = office.make(
            catalog::kAccessGrant,
            values_of(catalog::kAccessGrant, {{"grantee_user_id", office.cai.as<RecordTag>()},
                                              {"scope_kind", words("customer")},
                                              {"scope_ids", words("[\"" + to_text(acme) + "\"]")},
                                              {"max_level", std::int64_t{1}},
                                              {"ops", words(R"(["view"])")},
                                              {"purpose", words("外出拜访")},
                                              {"from_at", office.clock.now().ms},
                                              {"to_at", until.ms}}));
        const auto revoked = [&] {
            return !is_empty(office.value(catalog::kAccessGrant, grant, "revoked_at"));
        };
        office.clock.set(until.plus(-std::chrono::seconds(1)));
        nights.look();
        CHECK_FALSE(revoked());
        office.clock.advance(std::chrono::minutes(1));
        nights.look();
        CHECK(revoked());
        CHECK(nights.state("expire_grants").last->en.starts_with("1 grants"));
    }
    TEST_CASE("the night finds two files that look alike, giving way between its steps") {
        Nights nights;
        auto& office = nights.office;
        office.customer(office.ann, "杭州明润医药有限公司");
        office.customer(office.ben, "杭州明润医药有限公司");
        std::size_t ways = 0;
        nights.place.give_way = [&] { ++ways; };
        nights.look_at("2026-03-03 03:30");
        CHECK(nights.state("scan_duplicates").last->outcome == Outcome::Done);
        CHECK(ways >= 3);
        nights.place.in_unit([&] { CHECK(office.store->count(catalog::kDuplicate.tag) == 1); });
    }
    TEST_CASE(
        "a night that is stopped while it compares is looked at again when the office opens") {
        Nights nights;
        nights.office.customer(nights.office.ann, "杭州明润医药有限公司");
        nights.office.customer(nights.office.ben, "杭州明润医药有限公司");
        std::size_t steps = 0;
        bool stopping = false;
        nights.place.give_way = [&] { stopping = ++steps == 2; };
        nights.place.is_wanted = [&] { return !stopping; };
        nights.look_at("2026-03-03 03:30");
        CHECK(steps == 2);
        CHECK_FALSE(nights.state("scan_duplicates").last);
        stopping = false;
        nights.look();
        CHECK(nights.state("scan_duplicates").last->outcome == Outcome::Done);
    }
    TEST_CASE("a file that is merged while the night compares is in no pair") {
        Nights nights;
        auto& office = nights.office;
        const auto acme = office.customer(office.ann, "杭州明润医药有限公司");
        const auto twin = office.customer(office.ben, "杭州明润医药有限公司");
        std::size_t ways = 0;
        nights.place.give_way = [&] {
            // The last step before a pair is kept: somebody else merged the two by now.
            if (++ways != 3) return;
            auto values = *office.store->load(catalog::kCustomer.tag, twin);
            assign(values, catalog::kMergedInto, acme);
            office.store->save({catalog::kCustomer.tag, twin, twin}, values);
        };
        nights.look_at("2026-03-03 03:30");
        REQUIRE(ways >= 3);
        nights.place.in_unit([&] { CHECK(office.store->count(catalog::kDuplicate.tag) == 0); });
    }
    TEST_CASE("a setting that is a folder takes a full path or none") {
        Nights nights;
        nights.place.in_unit([&] {
            auto& store = *nights.office.store;
            const auto typed = [&](std::string_view key, std::string_view words) {
                const auto done = server::change_setting_as_typed(store, key, words);
                return done ? std::string("ok") : std::string(done.error().id());
            };
            CHECK(typed("backup.folder", "backups") == "config.folder");
            CHECK(typed("backup.folder", nights.folder + "/a/../") == "ok");
            CHECK(server::folder_setting(store, "backup.folder") == nights.folder + "/");
            // Nobody is told in the night that there is no such folder.
            CHECK(typed("backup.folder", nights.folder + "/not there") == "config.no_folder");
            CHECK(server::folder_setting(store, "backup.folder") == nights.folder + "/");
            CHECK(typed("backup.folder", "-") == "ok");
            CHECK(server::folder_setting(store, "backup.folder").empty());
            CHECK(typed("backup.keep_days", "viele") == "config.number");
            CHECK(typed("backup.keep_days", "0") == "config.range");
            CHECK(typed("backup.keep_days", "99999999999999999999") == "config.range");
            CHECK(typed("backup.keep_days", "30") == "ok");
            CHECK(server::setting(store, "backup.keep_days") == 30);
            CHECK(typed("backup.weekly", "1") == "config.unknown");
        });
    }
}

}  // namespace dossier::test
