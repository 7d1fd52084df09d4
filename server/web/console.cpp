#include "server/web/console.hpp"

#include <algorithm>

#include <asio/this_coro.hpp>

#include "common/api/forgery.hpp"
#include "common/api/pages.hpp"
#include "common/crypto/password.hpp"
#include "common/http/cookies.hpp"
#include "common/http/on_pool.hpp"

#include "server/actions/offered.hpp"
#include "server/actions/perform.hpp"
#include "server/actions/sign_in.hpp"

namespace dossier::server {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::StatusCode;

/// As many actions at once as the control socket takes; urgent ones and passwords wait for none of
/// them.
constexpr std::size_t kOrdinaryThreads = 8;
constexpr std::size_t kUrgentThreads = 2;
/// 64 MiB each while a password is tried.
constexpr std::size_t kDearThreads = 2;

constexpr std::size_t kBodyBytesMax = std::size_t{1} << 20U;
/// Of who is signed in, where a file is sent: as base64.
constexpr std::size_t kFileBodyBytesMax = std::size_t{48} << 20U;
constexpr std::size_t kSignInBytesMax = std::size_t{8} << 10U;
constexpr std::size_t kKnownMax = 4096;

/// The routes are made of this program's rows alone.
const Action& action_of(const api::Asked& asked) {
    return static_cast<const Action&>(*asked.route->action);
}

}  // namespace

api::Routes office_routes() {
    std::vector<api::Offer> offers;
    for (const Action* action : actions())
        offers.push_back({.action = action,
                          .about = action->about,
                          .reads = action->does == Does::Reads,
                          .is_shown = action->runs != Runs::Here && action->does != Does::Machine});
    return api::Routes(std::move(offers));
}

Console::Console(ConsoleOptions options)
    : options_(std::move(options)),
      routes_(office_routes()),
      assets_(options_.assets),
      cookie_(http::cookie_name("dossier_session", options_.is_tls)),
      ordinary_(kOrdinaryThreads),
      urgent_(kUrgentThreads),
      dear_(kDearThreads),
      news_(1),
      feed_([this] { return place(); }, options_.clock, news_) {
    // Made once, and not while somebody waits.
    crypto::nobodys_verifier();
}

Console::~Console() {
    is_stopping_ = true;
    for (auto* pool : {&news_, &dear_, &urgent_, &ordinary_}) pool->join();
}

void Console::stop() {
    is_stopping_ = true;
    feed_.stop();
}

Workplace Console::place() {
    Workplace made = options_.place();
    made.is_wanted = [this] { return !is_stopping_; };
    return made;
}

Console::Caller Console::caller_of(const Request& request) const {
    return {request, http::cookie_sent(request.headers, cookie_).value_or(""),
            api::lang_of(request)};
}

tl::expected<std::size_t, Response> Console::admit(const Request& head) {
    const auto& path = head.target.path;
    const auto caller = caller_of(head);
    if (caller.token.empty()) return kSignInBytesMax;
    const auto asked = routes_.find(path);
    const bool is_known = known_.contains(sign_in_digest(caller.token));
    return asked && api::takes_file(*asked) && is_known ? kFileBodyBytesMax : kBodyBytesMax;
}

asio::awaitable<Response> Console::answer(Request request) {
    if (!request.target.path.starts_with("/api/")) co_return api::answer_page(assets_, request);
    co_return co_await answer_api(request);
}

Response Console::refused(const Error& error, Lang lang, const action::Json& beside) const {
    return api::refused(routes_, error, lang, beside);
}

/// One stream a page. Who is only watching is not at work: nothing here keeps him signed in.
asio::awaitable<Response> Console::answer_events(const Caller& caller) {
    std::optional<SignedIn> who;
    Work look = [this, &caller, &who] {
        auto here = place();
        const auto found = who_is_signed_in(here, caller.token);
        if (!found) return refused(found.error(), caller.lang);
        if (found->needs == Need::Password) return refused({&kNeedsPassword, {}}, caller.lang);
        if (found->needs == Need::SecondFactor) return refused({&kNeedsFactor, {}}, caller.lang);
        who = *found;
        return http::Response{};
    };
    auto response = co_await http::on_pool(ordinary_, std::move(look));
    if (!who) co_return response;
    response.events = std::make_shared<http::Events>(who->login);
    response.headers.set("Content-Type", "text/event-stream");
    // Named before it is used: g++ 12 destroys temporaries beside a co_await twice.
    const auto loop = co_await asio::this_coro::executor;
    feed_.join({.events = response.events, .token = caller.token, .user = who->user}, loop);
    co_return response;
}

std::optional<Response> Console::forged(const Caller& caller) const {
    if (!api::is_forged(caller.request, caller.token)) return std::nullopt;
    return refused({&api::kForged, {}}, caller.lang);
}

