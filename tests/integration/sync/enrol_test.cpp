// How a laptop becomes a device of the office, and how it stops being one.
#include <doctest/doctest.h>

#include "protocol/refusals.hpp"

#include "tests/integration/sync/field.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;

DeviceId device_of(Laptop& laptop) {
    return laptop.store().meta.identity()->device;
}

}  // namespace

TEST_SUITE("integration/sync/enrol") {
    TEST_CASE("an enrolled laptop may do nothing but ask its state until it is approved") {
        Field field;
        field.office.customer(field.office.ann, "杭州明润医药有限公司");
        Laptop laptop(1);
        Server server(field.office);
        const auto code = server.address();
        const auto invite = server.store().run_and_wait([&] {
            return server::Invites(field.office.office, server.keys())
                .create(UserId{}, field.office.ann, code)
                .value();
        });
        const auto identity = laptop.enrol(invite);
        REQUIRE(identity);
        CHECK(identity->user == field.office.ann);
        CHECK(identity->device_code == "N01");
        CHECK(identity->user_name == "ann");
        CHECK(identity->server_address == server.address());
        const auto refused = laptop.sync(server.address());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(protocol::kDevicePending));
        CHECK(refused.error().code() == ErrorCode::DeviceRefused);
        CHECK(laptop.store().scopes.list().empty());
    }
    TEST_CASE("an invite is good for one laptop, and the faults are told apart") {
        Field field;
        const auto code = field.invite(field.office.ann, "127.0.0.1:1");
        const auto expired = field.invite(field.office.ann, "127.0.0.1:1");
        auto parts = protocol::decode_invite(code).value();
        ++parts.secret[0];
        const auto forged = protocol::encode_invite(parts);
        const auto try_with = [&](Laptop& laptop, const std::string& invite) {
            const Server server(field.office);
            laptop.options.address = server.address();
            const auto done = laptop.enrol(invite);
            return done ? std::string("ok") : std::string(done.error().id());
        };
        Laptop thief(1);
        CHECK(try_with(thief, forged) == "enrol.wrong");
        Laptop laptop(2);
        CHECK(try_with(laptop, code) == "ok");
        CHECK(try_with(laptop, code) == "client.enrolled_already");
        Laptop late(3);
        CHECK(try_with(late, code) == "enrol.used");
        for (int i = 0; i < 4; ++i) CHECK(try_with(thief, forged) == "enrol.wrong");
        CHECK(try_with(thief, forged) == "enrol.attempts");
        field.office.clock.advance(std::chrono::hours(73));
        CHECK(try_with(late, expired) == "enrol.expired");
        CHECK(try_with(late, "ABCD@127.0.0.1:1") == "enrol.code");
    }
    TEST_CASE("a laptop that did not hear the answer enrols again with the same key") {
        Field field;
        const auto code = field.invite(field.office.ann, "127.0.0.1:1");
        Laptop laptop(2);
        const Server server(field.office);
        laptop.options.address = server.address();
        const auto first = laptop.enrol(code);
        REQUIRE(first);
        laptop.store().meta.erase("device");
        const auto second = laptop.enrol(code);
        REQUIRE(second);
        CHECK(second->device == first->device);
    }
    TEST_CASE("a stopped device is refused, and a lost one wipes itself") {
        Field field;
        field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        const auto stop = [&](DeviceState state) {
            server::Unit unit(*field.office.store);
            REQUIRE(server::Devices(field.office.office).stop(UserId{}, device_of(*laptop), state));
            unit.commit();
        };
        for (const auto state : {DeviceState::Suspended, DeviceState::Revoked}) {
            stop(state);
            const auto refused = field.sync(*laptop);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code() == ErrorCode::DeviceRefused);
            CHECK(laptop->store().meta.identity()->device_state ==
                  static_cast<std::uint8_t>(state));
        }
        stop(DeviceState::Lost);
        const auto wiped = field.sync(*laptop);
        REQUIRE(wiped);
        CHECK(wiped->wiped);
        CHECK(laptop->store().scopes.list().empty());
    }
    TEST_CASE("a suspended device delivers what it has, and goes on when it is approved again") {
        Field field;
        const auto acme = field.office.customer(field.office.ann, "杭州明润医药有限公司");
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        laptop->visit(acme, "停用前写的");
        {
            server::Unit unit(*field.office.store);
            REQUIRE(server::Devices(field.office.office)
                        .stop(UserId{}, device_of(*laptop), DeviceState::Suspended));
            unit.commit();
        }
        CHECK_FALSE(field.sync(*laptop));
        field.approve(device_of(*laptop));
        CHECK(field.synced(*laptop).sent == 0);
    }
    TEST_CASE(
        "a new key of the office is told to whoever knows the former, until that is retired") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        auto absent = field.laptop(field.office.ben);
        const auto change = [&](auto how) {
            server::Unit unit(*field.office.store);
            REQUIRE(how());
            unit.commit();
        };
        const auto rotate = [&] {
            return server::rotate_channel_key(*field.office.store, field.office.random,
                                              field.office.clock.now());
        };
        const auto known = [&] { return laptop->store().meta.identity()->server_key; };
        const auto former = known();
        field.synced(*laptop);
        CHECK(known() == former);
        change(rotate);
        {
            server::Unit unit(*field.office.store);
            CHECK(rotate().error().id() == "key.former_in_use");
        }
        field.synced(*laptop);
        CHECK(known() != former);
        change([&] { return server::retire_former_key(*field.office.store); });
        field.synced(*laptop);
        const auto report = field.sync(*absent);
        REQUIRE_FALSE(report.has_value());
        CHECK(report.error().id() == "protocol.server_identity");
        // Its work waits; an invite names the new key.
        const auto invite = field.invite(field.office.ben, "127.0.0.1:1");
        {
            const Server server(field.office);
            absent->options.address = server.address();
            REQUIRE(absent->enrol(invite).has_value());
        }
        field.synced(*absent);
    }
    TEST_CASE("an address where the office does not answer is not taken from an invite") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        laptop->options.address.clear();
        const auto known = [&] { return laptop->store().meta.identity()->server_address; };
        const auto before = known();
        const auto refused = laptop->enrol(field.invite(field.office.ann, "127.0.0.1:2"));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(client::kOfficeNotThere));
        CHECK(known() == before);
        Server server(field.office);
        const auto invite = server.store().run_and_wait([&] {
            return server::Invites(field.office.office, server.keys())
                .create(UserId{}, field.office.ann, server.address())
                .value();
        });
        REQUIRE(laptop->enrol(invite));
        CHECK(known() == server.address());
    }
    TEST_CASE("an invite of another office is refused and says how to work with that one") {
        Field own;
        Field other(43);
        auto laptop = own.laptop(own.office.ann);
        const auto refused = laptop->enrol(other.invite(other.office.ann, "127.0.0.1:1"));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(client::kOtherOffice));
        CHECK(describe(refused.error(), Lang::Zh).find("另一个数据目录") != std::string::npos);
    }
    TEST_CASE("an office that knows a laptop spends no invite on it; one that does not says so") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        const auto invite = field.invite(field.office.ann, "127.0.0.1:1");
        const auto device = device_of(*laptop);
        laptop->store().meta.set_text("server_address", "127.0.0.1:1");
        const Server server(field.office);
        laptop->options.address = server.address();
        const auto known = laptop->enrol(invite);
        REQUIRE_FALSE(known);
        CHECK(known.error().id() == "client.enrolled_already");
        // The same laptop under a key the office never saw, as after a restore to before it came.
        laptop->store().meta.set_device_key(
            crypto::make_key_pair(laptop->random).secret_key.view());
        const auto refused = laptop->sync(server.address());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(protocol::kDeviceUnknown));
        CHECK(refused.error().code() == ErrorCode::DeviceRefused);
        CHECK(describe(refused.error(), Lang::Zh).find("请管理员发邀请码，用它再次登记本机") !=
              std::string::npos);
        // Its identity is another key's here: it stays that one's.
        const auto claimed = laptop->enrol(invite);
        REQUIRE_FALSE(claimed);
        CHECK(device_of(*laptop) == device);
        Laptop fresh(77);
        fresh.options.address = server.address();
        CHECK(fresh.enrol(invite));  // it was not spent
    }
    TEST_CASE("only an administrator approves, stops and invites") {
        Field field;
        Laptop laptop(1);
        const auto code = field.invite(field.office.ann, "127.0.0.1:1");
        {
            const Server server(field.office);
            laptop.options.address = server.address();
            REQUIRE(laptop.enrol(code));
        }
        server::Unit unit(*field.office.store);
        auto keys = server::load_office_keys(*field.office.store);
        server::Devices devices(field.office.office);
        server::Invites invites(field.office.office, *keys);
        const auto device = device_of(laptop);
        CHECK_FALSE(devices.approve(field.office.ann, device));
        CHECK_FALSE(devices.stop(field.office.ann, device, DeviceState::Revoked));
        CHECK_FALSE(devices.list(field.office.ann));
        CHECK_FALSE(invites.create(field.office.ann, field.office.ben, "127.0.0.1:1"));
        CHECK(devices.approve(field.office.admin, device));
        CHECK(devices.list(field.office.admin)->size() == 1);
        CHECK(invites.create(field.office.admin, field.office.ben, "127.0.0.1:1"));
        const auto state = field.office.store->load(catalog::kDevice.tag, device.as<RecordTag>());
        CHECK(*find(*state, catalog::find_field(catalog::kDevice, "state")->tag) ==
              words("active"));
    }
}

}  // namespace dossier::test
