// What was given to an action about a record: an input a field, and the values they were given.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

inline constexpr Input kReason{"reason", "TEXT", {"理由", "why"}};
inline constexpr Input kCustomerPlace{"CUSTOMER",
                                      "",
                                      {"客户：编号、名称或其一部分、拼音、首字母",
                                       "a customer: number, name or part of it, pinyin, initials"},
                                      Give::Required};
/// -c, --customer of what belongs to one.
inline constexpr Input kCustomerOf{
    "customer", "CUSTOMER", {"所属客户", "the customer"}, Give::Required, 'c'};

/// `own`, then an input for each field of the kind that a person may set and `own` does not ask
/// for, then `set` and `clear`, which take every other spelling of a field.
std::vector<Input> with_fields(std::span<const Input> own, const catalog::Kind& kind);
/// The same with `add` and `remove` for single elements of fields that hold several.
std::vector<Input> with_elements(std::span<const Input> own, const catalog::Kind& kind);

/// The values given for fields of a kind; an empty value clears. `file` is the customer whose
/// people and papers are meant; none = all here. Errors: cli.unknown_field with close names,
/// cli.no_equals, those of catalog::parse and of the finders.
Result<FieldValues> given_values(Context& context,
                                 const catalog::Kind& kind,
                                 const RecordId& file = {});
/// The same of "field=value" words alone. Errors: as `given_values`.
Result<FieldValues> given_pairs(Context& context,
                                const catalog::Kind& kind,
                                const std::vector<std::string>& pairs,
                                const RecordId& file);
/// Takes in what `add` and `remove` say of single elements, so that two people who each add one
/// both keep theirs; `seen` = the record as it is now. Source: C-05. Errors: cli.no_elements, those
/// of catalog::parse.
Status given_elements(Context& context,
                      const catalog::Kind& kind,
                      const FieldValues& seen,
                      FieldValues& values);
/// Reads typed text into a field. Errors: those of catalog::parse.
Status put(Context& context,
           FieldValues& values,
           const catalog::Field& field,
           std::string_view typed);
/// A whole number from 1 on; `otherwise` when it was not given. Errors: cli.usage.
Result<std::size_t> count_of(const Context& context, std::string_view key, std::size_t otherwise);

}  // namespace dossier::client
