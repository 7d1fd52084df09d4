// Two files merged at the office while laptops hold them: everybody ends with the same words.
#include "server/review/duplicates.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/integration/sync/field.hpp"
#include "tests/integration/sync/tap.hpp"

namespace dossier::test {
namespace {

/// A clerk with the right to merge.
UserId clerk_of(Field& field) {
    return field.office.user("clerk", field.office.east, "info_clerk");
}

void merge(Field& field, const UserId& actor, const RecordId& absorbed, const RecordId& survivor) {
    server::Unit unit(*field.office.store);
    field.office.office.people().forget();
    const auto plan = server::plan_merge(field.office.office, actor, absorbed, survivor, {});
    REQUIRE(plan.has_value());
    const auto done = server::carry_out_merge(field.office.office, actor, *plan, "同一家");
    if (!done) MESSAGE(describe(done.error(), Lang::En));
    REQUIRE(done.has_value());
    unit.commit();
}

void take_back(Field& field, const RecordId& absorbed) {
    server::Unit unit(*field.office.store);
    const auto done = server::take_back_merge(field.office.office, {}, absorbed, "实为两家");
    if (!done) MESSAGE(describe(done.error(), Lang::En));
    REQUIRE(done.has_value());
    unit.commit();
}

RecordId customer_of(Laptop& laptop, const RecordId& visit) {
    const auto values = laptop.store().replica.load(kVisit, visit);
    const Value* of =
        values ? find(*values, catalog::find_field(kVisit, "customer_id")->tag) : nullptr;
    return of == nullptr ? RecordId{} : as_record(*of);
}

}  // namespace

TEST_SUITE("integration/sync/duplicates") {
    TEST_CASE("a merge and offline work meet in either order, and both laptops end alike") {
        for (const bool merged_first : {false, true}) {
            Field field;
            const auto clerk = clerk_of(field);
            const auto one = field.office.customer(field.office.ann, "新安医院(上海)");
            const auto other = field.office.customer(field.office.ann, "上海新安医院");
            auto first = field.laptop(field.office.ann);
            auto second = field.laptop(field.office.ann);
            field.synced(*first);
            field.synced(*second);
            const auto visit = first->visit(one, "谈了体检设备");
            REQUIRE(first->set(kCustomer, one, "fax", words("021-1111")));
            if (!merged_first) field.synced(*first);
            merge(field, clerk, one, other);
            const auto report = field.synced(*first);
            CHECK(report.refused == 0);
            field.synced(*second);
            for (auto* laptop : {first.get(), second.get()}) {
                CHECK_FALSE(laptop->holds(kCustomer, one));
                CHECK(laptop->shown(kCustomer, other, "fax") == "021-1111");
                CHECK(customer_of(*laptop, visit) == other);
                CHECK(laptop->store().outbox.unsent_count() == 0);
            }
            CHECK(field.office.value(kVisit, visit, "customer_id") == Value{other});
        }
    }
    TEST_CASE("a file that goes to somebody else's leaves the laptop, and its last words arrive") {
        Field field;
        const auto one = field.office.customer(field.office.ann, "新安医院(上海)");
        const auto other = field.office.customer(field.office.ben, "上海新安医院");
        auto anns = field.laptop(field.office.ann);
        auto bens = field.laptop(field.office.ben);
        field.synced(*anns);
        field.synced(*bens);
        const auto visit = anns->visit(one, "谈了体检设备");
        field.office.clock.set(field.office.clock.now().plus(std::chrono::hours(1)));
        anns->clock.set(field.office.clock.now());
        bens->clock.set(field.office.clock.now());
        merge(field, UserId{}, one, other);
        const auto report = field.synced(*anns);
        CHECK(report.applied == 1);
        CHECK_FALSE(anns->holds(kCustomer, one));
        CHECK_FALSE(anns->holds(kVisit, visit));
        field.synced(*bens);
        CHECK(bens->shown(kVisit, visit, "content") == "谈了体检设备");
        CHECK(customer_of(*bens, visit) == other);
    }
    TEST_CASE("taking a merge back gives every laptop what it had") {
        Field field;
        const auto one = field.office.customer(field.office.ann, "新安医院(上海)");
        const auto other = field.office.customer(field.office.ben, "上海新安医院");
        auto anns = field.laptop(field.office.ann);
        auto bens = field.laptop(field.office.ben);
        field.synced(*anns);
        const auto visit = anns->visit(one, "谈了体检设备");
        field.synced(*anns);
        merge(field, UserId{}, one, other);
        field.synced(*anns);
        field.synced(*bens);
        REQUIRE(bens->holds(kVisit, visit));
        take_back(field, one);
        field.synced(*bens);
        field.synced(*anns);
        CHECK_FALSE(bens->holds(kVisit, visit));
        CHECK(anns->shown(kCustomer, one, "name") == "新安医院(上海)");
        CHECK(customer_of(*anns, visit) == one);
        CHECK(bens->shown(kCustomer, other, "name") == "上海新安医院");
    }
    TEST_CASE("two laptops add to and take from one set, and every element ends as C-05 says") {
        for (const bool swapped : {false, true}) {
            Field field;
            const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
            REQUIRE(field.office.set({}, kCustomer, acme, "party_role", words(R"(["buyer"])")));
            auto first = field.laptop(field.office.ann);
            auto second = field.laptop(field.office.ann);
            field.synced(*first);
            field.synced(*second);
            REQUIRE(first->set(kCustomer, acme, "party_role", words(R"(["buyer","dealer"])")));
            REQUIRE(second->set(kCustomer, acme, "party_role", words(R"(["supplier"])")));
            field.synced(swapped ? *second : *first);
            field.synced(swapped ? *first : *second);
            field.synced(swapped ? *second : *first);
            const auto united = words(R"(["dealer","supplier"])");
            CHECK(field.office.value(kCustomer, acme, "party_role") == united);
            for (auto* laptop : {first.get(), second.get()})
                CHECK(words(laptop->shown(kCustomer, acme, "party_role")) == united);
        }
    }
    TEST_CASE("every session stands in the ledger from its start, the cut one too") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        laptop->visit(acme, "谈了体检设备");
        field.synced(*laptop);
        laptop->visit(acme, "又谈了体检设备");
        for (const std::size_t at : {600U, 1000U, 1400U}) {
            const Server server(field.office);
            Tap tap(server.port(), at);
            static_cast<void>(laptop->sync(tap.address()));
        }
        server::Unit unit(*field.office.store);
        const auto rows = field.office.store->sessions(9);
        const auto cut = std::find_if(rows.begin(), rows.end(),
                                      [](const server::SessionRow& row) { return !row.finished; });
        REQUIRE(cut != rows.end());
        CHECK(cut->unsent == 1);
        CHECK(cut->user == field.office.ann);
        const auto& whole = rows.at(rows.size() - 2);
        CHECK(whole.finished);
        CHECK(whole.verified);
        CHECK(whole.unsent == 1);
        CHECK(whole.applied == 1);
        CHECK(whole.bytes_in > 0);
        CHECK(whole.bytes_out > 0);
        CHECK(whole.oldest_op_at.ms > 0);
    }
}

}  // namespace dossier::test
