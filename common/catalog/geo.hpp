// A place on the map, in millionths of a degree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::catalog {

struct Geo {
    std::int64_t latitude = 0;   ///< 1e-6 degrees, -90 … 90 degrees
    std::int64_t longitude = 0;  ///< 1e-6 degrees, -180 … 180 degrees
};

/// "30279000,120125000": the stored form. Errors: nullopt for anything else or out of range.
std::optional<Geo> geo_from_stored(std::string_view text);
std::string stored_geo(const Geo& place);
/// What people type: degrees ("30.279,120.125", "30.279 120.125") or the stored form.
std::optional<Geo> geo_from_typed(std::string_view text);
/// "30.279000,120.125000".
std::string degrees(const Geo& place);

}  // namespace dossier::catalog
