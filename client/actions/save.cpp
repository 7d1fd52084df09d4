#include "client/actions/save.hpp"

#include <algorithm>

#include "common/access/slip.hpp"
#include "common/base/reason.hpp"
#include "common/base/told.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/wrong.hpp"

#include "client/actions/given.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

constexpr Fault kMissingField{"cli.missing_field",
                              ErrorCode::Usage,
                              {"还要填写“{}”", "\"{}\" is needed"},
                              {"填写 {}", "fill in {}"}};

/// The intake names a missing field by its label; people are told the input.
Error with_input(const std::vector<merge::Op>& ops, Error error) {
    if (!error.is(catalog::kRequired) && !error.is(catalog::kRequiredWhen)) return error;
    for (const auto& op : ops) {
        const auto* kind = catalog::find_kind(op.record_kind);
        if (kind == nullptr) continue;
        for (const auto& field : kind->fields) {
            if (catalog::label_of(field) != error.args.front()) continue;
            return {&kMissingField, {catalog::label_of(field), named_input(field.name)}};
        }
    }
    return error;
}

}  // namespace

Result<int> save(Context& context,
                 const std::vector<merge::Op>& ops,
                 const Text& what,
                 const std::string& name,
                 const RecordId& record) {
    if (ops.empty()) {
        context.answer.note(action::kNothingChanged);
        context.answer.document({{"record", to_text(record)},
                                 {"name", name},
                                 {"unsent", context.store.outbox.unsent_count()}});
        return 0;
    }
    auto saved = context.intake.commit(
        {.reason = context.inputs.text("reason"), .source = "cli", .ops = ops});
    if (!saved) return tl::unexpected(with_input(ops, std::move(saved.error())));
    const auto waiting = context.store.outbox.unsent_count();
    context.answer.line({"已保存{}：{}（本机安全保存，待上传 {} 条）",
                         "Saved {}: {} (safe on this laptop, {} waiting for sync)"},
                        {context.say(what), name, std::to_string(waiting)});
    context.answer.document({{"record", to_text(record)}, {"name", name}, {"unsent", waiting}});
    if (context.lock != Lock::Open)
        context.answer.line(Text{"内容已封存，只有办公室能读；下次同步时送达",
                                 "sealed: only the office can read it; the next sync delivers it"});
    return 0;
}

Result<int> save_removal(Context& context,
                         const catalog::Kind& kind,
                         const RecordId& record,
                         const Text& what) {
    const auto seen = context.store.replica.seen(kind, record);
    const auto identity = context.store.meta.identity();
    if (!seen || !identity) return fail(kUnknownRecord, pair_of(kind.label));
    const bool own =
        access::may_take_back(kind, seen->values, identity->user, context.intake.now());
    auto done = save(context, {removal(kind, record, *seen)}, what,
                     title_of(context.store, context.asker(), record), record);
    if (done && !own)
        context.answer.line(
            kind.taken_back
                ? Text{"不是您 7 天内录入的：由办公室决定是否删除",
                       "not entered by you within 7 days: the office decides"}
                : Text{"此类记录不由录入人自行删除：由办公室决定是否删除",
                       "who entered such a record does not remove it: the office decides"});
    return done;
}

Result<int> save_values(Context& context,
                        const catalog::Kind& kind,
                        const RecordId& record,
                        const Text& what,
                        const FieldValues& values,
                        std::vector<merge::Op> more) {
    const auto seen = context.store.replica.seen(kind, record);
    if (!seen) return fail(kUnknownRecord, pair_of(kind.label));
    auto ops = edit(kind, record, *seen, values);
    std::move(more.begin(), more.end(), std::back_inserter(ops));
    return save(context, ops, what, title_of(context.store, context.asker(), record), record);
}

Result<int> save_edit(Context& context,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      const Text& what) {
    auto values = given_values(context, kind);
    if (!values) return pass(values);
    const auto seen = context.store.replica.seen(kind, record);
    if (!seen) return fail(kUnknownRecord, pair_of(kind.label));
    if (auto done = given_elements(context, kind, seen->values, *values); !done) return pass(done);
    return save_values(context, kind, record, what, *values);
}

}  // namespace dossier::client
