// A wire that counts: passes bytes between a laptop and the office unchanged.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

namespace dossier::bench {

struct Traffic {
    std::uint64_t up = 0;    ///< bytes from the laptop
    std::uint64_t down = 0;  ///< bytes to it
    unsigned turns = 0;      ///< times the laptop spoke after the office had: round trips
};

/// One connection to `port`, relayed; `port()` is where the laptop connects instead.
class Relay {
  public:
    explicit Relay(std::uint16_t office_port);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Waits for the connection to end.
    Traffic finish();

  private:
    void pump(asio::ip::tcp::socket& from, asio::ip::tcp::socket& to, bool up);

    asio::io_context io_;
    asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::uint16_t office_port_;
    std::atomic<std::uint64_t> up_{0};
    std::atomic<std::uint64_t> down_{0};
    std::atomic<unsigned> turns_{0};
    std::atomic<bool> last_up_{false};
    std::thread thread_;
};

}  // namespace dossier::bench
