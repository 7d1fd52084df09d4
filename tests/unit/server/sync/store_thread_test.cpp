// The crossing to the store's thread: success is told after the commit only.
#include "server/store/store_thread.hpp"

#include <stdexcept>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

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
}

}  // namespace dossier::test
