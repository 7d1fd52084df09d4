// Contents the office does not have yet, of laptops that are stopped, wiped or lose a customer:
// unreadable there, never lost.
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "server/accounts/devices.hpp"
#include "tests/integration/attach/exchange.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;

constexpr std::string_view kCanary = "canary-c2e1-unsent-paper ";

struct StoppedLaptop {
    StoppedLaptop() {
        customer = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        laptop = field.laptop(field.office.ann);
        REQUIRE(meet().has_value());
    }
    /// One session; what was sent up counts into `chunks`.
    Result<client::Report> meet(std::size_t cut = SIZE_MAX) {
        Exchange exchange;
        exchange.cut_at_chunk = cut;
        auto report = exchange.play(field, *laptop);
        chunks += exchange.chunks_up;
        return report;
    }
    RecordId attach(std::string_view name, const Bytes& bytes) {
        const auto id = laptop->attach(customer, name, bytes);
        if (!id) MESSAGE(describe(id.error(), Lang::En));
        REQUIRE(id.has_value());
        return *id;
    }
    DeviceId device() { return laptop->store().meta.identity()->device; }
    void stop(DeviceState to, bool wipe = false) {
        server::Unit unit(*field.office.store);
        server::Devices devices(field.office.office);
        if (to != DeviceState::Active) REQUIRE(devices.stop({}, device(), to));
        if (wipe) REQUIRE(devices.wipe({}, device()));
        unit.commit();
        field.office.clock.advance(std::chrono::minutes(1));
    }
    server::DeviceRow row() {
        server::Unit unit(*field.office.store);
        return *field.office.store->device(device());
    }
    std::uint64_t waiting() { return laptop->store().attachments.upload_count(); }

    Field field;
    RecordId customer;
    std::unique_ptr<Laptop> laptop;
    std::size_t chunks = 0;
};

}  // namespace

