// The date of an answer as HTTP writes it.
#pragma once

#include <string>

#include "common/time/clock.hpp"

namespace dossier::http {

/// "Mon, 02 Mar 2026 06:05:00 GMT". Source: RFC 9110, 5.6.7.
std::string http_date(Instant instant);

}  // namespace dossier::http
