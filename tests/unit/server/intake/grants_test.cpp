#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"

#include "server/jobs/expiry.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kAccessGrant;

namespace {

std::size_t facets_granted(SmallOffice& office, const SmallOffice::Person& person) {
    server::Unit unit(*office.store);
    std::size_t present = 0;
    for (const auto& entry : office.store->log(
             {access::ScopeSort::Granted, person.user.as<RecordTag>()}, SSeq{0}, 1000))
        present += entry.present ? 1U : 0U;
    return present;
}

void grants_offline(SmallOffice& office,
                    const SmallOffice::Person& to,
                    const RecordId& customer,
                    std::chrono::hours span,
                    std::int64_t level = 1) {
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kAccessGrant, name)->tag, std::move(value));
    };
    const auto& targets = field(kAccessGrant, "scope_ids");
    put("grantee_user_id", to.user.as<RecordTag>());
    put("scope_kind", std::string("customer"));
    put("scope_ids", catalog::from_elements(targets, {'"' + to_text(customer) + '"'}));
    put("max_level", level);
    put("ops", std::string(R"(["offline","view"])"));
    put("purpose", std::string("外出拜访"));
    put("from_at", office.clock.now().ms);
    put("to_at", office.clock.now().plus(span).ms);
    const auto made = office.inside([&](Office& desk) {
        return desk.change(office.manager.user, {.source = "cli",
                                                 .ops = {{.kind = merge::OpKind::Create,
                                                          .record_kind = kAccessGrant.tag,
                                                          .record = desk.ids().make<RecordId>(),
                                                          .fields = values}}});
    });
    REQUIRE(made.has_value());
}

}  // namespace

TEST_SUITE("server/intake/grants") {
    TEST_CASE(
        "an offline grant lets a file into its holder's scope and takes it out when its time is "
        "over") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        CHECK(facets_granted(office, office.ben) == 0);
        grants_offline(office, office.ben, acme, std::chrono::hours(48));
        CHECK(facets_granted(office, office.ben) > 0);
        office.clock.advance(std::chrono::hours(47));
        CHECK(office.inside([](Office& desk) { return server::end_expired_grants(desk); }) == 0);
        CHECK(facets_granted(office, office.ben) > 0);
        office.clock.advance(std::chrono::hours(2));
        CHECK(office.inside([](Office& desk) { return server::end_expired_grants(desk); }) == 1);
        CHECK(facets_granted(office, office.ben) == 0);
        CHECK(office.inside([](Office& desk) { return server::end_expired_grants(desk); }) == 0);
    }
    TEST_CASE("of two offline grants on one file each opens what it opens") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        grants_offline(office, office.ben, acme, std::chrono::hours(48), 1);
        const auto opened = facets_granted(office, office.ben);
        REQUIRE(opened > 0);
        grants_offline(office, office.ben, acme, std::chrono::hours(48), 0);
        CHECK(facets_granted(office, office.ben) == opened);
    }
    TEST_CASE("a proposal leaves its author's laptop with the right to hold what it quotes") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto verdict =
            office.ann.sets(acme, "name", Value{std::string("杭州明润医药有限公司")},
                            Value{std::string("杭州明润集团")}, office.clock.now());
        REQUIRE(verdict.kind == merge::VerdictKind::Proposal);
        const auto quoted = [&] {
            server::Unit unit(*office.store);
            std::size_t present = 0;
            for (const auto& entry : office.store->log(
                     {access::ScopeSort::Self, office.ann.user.as<RecordTag>()}, SSeq{0}, 1000)) {
                present += entry.kind == catalog::kProposal.tag && entry.present ? 1U : 0U;
            }
            return present;
        };
        REQUIRE(quoted() == 1);
        const auto set_clearance = [&](std::int64_t from, std::int64_t to) {
            static constexpr auto& kClearance = field(catalog::kUser, "clearance");
            merge::Op op{.record_kind = catalog::kUser.tag,
                         .record = office.ann.user.as<RecordTag>()};
            assign(op.base, kClearance.tag, from);
            assign(op.fields, kClearance.tag, to);
            const auto done = office.inside([&](Office& desk) {
                return desk.change(UserId{}, {.source = "cli", .ops = {op}});
            });
            REQUIRE(done.has_value());
        };
        set_clearance(2, 0);
        CHECK(quoted() == 0);
        set_clearance(0, 2);
        CHECK(quoted() == 1);
    }
}
