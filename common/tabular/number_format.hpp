// What a number format makes of the number in a cell, as far as it adds to it: zeros, literal
// text, a percent sign. A format never takes digits away here: what it would round or shorten is
// read in full. Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
#pragma once

#include <string>
#include <string_view>

#include "common/tabular/xlsx_value.hpp"

namespace dossier::tabular {

struct NumberFormat {
    Shown shown = Shown::Number;
    std::string code;  ///< of its first section, for numbers; empty for General and text
};

/// Of a built-in number, the East Asian ones (27–36, 50–58) included.
NumberFormat format_by_id(unsigned id);
/// Of a code such as "000000", "0000-0000000" or "yyyy\"年\"m\"月\"d\"日\"".
NumberFormat format_by_code(std::string_view code);

/// "010020" of 10020 and "000000", "SJ-0042" of 42 and "\"SJ-\"0000", "0351-5550002" of 3515550002
/// and "0000-0000000", "1.50" of 1.5 and "0.00". Separators of thousands are left out: they are no
/// part of a number. `number_text` where the format adds nothing.
std::string shown_number(std::string_view raw, const NumberFormat& format);

}  // namespace dossier::tabular
