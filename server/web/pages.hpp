// The page of the console as it was built into the program (.cmake/pages.cmake).
#pragma once

#include <span>

#include "common/http/assets.hpp"

namespace dossier::server {

/// Empty when the program was built without it.
std::span<const http::Asset> office_pages();

}  // namespace dossier::server
