// From what people typed, imported or sent to the one stored form, and back to what they read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {

/// Elements a set, list or list of references may have.
inline constexpr std::size_t kElementsMax = 500;

/// Reads typed text: labels of choices in either language or their codes, dates in the usual
/// forms, 今天/today and 现在/now, money in yuan ("1,200.50", "1200.5元", "120万"), percentages
/// ("86.5%"), 是/否/yes/no, provinces by name, degrees, lists separated by 、 or ; or | or written
/// as JSON, "手机 139…" for phones, "姓名 60%" for shares, references as UUID text. Empty text
/// clears, and so does what says nothing. Then `validate`. Errors: the faults of faults.hpp, first
/// argument the label of the field in both languages.
Result<Value> parse(const Field& field, std::string_view text, Instant now);

/// "无", "-", "/", "N/A", "办理中" … in a field whose values have a form of their own (phones,
/// codes, dates, amounts, places) or that says so: people's word for an empty cell.
bool says_nothing(const Field& field, std::string_view text);
/// Whether such a word tells something all the same, that a value is to come or not known
/// ("办理中", "不详", "NULL"): whoever leaves it out names it.
bool is_placeholder(std::string_view text);

/// Tests one value of unknown origin (wire, import) as from a stranger and gives its canonical
/// form: type, length, range, choice, check digits, forbidden characters, future dates. Empty text,
/// "[]" and the identity "none" become the empty value. validate(validate(x)) = validate(x).
/// Required-ness is judged by `validate_record`.
Result<Value> validate(const Field& field, const Value& value, Instant now);

/// Tests the values of a new record: each by `validate`, required ones present, immutable and
/// cross-field rules of domain 2 (ended ≥ started, source_detail when other/media/event …).
Result<FieldValues> validate_record(const Kind& kind, const FieldValues& values, Instant now);
/// Who makes a record, as presets speak of him; none where it is nobody or he belongs to none.
struct Author {
    RecordId user = {};
    RecordId region = {};
    RecordId department = {};
};
/// `values` with the preset of every field that has one and is absent (file_state draft, first
/// contact now, owner and log of their author …): what both doors do before `validate_record`.
FieldValues with_presets(const Kind& kind,
                         FieldValues values,
                         Instant now,
                         const Author& author = {});
/// Rules that hold between the fields of an existing record after an edit gave `values`.
Status validate_whole(const Kind& kind, const FieldValues& values, Instant now);

/// What people read: label of the choice, yuan with two decimals and thousands separators, date and
/// minute in office time, 是/否, elements joined by 、. References as UUID text (the caller knows
/// the titles). `parse` reads it back. A masked value is shown as it is.
std::string display(const Field& field, const Value& value, Lang lang);

/// What people read of each element of a Set or List, of phones the number alone.
std::vector<std::string> element_texts(const Field& field, const Value& value);

/// A value with its middle hidden, always text: id numbers show the first 3 and last 2 characters,
/// phones the last 4, everything else "●●●". Empty stays empty. Source: domain 3.2 rule 6.
Value masked(const Field& field, const Value& value);

/// Elements of a Set, List or RefList value, each in canonical JSON; empty for an empty value.
std::vector<std::string> elements(const Value& value);
/// Those of a field of a record; empty where it has no value.
std::vector<std::string> elements_in(const FieldValues& values, const Field& of);
/// Back from elements: sorted and unique for sets and references, in the given order for lists,
/// without repetition where lists merge by union; empty value for none.
Value from_elements(const Field& field, std::vector<std::string> elements);

/// `needed` must be filled when `cause` is: with anything, or with one of the codes ('|').
struct Need {
    const Kind* kind;
    std::string_view cause;
    std::string_view codes;
    std::string_view needed;
};
/// What fields of a record require of each other. Source: the constraint column of domain 2.
std::span<const Need> needs();

}  // namespace dossier::catalog
