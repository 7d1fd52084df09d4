// Who may bring and have a content: the record decides, never the digest.
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "protocol/refusals.hpp"

#include "tests/integration/attach/exchange.hpp"

namespace dossier::test {
namespace {

using protocol::ContentState;

/// A content of Ann's at the office; Ben with a laptop and a customer of his own.
struct TwoOwners {
    TwoOwners() {
        hers = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        his = field.office.customer(field.office.ben, "宁波港机");
        ann = field.laptop(field.office.ann);
        ben = field.laptop(field.office.ben);
        for (Laptop* laptop : {ann.get(), ben.get()}) REQUIRE(Exchange{}.play(field, *laptop));
        const auto added = ann->attach(hers, "执照.pdf", bytes);
        REQUIRE(added.has_value());
        known = *added;
        REQUIRE(Exchange{}.play(field, *ann));
        REQUIRE(content_at(field, known) == bytes);
        id = content_id(bytes);
    }
    content::ContentId content_id(ByteView of) {
        return crypto::blake2b({of}, *ben->store().meta.bytes(client::kContentKeyMeta));
    }
    server::DeviceRow device_of(Laptop& laptop) {
        server::Unit unit(*field.office.store);
        return *field.office.store->device(laptop.store().meta.identity()->device);
    }
    /// A record that Ben's laptop pushed, whatever it says of its content.
    RecordId pushed_by_ben(const content::ContentId& content, std::uint64_t size) {
        const auto record = ben->ids.make<RecordId>();
        const auto values = values_of(kAttachment, {{"customer_id", his},
                                                    {"title", words("抄来的")},
                                                    {"doc_date", words("2026-03-01")},
                                                    {"file_name", words("抄来的.pdf")},
                                                    {"media_type", words("application/pdf")},
                                                    {"size", static_cast<std::int64_t>(size)},
                                                    {"content", words(to_hex(content))}});
        const auto row = device_of(*ben);
        const merge::Changeset changeset{.author = row.user,
                                         .claimed_at = field.office.clock.now(),
                                         .source = "sync",
                                         .ops = {client::new_record(kAttachment, record, values)}};
        server::Unit unit(*field.office.store);
        const auto now = field.office.clock.now();
        const auto verdicts = field.office.office.intake().admit(
            {.user = row.user, .device = row.device, .oseq = 1, .at = now, .now = now}, changeset);
        REQUIRE(verdicts.front().kind == merge::VerdictKind::Applied);
        unit.commit();
        return record;
    }
    template <class Message>
    std::vector<protocol::Message> says(const Message& message, Laptop& from) {
        const auto row = device_of(from);
        server::Unit unit(*field.office.store);
        Result<std::vector<protocol::Message>> said = lane.on(message, row);
        unit.commit();
        if (!said) return {protocol::refusal_of(said.error())};
        return *said;
    }
    template <class Message>
    protocol::ContentAnswer answer_to(const Message& message, Laptop& from) {
        const auto said = says(message, from);
        REQUIRE(said.size() == 1);
        const auto* have = std::get_if<protocol::Have>(&said.front());
        REQUIRE(have != nullptr);
        REQUIRE(have->answers.size() == 1);
        return have->answers.front();
    }
    template <class Message>
    ContentState state_of(const Message& message, Laptop& from) {
        return static_cast<ContentState>(answer_to(message, from).state);
    }

