// An office with its console on a loopback port, and browsers that ask it: over real sockets, by
// the real session loop.
#pragma once

#include <mutex>

#include "common/action/answer.hpp"

#include "server/accounts/passwords.hpp"
#include "server/accounts/sign_ins.hpp"
#include "server/store/store_thread.hpp"
#include "server/web/console.hpp"
#include "tests/support/peopled_office.hpp"
#include "tests/unit/common/http/visitor.hpp"

namespace dossier::test {

inline constexpr std::string_view kGoodPassword = "lake seven paper moon";

class ConsoleOffice {
  public:
    /// Its people have `kGoodPassword`, set by themselves, and have promised.
    ConsoleOffice();
    ConsoleOffice(const ConsoleOffice&) = delete;
    ConsoleOffice& operator=(const ConsoleOffice&) = delete;
    ~ConsoleOffice();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Ends the console and its server and serves the same store anew.
    void restart();
    /// `work(office)` inside a unit of work, on the store's thread.
    template <class Work>
    auto inside(Work work) {
        return store_thread_->run_and_wait([this, &work] {
            people.office.people().forget();
            return work(people.office);
        });
    }
    /// Time goes on, seen by nobody half-way.
    void advance(std::chrono::milliseconds span) {
        inside([&](server::Office&) { people.clock.advance(span); });
    }
    /// Lines of the audit with this action, as "result detail".
    std::vector<std::string> audited(std::string_view action);

    PeopledOffice people;
    CountingLog log;

  private:
    void start();
    void stop();
    void welcome(const UserId& user);

    std::unique_ptr<server::StoreThread> store_thread_;
    std::unique_ptr<asio::io_context> loop_;
    SystemClock clock_;
    std::unique_ptr<server::Console> console_;
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

/// One person's browser at the console.
class Browser : public Visitor {
  public:
    explicit Browser(ConsoleOffice& office, std::string address = "127.0.0.1")
        : Visitor([&office] { return office.port(); }, std::move(address)) {}

    /// "ok", or what it was refused with.
    std::string sign_in(std::string_view login,
                        std::string_view password = kGoodPassword,
                        const action::Json& more = action::Json::object());
};

}  // namespace dossier::test
