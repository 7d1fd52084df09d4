#include <doctest/doctest.h>

#include "common/catalog/references.hpp"
#include "common/catalog/satellite.hpp"

#include "client/faults.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using client::edit;
using client::new_record;

FieldValues new_customer(std::string_view name) {
    return values_of(kCustomer, {{"name", words(name)}});
}

FieldValues unit(const World& world, std::string_view name, const Value& above = {}) {
    auto values =
        values_of(catalog::kOrgUnit, {{"customer_id", world.acme}, {"name", words(name)}});
    if (!is_empty(above)) assign(values, tag(catalog::kOrgUnit, "parent_id"), above);
    return values;
}

TEST_SUITE("client/intake") {
    TEST_CASE("no unit comes below its own part, be that made before or in the same action") {
        constexpr auto& kUnit = catalog::kOrgUnit;
        World world;
        REQUIRE(world.sync());
        auto& replica = world.laptop.store().replica;
        const auto top = world.laptop.ids.make<RecordId>();
        const auto low = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit({new_record(kUnit, top, unit(world, "总部")),
                                     new_record(kUnit, low, unit(world, "科室", top))}));
        const auto put = [&](const RecordId& of_unit, const RecordId& above) {
            return edit(kUnit, of_unit, *replica.seen(kUnit, of_unit),
                        {{tag(kUnit, "parent_id"), above}});
        };
        for (const RecordId& above : {low, top}) {
            const auto saved = world.laptop.commit(put(top, above));
            REQUIRE_FALSE(saved);
            CHECK(saved.error().is(catalog::kCircle));
        }
        // What the same action makes is there for what follows in it.
        const auto part = world.laptop.ids.make<RecordId>();
        auto ops = std::vector{new_record(kUnit, part, unit(world, "分部", low))};
        for (auto& op : put(top, part)) ops.push_back(std::move(op));
        const auto both = world.laptop.commit(ops);
        REQUIRE_FALSE(both);
        CHECK(both.error().is(catalog::kCircle));
        CHECK_FALSE(replica.load(kUnit, part).has_value());
        CHECK(record_in(*replica.load(kUnit, top), kUnit, "parent_id").is_none());
    }

    TEST_CASE("nothing can be saved before the first sync brought the user's post") {
        World world;
        const auto saved =
            world.laptop.commit({new_record(kCustomer, World::id(90), new_customer("新安医院"))});
        REQUIRE_FALSE(saved);
        CHECK(saved.error().is(client::kNoOfficeData));
    }

    TEST_CASE("what was saved is there after the program stopped, in view and outbox") {
        World world;
        REQUIRE(world.sync());
        const auto visit = world.visit("客户询问保修期");
        world.laptop.reopen();
        CHECK(world.shown(kVisit, visit, "content") == "客户询问保修期");
        CHECK(world.shown(kVisit, visit, "kind") == "visit");
        CHECK(world.laptop.store().outbox.unsent_count() == 1);
        const auto entry = world.laptop.store().outbox.entry(OSeq{1});
        REQUIRE(entry);
        CHECK(entry->changeset.author == world.me);
        CHECK(entry->changeset.ops.front().record == visit);
        CHECK(entry->verdicts.empty());
    }

    TEST_CASE("a new customer gets a provisional number of this laptop, its author as owner") {
        World world;
        REQUIRE(world.sync());
        const auto first = world.laptop.ids.make<RecordId>();
        const auto second = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit({new_record(kCustomer, first, new_customer("新安医院")),
                                     new_record(kCustomer, second, new_customer("上海药房"))}));
        CHECK(world.shown(kCustomer, first, "provisional_no") == "T-N07-0001");
        CHECK(world.shown(kCustomer, second, "provisional_no") == "T-N07-0002");
        CHECK(world.shown(kCustomer, first, "file_state") == "draft");
        const auto third = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit({new_record(kCustomer, third, new_customer("第三家"))}));
        CHECK(world.shown(kCustomer, third, "provisional_no") == "T-N07-0003");
        const auto row = world.laptop.store().replica.load(kCustomer, first);
        CHECK(as_record(*find(*row, tag(kCustomer, "owner_user_id"))) == world.me.as<RecordTag>());
    }

    TEST_CASE(
        "a customer and its contact may be made in one action, and edited before they are sent") {
        World world;
        REQUIRE(world.sync());
        const auto customer = world.laptop.ids.make<RecordId>();
        const auto contact = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit(
            {new_record(kCustomer, customer, new_customer("新安医院")),
             new_record(
                 kContact, contact,
                 values_of(kContact, {{"customer_id", customer}, {"name", words("王海燕")}}))}));
        REQUIRE(world.set(kCustomer, customer, "name", words("新安医院(上海)")));
        CHECK(world.shown(kCustomer, customer, "name") == "新安医院(上海)");
        const auto entry = world.laptop.store().outbox.entry(OSeq{2});
        REQUIRE(entry);
        // He saw his own pending value: that is the base.
        CHECK(text(entry->changeset.ops.front().base, kCustomer, "name") == "新安医院");
        CHECK(entry->changeset.ops.front().base_fv.value == 0);
    }

    TEST_CASE("a refused change changes nothing") {
        World world;
        REQUIRE(world.sync());
        const auto seen = world.laptop.store().replica.seen(kCustomer, world.acme);
        const auto refuse = [&](std::vector<merge::Op> ops, std::string_view fault) {
            const auto before = world.laptop.store().connection().changes_total();
            const auto saved = world.laptop.commit(std::move(ops));
            REQUIRE_FALSE(saved);
            CHECK(saved.error().id() == fault);
            CHECK(world.laptop.store().connection().changes_total() == before);
            CHECK(world.laptop.store().outbox.last().value == 0);
        };
        const auto changed = [&](std::string_view name, Value value) {
            FieldValues values;
            assign(values, tag(kCustomer, name), std::move(value));
            return edit(kCustomer, world.acme, *seen, values);
        };
        refuse({}, "client.nothing_to_do");
        refuse(changed("grade", words("A")), "client.office_only");
        refuse(changed("email_main", words("not an address")), "field.email");
        refuse(changed("name", Value{}), "field.required");
        refuse(changed("source", words("phone")), "client.immutable");
        refuse(changed("marketing_strategy_note", words("返利")), "client.denied");
        refuse({new_record(kVisit, World::id(91),
                           values_of(kVisit, {{"customer_id", World::id(99)},
                                              {"purpose", words("x")},
                                              {"content", words("y")}}))},
               "client.unknown_customer");
        // One bad op takes the good one with it.
        auto mixed = changed("fax", words("0571-11112222"));
        for (auto& op : changed("grade", words("A"))) mixed.push_back(op);
        refuse(mixed, "client.office_only");
        CHECK(world.shown(kCustomer, world.acme, "fax") == "0571-88990012");
    }

    TEST_CASE(
        "an edit sends its whole group with the base as seen, and nothing that did not change") {
        World world;
        REQUIRE(world.sync());
        const auto seen = *world.laptop.store().replica.seen(kCustomer, world.acme);
        const auto ops = edit(
            kCustomer, world.acme, seen,
            values_of(kCustomer, {{"city", words("330100")}, {"fax", words("0571-88990012")}}));
        REQUIRE(ops.size() == 1);
        CHECK(ops.front().fields.size() == 6);
        CHECK(ops.front().base.size() == 6);
        CHECK(is_empty(ops.front().base.front().value));
        CHECK(ops.front().base_fv.value == 1);
    }

    TEST_CASE("a masked or withheld field has no base; an empty one of an own customer has") {
        World world;
        REQUIRE(world.sync());
        auto row = world.customer("杭州明润医药有限公司");
        assign(row, tag(kCustomer, "id_no"), words("330***********0011"));
        const auto base_of = [&](std::string_view name, Value value) {
            const auto seen = *world.laptop.store().replica.seen(kCustomer, world.acme);
            FieldValues changed;
            assign(changed, tag(kCustomer, name), std::move(value));
            return edit(kCustomer, world.acme, seen, changed).front().base;
        };
        CHECK(base_of("id_no", words("330106198504120011")).size() == 1);
        world.office.put(world.own, kCustomer, world.acme, row);
        REQUIRE(world.sync());
        CHECK(base_of("id_no", words("330106198504120011")).empty());
        CHECK(base_of("owners", words("[]")).empty());
        CHECK(base_of("fax", Value{}).size() == 1);
    }

    TEST_CASE("a visit older than a week takes no edit any more; a fresh one does") {
        World world;
        REQUIRE(world.sync());
        world.office.put(world.own, kVisit, World::id(20),
                         values_of(kVisit, {{"customer_id", world.acme},
                                            {"created_at", kMorning.ms - 8LL * 86'400'000},
                                            {"created_by", world.me.as<RecordTag>()},
                                            {"secrecy_level", std::int64_t{1}},
                                            {"kind", words("visit")},
                                            {"purpose", words("a")},
                                            {"started_at", kMorning.ms - 8LL * 86'400'000},
                                            {"content", words("b")}}));
        REQUIRE(world.sync());
        const auto old = world.set(kVisit, World::id(20), "content", words("c"));
        REQUIRE_FALSE(old);
        CHECK(old.error().is(client::kLocked));
        CHECK(world.set(kVisit, world.visit("x"), "content", words("y")));
    }

    TEST_CASE("a clock set back to 1970 or forward to 2100 never stops work") {
        World world;
        REQUIRE(world.sync());
        for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{4'102'444'800'000}}) {
            world.laptop.clock.set(Instant{ms});
            world.visit("work goes on");
        }
        CHECK(world.laptop.store().outbox.unsent_count() == 2);
        world.laptop.clock.set(kMorning);
        CHECK(world.laptop.intake().clock_was_set_back());
    }

    TEST_CASE("what is saved is found by what was typed, and no more by what it was before") {
        World world;
        REQUIRE(world.sync());
        auto& search = world.laptop.store().search;
        REQUIRE(search.find("mingrun", kCustomer.tag, 10).size() == 1);
        const auto visit = world.visit("客户询问保修期");
        REQUIRE(search.find("保修", 0, 10).size() == 1);
        CHECK(search.find("保修", 0, 10).front().record == visit);
        REQUIRE(world.set(kVisit, visit, "content", words("改谈价格")));
        CHECK(search.find("保修", 0, 10).empty());
        CHECK(search.find("价格", kVisit.tag, 10).size() == 1);
        CHECK(search.find("价格", kCustomer.tag, 10).empty());
    }

    TEST_CASE("what is named must be of the kind the field points to") {
        World world;
        REQUIRE(world.sync());
        const auto saves = [&](const RecordId& above, std::string_view people) {
            return world.laptop.commit(
                {new_record(kVisit, world.laptop.ids.make<RecordId>(),
                            values_of(kVisit, {{"customer_id", above},
                                               {"purpose", words("回访")},
                                               {"content", words("客户满意")},
                                               {"our_user_ids", words(people)}}))});
        };
        const auto quoted = [](const RecordId& id) { return "[\"" + to_text(id) + "\"]"; };
        const auto me = quoted(world.me.as<RecordTag>());
        CHECK(saves(world.acme, me));
        for (const auto& wrong :
             {saves(world.region, me), saves(world.me.as<RecordTag>(), me),
              saves(world.acme, quoted(world.region)),
              world.set(kCustomer, world.acme, "referrer_customer_id", world.department)}) {
            REQUIRE_FALSE(wrong);
            CHECK(wrong.error().is(catalog::kWrongTarget));
        }
        CHECK(saves(world.acme, quoted(World::id(99))));  // of somebody this laptop does not know
    }
}

}  // namespace
}  // namespace dossier::test
