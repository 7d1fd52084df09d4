// What the values of workbook cells mean: numbers, serial dates, number formats, references.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::tabular {

/// What a number format shows of a serial number.
enum class Shown : unsigned char { Number, Date, Time, DateTime };

/// Meaning of a built-in number format, the East Asian ones (27–36, 50–58) included.
/// Source: ECMA-376 part 1, 18.8.30.
Shown shown_by_format(unsigned id);
/// Meaning of a format code such as "yyyy\"年\"m\"月\"d\"日\"".
Shown shown_by_code(std::string_view code);

/// The number a cell holds as text. Errors: nullopt for anything else, "inf" and "nan" included.
std::optional<double> number_from(std::string_view raw);
/// A number as a cell without a format holds it: 15 significant digits, integers of up to 15 digits
/// without exponent ("13800138000"), longer ones with it ("9.13301061234568E+17"), for their other
/// digits are lost. Text that is no number stays as it is.
std::string number_text(std::string_view raw);

/// "2024-03-05", "08:30:00" or "2024-03-05 08:30:00", as the format shows it, of a serial number of
/// days since 1900-01-00 (with the 29 February 1900 that never was) or, when `from_1904`, since
/// 1904-01-01. Errors: nullopt for a number outside the years 1900–9999.
std::optional<std::string> serial_text(double serial, Shown shown, bool from_1904);

/// 0-based column of a cell reference: "A1" 0, "AB7" 27. Errors: nullopt when it is none, or
/// beyond XFD.
std::optional<std::size_t> column_of(std::string_view reference);
/// Decimal digits only. Errors: nullopt for anything else or beyond 2^31.
std::optional<std::size_t> count_from(std::string_view digits);

/// Text with its _xHHHH_ escapes replaced. Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
std::string unescape(std::string_view text);

}  // namespace dossier::tabular
