// What a message of a laptop may cost the store: bounded by its bytes, in units nobody waits long
// for, whatever the same laptop brought before. Counted in steps of SQLite, never in time.
#include <algorithm>

#include "common/catalog/canonical.hpp"

#include "tests/support/steps.hpp"
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using protocol::Message;

/// 50 ms of the store on the slowest machine an office would have: 40 ns a step.
constexpr std::uint64_t kUnitStepsMax = 1'250'000;

/// What the office answers to one message, to the end, and the dearest unit of work of it.
struct Answered {
    std::vector<Message> messages;
    std::uint64_t steps = 0;
    std::uint64_t dearest = 0;
    std::string fault = "ok";
};

Answered answered(DeviceAtOffice& device, const Message& message) {
    Answered all;
    const auto count = [&](std::uint64_t steps) {
        all.steps += steps;
        all.dearest = std::max(all.dearest, steps);
    };
    count(Steps::of([&] {
        auto made = device.say(message);
        all.fault = fault_of(made);
        if (made) all.messages = std::move(*made);
    }));
    while (all.fault == "ok" && device.session().is_streaming()) {
        count(Steps::of([&] {
            auto more = device.next_unit();
            all.fault = fault_of(more);
            if (more && *more) all.messages.push_back(std::move(**more));
        }));
    }
    return all;
}

struct Bounded {
    Steps steps;
    PeopledOffice office;
    RecordId acme = office.customer(office.ann, "杭州明润医药有限公司");
    DeviceAtOffice device{office, office.ann, protocol::DeviceState::Active, 1U << 20U};

    void greet() {
        device.connect();
        auto hello = device.hello();
        hello.unsent = device.outbox.size() + 1;  // else there is no Push
        REQUIRE(device.say(hello));
    }
    /// A history of its own; the fault, if any.
    std::string branch_off() {
        device.connect();
        auto hello = device.hello();
        hello.device_epoch = 9999;
        REQUIRE(device.say(hello));
        return fault_of(device.say(protocol::Branch{}));
    }
    /// Visits at a customer nobody made: they wait outside.
    void bring_orphans(int count) {
        for (int i = 0; i < count; ++i)
            device.write(device.visit(office.office.ids().make<RecordId>()));
        greet();
        protocol::Push push{device.outbox, false};
        int waiting = 0;
        for (const auto& message : answered(device, push).messages) {
            for (const auto& each : std::get<protocol::Verdicts>(message).changesets)
                waiting += each.verdicts.front().kind == merge::VerdictKind::Parked ? 1 : 0;
        }
        REQUIRE(waiting == count);
    }
    protocol::Bring bring_unknown() {
        protocol::Bring bring;
        for (std::size_t i = 0; i < protocol::kOfferedMax; ++i)
            bring.brought.push_back({office.office.ids().make<RecordId>(), {}, 100});
        return bring;
    }
    /// Edits of records nobody has; not pushed yet.
    std::uint64_t cost_of_unknown_edits() {
        const auto from = device.outbox.size();
        for (int i = 0; i < 20; ++i) {
            device.write(
                {.kind = merge::OpKind::Set,
                 .record_kind = catalog::kCommunication.tag,
                 .record = office.office.ids().make<RecordId>(),
                 .fields = values_of(catalog::kCommunication, {{"content", words("谈了天平")}})});
        }
        const std::vector<protocol::Frozen> some(
            device.outbox.begin() + static_cast<std::ptrdiff_t>(from), device.outbox.end());
        return answered(device, protocol::Push{some, false}).steps;
    }
    /// To see a customer of another's on the laptop, for that long.
    void grant(const RecordId& customer, std::chrono::milliseconds time) {
        static constexpr auto& kGrant = catalog::kAccessGrant;
        const auto& targets = *catalog::find_field(kGrant, "scope_ids");
        const auto now = office.clock.now();
        office.make(kGrant,
                    values_of(kGrant, {{"grantee_user_id", office.ann.as<RecordTag>()},
                                       {"scope_kind", words("customer")},
                                       {"scope_ids", catalog::from_elements(
                                                         targets, {'"' + to_text(customer) + '"'})},
                                       {"max_level", std::int64_t{1}},
                                       {"ops", words(R"(["offline","view"])")},
                                       {"purpose", words("外出拜访")},
                                       {"from_at", now.ms},
                                       {"to_at", now.plus(time).ms}}));
    }
    protocol::ScopeKey own() const {
        return {static_cast<std::uint8_t>(access::ScopeSort::Own), office.ann.as<RecordTag>()};
    }
};

