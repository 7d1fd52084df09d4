// The channel key at the counter: changed, told who has not heard of it, given up.
#include <doctest/doctest.h>

#include "server/accounts/devices.hpp"
#include "server/accounts/office_keys.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

void has_laptop(Counter& counter, std::string_view code, Instant last_session) {
    server::Unit unit(*counter.store);
    server::DeviceRow row{.device = counter.office.ids().make<DeviceId>(),
                          .user = *counter.office.people().user_by_login("lijg"),
                          .code = std::string(code)};
    counter.random.fill(row.public_key);
    row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    row.last_session = last_session;
    counter.store->save_device(row);
    unit.commit();
}

}  // namespace

TEST_SUITE("server/cli/key") {
    TEST_CASE("a changed key is given up once every laptop was told, sooner only on demand") {
        Counter counter;
        has_laptop(counter, "N07", counter.clock.now());
        const auto before = counter.type("key show --json").json();
        CHECK(before["former"] == "");
        CHECK(counter.type("--as luop key retire").complains("key.no_former"));
        counter.clock.advance(std::chrono::hours(1));
        const auto changed = counter.type("--as luop key rotate --json").json();
        CHECK(changed["fingerprint"] != before["fingerprint"]);
        CHECK(counter.type("--as luop key rotate").complains("key.former_in_use"));
        const auto shown = counter.type("key show --json").json();
        CHECK(shown["fingerprint"] == changed["fingerprint"]);
        CHECK(shown["former"] == before["fingerprint"]);
        CHECK(shown["untold"] == cli::Json::array({"N07"}));
        const auto refused = counter.type("--as luop key retire");
        CHECK(refused.complains("key.untold"));
        CHECK(refused.complains("N07"));
        CHECK(counter.type("--as luop key retire --all").code == 0);
        CHECK(counter.type("key show --json").json()["former"] == "");
        CHECK(counter.type("--as luop audit list").says("rotate the channel key"));
    }
    TEST_CASE("keys are changed by the administrator, and not while the office serves") {
        Counter counter;
        CHECK(counter.type("--as hanm key rotate").complains("access.denied"));
        counter.place.listening = "127.0.0.1:7520";
        CHECK(counter.type("--as luop key rotate").complains("key.serving"));
        CHECK(counter.type("--as luop key retire").complains("key.serving"));
        CHECK(counter.type("key show").code == 0);
    }
}

}  // namespace dossier::test
