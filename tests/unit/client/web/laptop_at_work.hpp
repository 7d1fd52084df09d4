// A laptop whose agent serves its page on a loopback port, enrolled and synced like `Desk`, with a
// clock that stands still.
#pragma once

#include <atomic>
#include <optional>

#include "client/app/agent.hpp"
#include "client/web/page.hpp"
#include "tests/unit/client/cli/desk.hpp"
#include "tests/unit/common/http/visitor.hpp"

namespace dossier::test {

class LaptopAtWork {
  public:
    /// `open` = the store is opened by its key file at once.
    explicit LaptopAtWork(bool open = true);
    LaptopAtWork(const LaptopAtWork&) = delete;
    LaptopAtWork& operator=(const LaptopAtWork&) = delete;
    ~LaptopAtWork();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] SetClock& clock() { return desk.world.laptop.clock; }
    Visitor browser() {
        return Visitor([this] { return port_; });
    }
    /// A browser that came by the address the agent gave.
    Visitor known_browser();
    Status open();

    Desk desk;
    NullLog log;
    client::Agent agent;
    asio::io_context loop{1};
    std::optional<client::Page> page;
    /// Whether who asks is the laptop's user; and who it was, as the kernel told it.
    std::atomic<bool> is_own{true};
    std::atomic<std::uint32_t> asked_by{0xFFFFFFFF};

  private:
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace dossier::test
