// The agent: when it locks, and that it keeps one session and every word.
#include "client/app/agent.hpp"

#include <fstream>

#include <asio/ip/tcp.hpp>
#include <doctest/doctest.h>

#include "client/actions/home.hpp"
#include "client/sync/reach.hpp"
#include "tests/unit/client/web/laptop_at_work.hpp"

namespace dossier::test {
namespace {

using std::chrono::minutes;

/// Its watch looks once a second.
bool comes_to(LaptopAtWork& laptop, client::VaultIs wanted) {
    for (int i = 0; i < 100 && laptop.agent.vault() != wanted; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return laptop.agent.vault() == wanted;
}

client::Order order_of(const char* name) {
    return {.action = client::find_action(name)};
}

TEST_SUITE("client/app/agent") {
    TEST_CASE("without anybody at work for ten minutes the store is closed") {
        LaptopAtWork laptop;
        laptop.agent.begin();
        laptop.clock().advance(minutes(9));
        laptop.agent.carry_out(order_of("customer.list"), client::AskedBy::Person);
        laptop.clock().advance(minutes(9));
        std::this_thread::sleep_for(std::chrono::milliseconds(2'500));
        CHECK(laptop.agent.vault() == client::VaultIs::Open);
        // What a page reads by itself is nobody's work.
        laptop.agent.carry_out(order_of("customer.list"), client::AskedBy::Page);
        laptop.clock().advance(minutes(2));
        CHECK(comes_to(laptop, client::VaultIs::Locked));
    }

    TEST_CASE("what was asked before the lock is answered, what comes after is refused") {
        LaptopAtWork laptop;
        CHECK_FALSE(laptop.agent.carry_out(order_of("status"), client::AskedBy::Person).refusal);
        laptop.agent.lock();
        const auto refused =
            laptop.agent.carry_out(order_of("status"), client::AskedBy::Person).refusal;
        REQUIRE(refused);
        CHECK(refused->id == "page.locked");
    }

    TEST_CASE("a sync that reaches nobody is told, and what was saved waits") {
        LaptopAtWork laptop(false);
        {
            auto store =
                client::open_home(laptop.desk.dir(), vault::KeyFile{laptop.desk.place("key")},
                                  laptop.desk.world.laptop.random);
            REQUIRE(store);
            (*store)->meta.set_device_key(Bytes(32, 7));
        }
        REQUIRE(laptop.open());
        auto order = order_of("sync");
        order.inputs.put("server", {"127.0.0.1:1"});
        const auto outcome = laptop.agent.carry_out(order, client::AskedBy::Person);
        REQUIRE(outcome.refusal);
        const auto state = laptop.agent.state(Lang::En);
        CHECK(state["sync"]["office"] == "unreachable");
        CHECK(state["sync"]["error"]["id"] == outcome.refusal->id);
        CHECK(state["sync"]["progress"].is_null());
        // Whoever reads it later reads it in his language.
        CHECK(state["sync"]["error"]["message"] != outcome.refusal->message);
        CHECK(laptop.agent.state(Lang::Zh)["sync"]["error"]["message"] == outcome.refusal->message);
    }

    TEST_CASE("a port that is open is told from one that is not, without a byte") {
        asio::io_context loop;
        asio::ip::tcp::acceptor door(loop, {asio::ip::make_address("127.0.0.1"), 0});
        const protocol::Address address{"127.0.0.1", std::to_string(door.local_endpoint().port())};
        constexpr std::chrono::seconds kLimit{10};
        CHECK(client::port_answers(address, kLimit));
        door.close();
        CHECK_FALSE(client::port_answers(address, kLimit));
    }

    TEST_CASE("opening a store that is up to date writes nothing: a full disk keeps nobody out") {
        LaptopAtWork laptop;
        laptop.agent.lock();
        const auto bytes_of = [&](const char* name) {
            std::ifstream in(laptop.desk.dir() + "/" + name, std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(in), {});
        };
        const auto before = bytes_of("dossier.db");
        REQUIRE(laptop.open());
        CHECK_FALSE(
            laptop.agent.carry_out(order_of("customer.list"), client::AskedBy::Person).refusal);
        CHECK(bytes_of("dossier.db") == before);
        CHECK(bytes_of("dossier.db-wal").empty());
    }

    TEST_CASE("of a laptop that was wiped nothing stays once the office has heard of it") {
        LaptopAtWork laptop(false);
        {
            auto store =
                client::open_home(laptop.desk.dir(), vault::KeyFile{laptop.desk.place("key")},
                                  laptop.desk.world.laptop.random);
            REQUIRE(store);
            (*store)->lease.set_wiping();
            (*store)->lease.set_wiped();
        }
        REQUIRE(laptop.open());
        laptop.agent.carry_out(order_of("sync"), client::AskedBy::Person);
        CHECK(laptop.agent.vault() == client::VaultIs::None);
        CHECK_FALSE(client::is_home(laptop.desk.dir()));
    }

    TEST_CASE("a laptop without a store makes one once, and none over another") {
        LaptopAtWork laptop;
        CHECK(laptop.agent.make_vault("一句足够长的新口令").error().is(vault::kExists));
        CHECK(laptop.agent.vault() == client::VaultIs::Open);
    }
}

}  // namespace
}  // namespace dossier::test
