#include "common/api/replies.hpp"

#include <algorithm>
#include <array>

#include "common/base/told.hpp"

namespace dossier::api {
namespace {

using action::Json;
using http::StatusCode;

constexpr std::string_view kJsonType = "application/json; charset=utf-8";
constexpr std::string_view kBytesType = "application/octet-stream";

std::string text_of_document(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Every text of a document, changed in place.
template <class Change>
void change_texts(Json& document, const Change& change) {
    if (document.is_string()) {
        change(document.get_ref<std::string&>());
    } else if (document.is_structured()) {
        for (Json& each : document) change_texts(each, change);
    }
}

void remove_all(std::string& from, std::string_view what) {
    for (auto at = from.find(what); at != std::string::npos; at = from.find(what, at))
        from.erase(at, what.size());
}

/// Actions and inputs by what they do, and files by their names alone: where they lay is nobody's
/// business.
void say(const Routes& routes, Json& document, const Said& said, Lang lang) {
    const std::string folder = said.tray ? said.tray->folder() + "/" : std::string();
    change_texts(document, [&](std::string& text) {
        if (!folder.empty()) remove_all(text, folder);
        if (text.find(kActionBegins) != std::string::npos)
            text = say_actions(
                text, [&](std::string_view name) { return routes.words(name, lang, said.action); });
    });
}

std::string_view type_of(std::string_view name) {
    struct Type {
        std::string_view ending;
        std::string_view type;
    };
    constexpr std::array kTypes{
        Type{".csv", "text/csv; charset=utf-8"},
        Type{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        Type{".pdf", "application/pdf"},
        Type{".png", "image/png"},
        Type{".jpg", "image/jpeg"},
        Type{".jpeg", "image/jpeg"}};
    const auto low = http::lower_case(name);
    const auto at =
        std::ranges::find_if(kTypes, [&](const Type& each) { return low.ends_with(each.ending); });
    return at == kTypes.end() ? kBytesType : at->type;
}

/// RFC 6266, 5987: a name in any script.
std::string attachment_named(std::string_view name) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string field = "attachment; filename*=UTF-8''";
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                              (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
        if (is_plain) {
            field.push_back(c);
        } else {
            field.push_back('%');
            field.push_back(kHex[byte >> 4U]);
            field.push_back(kHex[byte & 15U]);
        }
    }
    return field;
}

/// For a page to save, never to be shown in this site's name.
http::Response download(std::string_view name, std::string bytes) {
    auto response = http::text_response(StatusCode::Ok, kBytesType, std::move(bytes));
    response.headers.set("Content-Disposition", attachment_named(name));
    response.headers.set("Content-Security-Policy", "sandbox");
    return response;
}

bool wants_bytes(const http::Request& request) {
    const std::string* accepts = request.header("Accept");
    return accepts != nullptr && accepts->find(kBytesType) != std::string::npos;
}

Json refusal_document(const Routes& routes, const Error& error, Lang lang) {
    action::Outcome outcome{.answer = action::Answer(lang)};
    action::refuse(outcome, error);
    Json document = action::to_json(outcome);
    say(routes, document, {}, lang);
    return document;
}

}  // namespace

Json spoken(const Routes& routes, Json document, Lang lang) {
    say(routes, document, {}, lang);
    return document;
}

http::Response json_response(const Json& document, StatusCode status) {
    return http::text_response(status, kJsonType, text_of_document(document));
}

http::Response refused(const Routes& routes, const Error& error, Lang lang) {
    return refused(routes, error, lang, Json::object());
}

http::Response refused(const Routes& routes, const Error& error, Lang lang, const Json& beside) {
    Json document = refusal_document(routes, error, lang);
    for (const auto& [key, value] : beside.items()) document["refusal"][key] = value;
    auto response = json_response(document, http::status_of(error.code()));
    if (error.code() == ErrorCode::TooOften)
        response.headers.set("Retry-After", error.args.empty() ? "1" : error.args.front());
    return response;
}

http::Response reply(const Routes& routes,
                     const action::Outcome& outcome,
                     const Said& said,
                     const http::Request& request) {
    auto bytes = said.written.empty() ? std::nullopt : said.tray->read(said.written);
    if (bytes && !outcome.refusal && wants_bytes(request))
        return download(said.written, std::move(*bytes));
    Json document = action::to_json(outcome);
    if (bytes) {
        if (!document["data"].is_object()) document["data"] = Json::object();
        document["data"]["file"] = {
            {"name", said.written}, {"type", type_of(said.written)}, {"data", to_base64(*bytes)}};
    }
    say(routes, document, said, outcome.answer.lang);
    return json_response(
        document, outcome.refusal ? http::status_of(outcome.refusal->error) : StatusCode::Ok);
}

}  // namespace dossier::api
