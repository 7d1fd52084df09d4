// What leaves a laptop with its record, and what never does.
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "tests/integration/attach/exchange.hpp"

namespace dossier::test {
namespace {

struct LoneLaptop {
    explicit LoneLaptop(int level = 1) {
        customer = field.office.customer(field.office.ann, "杭州明润医药有限公司", level);
        one = field.laptop(field.office.ann);
        two = field.laptop(field.office.ann);
        play(*one);
        play(*two);
    }
    client::Report play(Laptop& laptop) {
        Exchange exchange;
        const auto report = exchange.play(field, laptop);
        if (!report) MESSAGE(describe(report.error(), Lang::En));
        REQUIRE(report.has_value());
        REQUIRE_FALSE(exchange.was_cut);
        return *report;
    }

    Field field;
    RecordId customer;
    std::unique_ptr<Laptop> one;
    std::unique_ptr<Laptop> two;
};

}  // namespace

TEST_SUITE("integration/attach/purge") {
    TEST_CASE("with the last scope of its record a content leaves every file of the laptop") {
        static constexpr std::string_view kCanary = "canary-7f3a-content-of-mingrun ";
        LoneLaptop desk;
        const auto id = desk.one->attach(desk.customer, "执照.pdf", canary_pdf(kCanary, 90'000));
        REQUIRE(id.has_value());
        desk.play(*desk.one);
        desk.play(*desk.two);
        REQUIRE(lies_about(*desk.one, kCanary));
        REQUIRE(lies_about(*desk.two, kCanary));
        desk.field.office.transfer(desk.customer, desk.field.office.ben);
        desk.play(*desk.one);
        desk.play(*desk.two);
        CHECK_FALSE(desk.two->holds(kAttachment, *id));
        CHECK_FALSE(lies_about(*desk.one, kCanary));
        CHECK_FALSE(lies_about(*desk.two, kCanary));
        CHECK_FALSE(content_at(desk.field, *id).empty());
    }

    TEST_CASE("access lost while a content streams ends it, and what had come leaves") {
        static constexpr std::string_view kCanary = "canary-91bc-half-a-content ";
        LoneLaptop desk;
        const auto id = desk.one->attach(desk.customer, "合同.pdf", canary_pdf(kCanary, 900'000));
        REQUIRE(id.has_value());
        desk.play(*desk.one);
        Exchange exchange;
        std::size_t chunks = 0;
        exchange.on_wire = [&](protocol::Message& message) {
            if (std::holds_alternative<protocol::Chunk>(message) && ++chunks == 3)
                desk.field.office.transfer(desk.customer, desk.field.office.ben);
            return true;
        };
        const auto report = exchange.play(desk.field, *desk.two);
        REQUIRE(report.has_value());
        CHECK_FALSE(exchange.was_cut);
        CHECK(exchange.chunks_down == 16);
        CHECK(report->contents_waiting == 1);
        desk.play(*desk.two);
        CHECK_FALSE(lies_about(*desk.two, kCanary));
    }

    TEST_CASE("a document of a file that may not lie here is brought first and then erased") {
        static constexpr std::string_view kCanary = "canary-55d0-secret-paper ";
        LoneLaptop desk(2);
        const auto id = desk.one->attach(desk.customer, "底价.pdf", canary_pdf(kCanary, 50'000));
        if (!id) MESSAGE(describe(id.error(), Lang::En));
        REQUIRE(id.has_value());
        Exchange cut;
        cut.cut_at_chunk = 1;
        REQUIRE(cut.play(desk.field, *desk.one).has_value());
        // The record is gone already, its content is not: nobody else has it. It lies here sealed.
        CHECK_FALSE(desk.one->holds(kAttachment, *id));
        desk.one->reopen();
        CHECK(desk.one->store().attachments.is_upload(*id));
        CHECK_FALSE(lies_about(*desk.one, kCanary));
        desk.play(*desk.one);
        CHECK(content_at(desk.field, *id) == canary_pdf(kCanary, 50'000));
        CHECK_FALSE(desk.one->store().attachments.contents.of(*id).has_value());
    }

    TEST_CASE("a content whose record the office does not know stays where it was added") {
        LoneLaptop desk;
        const auto id = desk.one->attach(desk.customer, "执照.pdf", pdf(30'000, 1));
        REQUIRE(id.has_value());
        Exchange exchange;
        exchange.on_wire = [&](protocol::Message& message) {
            auto* have = std::get_if<protocol::Have>(&message);
            if (have == nullptr || have->answers.empty()) return true;
            have->answers.front().state =
                static_cast<std::uint8_t>(protocol::ContentState::Unknown);
            return true;
        };
        REQUIRE(exchange.play(desk.field, *desk.one).has_value());
        desk.one->reopen();
        CHECK(content_at(*desk.one, *id).size() == 30'000);
        CHECK(desk.one->store().attachments.uploads(10).front().state ==
              static_cast<std::uint8_t>(protocol::ContentState::Unknown));
    }

    TEST_CASE("a content taken for a record that was never saved is collected") {
        LoneLaptop desk;
        const auto nobody = desk.one->ids.make<RecordId>();
        // No such customer here: the content was taken, the door then refuses the record.
        CHECK_FALSE(desk.one->attach(nobody, "执照.pdf", pdf(30'000, 1)).has_value());
        desk.one->reopen();
        auto row = desk.one->store().connection().prepared("SELECT count(*) FROM content");
        REQUIRE(row.step());
        CHECK(row.number(0) == 0);
    }

    TEST_CASE("after it was added the file may change: what was there then is what arrives") {
        LoneLaptop desk;
        Bytes file = pdf(30'000, 1);
        const Bytes then = file;
        const auto id = desk.one->attach(desk.customer, "执照.pdf", file);
        std::fill(file.begin(), file.end(), std::uint8_t{0});
        desk.play(*desk.one);
        CHECK(content_at(desk.field, *id) == then);
    }
}

}  // namespace dossier::test
