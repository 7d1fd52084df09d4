// Requests to read: who signs which, what becomes of them, and what is asked for in vain.
// Source: WF-05, R-146, R-148 ….
#include <doctest/doctest.h>

#include "common/catalog/access_request.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"

#include "server/jobs/expiry.hpp"
#include "server/settings/settings.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kAccessGrant;
using catalog::kAccessRequest;
using catalog::kApproval;
using catalog::kUser;

namespace {

struct Requests : Steps {
    SmallOffice::Person head = hires("head", "general_manager");
    SmallOffice::Person director = hires("director", "marketing_director");
    SmallOffice::Person technician = hires("technician", "technician");
    RecordId file = office.customer_of(office.ann, "明润");
    std::string last;

    Requests() {
        for (const auto* person : {&head, &director, &office.manager})
            sets(kUser, person->user.as<RecordTag>(), "clearance", std::int64_t{3});
    }
    static Value list(std::initializer_list<RecordId> files) {
        std::vector<std::string> elements;
        for (const auto& each : files) elements.push_back('"' + to_text(each) + '"');
        return catalog::from_elements(field(kAccessRequest, "customer_ids"), elements);
    }
    merge::Op request(const UserId& who, const GivenFields& more) {
        GivenFields given{{"requested_by", who.as<RecordTag>()},
                          {"customer_ids", list({file})},
                          {"content", text("设备清单")},
                          {"use", text("售后排查")}};
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kAccessRequest.tag,
                     .record = office.desk.ids().make<RecordId>()};
        for (const auto& each : more) {
            std::erase_if(given, [&](const auto& other) {
                return std::string_view(other.name) == each.name;
            });
            given.push_back(each);
        }
        op.fields = values_of(kAccessRequest, given);
        return op;
    }
    RecordId asks_for(const SmallOffice::Person& who, const GivenFields& more = {}) {
        const auto op = request(who.user, more);
        last = says(who.user, op);
        return op.record;
    }
    std::string signs(const SmallOffice::Person& who,
                      const RecordId& request,
                      std::string_view event = "approve",
                      std::string_view reason = "") {
        server::Unit unit(*office.store);
        const auto found =
            office.store->find(kApproval.tag, field(kApproval, "subject_id").tag, request);
        unit.commit();
        REQUIRE(!found.empty());
        return says(who.user, this->event(kApproval, found.back(), event), reason);
    }
    std::string at(const RecordId& request) {
        return text_in(all(kAccessRequest, request), field(kAccessRequest, "state"));
    }
    access::Answer may(const SmallOffice::Person& who, access::Operation operation) {
        return office.inside([&](Office& desk) {
            const auto values = desk.store().load(kCustomer.tag, file).value_or(FieldValues{});
            const auto subject = desk.people().subject({kCustomer.tag, file, file}, values);
            return access::decide(desk.people().viewer(who.user, desk.now()), operation, subject,
                                  catalog::Facet::Main, {.now = desk.now()})
                .answer;
        });
    }
    access::Answer sees(const SmallOffice::Person& who) {
        return may(who, access::Operation::View);
    }
};

}  // namespace

