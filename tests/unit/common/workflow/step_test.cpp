#include "common/workflow/step.hpp"

#include <sstream>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/dispute.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/grant.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/marking.hpp"
#include "common/workflow/proposal.hpp"
#include "common/workflow/said.hpp"

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::workflow;
using namespace dossier::access::test;
using access::Role;

namespace {

using Given = std::vector<std::pair<std::string_view, Value>>;

FieldValues values(const catalog::Kind& kind, const Given& given) {
    FieldValues all;
    for (const auto& [name, value] : given)
        assign(all, catalog::find_field(kind, name)->tag, value);
    return all;
}
Value word(std::string_view text) {
    return std::string(text);
}

/// Where the step leads, or why it is not taken.
std::string goes(const Machine& machine,
                 std::string_view event,
                 const FieldValues& record,
                 const FieldValues& given = {}) {
    const auto step = may_step(machine, event, record, given);
    return step ? std::string((*step)->to) : std::string(step.error().id());
}
std::string file_goes(std::string_view event, std::string_view state) {
    return goes(kEstablishment, event, values(catalog::kCustomer, {{"file_state", word(state)}}));
}

access::Subject file_in(std::string_view state, const UserId& superior = kBen) {
    auto file = mingrun();
    file.file_state = state;
    file.superiors = {superior};
    return file;
}

/// "event" of a step that may be taken, "event:why" of one that may not.
std::string offers(const access::Viewer& viewer, std::string_view state) {
    std::string all;
    const auto record = values(catalog::kCustomer,
                               {{"created_by", kAnn.as<RecordTag>()}, {"file_state", word(state)}});
    for (const Offer& offer : offered(kEstablishment, record, viewer, file_in(state), kNow)) {
        all += (all.empty() ? "" : " ") + std::string(offer.step->event);
        if (offer.why_not) all += ":" + std::string(offer.why_not->id());
    }
    return all;
}

}  // namespace

