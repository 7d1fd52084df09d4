// One laptop's connection as the listener keeps it. Internal to server/sync.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include "common/net/watchdog.hpp"

#include "protocol/link.hpp"

#include "server/sync/listener.hpp"
#include "server/sync/socket_limits.hpp"

namespace dossier::server {

/// How far a handshake under way has shown that it is worth its place: the least goes first.
enum class Standing : std::uint8_t {
    Silent,    ///< has not shown that it knows this office
    Stranger,  ///< knows the office's key
    Ticket,    ///< is one of the office's laptops
};

struct Listener::Connection {
    Connection(asio::ip::tcp::socket accepted,
               protocol::ServerSide side,
               crypto::Random& random,
               std::chrono::milliseconds age_limit)
        : socket(std::move(accepted)),
          turn(socket.get_executor()),
          watchdog(socket, age_limit),
          link(protocol::Channel::server(std::move(side), random)) {}

    /// Ends every operation under way; the coroutine that serves it then leaves. What is written
    /// and not sent yet still goes out.
    void cut() {
        end();
        std::error_code ignored;
        socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        socket.close(ignored);
    }
    /// The same for one that may have no byte more.
    void cut_off() {
        end();
        reset(socket);
    }
    void end() {
        cutting = true;
        turn.cancel();
        if (!socket.is_open()) return;
        bytes_acked = bytes_acknowledged();
    }
    /// Bytes the peer's machine has told to have.
    std::uint64_t bytes_acknowledged() {
        const auto waiting = unacknowledged(socket, bytes_out - bytes_acked);
        return std::max(bytes_acked, bytes_out - std::min(bytes_out, waiting));
    }

    /// Once more facets are on their way: they are all there when `unwritten` bytes more are.
    void note_facets(std::uint64_t sent, std::size_t unwritten) {
        if (std::exchange(facets_marked, sent) < sent)
            facets_after.emplace_back(bytes_out + unwritten, sent);
    }
    Traffic traffic() {
        if (socket.is_open()) bytes_acked = bytes_acknowledged();
        while (!facets_after.empty() && facets_after.front().first <= bytes_acked) {
            facets_acked = facets_after.front().second;
            facets_after.pop_front();
        }
        return {bytes_in, bytes_out, bytes_acked, facets_acked};
    }

    asio::ip::tcp::socket socket;
    asio::steady_timer turn;  ///< while it is made to wait
    net::Watchdog watchdog;
    protocol::Link link;
    std::shared_ptr<Session> session;  ///< once the device is known
    DeviceId device;
    Standing standing = Standing::Silent;
    bool half_open = true;  ///< has neither proven to be a laptop of ours nor been answered
    bool greeted = false;   ///< its session answered something other than a refusal
    bool cutting = false;
    bool mid_message = false;
    std::size_t read_bytes = 0;  ///< since the last progress that counted
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t bytes_acked = 0;  ///< as last looked at
    std::uint64_t facets_acked = 0;
    std::uint64_t facets_marked = 0;
    bool is_active = false;      ///< its device may have the office's data
    std::size_t held_bytes = 0;  ///< of what is half received or in work, counted by the listener
    /// After how many bytes how many facets are over.
    std::deque<std::pair<std::uint64_t, std::uint64_t>> facets_after;
};

}  // namespace dossier::server
