#include "common/merge/overlay.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/merge/elements.hpp"

namespace dossier::merge {
namespace {

using catalog::Merge;

using catalog::kDeletedAt;

/// One field of a Set op over what the office has.
Value laid(const catalog::Field& field,
           const Value& current,
           const Value* base,
           const Value& next) {
    const bool by_element =
        (field.merge == Merge::Union || field.merge == Merge::Append) && holds_elements(field);
    if (!by_element || (base != nullptr && same(*base, current))) return next;
    auto value = united(field, current, base, next);
    return same_elements(value, current) ? current : value;
}

void lay(const catalog::Kind& kind, FieldValues& view, const Op& op) {
    for (const auto& [tag, next] : op.fields) {
        const auto* field = catalog::find_field(kind, tag);
        assign(view, tag,
               field == nullptr
                   ? next
                   : laid(*field, value_or_empty(view, tag), find(op.base, tag), next));
    }
}

}  // namespace

FieldValues overlay(const catalog::Kind& kind,
                    FieldValues mirror,
                    const RecordId& record,
                    std::span<const Op> unsent) {
    for (const auto& op : unsent) {
        if (op.record != record) continue;
        if (op.kind == OpKind::Create || op.kind == OpKind::Set) lay(kind, mirror, op);
        // When it went, the office says; here it is only gone.
        if (op.kind == OpKind::Remove) assign(mirror, kDeletedAt, std::int64_t{1});
    }
    return mirror;
}

FieldValues own_words(const catalog::Kind& kind, const Op& op) {
    FieldValues words = op.fields;
    for (auto& [tag, value] : words) {
        const auto* field = catalog::find_field(kind, tag);
        const Value* base = find(op.base, tag);
        if (field == nullptr || base == nullptr || !holds_elements(*field)) continue;
        const auto seen = catalog::elements(*base);
        auto said = catalog::elements(value);
        std::erase_if(said, [&](const std::string& each) {
            return std::find(seen.begin(), seen.end(), each) != seen.end();
        });
        value = catalog::from_elements(*field, std::move(said));
    }
    return words;
}

Value remaining(const catalog::Field& field, const Value& word, const Op& later) {
    const Value* base = find(later.base, field.tag);
    const Value* next = find(later.fields, field.tag);
    if (base == nullptr || next == nullptr || field.merge == Merge::Append) return word;
    const auto seen = catalog::elements(*base);
    const auto said = catalog::elements(*next);
    auto kept = catalog::elements(word);
    const auto held = [](const std::vector<std::string>& list, const std::string& each) {
        return std::find(list.begin(), list.end(), each) != list.end();
    };
    std::erase_if(kept,
                  [&](const std::string& each) { return held(seen, each) && !held(said, each); });
    return catalog::from_elements(field, std::move(kept));
}

bool says(const catalog::Kind& kind, const FieldValues& held, const FieldValues& words) {
    return std::all_of(words.begin(), words.end(), [&](const FieldValue& each) {
        const Value& value = value_or_empty(held, each.tag);
        const auto* field = catalog::find_field(kind, each.tag);
        if (field != nullptr && holds_elements(*field))
            return same_elements(united(*field, value, nullptr, each.value), value);
        return is_empty(each.value) ? is_empty(value) : value == each.value;
    });
}

}  // namespace dossier::merge
