#include "common/http/cookies.hpp"

#include <algorithm>

namespace dossier::http {
namespace {

/// RFC 6265: visible ASCII but for the quote, the comma, the semicolon and the backslash.
bool is_cookie_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7F && std::string_view("\",;\\").find(c) == std::string_view::npos;
    });
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// Calls `see(name, value)` for each pair of a Cookie field.
template <class See>
void for_each_pair(std::string_view field, See see) {
    while (!field.empty()) {
        const std::string_view pair = field.substr(0, field.find(';'));
        field.remove_prefix(std::min(pair.size() + 1, field.size()));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        see(trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1)));
    }
}

}  // namespace

std::string cookie_name(std::string_view name, bool is_tls) {
    return (is_tls ? "__Host-" : "") + std::string(name);
}

std::optional<std::string> cookie_sent(std::span<const Header> headers,
                                       std::string_view full_name) {
    std::optional<std::string> found;
    std::size_t count = 0;
    for (const Header& each : headers) {
        if (!same_word(each.name, "Cookie")) continue;
        for_each_pair(each.value, [&](std::string_view name, std::string_view value) {
            if (name != full_name) return;
            ++count;
            found = std::string(value);
        });
    }
    if (count != 1 || !is_cookie_value(*found)) return std::nullopt;
    return found;
}

std::string set_cookie(std::string_view name,
                       std::string_view value,
                       bool is_tls,
                       std::optional<std::chrono::seconds> lasts) {
    if (!is_token(name) || !is_cookie_value(value))
        throw HeaderRefused("a cookie's name or value that is none");
    std::string text = cookie_name(name, is_tls) + "=" + std::string(value) +
                       "; Path=/; HttpOnly; SameSite=Strict";
    if (is_tls) text += "; Secure";
    if (lasts) text += "; Max-Age=" + std::to_string(lasts->count());
    return text;
}

std::string forget_cookie(std::string_view name, bool is_tls) {
    return set_cookie(name, "", is_tls, std::chrono::seconds(0));
}

}  // namespace dossier::http
