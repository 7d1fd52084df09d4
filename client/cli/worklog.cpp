// worklog line, summary, show: one log a day, made when its first line is written.
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"

#include "client/cli/save.hpp"
#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kWorkLog;
using catalog::kWorkLogLine;

Result<std::string> day_of(Context& context) {
    if (!context.has("date")) return office_date(context.intake->now());
    auto day =
        catalog::parse(field(kWorkLog, "log_date"), context.value("date"), context.intake->now());
    if (!day) return pass(day);
    return *as_text(*day);
}

/// The log of that day. When there is none: an op that makes it is added to `ops`; no record
/// without `ops`.
Result<RecordId> log_of(Context& context, const std::string& day, std::vector<merge::Op>* ops) {
    auto identity = context.store->meta.identity();
    if (!identity) return pass(identity);
    Query query{.kind = &kWorkLog};
    query.where = {{field(kWorkLog, "user_id").tag, identity->user.as<RecordTag>()},
                   {field(kWorkLog, "log_date").tag, day}};
    const auto found = context.store->replica.select(query);
    if (!found.empty()) return found.front();
    if (ops == nullptr) return RecordId{};
    const auto id = context.ids->make<RecordId>();
    FieldValues values;
    assign(values, field(kWorkLog, "user_id").tag, identity->user.as<RecordTag>());
    assign(values, field(kWorkLog, "log_date").tag, day);
    ops->push_back(new_record(kWorkLog, id, values));
    return id;
}

Result<int> add_line(Context& context) {
    auto day = day_of(context);
    if (!day) return pass(day);
    std::vector<merge::Op> ops;
    auto log = log_of(context, *day, &ops);
    if (!log) return pass(log);
    auto values = given_values(context, kWorkLogLine);
    if (!values) return pass(values);
    assign(*values, field(kWorkLogLine, "work_log_id").tag, *log);
    if (auto text = put(context, *values, field(kWorkLogLine, "text"), context.text()); !text)
        return pass(text);
    if (find(*values, field(kWorkLogLine, "kind").tag) == nullptr)
        assign(*values, field(kWorkLogLine, "kind").tag, std::string("other"));
    if (context.has("c")) {
        auto customer = find_customer(context, context.value("c"));
        if (!customer) return pass(customer);
        assign(*values, field(kWorkLogLine, "customer_id").tag, *customer);
    }
    const auto id = context.ids->make<RecordId>();
    ops.push_back(new_record(kWorkLogLine, id, *values));
    return save(context, ops, {"工作日志", "work log"}, *day, id);
}

Result<int> set_summary(Context& context) {
    auto day = day_of(context);
    if (!day) return pass(day);
    std::vector<merge::Op> ops;
    auto log = log_of(context, *day, &ops);
    if (!log) return pass(log);
    FieldValues changed;
    if (auto done = put(context, changed, field(kWorkLog, "summary"), context.text()); !done)
        return pass(done);
    if (context.has("plan")) {
        if (auto done = put(context, changed, field(kWorkLog, "plan_next"), context.value("plan"));
            !done)
            return pass(done);
    }
    if (ops.empty()) {
        const auto seen = context.store->replica.seen(kWorkLog, *log);
        ops = edit(kWorkLog, *log, seen.value_or(Seen{}), changed);
    } else {
        for (const auto& [tag, value] : changed) assign(ops.front().fields, tag, value);
    }
    return save(context, ops, {"当日小结", "summary"}, *day, *log);
}

Result<int> show(Context& context) {
    auto day = day_of(context);
    if (!day) return pass(day);
    auto log = log_of(context, *day, nullptr);
    if (!log) return pass(log);
    if (log->is_none()) {
        context.console.line({"{} 还没有工作日志", "no work log on {} yet"}, {*day});
        context.console.document({{"work_log", cli::Json::array()}, {"lines", cli::Json::array()}});
        return 0;
    }
    Query query{.kind = &kWorkLogLine};
    query.where = {{field(kWorkLogLine, "work_log_id").tag, *log}};
    if (context.console.json) {
        context.console.document(
            {{"work_log", records_json(context, kWorkLog, {*log})},
             {"lines", records_json(context, kWorkLogLine, context.store->replica.select(query))}});
        return 0;
    }
    show_record(context, kWorkLog, *log);
    show_children(context, kWorkLogLine, *log, {"事项", "Lines"},
                  {"kind", "customer_id", "minutes", "text"}, 100);
    return 0;
}

}  // namespace

std::span<const Command> work_log_commands() {
    static const Option kDate{"date", {"日期，默认今天", "the day, today by default"}};
    static const std::array kCommands{
        Command{.path = "worklog line",
                .help = {"记一条工作日志", "add a line to the work log"},
                .example = "dossier worklog line 上门演示检测仪 --kind visit --minutes 45 -c hzmr",
                .words = "TEXT…",
                .options = {kDate, {"c,customer", {"相关客户", "the customer"}}},
                .fields = &kWorkLogLine,
                .run = add_line},
        Command{.path = "worklog summary",
                .help = {"写当日小结", "write the summary of the day"},
                .example = "dossier worklog summary 拜访三家，一家有意向 --plan 报价",
                .words = "TEXT…",
                .options = {kDate, {"plan", {"次日计划", "plan for the next day"}}},
                .run = set_summary},
        Command{.path = "worklog show",
                .help = {"查看某日工作日志", "show the work log of a day"},
                .example = "dossier worklog show --date 2026-11-20",
                .options = {kDate},
                .run = show},
    };
    return kCommands;
}

}  // namespace dossier::client
