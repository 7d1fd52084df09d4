// Who synced when and what came of it: sessions, and the ledger of one laptop.
#include <algorithm>
#include <array>

#include "common/action/answer.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/ledger.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/sync_ledger.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kSessionsMax = 1'000'000;

std::string kib(std::uint64_t bytes) {
    return std::to_string((bytes + 1023) / 1024) + " KB";
}

std::chrono::milliseconds duration(const SessionRow& row) {
    return merge::age(row.started_at, row.ended_at);
}

Text outcome(const SessionRow& row) {
    if (!row.finished) return {"中断或进行中", "cut, or under way"};
    return row.verified ? Text{"已核对", "verified"} : Text{"未核对一致", "not verified"};
}

action::Json session_document(Context& context, const SessionRow& row) {
    return {{"number", row.id},
            {"device", device_name(context.office, row.device)},
            {"user", person_name(context.office, context.asker(), row.user)},
            {"started_at", iso_utc(row.started_at)},
            {"ended_at", iso_utc(row.ended_at)},
            {"duration_ms", duration(row).count()},
            {"finished", row.finished},
            {"verified", row.verified},
            {"unsent_at_start", row.unsent},
            {"oldest_op_at",
             row.oldest_op_at.ms == 0 ? action::Json() : action::Json(iso_utc(row.oldest_op_at))},
            {"changesets", row.changesets},
            {"ops", row.ops},
            {"by_rule", by_rule(row)},
            {"applied", row.applied},
            {"merged", row.merged},
            {"converged", row.converged},
            {"superseded", row.superseded},
            {"cases", row.cases},
            {"proposals", row.proposals},
            {"late", row.late},
            {"rejected", row.rejected},
            {"facets_sent", row.facets_sent},
            {"facets_received", row.facets_acked},
            {"bytes_in", row.bytes_in},
            {"bytes_out", row.bytes_out},
            {"bytes_received", row.bytes_acked},
            {"repairs", row.repairs},
            {"clock_offset_ms", row.clock_offset_ms},
            {"schema", row.schema},
            {"app_version", row.app_version}};
}

/// "2 (5 项)": what people did, and of how many values it was made up.
std::string changes_of(const Context& context, const SessionRow& row) {
    return count(row.changesets) + " (" + count(row.ops) + say(context, {" 项", " items"}) + ")";
}

void print_sessions(Context& context, const std::vector<SessionRow>& rows) {
    action::Table table({"#", say(context, {"终端", "Device"}), say(context, {"人员", "User"}),
                         say(context, {"开始", "Started"}), say(context, {"用时", "Took"}),
                         say(context, {"修改", "Changes"}), say(context, {"自动合并", "By rule"}),
                         say(context, {"冲突", "Cases"}), say(context, {"提议", "Proposals"}),
                         say(context, {"退回", "Refused"}), say(context, {"下发", "Sent"}),
                         say(context, {"流量", "Bytes"}), say(context, {"时钟偏差", "Clock off"}),
                         say(context, {"结果", "Outcome"})});
    for (const SessionRow& row : rows) {
        table.row({count(row.id), device_name(context.office, row.device),
                   person_name(context.office, context.asker(), row.user),
                   office_minute(row.started_at), length_of(context, duration(row)),
                   count(row.changesets), count(by_rule(row)), count(row.cases),
                   count(row.proposals + row.late), count(row.rejected), count(row.facets_sent),
                   kib(row.bytes_in + row.bytes_out), std::to_string(row.clock_offset_ms) + " ms",
                   say(context, outcome(row))});
    }
    context.answer.table(std::move(table));
}

constexpr std::array kSessionList{
    Input{"limit", "N", {"最多几条，默认 20", "at most this many, by default 20"}},
    Input{"device", "CODE", {"只看一台终端", "of one laptop only"}}};

