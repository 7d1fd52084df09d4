// Who may look at what laptops brought, and at what somebody could do earlier; every look back is
// noted. No shell stands before these.
#include "server/reading/past.hpp"

#include <array>

#include <doctest/doctest.h>

#include "server/reading/sync_ledger.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using access::Answer;
using access::Operation;

namespace {

constexpr std::array kAsked{Operation::View, Operation::EditPlain};

struct Past {
    SmallOffice office;
    RecordId acme = office.customer_of(office.ann, "杭州明润医药有限公司");
    Instant then = office.clock.now();

    Past() { office.clock.advance(std::chrono::hours(48)); }

    Result<std::optional<server::PastRights>> asks(const UserId& who,
                                                   std::string_view purpose,
                                                   const UserId& about,
                                                   Instant at,
                                                   const RecordId& customer = {}) {
        return office.inside([&](Office& desk) {
            return server::rights_at(desk, {.who = who, .purpose = std::string(purpose)}, about,
                                     customer, at, kAsked);
        });
    }
    std::size_t noted(std::string_view result) {
        server::Unit unit(*office.store);
        std::size_t lines = 0;
        for (const auto& line : office.store->audit(0, 10'000))
            lines += line.action == "as_of" && line.result == result ? 1U : 0U;
        return lines;
    }
};

}  // namespace

TEST_SUITE("server/reading/past") {
    TEST_CASE("who reads the audit looks back for a purpose, who administers without, others not") {
        Past past;
        const auto why = [&](const UserId& who, std::string_view purpose) {
            const auto found = past.asks(who, purpose, past.office.ann.user, past.then);
            return found ? std::string("ok") : std::string(found.error().id());
        };
        CHECK(why(past.office.manager.user, "") == "access.purpose_needed");
        CHECK(why(past.office.manager.user, "看看") == "access.purpose_needed");
        CHECK(why(past.office.manager.user, "内部核查") == "ok");
        CHECK(why(past.office.admin.user, "") == "ok");
        CHECK(why(UserId{}, "") == "ok");
        CHECK(why(past.office.ann.user, "内部核查") == "access.denied");
        CHECK(why(past.office.clerk.user, "内部核查") == "access.denied");
    }
    TEST_CASE("each look back is noted, a refused one too") {
        Past past;
        REQUIRE(past.asks(past.office.manager.user, "内部核查", past.office.ann.user, past.then));
        CHECK(past.noted("ok") == 1);
        REQUIRE_FALSE(past.asks(past.office.ann.user, "内部核查", past.office.ben.user, past.then));
        CHECK(past.noted("ok") == 1);
        CHECK(past.noted("denied") == 1);
    }
    TEST_CASE(
        "of one customer each part is answered as it was then; of one not yet there nothing") {
        Past past;
        const auto& owner = past.office.ann.user;
        const auto found = past.asks({}, "", owner, past.then, past.acme);
        REQUIRE((found && *found));
        CHECK((*found)->owner != "-");
        REQUIRE((*found)->parts.size() == catalog::facets_of(kCustomer).size());
        CHECK((*found)->parts.front().decisions.size() == kAsked.size());
        CHECK((*found)->parts.front().decisions.front().answer == Answer::Allow);
        const auto earlier =
            past.asks({}, "", owner, past.then.plus(-std::chrono::hours(1)), past.acme);
        REQUIRE(earlier);
        CHECK_FALSE(earlier->has_value());
    }
    TEST_CASE("all files are counted by region and level") {
        Past past;
        const auto found = past.asks(past.office.admin.user, "", past.office.ann.user, past.then);
        REQUIRE((found && *found));
        const auto& counts = (*found)->counts;
        REQUIRE(counts.size() == 1);
        CHECK(counts.begin()->first == std::pair<std::string, std::int64_t>("华东", 1));
        CHECK(counts.begin()->second.files == 1);
        CHECK(counts.begin()->second.reads == 1);
        CHECK(counts.begin()->second.masked == 0);
        CHECK(counts.begin()->second.edits == 1);
    }
}

TEST_SUITE("server/reading/ledger") {
    TEST_CASE("what laptops brought is for administrators and for who verifies and rules") {
        SmallOffice office;
        const auto may = [&](const UserId& who) {
            return office.inside([&](Office& desk) {
                return server::may_see_syncs(desk, {.who = who}).has_value();
            });
        };
        CHECK(may(UserId{}));
        CHECK(may(office.admin.user));
        CHECK(may(office.clerk.user));
        CHECK_FALSE(may(office.ann.user));
        CHECK_FALSE(may(office.desk.ids().make<UserId>()));
    }
}
