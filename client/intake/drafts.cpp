#include "client/intake/drafts.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"

namespace dossier::client {
namespace {

using catalog::Field;
using catalog::Kind;
using merge::Op;
using merge::OpKind;

Value value_in(const FieldValues& values, std::uint16_t tag) {
    const Value* value = find(values, tag);
    return value == nullptr ? Value{} : *value;
}

/// One Set op for a whole group.
Op set_group(const Kind& kind,
             const RecordId& record,
             const Seen& seen,
             const std::vector<const Field*>& group,
             const FieldValues& changed) {
    Op op;
    op.kind = OpKind::Set;
    op.record_kind = kind.tag;
    op.record = record;
    op.base_fv = seen.version(catalog::facet_of(kind, *group.front()));
    for (const Field* field : group) {
        const Value* next = find(changed, field->tag);
        op.fields.push_back(
            {field->tag, next == nullptr ? value_in(seen.values, field->tag) : *next});
        const bool hidden = std::ranges::find(seen.hidden, field->tag) != seen.hidden.end();
        if (!hidden) op.base.push_back({field->tag, value_in(seen.values, field->tag)});
    }
    return op;
}

Value with_element(const Field& field, const Value& current, const Value& addition) {
    auto elements = catalog::elements(current);
    for (auto& element : catalog::elements(addition)) {
        const bool there = std::ranges::find(elements, element) != elements.end();
        if (!there) elements.push_back(std::move(element));
    }
    return catalog::from_elements(field, std::move(elements));
}

}  // namespace

Op new_record(const Kind& kind, const RecordId& record, FieldValues values) {
    Op op;
    op.kind = OpKind::Create;
    op.record_kind = kind.tag;
    op.record = record;
    op.fields = std::move(values);
    return op;
}

std::vector<Op> edit(const Kind& kind,
                     const RecordId& record,
                     const Seen& seen,
                     const FieldValues& changed) {
    std::vector<Op> ops;
    std::vector<std::uint16_t> done;
    for (const auto& [tag, next] : changed) {
        const Field* field = catalog::find_field(kind, tag);
        const bool handled = std::ranges::find(done, tag) != done.end();
        if (field == nullptr || handled) continue;
        const auto group = catalog::group_of(kind, *field);
        for (const Field* member : group) done.push_back(member->tag);
        Op op = set_group(kind, record, seen, group, changed);
        const bool takes_back = std::ranges::any_of(group, [&](const Field* member) {
            return std::ranges::find(seen.waiting, member->tag) != seen.waiting.end();
        });
        if (op.fields != op.base || takes_back) ops.push_back(std::move(op));
    }
    return ops;
}

std::vector<Op> amend(const Kind& kind,
                      const RecordId& record,
                      const Seen& seen,
                      const Field& field,
                      const Value& addition) {
    const Value current = value_in(seen.values, field.tag);
    const bool elements = field.type == catalog::Type::Set || field.type == catalog::Type::List ||
                          field.type == catalog::Type::RefList;
    Value next = addition;
    if (elements) {
        next = with_element(field, current, addition);
    } else if (const auto* text = as_text(current);
               text != nullptr && as_text(addition) != nullptr) {
        const auto& line = *as_text(addition);
        next = text->find(line) == std::string::npos ? *text + "\n" + line : *text;
    }
    // What is there already is no change, nor a word taken back.
    return next == current ? std::vector<Op>{} : edit(kind, record, seen, {{field.tag, next}});
}

Op removal(const Kind& kind, const RecordId& record, const Seen& seen) {
    Op op;
    op.kind = OpKind::Remove;
    op.record_kind = kind.tag;
    op.record = record;
    op.base_fv = seen.version(catalog::facets_of(kind).front());
    return op;
}

}  // namespace dossier::client
