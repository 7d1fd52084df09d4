// The laptop's page as a site of common/http: its files, the actions of the table over HTTP, and
// which browser belongs to the person. Only loopback is served, and yet every user of the machine
// can call there: a browser is known by the token its opening address carried once, or by the
// passphrase. Source: ux 3.13, security 5.
#pragma once

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include <asio/any_io_executor.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>

#include "common/api/catalog_document.hpp"
#include "common/api/fixed.hpp"
#include "common/api/replies.hpp"
#include "common/crypto/random.hpp"
#include "common/http/assets.hpp"
#include "common/http/site.hpp"

#include "client/web/keeper.hpp"

namespace dossier::client {

inline constexpr Fault kUnknownBrowser{"page.unknown",
                                       ErrorCode::Unauthenticated,
                                       {"这个浏览器还没有解锁", "this browser has not been let in"},
                                       {"输入口令", "type the passphrase"}};
inline constexpr Fault kWrongToken{
    "page.wrong_token",
    ErrorCode::Unauthenticated,
    {"打开网页的地址已用过或已过期", "the address of the page was used already, or is too old"},
    {"输入口令", "type the passphrase"}};

/// Of all actions of this program that a page may ask for.
api::Routes laptop_routes();

struct PageOptions {
    Keeper& keeper;
    crypto::Random& random;
    const Clock& clock;
    std::string scratch;                  ///< folder in which files of requests lie meanwhile
    std::span<const http::Asset> assets;  ///< the page, as it was built
    /// Whether a user of this machine may ask for more than whether the program lives.
    std::function<bool(std::optional<std::uint32_t> user)> is_own = [](auto) { return true; };
    /// Told when an opening address was used. Any thread.
    std::function<void()> on_let_in = [] {};
    asio::any_io_executor loop;
};

class Page final : public http::Site {
  public:
    explicit Page(PageOptions options);
    /// Waits for what is under way.
    ~Page() override;

    /// Under which the browser keeps who it is; programs of one machine differ by their ports.
    void serve_at(std::uint16_t port);
    /// A secret for one opening of the page, good for ten minutes. Any thread.
    std::string new_token();
    /// Open pages are told how things stand, a few times a second at most, and when records
    /// changed. Any thread.
    void tell(bool records);
    /// No page is told anything any more. The loop's thread.
    void stop();

    tl::expected<std::size_t, http::Response> admit(const http::Request& head) override;
    asio::awaitable<http::Response> answer(http::Request request) override;

  private:
    using Caller = api::Caller;
    using Work = api::Work;
    using Fixed = api::Fixed<Page>;
    struct Known {
        std::string csrf;
    };
    struct Reader {
        std::shared_ptr<http::Events> events;
        Lang lang;
    };
    static std::span<const Fixed> fixed();
    static bool is_told_locked(const Fixed& row);

    [[nodiscard]] Caller caller_of(const http::Request& request) const;
    [[nodiscard]] std::optional<Known> known(const std::string& token) const;
    [[nodiscard]] http::Response refused(const Error& error, Lang lang) const;
    [[nodiscard]] http::Response unknown(const Caller& caller) const;
    [[nodiscard]] std::optional<http::Response> turned_away(const Caller& caller) const;
    asio::awaitable<http::Response> answer_api(const http::Request& request);
    http::Response answer_page(const http::Request& request) const;
    http::Response answer_events(const Caller& caller);
    http::Response answer_action(const Caller& caller, const api::Asked& asked);
    http::Response let_in(const Caller& caller);
    [[nodiscard]] http::Response session_response(const Known& known) const;
    bool spend_token(std::string_view token);
    void deliver();
    /// As a page reads it.
    [[nodiscard]] action::Json state_in(Lang lang) const;

    // Each of its own path.
    http::Response health(const Caller& caller);
    http::Response list_actions(const Caller& caller);
    http::Response show_schema(const Caller& caller);
    http::Response show_openapi(const Caller& caller);
    http::Response begin_session(const Caller& caller);
    http::Response show_session(const Caller& caller);
    http::Response make_vault(const Caller& caller);
    http::Response lock(const Caller& caller);
    http::Response change_passphrase(const Caller& caller);
    http::Response show_state(const Caller& caller);

    PageOptions options_;
    api::Routes routes_;
    http::Assets assets_;
    std::string cookie_ = "dossier_laptop";
    mutable std::mutex mutex_;
    std::map<std::string, Known, std::less<>> known_;          ///< by the browser's secret
    std::map<std::string, std::int64_t, std::less<>> tokens_;  ///< to the tick they end at
    // The loop's.
    std::vector<Reader> readers_;
    asio::steady_timer pace_;
    bool is_telling_ = false;
    std::atomic<bool> records_changed_{false};
    bool is_stopping_ = false;
    // Last: what runs on it uses everything above.
    asio::thread_pool pool_;
};

}  // namespace dossier::client
