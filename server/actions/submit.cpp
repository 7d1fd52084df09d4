#include "server/actions/submit.hpp"

#include "server/reading/find.hpp"

namespace dossier::server {

Status Draft::read(Context& context, std::string_view field, std::string_view text) {
    if (text.empty()) return {};
    const auto* of = catalog::find_field(kind, field);
    auto value = read_value(context.office, context.asker(), *of, text);
    if (!value) return pass(value);
    if (!is_empty(*value)) assign(values, of->tag, std::move(*value));
    return {};
}

void Draft::give(std::string_view field, Value value) {
    assign(values, catalog::find_field(kind, field)->tag, std::move(value));
}

merge::Op Draft::op() const {
    return {.kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id, .fields = values};
}

Draft new_draft(Context& context, const catalog::Kind& kind) {
    return {kind, context.office.ids().make<RecordId>(), {}};
}

merge::Op event_op(const catalog::Kind& kind, const RecordId& record, std::string_view event) {
    return {.kind = merge::OpKind::Event,
            .record_kind = kind.tag,
            .record = record,
            .event = std::string(event)};
}

Result<std::vector<merge::Verdict>> submit(Context& context, std::vector<merge::Op> ops) {
    merge::Changeset changeset;
    changeset.reason = context.inputs.text("reason");
    changeset.source = context.sign_in == 0 ? "cli" : "web";
    changeset.ops = std::move(ops);
    auto verdicts = context.office.change(context.actor, std::move(changeset));
    context.office.people().forget();
    return verdicts;
}

}  // namespace dossier::server
