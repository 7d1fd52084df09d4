// One value of one field, in the form in which it is stored, sent, hashed and compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/base/ids.hpp"

namespace dossier {

/// Empty · whole number (int, fen, basis points, bool, milliseconds) · text (text, enum code, date
/// "YYYY-MM-DD", and canonical JSON for sets, lists and structures) · reference to a record.
/// Canonical by construction (`common/catalog/canonical`): equal meaning, equal bytes.
using Value = std::variant<std::monostate, std::int64_t, std::string, RecordId>;

inline bool is_empty(const Value& value) {
    return std::holds_alternative<std::monostate>(value);
}
inline const std::string* as_text(const Value& value) {
    return std::get_if<std::string>(&value);
}
inline std::optional<std::int64_t> as_number(const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    return number == nullptr ? std::nullopt : std::optional(*number);
}
/// The referenced record, or "none".
inline RecordId as_record(const Value& value) {
    const auto* id = std::get_if<RecordId>(&value);
    return id == nullptr ? RecordId{} : *id;
}

/// A value and the field it belongs to: `tag` is `catalog::Field::tag`, stable for ever.
struct FieldValue {
    std::uint16_t tag = 0;
    Value value;
    bool operator==(const FieldValue&) const = default;
};

/// Values of one record or group, ascending by tag, each tag once.
using FieldValues = std::vector<FieldValue>;

/// The value under `tag`; nullptr when the list does not speak of that field.
const Value* find(const FieldValues& values, std::uint16_t tag);
/// The text under `tag`; empty when there is none.
std::string text_in(const FieldValues& values, std::uint16_t tag);
/// The number under `tag`; `otherwise` when there is none.
std::int64_t number_in(const FieldValues& values, std::uint16_t tag, std::int64_t otherwise = 0);
/// The record named under `tag`, or "none".
RecordId record_in(const FieldValues& values, std::uint16_t tag);
/// Puts `value` under `tag`, keeping the order.
void assign(FieldValues& values, std::uint16_t tag, Value value);

}  // namespace dossier
