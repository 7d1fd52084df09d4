// A laptop refuses what the office would: a customer linked to itself, or a mother below itself.
#include <doctest/doctest.h>

#include "common/catalog/references.hpp"
#include "common/catalog/satellite.hpp"

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using catalog::kCustomer;
using catalog::kCustomerLink;
using client::new_record;

TEST_SUITE("client/intake/links") {
    TEST_CASE("a customer is linked to another one, and none comes to stand above itself") {
        World world;
        REQUIRE(world.sync());
        const auto other = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit(
            {new_record(kCustomer, other, values_of(kCustomer, {{"name", words("宁波仁和")}}))}));
        const auto links = [&](const RecordId& from, const RecordId& to, std::string_view kind) {
            const auto done = world.laptop.commit({new_record(
                kCustomerLink, world.laptop.ids.make<RecordId>(),
                values_of(
                    kCustomerLink,
                    {{"customer_id", from}, {"other_customer_id", to}, {"kind", words(kind)}}))});
            return done ? std::string() : std::string(done.error().id());
        };
        CHECK(links(other, other, "affiliate") == catalog::kItself.id);
        CHECK(links(other, world.acme, "parent").empty());
        CHECK(links(world.acme, other, "parent") == catalog::kCircle.id);
        CHECK(links(world.acme, other, "affiliate").empty());
        const auto referred = world.laptop.commit(
            {new_record(kCustomer, World::id(90),
                        values_of(kCustomer, {{"name", words("温州瑞安")},
                                              {"referrer_customer_id", World::id(90)}}))});
        REQUIRE_FALSE(referred);
        CHECK(referred.error().is(catalog::kItself));
    }
}

}  // namespace
}  // namespace dossier::test
