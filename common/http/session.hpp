// One connection from its first byte to its last: request after request, each step under its limit
// of time, at most one answer under way. A read that was given up has lost bytes, so whatever takes
// too long ends the connection. One loop's thread.
//
// This loop is ours although libraries have one: RESTinio 0.6 sets no limit to the handshake of TLS
// (128 stalled ones locked everybody out), answers no malformed request and asks nothing before the
// body; the whole of Beast wants Boost's event loop beside the one the product has. Both were
// probed with the table of tests/unit/common/http.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include "common/base/log.hpp"
#include "common/http/codec.hpp"
#include "common/http/refusal.hpp"
#include "common/http/site.hpp"
#include "common/http/transport.hpp"
#include "common/net/watchdog.hpp"
#include "common/time/clock.hpp"

namespace dossier::http {

/// What all sessions of a server share; outlives them.
struct Service {
    Site& site;
    const Clock& clock;
    Log& log;
    Rules rules;
    std::shared_ptr<asio::ssl::context> tls;
    std::uint64_t steps = 0;  ///< of all sessions: tells which of two began its own first
    std::map<std::string, std::size_t> streams = {};  ///< how many each user has open
    bool stopping = false;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    enum class Step : unsigned char {
        Handshake,
        Head,
        Idle,
        Body,
        Answer,  ///< the site is at work
        Write,
        Stream,
        Finish,  ///< the last answer is sent
    };

    Session(asio::ip::tcp::socket socket, asio::ip::address peer, Service& service);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() = default;

    asio::awaitable<void> run();
    /// Ends once what is under way is answered; at once when nothing is.
    void stop();
    /// Ends at once.
    void cut() { transport_.close(); }

    [[nodiscard]] const asio::ip::address& peer() const { return peer_; }
    /// Whose connection it is, for the site to know. Before it begins.
    void comes_from(std::optional<std::uint32_t> user) { user_ = user; }
    [[nodiscard]] Step step() const { return step_; }
    /// Of two sessions the one with the smaller number began its step first.
    [[nodiscard]] std::uint64_t step_number() const { return step_number_; }

  private:
    struct Work;

    void begin(Step step, Limits::Time limit);
    [[nodiscard]] const Limits& limits() const { return service_.rules.limits; }
    // session.cpp: reading. Each is false when the connection is to be closed.
    asio::awaitable<bool> serve_one();
    asio::awaitable<void> linger();
    asio::awaitable<bool> read_head();
    asio::awaitable<bool> read_body(std::size_t bytes_max);
    asio::awaitable<bool> fill();
    void feed();
    Request take_request();
    [[nodiscard]] std::optional<Refusal> judge() const;
    tl::expected<std::size_t, Response> admit(const Request& request);
    asio::awaitable<std::optional<Response>> ask_site(Request request);
    // session_write.cpp: answering. The same.
    asio::awaitable<bool> refuse(Refusal refusal);
    asio::awaitable<bool> send(Response response, bool keeps_alive);
    asio::awaitable<bool> write(std::string head, Body body);
    asio::awaitable<void> stream(std::string head, std::shared_ptr<Events> events);
    asio::awaitable<void> pump(std::shared_ptr<Events> events);
    static asio::awaitable<void> watch(std::shared_ptr<Session> session,
                                       std::shared_ptr<Events> events);

    Service& service_;
    asio::ip::address peer_;
    std::optional<std::uint32_t> user_;
    Transport transport_;
    net::Watchdog watchdog_;
    asio::steady_timer wake_;
    Step step_ = Step::Handshake;
    std::uint64_t step_number_ = 0;
    std::vector<char> buffer_;
    std::size_t held_ = 0;  ///< bytes of it that were received and not yet taken
    std::unique_ptr<RequestParser> parser_;
    std::optional<Method> method_;  ///< of the request that is answered
    bool is_first_ = true;
};

}  // namespace dossier::http