TEST_SUITE("common/workflow/step") {
    TEST_CASE("a step leads from the states of its row, and from no other") {
        CHECK(file_goes("submit", "draft") == "superior_review");
        CHECK(file_goes("approve", "superior_review") == "inspection");
        CHECK(file_goes("return", "superior_review") == "returned");
        CHECK(file_goes("return", "clerk_posting") == "returned");
        CHECK(file_goes("post", "clerk_posting") == "active");
        CHECK(file_goes("post", "inspection") == "intake.out_of_turn");
        CHECK(file_goes("approve", "draft") == "intake.out_of_turn");
        CHECK(file_goes("archive", "draft") == "intake.out_of_turn");
    }
    TEST_CASE("where it is decided already a second decision is told from a step out of turn") {
        CHECK(file_goes("submit", "superior_review") == "intake.settled");
        CHECK(file_goes("post", "active") == "intake.settled");
        CHECK(file_goes("post", "void") == "intake.settled");
        CHECK(file_goes("post", "archived") == "intake.out_of_turn");
        const auto accepted =
            values(catalog::kProposal, {{"state", word("accepted")}, {"number", std::int64_t{7}}});
        const auto again = may_step(kControlledChange, "refuse", accepted, {});
        REQUIRE_FALSE(again.has_value());
        CHECK(again.error().id() == "intake.settled");
        CHECK(again.error().args == std::vector<std::string>{"7"});
    }
    TEST_CASE("what is settled is called by its number, else by what sort of record it is") {
        std::size_t settled = 0;
        for (const Machine* machine : machines()) {
            const auto& state_field = *catalog::find_field(*machine->kind, machine->state_field);
            for (const State& state : machine->states) {
                if (state_field.type != catalog::Type::Enum) continue;
                const auto record =
                    values(*machine->kind, {{machine->state_field, word(state.code)}});
                for (const Step& step : machine->steps) {
                    const auto taken = may_step(*machine, step.event, record, {});
                    if (taken || taken.error().id() != "intake.settled") continue;
                    CAPTURE(machine->name);
                    CHECK(taken.error().args ==
                          std::vector<std::string>{std::string(machine->kind->label.zh) + '/' +
                                                   std::string(machine->kind->label.en)});
                    ++settled;
                }
            }
        }
        CHECK(settled > 10);
    }
    TEST_CASE("an event and a state the tables do not know are told as such") {
        CHECK(file_goes("promote", "draft") == "intake.unknown_event");
        CHECK(file_goes("post", "limbo") == "intake.unknown_state");
        CHECK(machine_of(catalog::kCustomer, "promote") == nullptr);
        CHECK(machine_of(catalog::kAccessGrant, "post") == nullptr);
        CHECK(machine_of(catalog::kCustomer, "merge") == find_machine("merge"));
    }
    TEST_CASE("the value a step carries chooses its row, and must be one of the field's") {
        const auto file = values(catalog::kCustomer, {{"secrecy_level", std::int64_t{1}}});
        const auto level = [](std::int64_t to) {
            return values(catalog::kCustomer, {{"secrecy_level", to}});
        };
        CHECK(goes(kMarking, "mark", file, level(2)) == "2");
        CHECK(goes(kMarking, "mark", file, level(1)) == "1");
        CHECK(goes(kMarking, "mark", file) == "intake.missing_input");
        CHECK(goes(kMarking, "mark", file, level(7)) == "field.out_of_range");
    }
    TEST_CASE("a state may be told by a time that is there or not") {
        const auto revoked = values(catalog::kAccessGrant, {{"revoked_at", std::int64_t{5}}});
        CHECK(goes(kGrant, "revoke", {}) == "ended");
        CHECK(goes(kGrant, "revoke", revoked) == "intake.settled");
        CHECK(label_of(kGrant, *state_of(kGrant, revoked)).en == "ended");
    }
    TEST_CASE("a ruling taken back leaves the case as it was opened") {
        const auto ruled = [](std::string_view given) {
            return values(catalog::kCase, {{"class", word(given)}, {"state", word("ruled")}});
        };
        CHECK(goes(kDispute, "reopen", ruled("C-04")) == "open");
        CHECK(goes(kDispute, "reopen", ruled("C-02")) == "auto");
    }
    TEST_CASE("what may be done now is offered, and what may not with the reason") {
        const auto ann = person(kAnn, Role::Salesperson);
        CHECK(offers(ann, "draft") == "submit discard post:access.denied void:access.denied");
        CHECK(offers(ann, "superior_review") ==
              "approve:access.denied return:access.denied void:access.denied");
        CHECK(offers(person(kBen, Role::RegionalManager), "superior_review") ==
              "approve return void:access.denied");
        auto inspector = person(kEve, Role::MarketInspector);
        CHECK(offers(inspector, "inspection") == "verified refuted nonexistent void:access.denied");
        inspector.region = kNorth;
        CHECK(offers(inspector, "inspection") ==
              "verified:access.denied refuted:access.denied nonexistent:access.denied "
              "void:access.denied");
        CHECK(offers(person(kEve, Role::InfoClerk), "clerk_posting") ==
              "post return is_duplicate void:access.denied");
        CHECK(offers(person(kEve, Role::ServiceManager), "active") == "archive make_key void");
        CHECK(offers(ann, "void").empty());
    }
    TEST_CASE("whoever signed an earlier step is not offered the one that takes another") {
        auto ann = person(kAnn, Role::MarketInspector);
        CHECK(offers(ann, "inspection") ==
              "verified:intake.same_signer refuted nonexistent void:access.denied");
    }
    TEST_CASE(
        "who is stopped is offered nothing, and the office's own steps are offered to nobody") {
        auto ann = person(kAnn, Role::Salesperson);
        ann.suspended = true;
        CHECK(offers(ann, "draft") ==
              "submit:access.denied discard:access.denied post:access.denied void:access.denied");
        const auto open = values(catalog::kProposal, {{"state", word("open")}});
        const auto clerk = person(kEve, Role::InfoClerk);
        std::string events;
        for (const auto& offer : offered(kControlledChange, open, clerk, mingrun(), kNow))
            events += std::string(offer.step->event) + " ";
        CHECK(events == "accept refuse ");
    }
    TEST_CASE("another right, role or clearance never takes an offered step away") {
        for (const auto state : {"draft", "superior_review", "inspection", "clerk_posting",
                                 "returned", "active", "archived"}) {
            for (const auto& row : access::all_roles()) {
                const auto before = person(kAnn, row.role);
                for (const auto& more : access::all_roles()) {
                    auto after = before;
                    after.roles.push_back({more.role, more.reach, {}});
                    after.clearance = std::max(after.clearance, more.clearance);
                    const auto had = offers(before, state);
                    std::istringstream in(had);
                    for (std::string word; in >> word;) {
                        if (word.find(':') != std::string::npos) continue;
                        CAPTURE(state);
                        const auto has = " " + offers(after, state) + " ";
                        CHECK(has.find(" " + word + " ") != std::string::npos);
                    }
                }
            }
        }
    }
    TEST_CASE("a deadline is the last day in office time, from the field or from the state") {
        const auto submit = may_step(kEstablishment, "submit", {}, {});
        const auto at = [](std::string_view text) { return *instant_from(text); };
        const auto file =
            values(catalog::kCustomer, {{"first_contact_at", at("2026-03-02 23:30").ms}});
        CHECK(due_on(**submit, catalog::kCustomer, file, at("2026-03-05 09:00"), 7) ==
              "2026-03-09");
        CHECK(due_on(**submit, catalog::kCustomer, {}, at("2026-03-05 09:00"), 7) == "2026-03-12");
        const auto reviewed = values(catalog::kCustomer, {{"file_state", word("inspection")}});
        const auto verify = may_step(kEstablishment, "verified", reviewed, {});
        CHECK(due_on(**verify, catalog::kCustomer, file, at("2026-03-05 23:59"), 5) ==
              "2026-03-10");
        const auto post = may_step(kEstablishment, "post", {}, {});
        CHECK_FALSE(
            due_on(**post, catalog::kCustomer, file, at("2026-03-05 09:00"), 2).has_value());
    }
    TEST_CASE(
        "what the office wrote of a step is read in one language, a person's words as typed") {
        CHECK(said_in("退回/return: 缺门牌号/楼号", Lang::En) == "return: 缺门牌号/楼号");
        CHECK(said_in("上级审核通过/approve", Lang::Zh) == "上级审核通过");
        CHECK(said_in("提交审核/submit (2026-03-09)", Lang::En) == "submit (2026-03-09)");
        CHECK(said_in("催办单/Document request", Lang::Zh) == "催办单");
        CHECK(said_in("联系甲/乙两家", Lang::En) == "联系甲/乙两家");
        const auto task = values(catalog::kTask, {{"workflow", word("establishment")}});
        const auto shown = [&](const char* name, const char* code) {
            return said(*catalog::find_field(catalog::kTask, name), code, task, Lang::Zh);
        };
        CHECK(shown("workflow", "establishment") == "建档与核实");
        CHECK(shown("step", "approve") == "上级审核通过");
        CHECK(catalog::display(catalog::field(catalog::kTask, "entity"), Value("customer"),
                               Lang::En) == "Customer");
    }
    TEST_CASE("a step carries the fields of its row and no other, and a reason where it must") {
        const auto rule =
            may_step(kDispute, "rule", values(catalog::kCase, {{"state", word("open")}}), {});
        const auto says = [&](const Given& given, std::string_view reason) {
            const auto sound =
                check_inputs(**rule, catalog::kCase, values(catalog::kCase, given), reason);
            return sound ? std::string() : std::string(sound.error().id());
        };
        CHECK(says({{"resolved_value", word("{}")}}, "").empty());
        CHECK(says({}, "") == "intake.missing_input");
        CHECK(says({{"resolved_value", word("{}")}, {"number", std::int64_t{1}}}, "") ==
              "merge.unknown_field");
        const auto discard = may_step(kEstablishment, "discard", {}, {});
        CHECK(check_inputs(**discard, catalog::kCustomer, {}, "").error().id() ==
              "intake.reason_needed");
        CHECK(check_inputs(**discard, catalog::kCustomer, {}, "重复").has_value());
    }
}
