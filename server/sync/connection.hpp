// One laptop's connection as the listener keeps it. Internal to server/sync.
#pragma once

#include <memory>

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include "common/net/watchdog.hpp"

#include "protocol/link.hpp"

#include "server/sync/listener.hpp"

namespace dossier::server {

struct Listener::Connection {
    Connection(asio::ip::tcp::socket accepted,
               protocol::ServerSide side,
               crypto::Random& random,
               std::chrono::milliseconds age_limit)
        : socket(std::move(accepted)),
          turn(socket.get_executor()),
          watchdog(socket, age_limit),
          link(protocol::Channel::server(std::move(side), random)) {}

    /// Ends every operation under way; the coroutine that serves it then leaves.
    void cut() {
        cutting = true;
        turn.cancel();
        std::error_code ignored;
        socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        socket.close(ignored);
    }

    asio::ip::tcp::socket socket;
    asio::steady_timer turn;  ///< while it is made to wait
    net::Watchdog watchdog;
    protocol::Link link;
    std::shared_ptr<Session> session;  ///< once the device is known
    DeviceId device;
    bool half_open = true;  ///< has neither proven to be a laptop of ours nor been answered
    bool greeted = false;   ///< its session answered something other than a refusal
    bool cutting = false;
    bool mid_message = false;
    std::size_t read_bytes = 0;  ///< since the last progress that counted
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

}  // namespace dossier::server
