// Listens for browsers and serves one site: accepts connections, keeps their number within limits,
// and stops without losing an answer that is under way. One loop's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include "common/base/log.hpp"
#include "common/base/result.hpp"
#include "common/http/limits.hpp"
#include "common/http/session.hpp"
#include "common/http/site.hpp"
#include "common/net/log_limit.hpp"
#include "common/time/clock.hpp"

namespace dossier::http {

inline constexpr Fault kPortTaken{"http.port_taken",
                                  ErrorCode::Busy,
                                  {"无法在 {} 上提供网页：{}", "cannot serve pages on {}: {}"},
                                  {"停止占用该端口的程序，或换一个端口",
                                   "stop the program that uses the port, or choose another"}};
inline constexpr Fault kNeedsTls{
    "http.needs_tls",
    ErrorCode::Denied,
    {"不用 TLS 时只能在本机地址上提供网页，不能在 {} 上",
     "without TLS pages are served on a loopback address only, not on {}"},
    {"设置证书，或改用 127.0.0.1", "set a certificate, or use 127.0.0.1"}};
inline constexpr Fault kBadHostName{
    "http.bad_host_name",
    ErrorCode::Usage,
    {"“{}”不是主机名", "\"{}\" is no host name"},
    {"写成 office.example 或 office.example:8443", "write office.example or office.example:8443"}};

struct ServerOptions {
    std::string host = "127.0.0.1";  ///< address to listen on
    std::uint16_t port = 0;          ///< 0 = any free one
    /// Names and addresses people open it under; one without a port is meant with the server's own.
    std::vector<std::string> names = {"127.0.0.1", "localhost"};
    std::shared_ptr<asio::ssl::context> tls = nullptr;  ///< `tls_context`; nullptr = without TLS
    Limits limits = {};
    bool tells_user = false;  ///< whose connection it is, of the users of this machine
};

class Server {
  public:
    /// All of it outlives the server. Before the server goes, it is stopped and the loop has run
    /// until nothing of it is left.
    Server(asio::io_context& loop, Site& site, const Clock& clock, Log& log, ServerOptions options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server() = default;

    /// Begins to accept; the port. Errors: http.port_taken, http.needs_tls, http.bad_host_name.
    Result<std::uint16_t> open();
    /// Accepts nobody any more, closes what waits, lets what is being answered end, and after a
    /// while (Limits::stop) cuts that too; the loop then has nothing left to do.
    void stop();
    [[nodiscard]] std::size_t connections() const { return sessions_.size(); }

  private:
    using Shared = std::shared_ptr<Session>;
    [[nodiscard]] Status listen(const asio::ip::tcp::endpoint& at);
    Status allow_names(std::uint16_t port);
    asio::awaitable<void> accept();
    bool take(asio::ip::tcp::socket socket);
    asio::awaitable<void> serve(Shared session);
    void spare_half_open();
    [[nodiscard]] bool has_room_for(const asio::ip::address& peer) const;
    [[nodiscard]] const Limits& limits() const { return service_.rules.limits; }

    asio::io_context& loop_;
    ServerOptions options_;
    Service service_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer accept_timer_;
    asio::steady_timer stop_timer_;
    std::vector<Shared> sessions_;
    net::LogLimit failures_limit_;
};

}  // namespace dossier::http
