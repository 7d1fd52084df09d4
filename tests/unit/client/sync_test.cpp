#include <doctest/doctest.h>

#include "client/faults.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

TEST_SUITE("client/sync/engine") {
    TEST_CASE("a first sync brings everything, verifies it and is remembered as finished") {
        World world;
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(world.finished);
        CHECK(report->verified);
        CHECK(report->scopes_gained == 3);
        CHECK(world.shown(kCustomer, world.acme, "name") == "杭州明润医药有限公司");
        CHECK(world.laptop.store().last_finished() == kMorning);
    }
}

}  // namespace
}  // namespace dossier::test
