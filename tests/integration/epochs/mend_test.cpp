// A scope that differs is mended by what differs alone (sync 5.3.6, 5.6).
#include <doctest/doctest.h>

#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

/// Ann with many customers, synced.
struct Many {
    explicit Many(int count) {
        for (int i = 0; i < count; ++i)
            customers.push_back(firm.people.customer(firm.people.ann, "客户" + std::to_string(i)));
        ann = firm.laptop(firm.people.ann);
        all = firm.met(*ann).received;
    }
    void run(std::string_view sql) { ann->store().connection().exec(std::string(sql)); }
    void run(std::string_view sql, const RecordId& record) {
        ann->store().connection().prepared(sql).bind(record).run();
    }
    std::int64_t own() {
        return ann->store().scopes.find({3, firm.people.ann.as<RecordTag>()})->id;
    }

    Firm firm;
    std::vector<RecordId> customers;
    std::unique_ptr<TempClient> ann;
    std::uint64_t all = 0;
};

}  // namespace

TEST_SUITE("integration/epochs/mend") {
    TEST_CASE("missing, different and extra rows: only they are fetched or taken away") {
        Many many(300);
        const auto scope = many.own();
        // Missing: neither rows nor members. Different: an older version. Extra: of nobody.
        const auto missing = many.customers[7];
        many.run("DELETE FROM member WHERE record=?1", missing);
        many.run("DELETE FROM customer WHERE id=?1", missing);
        many.run("UPDATE member SET fv=0, hash=zeroblob(32) WHERE record=?1", many.customers[150]);
        many.run("UPDATE customer SET fax='没有人写过' WHERE id=?1", many.customers[150]);
        RecordId extra = many.customers[200];
        extra.bytes[15] ^= 1U;
        many.run(
            "INSERT INTO member SELECT ?1, facet, scope, kind, fv, hash FROM member WHERE scope=" +
                std::to_string(scope) + " LIMIT 1",
            extra);
        many.run("UPDATE scope SET set_hash=zeroblob(32), count=count+3");
        const auto report = many.firm.met(*many.ann);
        CHECK(report.incidents >= 1);
        CHECK(report.mended > 0);
        CHECK(report.mended < 30);
        CHECK(many.firm.facets < 30);
        CHECK(many.firm.messages < 40);
        CHECK(many.own() == scope);
        CHECK(many.firm.shown(*many.ann, missing, "name") == "客户7");
        CHECK(many.firm.shown(*many.ann, many.customers[150], "fax").empty());
        CHECK(many.ann->store().scopes.of_record(extra).empty());
        CHECK(many.ann->store().incidents(1).front().what == "scope.differs");
        CHECK(many.firm.audited("differs") >= 1);
        CHECK(many.firm.met(*many.ann).incidents == 0);
    }
    TEST_CASE("sums that drifted over sound rows are made anew without a question") {
        Many many(40);
        many.run("UPDATE scope SET set_hash=zeroblob(32)");
        const auto report = many.firm.met(*many.ann);
        CHECK(report.mended == 0);
        CHECK(many.firm.facets == 0);
        CHECK(many.firm.met(*many.ann).incidents == 0);
    }
    TEST_CASE("everything lost comes back in bounded messages, and what changes meanwhile too") {
        Many many(200);
        many.run("DELETE FROM member");
        REQUIRE(many.firm.meet(*many.ann, 6));
        REQUIRE(many.firm.people.set({}, kCustomer, many.customers[3], "fax", words("0571-3")));
        const auto report = many.firm.met(*many.ann);
        CHECK(report.mended > 200);
        CHECK(many.ann->store().replica.count(kCustomer) == 200);
        CHECK(many.firm.shown(*many.ann, many.customers[3], "fax") == "0571-3");
    }
    TEST_CASE("unsent words stay over what is mended") {
        Many many(40);
        many.firm.set(*many.ann, many.customers[5], "fax", words("0571-5"));
        many.run("UPDATE member SET fv=0, hash=zeroblob(32) WHERE record=?1", many.customers[5]);
        many.run("UPDATE scope SET set_hash=zeroblob(32)");
        many.firm.met(*many.ann);
        CHECK(many.firm.shown(*many.ann, many.customers[5], "fax") == "0571-5");
        CHECK(many.firm.held(many.customers[5], "fax") == "0571-5");
    }
    TEST_CASE("a laptop of the first protocol is sent the scope again") {
        Many many(40);
        many.firm.laptop_protocol = 1;
        many.firm.versions.protocol = 2;
        const auto scope = many.own();
        many.run("DELETE FROM member WHERE record=?1", many.customers[7]);
        many.run("UPDATE scope SET set_hash=zeroblob(32)");
        const auto report = many.firm.met(*many.ann);
        CHECK(report.incidents >= 1);
        CHECK(report.mended == 0);
        CHECK(many.own() != scope);
    }
    TEST_CASE("a laptop that was silent while logs were shortened is mended, not sent everything") {
        Many many(120);
        auto& firm = many.firm;
        for (int i = 0; i < 20; ++i) firm.people.transfer(many.customers[10U + i], firm.people.ben);
        firm.people.clock.advance(std::chrono::hours(40 * 24));
        many.ann->clock.advance(std::chrono::hours(40 * 24));
        const auto forgotten = [&] {
            server::Unit unit(firm.store());
            const auto since = firm.people.clock.now().plus(-protocol::kSilentAfter);
            const auto lines = firm.store().compact_logs(since);
            unit.commit();
            return lines;
        }();
        CHECK(forgotten > 0);
        firm.people.customer(firm.people.ann, "新客户");
        const auto report = firm.met(*many.ann);
        CHECK(report.incidents == 0);
        CHECK(report.mended >= 19);
        CHECK(firm.facets < 10);
        CHECK(many.ann->store().replica.count(kCustomer) == 101);
        CHECK_FALSE(many.ann->store().replica.load(kCustomer, many.customers[15]));
    }
    TEST_CASE("a laptop whose first session was cut before logs were shortened sees nothing odd") {
        Many many(20);
        auto& firm = many.firm;
        const auto ben = firm.laptop(firm.people.ben);
        for (int i = 0; i < 5; ++i) firm.people.transfer(many.customers[i], firm.people.ben);
        firm.people.customer(firm.people.ben, "新客户");
        // The wire breaks after the batches, before they are proven.
        REQUIRE(firm.meet(*ben, 5));
        REQUIRE(ben->store().replica.count(kCustomer) == 6);
        firm.people.transfer(many.customers[1], firm.people.ann);
        firm.people.customer(firm.people.ben, "又一客户");
        {
            server::Unit unit(firm.store());
            const auto since = firm.people.clock.now().plus(-protocol::kSilentAfter);
            CHECK(firm.store().compact_logs(since) > 0);
            unit.commit();
        }
        const auto report = firm.met(*ben);
        CHECK(report.incidents == 0);
        CHECK(report.mended > 0);
        CHECK(ben->store().replica.count(kCustomer) == 6);
    }
    TEST_CASE("what an active laptop has not received is not forgotten by the office") {
        Many many(30);
        auto& firm = many.firm;
        for (int i = 0; i < 5; ++i) firm.people.transfer(many.customers[i], firm.people.ben);
        {
            server::Unit unit(firm.store());
            firm.store().compact_logs(firm.people.clock.now().plus(-protocol::kSilentAfter));
            unit.commit();
        }
        const auto report = firm.met(*many.ann);
        CHECK(report.mended == 0);
        CHECK(report.incidents == 0);
        CHECK(many.ann->store().replica.count(kCustomer) == 25);
    }
}

}  // namespace dossier::test
