// What the door itself demands of a merge and of parting, whoever prepared it: no screen and no
// plan stands before these.
#include <doctest/doctest.h>

#include "common/merge/derived_id.hpp"

#include "server/intake/merge.hpp"
#include "server/review/duplicates.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::uint16_t kMergedInto = 6;

struct Door {
    SmallOffice office;
    RecordId one = office.customer_of(office.ann, "新安医院");
    RecordId other = office.customer_of(office.ann, "新安医院分院");

    /// "ok", or why the event was refused.
    std::string says(const SmallOffice::Person& actor, merge::Op op) {
        return office.inside([&](Office& desk) -> std::string {
            const auto done = desk.change(actor.user, {.source = "cli", .ops = {std::move(op)}});
            return done ? "ok" : std::string(done.error().id());
        });
    }
    static merge::Op event(std::string_view name, const RecordId& absorbed) {
        return {.kind = merge::OpKind::Event,
                .record_kind = kCustomer.tag,
                .record = absorbed,
                .event = std::string(name)};
    }
    static merge::Op into(const RecordId& absorbed, const RecordId& survivor) {
        auto op = event("merge", absorbed);
        assign(op.fields, kMergedInto, survivor);
        return op;
    }
    std::string merges(const SmallOffice::Person& actor,
                       const RecordId& absorbed,
                       const RecordId& survivor) {
        return says(actor, into(absorbed, survivor));
    }
    void set(const RecordId& customer, std::string_view name, const Value& value) {
        merge::Op op{.kind = merge::OpKind::Set, .record_kind = kCustomer.tag, .record = customer};
        op.fields = {{catalog::find_field(kCustomer, name)->tag, value}};
        office.inside([&](Office& desk) {
            return desk.change({}, {.source = "job", .ops = {op}}).has_value();
        });
    }
    /// Values of a file as if they had been posted so.
    void hold(const RecordId& customer, std::string_view name, const Value& value) {
        office.inside([&](Office& desk) {
            FieldValues values;
            assign(values, catalog::find_field(kCustomer, name)->tag, value);
            desk.store().save_fields({kCustomer.tag, customer, customer}, values);
            return true;
        });
    }
    RecordId merged_into(const RecordId& customer) {
        server::Unit unit(*office.store);
        const auto values = office.store->load(kCustomer.tag, customer).value_or(FieldValues{});
        const Value* into = find(values, kMergedInto);
        return into == nullptr ? RecordId{} : as_record(*into);
    }
};

}  // namespace

