// The way of a content: up from where it was added, down to where it belongs, whatever is cut.
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "tests/integration/attach/exchange.hpp"

namespace dossier::test {
namespace {

/// Ann with two laptops and a customer, both synced once.
struct TwoLaptops {
    TwoLaptops() {
        customer = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        one = field.laptop(field.office.ann);
        two = field.laptop(field.office.ann);
        play(*one);
        play(*two);
    }
    /// A session that must go through to its end.
    Exchange play(Laptop& laptop) {
        Exchange exchange;
        finish(exchange, laptop);
        return exchange;
    }
    client::Report finish(Exchange& exchange, Laptop& laptop) {
        const auto report = exchange.play(field, laptop);
        if (!report) MESSAGE(describe(report.error(), Lang::En));
        REQUIRE(report.has_value());
        CHECK_FALSE(exchange.was_cut);
        CHECK(report->verified);
        return *report;
    }

    Field field;
    RecordId customer;
    std::unique_ptr<Laptop> one;
    std::unique_ptr<Laptop> two;
};

/// Sessions of `laptop`, each cut before its chunk number `at`, until one goes through: how many
/// chunks were delivered in all.
std::size_t through_cuts(TwoLaptops& desk, Laptop& laptop, std::size_t at) {
    std::size_t delivered = 0;
    for (int sessions = 0; sessions < 100; ++sessions) {
        Exchange exchange;
        exchange.cut_at_chunk = at;
        REQUIRE(exchange.play(desk.field, laptop).has_value());
        delivered += exchange.chunks_up + exchange.chunks_down;
        if (!exchange.was_cut) return delivered;
    }
    return SIZE_MAX;
}

}  // namespace

TEST_SUITE("integration/attach/lane") {
    TEST_CASE("a document added on one laptop is whole at the office and on the other") {
        TwoLaptops desk;
        const Bytes bytes = pdf(100'000, 1);
        const auto id = desk.one->attach(desk.customer, "执照.pdf", bytes);
        REQUIRE(id.has_value());
        CHECK(desk.one->store().attachments.upload_count() == 1);
        Exchange up;
        const auto sent = desk.finish(up, *desk.one);
        CHECK(sent.contents_sent == 1);
        CHECK(sent.content_bytes_sent == bytes.size());
        CHECK(desk.one->store().attachments.upload_count() == 0);
        CHECK(content_at(desk.field, *id) == bytes);
        Exchange down;
        const auto received = desk.finish(down, *desk.two);
        CHECK(received.contents_received == 1);
        CHECK(content_at(*desk.two, *id) == bytes);
        CHECK(content_at(*desk.one, *id) == bytes);
        server::Unit unit(*desk.field.office.store);
        CHECK(desk.field.office.store->verify([](std::string_view) {}).has_value());
    }

    TEST_CASE("cut before any chunk, both ways, no delivered chunk is sent again") {
        const Bytes bytes = pdf(20 * content::kChunkBytes + 7, 1);
        const std::size_t chunks = content::chunks_of(bytes.size());
        for (const std::size_t at : {0U, 1U, 2U, 5U, 15U, 16U, 17U, 20U}) {
            CAPTURE(at);
            TwoLaptops desk;
            const auto id = desk.one->attach(desk.customer, "合同.pdf", bytes);
            REQUIRE(id.has_value());
            if (at == 0) {
                Exchange exchange;
                exchange.cut_at_chunk = 0;
                REQUIRE(exchange.play(desk.field, *desk.one).has_value());
                CHECK(exchange.was_cut);
            }
            const std::size_t stride = at == 0 ? SIZE_MAX : at;
            CHECK(through_cuts(desk, *desk.one, stride) == chunks);
            CHECK(content_at(desk.field, *id) == bytes);
            CHECK(through_cuts(desk, *desk.two, stride) == chunks);
            CHECK(content_at(*desk.two, *id) == bytes);
        }
    }

    TEST_CASE(
        "cut between the last chunk and the look at the whole, a content is whole the next time") {
        const Bytes bytes = pdf(2 * content::kChunkBytes + 7, 1);
        TwoLaptops desk;
        const auto id = desk.one->attach(desk.customer, "合同.pdf", bytes);
        REQUIRE(id.has_value());
        desk.play(*desk.one);
        Exchange exchange;
        exchange.cut_at_chunk = 2;
        REQUIRE(exchange.play(desk.field, *desk.two).has_value());
        REQUIRE(exchange.was_cut);
        auto& contents = desk.two->store().attachments.contents;
        const auto held = contents.of(*id);
        REQUIRE(held.has_value());
        REQUIRE(contents.put(*held, 2, ByteView(bytes).subspan(2 * content::kChunkBytes)));
        desk.play(*desk.two);
        CHECK(content_at(*desk.two, *id) == bytes);
    }

    TEST_CASE("a record never waits: cut in the lane, all records are there and say so") {
        TwoLaptops desk;
        const auto id = desk.one->attach(desk.customer, "合同.pdf", pdf(400'000, 1));
        REQUIRE(id.has_value());
        const auto visit = desk.one->visit(desk.customer, "见到总经理");
        Exchange exchange;
        exchange.cut_at_chunk = 3;
        const auto report = exchange.play(desk.field, *desk.one);
        REQUIRE(report.has_value());
        CHECK(report->verified);
        CHECK(desk.one->store().outbox.unsent_count() == 0);
        CHECK_FALSE(is_empty(desk.field.office.value(kAttachment, *id, "title")));
        desk.play(*desk.two);
        CHECK(desk.two->holds(catalog::kCommunication, visit));
        CHECK(desk.two->holds(kAttachment, *id));
        CHECK(desk.two->store().attachments.missing_count() == 1);
        CHECK(content_at(*desk.two, *id).empty());
    }

    TEST_CASE("a small content goes before a large one, and a failing one stops no other") {
        TwoLaptops desk;
        const auto large = desk.one->attach(desk.customer, "大.pdf", pdf(300'000, 1));
        const auto bad = desk.one->attach(desk.customer, "坏.pdf", pdf(20'000, 2));
        const auto small = desk.one->attach(desk.customer, "小.pdf", pdf(30'000, 3));
        REQUIRE((large && bad && small));
        Exchange exchange;
        std::vector<RecordId> order;
        exchange.on_wire = [&](protocol::Message& message) {
            auto* chunk = std::get_if<protocol::Chunk>(&message);
            if (chunk == nullptr) return true;
            if (order.empty() || order.back() != chunk->record) order.push_back(chunk->record);
            if (chunk->record == *bad) chunk->bytes.back() ^= 1U;
            return true;
        };
        const auto report = desk.finish(exchange, *desk.one);
        CHECK(order == std::vector<RecordId>{*bad, *small, *large});
        CHECK(report.contents_sent == 2);
        CHECK(report.contents_waiting == 1);
        CHECK(content_at(desk.field, *bad).empty());
        CHECK(content_at(desk.field, *large).size() == 300'000);
        // What was damaged on its way is still here and goes with the next sync.
        desk.play(*desk.one);
        CHECK(content_at(desk.field, *bad).size() == 20'000);
    }

    TEST_CASE("what comes damaged to a laptop is dropped, told of, and fetched again") {
        TwoLaptops desk;
        const auto id = desk.one->attach(desk.customer, "执照.pdf", pdf(50'000, 1));
        REQUIRE(id.has_value());
        desk.play(*desk.one);
        Exchange exchange;
        exchange.on_wire = [](protocol::Message& message) {
            if (auto* chunk = std::get_if<protocol::Chunk>(&message)) chunk->bytes.front() ^= 1U;
            return true;
        };
        CHECK(desk.finish(exchange, *desk.two).contents_received == 0);
        CHECK(content_at(*desk.two, *id).empty());
        CHECK(desk.two->store().incidents(1).front().what == "content.damaged");
        desk.play(*desk.two);
        CHECK(content_at(*desk.two, *id).size() == 50'000);
    }

    TEST_CASE("equal contents travel once and lie once") {
        TwoLaptops desk;
        const Bytes bytes = pdf(60'000, 1);
        const auto first = desk.one->attach(desk.customer, "一.pdf", bytes);
        desk.play(*desk.one);
        const auto second = desk.two->attach(desk.customer, "二.pdf", bytes);
        REQUIRE((first && second));
        Exchange exchange;
        const auto report = desk.finish(exchange, *desk.two);
        CHECK(exchange.proofs == 1);
        CHECK(exchange.chunks_up + exchange.chunks_down == 0);
        CHECK(report.contents_sent == 1);
        CHECK(content_at(desk.field, *second) == bytes);
        CHECK(content_at(*desk.two, *first) == bytes);
        CHECK(desk.play(*desk.one).chunks_down == 0);
        CHECK(content_at(*desk.one, *second) == bytes);
    }

    TEST_CASE("two new versions of one document stay side by side") {
        TwoLaptops desk;
        const auto parent = desk.one->attach(desk.customer, "合同.pdf", pdf(20'000, 1));
        desk.play(*desk.one);
        desk.play(*desk.two);
        const auto mine = desk.one->attach(desk.customer, "合同二.pdf", pdf(20'001, 2), *parent);
        const auto hers = desk.two->attach(desk.customer, "合同三.pdf", pdf(20'002, 3), *parent);
        for (Laptop* laptop : {desk.one.get(), desk.two.get(), desk.one.get()}) desk.play(*laptop);
        for (Laptop* laptop : {desk.one.get(), desk.two.get()}) {
            CHECK(content_at(*laptop, *parent).size() == 20'000);
            CHECK(content_at(*laptop, *mine).size() == 20'001);
            CHECK(content_at(*laptop, *hers).size() == 20'002);
        }
        for (const RecordId& id : {*mine, *hers})
            CHECK(desk.field.office.value(kAttachment, id, "version_of_id") == Value{*parent});
    }

    TEST_CASE("more contents than one Bring names go in one session all the same") {
        TwoLaptops desk;
        constexpr std::size_t kMany = protocol::kOfferedMax + 3;
        for (std::size_t i = 0; i < kMany; ++i) {
            const std::string text = "照片" + std::to_string(i);
            REQUIRE(desk.one->attach(desk.customer, "note.txt", bytes_of(text)));
        }
        Exchange up;
        CHECK(desk.finish(up, *desk.one).contents_sent == kMany);
        Exchange down;
        CHECK(desk.finish(down, *desk.two).contents_received == kMany);
    }
    TEST_CASE("with nothing to bring or fetch the lane costs no message") {
        TwoLaptops desk;
        std::size_t messages = 0;
        Exchange exchange;
        exchange.on_wire = [&](protocol::Message& message) {
            messages += std::holds_alternative<protocol::Bring>(message) ||
                                std::holds_alternative<protocol::Have>(message)
                            ? 1U
                            : 0U;
            return true;
        };
        desk.finish(exchange, *desk.one);
        CHECK(messages == 0);
    }
}

}  // namespace dossier::test
