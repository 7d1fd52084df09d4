#include "client/cli/save.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/wrong.hpp"

#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

constexpr Fault kMissingField{"cli.missing_field",
                              ErrorCode::Usage,
                              {"还要填写“{}”", "\"{}\" is needed"},
                              {"在命令后加 --{} 内容", "add --{} and what it is"}};

/// The intake names a missing field by its label; people are told the option.
Error with_option(Context& context, const std::vector<merge::Op>& ops, Error error) {
    if (!error.is(catalog::kRequired) && !error.is(catalog::kRequiredWhen)) return error;
    for (const auto& op : ops) {
        const auto* kind = catalog::find_kind(op.record_kind);
        if (kind == nullptr) continue;
        for (const auto& field : kind->fields) {
            if (catalog::label_of(field) != error.args.front()) continue;
            std::string option(field.name);
            std::replace(option.begin(), option.end(), '_', '-');
            return {&kMissingField, {std::string(context.console.in(field.label)), option}};
        }
    }
    return error;
}

void print_saved(Context& context,
                 const Text& what,
                 const std::string& name,
                 const RecordId& record) {
    const auto waiting = context.store->outbox.unsent_count();
    context.console.line({"已保存{}：{}（本机安全保存，待同步 {} 条）",
                          "Saved {}: {} (safe on this laptop, {} waiting for sync)"},
                         {std::string(context.console.in(what)), name, std::to_string(waiting)});
    context.console.document({{"record", to_text(record)}, {"name", name}, {"unsent", waiting}});
}

}  // namespace

Status put(Context& context,
           FieldValues& values,
           const catalog::Field& field,
           std::string_view typed) {
    auto value = catalog::parse(field, typed, context.intake->now());
    if (!value) return pass(value);
    assign(values, field.tag, std::move(*value));
    return {};
}

Result<int> save(Context& context,
                 std::vector<merge::Op> ops,
                 const Text& what,
                 const std::string& name,
                 const RecordId& record) {
    if (ops.empty()) return fail(kNothingToDo);
    auto saved =
        context.intake->commit({.reason = context.value("reason"), .source = "cli", .ops = ops});
    if (!saved) return tl::unexpected(with_option(context, ops, std::move(saved.error())));
    print_saved(context, what, name, record);
    return 0;
}

Result<int> save_edit(Context& context,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      const Text& what,
                      std::vector<merge::Op> more) {
    auto values = given_values(context, kind);
    if (!values) return pass(values);
    const auto seen = context.store->replica.seen(kind, record);
    if (!seen) return fail(kUnknownRecord, std::string(context.console.in(kind.label)));
    auto ops = edit(kind, record, *seen, *values);
    std::move(more.begin(), more.end(), std::back_inserter(ops));
    return save(context, std::move(ops), what, title_of(context, record), record);
}

}  // namespace dossier::client
