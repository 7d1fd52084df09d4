// Limits the waiting on one socket by closing it: every operation under way then ends with an
// error. The only way this program limits waits on sockets; a read that was cancelled has lost
// bytes and is never taken up again. Source: security 3.4.
#pragma once

#include <chrono>
#include <memory>

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

namespace dossier::net {

class Watchdog {
  public:
    using Duration = std::chrono::steady_clock::duration;

    /// `socket` must live as long as the watchdog; both belong to one thread. The socket closes
    /// `age_limit` from now whatever happens.
    Watchdog(asio::ip::tcp::socket& socket, Duration age_limit);
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog();

    /// Closes the socket that long from now unless told otherwise before.
    void allow(Duration limit);
    /// No limit but the age until `allow` is called again: while our own side is at work.
    void pause();
    /// It has closed the socket.
    [[nodiscard]] bool fired() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace dossier::net
