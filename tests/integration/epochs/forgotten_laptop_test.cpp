// A laptop that was enrolled after the backup an office was restored from: an invite and an
// approval make it the same device again, and what it was acknowledged comes back (sync I16, SPEC
// 11).
#include <doctest/doctest.h>

#include "protocol/refusals.hpp"

#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;

/// The office knows nothing of this laptop any more, which was acknowledged a visit and an edit.
struct Forgotten {
    Forgotten() {
        acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        firm.back_up();
        laptop = firm.laptop(firm.people.ann);
        firm.met(*laptop);
        visit = firm.visit(*laptop, acme, "谈了天平");
        firm.set(*laptop, acme, "fax", words("0571-1"));
        firm.met(*laptop);
        row = firm.device(*laptop);
        firm.restore();
        REQUIRE_FALSE(firm.knows(visit));
    }

    Firm firm;
    RecordId acme;
    std::unique_ptr<TempClient> laptop;
    RecordId visit;
    server::DeviceRow row;
};

}  // namespace

TEST_SUITE("integration/epochs/forgotten laptop") {
    TEST_CASE(
        "a laptop enrolled after the backup is taken up again and brings all it was answered") {
        Forgotten it;
        Firm& firm = it.firm;
        const auto unsent = firm.visit(*it.laptop, it.acme, "还没同步");
        const auto enrolled = firm.enrol_again(it.row, firm.people.ann);
        REQUIRE(enrolled.has_value());
        CHECK(enrolled->device == it.row.device);
        CHECK(enrolled->device_code == it.row.code);
        CHECK(static_cast<DeviceState>(enrolled->state) == DeviceState::Pending);
        // It waits for the administrator like any new one, and keeps everything meanwhile.
        const auto waits = firm.meet(*it.laptop);
        REQUIRE_FALSE(waits.has_value());
        CHECK(waits.error().is(protocol::kDevicePending));
        CHECK_FALSE(firm.knows(it.visit));
        REQUIRE(firm.approve(it.row.device));
        const auto first = firm.met(*it.laptop);
        CHECK(first.server_restored);
        CHECK(first.offered == 2);
        CHECK(first.incidents == 0);
        CHECK(firm.knows(it.visit));
        CHECK(firm.knows(unsent));
        CHECK(firm.held(it.acme, "fax") == "0571-1");
        CHECK(firm.shown(*it.laptop, it.visit, "content") == "谈了天平");
        CHECK(firm.audited("enrol_again") == 1);
        CHECK(firm.met(*it.laptop).sent == 0);
    }
    TEST_CASE(
        "one whose history had branched, or whose oldest words are gone, comes back as well") {
        for (const bool forgets : {true, false}) {
            CAPTURE(forgets);
            Forgotten it;
            Firm& firm = it.firm;
            if (forgets) {
                it.laptop->store().outbox.forget_answered(
                    it.laptop->clock.now().plus(std::chrono::hours(1)), it.laptop->clock.now());
            } else {
                it.laptop->store().meta.set_number(client::kDeviceEpochKey, 3);
            }
            const auto later = firm.visit(*it.laptop, it.acme, "后来");
            REQUIRE(firm.enrol_again(it.row, firm.people.ann));
            REQUIRE(firm.approve(it.row.device));
            const auto report = firm.met(*it.laptop);
            CHECK(report.forgotten == (forgets ? 2U : 0U));
            CHECK(firm.knows(later));
            CHECK(firm.knows(it.visit) == !forgets);
            CHECK(firm.met(*it.laptop).sent == 0);
        }
    }
    TEST_CASE("nobody becomes a device that is somebody's, or another user's") {
        Forgotten it;
        Firm& firm = it.firm;
        const auto others = firm.enrol_again(it.row, firm.people.ben);
        REQUIRE_FALSE(others.has_value());
        CHECK(others.error().is(protocol::kInviteOtherUser));
        CHECK(others.error().args.front() == to_text(firm.people.ann));
        REQUIRE(firm.enrol_again(it.row, firm.people.ann));
        // Its key is known now: an invite more is not spent, whatever it claims.
        const auto again = firm.enrol_again(it.row, firm.people.ann);
        REQUIRE_FALSE(again.has_value());
        CHECK(again.error().is(protocol::kEnrolledElsewhere));
        // Another key claims an identity that is a device's, or a customer's.
        auto thief = it.row;
        thief.public_key.fill(99);
        const auto stolen = firm.enrol_again(thief, firm.people.ann);
        REQUIRE_FALSE(stolen.has_value());
        CHECK(stolen.error().is(protocol::kEnrolledElsewhere));
        thief.device = it.acme.as<DeviceTag>();
        CHECK_FALSE(firm.enrol_again(thief, firm.people.ann));
        thief.device = {};
        CHECK_FALSE(firm.enrol_again(thief, firm.people.ann));
    }
    TEST_CASE("a code somebody else has meanwhile, or that is none, is not given twice") {
        Forgotten it;
        Firm& firm = it.firm;
        auto first = it.row;
        first.device = firm.people.office.ids().make<DeviceId>();
        first.public_key.fill(77);
        const auto newcomer = firm.enrol_again(first, firm.people.ann);
        REQUIRE(newcomer.has_value());
        CHECK(newcomer->device_code == it.row.code);
        const auto late = firm.enrol_again(it.row, firm.people.ann);
        REQUIRE(late.has_value());
        CHECK(late->device_code != it.row.code);
        auto odd = it.row;
        odd.device = firm.people.office.ids().make<DeviceId>();
        odd.public_key.fill(78);
        odd.code = "N-1; DROP";
        const auto named = firm.enrol_again(odd, firm.people.ann);
        REQUIRE(named.has_value());
        CHECK(named->device_code.size() <= 4);
        CHECK(named->device_code.front() == 'N');
    }
}

}  // namespace dossier::test
