// The crossing to the store's thread: success is told after the commit only.
#include "server/store/store_thread.hpp"

#include <algorithm>
#include <future>
#include <set>
#include <stdexcept>
#include <thread>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

#include "tests/support/fault_vfs.hpp"
#include "tests/support/temp_store.hpp"

namespace dossier::test {
namespace {

using server::StoreThread;

constexpr std::string_view kKey = "test";

asio::awaitable<void> put(StoreThread& thread, server::Store& store, std::uint8_t value) {
    auto work = [&store, value] {
        store.set_meta(std::string(kKey) + std::to_string(value), Bytes{value});
    };
    co_await thread.run(std::move(work));
}

/// Keeps the store's thread at one piece of work, so that others wait together.
class ThreadHold {
  public:
    explicit ThreadHold(StoreThread& thread) {
        std::promise<void> begun;
        held_ = std::async(std::launch::async, [this, &thread, &begun] {
            thread.run_and_wait([this, &begun] {
                begun.set_value();
                others_wait_.get_future().wait();
            });
        });
        begun.get_future().wait();
    }
    void let_go() {
        others_wait_.set_value();
        held_.get();
    }

  private:
    std::promise<void> others_wait_;
    std::future<void> held_;
};

constexpr std::uint8_t kTogether = 5;

/// Puts values in one group, `meanwhile` after they began to wait; those told as done.
template <class Meanwhile>
std::set<std::uint8_t> put_together(StoreThread& thread,
                                    server::Store& store,
                                    Meanwhile meanwhile) {
    ThreadHold hold(thread);
    asio::io_context loop(1);
    std::set<std::uint8_t> done;
    for (std::uint8_t i = 0; i < kTogether; ++i) {
        asio::co_spawn(loop, put(thread, store, i), [&done, i](const std::exception_ptr& failed) {
            if (!failed) done.insert(i);
        });
    }
    loop.poll();
    meanwhile();
    hold.let_go();
    loop.run();
    return done;
}

}  // namespace

TEST_SUITE("server/store/store_thread") {
    TEST_CASE("what was told as done is in the store, from coroutines and from callers that wait") {
        TempStore store;
        {
            StoreThread thread(*store);
            asio::io_context loop(1);
            int done = 0;
            for (std::uint8_t i = 0; i < 50; ++i) {
                asio::co_spawn(loop, put(thread, *store, i), [&](const std::exception_ptr& failed) {
                    CHECK_FALSE(failed);
                    ++done;
                });
            }
            loop.run();
            CHECK(done == 50);
            CHECK(thread.run_and_wait([&] { return store->meta("test7"); }) == Bytes{7});
        }
        store.reopen();
        server::Unit unit(*store);
        CHECK(store->meta("test49") == Bytes{49});
    }
    TEST_CASE("work that throws undoes its own step and nobody else's") {
        TempStore store;
        StoreThread thread(*store);
        CHECK_THROWS_AS(thread.run_and_wait([&] {
            store->set_meta("lost", Bytes{1});
            throw std::runtime_error("no");
        }),
                        std::runtime_error);
        thread.run_and_wait([&] { store->set_meta("kept", Bytes{1}); });
        CHECK_FALSE(thread.run_and_wait([&] { return store->meta("lost"); }).has_value());
        CHECK(thread.run_and_wait([&] { return store->meta("kept"); }).has_value());
    }
    TEST_CASE("who looks goes first, who has begun next, and one new one with every group") {
        TempStore store;
        StoreThread thread(*store);
        thread.run_and_wait([&] { store->set_meta("before", Bytes{7}); });
        std::vector<std::string> order;
        std::promise<void> begun;
        std::promise<void> late_waits;
        auto look = [&]() -> asio::awaitable<void> {
            auto read = [&] {
                order.emplace_back("look");
                return store->meta("before");
            };
            const auto seen = co_await thread.look(std::move(read));
            CHECK(seen == Bytes{7});
        };
        auto go_on = [&](std::string name) -> asio::awaitable<void> {
            auto work = [&, name] {
                if (name == "goes on") {
                    begun.set_value();
                    late_waits.get_future().wait();
                }
                order.push_back(name);
            };
            co_await thread.run(std::move(work));
        };
        auto begin = [&]() -> asio::awaitable<void> {
            auto work = [&] { order.emplace_back("new"); };
            co_await thread.begin(std::move(work));
        };
        ThreadHold hold(thread);
        asio::io_context loop(1);
        asio::co_spawn(loop, begin(), asio::detached);
        asio::co_spawn(loop, begin(), asio::detached);
        asio::co_spawn(loop, go_on("goes on"), asio::detached);
        asio::co_spawn(loop, look(), asio::detached);
        loop.poll();
        hold.let_go();
        begun.get_future().wait();
        asio::co_spawn(loop, go_on("goes on later"), asio::detached);
        loop.poll();
        late_waits.set_value();
        loop.run();
        CHECK(order == std::vector<std::string>{"look", "goes on", "new", "goes on later", "new"});
    }
    TEST_CASE("what is urgent goes ahead of a group under way and of every command") {
        TempStore store;
        StoreThread thread(*store);
        std::vector<std::string> order;
        std::promise<void> begun;
        asio::io_context loop(1);
        const auto work_on = [&](int number) -> asio::awaitable<void> {
            auto work = [&, number] {
                if (number == 0) {
                    begun.set_value();
                    while (!thread.is_urgent_waiting()) std::this_thread::yield();
                }
                order.push_back("group " + std::to_string(number));
            };
            co_await thread.run(std::move(work));
        };
        ThreadHold hold(thread);
        for (int i = 0; i < 2; ++i) asio::co_spawn(loop, work_on(i), asio::detached);
        loop.poll();
        const auto later = [&](std::string name, server::Turn turn) {
            return std::async(std::launch::async, [&, name, turn] {
                thread.run_and_wait([&] { order.push_back(name); }, turn);
            });
        };
        auto command = later("command", server::Turn::Command);
        hold.let_go();
        begun.get_future().wait();
        auto urgent = later("urgent", server::Turn::Urgent);
        loop.run();
        urgent.get();
        command.get();
        const auto place = [&](std::string_view name) {
            return std::find(order.begin(), order.end(), name) - order.begin();
        };
        REQUIRE(order.size() == 4);
        CHECK(place("group 0") == 0);
        CHECK(place("urgent") == 1);
        CHECK(place("urgent") < place("command"));
    }
    TEST_CASE("a command that gives way keeps what it did, and others are done in between") {
        TempStore store;
        StoreThread thread(*store);
        std::promise<void> begun;
        bool was_kept = false;
        auto reading = std::async(std::launch::async, [&] {
            thread.run_and_wait([&] {
                store->set_meta("read", Bytes{1});
                begun.set_value();
                while (!thread.is_urgent_waiting()) std::this_thread::yield();
                thread.give_way();
                was_kept = store->meta("stopped").has_value();
                throw std::runtime_error("no");
            });
        });
        begun.get_future().wait();
        auto urgent = std::async(std::launch::async, [&] {
            thread.run_and_wait([&] { store->set_meta("stopped", Bytes{1}); },
                                server::Turn::Urgent);
        });
        urgent.get();
        CHECK_THROWS_AS(reading.get(), std::runtime_error);
        CHECK(was_kept);
        CHECK(thread.run_and_wait([&] { return store->meta("read"); }).has_value());
    }
    TEST_CASE("a look that throws is told to who asked, and the thread goes on") {
        TempStore store;
        StoreThread thread(*store);
        asio::io_context loop(1);
        std::exception_ptr failure;
        auto look = [&]() -> asio::awaitable<void> {
            auto read = []() -> int { throw std::runtime_error("no"); };
            co_await thread.look(std::move(read));
        };
        asio::co_spawn(loop, look(), [&](const std::exception_ptr& failed) { failure = failed; });
        loop.run();
        CHECK_THROWS_AS(std::rethrow_exception(failure), std::runtime_error);
        thread.run_and_wait([&] { store->set_meta("after", Bytes{1}); });
    }
    TEST_CASE("whichever call of a group commit fails, only what was kept is told as done") {
        bool ran_clean = false;
        for (std::uint64_t call = 1; !ran_clean; ++call) {
            CAPTURE(call);
            FaultVfs disk("store-thread");
            auto store = server::open_plain_store(
                {.path = "/office.db", .vfs = disk.name(), .cache_kib = 16 * 1024});
            REQUIRE(store);
            StoreThread thread(**store);
            const auto done = put_together(thread, **store, [&] {
                disk.failure = Failure::Full;
                disk.fail_at = disk.calls + call;
            });
            ran_clean = disk.calls < disk.fail_at;
            disk.fail_at = 0;
            for (std::uint8_t i = 0; i < kTogether; ++i) {
                const auto name = std::string(kKey) + std::to_string(i);
                const bool kept =
                    thread.run_and_wait([&] { return (*store)->meta(name); }).has_value();
                CHECK(kept == done.contains(i));
            }
            if (ran_clean) CHECK(done.size() == kTogether);
        }
    }
}

}  // namespace dossier::test