    Field field;
    RecordId hers, his, known;
    std::unique_ptr<Laptop> ann, ben;
    Bytes bytes = pdf(60'000, 1);
    content::ContentId id{};
    server::OfficeKeys keys = keys_of(field);
    server::ContentLane lane{field.office.office, keys};
};

}  // namespace

TEST_SUITE("integration/attach/rights") {
    TEST_CASE("who knows a digest and not the content gains nothing by naming it") {
        TwoOwners desk;
        const auto record = desk.pushed_by_ben(desk.id, desk.bytes.size());
        const protocol::Bring bring{{{record, desk.id, desk.bytes.size()}}, {}};
        CHECK(desk.state_of(protocol::Want{record, {}}, *desk.ben) == ContentState::Absent);
        const auto asked = desk.answer_to(bring, *desk.ben);
        CHECK(static_cast<ContentState>(asked.state) == ContentState::Prove);
        const auto right = crypto::blake2b({desk.bytes}, asked.detail);
        CHECK(desk.state_of(protocol::Proof{record, desk.id}, *desk.ben) == ContentState::Refused);
        // The nonce was good for one try.
        CHECK(desk.state_of(protocol::Proof{record, right}, *desk.ben) == ContentState::Refused);
        CHECK(desk.state_of(protocol::Want{record, {}}, *desk.ben) == ContentState::Absent);
        CHECK(content_at(desk.field, record).empty());
    }

    TEST_CASE("who has the content proves it and shares it") {
        TwoOwners desk;
        const auto record = desk.pushed_by_ben(desk.id, desk.bytes.size());
        const auto asked =
            desk.answer_to(protocol::Bring{{{record, desk.id, desk.bytes.size()}}, {}}, *desk.ben);
        const auto right = crypto::blake2b({desk.bytes}, asked.detail);
        CHECK(desk.state_of(protocol::Proof{record, right}, *desk.ben) == ContentState::Whole);
        CHECK(content_at(desk.field, record) == desk.bytes);
    }

    TEST_CASE("records unknown, invisible or another's get the same answers") {
        TwoOwners desk;
        const auto nobody = desk.ben->ids.make<RecordId>();
        for (const auto& record : {desk.known, nobody}) {
            CHECK(desk.state_of(protocol::Want{record, {}}, *desk.ben) == ContentState::Unknown);
            const protocol::Bring both{{{record, desk.id, desk.bytes.size()}}, {record}};
            const auto said = desk.says(both, *desk.ben);
            const auto& have = std::get<protocol::Have>(said.front());
            for (const auto& answer : have.answers) {
                CHECK(static_cast<ContentState>(answer.state) == ContentState::Unknown);
                CHECK(answer.detail.empty());
            }
            const auto chunk = desk.says(protocol::Chunk{record, 0, true, {1}}, *desk.ben);
            CHECK(std::get<protocol::Refusal>(chunk.front()).fault == "sync.out_of_order");
        }
    }

    TEST_CASE("a content that is not what its record says is not taken") {
        TwoOwners desk;
        const Bytes program = [] {
            Bytes bytes(5000, 0x90);
            bytes[0] = 'M';
            bytes[1] = 'Z';
            return bytes;
        }();
        const auto id = desk.content_id(program);
        const auto record = desk.pushed_by_ben(id, program.size());
        const protocol::Bring bring{{{record, id, program.size()}}, {}};
        CHECK(desk.state_of(bring, *desk.ben) == ContentState::Missing);
        CHECK(desk.state_of(protocol::Chunk{record, 0, true, program}, *desk.ben) ==
              ContentState::Refused);
        CHECK(content_at(desk.field, record).empty());
        server::Unit unit(*desk.field.office.store);
        CHECK_FALSE(desk.field.office.store->contents().of(record).has_value());
    }

    TEST_CASE("a new version is one of a document of the same file, any other is unknown") {
        TwoOwners desk;
        const auto nobody = desk.ben->ids.make<RecordId>();
        const auto verdict_for = [&](const RecordId& before) {
            const auto record = desk.ben->ids.make<RecordId>();
            auto values = values_of(kAttachment, {{"customer_id", desk.his},
                                                  {"title", words("新版")},
                                                  {"doc_date", words("2026-03-01")},
                                                  {"file_name", words("新版.pdf")},
                                                  {"media_type", words("application/pdf")},
                                                  {"size", std::int64_t{9}},
                                                  {"content", words(to_hex(desk.id))},
                                                  {"version_of_id", before}});
            const auto row = desk.device_of(*desk.ben);
            const auto now = desk.field.office.clock.now();
            server::Unit unit(*desk.field.office.store);
            auto verdicts = desk.field.office.office.intake().admit(
                {.user = row.user, .device = row.device, .oseq = 1, .at = now, .now = now},
                {.author = row.user,
                 .claimed_at = now,
                 .source = "sync",
                 .ops = {client::new_record(kAttachment, record, std::move(values))}});
            unit.commit();
            verdicts.front().args.clear();  // the id that was asked for
            return verdicts.front();
        };
        // Ann's document, a customer and nothing at all: told alike.
        CHECK(verdict_for(nobody).kind == merge::VerdictKind::Parked);
        CHECK(verdict_for(desk.known) == verdict_for(nobody));
        CHECK(verdict_for(desk.his) == verdict_for(nobody));
        const auto own = desk.pushed_by_ben(desk.id, desk.bytes.size());
        CHECK(verdict_for(own).kind == merge::VerdictKind::Applied);
    }

    TEST_CASE("a size or digest other than the record's is not even begun") {
        TwoOwners desk;
        const Bytes bytes = pdf(100, 5);
        const auto id = desk.content_id(bytes);
        const auto record = desk.pushed_by_ben(id, bytes.size());
        CHECK(desk.state_of(protocol::Bring{{{record, id, 101}}, {}}, *desk.ben) ==
              ContentState::Unknown);
        CHECK(desk.state_of(protocol::Bring{{{record, desk.id, 100}}, {}}, *desk.ben) ==
              ContentState::Unknown);
    }

    TEST_CASE("beyond its day's measure a device brings the rest later") {
        TwoOwners desk;
        {
            server::Unit unit(*desk.field.office.store);
            const auto device = desk.ben->store().meta.identity()->device;
            desk.field.office.store->contents().begin(desk.ben->ids.make<RecordId>(), desk.id,
                                                      server::kDeviceDayBytesMax - 50,
                                                      {device, desk.field.office.clock.now()});
            unit.commit();
        }
        const Bytes bytes = pdf(100, 5);
        const auto id = desk.content_id(bytes);
        const auto record = desk.pushed_by_ben(id, bytes.size());
        const protocol::Bring bring{{{record, id, bytes.size()}}, {}};
        CHECK(desk.state_of(bring, *desk.ben) == ContentState::Later);
        desk.field.office.clock.advance(std::chrono::hours(25));
        CHECK(desk.state_of(bring, *desk.ben) == ContentState::Missing);
    }

    TEST_CASE("a large content stays off laptops that did not make it") {
        TwoOwners desk;
        const auto large = desk.ann->attach(desk.hers, "大.pdf", pdf(5'300'000, 4));
        REQUIRE(large.has_value());
        REQUIRE(Exchange{}.play(desk.field, *desk.ann));
        CHECK(content_at(desk.field, *large).size() == 5'300'000);
        const auto other = desk.field.laptop(desk.field.office.ann);
        REQUIRE(Exchange{}.play(desk.field, *other));
        CHECK(other->holds(kAttachment, *large));
        CHECK(content_at(*other, desk.known) == desk.bytes);
        CHECK(content_at(*other, *large).empty());
        CHECK(other->store().attachments.missing_count() == 0);
        CHECK(desk.state_of(protocol::Want{*large, {}}, *other) == ContentState::Refused);
    }

    TEST_CASE("a device revoked in the lane brings and gets nothing more") {
        TwoOwners desk;
        const auto id = desk.ann->attach(desk.hers, "合同.pdf", pdf(600'000, 2));
        REQUIRE(id.has_value());
        Exchange exchange;
        std::size_t chunks = 0;
        exchange.on_wire = [&](protocol::Message& message) {
            if (!std::holds_alternative<protocol::Chunk>(message) || ++chunks != 5) return true;
            auto row = desk.device_of(*desk.ann);
            row.state = static_cast<std::uint8_t>(protocol::DeviceState::Revoked);
            server::Unit unit(*desk.field.office.store);
            desk.field.office.store->save_device(row);
            unit.commit();
            return true;
        };
        const auto ended = exchange.play(desk.field, *desk.ann);
        REQUIRE_FALSE(ended.has_value());
        CHECK(ended.error().is(protocol::kDeviceRevoked));
        server::Unit unit(*desk.field.office.store);
        const auto held = desk.field.office.store->contents().of(*id);
        REQUIRE(held.has_value());
        CHECK(desk.field.office.store->contents().have(*held).front() == 0b1111);
    }
}

}  // namespace dossier::test
