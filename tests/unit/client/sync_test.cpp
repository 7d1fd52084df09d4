#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/encode.hpp"
#include "common/merge/elements.hpp"

#include "protocol/codec.hpp"

#include "client/actions/standing.hpp"
#include "client/faults.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using merge::Verdict;
using merge::VerdictKind;

merge::Verdict answer(VerdictKind kind, std::uint64_t matter = 0, std::string reason = "") {
    Verdict verdict;
    verdict.kind = kind;
    verdict.matter = matter;
    verdict.reason = std::move(reason);
    return verdict;
}

/// The office takes what it is sent, as it is sent.
void takes_everything(World& world) {
    world.office.judge = [&world](const merge::Op& op) {
        const auto* kind = catalog::find_kind(op.record_kind);
        FieldValues values = op.fields;
        if (op.record == world.acme) {
            values = world.customer("杭州明润医药有限公司");
            for (const auto& each : op.fields) assign(values, each.tag, each.value);
        }
        world.office.put(world.own, *kind, op.record, values);
        return Verdict{};
    };
}

TEST_SUITE("client/sync/engine") {
    TEST_CASE("a first sync brings everything, verifies it and is remembered as finished") {
        World world;
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(world.finished);
        CHECK(report->verified);
        CHECK(report->scopes_gained == 3);
        CHECK(world.shown(kCustomer, world.acme, "name") == "杭州明润医药有限公司");
        CHECK(world.laptop.store().last_finished() == kMorning);
    }

    TEST_CASE("a session without Bye is never one that finished") {
        World world;
        world.office.batch_entries = 1;
        int sessions = 0;
        for (int cut = 0; !world.finished; ++cut, ++sessions) {
            REQUIRE(cut < 100);
            REQUIRE(world.sync(cut));
            CHECK(world.finished == (world.laptop.store().last_finished().ms != 0));
        }
        CHECK(world.laptop.store().sessions(100).size() == static_cast<std::size_t>(sessions));
    }

    TEST_CASE("cut after any message and resumed, the end is the same as without a cut") {
        for (int cut = 0; cut < 25; ++cut) {
            CAPTURE(cut);
            World world;
            world.office.batch_entries = 1;
            takes_everything(world);
            REQUIRE(world.sync());
            const auto visit = world.visit("客户询问保修期");
            REQUIRE(world.set(kCustomer, world.acme, "fax", words("0571-11112222")));
            world.office.put(world.own, kCustomer, World::id(30), world.customer("第二家"));
            REQUIRE(world.sync(cut));
            REQUIRE(world.sync());
            CHECK(world.finished);
            CHECK(world.office.received.size() == 2);
            CHECK(world.office.repairs == 0);
            CHECK(world.laptop.store().outbox.unsent_count() == 0);
            CHECK(world.shown(kVisit, visit, "content") == "客户询问保修期");
            CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-11112222");
            CHECK(world.officially(kCustomer, world.acme, "fax") == "0571-11112222");
            CHECK(world.shown(kCustomer, World::id(30), "name") == "第二家");
        }
    }

    TEST_CASE("an outbox entry stays until its verdict is stored, and is pushed again until then") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        world.visit("a");
        REQUIRE(world.sync(1));  // after Welcome: pushed and taken, the verdicts are lost
        CHECK(world.office.received.size() == 1);
        CHECK(world.laptop.store().outbox.unsent_count() == 1);
        world.laptop.reopen();
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(report->sent == 1);
        CHECK(world.office.received.size() == 1);
        CHECK(world.laptop.store().outbox.unsent_count() == 0);
    }

    TEST_CASE("a long outbox goes in windows and in order") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        for (int i = 0; i < 40; ++i) world.visit(std::string(500, 'x'));
        client::Engine engine(world.laptop.store(), world.laptop.clock, world.laptop.log,
                              {.app_version = "test", .push_bytes_max = 4096});
        REQUIRE(test::sync(engine, world.office));
        CHECK(engine.finished());
        CHECK(engine.report().sent == 40);
        CHECK(world.office.applied == 40);
    }

    TEST_CASE("what somebody else changed meanwhile is under the own unsent words, not over them") {
        World world;
        REQUIRE(world.sync());
        REQUIRE(world.set(kCustomer, world.acme, "fax", words("0571-11112222")));
        auto changed = world.customer("杭州明润医药有限公司");
        assign(changed, tag(kCustomer, "fax"), words("0571-33334444"));
        assign(changed, tag(kCustomer, "website"), words("mingrun.example"));
        // Saved while the session runs: pulled under it.
        client::Engine engine(world.laptop.store(), world.laptop.clock, world.laptop.log, {});
        auto hello = engine.start();
        REQUIRE(hello);
        auto push = engine.on(world.office.on(hello->front()).front());
        REQUIRE(push);
        const auto answers = world.office.on(push->front());
        REQUIRE(world.set(kCustomer, world.acme, "short_name", words("明润")));
        world.office.put(world.own, kCustomer, world.acme, changed);
        for (const auto& message : answers) REQUIRE(engine.on(message));
        REQUIRE(world.set(kCustomer, world.acme, "fax", words("0571-55556666")));
        client::Engine next(world.laptop.store(), world.laptop.clock, world.laptop.log, {});
        hello = next.start();
        push = next.on(world.office.on(hello->front()).front());
        REQUIRE(push);
        for (const auto& message : world.office.on(protocol::Push{{}, true})) {
            if (std::holds_alternative<protocol::Batch>(message)) {
                // Straight to the replica: the pull of a session in which words were written late.
                auto scope = world.laptop.store().scopes.find(world.own);
                REQUIRE(scope);
                const auto& batch = std::get<protocol::Batch>(message);
                protocol::Decompressor decompressor;
                const auto entries =
                    protocol::decode_entries(*decompressor.decompress(batch.entries));
                sqlite::Transaction tx(world.laptop.store().connection());
                REQUIRE(world.laptop.store().replica.apply(*scope, *entries, kMorning));
                tx.commit();
            }
        }
        CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-55556666");
        CHECK(world.officially(kCustomer, world.acme, "fax") == "0571-33334444");
        CHECK(world.shown(kCustomer, world.acme, "website") == "mingrun.example");
        CHECK(world.shown(kCustomer, world.acme, "short_name") == "明润");
    }

    TEST_CASE("a batch applied twice changes nothing") {
        World world;
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        const auto before = *store.scopes.find(world.own);
        auto scope = before;
        protocol::FacetEntry entry;
        for (const auto& member : store.scopes.of_record(world.acme)) {
            const auto values = store.replica.office_values(kCustomer, world.acme, member.facet);
            entry = {world.acme, kCustomer.tag, static_cast<std::uint8_t>(member.facet),
                     true,       member.fv,     catalog::encode(values)};
            sqlite::Transaction tx(store.connection());
            REQUIRE(store.replica.apply(scope, std::span(&entry, 1), kMorning));
            tx.commit();
        }
        CHECK(scope.count == before.count);
        CHECK(scope.set_hash == before.set_hash);
    }

    TEST_CASE("a restored office's version holds, whatever later one lies in another scope (I3)") {
        for (const bool restored : {false, true}) {
            CAPTURE(restored);
            World world;
            REQUIRE(world.sync());
            auto& store = world.laptop.store();
            sqlite::Transaction tx(store.connection());
            if (restored) store.meta.set_number(client::kRecountedKey, 1);
            auto own = *store.scopes.find(world.own);
            const auto member = store.scopes.of_record(world.acme).front();
            auto values = store.replica.office_values(kCustomer, world.acme, member.facet);
            const auto give = [&](client::HeldScope scope, std::uint64_t fv,
                                  std::string_view name) {
                assign(values, catalog::field(kCustomer, "name").tag, words(name));
                const protocol::FacetEntry entry{
                    world.acme, kCustomer.tag, static_cast<std::uint8_t>(member.facet),
                    true,       {fv},          catalog::encode(values)};
                REQUIRE(store.replica.apply(scope, std::span(&entry, 1), kMorning));
            };
            store.scopes.gain({4, {}});
            auto other = *store.scopes.find({4, {}});
            other.complete = true;
            give(other, 9, "备份之后");
            give(own, 2, "恢复之后");
            tx.commit();
            CHECK(world.shown(kCustomer, world.acme, "name") ==
                  (restored ? "恢复之后" : "备份之后"));
        }
    }

    TEST_CASE("applied: the value stays before and after the pull") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        REQUIRE(world.set(kCustomer, world.acme, "fax", words("0571-11112222")));
        REQUIRE(world.sync(2));  // verdict stored, cut before the pull
        CHECK(world.laptop.store().outbox.unsent_count() == 0);
        CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-11112222");
        REQUIRE(world.sync());
        CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-11112222");
        CHECK(world.laptop.store().tray.list(false).empty());
    }

    TEST_CASE("a new record that was taken stays when the session is cut before the pull") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        const auto visit = world.visit("客户询问保修期");
        REQUIRE(world.sync(2));
        CHECK(world.shown(kVisit, visit, "content") == "客户询问保修期");
        REQUIRE(world.set(kVisit, visit, "content", words("保修两年")));
        CHECK(world.shown(kVisit, visit, "purpose") == "新品介绍");
        CHECK(world.officially(kVisit, visit, "content") == "客户询问保修期");
    }

    TEST_CASE(
        "a record that was taken but lies in no scope of this laptop goes after the session") {
        World world;
        REQUIRE(world.sync());
        const auto visit = world.visit("somebody else's customer");
        REQUIRE(world.sync());
        CHECK(world.shown(kVisit, visit, "content") == "(none)");
        CHECK(world.laptop.store().search.find("somebody", 0, 9).empty());
    }

    TEST_CASE("rejected, late, parked: the office's value comes back, the own one is in the tray") {
        for (const auto kind : {VerdictKind::Rejected, VerdictKind::Late, VerdictKind::Parked,
                                VerdictKind::Case, VerdictKind::Proposal}) {
            CAPTURE(static_cast<int>(kind));
            World world;
            world.office.judge = [&](const merge::Op&) { return answer(kind, 7, "some.reason"); };
            REQUIRE(world.sync());
            REQUIRE(world.set(kCustomer, world.acme, "name", words("明润集团")));
            CHECK(world.shown(kCustomer, world.acme, "name") == "明润集团");
            REQUIRE(world.sync());
            CHECK(world.shown(kCustomer, world.acme, "name") == "杭州明润医药有限公司");
            const auto items = world.laptop.store().tray.list(true);
            REQUIRE(items.size() == 1);
            CHECK(text(items[0].op.fields, kCustomer, "name") == "明润集团");
            CHECK(items[0].op.base.empty());
            CHECK(items[0].verdict.reason == "some.reason");
            CHECK(items[0].verdict.matter == 7);
            // A case that did not come here yet tells nothing: the change counts as unread.
            CHECK(client::sync_counts(world.laptop.store()).unread == 1);
            const auto& matter = *catalog::find_kind("case");
            world.office.put(
                world.self, matter, World::id(41),
                values_of(matter, {{"number", std::int64_t{7}}, {"state", words("open")}}));
            REQUIRE(world.sync());
            const auto counts = client::sync_counts(world.laptop.store());
            CHECK(counts.cases == 1);
            CHECK(counts.unread == (kind == VerdictKind::Case ? 0U : 1U));
            const bool open = kind != VerdictKind::Rejected;
            CHECK(world.laptop.store().tray.open_for(world.acme).size() == (open ? 1U : 0U));
            CHECK(world.laptop.store().tray.mark_read(items[0].id, kMorning));
            CHECK(world.laptop.store().tray.unread_count() == 0);
            CHECK(world.laptop.store().tray.item(items[0].id).has_value());
        }
    }

    TEST_CASE("a proposal is settled when the office takes its value or decides its record") {
        World world;
        world.office.judge = [&](const merge::Op&) { return answer(VerdictKind::Proposal, 7); };
        REQUIRE(world.sync());
        REQUIRE(world.set(kCustomer, world.acme, "name", words("明润集团")));
        REQUIRE(world.set(kCustomer, world.acme, "legal_rep", words("周明远")));
        REQUIRE(world.sync());
        auto& tray = world.laptop.store().tray;
        REQUIRE(tray.open_for(world.acme).size() == 2);
        world.office.put(world.own, kCustomer, world.acme, world.customer("明润集团"));
        REQUIRE(world.sync());
        REQUIRE(tray.open_for(world.acme).size() == 1);
        const auto& proposal = *catalog::find_kind("proposal");
        world.office.put(
            world.self, proposal, World::id(40),
            values_of(proposal, {{"number", std::int64_t{7}}, {"state", words("refused")}}));
        REQUIRE(world.sync());
        CHECK(tray.open_for(world.acme).empty());
        CHECK(tray.list(false).size() == 2);
    }

    TEST_CASE(
        "of one field the author's last word alone waits, and saying the office's takes it back") {
        World world;
        world.office.judge = [&](const merge::Op& op) {
            const auto& name = find(op.fields, tag(kCustomer, "name"));
            const bool back = name != nullptr && *name == words("杭州明润医药有限公司");
            return answer(back ? VerdictKind::Converged : VerdictKind::Proposal, back ? 0 : 7);
        };
        REQUIRE(world.sync());
        auto& tray = world.laptop.store().tray;
        CHECK_FALSE(world.set(kCustomer, world.acme, "name", words("杭州明润医药有限公司")));
        for (const char* name : {"一", "二", "三"}) {
            REQUIRE(world.set(kCustomer, world.acme, "name", words(name)));
            REQUIRE(world.sync());
        }
        REQUIRE(tray.open_for(world.acme).size() == 1);
        CHECK(text(tray.open_for(world.acme).front().op.fields, kCustomer, "name") == "三");
        CHECK(tray.list(false).size() == 3);
        REQUIRE(world.set(kCustomer, world.acme, "name", words("杭州明润医药有限公司")));
        REQUIRE(world.sync());
        CHECK(tray.open_for(world.acme).empty());
        CHECK_FALSE(world.set(kCustomer, world.acme, "name", words("杭州明润医药有限公司")));
    }

    TEST_CASE("to an element that waits another one is added, and it can be taken away again") {
        World world;
        world.office.judge = [&](const merge::Op&) { return answer(VerdictKind::Proposal, 7); };
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        const auto& field = *catalog::find_field(kCustomer, "former_names");
        const auto add = [&](const char* name) {
            const auto seen = store.replica.seen(kCustomer, world.acme);
            return client::amend(kCustomer, world.acme, *seen, field,
                                 catalog::from_elements(field, {'"' + std::string(name) + '"'}));
        };
        REQUIRE(world.laptop.commit(add("甲")));
        REQUIRE(world.sync());
        CHECK(add("甲").empty());
        const auto more = add("乙");
        REQUIRE(more.size() == 1);
        CHECK(*find(more.front().base, field.tag) == words("[\"甲\"]"));
        CHECK(*find(more.front().fields, field.tag) == words("[\"甲\",\"乙\"]"));
    }

    TEST_CASE("elements taken back wait no more, neither before the next sync nor after it") {
        World world;
        world.office.judge = [&](const merge::Op& op) {
            const auto* next = find(op.fields, tag(kCustomer, "former_names"));
            const bool none = next == nullptr || is_empty(*next);
            return answer(none ? VerdictKind::Converged : VerdictKind::Late, none ? 0 : 7);
        };
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        using Elements = std::vector<std::string>;
        const auto shown = [&] {
            return catalog::elements(merge::value_or_empty(
                store.replica.seen(kCustomer, world.acme)->values, tag(kCustomer, "former_names")));
        };
        REQUIRE(world.set(kCustomer, world.acme, "former_names", words("[\"甲\",\"乙\"]")));
        REQUIRE(world.set(kCustomer, world.acme, "former_names", words("[\"甲\",\"乙\",\"丙\"]")));
        REQUIRE(world.sync());
        REQUIRE(shown() == Elements{"\"丙\"", "\"乙\"", "\"甲\""});
        REQUIRE(world.set(kCustomer, world.acme, "former_names", words("[\"乙\"]")));
        CHECK(shown() == Elements{"\"乙\""});
        REQUIRE(world.sync());
        CHECK(shown() == Elements{"\"乙\""});
        REQUIRE(store.tray.open_for(world.acme).size() == 2);  // 乙, and that the others go
        CHECK(text(store.tray.open_for(world.acme).front().op.fields, kCustomer, "former_names") ==
              "[\"乙\"]");
        REQUIRE(world.set(kCustomer, world.acme, "former_names", Value{}));
        CHECK(shown().empty());
        REQUIRE(world.sync());
        CHECK(shown().empty());
    }

    TEST_CASE("a rejected new record leaves the view, with its words in the tray") {
        World world;
        world.office.judge = [](const merge::Op&) { return answer(VerdictKind::Rejected); };
        REQUIRE(world.sync());
        const auto visit = world.visit("客户询问保修期");
        REQUIRE(world.set(kVisit, visit, "content", words("保修两年")));
        REQUIRE(world.sync());
        CHECK(world.shown(kVisit, visit, "content") == "(none)");
        const auto items = world.laptop.store().tray.list(false);
        REQUIRE(items.size() == 2);
        CHECK(text(items[1].op.fields, kVisit, "content") == "客户询问保修期");
        CHECK(text(items[0].op.fields, kVisit, "content") == "保修两年");
    }

    TEST_CASE("an office that has another chain for this laptop is told so, and nothing is lost") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        world.visit("a");
        REQUIRE(world.sync());
        world.visit("b");
        world.office.head[0] ^= 1U;
        const auto report = world.sync();
        REQUIRE_FALSE(report);
        CHECK(report.error().is(client::kFork));
        CHECK(world.laptop.store().outbox.unsent_count() == 1);
        CHECK(world.laptop.store().incidents(9).size() == 1);
    }

    TEST_CASE("a scope that differs is sent again once, and nothing of it is missing meanwhile") {
        World world;
        takes_everything(world);
        REQUIRE(world.sync());
        const auto mine = world.visit("unsent");
        auto scope = *world.laptop.store().scopes.find(world.own);
        scope.set_hash.sum[0] ^= 1U;
        world.laptop.store().scopes.save(scope);
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(report->verified);
        CHECK(report->incidents == 1);
        CHECK(world.office.repairs == 1);
        CHECK(world.shown(kCustomer, world.acme, "name") == "杭州明润医药有限公司");
        CHECK(world.shown(kVisit, mine, "content") == "unsent");
        CHECK(world.laptop.store().scopes.leaving().empty());
        const auto again = world.sync();
        REQUIRE(again);
        CHECK(again->incidents == 0);
    }

    TEST_CASE("a message out of order ends the session") {
        World world;
        client::Engine engine(world.laptop.store(), world.laptop.clock, world.laptop.log, {});
        REQUIRE(engine.start());
        const auto answer = engine.on(protocol::Checkpoint{});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().is(client::kUnexpected));
    }

    TEST_CASE("a verdict nobody asked for, or too few of them, changes nothing") {
        World world;
        REQUIRE(world.sync());
        world.visit("a");
        client::Engine engine(world.laptop.store(), world.laptop.clock, world.laptop.log, {});
        const auto hello = engine.start();
        const auto push = engine.on(world.office.on(hello->front()).front());
        REQUIRE(push);
        protocol::Verdicts few;
        few.changesets.push_back({1, {}});
        CHECK_FALSE(engine.on(few));
        protocol::Verdicts strange;
        strange.changesets.push_back({2, {Verdict{}}});
        CHECK_FALSE(engine.on(strange));
        CHECK(world.laptop.store().outbox.unsent_count() == 1);
    }
}

}  // namespace
}  // namespace dossier::test