Result<int> session_list(Context& context) {
    if (auto allowed = may_see_syncs(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto limit = context.inputs.number("limit", 20);
    if (!limit) return tl::unexpected(limit.error());
    DeviceId device;
    const bool of_one = context.inputs.has("device");
    if (of_one) {
        const auto found = Devices(context.office).find(context.inputs.text("device"));
        if (!found) return tl::unexpected(found.error());
        device = found->device;
    }
    const auto rows = of_one ? syncs_of(context.office, context.asker(), device, *limit)
                             : latest_syncs(context.office, context.asker(), *limit);
    if (!rows) return tl::unexpected(rows.error());
    auto list = action::Json::array();
    for (const SessionRow& row : *rows) list.push_back(session_document(context, row));
    print_sessions(context, *rows);
    context.answer.document(list);
    return 0;
}

constexpr std::array kSessionShow{Input{
    "NUMBER", "", {"编号，见 {do:session.list}", "number, see {do:session.list}"}, Give::Required}};

void print_session(Context& context, const SessionRow& row) {
    const std::string oldest =
        row.oldest_op_at.ms == 0
            ? "-"
            : office_minute(row.oldest_op_at) + " (" +
                  length_of(context, merge::age(row.oldest_op_at, row.started_at)) + ")";
    context.answer.facts(
        {{say(context, {"同步", "Session"}), count(row.id) + " " + say(context, outcome(row))},
         {say(context, {"终端", "Device"}),
          device_name(context.office, row.device) + " " +
              person_name(context.office, context.asker(), row.user)},
         {say(context, {"开始", "Started"}), office_minute(row.started_at)},
         {say(context, {"用时", "Took"}), length_of(context, duration(row))},
         {say(context, {"开始时待上传", "Unsent at its start"}), count(row.unsent)},
         {say(context, {"修改", "Changes"}), changes_of(context, row)},
         {say(context, {"最早的变更", "Oldest change"}), oldest},
         {say(context, {"自动合并", "By rule"}), count(by_rule(row))},
         {say(context, {"其中直接生效", "Of these applied"}), count(row.applied + row.converged)},
         {say(context, {"其中与他人修改并存", "Of these merged"}), count(row.merged)},
         {say(context, {"其中被更新的值取代", "Of these superseded"}), count(row.superseded)},
         {say(context, {"冲突", "Cases"}), count(row.cases)},
         {say(context, {"提议（迟到）", "Proposals (late)"}),
          count(row.proposals) + " (" + count(row.late) + ")"},
         {say(context, {"退回", "Refused"}), count(row.rejected)},
         {say(context, {"下发", "Sent"}), count(row.facets_sent)},
         {say(context, {"其中确已送达", "Of these surely received"}),
          count(row.facets_acked) + " (" + kib(row.bytes_acked) + ")"},
         {say(context, {"可能已送达", "May have been received"}),
          count(row.facets_sent - std::min(row.facets_sent, row.facets_acked))},
         {say(context, {"上行/下行", "In / out"}), kib(row.bytes_in) + " / " + kib(row.bytes_out)},
         {say(context, {"重发", "Repairs"}), count(row.repairs)},
         {say(context, {"时钟偏差", "Clock off"}), std::to_string(row.clock_offset_ms) + " ms"},
         {say(context, {"程序", "Program"}),
          row.app_version + " schema " + std::to_string(row.schema)}});
}

Result<int> session_show(Context& context) {
    if (auto allowed = may_see_syncs(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    const auto row = sync_numbered(context.office, context.asker(), *number);
    if (!row) return tl::unexpected(row.error());
    print_session(context, *row);
    context.answer.document(session_document(context, *row));
    return 0;
}

// ---- ledger ---------------------------------------------------------------------------------

constexpr std::array kLedger{
    kDeviceCode,
    Input{"limit", "N", {"列出最近几次，默认 10", "the latest so many, by default 10"}}};

/// Everything its sessions add up to.
SessionRow total_of(const std::vector<SessionRow>& rows) {
    SessionRow total;
    for (const SessionRow& row : rows) {
        for (const auto member :
             {&SessionRow::changesets, &SessionRow::ops, &SessionRow::applied, &SessionRow::merged,
              &SessionRow::converged, &SessionRow::superseded, &SessionRow::cases,
              &SessionRow::proposals, &SessionRow::late, &SessionRow::rejected,
              &SessionRow::facets_sent, &SessionRow::bytes_in, &SessionRow::bytes_out,
              &SessionRow::repairs})
            total.*member += row.*member;
        const bool older =
            row.oldest_op_at.ms != 0 &&
            (total.oldest_op_at.ms == 0 || merge::age(row.oldest_op_at, row.started_at) >
                                               merge::age(total.oldest_op_at, total.started_at));
        if (!older) continue;
        total.oldest_op_at = row.oldest_op_at;
        total.started_at = row.started_at;
    }
    return total;
}

action::Json ledger_document(Context& context,
                             const DeviceRow& device,
                             const std::vector<SessionRow>& rows,
                             const SessionRow& total) {
    const auto cut = std::count_if(rows.begin(), rows.end(),
                                   [](const SessionRow& row) { return !row.finished; });
    return {{"device", device.code},
            {"user", person_name(context.office, context.asker(), device.user)},
            {"sessions", rows.size()},
            {"cut", cut},
            {"unsent", rows.empty() ? 0 : left_unsent(rows.front())},
            {"schema", device.schema},
            {"changesets", total.changesets},
            {"ops", total.ops},
            {"by_rule", by_rule(total)},
            {"applied", total.applied},
            {"merged", total.merged},
            {"converged", total.converged},
            {"superseded", total.superseded},
            {"cases", total.cases},
            {"proposals", total.proposals},
            {"late", total.late},
            {"rejected", total.rejected},
            {"facets_sent", total.facets_sent},
            {"bytes_in", total.bytes_in},
            {"bytes_out", total.bytes_out},
            {"repairs", total.repairs},
            {"oldest_op_age_ms", merge::age(total.oldest_op_at, total.started_at).count()}};
}

Result<int> device_ledger(Context& context) {
    if (auto allowed = may_see_syncs(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto limit = context.inputs.number("limit", 10);
    if (!limit) return tl::unexpected(limit.error());
    const auto device = Devices(context.office).find(context.inputs.text("code"));
    if (!device) return tl::unexpected(device.error());
    auto rows = syncs_of(context.office, context.asker(), device->device, kSessionsMax);
    if (!rows) return tl::unexpected(rows.error());
    const SessionRow total = total_of(*rows);
    auto document = ledger_document(context, *device, *rows, total);
    const auto n = [&](std::string_view key) { return document[std::string(key)].dump(); };
    context.answer.facts(
        {{say(context, {"终端", "Device"}),
          device->code + " " + person_name(context.office, context.asker(), device->user)},
         {say(context, {"同步次数（中断）", "Sessions (cut)"}),
          n("sessions") + " (" + n("cut") + ")"},
         {say(context, {"修改", "Changes"}), changes_of(context, total)},
         {say(context, {"自动合并", "By rule"}), count(by_rule(total))},
         {say(context, {"其中生效/并存/取代", "Of these applied / merged / superseded"}),
          count(total.applied + total.converged) + " / " + count(total.merged) + " / " +
              count(total.superseded)},
         {say(context, {"冲突/提议/退回", "Cases / proposals / refused"}),
          count(total.cases) + " / " + count(total.proposals + total.late) + " / " +
              count(total.rejected)},
         {say(context, {"下发", "Sent"}), count(total.facets_sent)},
         {say(context, {"上行/下行", "In / out"}),
          kib(total.bytes_in) + " / " + kib(total.bytes_out)},
         {say(context, {"最久未上传", "Longest wait of a change"}),
          length_of(context, merge::age(total.oldest_op_at, total.started_at))},
         {say(context, {"仍未上传", "Still unsent"}), n("unsent")},
         {"schema", std::to_string(device->schema)}});
    rows->resize(std::min(rows->size(), static_cast<std::size_t>(*limit)));
    context.answer.plain("");
    print_sessions(context, *rows);
    context.answer.document(document);
    return 0;
}

constexpr std::array kSessionActions{
    Action{"session list",
           {"列出最近的同步，中断的也在内", "list the latest syncs, cut ones too"},
           "dossierd session list --limit 5",
           kSessionList,
           Actor::Administrator,
           Runs::InUnit,
           session_list,
           Does::Reads},
    Action{"session show",
           {"一次同步的全部数字", "everything about one sync"},
           "dossierd session show 12",
           kSessionShow,
           Actor::Administrator,
           Runs::InUnit,
           session_show,
           Does::Reads},
    Action{"device ledger",
           {"一台终端的同步台账", "what one laptop brought and got, in all"},
           "dossierd device ledger N07",
           kLedger,
           Actor::Administrator,
           Runs::InUnit,
           device_ledger,
           Does::Reads},
};

}  // namespace

std::span<const Action> session_actions() {
    return kSessionActions;
}

}  // namespace dossier::server
