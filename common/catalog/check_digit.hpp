// Check characters of the numbers people copy from documents. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier::catalog {

/// 18 characters of a unified social credit code, upper case, with the check character that
/// belongs to the first 17. Source: GB 32100-2015.
bool is_unified_code(std::string_view code);

/// 18 characters of a citizen identity number: an existing birth date and the check character
/// (ISO 7064 MOD 11-2) that belongs to the first 17. Source: GB 11643-1999.
bool is_id_number(std::string_view number);
/// "YYYY-MM-DD" of the birth date in a valid number; nullopt when the number is not valid.
std::optional<std::string> birth_date_of(std::string_view id_number);

/// The check digit of a string of digits: what customer numbers end in. Other characters ('-',
/// letters) are passed over. Source: ISO 7064 MOD 11,10.
char mod_11_10(std::string_view digits);
/// True when the last digit is the check digit of those before it.
bool holds_mod_11_10(std::string_view number);

}  // namespace dossier::catalog
