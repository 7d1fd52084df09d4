// Who begins a handshake when: the rules of one address, and of a laptop among strangers.
#include "server/sync/turns.hpp"

#include <doctest/doctest.h>

#include "common/net/log_limit.hpp"

#include "server/sync/tickets.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {
namespace {

using namespace std::chrono_literals;
using server::Turns;

const Bytes kHere{127, 0, 0, 1};
const Bytes kThere{10, 0, 0, 7};
const Turns::Clock::time_point kBegin{};

Turns twenty_a_second() {
    return Turns({.per_second = 20, .burst = 5, .wait_max = 5s, .known_max = 4096});
}

server::OfficeKeys keys_of(PeopledOffice& office) {
    server::Unit unit(*office.store);
    return std::move(*server::load_office_keys(*office.store));
}

}  // namespace

TEST_SUITE("server/sync/turns") {
    TEST_CASE("a burst goes at once, the rest one after another, nobody waits longer than told") {
        Turns turns = twenty_a_second();
        for (int i = 0; i < 5; ++i) CHECK(turns.take(kHere, kBegin) == Turns::Clock::duration{});
        CHECK(turns.take(kHere, kBegin) == Turns::Clock::duration{50ms});
        CHECK(turns.take(kHere, kBegin) == Turns::Clock::duration{100ms});
        int waiting = 2;
        while (const auto wait = turns.take(kHere, kBegin)) {
            CHECK(*wait <= 5s);
            REQUIRE(++waiting <= 100);
        }
        CHECK(waiting == 100);
    }
    TEST_CASE("who is refused costs nothing: after any flood the next one waits no longer") {
        Turns turns = twenty_a_second();
        for (int i = 0; i < 100'000; ++i) turns.take(kHere, kBegin);
        const auto wait = turns.take(kHere, kBegin + 50ms);
        REQUIRE(wait.has_value());
        CHECK(*wait <= 5s);
        CHECK(turns.take(kHere, kBegin + 6s) == Turns::Clock::duration{});
    }
    TEST_CASE("one address takes nothing from another") {
        Turns turns = twenty_a_second();
        for (int i = 0; i < 1'000; ++i) turns.take(kHere, kBegin);
        CHECK(turns.take(kThere, kBegin) == Turns::Clock::duration{});
    }
    TEST_CASE("what is known of addresses is bounded, however many come") {
        Turns turns = twenty_a_second();
        for (std::uint32_t i = 0; i < 100'000; ++i) {
            Bytes who;
            append_le(who, i);
            turns.take(who, kBegin + std::chrono::microseconds(i));
            REQUIRE(turns.known() <= 4096);
        }
    }
    TEST_CASE("a ticket is known to its office alone and tells nobody whose it is") {
        PeopledOffice office;
        const auto keys = keys_of(office);
        const server::Tickets tickets(keys);
        const auto one = office.office.ids().make<DeviceId>();
        const auto two = office.office.ids().make<DeviceId>();
        Bytes ticket = tickets.of(one);
        CHECK(ticket.size() == protocol::kTicketBytes);
        CHECK(tickets.of(one) == ticket);
        CHECK(tickets.holder(ticket).has_value());
        CHECK(tickets.holder(ticket) != tickets.holder(tickets.of(two)));
        CHECK(std::search(ticket.begin(), ticket.end(), one.bytes.begin(), one.bytes.end()) ==
              ticket.end());
        PeopledOffice other(43);
        const auto others = keys_of(other);
        CHECK_FALSE(server::Tickets(others).holder(ticket).has_value());
        for (auto& byte : ticket) {
            byte ^= 1U;
            CHECK_FALSE(tickets.holder(ticket).has_value());
            byte ^= 1U;
        }
        CHECK_FALSE(tickets.holder({}).has_value());
    }
    TEST_CASE("lines a flood brings about are so many a minute, and the rest is counted") {
        net::LogLimit limit(3);
        const net::LogLimit::Clock::time_point now = net::LogLimit::Clock::now();
        int written = 0;
        for (int i = 0; i < 1'000; ++i) written += limit.take(now).has_value() ? 1 : 0;
        CHECK(written == 3);
        CHECK(limit.take(now + 1min) == std::uint64_t{997});
        CHECK(limit.take(now + 1min) == std::uint64_t{0});
    }
}

}  // namespace dossier::test