TEST_SUITE("server/intake/merge_door") {
    TEST_CASE("what names an absorbed file as survivor goes where that one went (C-30)") {
        Door door;
        const auto third = door.office.customer_of(door.office.ann, "新安集团");
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        CHECK(door.merges(door.office.clerk, third, door.one) == "ok");
        CHECK(door.merged_into(third) == door.other);
    }
    TEST_CASE("of two merges the other way round the second is refused (C-30)") {
        Door door;
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        CHECK(door.merges(door.office.clerk, door.other, door.one) == "intake.merge_cycle");
        CHECK(door.merges(door.office.clerk, door.other, door.other) == "intake.merge_cycle");
        CHECK(door.merged_into(door.other).is_none());
    }
    TEST_CASE("the survivor takes the worse credit, whichever file had it") {
        for (const bool survivor_is_worse : {false, true}) {
            Door door;
            door.hold(survivor_is_worse ? door.other : door.one, "credit_class", text("D"));
            door.hold(survivor_is_worse ? door.one : door.other, "credit_class", text("A"));
            CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
            CHECK(door.office.value_of(door.other, "credit_class") == text("D"));
        }
    }
    TEST_CASE("who knows a file by a number of the absorbed one finds the survivor") {
        Door door;
        const auto third = door.office.customer_of(door.office.ann, "新安集团");
        door.hold(door.one, "customer_no", text("KH-001"));
        door.hold(door.other, "customer_no", text("KH-002"));
        door.hold(third, "customer_no", text("KH-003"));
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        CHECK(door.merges(door.office.clerk, door.other, third) == "ok");
        CHECK(door.office.value_of(third, "customer_no") == text("KH-003"));
        CHECK(door.office.value_of(third, "alias_numbers") == text(R"(["KH-001","KH-002"])"));
    }
    TEST_CASE("parting is for the service manager, and for ninety days") {
        Door door;
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        const auto part = Door::event("unmerge", door.one);
        CHECK(door.says(door.office.clerk, part) == "access.denied");
        CHECK(door.says(door.office.ann, part) == "access.denied");
        auto& clock = door.office.clock;
        clock.set(clock.now().plus(server::kUndoTime - std::chrono::minutes(1)));
        CHECK(door.says(door.office.manager, part) == "ok");
        CHECK(door.merged_into(door.one).is_none());
        Door late;
        CHECK(late.merges(late.office.clerk, late.one, late.other) == "ok");
        auto& later = late.office.clock;
        later.set(later.now().plus(server::kUndoTime + std::chrono::minutes(1)));
        CHECK(late.says(late.office.manager, Door::event("unmerge", late.one)) ==
              "intake.merge_over");
        CHECK(late.merged_into(late.one) == late.other);
    }
    TEST_CASE("a choice made on an older view of the survivor is stale") {
        Door door;
        const auto fax = catalog::find_field(kCustomer, "fax")->tag;
        auto op = Door::into(door.one, door.other);
        assign(op.base, fax, text("0571-1000"));
        assign(op.fields, fax, text("0571-7"));
        door.set(door.other, "fax", text("0571-9999"));
        CHECK(door.says(door.office.clerk, op) == "intake.stale");
        CHECK(door.merged_into(door.one).is_none());
        assign(op.base, fax, text("0571-9999"));
        CHECK(door.says(door.office.clerk, op) == "ok");
        CHECK(door.office.value_of(door.other, "fax") == text("0571-7"));
    }
    TEST_CASE("a choice may set neither what the office sets itself nor what never changes") {
        Door door;
        for (const auto name : {"customer_no", "secrecy_level"}) {
            auto op = Door::into(door.one, door.other);
            assign(op.fields, catalog::find_field(kCustomer, name)->tag, text("9"));
            CHECK(door.says(door.office.clerk, op) == "merge.unknown_field");
        }
    }
    TEST_CASE("a deleted file is neither merged nor merged into") {
        Door door;
        door.hold(door.other, "deleted_at", std::int64_t{1});
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "merge.removed");
        CHECK(door.merges(door.office.clerk, door.other, door.one) == "merge.removed");
    }
    TEST_CASE("who knows neither file is answered of the absorbed one as of none at all") {
        Door door;
        const auto asks = [&](const RecordId& customer) {
            const merge::Op removal{
                .kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = customer};
            return door.office.admin.pushes({removal}, door.office.clock.now()).front();
        };
        const auto none = asks(door.office.desk.ids().make<RecordId>());
        CHECK(asks(door.one) == none);
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        CHECK(asks(door.one) == none);
        // Who knew it is told that there is nothing left to remove.
        const merge::Op removal{
            .kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = door.one};
        const auto known = door.office.ann.pushes({removal}, door.office.clock.now()).front();
        CHECK(known.kind == merge::VerdictKind::Converged);
    }
    TEST_CASE("of what a file has one of, each keeps its own") {
        Door door;
        const auto& kind = *catalog::find_kind("customer_feature");
        const auto parent = catalog::find_field(kind, "customer_id")->tag;
        std::vector<RecordId> made;
        for (const auto& file : {door.one, door.other}) {
            made.push_back(merge::derived_id(kind, {{parent, file}}));
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = kind.tag,
                         .record = door.office.desk.ids().make<RecordId>(),
                         .fields = {{parent, file}}};
            REQUIRE(door.office.inside([&](Office& desk) {
                return desk.change({}, {.source = "job", .ops = {op}}).has_value();
            }));
        }
        CHECK(door.merges(door.office.clerk, door.one, door.other) == "ok");
        server::Unit unit(*door.office.store);
        auto& store = *door.office.store;
        CHECK(store.find(kind.tag, parent, door.one) == std::vector{made.front()});
        CHECK(store.find(kind.tag, parent, door.other) == std::vector{made.back()});
    }
    TEST_CASE("of a secret pair one proposes and the service manager, another, merges") {
        Door door;
        const auto a = door.office.customer_of(door.office.ann, "杭州明润医药有限公司");
        const auto b = door.office.customer_of(door.office.ann, "杭州明润医药股份有限公司");
        REQUIRE(door.office.inside(
            [&](Office& desk) { return server::scan_duplicates(desk).has_value(); }));
        const auto pairs = door.office.inside([&](Office& desk) {
            return server::list_pairs(desk, door.office.clerk.user, server::Which::Open);
        });
        REQUIRE(pairs.size() == 1);
        door.office.marks(a, 2);
        const auto proposes = [&](const SmallOffice::Person& who) {
            return door.office.inside([&](Office& desk) {
                return server::decide_pair(desk, who.user, pairs.front().number, "propose", "同")
                    .has_value();
            });
        };
        CHECK(door.merges(door.office.manager, a, b) == "intake.merge_level");
        REQUIRE(proposes(door.office.manager));
        CHECK(door.merges(door.office.manager, a, b) == "intake.merge_level");
        REQUIRE(proposes(door.office.clerk));
        CHECK(door.merges(door.office.clerk, a, b) == "intake.merge_level");
        CHECK(door.merges(door.office.manager, a, b) == "ok");
        CHECK(door.office.value_of(b, "secrecy_level") == Value{std::int64_t{2}});
        CHECK(door.says(door.office.manager, Door::event("unmerge", a)) == "ok");
        CHECK(door.office.value_of(b, "secrecy_level") == Value{std::int64_t{1}});
    }
}
