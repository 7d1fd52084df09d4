// Identity documents of persons: which kind a number is of, and whether it fits the kind said.
#pragma once

#include <string>
#include <string_view>

namespace dossier::catalog {

/// Upper case, without the spaces and hyphens it is written with.
std::string bare_id_number(std::string_view typed);
/// The kind (a code of choices::kIdKind) whose rules the bare number fits: check character of
/// GB 11643 for 18 digits, a date for the 15 digits used until 1999, forms of permits and passports
/// for the rest. The narrowest kind where several fit; a doubtful number by its beginning; empty
/// for a number of no kind. Source: GB 11643; notices of the National Immigration Administration.
std::string_view id_kind_of(std::string_view bare);
/// Eighteen characters as GB 11643 writes them, whose check character or date does not fit: kept
/// and marked (doubt.hpp).
bool is_doubtful_id(std::string_view bare);
/// Whether the bare number may be of this kind; one that is doubtful by its beginning.
bool fits_id_kind(std::string_view kind, std::string_view bare);

}  // namespace dossier::catalog
