// The work log: one a day, made when its first line is written.
#include <array>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"

#include "client/actions/given.hpp"
#include "client/actions/save.hpp"
#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/find.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kWorkLog;
using catalog::kWorkLogLine;

constexpr std::size_t kLinesShown = 100;

constexpr Input kDate{"date", "DATE", {"日期，默认今天", "the day, today by default"}};
constexpr Input kText{"TEXT", "", {"文字", "text"}, Give::SomeRequired};
constexpr std::array kWorkLogLineAdd{
    kText,
    kDate,
    Input{"customer", "CUSTOMER", {"相关客户", "the customer"}, Give::Optional, 'c'},
};
constexpr std::array kWorkLogSummary{
    kText,
    kDate,
    Input{"plan", "TEXT", {"次日计划", "plan for the next day"}},
};
constexpr std::array kWorkLogShow{kDate};

Result<std::string> day_of(Context& context) {
    if (!context.inputs.has("date")) return office_date(context.intake.now());
    auto day = catalog::parse(field(kWorkLog, "log_date"), context.inputs.text("date"),
                              context.intake.now());
    if (!day) return pass(day);
    return *as_text(*day);
}

/// The log of that day. When there is none: an op that makes it is added to `ops`; no record
/// without `ops`.
Result<RecordId> log_of(Context& context, const std::string& day, std::vector<merge::Op>* ops) {
    auto identity = context.store.meta.identity();
    if (!identity) return pass(identity);
    Query query{.kind = &kWorkLog};
    query.where = {{field(kWorkLog, "user_id").tag, identity->user.as<RecordTag>()},
                   {field(kWorkLog, "log_date").tag, day}};
    const auto found = context.store.replica.select(query);
    if (!found.empty()) return found.front();
    if (ops == nullptr) return RecordId{};
    FieldValues values;
    assign(values, field(kWorkLog, "user_id").tag, identity->user.as<RecordTag>());
    assign(values, field(kWorkLog, "log_date").tag, day);
    const auto id = context.new_id(kWorkLog, values);
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
    if (auto text =
            put(context, *values, field(kWorkLogLine, "text"), context.inputs.joined("text"));
        !text)
        return pass(text);
    if (find(*values, field(kWorkLogLine, "kind").tag) == nullptr)
        assign(*values, field(kWorkLogLine, "kind").tag, std::string("other"));
    if (context.inputs.has("customer")) {
        auto customer =
            find_customer(context.store, context.asker(), context.inputs.text("customer"));
        if (!customer) return pass(customer);
        assign(*values, field(kWorkLogLine, "customer_id").tag, *customer);
    }
    const auto id = context.new_id();
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
    if (auto done =
            put(context, changed, field(kWorkLog, "summary"), context.inputs.joined("text"));
        !done)
        return pass(done);
    if (context.inputs.has("plan")) {
        if (auto done =
                put(context, changed, field(kWorkLog, "plan_next"), context.inputs.text("plan"));
            !done)
            return pass(done);
    }
    if (ops.empty()) {
        const auto seen = context.store.replica.seen(kWorkLog, *log);
        ops = edit(kWorkLog, *log, seen.value_or(Seen{}), changed);
    } else {
        for (const auto& [tag, value] : changed) assign(ops.front().fields, tag, value);
    }
    return save(context, ops, {"当日小结", "summary"}, *day, *log);
}

Result<int> show_log(Context& context) {
    auto day = day_of(context);
    if (!day) return pass(day);
    auto log = log_of(context, *day, nullptr);
    if (!log) return pass(log);
    auto& store = context.store;
    std::vector<RecordId> logs;
    std::vector<RecordId> lines;
    if (log->is_none()) {
        context.answer.line({"{} 还没有工作日志", "no work log on {} yet"}, {*day});
    } else {
        show_record(context, kWorkLog, *log);
        show_children(context, kWorkLogLine, *log, {"事项", "Lines"},
                      {"kind", "customer_id", "minutes", "text"}, kLinesShown);
        logs.push_back(*log);
        Query query{.kind = &kWorkLogLine};
        query.where = {{field(kWorkLogLine, "work_log_id").tag, *log}};
        lines = store.replica.select(query);
    }
    context.answer.document({{"work_log", records_document(store, kWorkLog, logs)},
                             {"lines", records_document(store, kWorkLogLine, lines)}});
    return 0;
}

}  // namespace

std::span<const Action> work_log_actions() {
    static const auto kLineInputs = with_fields(kWorkLogLineAdd, kWorkLogLine);
    static const std::array kActions{
        Action{"worklog line",
               {"记一条工作日志", "add a line to the work log"},
               "dossier worklog line 上门演示检测仪 --kind visit --minutes 45 -c hzmr",
               kLineInputs,
               Needs::Store,
               add_line},
        Action{"worklog summary",
               {"写当日小结", "write the summary of the day"},
               "dossier worklog summary 拜访三家，一家有意向 --plan 报价",
               kWorkLogSummary,
               Needs::Store,
               set_summary},
        Action{"worklog show",
               {"查看某日工作日志", "show the work log of a day"},
               "dossier worklog show --date 2026-11-20",
               kWorkLogShow,
               Needs::Reading,
               show_log},
    };
    return kActions;
}

}  // namespace dossier::client