protocol::Probe probe_of(std::size_t places) {
    protocol::Probe probe;
    for (std::size_t i = 1; i <= places; ++i)
        probe.heads.push_back({i, {static_cast<std::uint8_t>(i)}});
    return probe;
}

protocol::RecordRange everything() {
    protocol::RecordRange range;
    range.to.bytes.fill(0xFF);
    return range;
}

}  // namespace

TEST_SUITE("server/sync/bounded") {
    TEST_CASE("a probe costs the same however many histories the device began") {
        Bounded field;
        const auto probe = probe_of(protocol::kProbeHeadsMax);
        field.greet();
        const auto before = answered(field.device, probe);
        for (int i = 0; i < 40; ++i) REQUIRE(field.branch_off() == "ok");
        field.device.connect();
        auto hello = field.device.hello();
        hello.device_epoch = 9999;
        REQUIRE(field.device.say(hello));
        const auto after = answered(field.device, probe);
        CHECK(after.fault == "ok");
        CHECK(after.steps < before.steps + before.steps / 10);
        CHECK(after.dearest < kUnitStepsMax);
    }
    TEST_CASE("histories a device may begin in a day are counted, and the next day has its own") {
        Bounded field;
        int begun = 0;
        while (field.branch_off() == "ok") REQUIRE(++begun <= 100);
        CHECK(begun == 100);
        CHECK(field.branch_off() == "sync.quota");
        field.office.clock.advance(std::chrono::hours(24));
        CHECK(field.branch_off() == "ok");
    }
    TEST_CASE("what waits outside makes no message dearer: contents offered, edits, the end") {
        Bounded field;
        field.greet();
        const auto offered = [&] {
            REQUIRE(answered(field.device, protocol::Push{{}, true}).fault == "ok");
            const auto bring = answered(field.device, field.bring_unknown());
            CHECK(bring.fault == "ok");
            CHECK(bring.dearest < kUnitStepsMax);
            return bring.steps;
        };
        const auto edits_before = field.cost_of_unknown_edits();
        const auto end_before = Steps::of([&] {
            REQUIRE(field.device.say(protocol::Push{{}, true}));
        });
        field.greet();
        const auto offered_before = offered();
        field.bring_orphans(600);
        field.office.clock.advance(std::chrono::hours(24 * 4));  // somebody should be told
        const auto edits_after = field.cost_of_unknown_edits();
        const auto end_after = Steps::of([&] {
            REQUIRE(field.device.say(protocol::Push{{}, true}));
        });
        field.greet();
        const auto offered_after = offered();
        CHECK(edits_after < edits_before * 3 / 2);
        CHECK(offered_after < offered_before * 3 / 2);
        CHECK(end_after < end_before + kUnitStepsMax / 10);
    }
    TEST_CASE("thousands that waited for one record are let in part by part, and all of them") {
        Bounded field;
        const auto late = field.office.office.ids().make<RecordId>();
        constexpr int kWaiting = 300;
        for (int i = 0; i < kWaiting; ++i) field.device.write(field.device.visit(late));
        field.greet();
        REQUIRE(answered(field.device, protocol::Push{field.device.outbox, false}).fault == "ok");
        field.device.write(
            {.kind = merge::OpKind::Create,
             .record_kind = catalog::kCustomer.tag,
             .record = late,
             .fields = values_of(catalog::kCustomer, {{"name", words("宁波仁和器械有限公司")}})});
        const auto came =
            answered(field.device, protocol::Push{{field.device.outbox.back()}, true});
        CHECK(came.fault == "ok");
        CHECK(came.dearest < kUnitStepsMax);
        CHECK(std::holds_alternative<protocol::Checkpoint>(came.messages.back()));
        server::Unit unit(*field.office.store);
        CHECK(field.office.store->withheld().empty());
        CHECK(field.office.store->count(catalog::kCommunication.tag) == kWaiting);
    }
    TEST_CASE("a long push is taken in parts, each answered, and nothing of it is left out") {
        Bounded field;
        for (std::size_t i = 0; i < 3 * server::kOpsAtOnce; ++i)
            field.device.write(field.device.visit(field.acme));
        field.greet();
        const auto push = answered(field.device, protocol::Push{field.device.outbox, true});
        REQUIRE(push.fault == "ok");
        std::uint64_t next = 1;
        std::size_t parts = 0;
        for (const auto& message : push.messages) {
            const auto* verdicts = std::get_if<protocol::Verdicts>(&message);
            if (verdicts == nullptr) continue;
            ++parts;
            for (const auto& each : verdicts->changesets) CHECK(each.oseq == next++);
        }
        CHECK(next == field.device.outbox.size() + 1);
        CHECK(parts == 3);
        CHECK(push.dearest < kUnitStepsMax);
    }
    TEST_CASE("a scope is read for a comparison in parts, once, and then asked about for little") {
        Bounded field;
        for (int i = 0; i < 1'200; ++i)
            field.office.customer(field.office.ann, "客户" + std::to_string(i));
        field.greet();
        REQUIRE(answered(field.device, protocol::Push{{}, true}).fault == "ok");
        const protocol::Compare all{field.own(), {everything()}};
        const auto first = answered(field.device, all);
        REQUIRE(first.messages.size() == 1);
        std::uint64_t facets = 0;
        for (const auto& sum : std::get<protocol::Ranges>(first.messages.front()).sums)
            facets += sum.count;
        CHECK(facets >= 1'200);
        CHECK(first.dearest < kUnitStepsMax);
        const auto again = answered(field.device, all);
        CHECK(again.steps < 2'000);
        // One customer more: what was read is brought up to date, not read again.
        field.office.customer(field.office.ann, "再一家");
        CHECK(answered(field.device, all).steps < 4'000);
    }
    TEST_CASE("ranges that overlap are asked about by nobody") {
        Bounded field;
        field.greet();
        REQUIRE(answered(field.device, protocol::Push{{}, true}).fault == "ok");
        const protocol::Compare twice{field.own(), {everything(), everything()}};
        CHECK(answered(field.device, twice).fault == "sync.out_of_order");
    }
    TEST_CASE("of facets fetched one by one no more are sent at once than the store soon finds") {
        Bounded field;
        field.greet();
        REQUIRE(answered(field.device, protocol::Push{{}, true}).fault == "ok");
        protocol::Fetch fetch{field.own(), {}};
        for (std::size_t i = 0; i < protocol::kFetchFacetsMax; ++i)
            fetch.facets.push_back({field.acme, 0});
        const auto fetched = answered(field.device, fetch);
        REQUIRE(fetched.messages.size() == 1);
        CHECK(std::get<protocol::Fetched>(fetched.messages.front()).count ==
              server::kFetchedAtOnce);
        CHECK(fetched.dearest < kUnitStepsMax);
    }
    TEST_CASE("a grant that ends by itself ends the session that streams under it") {
        Bounded field;
        const auto other = field.office.customer(field.office.ben, "苏州瑞祥仪器有限公司");
        field.grant(other, std::chrono::minutes(10));
        field.greet();
        const auto pulled = field.device.say(protocol::Push{{}, true});
        REQUIRE(pulled.has_value());
        CHECK_FALSE(field.device.outlived());
        field.office.clock.advance(std::chrono::minutes(11));
        CHECK(field.device.outlived());
        CHECK(fault_of(field.device.next_unit()) == "sync.rights_changed");
    }
}

}  // namespace dossier::test
