// Files on their way to another owner: who signs, what holds it up, what moves with them, and the
// approval that stands for any workflow. Source: WF-13, R-022, R-188, AS-27, D-23.
#include "common/catalog/handover.hpp"

#include <doctest/doctest.h>

#include "common/catalog/states.hpp"

#include "protocol/messages.hpp"

#include "server/jobs/due_steps.hpp"
#include "server/settings/settings.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kApproval;
using catalog::kHandover;
using catalog::kTask;
using catalog::kUser;

namespace {

struct Handing : Steps {
    SmallOffice::Person market = hires("market", "market_manager");
    RecordId first = office.customer_of(office.ann, "明润");
    RecordId second = office.customer_of(office.ann, "康宁");
    RecordId other = office.customer_of(office.ben, "远航");
    std::string last;  ///< what became of the request

    RecordId asks_for(const SmallOffice::Person& who, const GivenFields& more) {
        GivenFields given{{"from_user_id", office.ann.user.as<RecordTag>()},
                          {"to_user_id", office.ben.user.as<RecordTag>()},
                          {"grounds", text("片区调整")}};
        given.insert(given.end(), more.begin(), more.end());
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kHandover.tag,
                     .record = office.desk.ids().make<RecordId>(),
                     .fields = values_of(kHandover, given)};
        last = says(who.user, op);
        return op.record;
    }
    static Value list(std::initializer_list<RecordId> files) {
        std::vector<std::string> elements;
        for (const auto& each : files) elements.push_back('"' + to_text(each) + '"');
        return catalog::from_elements(field(kHandover, "customer_ids"), elements);
    }
    std::string does(const SmallOffice::Person& who,
                     const RecordId& handover,
                     std::string_view event,
                     std::string_view reason = "") {
        return says(who.user, this->event(kHandover, handover, event), reason);
    }
    RecordId approval_of(const RecordId& handover) {
        server::Unit unit(*office.store);
        const auto found =
            office.store->find(kApproval.tag, field(kApproval, "subject_id").tag, handover);
        return found.empty() ? RecordId{} : found.back();
    }
    std::string signs(const SmallOffice::Person& who,
                      const RecordId& handover,
                      std::string_view event = "approve",
                      std::string_view reason = "") {
        return says(who.user, this->event(kApproval, approval_of(handover), event), reason);
    }
    std::string word(const catalog::Kind& kind, const RecordId& id, std::string_view name) {
        return text_in(all(kind, id), kind, name);
    }
    std::string at(const RecordId& handover) { return word(kHandover, handover, "state"); }
    UserId owner(const RecordId& file) {
        return record_in(all(kCustomer, file), field(kCustomer, "owner_user_id")).as<UserTag>();
    }
    RecordId taken_over(const GivenFields& more) {
        const auto id = asks_for(office.manager, more);
        REQUIRE(last == "ok");
        REQUIRE(signs(chief, id) == "ok");
        REQUIRE(does(office.ann, id, "hand_over") == "ok");
        REQUIRE(does(office.ben, id, "take_over") == "ok");
        return id;
    }
    server::DueSteps day_comes() {
        return office.inside([](Office& desk) { return server::take_due_steps(desk); });
    }
    /// Ann's laptop in use, which last synced then.
    void laptop(Instant last_session) {
        office.inside([&](Office& desk) {
            server::DeviceRow row;
            row.device = office.ann.device;
            row.user = office.ann.user;
            row.code = "N07";
            row.public_key.fill(7);
            row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
            row.last_session = last_session;
            desk.store().save_device(row);
            return true;
        });
    }
};

}  // namespace

