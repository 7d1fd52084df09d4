// A laptop asks for a step by the same table by which the office takes it.
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/step.hpp"

#include "client/actions/standing.hpp"
#include "client/intake/filled.hpp"
#include "client/reading/titles.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

struct Asking {
    World world;
    RecordId draft = world.laptop.ids.make<RecordId>();

    Asking() {
        REQUIRE(world.sync());
        makes(draft,
              {{"business_need", words("检测仪")}, {"street_address", words("天目山路 1 号")}});
    }
    /// A draft of a person's file with what a new one asks for.
    void makes(const RecordId& file, const GivenFields& values) {
        auto given = values_of(kCustomer, values);
        assign(given, tag(kCustomer, "name"), words("新安"));
        assign(given, tag(kCustomer, "party_kind"), words("person"));
        assign(given, tag(kCustomer, "phone_main"), words("0571-88990011"));
        REQUIRE(world.laptop.commit({client::new_record(kCustomer, file, given)}));
    }
    /// "saved", or why it does not go to the outbox.
    std::string asks(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view event,
                     std::string_view reason = "",
                     FieldValues fields = {}) {
        merge::Changeset intent{.reason = std::string(reason), .source = "cli"};
        intent.ops.push_back({.kind = merge::OpKind::Event,
                              .record_kind = kind.tag,
                              .record = record,
                              .fields = std::move(fields),
                              .event = std::string(event)});
        const auto before = world.laptop.store().outbox.unsent_count();
        const auto saved = world.laptop.intake().commit(std::move(intent));
        const auto more = world.laptop.store().outbox.unsent_count() - before;
        CHECK(more == (saved ? 1U : 0U));
        return saved ? "saved" : std::string(saved.error().id());
    }
    std::string asks(const RecordId& file, std::string_view event, std::string_view reason = "") {
        return asks(kCustomer, file, event, reason);
    }
};

