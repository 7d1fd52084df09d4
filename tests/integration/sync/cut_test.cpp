// Sessions that are cut: whatever byte was the last, the next one continues and ends alike.
#include <doctest/doctest.h>

#include "tests/integration/sync/field.hpp"
#include "tests/integration/sync/tap.hpp"

namespace dossier::test {
namespace {

/// Work on both sides that a whole session has to carry.
struct Busy {
    Busy() {
        for (int i = 0; i < 6; ++i)
            customers.push_back(
                field.office.customer(field.office.ann, "客户" + std::to_string(i)));
        laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        for (const auto& customer : customers) {
            visits.push_back(laptop->visit(customer, "拜访记录"));
            REQUIRE(laptop->set(kCustomer, customer, "fax", words("0571-88990000")));
        }
        for (int i = 6; i < 12; ++i)
            customers.push_back(
                field.office.customer(field.office.ann, "客户" + std::to_string(i)));
        field.office.transfer(customers[0], field.office.ben);
    }
    void check_end() {
        const auto report = field.synced(*laptop);
        CHECK(laptop->store().outbox.unsent_count() == 0);
        CHECK_FALSE(laptop->holds(kCustomer, customers[0]));
        for (std::size_t i = 1; i < customers.size(); ++i)
            CHECK(laptop->holds(kCustomer, customers[i]));
        for (const auto& visit : visits)
            CHECK(field.office.value(catalog::kCommunication, visit, "content") ==
                  words("拜访记录"));
        CHECK(field.office.value(kCustomer, customers[1], "fax") == words("0571-88990000"));
        server::Unit unit(*field.office.store);
        CHECK(field.office.store->count(catalog::kCommunication.tag) == visits.size());
    }

    Field field;
    std::vector<RecordId> customers;
    std::vector<RecordId> visits;
    std::unique_ptr<Laptop> laptop;
};

}  // namespace

TEST_SUITE("integration/sync/cut") {
    TEST_CASE("a session cut at any frame is continued by the next, and the end is the same") {
        std::size_t whole = 0;
        {
            Busy busy;
            const Server server(busy.field.office);
            Tap tap(server.port());
            REQUIRE(busy.laptop->sync(tap.address()));
            tap.finish();
            whole = tap.bytes();
        }
        MESSAGE("a whole session has " << whole << " bytes");
        // Frames are a multiple of 256 bytes and their head: each is cut within and near its ends.
        constexpr std::size_t kStep = 274;
        std::size_t cuts = 0;
        Busy busy;
        for (std::size_t at = 40; at < whole; at += kStep) {
            const Server server(busy.field.office);
            Tap tap(server.port(), at);
            const auto report = busy.laptop->sync(tap.address());
            tap.finish();
            CHECK(busy.laptop->store().outbox.last().value == 12);
            if (!report) ++cuts;
            // Nobody's fault: to be tried again, and neither a device nor an office is in question.
            if (!report) CHECK(exit_code(report.error().code()) == 13);
            if (report) break;  // what the earlier sessions carried is done: this one was shorter
        }
        CHECK(cuts > 3);
        busy.check_end();
    }
    TEST_CASE("a cut in the handshake is a cut, not a refusal") {
        Busy busy;
        for (std::size_t at = 1; at < 420; at += 23) {
            CAPTURE(at);
            const Server server(busy.field.office);
            Tap tap(server.port(), at);
            const auto report = busy.laptop->sync(tap.address());
            tap.finish();
            REQUIRE_FALSE(report);
            CHECK(exit_code(report.error().code()) == 13);
        }
        busy.check_end();
    }
    TEST_CASE("each cut alone, on a fresh laptop, ends the same") {
        for (const std::size_t at : {98U, 150U, 500U, 900U, 1500U, 2500U, 3500U, 5000U, 7000U}) {
            CAPTURE(at);
            Busy busy;
            {
                const Server server(busy.field.office);
                Tap tap(server.port(), at);
                static_cast<void>(busy.laptop->sync(tap.address()));
            }
            busy.laptop->reopen();
            busy.check_end();
        }
    }
}

}  // namespace dossier::test
