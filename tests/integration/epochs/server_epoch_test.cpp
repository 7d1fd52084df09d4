// An office restored from a backup gets back what its laptops still have (sync I16, domain C-27).
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "client/intake/take_content.hpp"
#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

constexpr auto& kAttachment = catalog::kAttachment;

/// A document of the customer, added on this laptop.
RecordId attach(TempClient& laptop, const RecordId& customer, std::string_view text) {
    const auto id = laptop.ids.make<RecordId>();
    std::string left = "%PDF-1.7\n" + std::string(text);
    const auto read = [&](std::span<std::uint8_t> to) -> Result<std::size_t> {
        const std::size_t size = std::min(to.size(), left.size());
        std::copy_n(left.begin(), size, to.begin());
        left.erase(0, size);
        return size;
    };
    auto values = client::take_content(laptop.store(), id, "合同.pdf", read, laptop.clock.now());
    REQUIRE(values.has_value());
    assign(*values, catalog::find_field(kAttachment, "customer_id")->tag, customer);
    assign(*values, catalog::find_field(kAttachment, "title")->tag, words(text));
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = {client::new_record(kAttachment, id, *values)};
    REQUIRE(laptop.intake().commit(std::move(draft)).has_value());
    return id;
}

bool has_content(Firm& firm, const RecordId& record) {
    const auto held = firm.store().contents().of(record);
    return held && held->whole;
}

void advance(Firm& firm, TempClient& laptop, std::chrono::hours span) {
    firm.people.clock.advance(span);
    laptop.clock.advance(span);
}

}  // namespace

