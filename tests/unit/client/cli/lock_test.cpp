// What the command line does when nothing may be shown: the lease, a wipe.
#include <doctest/doctest.h>

#include "client/actions/home.hpp"
#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

/// A desk with the office's key, a lease of a week and a numbered customer.
struct Leased : Desk {
    Leased() {
        world.office.recovery = crypto::make_key_pair(world.laptop.random);
        world.office.lease_until_ms = kMorning.plus(std::chrono::hours(7 * 24)).ms;
        auto values = world.customer("杭州明润医药有限公司");
        assign(values, tag(kCustomer, "customer_no"), words("KH-HD-2026-000137-4"));
        world.office.put(world.own, kCustomer, world.acme, values);
        auto store = client::open_home(dir(), vault::KeyFile{place("key")}, world.laptop.random);
        auto identity = *(*store)->meta.identity();
        identity.recovery_key = world.office.recovery->public_key;
        (*store)->meta.set_identity(identity);
        store->reset();
        sync();
    }
};

TEST_SUITE("client/cli/lock") {
    TEST_CASE(
        "after the lease nothing is shown, found or exported; visits and edits by number go on") {
        Leased desk;
        CHECK(desk.type("customer show 明润").says("明润"));
        CHECK(desk.type("status").says("离线可查看至"));
        desk.world.laptop.clock.advance(std::chrono::hours(7 * 24));
        for (const auto* line :
             {"customer list", "customer show KH-HD-2026-000137-4", "search 明润", "visit list",
              "pending", "tray list", "log", "diff", "customer add 第二家"}) {
            CAPTURE(line);
            const auto said = desk.type(line);
            CHECK(said.complains("client.lease_over"));
            CHECK(said.complains("仍可按客户编号记录：dossier visit add、"));
            CHECK_FALSE(said.says("明润"));
        }
        CHECK(
            desk.type("visit add -c 明润 --purpose 回访 谈了天平").complains("client.number_only"));
        const auto visit = desk.type("visit add -c KH-HD-2026-000137-4 --purpose 回访 谈了天平");
        CHECK(visit.code == 0);
        CHECK(visit.says("封存"));
        CHECK_FALSE(visit.says("明润"));
        CHECK(desk.type("customer edit KH-HD-2026-000137-4 --fax 0571-77665544").code == 0);
        // A refusal would tell the state of the file: the office answers.
        const auto step = desk.type("customer submit KH-HD-2026-000137-4");
        CHECK(step.code == 0);
        CHECK_FALSE(step.says("明润"));
        CHECK(desk.type("customer archive KH-HD-2026-000137-4").complains("--reason"));
        const auto status = desk.type("status");
        CHECK(status.says("已封存"));
        CHECK(status.says("client.lease_over"));
        // A clock set back revives nothing.
        desk.world.laptop.clock.set(kMorning);
        CHECK(desk.type("customer list").code != 0);
        desk.world.office.lease_until_ms = kMorning.plus(std::chrono::hours(21 * 24)).ms;
        desk.sync();
        CHECK(desk.world.office.received.size() == 3);
        CHECK(desk.type("customer list").says("明润"));
    }

    TEST_CASE("a wiped laptop says so in plain words and leaves no file that opens") {
        Leased desk;
        REQUIRE(desk.type("visit add -c KH-HD-2026-000137-4 --purpose 回访 谈了天平").code == 0);
        desk.world.office.wipe = true;
        desk.sync();
        CHECK(desk.world.office.received.size() == 1);
        const auto said = desk.type("customer list");
        CHECK(said.complains("client.wiped"));
        CHECK_FALSE(std::filesystem::exists(desk.dir() + "/dossier.keys"));
        CHECK_FALSE(std::filesystem::exists(desk.dir() + "/dossier.db"));
        CHECK(desk.type("status").code == 10);
    }
}

}  // namespace
}  // namespace dossier::test
