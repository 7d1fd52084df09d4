// Who may take a record away from a laptop, when it is a case for a person, and how it comes back.
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using merge::VerdictKind;

using catalog::kDeletedAt;

merge::Op removal(const RecordId& record) {
    return {
        .kind = merge::OpKind::Remove, .record_kind = kVisit.tag, .record = record, .base_fv = {1}};
}

VerdictKind last_verdict(DeviceAtOffice& device) {
    device.connect();
    REQUIRE(device.say(device.hello()));
    const auto answers = device.say(protocol::Push{device.outbox, true});
    REQUIRE(answers);
    return std::get<protocol::Verdicts>(answers->front()).changesets.back().verdicts.back().kind;
}

bool is_removed(PeopledOffice& office, const RecordId& record) {
    server::Unit unit(*office.store);
    const auto values = office.store->load(kVisit.tag, record);
    return values && find(*values, kDeletedAt) != nullptr;
}

}  // namespace

TEST_SUITE("server/sync/removal") {
    TEST_CASE("its author takes a visit back within the week; later it is a case") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto slip = device.visit(acme);
        const auto old = device.visit(acme);
        device.write(slip);
        device.write(old);
        device.write(removal(slip.record));
        CHECK(last_verdict(device) == VerdictKind::Applied);
        CHECK(is_removed(office, slip.record));
        office.clock.advance(std::chrono::hours(24 * 8));
        device.write(removal(old.record));
        CHECK(last_verdict(device) == VerdictKind::Case);
        CHECK_FALSE(is_removed(office, old.record));
    }

    TEST_CASE("what somebody else wrote to meanwhile is a case, however young it is") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice device(office, office.ann);
        const auto visit = device.visit(acme);
        device.write(visit);
        CHECK(last_verdict(device) == VerdictKind::Applied);
        REQUIRE(office.set({}, kVisit, visit.record, "needs", words("两台天平")));
        device.write(removal(visit.record));
        CHECK(last_verdict(device) == VerdictKind::Case);
        CHECK_FALSE(is_removed(office, visit.record));
    }

    TEST_CASE("another's visit is not his to take back, and of a stranger's he learns nothing") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润");
        DeviceAtOffice ann(office, office.ann);
        const auto hers = ann.visit(acme);
        ann.write(hers);
        CHECK(last_verdict(ann) == VerdictKind::Applied);
        office.transfer(acme, office.ben);
        DeviceAtOffice ben(office, office.ben);
        ben.write(removal(hers.record));
        CHECK(last_verdict(ben) == VerdictKind::Case);
        CHECK_FALSE(is_removed(office, hers.record));
    }
}

}  // namespace dossier::test
