// What a value names: the records of a reference, and of which kind they may be. Both doors ask it
// of everything that is written, and the office's check of everything that lies there.
#pragma once

#include <functional>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// Whether a record says what an attribute of its kind asks for: "field=code". False for none.
bool says_so(const Kind& kind, std::string_view what, const FieldValues& values);

/// Arguments: label of the field, the record's identity, the kinds it may name.
inline constexpr Fault kWrongTarget{
    "field.wrong_target",
    ErrorCode::Malformed,
    {"{} 的值“{}”是另一类记录", "{}: \"{}\" is a record of another kind"},
    {"应选择：{}", "choose one of: {}"}};

/// Arguments: label of the field, the identity it names.
inline constexpr Fault kCircle{"field.circle",
                               ErrorCode::Conflict,
                               {"{} 的值“{}”在这条记录之下", "{}: \"{}\" stands below this record"},
                               {"选择不在它之下的上级", "choose one that does not stand below it"}};

/// Argument: label of the field.
inline constexpr Fault kItself{"field.itself",
                               ErrorCode::Conflict,
                               {"{} 不能是它自己", "{} cannot be the record itself"},
                               {"选择另一个", "choose another"}};

/// Also one whose identity is kept as text, because it was declared before the kind it names.
constexpr bool is_reference(const Field& field) {
    return field.type == Type::Ref || field.type == Type::RefList || !field.target.empty();
}
/// A reference to one record as its field keeps it.
Value reference_value(const Field& field, const RecordId& named);
/// The records a value of a reference names; none for fields of another type.
std::vector<RecordId> references_in(const Field& field, const Value& value);
/// The people the record asks something of (`Kind::asks`).
std::vector<RecordId> asked_in(const Kind& kind, const FieldValues& values);
/// Whether this reference of a record of kind `of` may name a record of kind `named`: those of its
/// `target`, its own where two become one; anything where another field says which.
bool may_name(const Kind& of, const Field& field, const Kind& named);
/// The failure of a reference that names a record it may not.
tl::unexpected<Error> wrong_target(const Field& field, const RecordId& named);

/// Whether no value names the record it belongs to; what stands above it is `check_tree`'s to say.
/// Errors: field.itself.
Status check_itself(const Kind& kind, const RecordId& record, const FieldValues& values);

/// The values of a record of the kind; none where it is not known.
using ValuesOf = std::function<FieldValues(const RecordId& record)>;
/// Whether a record that is given these values stays out of what stands above it (`Field::tree`).
/// Errors: field.circle.
Status check_tree(const Kind& kind,
                  const RecordId& record,
                  const FieldValues& values,
                  const ValuesOf& held);

/// Argument: label of the field, the value, what it may be.
inline constexpr Fault kNotAmong{"field.not_among",
                                 ErrorCode::Malformed,
                                 {"{} 的值“{}”不在所列之中", "{}: \"{}\" is not in the list"},
                                 {"选择：{}", "choose one of: {}"}};
/// Whether each value that must be one of another record's list is (`Field::among`); where that
/// record is not known nothing is said. `whole` is all the record says. Errors: field.not_among.
Status check_among(const Kind& kind, const FieldValues& whole, const ValuesOf& named);

/// Links of the kind that hang on a record: the values of each.
using LinksOf = std::function<std::vector<FieldValues>(const RecordId& end)>;
/// Whether a link with these values, all it has, joins two (`Kind::other_end`), and puts none above
/// itself (`Kind::above_when`). `others` gives the links beside this one.
/// Errors: field.itself, field.circle.
Status check_link(const Kind& kind, const FieldValues& whole, const LinksOf& others);

}  // namespace dossier::catalog
