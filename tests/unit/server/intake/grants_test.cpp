#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"

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
                    std::chrono::hours span) {
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kAccessGrant, name)->tag, std::move(value));
    };
    const auto& targets = field(kAccessGrant, "scope_ids");
    put("grantee_user_id", to.user.as<RecordTag>());
    put("scope_kind", std::string("customer"));
    put("scope_ids", catalog::from_elements(targets, {'"' + to_text(customer) + '"'}));
    put("max_level", std::int64_t{1});
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
}
