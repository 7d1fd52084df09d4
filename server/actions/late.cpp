// What is late: overdue laptops, work they told of and have not brought, matters that wait.
#include <algorithm>
#include <array>

#include "common/action/answer.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/sync_ledger.hpp"
#include "server/review/cases.hpp"

namespace dossier::server {
namespace {

constexpr std::array kLate{
    Input{"days", "N", {"几天未同步算逾期，默认 3", "overdue after so many days, by default 3"}}};

/// One thing somebody should look after.
struct Waiting {
    std::string_view what;
    Text label;
    Instant since;
    std::string who;
    std::string detail;
};

void add_devices(Context& context,
                 const std::vector<Awaited>& laptops,
                 std::vector<Waiting>& waiting) {
    for (const Awaited& each : laptops) {
        const std::string who =
            each.device.code + " " + person_name(context.office, context.asker(), each.device.user);
        if (each.overdue)
            waiting.push_back({"overdue", {"逾期未同步", "overdue"}, each.seen, who, ""});
        if (each.unsent > 0)
            waiting.push_back({"unsent",
                               {"有未上传的变更", "unsent work"},
                               each.unsent_since,
                               who,
                               count(each.unsent)});
    }
}

void add_matters(Context& context, std::vector<Waiting>& waiting) {
    for (const ProposalView& view : list_proposals(context.office, context.actor, Which::Open)) {
        waiting.push_back({view.late ? std::string_view("late_write") : "proposal",
                           view.late ? Text{"迟到的修改", "late write"} : Text{"提议", "proposal"},
                           view.proposed_at,
                           person_name(context.office, context.asker(), view.proposed_by),
                           "#" + count(view.number) + " " +
                               file_title(context.office, context.asker(), view.about)});
    }
    for (const CaseView& view : list_cases(context.office, context.actor, Which::Open))
        waiting.push_back({"case",
                           {"冲突", "case"},
                           view.opened_at,
                           "",
                           "#" + count(view.number) + " " +
                               file_title(context.office, context.asker(), view.about)});
}

Result<int> late(Context& context) {
    const auto days = context.inputs.number("days", 3);
    if (!days) return tl::unexpected(days.error());
    std::vector<Waiting> waiting;
    const auto laptops =
        awaited_laptops(context.office, context.asker(), std::chrono::hours(24 * *days));
    if (!laptops) return tl::unexpected(laptops.error());
    add_devices(context, *laptops, waiting);
    add_matters(context, waiting);
    std::stable_sort(waiting.begin(), waiting.end(),
                     [](const Waiting& a, const Waiting& b) { return a.since < b.since; });
    action::Table table({say(context, {"事项", "What"}), say(context, {"自", "Since"}),
                         say(context, {"已有", "For"}), say(context, {"人员/终端", "Who"}),
                         say(context, {"内容", "Which"})});
    auto list = action::Json::array();
    const Instant now = context.office.now();
    for (const Waiting& each : waiting) {
        table.row({say(context, each.label), office_minute(each.since),
                   length_of(context, merge::age(each.since, now)), each.who, each.detail});
        list.push_back({{"what", each.what},
                        {"since", iso_utc(each.since)},
                        {"who", each.who},
                        {"detail", each.detail}});
    }
    context.answer.table(std::move(table));
    if (waiting.empty()) context.answer.line(Text{"没有逾期或等待处理的事项", "nothing is late"});
    context.answer.document(list);
    return 0;
}

constexpr std::array kLateActions{
    Action{"late",
           {"逾期的终端、未上传的变更、等待处理的事项，最久的在前",
            "overdue laptops, unsent work, matters that wait; oldest first"},
           "dossierd late --days 3",
           kLate,
           Actor::Administrator,
           Runs::InUnit,
           late,
           Does::Reads},
};

}  // namespace

std::span<const Action> late_actions() {
    return kLateActions;
}

}  // namespace dossier::server
