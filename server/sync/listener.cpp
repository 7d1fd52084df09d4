#include "server/sync/listener.hpp"

#include <algorithm>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/net/spawn.hpp"

#include "protocol/refusals.hpp"

#include "server/sync/connection.hpp"

namespace dossier::server {
namespace {

using asio::ip::tcp;
using protocol::Message;

constexpr std::chrono::milliseconds kSweepInterval{400};
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::size_t kBucketsMax = 4096;

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
      accept_timer_(loop) {}

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
                    failed.message());
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
            log_.warn("sync.accept_failed", {{"code", failed.value()}});
            accept_timer_.expires_after(kAcceptPause);
            co_await accept_timer_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
            continue;
        }
        auto connection = std::make_shared<Connection>(
            std::move(socket),
            protocol::ServerSide{protocol::server_instance(desk_.keys.instance),
                                 channel_offers(desk_.keys)},
            random_, options_.age_limit);
        connections_.push_back(connection);
        const auto half_open = std::count_if(connections_.begin(), connections_.end(),
                                             [](const Shared& each) { return each->half_open; });
        if (static_cast<std::size_t>(half_open) > options_.half_open_max) {
            const auto oldest =
                std::find_if(connections_.begin(), connections_.end(),
                             [](const Shared& each) { return each->half_open && !each->cutting; });
            if (oldest != connections_.end()) (*oldest)->cut();
        }
        net::spawn(loop_.get_executor(), serve(std::move(connection)), log_, "sync.connection");
    }
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
            if (each->session != nullptr) live.push_back(each->session);
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
            if (is_stopped && each->session != nullptr && each->greeted) each->cut();
        }
    }
}

std::chrono::duration<double> Listener::turn_of(const asio::ip::address& from) {
    const auto now = now_ticks();
    if (buckets_.size() > kBucketsMax) {
        std::erase_if(buckets_, [&](const auto& each) {
            return now - each.second.at > std::chrono::minutes(1);
        });
    }
    const auto [at, fresh] = buckets_.try_emplace(from, Bucket{options_.handshakes_burst, now});
    Bucket& bucket = at->second;
    const std::chrono::duration<double> passed = now - bucket.at;
    bucket.at = now;
    bucket.tokens = std::min(options_.handshakes_burst,
                             bucket.tokens + passed.count() * options_.handshakes_per_second) -
                    1;
    const double missing = std::max(0.0, -bucket.tokens);
    return std::chrono::duration<double>(missing / options_.handshakes_per_second);
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
