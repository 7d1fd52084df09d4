// Incidents: everybody reports, who is responsible decides nothing, and a lost laptop is stopped.
// Source: WF-15, R-136, R-273, AS-40.
#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/incident.hpp"
#include "common/catalog/states.hpp"

#include "protocol/messages.hpp"

#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kDevice;
using catalog::kIncident;
using catalog::kUser;

namespace {

struct Incidents : Steps {
    SmallOffice::Person head = hires("head", "general_manager");
    std::string last;

    Incidents() {
        for (const auto* person : {&head, &office.manager})
            sets(kUser, person->user.as<RecordTag>(), "clearance", std::int64_t{3});
    }
    merge::Op report(std::string_view kind, const UserId& by, const GivenFields& more = {}) {
        GivenFields given{{"reported_by", by.as<RecordTag>()},
                          {"kind", text(kind)},
                          {"description", text("在列车上阅读客户资料")},
                          {"occurred_at", office.clock.now().ms}};
        given.insert(given.end(), more.begin(), more.end());
        return {.kind = merge::OpKind::Create,
                .record_kind = kIncident.tag,
                .record = office.desk.ids().make<RecordId>(),
                .fields = values_of(kIncident, given)};
    }
    RecordId reports(const SmallOffice::Person& who,
                     std::string_view kind,
                     const GivenFields& more = {}) {
        const auto op = report(kind, who.user, more);
        last = says(who.user, op);
        return op.record;
    }
    std::string does(const SmallOffice::Person& who,
                     const RecordId& id,
                     std::string_view event,
                     const GivenFields& given = {}) {
        auto op = Steps::event(kIncident, id, event);
        op.fields = values_of(kIncident, given);
        return says(who.user, op);
    }
    UserId person(const RecordId& id, std::string_view name) {
        return record_in(all(kIncident, id), *catalog::find_field(kIncident, name)).as<UserTag>();
    }
    std::string at(const RecordId& id) {
        return text_in(all(kIncident, id), field(kIncident, "state"));
    }
    RecordId laptop_of(const SmallOffice::Person& who) {
        const auto id = who.device.as<RecordTag>();
        office.inside([&](Office& desk) {
            const merge::Op op{
                .kind = merge::OpKind::Create,
                .record_kind = kDevice.tag,
                .record = id,
                .fields = values_of(kDevice, {{"device_code", text("N11")},
                                              {"user_id", who.user.as<RecordTag>()},
                                              {"public_key", std::string(64, 'a')}})};
            DOSSIER_CHECK(desk.change({}, {.source = "job", .ops = {op}}).has_value());
            server::DeviceRow row;
            row.device = who.device;
            row.user = who.user;
            row.code = "N11";
            row.public_key.fill(7);
            row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
            desk.store().save_device(row);
            desk.store().set_held(who.device, {{access::ScopeSort::Own, {who.user.bytes}}});
            return true;
        });
        return id;
    }
    protocol::DeviceState state_of(const SmallOffice::Person& who) {
        server::Unit unit(*office.store);
        return static_cast<protocol::DeviceState>(office.store->device(who.device)->state);
    }
};

const GivenFields kDecision{{"superior_liability", text("no")},
                            {"liability_reason", text("已按规定培训并检查")},
                            {"measures", text("重新培训")}};

}  // namespace

TEST_SUITE("server/intake/reporting") {
    TEST_CASE("who is responsible is named with his direct superior, whose liability is judged") {
        Incidents world;
        const auto id =
            world.reports(world.office.ben, "public_reading",
                          {{"responsible_user_id", world.office.ann.user.as<RecordTag>()}});
        REQUIRE(world.last == "ok");
        CHECK(world.person(id, "superior_user_id") == world.chief.user);
        CHECK(world.does(world.office.ben, id, "assign",
                         {{"investigator_id", world.inspector.user.as<RecordTag>()}}) ==
              "access.denied");
        CHECK(world.does(world.office.manager, id, "assign",
                         {{"investigator_id", world.inspector.user.as<RecordTag>()}}) == "ok");
        CHECK(world.does(world.office.manager, id, "investigate", {{"findings", text("属实")}}) ==
              "access.denied");
        CHECK(world.does(world.inspector, id, "investigate", {{"findings", text("属实")}}) == "ok");
        CHECK(world.does(world.office.manager, id, "decide", {{"measures", text("重新培训")}}) ==
              "incident.liability");
        CHECK(world.does(world.office.manager, id, "decide", kDecision) == "ok");
        CHECK(world.does(world.office.manager, id, "close") == "ok");
        CHECK(world.at(id) == "closed");
    }
    TEST_CASE("where the service manager is responsible the general manager handles it") {
        Incidents world;
        const auto id =
            world.reports(world.office.ben, "leak",
                          {{"responsible_user_id", world.office.manager.user.as<RecordTag>()}});
        const GivenFields given{{"investigator_id", world.inspector.user.as<RecordTag>()}};
        CHECK(world.does(world.office.manager, id, "assign", given) == "intake.same_signer");
        CHECK(world.does(world.head, id, "assign", given) == "ok");
    }
    TEST_CASE("a laptop its user reports lost is stopped at once, and its files are counted") {
        Incidents world;
        world.office.customer_of(world.office.ann, "明润");
        world.office.customer_of(world.office.ann, "康宁");
        const auto laptop = world.laptop_of(world.office.ann);
        const auto id = world.reports(world.office.ann, "device_loss", {{"device_id", laptop}});
        REQUIRE(world.last == "ok");
        CHECK(world.state_of(world.office.ann) == protocol::DeviceState::Lost);
        CHECK(text_in(world.all(kDevice, laptop), field(kDevice, "state")) == "lost");
        CHECK(world.person(id, "responsible_user_id") == world.office.ann.user);
        CHECK(world.person(id, "superior_user_id") == world.chief.user);
        CHECK(number_in(world.all(kIncident, id), field(kIncident, "held_there").tag) == 2);
    }
    TEST_CASE("by another's word a laptop is stopped once somebody is set to look into it") {
        Incidents world;
        const auto laptop = world.laptop_of(world.office.ann);
        const auto id = world.reports(world.office.ben, "device_loss", {{"device_id", laptop}});
        CHECK(world.state_of(world.office.ann) == protocol::DeviceState::Active);
        CHECK(world.does(world.office.manager, id, "assign",
                         {{"investigator_id", world.inspector.user.as<RecordTag>()}}) == "ok");
        CHECK(world.state_of(world.office.ann) == protocol::DeviceState::Lost);
        CHECK(world.person(id, "responsible_user_id") == world.office.ann.user);
    }
    TEST_CASE("a lost laptop is named, and a report comes also from a laptop") {
        Incidents world;
        world.reports(world.office.ann, "device_loss");
        CHECK(world.last == "incident.device");
        const auto op = world.report("misuse", world.office.ann.user);
        const auto verdict = world.office.ann.pushes({op}, world.office.clock.now()).front();
        CHECK(verdict.kind == merge::VerdictKind::Applied);
        CHECK(world.at(op.record) == "reported");
    }
}
