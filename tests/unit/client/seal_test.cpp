// What may no longer be read here leaves sealed: never lost, never readable, told once (I5, I6).
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kCanary = "qzxwvcanary";
constexpr std::string_view kFax = "0571-77665544";

/// A world whose office has a recovery key the laptop knows.
struct SealingWorld : World {
    SealingWorld() {
        office.recovery = crypto::make_key_pair(laptop.random);
        auto identity = *laptop.store().meta.identity();
        identity.recovery_key = office.recovery->public_key;
        laptop.store().meta.set_identity(identity);
    }

    /// One session in which `typed` happens after everything was pushed, before the policy.
    Result<client::Report> sync_while(const std::function<void()>& typed) {
        client::Engine engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"});
        auto out = engine.start();
        for (std::size_t at = 0; out && at < out->size(); ++at) {
            const auto message = (*out)[at];
            for (const auto& answer : office.on(message)) {
                if (std::holds_alternative<protocol::Policy>(answer)) typed();
                auto next = engine.on(answer);
                if (!next) return pass(next);
                out->insert(out->end(), next->begin(), next->end());
            }
        }
        if (!out) return pass(out);
        return engine.report();
    }
};

TEST_SUITE("client/store/seal") {
    TEST_CASE("what was typed between push and a lost scope is sealed, delivered once, in order") {
        SealingWorld world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = World::id(30);
        world.office.hold(granted);
        world.office.put(granted, kCustomer, customer, world.customer("临时授权客户"));
        REQUIRE(world.sync());
        world.office.lose(granted);
        const auto report = world.sync_while([&] {
            REQUIRE(world.set(kCustomer, customer, "fax", words(kFax)));
            const auto id = world.laptop.ids.make<RecordId>();
            REQUIRE(world.laptop.commit(
                {client::new_record(kVisit, id,
                                    values_of(kVisit, {{"customer_id", customer},
                                                       {"purpose", words("回访")},
                                                       {"content", words(kCanary)}}))}));
            REQUIRE(world.laptop.commit(
                client::amend(kVisit, id, *world.laptop.store().replica.seen(kVisit, id),
                              *catalog::find_field(kVisit, "needs"), words(kCanary))));
            world.visit("另一家客户的拜访");
            world.laptop.store().connection().checkpoint_and_truncate();
            REQUIRE(world.lies_in_files(kCanary));
        });
        REQUIRE(report);
        auto& outbox = world.laptop.store().outbox;
        CHECK(outbox.unsent_count() == 4);
        CHECK(outbox.sealed_count() == 3);
        CHECK_FALSE(world.lies_in_files(kCanary));
        CHECK_FALSE(world.lies_in_files(kFax));
        CHECK(world.shown(kCustomer, customer, "fax") == "(none)");
        CHECK(world.laptop.store().search.find(kCanary, 0, 9).empty());
        // Sealed or not, one order; nothing arrives twice.
        REQUIRE(world.sync());
        REQUIRE(world.sync());
        REQUIRE(world.office.received.size() == 4);
        CHECK(text(world.office.received[0].ops[0].fields, kCustomer, "fax") == kFax);
        CHECK(text(world.office.received[1].ops[0].fields, kVisit, "content") == kCanary);
        CHECK(text(world.office.received[2].ops[0].fields, kVisit, "needs") == kCanary);
        CHECK(outbox.unsent_count() == 0);
        CHECK_FALSE(world.lies_in_files(kCanary));
    }

    TEST_CASE("a sealed action is sealed whole, and what else it touched shows the office's word") {
        SealingWorld world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = World::id(30);
        world.office.hold(granted);
        world.office.put(granted, kCustomer, customer, world.customer("临时授权客户"));
        REQUIRE(world.sync());
        world.office.lose(granted);
        REQUIRE(world.sync_while([&] {
            const auto edit = [&](const RecordId& record) {
                FieldValues changed;
                assign(changed, tag(kCustomer, "fax"), words(kFax));
                return client::edit(kCustomer, record,
                                    *world.laptop.store().replica.seen(kCustomer, record), changed);
            };
            auto both = edit(customer);
            for (auto& op : edit(world.acme)) both.push_back(op);
            REQUIRE(world.laptop.commit(both));
            CHECK(world.shown(kCustomer, world.acme, "fax") == kFax);
        }));
        CHECK(world.laptop.store().outbox.sealed_count() == 1);
        CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-88990012");
        REQUIRE(world.sync());
        REQUIRE(world.office.received.size() == 1);
        CHECK(world.office.received[0].ops.size() == 2);
    }

    TEST_CASE("what the office does not take of a sealed entry is told in the tray all the same") {
        SealingWorld world;
        REQUIRE(world.sync());
        world.visit("甲");
        {
            auto& store = world.laptop.store();
            sqlite::Transaction tx(store.connection());
            store.outbox.seal_unsent();
            tx.commit();
        }
        world.office.judge = [](const merge::Op&) {
            merge::Verdict verdict;
            verdict.kind = merge::VerdictKind::Rejected;
            verdict.reason = "access.denied";
            return verdict;
        };
        REQUIRE(world.sync());
        const auto items = world.laptop.store().tray.list(false);
        REQUIRE(items.size() == 1);
        CHECK(items[0].op.record_kind == 0);
        CHECK(items[0].verdict.reason == "access.denied");
        const auto history = world.laptop.store().outbox.history(1);
        CHECK(history[0].sealed);
        CHECK(history[0].verdicts.size() == 1);
    }
}

}  // namespace
}  // namespace dossier::test
