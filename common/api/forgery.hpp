// Another site's page can make a browser send its cookie along, but cannot read it: what is derived
// from it tells a page of this site. Source: OWASP CSRF prevention, signed double submit.
#pragma once

#include <string>
#include <string_view>

#include "common/http/request.hpp"

namespace dossier::api {

/// What a page sends as X-CSRF-Token with whatever changes something; `secret` = the browser's.
std::string page_token(std::string_view secret);

/// Whether a request that changes something lacks it, or carries another's.
bool is_forged(const http::Request& request, std::string_view secret);

}  // namespace dossier::api