TEST_SUITE("integration/epochs/server") {
    TEST_CASE("after a restore to any backup, every change acknowledged since is there, once") {
        for (int backup_after = 0; backup_after <= 4; ++backup_after) {
            CAPTURE(backup_after);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            const auto other = firm.people.customer(firm.people.ben, "宁波海天");
            auto ann = firm.laptop(firm.people.ann);
            auto ben = firm.laptop(firm.people.ben);
            firm.met(*ann);
            firm.met(*ben);
            for (int day = 0; day < 4; ++day) {
                if (day == backup_after) firm.back_up();
                firm.visit(*ann, acme, "第" + std::to_string(day) + "天");
                firm.met(*ann);
                firm.visit(*ben, other, "第" + std::to_string(day) + "天");
                firm.set(*ben, other, "fax", words("0574-" + std::to_string(day)));
                firm.met(*ben);
            }
            if (backup_after == 4) firm.back_up();
            firm.restore();
            const auto missing = static_cast<std::uint64_t>(4 - backup_after);
            REQUIRE(firm.visits() == 8 - 2 * missing);
            const auto first = firm.met(*ann);
            CHECK(first.server_restored);
            CHECK(first.offered == missing);
            CHECK(first.incidents == 0);
            CHECK(firm.met(*ben).offered == 2 * missing);
            CHECK(firm.visits() == 8);
            CHECK(firm.held(other, "fax") == "0574-3");
            const auto again = firm.met(*ann);
            CHECK_FALSE(again.server_restored);
            CHECK(again.offered == 0);
            CHECK(firm.visits() == 8);
            CHECK(ann->store().replica.count(catalog::kCommunication) == 4);
        }
    }
    TEST_CASE("contents of attachments come back to a restored office from where they were added") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        const auto early = attach(*ann, acme, "旧合同");
        firm.met(*ann);
        firm.back_up();
        const auto late = attach(*ann, acme, "新合同");
        firm.met(*ann);
        REQUIRE(ann->store().attachments.upload_count() == 0);
        firm.restore();
        REQUIRE_FALSE(has_content(firm, late));
        firm.met(*ann);
        CHECK(has_content(firm, early));
        CHECK(has_content(firm, late));
        CHECK(ann->store().attachments.upload_count() == 0);
    }
    TEST_CASE("an office its disk set back is noticed by what laptops were told, and fed again") {
        for (const bool by_answer : {true, false}) {
            CAPTURE(by_answer);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            auto ann = firm.laptop(firm.people.ann);
            auto other = firm.laptop(firm.people.ann);
            firm.met(*ann);
            firm.met(*other);
            firm.back_up();
            firm.visit(*ann, acme, "谈了天平");
            const auto paper = attach(*ann, acme, "新合同");
            firm.met(*ann);
            firm.met(*other);
            firm.set_back();
            REQUIRE(firm.visits() == 0);
            // Either laptop gives it away: by an entry that was answered, or by a scope's number.
            const auto first = firm.met(by_answer ? *ann : *other);
            CHECK(first.server_restored);
            CHECK(first.incidents == 0);
            CHECK(firm.audited("set_back") == 1);
            CHECK(firm.met(by_answer ? *other : *ann).server_restored);
            CHECK(firm.visits() == 1);
            CHECK(has_content(firm, paper));
            CHECK_FALSE(firm.met(*ann).server_restored);
            CHECK_FALSE(firm.met(*other).server_restored);
            CHECK(firm.audited("set_back") == 1);
        }
    }
    TEST_CASE("a laptop cut before it compared does not take a restore for another one") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        auto other = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.visit(*ann, acme, "谈了天平");
        firm.met(*ann);
        firm.met(*other);
        firm.restore();
        // It has heard of the new epoch; its numbers are still those of the former.
        REQUIRE(firm.meet(*other, 1));
        firm.met(*other);
        CHECK(firm.audited("set_back") == 0);
    }
    TEST_CASE("what was purged from a laptop comes back to a restored office, and to it alone") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        const auto visit = firm.visit(*ann, acme, "谈了新的分析天平");
        firm.met(*ann);
        firm.people.transfer(acme, firm.people.ben);
        firm.met(*ann);
        REQUIRE_FALSE(ann->store().replica.load(kCustomer, acme));
        CHECK(ann->store().outbox.entry(OSeq{1})->changeset.ops.empty());
        const auto frozen = ann->store().outbox.frozen_from(OSeq{1}, 1U << 20U);
        REQUIRE(frozen.size() == 1);
        CHECK(frozen.front().sealed);
        CHECK(text_of(frozen.front().body).find("天平") == std::string_view::npos);
        firm.restore();
        REQUIRE_FALSE(firm.knows(visit));
        const auto report = firm.met(*ann);
        CHECK(report.offered == 1);
        CHECK(report.forgotten == 0);
        CHECK(firm.knows(visit));
        // Its owner again, as far as the restored office knows.
        CHECK(firm.shown(*ann, visit, "content") == "谈了新的分析天平");
    }
    TEST_CASE("a body sealed for another office is refused by name, and nothing is taken") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.visit(*ann, acme, "谈了天平");
        firm.met(*ann);
        auto identity = *ann->store().meta.identity();
        identity.recovery_key.fill(9);
        ann->store().meta.set_identity(identity);
        firm.people.transfer(acme, firm.people.ben);
        firm.met(*ann);
        firm.restore();
        const auto report = firm.meet(*ann);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().id() == "sync.sealed");
        CHECK(firm.visits() == 0);
    }
    TEST_CASE("answered changesets are kept ninety days by the office's clock, then forgotten") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.visit(*ann, acme, "第一次");
        firm.met(*ann);
        // A laptop's own clock does not decide.
        ann->clock.advance(std::chrono::hours(-24 * 30));
        advance(firm, *ann, std::chrono::hours(24 * 89));
        firm.visit(*ann, acme, "第二次");
        firm.met(*ann);
        CHECK(ann->store().outbox.last_forgotten().value == 0);
        advance(firm, *ann, std::chrono::hours(24 * 3));
        firm.met(*ann);
        CHECK(ann->store().outbox.last_forgotten().value == 1);
        CHECK(firm.met(*ann).sent == 0);
        const auto last = firm.visit(*ann, acme, "第三次");
        firm.restore();
        // Of the first nobody has anything; all that is left arrives, and people are told.
        const auto report = firm.met(*ann);
        CHECK(report.forgotten == 1);
        CHECK(report.offered == 1);
        CHECK(firm.visits() == 2);
        CHECK(firm.knows(last));
        CHECK(ann->store().incidents(1).front().what == "outbox.forgotten");
        CHECK(firm.met(*ann).branched == false);
    }
    TEST_CASE("taken before and refused now: it is in the tray, and the view is the office's") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ben, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.people.transfer(acme, firm.people.ann);
        firm.met(*ann);
        firm.set(*ann, acme, "fax", words("0571-1"));
        REQUIRE(firm.met(*ann).applied == 1);
        REQUIRE(ann->store().tray.list(false).empty());
        firm.restore();
        const auto report = firm.met(*ann);
        CHECK(report.offered == 1);
        CHECK(report.applied + report.merged == 0);
        CHECK(firm.held(acme, "fax").empty());
        const auto tray = ann->store().tray.list(true);
        REQUIRE(tray.size() == 1);
        CHECK(find(tray.front().op.fields, catalog::find_field(kCustomer, "fax")->tag) != nullptr);
        CHECK(firm.shown(*ann, acme, "fax").empty());
    }
    TEST_CASE("not taken before and taken now: it is settled in the tray") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.people.transfer(acme, firm.people.ben);
        ann->clock.advance(std::chrono::hours(1));
        firm.people.clock.advance(std::chrono::hours(2));
        firm.set(*ann, acme, "fax", words("0571-1"));
        REQUIRE(firm.met(*ann).applied == 0);
        REQUIRE(ann->store().tray.has_open());
        firm.restore();
        CHECK(firm.met(*ann).applied == 1);
        CHECK_FALSE(ann->store().tray.has_open());
        CHECK(firm.shown(*ann, acme, "fax") == "0571-1");
    }
    TEST_CASE("cut anywhere after a restore and resumed, the end is the same") {
        for (int cut = 0; cut < 8; ++cut) {
            CAPTURE(cut);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            firm.back_up();
            for (int i = 0; i < 3; ++i) firm.visit(*ann, acme, "谈了天平");
            firm.met(*ann);
            firm.restore();
            REQUIRE(firm.meet(*ann, cut));
            firm.met(*ann);
            CHECK(firm.visits() == 3);
            CHECK(ann->store().replica.count(catalog::kCommunication) == 3);
        }
    }
}

}  // namespace dossier::test
