// A laptop's clock that is days behind does not make a late file an early one. Source: AS-02.
#include <doctest/doctest.h>

#include "common/report/timeliness.hpp"

#include "server/reports/run.hpp"
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

constexpr std::int64_t kFourDays = std::chrono::milliseconds(std::chrono::hours(96)).count();

struct Laptop {
    PeopledOffice office;
    UserId chief = office.user("chief", office.east, "regional_manager");
    std::unique_ptr<DeviceAtOffice> device;
    RecordId file = office.office.ids().make<RecordId>();

    Laptop() {
        REQUIRE(office.set({}, catalog::kUser, office.ann.as<RecordTag>(), "superior_user_id",
                           chief.as<RecordTag>()));
        device = std::make_unique<DeviceAtOffice>(office, office.ann);
    }
    /// Writes it at this time of the office's clock, with the laptop's own so far off, and syncs.
    void does(std::string_view when, std::int64_t off, merge::Op op) {
        office.clock.set(at(when));
        device->clock_off_ms = off;
        const auto frozen = device->write(std::move(op));
        device->connect();
        REQUIRE(device->say(device->hello()));
        const auto verdicts = DeviceAtOffice::verdicts(device->say(protocol::Push{{frozen}, true}));
        CHECK_MESSAGE(verdicts.front().kind == merge::VerdictKind::Applied,
                      verdicts.front().reason);
    }
    void meets() {
        does("2026-03-02 10:10", 0,
             {.kind = merge::OpKind::Create,
              .record_kind = kCustomer.tag,
              .record = file,
              .fields = values_of(kCustomer, {{"name", words("康宁药房")},
                                              {"party_kind", words("person")},
                                              {"phone_main", words("0571-1000")},
                                              {"business_need", words("天平")},
                                              {"source", words("visit")},
                                              {"street_address", words("文三路 1 号")}})});
    }
    void submits(std::string_view when, std::int64_t off) {
        does(when, off,
             {.kind = merge::OpKind::Event,
              .record_kind = kCustomer.tag,
              .record = file,
              .event = "submit"});
    }
    std::int64_t in_time() {
        office.clock.set(at("2026-03-20 09:00"));
        server::Unit unit(*office.store);
        office.office.people().forget();
        const auto made = server::run_report(office.office, {.who = chief},
                                             {.report = report::kTimeliness}, [] {});
        REQUIRE(made.has_value());
        REQUIRE(made->tables[0].size() == 1);
        CHECK(std::get<std::int64_t>(made->tables[0][0][1]) == 1);
        return std::get<std::int64_t>(made->tables[0][0][2]);
    }
};

}  // namespace

TEST_SUITE("server/reports/clock") {
    TEST_CASE("handed in on the 12th it is late, though the laptop claims the 8th") {
        Laptop laptop;
        laptop.meets();
        laptop.submits("2026-03-12 09:00", -kFourDays);
        CHECK(laptop.in_time() == 0);
    }
    TEST_CASE("handed in on the 8th it is in time, though the laptop claims the 12th") {
        Laptop laptop;
        laptop.meets();
        laptop.submits("2026-03-08 09:00", kFourDays);
        CHECK(laptop.in_time() == 1);
    }
    TEST_CASE("written offline on the 9th and synced on the 10th it is in time (AS-01)") {
        Laptop laptop;
        laptop.meets();
        laptop.office.clock.set(at("2026-03-09 20:00"));
        const auto frozen = laptop.device->write({.kind = merge::OpKind::Event,
                                                  .record_kind = kCustomer.tag,
                                                  .record = laptop.file,
                                                  .event = "submit"});
        laptop.office.clock.set(at("2026-03-10 21:00"));
        laptop.device->connect();
        REQUIRE(laptop.device->say(laptop.device->hello()));
        REQUIRE(laptop.device->say(protocol::Push{{frozen}, true}));
        CHECK(laptop.in_time() == 1);
    }
}

}  // namespace dossier::test
