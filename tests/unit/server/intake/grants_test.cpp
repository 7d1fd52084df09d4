#include <doctest/doctest.h>

#include "common/access/faults.hpp"
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
    TEST_CASE("who asks for a file does not give it to himself") {  // R-150
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto gives = [&](const SmallOffice::Person& by, const SmallOffice::Person& to) {
            const auto now = office.clock.now();
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = kAccessGrant.tag,
                         .record = office.desk.ids().make<RecordId>(),
                         .fields = values_of(
                             kAccessGrant,
                             {{"grantee_user_id", to.user.as<RecordTag>()},
                              {"scope_kind", text("customer")},
                              {"scope_ids", catalog::from_elements(field(kAccessGrant, "scope_ids"),
                                                                   {'"' + to_text(acme) + '"'})},
                              {"max_level", std::int64_t{1}},
                              {"ops", text(R"(["view"])")},
                              {"purpose", text("外出拜访")},
                              {"from_at", now.ms},
                              {"to_at", now.plus(std::chrono::hours(24)).ms}})};
            return office.inside([&](Office& desk) {
                const auto made = desk.change(by.user, {.source = "cli", .ops = {op}});
                return made ? std::string("ok") : std::string(made.error().id());
            });
        };
        CHECK(gives(office.manager, office.ben) == "ok");
        CHECK(gives(office.manager, office.manager) == access::kFaultDenied.id);
        CHECK(gives(office.ann, office.ben) == access::kFaultDenied.id);
    }
    TEST_CASE("no grant without a purpose, none for longer than a year, none far onto a laptop") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        const auto gives = [&](std::string_view purpose, std::chrono::hours span,
                               std::string_view ops) -> std::string {
            const auto now = office.clock.now();
            FieldValues values;
            const auto put = [&](std::string_view name, Value value) {
                assign(values, catalog::find_field(kAccessGrant, name)->tag, std::move(value));
            };
            put("grantee_user_id", office.ben.user.as<RecordTag>());
            put("scope_kind", std::string("customer"));
            put("scope_ids", catalog::from_elements(field(kAccessGrant, "scope_ids"),
                                                    {'"' + to_text(acme) + '"'}));
            put("max_level", std::int64_t{1});
            put("ops", std::string(ops));
            put("purpose", std::string(purpose));
            put("from_at", now.ms);
            put("to_at", now.plus(span).ms);
            return office.inside([&](Office& desk) {
                const auto made = desk.change(office.manager.user,
                                              {.source = "cli",
                                               .ops = {{.kind = merge::OpKind::Create,
                                                        .record_kind = kAccessGrant.tag,
                                                        .record = desk.ids().make<RecordId>(),
                                                        .fields = values}}});
                return made ? std::string("ok") : std::string(made.error().id());
            });
        };
        constexpr std::chrono::hours kDay{24};
        CHECK(gives("外出拜", kDay, R"(["view"])") == "grant.purpose");
        CHECK(gives("外出拜访", kDay, R"(["view"])") == "ok");
        CHECK(gives("外出拜访", 366 * kDay, R"(["view"])") == "ok");
        CHECK(gives("外出拜访", 367 * kDay, R"(["view"])") == "grant.length");
        CHECK(gives("外出拜访", 7 * kDay, R"(["offline","view"])") == "ok");
        CHECK(gives("外出拜访", 8 * kDay, R"(["offline","view"])") == "grant.limits");
    }
    TEST_CASE("nobody changes a grant: it is taken back and given anew, within its limits") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        grants_offline(office, office.ben, acme, std::chrono::hours(48));
        const auto grant = office.inside(
            [](Office& desk) { return desk.store().list(kAccessGrant.tag, {}, 1).front(); });
        const merge::Op op{
            .record_kind = kAccessGrant.tag,
            .record = grant,
            .fields = {{field(kAccessGrant, "purpose").tag, Value{std::string("看看")}}}};
        for (const auto* who : {&office.manager, &office.admin, &office.ben}) {
            const auto done = office.inside([&](Office& desk) {
                return desk.change(who->user, {.source = "cli", .ops = {op}});
            });
            REQUIRE_FALSE(done);
            CHECK(done.error().is(access::kFaultDenied));
        }
    }
}