TEST_SUITE("client/intents") {
    TEST_CASE("a step one may take goes to the outbox, and only the office changes the state") {
        Asking asking;
        CHECK(asking.asks(asking.draft, "submit") == "saved");
        CHECK(asking.asks(asking.draft, "discard", "无意向") == "saved");
        CHECK(asking.world.shown(kCustomer, asking.draft, "file_state") == "draft");
    }
    TEST_CASE("what a submission lacks is told here at once, before it goes to the outbox") {
        Asking asking;
        const auto bare = asking.world.laptop.ids.make<RecordId>();
        asking.makes(bare, {});
        merge::Changeset intent{.source = "cli"};
        intent.ops.push_back({.kind = merge::OpKind::Event,
                              .record_kind = kCustomer.tag,
                              .record = bare,
                              .event = "submit"});
        const auto saved = asking.world.laptop.intake().commit(std::move(intent));
        REQUIRE_FALSE(saved);
        CHECK(saved.error().id() == "intake.not_filled");
        CHECK(catalog::describe(saved.error(), Lang::Zh).find("业务需求, 街道门牌") !=
              std::string::npos);
    }
    TEST_CASE("what this laptop may not hold does not hold a submission up") {
        Asking asking;
        auto& store = asking.world.laptop.store();
        const auto here = client::unfilled_here(store, asking.world.acme);
        const auto own = [](const catalog::Lacking& each) { return each.only_own; };
        REQUIRE_FALSE(here.lacking.empty());
        CHECK(std::ranges::all_of(here.lacking, own));
        CHECK(client::unfilled_here(store, World::id(99)).lacking.empty());
    }
    TEST_CASE("a contact of a customer the office has is asked for here, and holds nothing up") {
        Asking asking;
        auto& store = asking.world.laptop.store();
        const auto of_contact = [](const catalog::Lacking& each) {
            return each.kind == &catalog::kContact;
        };
        const auto of_office = client::unfilled_here(store, asking.world.acme);
        CHECK(std::ranges::none_of(of_office.lacking, of_contact));
        CHECK(std::ranges::any_of(of_office.unsure, of_contact));
        // Of one that was made here the office cannot have any.
        const auto bare = asking.world.laptop.ids.make<RecordId>();
        const auto given = values_of(kCustomer, {{"name", words("新安")}});
        REQUIRE(asking.world.laptop.commit({client::new_record(kCustomer, bare, given)}));
        const auto made_here = client::unfilled_here(store, bare);
        CHECK(std::ranges::any_of(made_here.lacking, of_contact));
        CHECK(made_here.unsure.empty());
    }
    TEST_CASE("a refusal asks nothing any more once the file went on, and its words are kept") {
        World world;
        auto& tray = world.laptop.store().tray;
        const auto stands = [&](std::string_view state) {
            auto file = world.customer("新安");
            for (const auto& [name, value] : GivenFields{{"party_kind", words("person")},
                                                         {"phone_main", words("0571-88990011")},
                                                         {"business_need", words("检测仪")},
                                                         {"street_address", words("天目山路 1 号")},
                                                         {"source", words("visit")},
                                                         {"file_state", words(state)}})
                assign(file, tag(kCustomer, name), value);
            world.office.put(world.own, kCustomer, world.acme, file);
            REQUIRE(world.sync());
        };
        world.office.judge = [](const merge::Op&) {
            merge::Verdict verdict;
            verdict.kind = merge::VerdictKind::Rejected;
            verdict.reason = "intake.no_superior";
            return verdict;
        };
        stands("draft");
        merge::Changeset intent{.source = "cli"};
        intent.ops.push_back({.kind = merge::OpKind::Event,
                              .record_kind = kCustomer.tag,
                              .record = world.acme,
                              .event = "submit"});
        REQUIRE(world.laptop.intake().commit(std::move(intent)));
        stands("draft");
        CHECK(client::sync_counts(world.laptop.store()).unread == 1);
        CHECK(client::sync_word(world.laptop.store(), world.acme).en == "not taken");
        stands("superior_review");
        CHECK(client::sync_counts(world.laptop.store()).unread == 0);
        CHECK(client::sync_word(world.laptop.store(), world.acme).en == "synced");
        REQUIRE(tray.list(true).size() == 1);
        CHECK(tray.list(true).front().settled_at.ms != 0);
    }
    TEST_CASE("a step out of turn, of another's right or without its reason stays here") {
        Asking asking;
        CHECK(asking.asks(asking.world.acme, "submit") == "intake.out_of_turn");
        CHECK(asking.asks(asking.draft, "approve") == "intake.out_of_turn");
        CHECK(asking.asks(asking.draft, "post") == "access.denied");
        CHECK(asking.asks(asking.world.acme, "void", "试试") == "access.denied");
        CHECK(asking.asks(asking.world.acme, "post") == "intake.settled");
        CHECK(asking.asks(asking.draft, "discard") == "intake.reason_needed");
        CHECK(asking.asks(asking.draft, "promote") == "intake.unknown_event");
        CHECK(asking.asks(World::id(99), "submit") == "client.unknown_record");
    }
    TEST_CASE("what is done at the office only is not asked for from here") {
        Asking asking;
        CHECK(asking.asks(asking.world.acme, "merge") == "client.at_office");
        CHECK(asking.asks(catalog::kApproval, World::id(98), "approve") == "client.at_office");
    }
    TEST_CASE("a step carries no field its row does not take, and every field it needs") {
        Asking asking;
        CHECK(asking.asks(kCustomer, asking.draft, "submit", "",
                          values_of(kCustomer, {{"fax", words("0571-1")}})) ==
              "merge.unknown_field");
        CHECK(asking.asks(asking.world.acme, "mark") == "intake.missing_input");
    }
    TEST_CASE("what the office alone writes is not made on a laptop") {
        Asking asking;
        const auto made = asking.world.laptop.commit({client::new_record(
            catalog::kTask, asking.world.laptop.ids.make<RecordId>(),
            values_of(catalog::kTask, {{"text", words("回访")},
                                       {"assignee_id", asking.world.me.as<RecordTag>()}}))});
        REQUIRE_FALSE(made);
        CHECK(made.error().id() == "client.office_only");
    }
    TEST_CASE("the laptop offers from the table what its user may ask for") {
        Asking asking;
        auto& laptop = asking.world.laptop;
        const auto file = laptop.store().replica.load(kCustomer, asking.draft);
        const auto viewer = laptop.intake().viewer();
        REQUIRE((file && viewer));
        const auto subject = laptop.intake().subject(kCustomer, asking.draft, *file);
        std::string may;
        for (const auto& offer : workflow::offered(workflow::kEstablishment, *file, *viewer,
                                                   subject, laptop.intake().now()))
            may += offer.why_not ? "" : std::string(offer.step->event) + " ";
        CHECK(may == "submit discard ");
    }
}

}  // namespace
}  // namespace dossier::test
