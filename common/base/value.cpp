#include "common/base/value.hpp"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

bool before(const FieldValue& entry, std::uint16_t tag) {
    return entry.tag < tag;
}

}  // namespace

const Value* find(const FieldValues& values, std::uint16_t tag) {
    const auto at = std::lower_bound(values.begin(), values.end(), tag, before);
    return at != values.end() && at->tag == tag ? &at->value : nullptr;
}

std::string text_in(const FieldValues& values, std::uint16_t tag) {
    const Value* value = find(values, tag);
    const std::string* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? std::string() : *text;
}

std::int64_t number_in(const FieldValues& values, std::uint16_t tag, std::int64_t otherwise) {
    const Value* value = find(values, tag);
    return value == nullptr ? otherwise : as_number(*value).value_or(otherwise);
}

RecordId record_in(const FieldValues& values, std::uint16_t tag) {
    const Value* value = find(values, tag);
    return value == nullptr ? RecordId{} : as_record(*value);
}

void assign(FieldValues& values, std::uint16_t tag, Value value) {
    const auto at = std::lower_bound(values.begin(), values.end(), tag, before);
    if (at != values.end() && at->tag == tag) {
        at->value = std::move(value);
    } else {
        values.insert(at, FieldValue{tag, std::move(value)});
    }
}

}  // namespace dossier
