#include "common/merge/derived_id.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/encode.hpp"
#include "common/crypto/digest.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::merge {
namespace {

using catalog::Field;
using catalog::Kind;

bool is_gone(const FieldValues& values) {
    return find(values, catalog::kDeletedAt) != nullptr ||
           find(values, catalog::kMergedInto) != nullptr;
}

RecordId next_id(const Kind& kind, const FieldValues& identifying, const Held& held) {
    RecordId id = derived_id(kind, identifying);
    for (;;) {
        const FieldValues there = held(kind, id);
        const bool is_it = !is_gone(there) && identifying_values(kind, there) == identifying;
        if (there.empty() || is_it) return id;
        id = derived_id(kind, identifying, id);
    }
}

void rename(FieldValues& values, const RecordId& from, const RecordId& to) {
    for (FieldValue& each : values) {
        if (each.value == Value{from}) each.value = to;
    }
}

}  // namespace

std::vector<const Field*> identifying_fields(const Kind& kind) {
    std::vector<const Field*> fields;
    const Field* parent = kind.parent.empty() ? nullptr : catalog::find_field(kind, kind.parent);
    std::string_view names = kind.unique_together;
    if (names.empty() && parent != nullptr && parent->unique) names = parent->name;
    for (const auto name : catalog::names_in(names))
        fields.push_back(catalog::find_field(kind, name));
    std::ranges::sort(fields, {}, &Field::tag);
    return fields;
}

std::optional<FieldValues> identifying_values(const Kind& kind, const FieldValues& values) {
    FieldValues identifying;
    for (const Field* of : identifying_fields(kind)) {
        const Value* value = find(values, of->tag);
        if (value == nullptr || is_empty(*value)) return std::nullopt;
        identifying.push_back({of->tag, *value});
    }
    if (identifying.empty()) return std::nullopt;
    return identifying;
}

RecordId derived_id(const Kind& kind, const FieldValues& identifying, const RecordId& after) {
    static constexpr std::string_view kPurpose = "dossier record identity 1";
    const std::array<std::uint8_t, 2> tag{static_cast<std::uint8_t>(kind.tag & 0xFFU),
                                          static_cast<std::uint8_t>(kind.tag >> 8U)};
    const auto digest =
        crypto::blake2b({bytes_of(kPurpose), tag, after.view(), catalog::encode(identifying)});
    RecordId id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);  // version 8
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);  // RFC 9562
    return id;
}

bool is_derived(const RecordId& id) {
    return (id.bytes[6] & 0xF0U) == 0x80U && (id.bytes[8] & 0xC0U) == 0x80U;
}

RecordId id_of_new(const Kind& kind,
                   const FieldValues& values,
                   crypto::Ids& ids,
                   const Held& held) {
    const auto identifying = identifying_values(kind, values);
    return identifying ? next_id(kind, *identifying, held) : ids.make<RecordId>();
}

bool may_be_named(const Kind& kind,
                  const RecordId& id,
                  const FieldValues& values,
                  const std::function<bool(const RecordId&)>& exists) {
    if (!is_derived(id)) return true;
    const auto identifying = identifying_values(kind, values);
    if (!identifying) return false;
    RecordId at = derived_id(kind, *identifying);
    while (at != id && exists(at)) at = derived_id(kind, *identifying, at);
    return at == id;
}

Error one_only(const Kind& kind, const RecordId& there) {
    std::string labels;
    for (const Field* of : identifying_fields(kind))
        labels += (labels.empty() ? "" : ", ") + pair_of(of->label);
    return {&kOneOnly, {pair_of(kind.label), labels, to_text(there)}};
}

void name_alike(Changeset& changeset,
                const std::function<FieldValues(const Kind&, const FieldValues&)>& filled,
                const Held& held) {
    for (std::size_t at = 0; at < changeset.ops.size(); ++at) {
        const Op& op = changeset.ops[at];
        const Kind* kind = op.kind == OpKind::Create ? catalog::find_kind(op.record_kind) : nullptr;
        if (kind == nullptr || identifying_fields(*kind).empty()) continue;
        const auto identifying = identifying_values(*kind, filled(*kind, op.fields));
        if (!identifying) continue;
        const RecordId from = op.record;
        const RecordId to = next_id(*kind, *identifying, held);
        for (Op& each : changeset.ops) {
            if (each.record == from) each.record = to;
            rename(each.fields, from, to);
            rename(each.base, from, to);
        }
    }
}

}  // namespace dossier::merge
