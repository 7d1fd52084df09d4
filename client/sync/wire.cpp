#include "client/sync/wire.hpp"

#include <asio/co_spawn.hpp>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include "common/base/reason.hpp"
#include "common/net/watchdog.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using asio::ip::tcp;

constexpr std::size_t kReadBytes = std::size_t{256} * 1024;
/// How soon a session that is not wanted any more ends.
constexpr std::chrono::milliseconds kAskedEvery{200};

class Wire {
  public:
    Wire(asio::io_context& loop,
         const protocol::Address& address,
         protocol::ClientSide side,
         const Speaker& speaker,
         crypto::Random& random,
         const ConnectionOptions& options)
        : address_(address),
          speaker_(speaker),
          options_(options),
          socket_(loop),
          resolver_(loop),
          resolve_limit_(loop),
          asking_(loop),
          watchdog_(socket_, protocol::kConnectionAgeMax),
          link_(protocol::Channel::client(std::move(side), random)) {}

    asio::awaitable<void> run() {
        if (options_.is_wanted) ask_again();
        outcome_ = co_await dial();
        if (outcome_) outcome_ = co_await converse();
        if (!is_wanted_) outcome_ = fail(kNotWanted);
        asking_.cancel();
        std::error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
        resolve_limit_.cancel();
    }
    Status outcome() { return std::move(outcome_); }

  private:
    [[nodiscard]] Status unreachable(const std::error_code& why) const {
        const bool no_name = why.category() == asio::error::get_netdb_category();
        return no_name ? fail(kNoSuchHost, address_.host)
                       : fail(kUnreachable, address_.host + ":" + address_.port,
                              reason_of(why.value()));
    }

    /// Ends every wait once nobody wants the session any more.
    void ask_again() {
        asking_.expires_after(kAskedEvery);
        asking_.async_wait([this](const std::error_code& cancelled) {
            if (cancelled) return;
            is_wanted_ = options_.is_wanted();
            if (is_wanted_) return ask_again();
            std::error_code ignored;
            resolver_.cancel();
            socket_.close(ignored);
        });
    }

    asio::awaitable<Status> dial() {
        std::error_code failed;
        // A name service that hangs is no socket for the watchdog to close.
        resolve_limit_.expires_after(options_.connect_limit);
        resolve_limit_.async_wait([this](const std::error_code& cancelled) {
            if (!cancelled) resolver_.cancel();
        });
        const auto found = co_await resolver_.async_resolve(
            address_.host, address_.port, asio::redirect_error(asio::use_awaitable, failed));
        resolve_limit_.cancel();
        if (failed) co_return unreachable(failed);
        for (const auto& entry : found) {
            if (!is_wanted_) co_return fail(kNotWanted);
            socket_.close(failed);
            watchdog_.allow(options_.connect_limit);
            co_await socket_.async_connect(entry.endpoint(),
                                           asio::redirect_error(asio::use_awaitable, failed));
            if (!failed || watchdog_.fired()) break;
        }
        if (watchdog_.fired()) failed = asio::error::timed_out;
        if (failed) co_return unreachable(failed);
        socket_.set_option(tcp::no_delay(true), failed);
        watchdog_.allow(options_.handshake_limit);
        co_return Status{};
    }

    asio::awaitable<Status> converse() {
        auto first = link_.start();
        if (!first) co_return pass(first);
        if (auto sent = co_await write(*first); !sent) co_return sent;
        Bytes buffer(kReadBytes);
        while (!speaker_.finished()) {
            std::error_code failed;
            const std::size_t size = co_await socket_.async_read_some(
                asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, failed));
            if (failed) co_return broken();
            auto events = link_.feed(ByteView(buffer).first(size));
            if (events.error) co_return tl::unexpected(*events.error);
            // Work of our own, a purge for one, is no silence of the office.
            watchdog_.pause();
            Bytes out = std::move(events.to_peer);
            auto spoken = speak_on(events.messages, out);
            if (!spoken) co_return spoken;
            const bool open = link_.is_open();
            watchdog_.allow(open ? options_.idle_limit : options_.handshake_limit);
            if (auto sent = co_await write(out); !sent) co_return sent;
        }
        co_return Status{};
    }

    Status speak_on(const std::vector<protocol::Message>& messages, Bytes& out) {
        if (link_.is_open() && !opened_) {
            opened_ = true;
            if (auto sent = send(speaker_.open(), out); !sent) return sent;
        }
        for (const auto& message : messages) {
            if (auto sent = send(speaker_.on(message), out); !sent) return sent;
        }
        return {};
    }

    Status send(Result<Speaker::Messages> messages, Bytes& out) {
        if (!messages) return pass(messages);
        return link_.send(*messages, out);
    }

    asio::awaitable<Status> write(const Bytes& out) {
        std::error_code failed;
        if (!out.empty())
            co_await asio::async_write(socket_, asio::buffer(out),
                                       asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return broken();
        co_return Status{};
    }

    /// Why the stream ended before the session did.
    Status broken() {
        if (watchdog_.fired()) return fail(kTimedOut);
        if (opened_) return fail(kUnfinished);
        if (auto ended = link_.ended(); !ended) return ended;
        return fail(kUnfinished);
    }

    protocol::Address address_;
    const Speaker& speaker_;
    const ConnectionOptions& options_;
    tcp::socket socket_;
    tcp::resolver resolver_;
    asio::steady_timer resolve_limit_;
    asio::steady_timer asking_;
    bool is_wanted_ = true;
    net::Watchdog watchdog_;
    protocol::Link link_;
    bool opened_ = false;
    Status outcome_;
};

}  // namespace

Status speak(const protocol::Address& address,
             protocol::ClientSide side,
             const Speaker& speaker,
             crypto::Random& random,
             const ConnectionOptions& options) {
    asio::io_context loop(1);
    Wire wire(loop, address, std::move(side), speaker, random, options);
    std::exception_ptr failure;
    asio::co_spawn(loop, wire.run(), [&](const std::exception_ptr& thrown) {
        failure = thrown;
        loop.stop();
    });
    loop.run();
    if (failure) std::rethrow_exception(failure);  // a broken disk or no memory
    return wire.outcome();
}

}  // namespace dossier::client
