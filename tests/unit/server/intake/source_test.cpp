// Where its words come from a laptop says itself: the office believes no more of it than what its
// user may do there, and decides nothing by the rest. Source: security 3, sync 5.
#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kContact;
using merge::VerdictKind;

namespace {

struct Sources {
    SmallOffice office;
    RecordId acme = office.customer_of(office.ann, "杭州明润医药");

    merge::Verdict brings(SmallOffice::Person& who, std::string_view source, merge::Op op) {
        return office.inside([&](Office& desk) {
            const Instant now = office.clock.now();
            return desk.intake()
                .admit({.user = who.user,
                        .device = who.device,
                        .oseq = ++who.oseq,
                        .at = now,
                        .now = now},
                       {.author = who.user,
                        .claimed_at = now,
                        .schema = catalog::schema_version(),
                        .source = std::string(source),
                        .ops = {std::move(op)}})
                .front();
        });
    }
    static merge::Op set(const catalog::Kind& kind,
                         const RecordId& record,
                         std::string_view name,
                         const Value& base,
                         const Value& value) {
        const auto tag = catalog::find_field(kind, name)->tag;
        return {.kind = merge::OpKind::Set,
                .record_kind = kind.tag,
                .record = record,
                .base_fv = Fv{1},
                .base = {{tag, base}},
                .fields = {{tag, value}}};
    }
    std::string source_of_last(const RecordId& record) {
        server::Unit unit(*office.store);
        return office.store->history(record, {}).back().source;
    }
};

}  // namespace

TEST_SUITE("server/intake/source") {
    TEST_CASE("a source no laptop has is no more than that it came by a sync") {
        Sources world;
        const auto fax = [&](std::string_view source, std::string_view was, std::string_view is) {
            const auto verdict =
                world.brings(world.office.ann, source,
                             Sources::set(kCustomer, world.acme, "fax", text(was), text(is)));
            CHECK(verdict.kind != VerdictKind::Rejected);
            return world.source_of_last(world.acme);
        };
        CHECK(fax("import", "0571-1000", "0571-1001") == "import");
        CHECK(fax("cli", "0571-1001", "0571-1002") == "cli");
        CHECK(fax("job", "0571-1002", "0571-1003") == "sync");
        CHECK(fax("merge", "0571-1003", "0571-1004") == "sync");
        CHECK(fax("ruling", "0571-1004", "0571-1005") == "sync");
    }
    TEST_CASE("an edit a laptop calls a merge is not hidden from who removes the record") {
        Sources world;
        auto& office = world.office;
        office.inside([&](Office& desk) {
            merge::Op serves{.kind = merge::OpKind::Event,
                             .record_kind = kCustomer.tag,
                             .record = world.acme,
                             .event = "transfer"};
            assign(serves.fields, field(kCustomer, "service_user_id").tag,
                   office.ben.user.as<RecordTag>());
            return desk.change(UserId{}, {.source = "cli", .ops = {serves}}).has_value();
        });
        const merge::Op made{.kind = merge::OpKind::Create,
                             .record_kind = kContact.tag,
                             .record = office.desk.ids().make<RecordId>(),
                             .fields = values_of(kContact, {{"customer_id", world.acme},
                                                            {"name", text("王海燕")},
                                                            {"job_title", text("主任")}})};
        REQUIRE(world.brings(office.ann, "cli", made).kind == VerdictKind::Applied);
        office.clock.advance(std::chrono::hours(1));
        REQUIRE(world
                    .brings(office.ben, "merge",
                            Sources::set(kContact, made.record, "job_title", text("主任"),
                                         text("院长")))
                    .kind == VerdictKind::Applied);
        const auto removed = world.brings(office.manager, "cli",
                                          {.kind = merge::OpKind::Remove,
                                           .record_kind = kContact.tag,
                                           .record = made.record,
                                           .base_fv = Fv{1}});
        CHECK(removed.kind == VerdictKind::Case);
    }
    TEST_CASE("what a laptop calls a verification settles no proposal by that word") {
        Sources world;
        auto& office = world.office;
        const auto name = [&](std::string_view is) {
            return Sources::set(kCustomer, world.acme, "name", text("杭州明润医药"), text(is));
        };
        REQUIRE(world.brings(office.ann, "cli", name("杭州明润医药有限公司")).kind ==
                VerdictKind::Proposal);
        REQUIRE(world.brings(office.manager, "verification", name("杭州明润医药股份公司")).kind !=
                VerdictKind::Rejected);
        const auto open = office.inside([&](Office& desk) {
            return std::pair(
                server::list_proposals(desk, office.manager.user, server::Which::Open).size(),
                server::list_cases(desk, office.manager.user, server::Which::Open).size());
        });
        // The other value in force, the proposal is weighed against it.
        CHECK(open == std::pair<std::size_t, std::size_t>{0, 1});
    }
}
