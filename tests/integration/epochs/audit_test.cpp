// Laptops remember the head of the office's audit: its end cannot be cut or rewritten unseen.
#include <doctest/doctest.h>

#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

/// Cuts the end of the audit behind the office's back, as who has its disk and key would.
void cut_audit(Firm& firm, std::uint64_t lines) {
    std::uint64_t last = 0;
    {
        const server::Unit unit(firm.store());
        last = firm.store().audit_end().seq;
    }
    {
        sqlite::Connection db({.path = firm.people.store.path(), .vfs = {}});
        db.exec("DELETE FROM office_audit WHERE seq>" + std::to_string(last - lines));
    }
    const server::Unit unit(firm.store());  // undone: the store looks at the end again
}

std::size_t told(TempClient& laptop, std::string_view what) {
    const auto all = laptop.store().incidents(100);
    return static_cast<std::size_t>(std::ranges::count(
        all, what, [](const auto& each) { return std::string_view(each.what); }));
}

}  // namespace

TEST_SUITE("integration/epochs/audit") {
    TEST_CASE("an audit whose end was cut is an incident on both sides, once") {
        Firm firm;
        firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.met(*ann);
        CHECK(told(*ann, "audit.differs") == 0);
        cut_audit(firm, 3);
        // Written on as if nothing had been: the chain of the office holds.
        firm.people.customer(firm.people.ann, "宁波海天");
        firm.people.customer(firm.people.ann, "温州正泰");
        const auto report = firm.met(*ann);
        CHECK(report.audit_lost > 0);
        CHECK(report.audit_set_back == 0);
        CHECK(told(*ann, "audit.differs") == 1);
        CHECK(firm.audited("audit_differs") == 1);
        CHECK(firm.met(*ann).audit_lost == 0);
        CHECK(firm.audited("audit_differs") == 1);
    }
    TEST_CASE("sessions that are cut make no laptop forget what it was told") {
        Firm firm;
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        cut_audit(firm, 3);
        firm.people.customer(firm.people.ann, "宁波海天");
        for (const int cut : {1, 2, 3}) firm.meet(*ann, cut);
        CHECK(firm.met(*ann).audit_lost > 0);
    }
    TEST_CASE("nothing is said where nothing was cut, whoever else was at work") {
        Firm firm;
        auto ann = firm.laptop(firm.people.ann);
        auto ben = firm.laptop(firm.people.ben);
        for (int round = 0; round < 5; ++round) {
            const auto acme = firm.people.customer(firm.people.ann, "明润" + std::to_string(round));
            firm.met(*ann);
            firm.visit(*ann, acme, "谈了天平");
            firm.meet(*ann, round);
            firm.met(*ben);
            firm.met(*ann);
        }
        for (auto* laptop : {ann.get(), ben.get()}) {
            CHECK(told(*laptop, "audit.differs") == 0);
        }
        CHECK(firm.audited("audit_differs") + firm.audited("audit_set_back") == 0);
    }
    TEST_CASE("an office restored from a backup is called restored, not forged") {
        for (const int cut : {-1, 1, 2}) {
            CAPTURE(cut);
            Firm firm;
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            firm.back_up();
            firm.met(*ann);
            firm.met(*ann);
            firm.restore();
            firm.people.clock.advance(std::chrono::hours(1));
            // Also when the session that heard of it first was cut.
            if (cut > 0) firm.meet(*ann, cut);
            const auto report = firm.met(*ann);
            CHECK(report.audit_lost == 0);
            CHECK(report.audit_set_back > 0);
            CHECK(told(*ann, "audit.differs") == 0);
            CHECK(firm.audited("audit_set_back") == 1);
            CHECK(firm.audited("audit_differs") == 0);
        }
    }
    TEST_CASE("a disk that forgot is called set back when laptops' numbers tell it") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.visit(*ann, acme, "谈了天平");
        firm.met(*ann);
        firm.met(*ann);
        firm.set_back();
        CHECK(firm.met(*ann).audit_lost == 0);
        CHECK(firm.audited("set_back") == 1);
    }
    TEST_CASE("a laptop of a protocol without places is asked nothing and told nothing") {
        Firm firm;
        firm.laptop_protocol = 3;
        firm.versions.protocol = 4;
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        cut_audit(firm, 3);
        CHECK(firm.met(*ann).audit_lost == 0);
        firm.laptop_protocol = 4;
        firm.met(*ann);
        cut_audit(firm, 3);
        firm.people.customer(firm.people.ann, "宁波海天");
        CHECK(firm.met(*ann).audit_lost > 0);
    }
}

}  // namespace dossier::test