asio::awaitable<Response> Console::answer_api(const Request& request) {
    const Caller caller = caller_of(request);
    const auto found = api::find_fixed(fixed(), request);
    if (found.row != nullptr) {
        if (!found.row->is_open && caller.token.empty())
            co_return refused({&kSignInOver, {}}, caller.lang);
        if (!found.row->is_open) {
            if (auto forgery = forged(caller)) co_return std::move(*forgery);
        }
        Work work = [this, &caller, handler = found.row->handler] {
            return (this->*handler)(caller);
        };
        co_return co_await http::on_pool(found.row->is_dear ? dear_ : ordinary_, std::move(work));
    }
    const auto& path = request.target.path;
    if (path == "/api/v1/events" && is_safe(request.method) && !caller.token.empty())
        co_return co_await answer_events(caller);
    const auto asked = api::asked_in(routes_, request, found.is_path);
    if (!asked) co_return refused({asked.error(), {}}, caller.lang);
    if (caller.token.empty()) co_return refused({&kSignInOver, {}}, caller.lang);
    if (auto forgery = forged(caller)) co_return std::move(*forgery);
    auto& pool = action_of(*asked).runs == Runs::AtOnce ? urgent_ : ordinary_;
    Work work = [this, &caller, &asked] { return answer_action(caller, *asked); };
    auto response = co_await http::on_pool(pool, std::move(work));
    if (response.status == StatusCode::Ok) {
        if (known_.size() >= kKnownMax) known_.clear();
        known_.insert(sign_in_digest(caller.token));
    }
    co_return response;
}

Response Console::answer_action(const Caller& caller, const api::Asked& asked) {
    auto said = api::said_in(caller.request, asked, options_.scratch);
    if (!said) return refused(said.error(), caller.lang);
    const auto purpose = api::purpose_of(caller.request);
    if (!purpose) return refused({&api::kWrongPurpose, {}}, caller.lang);
    Order order{.action = &action_of(asked),
                .inputs = said->inputs,
                .as = {},
                .purpose = *purpose,
                .lang = caller.lang,
                // Where no file came, no name leads to one.
                .start = said->tray ? said->tray->folder() : options_.scratch + "/none",
                .sign_in = sign_in_digest(caller.token)};
    auto here = place();
    return api::reply(routes_, perform(order, here), *said, caller.request);
}

action::Outcome Console::carry_out(const Caller& caller, const Action& action, Inputs inputs) {
    auto here = place();
    return perform({.action = &action,
                    .inputs = std::move(inputs),
                    .lang = caller.lang,
                    .sign_in = sign_in_digest(caller.token)},
                   here);
}

// ---- what is derived ------------------------------------------------------------------------

Response Console::health(const Caller&) {
    return api::json_response({{"ok", true}});
}

Response Console::list_actions(const Caller& caller) {
    auto here = place();
    const auto who = who_is_signed_in(here, caller.token);
    if (!who) return refused(who.error(), caller.lang);
    std::vector<access::Role> roles;
    for (const auto& code : who->roles) {
        if (const auto role = access::role_from(code)) roles.push_back(*role);
    }
    return api::json_response(
        api::actions_document(routes_, caller.lang, [&](const action::Action& action) {
            return is_offered(static_cast<const Action&>(action), roles);
        }));
}

Response Console::show_schema(const Caller& caller) {
    auto here = place();
    const auto who = who_is_signed_in(here, caller.token);
    if (!who) return refused(who.error(), caller.lang);
    return api::json_response(api::schema_document(caller.lang));
}

Response Console::show_openapi(const Caller& caller) {
    auto here = place();
    const auto who = who_is_signed_in(here, caller.token);
    if (!who) return refused(who.error(), caller.lang);
    return api::json_response(api::openapi_document(routes_, caller.lang));
}

std::span<const Console::Fixed> Console::fixed() {
    static constexpr std::array kAll{
        Fixed{Method::Get, "/api/v1/health", &Console::health, false, true},
        Fixed{Method::Get, "/api/v1/actions", &Console::list_actions},
        Fixed{Method::Get, "/api/v1/schema", &Console::show_schema},
        Fixed{Method::Get, "/api/v1/openapi.json", &Console::show_openapi},
        Fixed{Method::Post, "/api/v1/session", &Console::begin_session, true, true},
        Fixed{Method::Get, "/api/v1/session", &Console::show_session},
        Fixed{Method::Delete, "/api/v1/session", &Console::end_session},
        Fixed{Method::Get, "/api/v1/sessions", &Console::list_sessions},
        Fixed{Method::Delete, "/api/v1/sessions/", &Console::end_one_session},
        Fixed{Method::Post, "/api/v1/session/password", &Console::set_password, true},
        Fixed{Method::Post, "/api/v1/session/reset", &Console::reset_by_link, true, true},
        Fixed{Method::Post, "/api/v1/session/second-factor", &Console::offer_factor},
        Fixed{Method::Put, "/api/v1/session/second-factor", &Console::confirm_factor},
    };
    return kAll;
}

}  // namespace dossier::server
