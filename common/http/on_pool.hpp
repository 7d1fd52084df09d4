// Work that may wait, off the loop's thread.
#pragma once

#include <functional>
#include <utility>

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>

#include "common/http/response.hpp"

namespace dossier::http {

/// Does `work` on a thread of `pool`; whoever asked goes on where they were.
inline asio::awaitable<Response> on_pool(asio::thread_pool& pool, std::function<Response()> work) {
    auto call = [](std::function<Response()> todo) -> asio::awaitable<Response> {
        co_return todo();
    };
    // Named before it is used: g++ 12 destroys temporaries beside a co_await twice.
    auto called = call(std::move(work));
    co_return co_await asio::co_spawn(pool, std::move(called), asio::use_awaitable);
}

}  // namespace dossier::http
