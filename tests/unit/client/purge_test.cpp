#include <algorithm>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kSecret = "qzxwvsecretname";
/// A token of the index: four letters.
constexpr std::string_view kTokenRest = "xwvs";

/// A second customer whose name is the canary, in a scope of its own or in that of acme.
RecordId plant(World& world, const protocol::ScopeKey& scope) {
    world.office.hold(scope);
    world.office.put(scope, kCustomer, World::id(30), world.customer(kSecret));
    REQUIRE(world.sync());
    world.laptop.store().search.catch_up();
    REQUIRE(world.laptop.store().search.find(kSecret, 0, 9).size() == 1);
    world.laptop.store().connection().checkpoint_and_truncate();
    REQUIRE(world.lies_in_files(kSecret));
    REQUIRE(world.lies_in_files(kTokenRest));
    return World::id(30);
}

TEST_SUITE("client/sync/purge") {
    TEST_CASE("a lost scope leaves no row, no search entry and no byte in any file") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = plant(world, granted);
        world.office.lose(granted);
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(report->scopes_lost == 1);
        CHECK(world.shown(kCustomer, customer, "name") == "(none)");
        CHECK_FALSE(world.laptop.store().scopes.holds(customer));
        CHECK(world.laptop.store().search.find(kSecret, 0, 9).empty());
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
        CHECK(world.shown(kCustomer, world.acme, "name") == "杭州明润医药有限公司");
    }

    TEST_CASE("a form that names a customer who left goes with him, any other stays") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = plant(world, granted);
        auto& store = world.laptop.store();
        {
            sqlite::Transaction tx(store.connection());
            store.forms.put({"visit",
                             R"({"customer":")" + to_text(customer) + R"(","content":")" +
                                 std::string(kSecret) + "\"}",
                             kMorning});
            store.forms.put({"customer-" + to_text(customer), std::string(kSecret), kMorning});
            store.forms.put({"customer-" + to_text(world.acme), "{}", kMorning});
            tx.commit();
        }
        world.office.lose(granted);
        REQUIRE(world.sync());
        REQUIRE(store.forms.list().size() == 1);
        CHECK(store.forms.list().front().name == "customer-" + to_text(world.acme));
        CHECK_FALSE(world.lies_in_files(kSecret));
    }

    TEST_CASE("when most of what is searched goes, the index goes whole: nothing of it stays") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        plant(world, granted);
        constexpr std::uint64_t kMany = 5'200;
        for (std::uint64_t i = 0; i < kMany; ++i) {
            RecordId id = World::id(77);
            for (std::size_t byte = 0; byte < 8; ++byte)
                id.bytes[byte + 4] = static_cast<std::uint8_t>(i >> (8 * byte));
            world.office.put(granted, kCustomer, id,
                             world.customer("客户" + std::to_string(i) + std::string(kSecret)));
        }
        REQUIRE(world.sync());
        world.laptop.store().search.catch_up();
        REQUIRE(world.laptop.store().search.find("客户", 0, 9).size() == 9);
        REQUIRE(world.laptop.store().search.queued() == 0);
        world.office.lose(granted);
        REQUIRE(world.sync());
        CHECK(world.laptop.store().search.queued() > 0);  // what stays is indexed anew
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
        CHECK(world.laptop.store().search.find("客户", 0, 9).empty());
        CHECK(world.laptop.store().search.find("杭州明润", 0, 9).size() == 1);
    }

    TEST_CASE("what the office took into a facet its author may not hold goes with the session") {
        World world;
        // He knows of the file what the directory says, and writes into the rest of it.
        const auto customer = World::id(31);
        const protocol::ScopeKey directory{4, world.region};
        world.office.hold(directory);
        world.office.put(directory, kCustomer, customer,
                         values_of(kCustomer, {{"name", words("上海康衡")},
                                               {"owner_user_id", world.me.as<RecordTag>()},
                                               {"region_id", world.region},
                                               {"file_state", words("active")}}));
        REQUIRE(world.sync());
        REQUIRE(world.set(kCustomer, customer, "remark", words("老客户")));
        world.office.take(directory, customer);
        world.office.put(directory, kCustomer, customer,
                         values_of(kCustomer, {{"name", words("上海康衡")},
                                               {"owner_user_id", world.me.as<RecordTag>()},
                                               {"region_id", world.region},
                                               {"file_state", words("active")}}));
        REQUIRE(world.sync());
        CHECK(world.shown(kCustomer, customer, "name") == "上海康衡");
        CHECK(world.shown(kCustomer, customer, "remark") == "");
    }

    TEST_CASE("a record lost while its author waits to see it again leaves no empty row behind") {
        for (int cut = 0; cut < 8; ++cut) {
            CAPTURE(cut);
            World world;
            REQUIRE(world.sync());
            const auto visit = world.visit("谈了分析天平");
            static_cast<void>(world.sync(cut));
            world.office.put(world.own, kVisit, visit,
                             values_of(kVisit, {{"customer_id", world.acme},
                                                {"purpose", words("新品介绍")},
                                                {"content", words("谈了分析天平")}}));
            static_cast<void>(world.sync(cut));
            world.office.lose(world.own);
            REQUIRE(world.sync());
            CHECK(world.shown(kVisit, visit, "content") == "(none)");
            CHECK(world.laptop.store().replica.count(kVisit) == 0);
        }
    }

    TEST_CASE("a record that leaves its last scope leaves no byte either") {
        World world;
        const auto customer = plant(world, world.own);
        world.office.take(world.own, customer);
        REQUIRE(world.sync());
        CHECK(world.shown(kCustomer, customer, "name") == "(none)");
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
    }

    TEST_CASE("what the author sent of it goes from the history too; what he was refused stays") {
        World world;
        world.office.judge = [](const merge::Op& op) {
            merge::Verdict verdict;
            const bool fax = find(op.fields, tag(kCustomer, "fax")) != nullptr;
            if (fax) verdict.kind = merge::VerdictKind::Rejected;
            return verdict;
        };
        const auto customer = plant(world, world.own);
        // The base of this edit is the office's word.
        REQUIRE(world.set(kCustomer, customer, "name", words("another name")));
        REQUIRE(world.set(kCustomer, customer, "fax", words("0571-11112222")));
        REQUIRE(world.sync());
        world.office.take(world.own, customer);
        REQUIRE(world.sync());
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
        const auto history = world.laptop.store().outbox.history(9);
        REQUIRE(history.size() == 2);
        CHECK(history[0].changeset.ops.empty());
        CHECK(history[0].verdicts.size() == 1);
        const auto items = world.laptop.store().tray.list(false);
        REQUIRE(items.size() == 1);
        CHECK(text(items[0].op.fields, kCustomer, "fax") == "0571-11112222");
        // The chain goes on.
        world.visit("a");
        CHECK(world.sync());
    }

    TEST_CASE("unsent work over what is lost is kept, shown alone and delivered") {
        World world;
        const auto customer = plant(world, world.own);
        auto& store = world.laptop.store();
        REQUIRE(world.set(kCustomer, customer, "fax", words("0571-11112222")));
        {
            // The record leaves while the words have no verdict yet.
            auto scope = *store.scopes.find(world.own);
            protocol::FacetEntry gone;
            gone.record = customer;
            gone.kind = kCustomer.tag;
            gone.present = false;
            sqlite::Transaction tx(store.connection());
            for (const auto& member : store.scopes.of_record(customer)) {
                gone.facet = static_cast<std::uint8_t>(member.facet);
                REQUIRE(store.replica.apply(scope, std::span(&gone, 1), kMorning));
            }
            store.scopes.save(scope);
            tx.commit();
        }
        CHECK(world.shown(kCustomer, customer, "name") == "");
        CHECK(world.shown(kCustomer, customer, "fax") == "0571-11112222");
        CHECK(store.outbox.unsent_count() == 1);
        world.office.take(world.own, customer);
        REQUIRE(world.sync());
        CHECK(world.office.received.size() == 1);
        CHECK(world.shown(kCustomer, customer, "fax") == "(none)");
    }

    TEST_CASE("a facet in two scopes goes with the last of them") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = plant(world, granted);
        world.office.put(world.own, kCustomer, customer, world.customer(kSecret));
        REQUIRE(world.sync());
        world.office.lose(granted);
        REQUIRE(world.sync());
        CHECK(world.shown(kCustomer, customer, "name") == kSecret);
        world.office.take(world.own, customer);
        REQUIRE(world.sync());
        CHECK(world.shown(kCustomer, customer, "name") == "(none)");
    }

    TEST_CASE("a purge that was cut is finished when the store is opened") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = plant(world, granted);
        auto& store = world.laptop.store();
        store.scopes.mark_leaving(store.scopes.find(granted)->id);
        world.laptop.reopen();
        CHECK(world.shown(kCustomer, customer, "name") == "(none)");
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
    }

    TEST_CASE("erased, but cut before index and log were cleaned: the next opening cleans them") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        plant(world, granted);
        auto& store = world.laptop.store();
        store.scopes.mark_leaving(store.scopes.find(granted)->id);
        store.purge_leaving();
        REQUIRE(world.lies_in_files(kTokenRest));
        world.laptop.reopen();
        CHECK_FALSE(world.lies_in_files(kSecret));
        CHECK_FALSE(world.lies_in_files(kTokenRest));
    }

    TEST_CASE("a wipe reaches the words of a save that was undone, on pages nothing uses") {
        World world;
        auto& db = world.laptop.store().connection();
        db.exec(
            "CREATE TABLE scratch(x); INSERT INTO scratch VALUES(zeroblob(400000)); DROP TABLE "
            "scratch");
        std::string text;
        while (text.size() < 100'000) text += kSecret;
        db.exec("BEGIN; INSERT INTO meta VALUES('kept', x'01'); SAVEPOINT s");
        db.prepared("INSERT INTO meta VALUES('undone', CAST(?1 AS BLOB))").bind(text).run();
        db.exec("ROLLBACK TO s; RELEASE s; COMMIT");
        db.checkpoint_and_truncate();
        REQUIRE(world.lies_in_files(kSecret));
        world.laptop.store().wipe();
        CHECK_FALSE(world.lies_in_files(kSecret));
    }

    TEST_CASE("lost and granted again, the laptop holds what a new one would hold") {
        World world;
        const protocol::ScopeKey granted{6, world.me.as<RecordTag>()};
        const auto customer = plant(world, granted);
        world.office.lose(granted);
        REQUIRE(world.sync());
        world.office.hold(granted);
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(report->verified);
        CHECK(world.shown(kCustomer, customer, "name") == kSecret);
        CHECK(world.laptop.store().search.find(kSecret, 0, 9).size() == 1);
    }
}

}  // namespace
}  // namespace dossier::test
