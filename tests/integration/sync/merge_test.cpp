// What laptops bring and get, end to end: the same words on both sides after each sync.
#include <doctest/doctest.h>

#include "server/reading/sync_ledger.hpp"
#include "tests/integration/sync/field.hpp"
#include "tests/integration/sync/tap.hpp"

namespace dossier::test {
TEST_SUITE("integration/sync/merge") {
    TEST_CASE("a laptop receives its user's customers and brings back his visits") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        const auto other = field.office.customer(field.office.cai, "西北仪器");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        CHECK(laptop->shown(kCustomer, acme, "name") == "杭州明润医药有限公司");
        CHECK_FALSE(laptop->holds(kCustomer, other));
        const auto visit = laptop->visit(acme, "谈了新的分析天平");
        const auto report = field.synced(*laptop);
        CHECK(report.sent == 1);
        CHECK(report.applied == 1);
        CHECK(field.office.value(kVisit, visit, "content") == words("谈了新的分析天平"));
        CHECK(laptop->store().outbox.unsent_count() == 0);
        CHECK(field.synced(*laptop).sent == 0);
    }
    TEST_CASE("different fields changed on both sides are both kept, and the laptop shows both") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        REQUIRE(laptop->set(kCustomer, acme, "fax", words("0571-11112222")));
        REQUIRE(field.office.set({}, kCustomer, acme, "website", words("mingrun.example")));
        const auto report = field.synced(*laptop);
        CHECK(report.refused + report.cases + report.proposals == 0);
        CHECK(field.office.value(kCustomer, acme, "fax") == words("0571-11112222"));
        CHECK(field.office.value(kCustomer, acme, "website") == words("mingrun.example"));
        CHECK(laptop->shown(kCustomer, acme, "fax") == "0571-11112222");
        CHECK(laptop->shown(kCustomer, acme, "website") == "mingrun.example");
    }
    TEST_CASE("what was merged by rule is one count, the same on both sides") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        // Taken as it is, the same already, beside another's change, given way to a later one, and
        // one for a person to decide.
        laptop->visit(acme, "谈了新的分析天平");
        REQUIRE(laptop->set(kCustomer, acme, "website", words("mingrun.example")));
        REQUIRE(laptop->set(kCustomer, acme, "qualifications_note", words("甲级")));
        REQUIRE(laptop->set(kCustomer, acme, "remark", words("先写的")));
        REQUIRE(laptop->set(kCustomer, acme, "name", words("杭州明润药业有限公司")));
        field.office.clock.advance(std::chrono::minutes(5));
        REQUIRE(field.office.set({}, kCustomer, acme, "website", words("mingrun.example")));
        REQUIRE(field.office.set({}, kCustomer, acme, "remark", words("后写的")));
        REQUIRE(field.office.set({}, kCustomer, acme, "name", words("杭州明润集团有限公司")));
        const auto report = field.synced(*laptop);
        const auto row = field.office.store->sessions(1).front();
        CHECK(row.converged + row.merged + row.superseded > 0);
        CHECK(row.cases + row.proposals > 0);
        CHECK(client::by_rule(report) == server::by_rule(row));
        CHECK(client::by_rule(report) + report.cases + report.proposals + report.refused ==
              row.ops);
    }
    TEST_CASE(
        "the same reviewed field changed on two laptops becomes a case, and nothing is lost") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto first = field.laptop(field.office.ann);
        auto second = field.laptop(field.office.ann);
        field.synced(*first);
        field.synced(*second);
        REQUIRE(first->set(kCustomer, acme, "name", words("杭州明润药业有限公司")));
        REQUIRE(second->set(kCustomer, acme, "name", words("杭州明润集团有限公司")));
        field.synced(*first);
        const auto report = field.synced(*second);
        CHECK(report.cases + report.proposals == 1);
        field.synced(*first);
        CHECK(first->shown(kCustomer, acme, "name") == second->shown(kCustomer, acme, "name"));
        CHECK(second->store().tray.list(false).size() == 1);
    }
    TEST_CASE("a transferred customer leaves the old owner's laptop and arrives on the new one") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto old_owner = field.laptop(field.office.ann);
        auto new_owner = field.laptop(field.office.ben);
        field.synced(*old_owner);
        field.synced(*new_owner);
        REQUIRE(old_owner->holds(kCustomer, acme));
        REQUIRE_FALSE(new_owner->holds(kCustomer, acme));
        field.office.transfer(acme, field.office.ben);
        field.synced(*old_owner);
        field.synced(*new_owner);
        CHECK_FALSE(old_owner->holds(kCustomer, acme));
        CHECK(new_owner->shown(kCustomer, acme, "name") == "杭州明润医药有限公司");
    }
    TEST_CASE("two laptops of one user sync at once and end alike") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto first = field.laptop(field.office.ann);
        auto second = field.laptop(field.office.ben);
        field.synced(*first);
        field.synced(*second);
        for (int i = 0; i < 30; ++i) first->visit(acme, "第" + std::to_string(i) + "次");
        {
            const Server server(field.office);
            Result<client::Report> other;
            std::thread meanwhile([&] { other = second->sync(server.address()); });
            const auto report = first->sync(server.address());
            meanwhile.join();
            REQUIRE(report);
            CHECK(report->sent == 30);
            REQUIRE(other);
            CHECK(other->verified);
        }
        field.office.transfer(acme, field.office.ben);
        field.synced(*first);
        const auto report = field.synced(*second);
        CHECK(report.received > 30);
    }
    TEST_CASE("nothing changed costs two round trips and at most 2 KB in all") {
        Field field;
        field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        const Server server(field.office);
        Tap tap(server.port());
        const auto report = laptop->sync(tap.address());
        REQUIRE(report);
        CHECK(report->verified);
        tap.finish();
        MESSAGE("bytes with the handshake: " << tap.bytes() << ", round trips after it: "
                                             << tap.turns() - Tap::kHandshakeTurns);
        CHECK(tap.bytes() <= 2048);
        CHECK(tap.turns() - Tap::kHandshakeTurns <= 2);
    }
}

}  // namespace dossier::test
