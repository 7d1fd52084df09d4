// Cookies: one that was sent, strictly read, and the fields that set and take one back. Only
// sessions are kept in them, so each is for this host alone, for no script and for no other site's
// page. Source: RFC 6265, 4.1.1; 6265bis, 4.1.3.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/http/headers.hpp"

namespace dossier::http {

/// The name the browser knows it by: "__Host-NAME" with TLS, where no other host and no page
/// without TLS can set it. Without TLS browsers share cookies among all ports of a host: there the
/// name should tell the programs of one machine apart.
std::string cookie_name(std::string_view name, bool is_tls);

/// The value of the one cookie whose full name this is. Nothing when there is none, when its value
/// holds what a cookie cannot, and when there are two: one of them was put there by somebody else.
std::optional<std::string> cookie_sent(std::span<const Header> headers, std::string_view full_name);

/// What `Set-Cookie` is to be: HttpOnly, SameSite=Strict, Path=/, with TLS Secure. Without
/// `lasts` until the browser is closed. Throws HeaderRefused for a name or value that is none.
std::string set_cookie(std::string_view name,
                       std::string_view value,
                       bool is_tls,
                       std::optional<std::chrono::seconds> lasts = {});
/// What `Set-Cookie` is to be for the browser to forget it.
std::string forget_cookie(std::string_view name, bool is_tls);

}  // namespace dossier::http
