// One push at an office whose memory runs out at the first request, the second, … until none fails.
#include "tests/integration/memory/short_memory.hpp"
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

/// An office with customers enough that none has a long history, and a device that brings two ops
/// at a time.
struct ShortOffice {
    ShortOffice() {
        for (int i = 0; i < 40; ++i)
            customers.push_back(office.customer(office.ann, "客户" + std::to_string(i)));
    }
    const protocol::Frozen& write() {
        acme = customers[device.outbox.size() % customers.size()];
        merge::Changeset changeset{.author = office.ann,
                                   .claimed_at = office.clock.now(),
                                   .schema = 1,
                                   .source = "cli",
                                   .ops = {device.visit(acme)}};
        const Value seen = office.value(kCustomer, acme, "fax");
        const auto fax = catalog::find_field(kCustomer, "fax")->tag;
        number = "0571-" + std::to_string(device.outbox.size());
        changeset.ops.push_back({.kind = merge::OpKind::Set,
                                 .record_kind = kCustomer.tag,
                                 .record = acme,
                                 .base_fv = Fv{1},
                                 .base = {{fax, seen}},
                                 .fields = {{fax, number}}});
        return device.freeze(protocol::encode_changeset(changeset));
    }
    /// Its verdicts in a session of its own; nothing when the office failed.
    std::vector<merge::Verdict> push(const protocol::Frozen& frozen,
                                     std::uint64_t fail_at,
                                     Shortage shortage) {
        device.connect();
        REQUIRE(device.say(device.hello()));
        const protocol::Message message = protocol::Push{{frozen}, false};
        auto answers = [&]() -> Result<server::Session::Messages> {
            const ShortMemory memory(fail_at, shortage);
            try {
                return device.say(message);
            } catch (const std::exception&) {
                return fail(protocol::kOfficeFailed);
            }
        }();
        return answers ? DeviceAtOffice::verdicts(answers) : std::vector<merge::Verdict>{};
    }
    std::uint64_t applied() {
        server::Unit unit(*office.store);
        return office.store->device(device.row.device)->applied_oseq;
    }
    bool fits() {
        server::Unit unit(*office.store);
        const auto intact = office.store->verify([](std::string_view) {});
        if (!intact) MESSAGE(describe(intact.error(), Lang::En));
        return intact.has_value();
    }
    void check(std::uint64_t pushed) {
        CHECK(applied() == pushed);
        CHECK(visits(office) == pushed);
        const bool all = office.value(kCustomer, acme, "fax") == Value{number};
        CHECK(all == (pushed == device.outbox.size()));
    }

    PeopledOffice office;
    std::vector<RecordId> customers;
    RecordId acme;
    DeviceAtOffice device{office, office.ann};
    std::string number;
};

void runs_out(Shortage shortage) {
    ShortOffice desk;
    std::uint64_t refused = 0;
    for (std::uint64_t fail_at = 1;; ++fail_at) {
        CAPTURE(fail_at);
        const protocol::Frozen frozen = desk.write();
        const std::uint64_t before = frozen.oseq - 1;
        const auto verdicts = desk.push(frozen, fail_at, shortage);
        desk.check(verdicts.empty() ? before : frozen.oseq);
        if (!ShortMemory::was_short()) {
            REQUIRE(verdicts.size() == 2);
            break;
        }
        if (verdicts.empty()) ++refused;
        // The laptop comes again: taken once, whatever became of the first time.
        const auto again = desk.push(frozen, 0, shortage);
        REQUIRE(again.size() == 2);
        for (const auto& verdict : again) CHECK(verdict.kind != merge::VerdictKind::Rejected);
        desk.check(frozen.oseq);
    }
    MESSAGE(refused << " requests whose failure refused the push");
    CHECK(refused > 100);
    CHECK(desk.fits());
}

}  // namespace

TEST_SUITE("integration/memory/push") {
    TEST_CASE("a push that runs out of memory once is taken whole, once, or not at all") {
        runs_out(Shortage::Once);
    }
    TEST_CASE("a push whose memory stays short is taken whole, once, or not at all") {
        runs_out(Shortage::Lasting);
    }
}

}  // namespace dossier::test
