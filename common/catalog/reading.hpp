// What people write into a cell or behind "field=" and means more than one field, or none: several
// phones, districts no table knows, passports. The one way in for typed values, on both sides and
// for imports.
#pragma once

#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {

/// Kept, though elsewhere than in the field it was written for: {field, text, field that has it}.
inline constexpr Fault kKeptElsewhere{
    "field.kept_elsewhere",
    ErrorCode::Partial,
    {"{} 的“{}”不在区划表中，已记入“{}”", "{}: \"{}\" is in no table of divisions, kept in \"{}\""},
    {"无须处理；要改就填区划全名或六位代码",
     "nothing is needed; give a full name or six digits to have it as a division"}};
/// Kept and marked: {field, text, why}.
inline constexpr Fault kKeptUnverified{
    "field.kept_unverified",
    ErrorCode::Partial,
    {"{} 的“{}”已保存，{}", "{}: \"{}\" is kept, {}"},
    {"对照证照核对后改正", "compare it with the document and correct it"}};
/// Read as a part of the record's other phones: {field, text, field that has it}.
inline constexpr Fault kSplitPhones{
    "field.split_phones",
    ErrorCode::Partial,
    {"{} 的“{}”有几个号码，其余的已记入“{}”",
     "{}: \"{}\" holds several numbers, the others are kept in \"{}\""},
    {"无须处理", "nothing is needed"}};

/// Reads `text`, typed for `field` (no reference), into `values`, where other fields of the record
/// may stand already: a district is understood by the city before it, a kept text is added to the
/// one before. "无", "-", "N/A" and the like mean empty where a value has a form of its own.
/// Gives notes to show: faults above. Errors: those of `parse`; then `values` is as it was.
Result<std::vector<Error>> read_into(
    const Kind& kind, const Field& field, std::string_view text, FieldValues& values, Instant now);

}  // namespace dossier::catalog
