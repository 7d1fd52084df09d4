#include "common/http/server.hpp"

#include <algorithm>
#include <new>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/base/reason.hpp"
#include "common/net/peer_user.hpp"
#include "common/net/spawn.hpp"

namespace dossier::http {
namespace {

using asio::ip::tcp;

constexpr std::uint64_t kLinesAMinute = 60;

bool is_half_open(const std::shared_ptr<Session>& session) {
    return session->step() == Session::Step::Handshake || session->step() == Session::Step::Head;
}

/// What counts as one peer: an IPv4 address, or an IPv6 network, of which one machine may have all
/// addresses.
std::vector<std::uint8_t> network_of(const asio::ip::address& address) {
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return {bytes.begin(), bytes.end()};
    }
    constexpr std::ptrdiff_t kNetworkBytes = 8;
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + kNetworkBytes};
}

/// An IPv4 address in the clothes of IPv6 is that address.
asio::ip::address plain(const asio::ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

}  // namespace

Server::Server(
    asio::io_context& loop, Site& site, const Clock& clock, Log& log, ServerOptions options)
    : loop_(loop),
      options_(std::move(options)),
      service_{.site = site,
               .clock = clock,
               .log = log,
               .rules = {.scheme = options_.tls ? Scheme::Https : Scheme::Http,
                         .limits = options_.limits},
               .tls = options_.tls},
      acceptor_(loop),
      accept_timer_(loop),
      stop_timer_(loop),
      failures_limit_(kLinesAMinute) {}

Result<std::uint16_t> Server::open() {
    std::error_code failed;
    const auto address = asio::ip::make_address(options_.host, failed);
    if (failed) return fail(kPortTaken, options_.host, reason_of(failed.value()));
    if (options_.tls == nullptr && !address.is_loopback()) return fail(kNeedsTls, options_.host);
    if (auto listening = listen({address, options_.port}); !listening) return pass(listening);
    const std::uint16_t port = acceptor_.local_endpoint().port();
    if (auto allowed = allow_names(port); !allowed) return pass(allowed);
    net::spawn(loop_.get_executor(), accept(), service_.log, "http.accept");
    return port;
}

Status Server::listen(const tcp::endpoint& at) {
    std::error_code failed;
    acceptor_.open(at.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(at, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) return {};
    return fail(kPortTaken, options_.host + ":" + std::to_string(at.port()),
                reason_of(failed.value()));
}

Status Server::allow_names(std::uint16_t port) {
    for (const std::string& each : options_.names) {
        const auto host = host_and_port(each, std::to_string(port));
        if (!host) return fail(kBadHostName, each);
        service_.rules.hosts.push_back(*host);
    }
    return {};
}

void Server::stop() {
    service_.stopping = true;
    std::error_code ignored;
    acceptor_.close(ignored);
    accept_timer_.cancel();
    for (const Shared& each : sessions_) each->stop();
    if (sessions_.empty()) return;
    stop_timer_.expires_after(limits().stop);
    stop_timer_.async_wait([this](const std::error_code& cancelled) {
        if (cancelled) return;
        for (const Shared& each : sessions_) each->cut();
    });
}

asio::awaitable<void> Server::accept() {
    while (!service_.stopping) {
        std::error_code failed;
        auto socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (service_.stopping) co_return;
        if (!failed && take(std::move(socket))) continue;
        // Out of descriptors or memory: those who are here finish first.
        if (const auto left_out = failures_limit_.take(asio::steady_timer::clock_type::now()))
            service_.log.warn("http.accept_failed",
                              {{"code", failed.value()}, {"left_out", *left_out}});
        accept_timer_.expires_after(limits().accept_pause);
        co_await accept_timer_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
    }
}

/// False when there is no memory for it. One too many is closed with its socket.
bool Server::take(tcp::socket socket) {
    std::error_code failed;
    const auto from = socket.remote_endpoint(failed);
    const auto peer = from.address();
    const auto own = socket.local_endpoint(failed);
    if (failed || !has_room_for(plain(peer))) return true;
    Shared session;
    try {
        session = std::make_shared<Session>(std::move(socket), plain(peer), service_);
        if (options_.tells_user) session->comes_from(net::user_of(from, own));
        sessions_.push_back(session);
        net::spawn(loop_.get_executor(), serve(session), service_.log, "http.session");
    } catch (const std::bad_alloc&) {
        std::erase(sessions_, session);
        return false;
    }
    spare_half_open();
    return true;
}

bool Server::has_room_for(const asio::ip::address& peer) const {
    if (sessions_.size() >= limits().connections_max) return false;
    const auto network = network_of(peer);
    const auto of_peer = std::count_if(sessions_.begin(), sessions_.end(), [&](const Shared& each) {
        return network_of(each->peer()) == network;
    });
    return static_cast<std::size_t>(of_peer) < limits().connections_per_peer;
}

/// The one that has shown least for longest goes, not the newcomer: a browser needs milliseconds
/// for what a crowd of stalled sockets never does.
void Server::spare_half_open() {
    const auto half_open = std::count_if(sessions_.begin(), sessions_.end(), is_half_open);
    if (static_cast<std::size_t>(half_open) <= limits().half_open_max) return;
    const auto first =
        std::min_element(sessions_.begin(), sessions_.end(), [](const Shared& a, const Shared& b) {
            return std::pair(!is_half_open(a), a->step_number()) <
                   std::pair(!is_half_open(b), b->step_number());
        });
    (*first)->cut();
}

asio::awaitable<void> Server::serve(Shared session) {
    // No memory for one ends this connection and no other.
    try {
        co_await session->run();
    } catch (const std::exception& error) {
        service_.log.error("http.session_failed", {{"why", error.what()}});
    }
    session->cut();
    std::erase(sessions_, session);
    if (service_.stopping && sessions_.empty()) stop_timer_.cancel();
}

}  // namespace dossier::http