TEST_SUITE("integration/attach/stopped") {
    TEST_CASE("a wipe removes what the office has at once and waits for the contents it lacks") {
        static constexpr std::string_view kKnown = "canary-77aa-known-paper ";
        StoppedLaptop desk;
        const auto known = desk.attach("旧.pdf", canary_pdf(kKnown, 40'000));
        REQUIRE(desk.meet());
        const Bytes bytes = canary_pdf(kCanary, 20 * content::kChunkBytes + 7);
        const auto id = desk.attach("新.pdf", bytes);
        REQUIRE(lies_about(*desk.laptop, kKnown));
        desk.stop(DeviceState::Lost);
        desk.chunks = 0;
        for (int contact = 0; contact < 2; ++contact) {
            REQUIRE(desk.meet(7));
            CHECK(desk.row().wipe == server::WipeState::Ordered);
            CHECK(desk.waiting() == 1);
            CHECK(desk.laptop->store().replica.count(catalog::kCustomer) == 0);
            CHECK_FALSE(lies_about(*desk.laptop, kKnown));
            CHECK_FALSE(lies_about(*desk.laptop, kCanary));
            desk.laptop->reopen();
        }
        const auto report = desk.meet();
        REQUIRE(report);
        CHECK(report->wiped);
        CHECK(report->wiped_rows > 0);
        CHECK(desk.chunks == content::chunks_of(bytes.size()));
        CHECK(desk.row().wipe == server::WipeState::Done);
        CHECK(desk.waiting() == 0);
        CHECK(content_at(desk.field, id) == bytes);
        CHECK(content_at(desk.field, known) == canary_pdf(kKnown, 40'000));
        auto row = desk.laptop->store().connection().prepared("SELECT count(*) FROM content_chunk");
        REQUIRE(row.step());
        CHECK(row.number(0) == 0);
    }

    TEST_CASE("what a lost laptop brings waits with its content, and is let in with it") {
        StoppedLaptop desk;
        const Bytes bytes = pdf(70'000, 1);
        const auto id = desk.attach("合同.pdf", bytes);
        desk.stop(DeviceState::Lost);
        REQUIRE(desk.meet());
        CHECK(content_at(desk.field, id) == bytes);
        auto& store = *desk.field.office.store;
        {
            server::Unit unit(store);
            CHECK_FALSE(store.load(kAttachment.tag, id).has_value());
            REQUIRE(store.withheld().size() == 1);
            // What waits for a person is nothing damaged.
            CHECK(store.verify([](std::string_view) {}).has_value());
            const auto number = store.withheld().front().number;
            const auto let_in =
                desk.field.office.office.intake().let_in(number, desk.field.office.clock.now());
            REQUIRE(let_in);
            CHECK(let_in->front().kind == merge::VerdictKind::Applied);
            unit.commit();
        }
        const auto other = desk.field.laptop(desk.field.office.ann);
        REQUIRE(Exchange{}.play(desk.field, *other));
        CHECK(content_at(*other, id) == bytes);
        server::Unit unit(store);
        CHECK(store.verify([](std::string_view) {}).has_value());
    }

    TEST_CASE("a stopped laptop brings the contents of its work, and gets none") {
        for (const auto state : {DeviceState::Suspended, DeviceState::Revoked}) {
            CAPTURE(static_cast<int>(state));
            StoppedLaptop desk;
            const Bytes bytes = canary_pdf(kCanary, 90'000);
            const auto id = desk.attach("执照.pdf", bytes);
            // Its record was sent while all was well, its content was cut.
            REQUIRE(desk.meet(2));
            const auto later = desk.attach("名片.pdf", pdf(30'000, 2));
            desk.stop(state);
            std::size_t down = 0;
            Exchange exchange;
            exchange.on_wire = [&](protocol::Message& message) {
                const auto* have = std::get_if<protocol::Have>(&message);
                if (have != nullptr) CHECK(have->key.empty());
                down += std::holds_alternative<protocol::Batch>(message) ? 1U : 0U;
                return true;
            };
            CHECK_FALSE(exchange.play(desk.field, *desk.laptop));
            CHECK(content_at(desk.field, id) == bytes);
            CHECK(content_at(desk.field, later).size() == 30'000);
            CHECK(exchange.chunks_down + down == 0);
            CHECK(desk.waiting() == 0);
            if (state == DeviceState::Revoked) CHECK_FALSE(lies_about(*desk.laptop, kCanary));
            server::Unit unit(*desk.field.office.store);
            const auto rows = desk.field.office.store->sessions_of(desk.device(), 1);
            CHECK(rows.front().unsent == rows.front().changesets);
        }
    }

    TEST_CASE("with the customer its unsent contents become unreadable, and still arrive") {
        StoppedLaptop desk;
        const Bytes bytes = canary_pdf(kCanary, 20 * content::kChunkBytes + 7);
        const auto id = desk.attach("合同.pdf", bytes);
        // A part goes up in the clear, the rest will go sealed.
        REQUIRE(desk.meet(5));
        REQUIRE(lies_about(*desk.laptop, kCanary));
        desk.field.office.transfer(desk.customer, desk.field.office.ben);
        REQUIRE(desk.meet(3));
        CHECK_FALSE(desk.laptop->holds(kAttachment, id));
        CHECK_FALSE(lies_about(*desk.laptop, kCanary));
        CHECK(desk.waiting() == 1);
        CHECK(content_at(desk.field, id).empty());
        // Through the real wire.
        REQUIRE(desk.field.sync(*desk.laptop));
        CHECK(desk.waiting() == 0);
        CHECK(content_at(desk.field, id) == bytes);
        CHECK_FALSE(desk.laptop->store().attachments.contents.of(id).has_value());
        // Should the right come back, so does the content.
        desk.field.office.transfer(desk.customer, desk.field.office.ann);
        REQUIRE(desk.meet());
        CHECK(content_at(*desk.laptop, id) == bytes);
    }

    TEST_CASE("what was never sent of a customer handed on waits at the office with its content") {
        StoppedLaptop desk;
        desk.field.office.clock.advance(std::chrono::minutes(1));
        desk.field.office.transfer(desk.customer, desk.field.office.ben);
        desk.field.office.clock.advance(std::chrono::minutes(1));
        desk.laptop->clock.advance(std::chrono::minutes(3));
        const Bytes bytes = canary_pdf(kCanary, 50'000);
        const auto id = desk.attach("合同.pdf", bytes);
        REQUIRE(desk.meet());
        CHECK_FALSE(lies_about(*desk.laptop, kCanary));
        CHECK(desk.waiting() == 0);
        CHECK(content_at(desk.field, id) == bytes);
        server::Unit unit(*desk.field.office.store);
        CHECK(desk.field.office.store->withheld().size() == 1);
    }

    TEST_CASE("sealed, a content the office has from elsewhere is brought whole and lies once") {
        StoppedLaptop desk;
        const Bytes bytes = pdf(50'000, 1);
        const auto other = desk.field.office.customer(desk.field.office.ann, "宁波港机");
        REQUIRE(desk.meet());
        const auto first = desk.laptop->attach(other, "一.pdf", bytes);
        REQUIRE(first);
        REQUIRE(desk.meet());
        // Of two customers: as long as one is here, the paper may be read.
        const auto second = desk.attach("二.pdf", bytes);
        desk.field.office.transfer(desk.customer, desk.field.office.ben);
        Exchange cut;
        cut.on_wire = [](protocol::Message& m) {
            return !std::holds_alternative<protocol::Have>(m);
        };
        REQUIRE(cut.play(desk.field, *desk.laptop));
        CHECK(content_at(*desk.laptop, *first) == bytes);
        desk.stop(DeviceState::Revoked, true);
        desk.chunks = 0;
        REQUIRE(desk.meet());
        CHECK(desk.chunks == content::chunks_of(bytes.size()));
        CHECK(content_at(desk.field, second) == bytes);
        server::Unit unit(*desk.field.office.store);
        CHECK(desk.field.office.store->contents().of(second)->no ==
              desk.field.office.store->contents().of(*first)->no);
    }

    TEST_CASE("a document added while reading is over lies here sealed and arrives whole") {
        StoppedLaptop desk;
        desk.laptop->clock.advance(std::chrono::hours(24 * 60));
        const Bytes bytes = canary_pdf(kCanary, 60'000);
        const auto id = desk.attach("执照.pdf", bytes);
        desk.laptop->store().scrub();
        CHECK_FALSE(lies_about(*desk.laptop, kCanary));
        desk.laptop->reopen();
        CHECK(desk.waiting() == 1);
        desk.laptop->clock.set(desk.field.office.clock.now());
        REQUIRE(desk.meet());
        CHECK(content_at(desk.field, id) == bytes);
    }

    TEST_CASE("a wipe waits for a content that is too much for the day") {
        StoppedLaptop desk;
        const auto id = desk.attach("合同.pdf", canary_pdf(kCanary, 40'000));
        {
            server::Unit unit(*desk.field.office.store);
            desk.field.office.store->contents().begin(
                desk.laptop->ids.make<RecordId>(), {}, server::kDeviceDayBytesMax - 50,
                {desk.device(), desk.field.office.clock.now()});
            unit.commit();
        }
        desk.stop(DeviceState::Lost);
        const auto report = desk.meet();
        REQUIRE_FALSE(report);
        CHECK(report.error().id() == "sync.wipe_waits");
        CHECK_FALSE(lies_about(*desk.laptop, kCanary));
        desk.field.office.clock.advance(std::chrono::hours(25));
        const auto again = desk.meet();
        REQUIRE(again);
        CHECK(again->wiped);
        CHECK(content_at(desk.field, id).size() == 40'000);
    }

    TEST_CASE("a stopped laptop asks for nothing and brings nothing of another's") {
        StoppedLaptop desk;
        const auto id = desk.attach("执照.pdf", pdf(30'000, 1));
        desk.stop(DeviceState::Suspended);
        for (const bool greedy : {true, false}) {
            Exchange exchange;
            exchange.on_wire = [&](protocol::Message& message) {
                auto* bring = std::get_if<protocol::Bring>(&message);
                if (bring == nullptr) return true;
                if (greedy) bring->wanted.push_back(id);
                if (!greedy) bring->brought.front().record = desk.customer;
                return true;
            };
            const auto report = exchange.play(desk.field, *desk.laptop);
            REQUIRE_FALSE(report);
            CHECK(exchange.chunks_up == 0);
        }
        CHECK(content_at(desk.field, id).empty());
    }
}

}  // namespace dossier::test
