// A crowd at the office's port: what it cannot take from its laptops, and what it can make it hold.
#include <list>

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include "protocol/refusals.hpp"

#include "server/sync/socket_limits.hpp"
#include "tests/integration/sync/stranger.hpp"
#include "tests/integration/sync/tap.hpp"

namespace dossier::test {

using namespace std::chrono_literals;
namespace {

/// And then nobody without a ticket for hours.
server::ListenerOptions one_handshake() {
    return {.handshakes_per_second = 0.0001, .handshakes_burst = 1};
}

}  // namespace

TEST_SUITE("integration/sync/strangers") {
    TEST_CASE("who only connects takes nobody's turn") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        const Server server(field.office, one_handshake());
        std::list<Stranger> crowd;
        for (int i = 0; i < 50; ++i) crowd.emplace_back(server.port());
        CHECK(laptop->sync(server.address()));
    }
    TEST_CASE("a laptop of ours does not wait behind strangers of its address, others are told") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        auto new_one = field.laptop(field.office.ann);
        field.synced(*laptop);
        REQUIRE(laptop->store().meta.bytes(client::kTicketKey));
        const Server server(field.office, one_handshake());
        const auto keys = crypto::make_key_pair(laptop->random);
        std::list<Idler> crowd;
        for (int i = 0; i < 5; ++i) crowd.emplace_back(server, keys, Bytes{});
        CHECK(crowd.back().hears_busy());
        const auto refused = new_one->sync(server.address());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().is(protocol::kOfficeBusy));
        CHECK(refused.error().code() == ErrorCode::Unreachable);
        CHECK(laptop->sync(server.address()));
        // A ticket of somebody's own making is none.
        Idler forger(server, keys, Bytes(protocol::kTicketBytes, 1));
        CHECK(forger.hears_busy());
    }
    TEST_CASE("strangers push out no laptop that shows a ticket") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        field.synced(*laptop);
        const Server server(field.office, two_handshakes());
        const auto keys = crypto::make_key_pair(laptop->random);
        const auto own = crypto::key_pair_of(laptop->store().meta.device_key()->view());
        Idler ours(server, own, *laptop->store().meta.bytes(client::kTicketKey));
        Idler knows_us(server, keys, Bytes{});
        Stranger silent(server.port());
        CHECK(silent.is_cut_within(5s));
        Idler knows_us_too(server, keys, Bytes{});
        CHECK(knows_us.is_cut_within(5s));
        CHECK(ours.comes_in());
    }
    TEST_CASE("a ticket the office does not take is given up, and the laptop comes in without") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        laptop->store().meta.set_bytes(client::kTicketKey, Bytes(protocol::kTicketBytes, 1));
        field.synced(*laptop);
        CHECK(laptop->store().meta.bytes(client::kTicketKey) != Bytes(protocol::kTicketBytes, 1));
    }
    TEST_CASE("what stopped laptops make the office hold is bounded over all, the most goes") {
        Field field;
        std::vector<std::unique_ptr<Laptop>> laptops;
        std::vector<crypto::KeyPair> keys;
        for (int i = 0; i < 3; ++i) {
            auto& laptop = laptops.emplace_back(field.laptop(field.office.ann));
            keys.push_back(crypto::key_pair_of(laptop->store().meta.device_key()->view()));
            server::Unit unit(*field.office.store);
            REQUIRE(server::Devices(field.office.office)
                        .stop(UserId{}, laptop->store().meta.identity()->device,
                              protocol::DeviceState::Revoked));
            unit.commit();
        }
        const Server server(field.office, {.strangers_held_max = 1'500'000});
        Idler small(server, keys[0]);
        Idler large(server, keys[1]);
        Idler last(server, keys[2]);
        small.say_half(70'000);
        large.say_half(500'000);
        CHECK_FALSE(large.is_cut_within(100ms));
        last.say_half(400'000);
        CHECK(large.is_cut_within(5s));
        CHECK_FALSE(small.is_cut_within(50ms));
        CHECK_FALSE(last.is_cut_within(50ms));
    }
    TEST_CASE("of what is written 64 KiB wait unsent at most, and a reset throws them away") {
        asio::io_context loop(1);
        asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
        asio::ip::tcp::socket reads(loop);
        reads.connect(acceptor.local_endpoint());
        auto writes = acceptor.accept();
        server::bound_unsent(writes);
        writes.non_blocking(true);
        const Bytes piece(server::kWriteBytes);
        std::size_t taken = 0;
        std::error_code full;
        while (!full) taken += writes.write_some(asio::buffer(piece), full);
        int unsent = 0;
        REQUIRE(::ioctl(writes.native_handle(), SIOCOUTQNSD, &unsent) == 0);
        CHECK(static_cast<std::size_t>(unsent) <= protocol::kUnsentBytesMax);
        CHECK(server::unacknowledged(writes, 0) >= static_cast<std::size_t>(unsent));
        server::reset(writes);
        std::size_t heard = 0;
        std::error_code ended;
        Bytes buffer(65'536);
        while (!ended) heard += reads.read_some(asio::buffer(buffer), ended);
        CHECK(ended == asio::error::connection_reset);
        CHECK(heard <= taken - static_cast<std::size_t>(unsent));
    }
    TEST_CASE("the ledger says of a session that was cut what arrived and what may have") {
        Field field;
        for (int i = 0; i < 40; ++i)
            field.office.customer(field.office.ann, "客户" + std::to_string(i));
        auto laptop = field.laptop(field.office.ann);
        {
            const Server server(field.office);
            Tap tap(server.port(), 3'000);
            CHECK_FALSE(laptop->sync(tap.address()));
        }
        field.synced(*laptop);
        server::Unit unit(*field.office.store);
        const auto rows = field.office.store->sessions(2);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].facets_acked == rows[0].facets_sent);
        CHECK_FALSE(rows[1].finished);
        CHECK(rows[1].facets_sent > 0);
        CHECK(rows[1].facets_acked <= rows[1].facets_sent);
        CHECK(rows[1].bytes_acked <= rows[1].bytes_out);
    }
}

}  // namespace dossier::test
