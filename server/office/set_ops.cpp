#include "server/office/set_ops.hpp"

#include "common/catalog/catalog.hpp"

namespace dossier::server {

std::vector<merge::Op> set_ops(const catalog::Kind& kind,
                               const RecordId& record,
                               const FieldValues& held,
                               const FieldValues& changed) {
    std::vector<merge::Op> ops;
    FieldValues left = changed;
    while (!left.empty()) {
        merge::Op op{.kind = merge::OpKind::Set, .record_kind = kind.tag, .record = record};
        for (const auto* member :
             catalog::group_of(kind, *catalog::find_field(kind, left.front().tag))) {
            const Value* was = find(held, member->tag);
            const Value* next = find(changed, member->tag);
            op.base.push_back({member->tag, was == nullptr ? Value{} : *was});
            op.fields.push_back({member->tag, next == nullptr ? op.base.back().value : *next});
            std::erase_if(left, [&](const FieldValue& each) { return each.tag == member->tag; });
        }
        ops.push_back(std::move(op));
    }
    return ops;
}

merge::Op set_op(const catalog::Kind& kind,
                 const RecordId& record,
                 const FieldValues& held,
                 std::string_view field,
                 const Value& value) {
    return set_ops(kind, record, held, {{catalog::find_field(kind, field)->tag, value}}).front();
}

}  // namespace dossier::server
