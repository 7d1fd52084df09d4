// Starts a coroutine for its own sake. An exception that leaves it is logged: a detached coroutine
// would lose it, a rethrown one would leave the loop. Source: security 3.4.
#pragma once

#include <exception>
#include <string_view>
#include <utility>

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>

#include "common/base/log.hpp"

namespace dossier::net {

/// `log` and whatever `work` refers to must outlive it. `what` names it in the log; a literal.
template <class Executor>
void spawn(const Executor& executor, asio::awaitable<void> work, Log& log, std::string_view what) {
    asio::co_spawn(executor, std::move(work), [&log, what](const std::exception_ptr& failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log.error("net.failed", {{"in", what}, {"why", error.what()}});
        }
    });
}

}  // namespace dossier::net