TEST_SUITE("server/intake/asking") {
    TEST_CASE("what is asked for and signed is a grant that says why and ends by itself") {
        Requests world;
        CHECK(world.sees(world.technician) == access::Answer::NeedsApproval);
        const auto id = world.asks_for(world.technician);
        REQUIRE(world.last == "ok");
        CHECK(world.sees(world.technician) == access::Answer::NeedsApproval);
        CHECK(world.signs(world.director, id) == "ok");
        CHECK(world.at(id) == "granted");
        CHECK(world.sees(world.technician) == access::Answer::Allow);
        CHECK(world.may(world.technician, access::Operation::Export) != access::Answer::Allow);
        const auto grant = world.all(kAccessGrant, record_in(world.all(kAccessRequest, id),
                                                             field(kAccessRequest, "grant_id")));
        CHECK(text_in(grant, field(kAccessGrant, "purpose")) == "售后排查");
        CHECK(!text_in(grant, field(kAccessGrant, "approval_id")).empty());
        world.office.clock.advance(std::chrono::hours(24));
        world.office.inside([](Office& desk) { return server::end_expired_grants(desk); });
        CHECK(world.sees(world.technician) == access::Answer::NeedsApproval);
    }
    TEST_CASE("any one of marketing director and general manager signs, and nobody else") {
        Requests world;
        const auto one = world.asks_for(world.technician);
        CHECK(world.signs(world.office.manager, one) == "intake.unknown_record");
        CHECK(world.signs(world.head, one) == "ok");
        CHECK(world.at(one) == "granted");
        CHECK(world.signs(world.director, one) == "intake.settled");
    }
    TEST_CASE("who asks signs nothing: of the director's own request the general manager decides") {
        Requests world;
        world.sets(kUser, world.director.user.as<RecordTag>(), "clearance", std::int64_t{1});
        const auto id = world.asks_for(world.director, {{"max_level", std::int64_t{2}}});
        REQUIRE(world.last == "ok");
        CHECK(world.signs(world.director, id) == "access.denied");
        CHECK(world.signs(world.head, id, "reject", "无业务需要") == "ok");
        CHECK(world.at(id) == "rejected");
    }
    TEST_CASE("nobody asks for somebody else") {
        Requests world;
        world.last = world.says(world.head.user, world.request(world.technician.user, {}));
        CHECK(world.last == "access.denied");
    }
    TEST_CASE("extracts are signed by the manager of the own department, then customer service") {
        Requests world;
        const auto own = world.hires("own", "dept_manager");
        const auto foreign = world.hires("foreign", "dept_manager");
        const auto elsewhere =
            world.makes(catalog::kDepartment, {{"code", text("QT")}, {"name", text("其他部")}});
        world.sets(kUser, foreign.user.as<RecordTag>(), "department_id", elsewhere);
        const auto id = world.asks_for(world.technician, {{"wanted", text("extract")}});
        REQUIRE(world.last == "ok");
        CHECK(world.signs(foreign, id) == "intake.unknown_record");
        CHECK(world.signs(world.office.manager, id) == "intake.unknown_record");
        CHECK(world.signs(own, id) == "ok");
        CHECK(world.at(id) == "requested");
        CHECK(world.signs(world.office.manager, id) == "ok");
        CHECK(world.at(id) == "granted");
    }
    TEST_CASE("a request says what for, for no longer than the company allows, of known files") {
        Requests world;
        world.asks_for(world.technician, {{"use", text("看看")}});
        CHECK(world.last == "request.purpose");
        world.asks_for(world.technician, {{"days", std::int64_t{31}}});
        CHECK(world.last == "request.term");
        world.office.inside([](Office& desk) {
            REQUIRE(server::change_setting(desk.store(), "access.grant_max_days", 60));
            return true;
        });
        world.asks_for(world.technician, {{"days", std::int64_t{31}}});
        CHECK(world.last == "ok");
        world.office.marks(world.file, 3);
        world.asks_for(world.technician);
        CHECK(world.last == "intake.unknown_record");
    }
    TEST_CASE("copies are made under a grant that says so, up to its level") {
        Requests world;
        const auto ops =
            catalog::from_elements(field(kAccessRequest, "ops"), {"\"export\"", "\"view\""});
        const auto id = world.asks_for(world.technician, {{"ops", ops}});
        REQUIRE(world.signs(world.head, id) == "ok");
        CHECK(world.may(world.technician, access::Operation::Export) == access::Answer::Allow);
        world.office.marks(world.file, 2);
        CHECK(world.may(world.technician, access::Operation::Export) != access::Answer::Allow);
    }
    TEST_CASE("a request written offline is asked when it arrives") {
        Requests world;
        const auto op = world.request(world.office.ben.user, {});
        const auto verdict = world.office.ben.pushes({op}, world.office.clock.now()).front();
        CHECK(verdict.kind == merge::VerdictKind::Applied);
        CHECK(world.signs(world.head, op.record) == "ok");
        CHECK(world.at(op.record) == "granted");
    }
    TEST_CASE("who takes his request back leaves nothing to sign") {
        Requests world;
        const auto id = world.asks_for(world.technician);
        CHECK(world.says(world.head.user, Requests::event(kAccessRequest, id, "withdraw")) ==
              "access.denied");
        CHECK(world.says(world.technician.user, Requests::event(kAccessRequest, id, "withdraw")) ==
              "ok");
        CHECK(world.signs(world.head, id) == "intake.settled");
        CHECK(world.at(id) == "withdrawn");
    }
}
