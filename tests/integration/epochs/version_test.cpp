// Laptops older than the office: one version behind syncs, an older one brings its work (I19).
#include <doctest/doctest.h>

#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {

TEST_SUITE("integration/epochs/version") {
    TEST_CASE("a laptop one protocol behind brings and receives as always") {
        Firm firm;
        firm.laptop_protocol = 1;
        firm.versions.protocol = 2;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        const auto visit = firm.visit(*ann, acme, "谈了天平");
        CHECK(firm.met(*ann).applied == 1);
        CHECK(firm.knows(visit));
        firm.laptop_protocol = 2;
        CHECK(firm.met(*ann).verified);
    }
    TEST_CASE("an older one brings its work and is then told to upgrade") {
        for (const bool by_schema : {false, true}) {
            CAPTURE(by_schema);
            Firm firm;
            const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
            auto ann = firm.laptop(firm.people.ann);
            firm.met(*ann);
            const auto visit = firm.visit(*ann, acme, "谈了天平");
            if (by_schema) firm.versions.schema = firm.laptop_schema + 2;
            if (!by_schema) firm.versions.protocol = protocol::kProtocolMax + 2;
            const auto report = firm.meet(*ann);
            REQUIRE_FALSE(report.has_value());
            CHECK(report.error().id() == "sync.version_too_old");
            CHECK(firm.knows(visit));
            CHECK(ann->store().outbox.unsent_count() == 0);
            firm.versions = {};
            CHECK(firm.met(*ann).verified);
            CHECK(firm.visits() == 1);
        }
    }
    TEST_CASE("one schema behind is near enough, in either direction") {
        Firm firm;
        auto ann = firm.laptop(firm.people.ann);
        firm.versions.schema = firm.laptop_schema + 1;
        CHECK(firm.met(*ann).verified);
        firm.versions = {};
        firm.laptop_schema = firm.versions.schema + 1;
        CHECK(firm.met(*ann).verified);
        firm.laptop_schema = firm.versions.schema + 2;
        const auto report = firm.meet(*ann);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().id() == "sync.version_too_new");
    }
    TEST_CASE("an operation of the future is kept by its author, and the rest goes on") {
        Firm firm;
        const auto acme = firm.people.customer(firm.people.ann, "杭州明润医药有限公司");
        auto ann = firm.laptop(firm.people.ann);
        firm.met(*ann);
        {
            sqlite::Transaction tx(ann->store().connection());
            merge::Changeset future{.author = firm.people.ann, .claimed_at = ann->clock.now()};
            future.ops = {{.kind = merge::OpKind{9},
                           .record_kind = catalog::kCustomer.tag,
                           .record = acme,
                           .fields = {{999, words("新字段")}},
                           .event = "blend"}};
            ann->store().outbox.append(future);
            tx.commit();
        }
        const auto visit = firm.visit(*ann, acme, "之后");
        const auto report = firm.met(*ann);
        CHECK(report.refused == 1);
        CHECK(firm.knows(visit));
        const auto kept = ann->store().tray.list(true);
        REQUIRE(kept.size() == 1);
        CHECK(kept.front().op.kind == merge::OpKind{9});
        CHECK(kept.front().op.fields == FieldValues{{999, words("新字段")}});
        CHECK(kept.front().verdict.kind == merge::VerdictKind::Parked);
    }
}

}  // namespace dossier::test
