// The office's console as a site of common/http: its own pages, the actions of the table over HTTP,
// and who is signed in. It decides nothing: every request becomes an action, carried out by the one
// function that carries out those of the command line. What takes long is done on threads of its
// own, never on the loop.
#pragma once

#include <atomic>
#include <memory>
#include <set>

#include <asio/thread_pool.hpp>

#include "common/api/catalog_document.hpp"
#include "common/api/fixed.hpp"
#include "common/api/replies.hpp"
#include "common/http/assets.hpp"
#include "common/http/site.hpp"

#include "server/web/feed.hpp"

namespace dossier::server {

/// Of all actions that can be asked for from elsewhere.
api::Routes office_routes();

struct ConsoleOptions {
    /// The office as an action finds it; called for each request, on any thread.
    std::function<Workplace()> place;
    std::string scratch;                  ///< folder in which files of requests lie meanwhile
    std::span<const http::Asset> assets;  ///< the page, as it was built
    bool is_tls = true;
    const Clock& clock;  ///< for the pace at which open pages are told
};

class Console final : public http::Site {
  public:
    explicit Console(ConsoleOptions options);
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;
    /// Waits for what is under way.
    ~Console() override;

    /// Work under way is not wanted any more, and no page is told anything. The loop's thread.
    void stop();

    tl::expected<std::size_t, http::Response> admit(const http::Request& head) override;
    asio::awaitable<http::Response> answer(http::Request request) override;

  private:
    using Caller = api::Caller;
    using Work = api::Work;
    using Fixed = api::Fixed<Console>;
    static std::span<const Fixed> fixed();

    [[nodiscard]] Caller caller_of(const http::Request& request) const;
    asio::awaitable<http::Response> answer_api(const http::Request& request);
    asio::awaitable<http::Response> answer_events(const Caller& caller);
    http::Response answer_action(const Caller& caller, const api::Asked& asked);
    /// Refuses in the words of the console's routes.
    [[nodiscard]] http::Response refused(const Error& error,
                                         Lang lang,
                                         const action::Json& beside = action::Json::object()) const;
    [[nodiscard]] std::optional<http::Response> forged(const Caller& caller) const;
    Workplace place();
    action::Outcome carry_out(const Caller& caller, const Action& action, Inputs inputs);

    // Each of its own path.
    http::Response health(const Caller& caller);
    http::Response list_actions(const Caller& caller);
    http::Response show_schema(const Caller& caller);
    http::Response show_openapi(const Caller& caller);
    // sign_in_pages.cpp
    http::Response begin_session(const Caller& caller);
    http::Response show_session(const Caller& caller);
    http::Response end_session(const Caller& caller);
    http::Response list_sessions(const Caller& caller);
    http::Response end_one_session(const Caller& caller);
    http::Response set_password(const Caller& caller);
    http::Response reset_by_link(const Caller& caller);
    http::Response offer_factor(const Caller& caller);
    http::Response confirm_factor(const Caller& caller);

    ConsoleOptions options_;
    api::Routes routes_;
    http::Assets assets_;
    std::string cookie_;
    std::atomic<bool> is_stopping_{false};
    /// Digests of secrets that were good a moment ago: who has one may send something large.
    std::set<Digest> known_;
    // Last: what runs on them uses everything above.
    asio::thread_pool ordinary_;
    asio::thread_pool urgent_;
    asio::thread_pool dear_;
    asio::thread_pool news_;
    Feed feed_;
};

}  // namespace dossier::server
