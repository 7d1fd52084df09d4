// Industries by the names people write. Source: GB/T 4754-2017 (choices_industry.hpp), R-083.
#pragma once

#include <string>
#include <string_view>

namespace dossier::catalog {

/// Whether a text is a code of the list: "C" or "C27".
bool is_industry(std::string_view code);
/// The code of what was typed: "C27", "27", "医药制造业", "医药制造", "medicines", or a value as
/// it is shown, "C27 医药制造业". A text that names none stays as it was typed.
std::string industry_code(std::string_view typed);

}  // namespace dossier::catalog
