// Judges the head of a request before its body is read or anything of it is believed: one pure
// function for what is written wrongly, one for what another site's page asks for. What the parser
// of the library takes, though two readers could take it for different requests, is refused here:
// lengths told twice or in two ways, and codings it does not know. After a refusal the connection
// is closed, for nobody knows where the next request would begin. Source: RFC 9110, 9112.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/http/head.hpp"
#include "common/http/limits.hpp"
#include "common/http/status.hpp"

namespace dossier::http {

struct Refusal {
    StatusCode status;
    const Fault* why;
    bool operator==(const Refusal&) const = default;
};

enum class Scheme : unsigned char { Http, Https };

/// What a request is held against.
struct Rules {
    /// "name:port", lower case, each as `host_and_port` gives it. A request that names another
    /// host is refused: a foreign name that resolves to this machine (DNS rebinding) opens nothing.
    std::vector<std::string> hosts;
    Scheme scheme = Scheme::Http;
    Limits limits = {};
};

/// "80" or "443".
std::string_view default_port(Scheme scheme);
/// "Name", "Name:8443" or "[::1]:8443" as "name:port", with `port` where none is written. Errors:
/// nullopt for what is no host with a port.
std::optional<std::string> host_and_port(std::string_view text, std::string_view port);

/// Why the head is refused, the first reason in a fixed order; nothing when it may be believed.
std::optional<Refusal> refusal_of(const Head& head, const Rules& rules);

/// Why a request that changes something is refused for where it comes from: an Origin that is not
/// the host asked, "null" included, or a Sec-Fetch-Site that is not same-origin: 403. One without
/// either is let through: no browser sends it, and only a browser adds somebody's cookies to what
/// another page asks for. Only for heads `refusal_of` lets through.
std::optional<Refusal> cross_site_refusal_of(const Head& head, const Rules& rules);

}  // namespace dossier::http
