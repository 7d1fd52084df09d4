// The laptop's page as it was built into the program (.cmake/pages.cmake).
#pragma once

#include <span>

#include "common/http/assets.hpp"

namespace dossier::client {

/// Empty when the program was built without it.
std::span<const http::Asset> laptop_pages();

}  // namespace dossier::client
