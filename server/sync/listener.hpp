// Where laptops arrive: accepts connections, holds every limit of time, rate and count, lets the
// channel prove who is there, and carries messages between sockets and sessions. One loop's
// thread; the store is asked through its own. Source: security 2.1, 3.4.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include "common/base/log.hpp"
#include "common/net/log_limit.hpp"

#include "protocol/limits.hpp"

#include "server/store/store_thread.hpp"
#include "server/sync/session.hpp"
#include "server/sync/tickets.hpp"
#include "server/sync/turns.hpp"

namespace dossier::server {

inline constexpr Fault kPortTaken{"sync.port_taken",
                                  ErrorCode::Busy,
                                  {"无法在 {} 上接受同步：{}", "cannot accept syncs on {}: {}"},
                                  {"停止占用该端口的程序，或换一个端口",
                                   "stop the program that uses the port, or choose another"}};

struct ListenerOptions {
    std::string host = "0.0.0.0";  ///< address to listen on
    std::uint16_t port = 0;        ///< 0 = any free one
    std::chrono::milliseconds handshake_limit = protocol::kHandshakeLimit;
    std::chrono::milliseconds idle_limit = protocol::kIdleLimit;
    std::chrono::milliseconds progress_window = protocol::kProgressWindow;
    std::chrono::milliseconds age_limit = protocol::kConnectionAgeMax;
    std::size_t half_open_max = protocol::kHalfOpenMax;
    double handshakes_per_second = protocol::kHandshakesPerSecond;  ///< per address
    double handshakes_burst = protocol::kHandshakesBurst;
    std::chrono::milliseconds turn_wait_max = protocol::kTurnWaitMax;
    std::size_t strangers_held_max = protocol::kStrangersHeldBytesMax;
    std::size_t sessions_per_device_max = protocol::kSessionsPerDeviceMax;
};

class Listener {
  public:
    /// All of it outlives the listener, and the loop runs no handler of it afterwards.
    Listener(asio::io_context& loop,
             StoreThread& store,
             SyncDesk desk,
             crypto::Random& random,
             Log& log,
             ListenerOptions options);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    /// Begins to accept; the port. Errors: sync.port_taken.
    Result<std::uint16_t> open();
    /// Accepts nobody any more and cuts every connection; the loop then has nothing left to do.
    void stop();
    [[nodiscard]] std::size_t connections() const { return connections_.size(); }

  private:
    struct Connection;
    using Shared = std::shared_ptr<Connection>;
    using Messages = Session::Messages;
    asio::awaitable<void> accept();
    asio::awaitable<void> sweep();
    asio::awaitable<void> serve(Shared connection);
    asio::awaitable<void> talk(Shared connection);
    asio::awaitable<bool> let_in(Shared connection, Bytes& out);
    asio::awaitable<bool> wait_until(Shared connection, std::chrono::steady_clock::time_point when);
    asio::awaitable<bool> judge(Shared connection, Bytes& out);
    asio::awaitable<bool> handle(Shared connection, protocol::Message message, Bytes& out);
    asio::awaitable<bool> enrol(Shared connection, protocol::Message message, Bytes& out);
    asio::awaitable<bool> write(Shared connection, Bytes& out);
    template <class Work>
    asio::awaitable<std::invoke_result_t<Work&>> on_store(Work work, bool begins);
    bool refuse(Connection& connection, const Error& error, Bytes& out);
    void note_read(Connection& connection, std::size_t bytes);
    void note_held(Connection& connection, std::size_t bytes);
    asio::awaitable<void> note_end(Shared connection);
    void complain(const Error& about);
    void spare_half_open();
    std::optional<Turns::Clock::duration> turn_of(Connection& connection);
    void make_room(const DeviceId& device);

    asio::io_context& loop_;
    StoreThread& store_;
    SyncDesk desk_;
    crypto::Random& random_;
    Log& log_;
    ListenerOptions options_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer sweep_timer_;
    asio::steady_timer accept_timer_;
    bool stopping_ = false;
    std::list<Shared> connections_;  // oldest first
    Tickets tickets_;
    Turns address_turns_;
    Turns ticket_turns_;
    net::LogLimit bad_peers_limit_;
    net::LogLimit refusals_limit_;
    net::LogLimit failures_limit_;
    std::size_t strangers_held_ = 0;
};

}  // namespace dossier::server
