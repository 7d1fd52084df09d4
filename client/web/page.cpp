#include "client/web/page.hpp"

#include <algorithm>

#include <asio/post.hpp>

#include "common/api/forgery.hpp"
#include "common/api/pages.hpp"
#include "common/api/qr.hpp"
#include "common/http/cookies.hpp"
#include "common/http/on_pool.hpp"

namespace dossier::client {
namespace {

using action::Json;
using http::Method;
using http::Request;
using http::Response;

/// Actions on the store take turns anyway; a sync that is waited for keeps one.
constexpr std::size_t kThreads = 6;
constexpr std::size_t kBodyBytesMax = std::size_t{1} << 20U;
/// A photo or a document of 50 MB, as base64.
constexpr std::size_t kFileBodyBytesMax = std::size_t{72} << 20U;
constexpr std::size_t kOpenBodyBytesMax = std::size_t{8} << 10U;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kBrowsersMax = 64;
constexpr std::int64_t kTokenLastsMs = 10LL * 60 * 1000;
/// Ten times a second while a sync goes on.
constexpr std::chrono::milliseconds kToldEvery{100};

/// The routes are made of this program's rows alone.
const Action& action_of(const api::Asked& asked) {
    return static_cast<const Action&>(*asked.route->action);
}

bool names_folder(const Action& action) {
    return std::ranges::any_of(action.inputs,
                               [](const Input& input) { return input.means == Means::Folder; });
}

AskedBy asked_by(const Request& request) {
    return request.header("X-Background") == nullptr ? AskedBy::Person : AskedBy::Page;
}

/// A text of a flat JSON object; empty when it is not there.
std::string text_of(const Json& document, const char* key) {
    const auto at = document.find(key);
    return at != document.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<Json> object_in(const Request& request) {
    auto document = Json::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    return document;
}

std::string_view word(VaultIs vault) {
    return vault == VaultIs::None ? "none" : vault == VaultIs::Locked ? "locked" : "open";
}

http::Event event_of(std::string name, const Json& data) {
    return {.name = std::move(name),
            .data = data.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

}  // namespace

api::Routes laptop_routes() {
    std::vector<api::Offer> offers;
    for (const Action* action : actions())
        offers.push_back({.action = action,
                          .about = action->about,
                          .reads = action->needs == Needs::Reading,
                          .is_shown = action->run != nullptr && !names_folder(*action)});
    return api::Routes(std::move(offers));
}

Page::Page(PageOptions options)
    : options_(std::move(options)),
      routes_(laptop_routes()),
      assets_(options_.assets),
      pace_(options_.loop),
      pool_(kThreads) {}

Page::~Page() {
    pool_.join();
}

void Page::serve_at(std::uint16_t port) {
    cookie_ = "dossier_laptop_" + std::to_string(port);
}

std::string Page::new_token() {
    Bytes secret(kSecretBytes);
    options_.random.fill(secret);
    const auto token = to_hex(secret);
    const std::lock_guard lock(mutex_);
    std::erase_if(
        tokens_, [now = options_.clock.ticks_ms()](const auto& each) { return each.second < now; });
    tokens_.emplace(token, options_.clock.ticks_ms() + kTokenLastsMs);
    return token;
}

bool Page::spend_token(std::string_view token) {
    const std::lock_guard lock(mutex_);
    const auto at = tokens_.find(token);
    if (at == tokens_.end()) return false;
    const bool is_good = at->second >= options_.clock.ticks_ms();
    tokens_.erase(at);
    return is_good;
}

// ---- open pages -----------------------------------------------------------------------------

void Page::tell(bool records) {
    if (records) records_changed_ = true;
    asio::post(options_.loop, [this] {
        if (is_telling_ || is_stopping_ || readers_.empty()) return;
        is_telling_ = true;
        pace_.expires_after(kToldEvery);
        pace_.async_wait([this](const std::error_code& stopped) {
            is_telling_ = false;
            if (!stopped) deliver();
        });
    });
}

Json Page::state_in(Lang lang) const {
    return api::spoken(routes_, options_.keeper.state(lang), lang);
}

void Page::deliver() {
    const bool records = records_changed_.exchange(false);
    const bool is_over = options_.keeper.vault() != VaultIs::Open;
    // A reader that has gone leaves the list while it is told.
    const auto readers = readers_;
    for (const Reader& reader : readers) {
        reader.events->post(event_of("state", state_in(reader.lang)));
        if (is_over) {
            reader.events->post(event_of("over", Json::object()));
        } else if (records) {
            reader.events->post(event_of("changed", {{"kind", "*"}, {"id", nullptr}}));
        }
    }
}

void Page::stop() {
    is_stopping_ = true;
    pace_.cancel();
    const auto readers = std::exchange(readers_, {});
    for (const Reader& reader : readers) reader.events->end();
}

Response Page::answer_events(const Caller& caller) {
    Response response;
    response.events = std::make_shared<http::Events>("laptop");
    response.headers.set("Content-Type", "text/event-stream");
    auto* events = response.events.get();
    events->on_gone([this, events] {
        std::erase_if(readers_, [&](const Reader& each) { return each.events.get() == events; });
    });
    events->post(event_of("state", state_in(caller.lang)));
    readers_.push_back({response.events, caller.lang});
    return response;
}

// ---- who asks -------------------------------------------------------------------------------

Page::Caller Page::caller_of(const Request& request) const {
    return {request, http::cookie_sent(request.headers, cookie_).value_or(""),
            api::lang_of(request)};
}

std::optional<Page::Known> Page::known(const std::string& token) const {
    const std::lock_guard lock(mutex_);
    const auto at = known_.find(token);
    return at == known_.end() ? std::nullopt : std::optional(at->second);
}

Response Page::refused(const Error& error, Lang lang) const {
    Json beside = Json::object();
    if (error.is(kAgentWait)) beside["seconds"] = std::stoi(error.args.at(0));
    return api::refused(routes_, error, lang, beside);
}

/// The page knows by it which form to show.
Response Page::unknown(const Caller& caller) const {
    return api::refused(routes_, {&kUnknownBrowser, {}}, caller.lang,
                        {{"vault", word(options_.keeper.vault())}});
}

/// A cookie goes to every port of this machine, so another user's server may have been sent it.
std::optional<Response> Page::turned_away(const Caller& caller) const {
    const bool is_own = options_.is_own(caller.request.user);
    if (!is_own || !known(caller.token)) return unknown(caller);
    if (api::is_forged(caller.request, caller.token))
        return refused({&api::kForged, {}}, caller.lang);
    return std::nullopt;
}

tl::expected<std::size_t, Response> Page::admit(const Request& head) {
    const auto caller = caller_of(head);
    if (!known(caller.token)) return kOpenBodyBytesMax;
    const auto asked = routes_.find(head.target.path);
    return asked && api::takes_file(*asked) ? kFileBodyBytesMax : kBodyBytesMax;
}

// ---- requests -------------------------------------------------------------------------------

asio::awaitable<Response> Page::answer(Request request) {
    if (!request.target.path.starts_with("/api/")) co_return api::answer_page(assets_, request);
    co_return co_await answer_api(request);
}

asio::awaitable<Response> Page::answer_api(const Request& request) {
    const Caller caller = caller_of(request);
    const auto found = api::find_fixed(fixed(), request);
    if (found.row != nullptr) {
        if (found.row->handler != &Page::health && !options_.is_own(request.user))
            co_return unknown(caller);
        if (!found.row->is_open) {
            if (auto away = turned_away(caller)) co_return std::move(*away);
            if (!is_told_locked(*found.row) && options_.keeper.vault() != VaultIs::Open)
                co_return refused({&kAgentLocked, {}}, caller.lang);
        }
        Work work = [this, &caller, handler = found.row->handler] {
            return (this->*handler)(caller);
        };
        co_return co_await http::on_pool(pool_, std::move(work));
    }
    // Whoever is unknown does not learn what there is.
    if (auto away = turned_away(caller)) co_return std::move(*away);
    if (request.target.path == "/api/v1/events" && is_safe(request.method))
        co_return answer_events(caller);
    const auto asked = api::asked_in(routes_, request, found.is_path);
    if (!asked) co_return refused({asked.error(), {}}, caller.lang);
    Work work = [this, &caller, &asked] { return answer_action(caller, *asked); };
    co_return co_await http::on_pool(pool_, std::move(work));
}

Response Page::answer_action(const Caller& caller, const api::Asked& asked) {
    if (options_.keeper.vault() != VaultIs::Open) return refused({&kAgentLocked, {}}, caller.lang);
    auto said = api::said_in(caller.request, asked, options_.scratch);
    if (!said) return refused(said.error(), caller.lang);
    const auto& action = action_of(asked);
    // Where no file came, no name leads to one.
    const auto folder = said->tray ? said->tray->folder() : options_.scratch + "/none";
    const Order order{.action = &action,
                      .inputs = action::named_from(folder, action, std::move(said->inputs)),
                      .lang = caller.lang};
    const auto outcome = options_.keeper.carry_out(order, asked_by(caller.request));
    return api::reply(routes_, outcome, *said, caller.request);
}

// ---- of their own path ----------------------------------------------------------------------

Response Page::health(const Caller&) {
    return api::json_response({{"ok", true}});
}

Response Page::list_actions(const Caller& caller) {
    return api::json_response(
        api::actions_document(routes_, caller.lang, [](const action::Action&) { return true; }));
}

Response Page::show_schema(const Caller& caller) {
    return api::json_response(api::schema_document(caller.lang));
}

Response Page::show_openapi(const Caller& caller) {
    return api::json_response(api::openapi_document(routes_, caller.lang));
}

Response Page::session_response(const Known& known) const {
    return api::json_response({{"csrf", known.csrf},
                               {"vault", word(options_.keeper.vault())},
                               {"idle_minutes", kIdleMinutes}});
}

/// A browser that has shown who it is; one that is known keeps its secret.
Response Page::let_in(const Caller& caller) {
    if (const auto there = known(caller.token)) return session_response(*there);
    Bytes secret(kSecretBytes);
    options_.random.fill(secret);
    const auto token = to_hex(secret);
    const Known made{api::page_token(token)};
    {
        const std::lock_guard lock(mutex_);
        if (known_.size() >= kBrowsersMax) known_.clear();
        known_.emplace(token, made);
    }
    auto response = session_response(made);
    response.headers.add("Set-Cookie", http::set_cookie(cookie_, token, false));
    return response;
}

Response Page::begin_session(const Caller& caller) {
    const auto body = object_in(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    if (body->contains("token")) {
        if (!spend_token(text_of(*body, "token")))
            return api::refused(routes_, {&kWrongToken, {}}, caller.lang,
                                {{"vault", word(options_.keeper.vault())}});
        options_.on_let_in();
        return let_in(caller);
    }
    if (auto opened = options_.keeper.unlock(text_of(*body, "passphrase")); !opened)
        return refused(opened.error(), caller.lang);
    return let_in(caller);
}

Response Page::show_session(const Caller& caller) {
    const auto there = known(caller.token);
    return there ? session_response(*there) : unknown(caller);
}

Response Page::make_vault(const Caller& caller) {
    const auto body = object_in(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    if (auto made = options_.keeper.make_vault(text_of(*body, "passphrase")); !made)
        return refused(made.error(), caller.lang);
    return let_in(caller);
}

Response Page::lock(const Caller&) {
    options_.keeper.lock();
    return api::json_response({{"ok", true}});
}

Response Page::change_passphrase(const Caller& caller) {
    const auto body = object_in(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    const auto done =
        options_.keeper.change_passphrase(text_of(*body, "old"), text_of(*body, "new"));
    if (!done) return refused(done.error(), caller.lang);
    // Whoever was let in by the former words comes anew.
    const std::lock_guard lock(mutex_);
    std::erase_if(known_, [&](const auto& each) { return each.first != caller.token; });
    return api::json_response({{"ok", true}});
}

Response Page::show_state(const Caller& caller) {
    auto state = state_in(caller.lang);
    const auto fingerprint = text_of(state, "fingerprint");
    if (!fingerprint.empty()) state["qr"] = api::qr_picture(fingerprint);
    return api::json_response(state);
}

/// What the page of a locked laptop shows and does; the rest tells what the program can.
bool Page::is_told_locked(const Fixed& row) {
    return row.is_open || row.handler == &Page::make_vault || row.handler == &Page::lock ||
           row.handler == &Page::show_state;
}

std::span<const Page::Fixed> Page::fixed() {
    static constexpr std::array kAll{
        Fixed{Method::Get, "/api/v1/health", &Page::health, false, true},
        Fixed{Method::Get, "/api/v1/actions", &Page::list_actions},
        Fixed{Method::Get, "/api/v1/schema", &Page::show_schema},
        Fixed{Method::Get, "/api/v1/openapi.json", &Page::show_openapi},
        Fixed{Method::Post, "/api/v1/session", &Page::begin_session, true, true},
        Fixed{Method::Get, "/api/v1/session", &Page::show_session, false, true},
        Fixed{Method::Post, "/api/v1/session/vault", &Page::make_vault, true},
        Fixed{Method::Post, "/api/v1/lock", &Page::lock},
        Fixed{Method::Post, "/api/v1/passphrase", &Page::change_passphrase, true},
        Fixed{Method::Get, "/api/v1/state", &Page::show_state},
    };
    return kAll;
}

}  // namespace dossier::client
