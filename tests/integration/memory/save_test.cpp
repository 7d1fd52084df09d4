// One save on a laptop whose memory runs out at the first request, the second, … until none fails.
#include <doctest/doctest.h>

#include "tests/integration/memory/short_memory.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

/// A laptop in its vault that has synced once, with customers enough that none has many unsent
/// words over it.
struct ShortLaptop {
    ShortLaptop() {
        for (std::uint8_t i = 0; i < 40; ++i) {
            customers.push_back(World::id(static_cast<std::uint8_t>(100 + i)));
            world.office.put(world.own, kCustomer, customers.back(),
                             world.customer("客户" + std::to_string(i)));
        }
        client::Engine engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"});
        REQUIRE(test::sync(engine, world.office).has_value());
        laptop.store().search.catch_up();
    }
    /// A visit at the next customer.
    merge::Op visit() {
        acme = customers[++edits % customers.size()];
        return client::new_record(
            kVisit, laptop.ids.make<RecordId>(),
            values_of(kVisit, {{"customer_id", acme},
                               {"purpose", words("新品介绍")},
                               {"content", words("谈了体检设备的报价与交货期")}}));
    }
    merge::Op fax() {
        const auto seen = *laptop.store().replica.seen(kCustomer, acme);
        const auto number = "0571-" + std::to_string(edits);
        return client::edit(kCustomer, acme, seen, values_of(kCustomer, {{"fax", words(number)}}))
            .front();
    }
    std::string held_fax() {
        return text(*laptop.store().replica.load(kCustomer, acme), kCustomer, "fax");
    }
    bool holds(const merge::Op& visit) {
        const auto values = laptop.store().replica.load(kVisit, visit.record);
        if (values) CHECK(text(*values, kVisit, "content") == "谈了体检设备的报价与交货期");
        return values.has_value();
    }
    [[nodiscard]] OSeq last() { return laptop.store().outbox.last(); }
    /// Whether the entry says all that was written.
    bool is_whole(OSeq oseq, const std::vector<merge::Op>& ops) {
        const auto entry = laptop.store().outbox.entry(oseq);
        if (!entry || entry->changeset.ops.size() != ops.size()) return false;
        for (std::size_t at = 0; at < ops.size(); ++at) {
            const auto& kept = entry->changeset.ops[at];
            for (const auto& [tag, value] : ops[at].fields) {
                const Value* held = find(kept.fields, tag);
                if (kept.record != ops[at].record || held == nullptr || *held != value)
                    return false;
            }
        }
        return true;
    }

    World world;
    std::vector<RecordId> customers;
    RecordId acme;
    TempClient laptop{world.me, 9, Kept::InVault};
    std::size_t edits = 0;
};

/// Whether the save was reported as done; an exception is a report that it was not.
bool saves(ShortLaptop& desk,
           const std::vector<merge::Op>& ops,
           std::uint64_t fail_at,
           Shortage shortage) {
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = ops;
    const ShortMemory memory(fail_at, shortage);
    try {
        return desk.laptop.intake().commit(std::move(draft)).has_value();
    } catch (const std::exception&) {
        return false;
    }
}

/// Everything of it is there, or nothing: now, and when the program has gone and come again.
void check_all_or_nothing(ShortLaptop& desk,
                          const std::vector<merge::Op>& ops,
                          OSeq before,
                          bool saved) {
    const std::string fax = desk.held_fax();
    const bool has_fax = words(fax) == *find(ops.back().fields, tag(kCustomer, "fax"));
    CHECK(desk.last() == (saved ? before.next() : before));
    CHECK(desk.holds(ops.front()) == saved);
    CHECK(has_fax == saved);
    CHECK(desk.laptop.store().outbox.has_unsent(ops.front().record) == saved);
    if (saved) CHECK(desk.is_whole(desk.last(), ops));
}

void runs_out(Shortage shortage, bool cold) {
    ShortLaptop desk;
    std::uint64_t refused = 0;
    for (std::uint64_t fail_at = 1;; ++fail_at) {
        CAPTURE(fail_at);
        if (cold) desk.laptop.reopen();
        const std::vector<merge::Op> ops{desk.visit(), desk.fax()};
        const OSeq before = desk.last();
        const bool saved = saves(desk, ops, fail_at, shortage);
        if (!saved) ++refused;
        check_all_or_nothing(desk, ops, before, saved);
        if (!ShortMemory::was_short()) {
            REQUIRE(saved);
            break;
        }
        if (fail_at % 64 == 0) {
            desk.laptop.reopen();
            check_all_or_nothing(desk, ops, before, saved);
        }
        // With memory again, work goes on.
        const std::vector<merge::Op> next{desk.visit(), desk.fax()};
        const OSeq then = desk.last();
        REQUIRE(saves(desk, next, 0, shortage));
        check_all_or_nothing(desk, next, then, true);
    }
    MESSAGE(refused << " requests whose failure refused the save");
    CHECK(refused > 100);
    desk.laptop.reopen();
    CHECK(desk.laptop.store().vault()->verify().has_value());
    desk.laptop.store().search.catch_up();
    // A search looks at so many records and no more; which are indexed is told by the queue.
    CHECK(desk.laptop.store().search.queued() == 0);
    CHECK(desk.laptop.store().search.find("体检设备", kVisit.tag, 100).size() == 100);
}

}  // namespace

TEST_SUITE("integration/memory/save") {
    TEST_CASE("a save that runs out of memory once is whole or not there") {
        runs_out(Shortage::Once, false);
    }
    TEST_CASE("a save whose memory stays short is whole or not there") {
        runs_out(Shortage::Lasting, false);
    }
    TEST_CASE("the first save after a start that runs out of memory is whole or not there") {
        runs_out(Shortage::Lasting, true);
    }
}

}  // namespace dossier::test