TEST_SUITE("server/intake/handover") {
    TEST_CASE("files pass when one signed, one handed over, one took over, and the day came") {
        Handing world;
        const auto id = world.asks_for(
            world.office.manager,
            {{"customer_ids", Handing::list({world.first})}, {"effective_on", text("2026-03-10")}});
        REQUIRE(world.last == "ok");
        CHECK(world.at(id) == "requested");
        CHECK(world.does(world.office.ann, id, "hand_over") == "intake.out_of_turn");
        CHECK(world.signs(world.chief, id) == "ok");
        CHECK(world.at(id) == "approved");
        CHECK(record_in(world.all(kHandover, id), field(kHandover, "approved_by")).as<UserTag>() ==
              world.chief.user);
        CHECK(world.does(world.office.ben, id, "hand_over") == "access.denied");
        CHECK(world.does(world.office.ann, id, "hand_over") == "ok");
        CHECK(world.does(world.office.ann, id, "take_over") == "access.denied");
        CHECK(world.does(world.office.ben, id, "take_over") == "ok");
        CHECK(world.day_comes().taken == 0);
        CHECK(world.owner(world.first) == world.office.ann.user);
        world.office.clock.set(*instant_from("2026-03-10 00:05"));
        CHECK(world.day_comes().taken == 1);
        CHECK(world.at(id) == "effective");
        CHECK(world.owner(world.first) == world.office.ben.user);
        CHECK(world.owner(world.second) == world.office.ann.user);
        CHECK(number_in(world.all(kHandover, id), field(kHandover, "moved").tag) == 1);
        CHECK(world.day_comes().taken == 0);
    }
    TEST_CASE("who asks signs nothing: the role above does, and nobody else is asked") {
        Handing world;
        const auto id =
            world.asks_for(world.chief, {{"customer_ids", Handing::list({world.first})}});
        REQUIRE(world.last == "ok");
        CHECK(world.word(kApproval, world.approval_of(id), "next_role") == "market_manager");
        CHECK(world.signs(world.chief, id) == "access.denied");
        CHECK(world.signs(world.office.manager, id) == "intake.unknown_record");
        CHECK(world.signs(world.market, id) == "ok");
        CHECK(world.at(id) == "approved");
    }
    TEST_CASE("a manager of one region does not sign what leaves it") {
        Handing world;
        world.sets(kUser, world.office.ben.user.as<RecordTag>(), "region_id", world.office.north);
        const auto id =
            world.asks_for(world.office.manager, {{"customer_ids", Handing::list({world.first})}});
        CHECK(world.word(kApproval, world.approval_of(id), "next_role") == "market_manager");
    }
    TEST_CASE("where nobody may sign, nothing is asked") {
        Handing world;
        for (const auto* person : {&world.chief, &world.market})
            world.sets(kUser, person->user.as<RecordTag>(), "active_to", text("2026-01-01"));
        const auto id =
            world.asks_for(world.office.manager, {{"customer_ids", Handing::list({world.first})}});
        CHECK(world.last == "intake.nobody_signs");
        CHECK(world.all(kHandover, id).empty());
    }
    TEST_CASE("what is refused, taken back or withdrawn moves nothing") {
        Handing world;
        const auto one =
            world.asks_for(world.office.manager, {{"customer_ids", Handing::list({world.first})}});
        CHECK(world.signs(world.chief, one, "reject", "季度中不调整") == "ok");
        CHECK(world.at(one) == "rejected");
        CHECK(world.word(kHandover, one, "remark") == "季度中不调整");
        const auto two =
            world.asks_for(world.office.manager, {{"customer_ids", Handing::list({world.first})}});
        CHECK(world.does(world.office.manager, two, "withdraw", "重复") == "ok");
        CHECK(world.word(kApproval, world.approval_of(two), "state") == "expired");
        CHECK(world.signs(world.chief, two) == "intake.settled");
        CHECK(world.at(two) == "withdrawn");
        const auto three = world.taken_over({{"customer_ids", Handing::list({world.first})}});
        CHECK(world.does(world.office.ann, three, "withdraw", "不想移交") == "access.denied");
        CHECK(world.does(world.office.manager, three, "withdraw", "留任") == "ok");
        CHECK(world.day_comes().taken == 0);
        CHECK(world.owner(world.first) == world.office.ann.user);
    }
    TEST_CASE("only files of the present owner pass, to another who works here") {
        Handing world;
        world.asks_for(world.office.manager, {{"customer_ids", Handing::list({world.other})}});
        CHECK(world.last == "handover.not_his");
        world.asks_for(world.office.manager, {});
        CHECK(world.last == "intake.missing_input");
        const auto ann = world.office.ann.user.as<RecordTag>();
        world.asks_for(world.office.manager,
                       {{"customer_ids", Handing::list({world.first})}, {"to_user_id", ann}});
        CHECK(world.last == "handover.receiver");
        const auto id = world.taken_over({{"customer_ids", Handing::list({world.first})}});
        world.sets(kUser, world.office.ben.user.as<RecordTag>(), "active_to", text("2026-01-01"));
        CHECK(world.day_comes().refused == 1);
        CHECK(world.at(id) == "taken_over");
        CHECK(world.owner(world.first) == ann.as<UserTag>());
    }
    TEST_CASE("of all his files those pass that are his on the day") {
        Handing world;
        const auto id = world.taken_over({{"kind", text("all")}});
        const auto late = world.office.customer_of(world.office.ann, "后来");
        world.says({}, [&] {
            auto op = Handing::event(kCustomer, world.second, "transfer");
            op.fields = {
                {field(kCustomer, "owner_user_id").tag, world.inspector.user.as<RecordTag>()}};
            return op;
        }());
        CHECK(world.day_comes().taken == 1);
        CHECK(world.owner(world.first) == world.office.ben.user);
        CHECK(world.owner(late) == world.office.ben.user);
        CHECK(world.owner(world.second) == world.inspector.user);
        CHECK(number_in(world.all(kHandover, id), field(kHandover, "moved").tag) == 2);
    }
    TEST_CASE("of who leaves the laptops come in first, or the service manager forces it") {
        Handing world;
        world.laptop(Instant{world.office.clock.now().ms - 1000});
        const auto id = world.asks_for(world.office.manager, {{"kind", text("leaver")}});
        REQUIRE(world.signs(world.chief, id) == "ok");
        CHECK(world.word(kHandover, id, "open_items").find("N07") != std::string::npos);
        REQUIRE(world.does(world.office.ann, id, "hand_over") == "ok");
        CHECK(world.does(world.office.ben, id, "take_over") == "handover.laptops_out");
        CHECK(world.does(world.chief, id, "force", "联系不上") == "access.denied");
        CHECK(world.does(world.office.manager, id, "force") == "intake.reason_needed");
        world.laptop(world.office.clock.now());
        CHECK(world.does(world.office.ben, id, "take_over") == "ok");
        const auto two = world.asks_for(world.office.manager, {{"kind", text("leaver")}});
        REQUIRE(world.signs(world.chief, two) == "ok");
        CHECK(world.does(world.office.manager, two, "force", "本人已离岗") == "ok");
        CHECK(world.at(two) == "taken_over");
    }
    TEST_CASE("an operation plan is agreed to by the service manager, and no other paper is") {
        Handing world;
        const auto paper = [&](std::string_view kind) {
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = catalog::kAttachment.tag,
                         .record = world.office.desk.ids().make<RecordId>(),
                         .fields = values_of(catalog::kAttachment,
                                             {{"customer_id", world.first},
                                              {"doc_kind", text(kind)},
                                              {"title", text("华东方案")},
                                              {"file_name", text("a.pdf")},
                                              {"media_type", text("application/pdf")},
                                              {"size", std::int64_t{9}},
                                              {"content", text(std::string(64, 'a'))}})};
            REQUIRE(world.says(world.office.ann.user, op) == "ok");
            return op.record;
        };
        const auto sends = [&](const RecordId& id) {
            return world.says(world.office.ann.user,
                              Handing::event(catalog::kAttachment, id, "send_to_review"));
        };
        const auto state = [&](const RecordId& id) {
            return world.word(catalog::kAttachment, id, "plan_state");
        };
        CHECK(sends(paper("business_licence")) == "intake.unknown_event");
        const auto plan = paper("operation_plan");
        CHECK(sends(plan) == "ok");
        CHECK(sends(plan) == "intake.settled");
        CHECK(world.signs(world.chief, plan) == "access.denied");
        CHECK(world.signs(world.office.manager, plan, "return", "补充回款计划") == "ok");
        CHECK(state(plan) == "returned");
        CHECK(world.word(catalog::kAttachment, plan, "review_remark") == "补充回款计划");
        CHECK(sends(plan) == "ok");
        CHECK(world.signs(world.office.manager, plan) == "ok");
        CHECK(state(plan) == "agreed");
    }
    TEST_CASE("what there is to do about a file goes to its new owner, with time to do it") {
        Handing world;
        const auto ann = world.office.ann.user.as<RecordTag>();
        const auto task = world.makes(kTask, {{"text", text("回访")},
                                              {"assignee_id", ann},
                                              {"due_on", text("2026-03-03")},
                                              {"customer_id", world.first}});
        const auto elsewhere = world.makes(kTask, {{"text", text("周报")}, {"assignee_id", ann}});
        const auto waits = world.draft(world.office.ann);
        REQUIRE(world.asks(world.office.ann, waits, "submit") == "ok");
        world.taken_over({{"kind", text("all")}});
        REQUIRE(world.day_comes().taken == 1);
        CHECK(record_in(world.all(kTask, task), field(kTask, "assignee_id")).as<UserTag>() ==
              world.office.ben.user);
        CHECK(world.word(kTask, task, "due_on") == "2026-03-16");
        CHECK(record_in(world.all(kTask, elsewhere), field(kTask, "assignee_id")) == ann);
        // Who stands above the former owner signs no more: the new one's superior does.
        CHECK(world.takes(world.chief, waits, "approve") == "access.denied");
    }
}
