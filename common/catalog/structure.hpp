// Sets, lists and structures as canonical JSON: sorted keys, no spaces, UTF-8 unescaped, whole
// numbers only. The one place of the catalog that reads JSON of unknown origin. Depth, size and
// characters are bounded; equal meaning gives equal bytes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::catalog {

/// Limits of one JSON text: more is refused before anything is built from it.
inline constexpr std::size_t kJsonBytesMax = 2U << 20U;
inline constexpr int kJsonDepthMax = 8;

/// Errors: nullopt for text that is not JSON, too large or deep, has a fraction, a repeated key or
/// a forbidden character.
std::optional<std::string> canonical_json(std::string_view json);
/// The elements of an array, each in canonical JSON. Errors: nullopt as above or no array.
std::optional<std::vector<std::string>> json_elements(std::string_view json);
/// The members of an object, each value in canonical JSON. Errors: nullopt as above or no object.
std::optional<std::map<std::string, std::string>> json_members(std::string_view json);
/// The text of a JSON string. Errors: nullopt as above or no string.
std::optional<std::string> json_text(std::string_view json);
/// Errors: nullopt as above or no whole number that fits.
std::optional<std::int64_t> json_number(std::string_view json);

/// A JSON string of well-formed UTF-8.
std::string json_string(std::string_view text);
/// An array of elements already in canonical JSON, in the given order.
std::string json_array(const std::vector<std::string>& elements);
/// An object of values already in canonical JSON.
std::string json_object(const std::map<std::string, std::string>& members);

}  // namespace dossier::catalog
