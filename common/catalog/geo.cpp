#include "common/catalog/geo.hpp"

#include <array>

#include "common/catalog/number_text.hpp"

namespace dossier::catalog {
namespace {

constexpr std::int64_t kDegree = 1'000'000;

bool is_on_earth(const Geo& place) {
    return place.latitude >= -90 * kDegree && place.latitude <= 90 * kDegree &&
           place.longitude >= -180 * kDegree && place.longitude <= 180 * kDegree;
}

std::optional<Geo> geo_from(std::string_view text, std::size_t split, int decimals) {
    if (split == std::string_view::npos) return std::nullopt;
    const auto latitude = number_from(text.substr(0, split), decimals);
    const auto longitude = number_from(text.substr(split + 1), decimals);
    if (!latitude || !longitude) return std::nullopt;
    const Geo place{*latitude, *longitude};
    return is_on_earth(place) ? std::optional(place) : std::nullopt;
}

/// Six places after the point, no thousands separators.
std::string degrees_of(std::int64_t millionths) {
    std::string text = number_text(millionths, 6);
    std::erase(text, ',');
    return text;
}

}  // namespace

std::optional<Geo> geo_from_stored(std::string_view text) {
    if (text.find('.') != std::string_view::npos) return std::nullopt;
    return geo_from(text, text.find(','), 0);
}

std::string stored_geo(const Geo& place) {
    return std::to_string(place.latitude) + ',' + std::to_string(place.longitude);
}

std::optional<Geo> geo_from_typed(std::string_view text) {
    std::string joined(text);
    for (const std::string_view gap : {", ", " ,", " "}) {
        const auto at = joined.find(gap);
        if (at != std::string::npos) joined.replace(at, gap.size(), ",");
    }
    // Whole numbers that fit on a globe are degrees; larger ones are millionths already.
    const auto as_degrees = geo_from(joined, joined.find(','), 6);
    return as_degrees ? as_degrees : geo_from_stored(joined);
}

std::string degrees(const Geo& place) {
    return degrees_of(place.latitude) + ',' + degrees_of(place.longitude);
}

}  // namespace dossier::catalog
