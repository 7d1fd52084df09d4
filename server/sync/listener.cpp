#include "server/sync/listener.hpp"

#include <algorithm>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/base/reason.hpp"
#include "common/net/spawn.hpp"

#include "protocol/refusals.hpp"

#include "server/sync/connection.hpp"

namespace dossier::server {
namespace {

using asio::ip::tcp;
using protocol::Message;

constexpr std::chrono::milliseconds kSweepInterval{400};
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::uint64_t kLinesAMinute = 60;

asio::steady_timer::time_point now_ticks() {
    return asio::steady_timer::clock_type::now();
}

}  // namespace

Listener::Listener(asio::io_context& loop,
                   StoreThread& store,
                   SyncDesk desk,
                   crypto::Random& random,
                   Log& log,
                   ListenerOptions options)
    : loop_(loop),
      store_(store),
      desk_(desk),
      random_(random),
      log_(log),
      options_(std::move(options)),
      acceptor_(loop),
      sweep_timer_(loop),
      accept_timer_(loop),
      tickets_(desk_.keys),
      address_turns_({.per_second = options_.handshakes_per_second,
                      .burst = options_.handshakes_burst,
                      .wait_max = options_.turn_wait_max}),
      ticket_turns_(
          {.per_second = protocol::kHandshakesPerSecond, .burst = protocol::kHandshakesBurst}),
      bad_peers_limit_(kLinesAMinute),
      refusals_limit_(kLinesAMinute),
      failures_limit_(kLinesAMinute) {}

Listener::~Listener() = default;

Result<std::uint16_t> Listener::open() {
    std::error_code failed;
    const auto address = asio::ip::make_address(options_.host, failed);
    const tcp::endpoint at(address, options_.port);
    if (!failed) acceptor_.open(at.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(at, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        return fail(kPortTaken, options_.host + ":" + std::to_string(options_.port),
                    reason_of(failed.value()));
    net::spawn(loop_.get_executor(), accept(), log_, "sync.accept");
    net::spawn(loop_.get_executor(), sweep(), log_, "sync.sweep");
    return acceptor_.local_endpoint().port();
}

void Listener::stop() {
    stopping_ = true;
    std::error_code ignored;
    acceptor_.close(ignored);
    sweep_timer_.cancel();
    accept_timer_.cancel();
    for (const Shared& connection : connections_) connection->cut();
}

asio::awaitable<void> Listener::accept() {
    while (!stopping_) {
        std::error_code failed;
        auto socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (stopping_) co_return;
        if (failed) {
            // Out of descriptors: those who are here finish first.
            if (const auto left_out = failures_limit_.take(now_ticks()))
                log_.warn("sync.accept_failed",
                          {{"code", failed.value()}, {"left_out", *left_out}});
            accept_timer_.expires_after(kAcceptPause);
            co_await accept_timer_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
            continue;
        }
        auto connection = std::make_shared<Connection>(
            std::move(socket),
            protocol::ServerSide{protocol::server_instance(desk_.keys.instance),
                                 channel_offers(desk_.keys), true},
            random_, options_.age_limit);
        connections_.push_back(connection);
        spare_half_open();
        net::spawn(loop_.get_executor(), serve(std::move(connection)), log_, "sync.connection");
    }
}

/// The oldest of those who have shown least goes: no crowd of strangers pushes out a laptop.
void Listener::spare_half_open() {
    const auto is_under_way = [](const Shared& each) { return each->half_open && !each->cutting; };
    const auto under_way = std::count_if(connections_.begin(), connections_.end(), is_under_way);
    if (static_cast<std::size_t>(under_way) <= options_.half_open_max) return;
    Connection* least = nullptr;
    for (const Shared& each : connections_) {
        if (!is_under_way(each)) continue;
        if (least == nullptr || each->standing < least->standing) least = each.get();
    }
    if (least != nullptr) least->cut();
}

/// Every session that lives by a right taken meanwhile is cut within a second, idle or not.
asio::awaitable<void> Listener::sweep() {
    while (!stopping_) {
        std::error_code cancelled;
        sweep_timer_.expires_after(kSweepInterval);
        co_await sweep_timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if (stopping_) co_return;
        std::vector<std::shared_ptr<Session>> live;
        for (const Shared& each : connections_) {
            if (each->session == nullptr) continue;
            live.push_back(each->session);
            each->traffic();  // what closes the socket may not ask any more
        }
        if (live.empty()) continue;
        auto work = [live]() {
            std::vector<std::shared_ptr<Session>> stopped;
            for (const auto& session : live) {
                if (session->outlived()) stopped.push_back(session);
            }
            return stopped;
        };
        std::vector<std::shared_ptr<Session>> stopped;
        try {
            stopped = co_await store_.run(std::move(work));
        } catch (const std::exception& error) {
            log_.error("sync.sweep_failed", {{"why", error.what()}});
        }
        for (const Shared& each : connections_) {
            const bool is_stopped =
                std::find(stopped.begin(), stopped.end(), each->session) != stopped.end();
            // One that is being told so already goes by itself.
            if (is_stopped && each->session != nullptr && each->greeted) each->cut_off();
        }
    }
}

/// Its own turn for one of ours, else that of its address: an IPv6 network counts as one. Nothing
/// when it is to come again.
std::optional<Turns::Clock::duration> Listener::turn_of(Connection& connection) {
    const auto now = now_ticks();
    connection.standing = Standing::Stranger;
    if (const auto holder = tickets_.holder(connection.link.ticket())) {
        connection.standing = Standing::Ticket;
        if (const auto wait = ticket_turns_.take(*holder, now)) return wait;
    }
    std::error_code failed;
    const auto address = connection.socket.remote_endpoint(failed).address();
    if (failed) return std::nullopt;
    if (address.is_v4()) return address_turns_.take(address.to_v4().to_bytes(), now);
    return address_turns_.take(ByteView(address.to_v6().to_bytes()).first(8), now);
}

/// What strangers and laptops that were stopped make this program hold is bounded over all of them:
/// the one that holds most goes.
void Listener::note_held(Connection& connection, std::size_t bytes) {
    if (connection.is_active) bytes = 0;
    strangers_held_ += bytes - connection.held_bytes;
    connection.held_bytes = bytes;
    if (strangers_held_ <= options_.strangers_held_max) return;
    const auto most = std::max_element(
        connections_.begin(), connections_.end(), [](const Shared& a, const Shared& b) {
            return (a->cutting ? 0 : a->held_bytes) < (b->cutting ? 0 : b->held_bytes);
        });
    if (most == connections_.end() || (*most)->cutting) return;
    if (const auto left_out = failures_limit_.take(now_ticks()))
        log_.warn("sync.too_much_held", {{"device", (*most)->device}, {"left_out", *left_out}});
    strangers_held_ -= std::exchange((*most)->held_bytes, 0);
    (*most)->cut();
}

/// A line about a peer that does not keep to the rules.
void Listener::complain(const Error& about) {
    if (const auto left_out = bad_peers_limit_.take(now_ticks()))
        log_.info("sync.bad_peer", {{"why", about.id()}, {"left_out", *left_out}});
}

void Listener::make_room(const DeviceId& device) {
    std::vector<Shared> same;
    for (const Shared& each : connections_) {
        if (each->session != nullptr && each->device == device && !each->cutting)
            same.push_back(each);
    }
    // The newest win: a laptop that lost its connection must not wait for the old one to die.
    while (same.size() >= options_.sessions_per_device_max) {
        same.front()->cut();
        same.erase(same.begin());
    }
}

}  // namespace dossier::server
