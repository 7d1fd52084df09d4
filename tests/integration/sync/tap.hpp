// A wire between a laptop and the office that counts and cuts: a relay on the loopback.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <thread>

namespace dossier::test {

/// Relays one connection to 127.0.0.1:`port`, byte by byte as it comes. Cuts both sides once
/// `cut_after` bytes have passed in both directions together.
class Tap {
  public:
    /// The client speaks first (message 1), and again when message 2 has come (message 3).
    static constexpr int kHandshakeTurns = 2;
    static constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

    explicit Tap(std::uint16_t port, std::size_t cut_after = kNever);
    Tap(const Tap&) = delete;
    Tap& operator=(const Tap&) = delete;
    ~Tap();

    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Waits until both sides have hung up.
    void finish();
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// How often the client began to speak after the office had.
    [[nodiscard]] int turns() const { return turns_; }
    [[nodiscard]] bool was_cut() const { return bytes_ >= cut_after_; }

  private:
    void relay(std::uint16_t to);
    bool pass_on(int from, int to);

    int listener_;
    std::uint16_t port_ = 0;
    std::size_t cut_after_;
    std::atomic<std::size_t> bytes_ = 0;
    std::atomic<int> turns_ = 0;
    std::thread thread_;
};

}  // namespace dossier::test
