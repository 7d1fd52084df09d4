// Two laptops with one store, and an old store put back: both branches are kept (sync I17, C-26).
#include <doctest/doctest.h>

#include "client/sync/branching.hpp"
#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

std::uint64_t held_visits(TempClient& laptop) {
    return laptop.store().replica.count(kVisit);
}

}  // namespace

TEST_SUITE("integration/epochs/device") {
    TEST_CASE("two copies of one store: everything written on either is kept, once") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.visit(*ann, acme, "还没有上传时被拷贝");
        auto copy = firm.copy_of(*ann);
        firm.visit(*ann, acme, "原机");
        firm.visit(*copy, acme, "拷贝一");
        firm.visit(*copy, acme, "拷贝二");
        CHECK_FALSE(firm.met(*ann).branched);
        const auto report = firm.met(*copy);
        CHECK(report.branched);
        CHECK(report.applied == 3);
        CHECK(firm.visits() == 4);
        CHECK(held_visits(*copy) == 4);
        CHECK(firm.device(*ann).epoch == 2);
        CHECK(firm.audited("fork") == 1);
        CHECK(copy->store().incidents(1).front().what == "outbox.branched");
        // The other comes back with the epoch it has, and gets one of its own.
        firm.visit(*ann, acme, "原机之后");
        CHECK(firm.met(*ann).branched);
        CHECK(firm.visits() == 5);
        CHECK(firm.device(*ann).epoch == 3);
        CHECK_FALSE(firm.met(*ann).branched);
        firm.visit(*copy, acme, "拷贝之后");
        CHECK(firm.met(*copy).branched);
        CHECK(firm.met(*ann).branched);
        CHECK(firm.visits() == 6);
        CHECK(held_visits(*ann) == 6);
        CHECK(held_visits(*copy) == 6);
        CHECK(ann->store().outbox.unsent_count() == 0);
    }
    TEST_CASE("an old store put back takes what it lost and keeps what it writes") {
        for (const bool writes : {false, true}) {
            CAPTURE(writes);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            firm.visit(*ann, acme, "备份之前");
            firm.met(*ann);
            const auto kept = Firm::keep(*ann);
            firm.visit(*ann, acme, "备份之后一");
            firm.set(*ann, acme, "fax", words("0571-1"));
            firm.met(*ann);
            Firm::put_back(*ann, kept);
            REQUIRE(held_visits(*ann) == 1);
            if (writes) firm.visit(*ann, acme, "放回之后");
            const auto report = firm.met(*ann);
            CHECK(report.branched);
            CHECK(report.incidents == 0);
            CHECK(firm.visits() == (writes ? 3 : 2));
            CHECK(held_visits(*ann) == firm.visits());
            CHECK(firm.shown(*ann, acme, "fax") == "0571-1");
            CHECK(firm.held(acme, "fax") == "0571-1");
            CHECK_FALSE(firm.met(*ann).branched);
        }
    }
    TEST_CASE("a store put back from before its first change begins anew") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        const auto kept = Firm::keep(*ann);
        firm.visit(*ann, acme, "一");
        firm.met(*ann);
        Firm::put_back(*ann, kept);
        CHECK(firm.met(*ann).branched);
        firm.visit(*ann, acme, "二");
        CHECK_FALSE(firm.met(*ann).branched);
        CHECK(firm.visits() == 2);
    }
    TEST_CASE("cut anywhere while it branches and resumed, nothing is lost or doubled") {
        for (int cut = 0; cut < 8; ++cut) {
            CAPTURE(cut);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            auto copy = firm.copy_of(*ann);
            firm.visit(*ann, acme, "原机");
            firm.visit(*copy, acme, "拷贝");
            firm.met(*ann);
            REQUIRE(firm.meet(*copy, cut));
            firm.met(*copy);
            CHECK(firm.visits() == 2);
            CHECK(held_visits(*copy) == 2);
        }
    }
    TEST_CASE("a copy brings a restored office the words its twin gave up") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        const auto other = firm.people.customer(firm.people.ann, "宁波海天");
        auto ann = firm.laptop(firm.people.ann);
        // Enrolled before laptops knew a key to seal with.
        auto identity = *ann->store().meta.identity();
        identity.recovery_key = {};
        ann->store().meta.set_identity(identity);
        firm.met(*ann);
        firm.back_up();
        const auto given_up = firm.visit(*ann, acme, "谈了天平");
        const auto kept = firm.visit(*ann, other, "谈了离心机");
        firm.met(*ann);
        auto copy = firm.copy_of(*ann);
        firm.people.transfer(acme, firm.people.ben);
        firm.met(*ann);
        REQUIRE(ann->store().outbox.last_forgotten().value == 1);
        firm.restore();
        firm.met(*ann);
        REQUIRE_FALSE(firm.knows(given_up));
        firm.met(*copy);
        CHECK(firm.knows(given_up));
        CHECK(firm.knows(kept));
        CHECK(firm.visits() == 2);
        firm.met(*ann);
        firm.met(*copy);
        CHECK(firm.visits() == 2);
    }
    TEST_CASE("a copied laptop meets a restored office") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        auto copy = firm.copy_of(*ann);
        firm.visit(*ann, acme, "原机");
        firm.visit(*copy, acme, "拷贝");
        firm.met(*ann);
        firm.met(*copy);
        firm.restore();
        firm.met(*copy);
        firm.met(*ann);
        firm.met(*copy);
        CHECK(firm.visits() == 2);
        CHECK(held_visits(*ann) == 2);
        CHECK(held_visits(*copy) == 2);
    }
    TEST_CASE("what two copies both had, a restored office judges once, and both are told how") {
        for (int cut = 0; cut < 10; ++cut) {
            CAPTURE(cut);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ben, "杭州明润医药有限公司");
            const auto own = firm.people.customer(firm.people.ann, "宁波海天");
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            firm.back_up();
            firm.people.transfer(acme, firm.people.ann);
            firm.met(*ann);
            firm.set(*ann, acme, "fax", words("0571-1"));
            REQUIRE(firm.met(*ann).applied == 1);
            auto copy = firm.copy_of(*ann);
            firm.visit(*ann, own, "原机");
            firm.visit(*copy, own, "拷贝");
            firm.restore();
            // The fax is refused now: the restored office knows nothing of the transfer.
            firm.met(*copy);
            REQUIRE(copy->store().tray.list(true).size() == 1);
            static_cast<void>(firm.meet(*ann, cut));
            firm.met(*ann);
            CHECK(ann->store().tray.list(true).size() == 1);
            CHECK(ann->store().outbox.entry(OSeq{1})->verdicts ==
                  copy->store().outbox.entry(OSeq{1})->verdicts);
            CHECK(firm.visits() == 2);
        }
    }
    TEST_CASE("a laptop of the first protocol is told to stop, and loses nothing") {
        Firm firm;
        firm.laptop_protocol = 1;
        firm.versions.protocol = 2;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        auto copy = firm.copy_of(*ann);
        firm.visit(*ann, acme, "原机");
        firm.met(*ann);
        firm.visit(*copy, acme, "拷贝");
        const auto report = firm.meet(*copy);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().id() == "sync.fork");
        CHECK(copy->store().outbox.unsent_count() == 1);
    }
    TEST_CASE(
        "a laptop of the first protocol says so when nobody has a part of its work any more") {
        Firm firm;
        firm.laptop_protocol = 1;
        firm.versions.protocol = 2;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        firm.back_up();
        firm.visit(*ann, acme, "备份之后");
        firm.met(*ann);
        ann->store().connection().exec("UPDATE outbox SET body=NULL");
        firm.visit(*ann, acme, "恢复之后");
        firm.restore();
        const auto report = firm.meet(*ann);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().id() == "sync.fork");
        CHECK(ann->store().outbox.unsent_count() == 1);
        firm.laptop_protocol = protocol::kProtocolMax;
        CHECK(firm.met(*ann).forgotten == 1);
        CHECK(ann->store().outbox.unsent_count() == 0);
    }
    TEST_CASE("the common place of long chains is found in few questions, wherever it is") {
        TempClient laptop{UserId{}};
        constexpr std::uint64_t kLength = 10'000;
        auto& outbox = laptop.store().outbox;
        {
            sqlite::Transaction tx(laptop.store().connection());
            for (std::uint64_t i = 0; i < kLength; ++i) outbox.append({});
            tx.commit();
        }
        for (const std::uint64_t common :
             {0ULL, 1ULL, 2ULL, 4999ULL, 9998ULL, 9999ULL, 10'000ULL}) {
            client::Branching branching(outbox);
            int questions = 0;
            while (const auto probe = branching.probe()) {
                REQUIRE(++questions < 5);
                protocol::Known known;
                for (const auto& place : probe->heads) {
                    CHECK(outbox.chain_at(OSeq{place.oseq}) == place.head);
                    if (place.oseq <= common) known.oseq = place.oseq;
                }
                REQUIRE(branching.on(known));
            }
            CHECK(branching.common().value == common);
        }
        client::Branching branching(outbox);
        REQUIRE(branching.probe());
        CHECK_FALSE(branching.on({kLength + 5}));
    }
}

}  // namespace dossier::test
