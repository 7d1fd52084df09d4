// Countries and provincial divisions: the only place names the program knows by itself.
#pragma once

#include <optional>
#include <string_view>

#include "common/base/text.hpp"

namespace dossier::catalog {

/// True for a two-letter code of ISO 3166-1, upper case.
bool is_country(std::string_view code);

/// Two-letter code of a country by its Chinese, English or other usual name, or by a code of two or
/// three letters, in any case. nullopt for another name. Source: ISO 3166-1, Unicode CLDR.
std::optional<std::string_view> country_code(std::string_view name);

/// Usual name of a country's two-letter code in a language; nullopt for another code.
std::optional<std::string_view> country_name(std::string_view code, Lang lang);

/// Code of one of the 34 provincial divisions by its full or usual short name ("浙江省", "浙江",
/// "内蒙古"). Source: GB/T 2260. Errors: nullopt for another name.
std::optional<std::string_view> province_code(std::string_view name);
/// Full Chinese name of a provincial code; nullopt for another code.
std::optional<std::string_view> province_name(std::string_view code);

}  // namespace dossier::catalog
