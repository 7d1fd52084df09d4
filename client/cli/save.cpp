#include "client/cli/save.hpp"

#include <algorithm>

#include "common/access/slip.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/elements.hpp"

#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

constexpr Fault kMissingField{"cli.missing_field",
                              ErrorCode::Usage,
                              {"还要填写“{}”", "\"{}\" is needed"},
                              {"在命令后加 --{} 内容", "add --{} and what it is"}};

constexpr Fault kNoElements{"cli.no_elements",
                            ErrorCode::Usage,
                            {"“{}”应写成 字段=内容，且该字段可有多项",
                             "\"{}\" should be field=item, of a field with several"},
                            {"例：--add 往来角色=经销商", "for example --add party_role=dealer"}};

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

/// --add and --remove: single elements of a field that holds several, so that two people who each
/// add one both keep theirs. Source: C-05.
Status change_elements(Context& context,
                       const catalog::Kind& kind,
                       const FieldValues& seen,
                       FieldValues& values) {
    for (const bool adds : {true, false}) {
        const std::string_view name = adds ? "add" : "remove";
        const auto given = context.given.find(name);
        const auto& own = context.command->options;
        const bool is_own = std::any_of(own.begin(), own.end(),
                                        [&](const auto& each) { return each.name == name; });
        if (given == context.given.end() || is_own) continue;
        for (const auto& typed : given->second) {
            const auto equals = typed.find('=');
            const auto* of = catalog::find_heading(kind, typed.substr(0, equals));
            if (of == nullptr || equals == std::string::npos || !merge::holds_elements(*of))
                return fail(kNoElements, head(typed, 40));
            auto change = catalog::parse(*of, typed.substr(equals + 1), context.intake->now());
            if (!change) return pass(change);
            const Value* held = find(values, of->tag);
            if (held == nullptr) held = find(seen, of->tag);
            const Value now = held == nullptr ? Value{} : *held;
            const Value nothing;
            assign(values, of->tag,
                   adds ? merge::united(*of, now, &nothing, *change)
                        : merge::united(*of, now, &*change, nothing));
        }
    }
    return {};
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
                 const std::vector<merge::Op>& ops,
                 const Text& what,
                 const std::string& name,
                 const RecordId& record) {
    if (ops.empty()) return fail(kNothingToDo);
    auto saved =
        context.intake->commit({.reason = context.value("reason"), .source = "cli", .ops = ops});
    if (!saved) return tl::unexpected(with_option(context, ops, std::move(saved.error())));
    print_saved(context, what, name, record);
    if (context.lock != Lock::Open)
        context.console.line(
            Text{"内容已封存，只有办公室能读；下次同步时送达",
                 "sealed: only the office can read it; the next sync delivers it"});
    return 0;
}

Result<int> save_removal(Context& context,
                         const catalog::Kind& kind,
                         const RecordId& record,
                         const Text& what) {
    const auto seen = context.store->replica.seen(kind, record);
    const auto identity = context.store->meta.identity();
    if (!seen || !identity)
        return fail(kUnknownRecord, std::string(context.console.in(kind.label)));
    const bool own =
        access::may_take_back(kind, seen->values, identity->user, context.intake->now());
    auto done =
        save(context, {removal(kind, record, *seen)}, what, title_of(context, record), record);
    if (done && !own)
        context.console.line(Text{"不是您 7 天内录入的：由办公室决定是否删除",
                                  "not entered by you within 7 days: the office decides"});
    return done;
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
    if (auto done = change_elements(context, kind, seen->values, *values); !done) return pass(done);
    auto ops = edit(kind, record, *seen, *values);
    std::move(more.begin(), more.end(), std::back_inserter(ops));
    return save(context, ops, what, title_of(context, record), record);
}

}  // namespace dossier::client
