// Signing in and what belongs to it, over HTTP.
#include <charconv>

#include "common/api/forgery.hpp"
#include "common/api/qr.hpp"
#include "common/http/cookies.hpp"

#include "server/actions/sign_in.hpp"
#include "server/web/console.hpp"

namespace dossier::server {
namespace {

using action::Json;
using http::Response;

/// The texts of a flat JSON object; nothing when the body is none.
std::optional<Json> said_object(const http::Request& request) {
    auto document = Json::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    return document;
}

std::string text_of(const Json& document, const char* key) {
    const auto at = document.find(key);
    return at != document.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::string_view word(Need need) {
    switch (need) {
        case Need::Password:
            return "password";
        case Need::SecondFactor:
            return "second_factor";
        case Need::Nothing:
            break;
    }
    return "";
}

Json session_document(const SignedIn& who, std::string_view token) {
    return {{"id", who.number},
            {"user", who.login},
            {"user_id", to_text(who.user)},
            {"name", who.name},
            {"role", who.roles.empty() ? "" : who.roles.front()},
            {"roles", who.roles},
            {"region", who.region},
            {"clearance", who.clearance},
            {"csrf", api::page_token(token)},
            {"expires", iso_utc(who.ends_at)},
            {"idle_minutes", kSignInIdle.count()},
            {"needs", word(who.needs)},
            {"second_factor", who.has_factor},
            {"recovery_codes", who.recovery_codes},
            {"agreement", who.has_promised}};
}

Json ok_document() {
    return {{"ok", true}};
}

}  // namespace

Response Console::begin_session(const Caller& caller) {
    const auto body = said_object(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    SaidWho said{.login = text_of(*body, "user"),
                 .password = text_of(*body, "password"),
                 .code = text_of(*body, "code"),
                 .agrees = std::nullopt,
                 .address = caller.request.peer};
    if (const auto at = body->find("agreement"); at != body->end() && at->is_boolean())
        said.agrees = at->get<bool>();
    auto here = place();
    const auto made = sign_in(here, said);
    if (!made && made.error().is(kWaitFirst))
        return refused(made.error(), caller.lang,
                       {{"seconds", std::stoi(made.error().args.at(0))}});
    if (!made && made.error().is(kNeedsAgreement))
        return refused(made.error(), caller.lang,
                       {{"agreement", agreement().text.in(caller.lang)},
                        {"edition", agreement().edition},
                        {"required", made.error().args.at(0) == "required"}});
    if (!made) return refused(made.error(), caller.lang);
    const auto& [who, token] = *made;
    auto response = api::json_response(session_document(who, token));
    response.headers.add("Set-Cookie",
                         http::set_cookie("dossier_session", token, options_.is_tls, kSignInLasts));
    return response;
}

Response Console::show_session(const Caller& caller) {
    auto here = place();
    const auto who = who_is_signed_in(here, caller.token);
    if (!who) return refused(who.error(), caller.lang);
    return api::json_response(session_document(*who, caller.token));
}

Response Console::end_session(const Caller& caller) {
    auto here = place();
    const auto ended = sign_out(here, caller.token);
    auto response = ended ? api::json_response(ok_document()) : refused(ended.error(), caller.lang);
    response.headers.add("Set-Cookie", http::forget_cookie("dossier_session", options_.is_tls));
    return response;
}

Response Console::list_sessions(const Caller& caller) {
    auto here = place();
    const auto rows = own_sign_ins(here, caller.token);
    if (!rows) return refused(rows.error(), caller.lang);
    const Digest present = sign_in_digest(caller.token);
    auto list = Json::array();
    for (const SignInRow& row : *rows)
        list.push_back({{"id", row.number},
                        {"began_at", iso_utc(row.began_at)},
                        {"seen_at", iso_utc(row.seen_at)},
                        {"ends_at", iso_utc(row.ends_at)},
                        {"address", row.address},
                        {"present", row.token == present}});
    return api::json_response(list);
}

Response Console::end_one_session(const Caller& caller) {
    const auto& path = caller.request.target.path;
    const auto digits = path.substr(path.rfind('/') + 1);
    std::uint64_t number = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end)
        return refused({&kUnknownSignIn, {}}, caller.lang);
    auto here = place();
    const auto ended = end_own_sign_in(here, caller.token, number);
    return ended ? api::json_response(ok_document()) : refused(ended.error(), caller.lang);
}

Response Console::set_password(const Caller& caller) {
    const auto body = said_object(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    auto here = place();
    const auto changed = change_password(here, caller.token, caller.request.peer,
                                         text_of(*body, "old"), text_of(*body, "new"));
    return changed ? api::json_response(ok_document()) : refused(changed.error(), caller.lang);
}

Response Console::reset_by_link(const Caller& caller) {
    const auto body = said_object(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    auto here = place();
    const auto done = reset_password(here, text_of(*body, "token"), text_of(*body, "new"));
    return done ? api::json_response(ok_document()) : refused(done.error(), caller.lang);
}

Response Console::offer_factor(const Caller& caller) {
    const auto body = said_object(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    auto here = place();
    const auto offered = offer_second_factor(here, caller.token, text_of(*body, "code"));
    if (!offered) return refused(offered.error(), caller.lang);
    return api::json_response({{"secret", offered->secret},
                               {"uri", offered->uri},
                               {"qr", api::qr_picture(offered->uri)}});
}

Response Console::confirm_factor(const Caller& caller) {
    const auto body = said_object(caller.request);
    if (!body) return refused({&api::kBodyUnreadable, {}}, caller.lang);
    auto here = place();
    const auto codes = confirm_second_factor(here, caller.token, text_of(*body, "code"));
    if (!codes) return refused(codes.error(), caller.lang);
    return api::json_response({{"recovery", *codes}});
}

}  // namespace dossier::server
