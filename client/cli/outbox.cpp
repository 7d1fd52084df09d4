// pending, tray, log, diff: what waits, what was not taken, what was done.
#include <algorithm>
#include <charconv>

#include "common/cli/table.hpp"
#include "common/cli/values.hpp"
#include "common/merge/copies.hpp"

#include "client/cli/show.hpp"
#include "client/cli/tray_words.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kEntriesMax = 100'000;
constexpr std::size_t kLineWidth = 90;

constexpr Fault kNoTrayItem{"client.no_tray_item",
                            ErrorCode::NotFound,
                            {"没有编号为“{}”的内容", "there is nothing numbered \"{}\""},
                            {"编号见 dossier tray list --all", "see dossier tray list --all"}};

Text verdict_word(merge::VerdictKind kind) {
    switch (kind) {
        case merge::VerdictKind::Applied:
            return {"已采纳", "applied"};
        case merge::VerdictKind::Merged:
            return {"已合并", "merged"};
        case merge::VerdictKind::Converged:
            return {"一致", "converged"};
        case merge::VerdictKind::Case:
            return {"冲突待处理", "in a case"};
        case merge::VerdictKind::Proposal:
            return {"待核", "waiting for verification"};
        case merge::VerdictKind::Parked:
            return {"暂存", "parked"};
        case merge::VerdictKind::Rejected:
            return {"未采纳", "refused"};
        case merge::VerdictKind::Late:
            return {"迟到待核", "late, waiting for verification"};
        default:
            return {"已被更新的值取代", "superseded by a later value"};
    }
}

Text op_word(const merge::Op& op) {
    if (merge::is_copy(op)) return {"导出", "export"};
    switch (op.kind) {
        case merge::OpKind::Create:
            return {"新建", "create"};
        case merge::OpKind::Set:
            return {"修改", "set"};
        case merge::OpKind::Remove:
            return {"删除", "remove"};
        default:
            return {"流程", "event"};
    }
}

/// What an op speaks of: the customer, and for what hangs on a customer its own title too.
std::string subject_of(Context& context, const catalog::Kind& kind, const merge::Op& op) {
    const bool is_new = op.kind == merge::OpKind::Create;
    const auto values =
        is_new ? op.fields : context.store->replica.load(kind, op.record).value_or(FieldValues{});
    const std::string own = text_in(values, kind, kind.title);
    const RecordId customer = context.store->replica.customer_of(kind, op.record, values);
    if (customer == op.record || customer.is_none())
        return own.empty() ? title_of(context, op.record) : own;
    return title_of(context, customer) + (own.empty() ? "" : " " + own);
}

/// "修改客户 明润：传真 0571-88990012".
std::string describe_op(Context& context, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return std::string(context.console.in({"（已封存的内容）", "(sealed content)"}));
    const bool zh = context.console.lang == Lang::Zh;
    std::string text(context.console.in(op_word(op)));
    text += (zh ? "" : " ") + std::string(kind->label.in(context.console.lang)) + " " +
            subject_of(context, *kind, op);
    if (op.kind != merge::OpKind::Set || op.fields.empty()) return text;
    text += zh ? "：" : ": ";
    bool first = true;
    for (const auto& [tag, value] : op.fields) {
        const auto* field = catalog::find_field(*kind, tag);
        if (field == nullptr) continue;
        text += first ? "" : zh ? "，" : ", ";
        first = false;
        text += std::string(field->label.in(context.console.lang)) + " " +
                cli::shown(*field, value, context.console.lang,
                           [&](const RecordId& id) { return title_of(context, id); });
    }
    return text;
}

cli::Json op_json(const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    cli::Json document{{"op", op_word(op).en},
                       {"kind", kind == nullptr ? "?" : kind->name},
                       {"record", to_text(op.record)}};
    if (kind != nullptr) document["values"] = cli::values_document(*kind, op.fields);
    return document;
}

std::vector<OutboxEntry> unsent_entries(Context& context) {
    auto kept = context.store->outbox.history(kEntriesMax);
    std::erase_if(kept, [](const OutboxEntry& entry) { return !entry.verdicts.empty(); });
    return kept;
}

std::string verdict_text(Context& context, const OutboxEntry& entry, std::size_t at) {
    if (at >= entry.verdicts.size())
        return std::string(context.console.in({"待同步", "waiting for sync"}));
    return std::string(context.console.in(verdict_word(entry.verdicts[at].kind)));
}

int print_entries(Context& context, const std::vector<OutboxEntry>& list) {
    cli::Json json = cli::Json::array();
    const bool zh = context.console.lang == Lang::Zh;
    cli::Table table(zh ? std::vector<std::string>{"序号", "时间", "状态", "内容"}
                        : std::vector<std::string>{"No.", "When", "State", "What"});
    for (const OutboxEntry& entry : list) {
        cli::Json ops = cli::Json::array();
        for (std::size_t i = 0; i < entry.changeset.ops.size(); ++i) {
            auto document = op_json(entry.changeset.ops[i]);
            document["state"] = i < entry.verdicts.size() ? verdict_word(entry.verdicts[i].kind).en
                                                          : "waiting for sync";
            ops.push_back(document);
            table.row({std::to_string(entry.oseq.value), office_minute(entry.claimed_at),
                       verdict_text(context, entry, i),
                       cli::clipped(describe_op(context, entry.changeset.ops[i]), kLineWidth)});
        }
        if (entry.sealed)
            table.row({std::to_string(entry.oseq.value), office_minute(entry.claimed_at),
                       verdict_text(context, entry, 0),
                       std::string(context.console.in(
                           {"（已封存，只有办公室能读）", "(sealed: for the office alone)"}))});
        json.push_back(
            {{"number", entry.oseq.value}, {"at", iso_utc(entry.claimed_at)}, {"ops", ops}});
    }
    context.console.document({{"entries", json}});
    if (!context.console.json) table.print(context.console.out);
    return 0;
}

Result<int> pending(Context& context) {
    const auto list = unsent_entries(context);
    if (list.empty()) context.console.line(Text{"没有待同步的内容", "nothing waits for sync"});
    if (list.empty() && !context.console.json) return 0;
    return print_entries(context, list);
}

Result<int> log(Context& context) {
    const auto limit = context.number("limit", 200);
    if (!limit) return tl::unexpected(limit.error());
    return print_entries(context, context.store->outbox.history(*limit));
}

Result<int> tray(Context& context) {
    cli::Json json = cli::Json::array();
    const auto items = context.store->tray.list(!context.has("all"));
    for (const TrayItem& item : items) {
        auto document = op_json(item.op);
        document["id"] = item.id;
        document["state"] = verdict_word(item.verdict.kind).en;
        document["reason"] = tray_words(context, item);
        document["settled"] = item.settled_at.ms != 0;
        json.push_back(document);
        if (context.console.json) continue;
        context.console.plain("[" + std::to_string(item.id) + "] " +
                              std::string(context.console.in(verdict_word(item.verdict.kind))) +
                              (item.settled_at.ms != 0
                                   ? std::string(context.console.in({"（已了结）", " (settled)"}))
                                   : "") +
                              "  " + describe_op(context, item.op));
        context.console.plain("    " + tray_words(context, item));
    }
    if (!items.empty())
        context.console.line(Text{"看过后用 dossier tray read 编号 标为已读",
                                  "mark what you have read: dossier tray read NUMBER"});
    context.console.document({{"items", json}});
    if (items.empty()) context.console.line(Text{"没有未采纳或待处理的内容", "the tray is empty"});
    return 0;
}

Result<int> read_tray(Context& context) {
    std::vector<std::int64_t> ids;
    for (const auto& word : context.words) {
        std::int64_t id = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
        const bool whole = read.ptr == word.data() + word.size();
        if (!whole || !context.store->tray.item(id)) return fail(kNoTrayItem, head(word, 40));
        ids.push_back(id);
    }
    for (const auto id : ids) context.store->tray.mark_read(id, context.intake->now());
    context.console.line({"已标为已读：{}", "marked as read: {}"}, {context.text()});
    context.console.document({{"read", ids}});
    return 0;
}

/// Every record with something pending, or one customer's.
Result<int> diff(Context& context) {
    std::vector<std::pair<const catalog::Kind*, RecordId>> records;
    const auto add = [&](const merge::Op& op) {
        const auto* kind = catalog::find_kind(op.record_kind);
        const std::pair entry{kind, op.record};
        if (kind != nullptr && std::find(records.begin(), records.end(), entry) == records.end())
            records.push_back(entry);
    };
    for (const OutboxEntry& entry : unsent_entries(context))
        std::for_each(entry.changeset.ops.begin(), entry.changeset.ops.end(), add);
    for (const TrayItem& item : context.store->tray.list(false)) {
        if (item.settled_at.ms == 0) add(item.op);
    }
    std::optional<RecordId> only;
    if (!context.words.empty()) {
        auto found = find_customer(context, context.word(0));
        if (!found) return pass(found);
        only = *found;
    }
    cli::Json json = cli::Json::array();
    for (const auto& [kind, record] : records) {
        const auto values = context.store->replica.load(*kind, record).value_or(FieldValues{});
        if (only && context.store->replica.customer_of(*kind, record, values) != *only) continue;
        for (const PendingLine& line : pending_of(context, *kind, record)) {
            const auto shown = [&, field = line.field](const Value& value) {
                return cli::shown(*field, value, context.console.lang,
                                  [&](const RecordId& id) { return title_of(context, id); });
            };
            json.push_back({{"record", to_text(record)},
                            {"field", line.field->name},
                            {"official", shown(line.official)},
                            {"mine", shown(line.mine)},
                            {"state", line.state.en}});
            context.console.plain(title_of(context, record) + "  " +
                                  std::string(line.field->label.in(context.console.lang)) +
                                  (context.console.lang == Lang::Zh ? "：" : ": ") +
                                  shown(line.official) + " → " + shown(line.mine) + "  " +
                                  std::string(context.console.in(line.state)));
        }
    }
    context.console.document({{"differences", json}});
    if (json.empty())
        context.console.line(Text{"与办公室没有差别", "no difference from the office"});
    return 0;
}

}  // namespace

std::span<const Command> outbox_commands() {
    static const std::array kCommands{
        Command{.path = "pending",
                .help = {"查看待同步的内容", "what waits for the next sync"},
                .example = "dossier pending",
                .run = pending},
        Command{.path = "tray list",
                .help = {"查看未采纳、待核和冲突的内容，附理由和处理办法",
                         "what was not taken, with reason and remedy"},
                .example = "dossier tray list",
                .options = {{"all", {"含已读", "also what was read"}, true}},
                .run = tray},
        Command{.path = "tray read",
                .help = {"标为已读", "mark as read"},
                .example = "dossier tray read 3 4",
                .words = "NUMBER…",
                .run = read_tray},
        Command{.path = "log",
                .help = {"查看本机做过的修改及结果",
                         "what was done on this laptop and what became of it"},
                .example = "dossier log --limit 20",
                .options = {{"limit", {"最多条数，默认 200", "at most so many, 200 by default"}}},
                .run = log},
        Command{.path = "diff",
                .help = {"本机与办公室的差别：待同步和待核的值",
                         "how this laptop differs from the office"},
                .example = "dossier diff 明润",
                .words = "[CUSTOMER]",
                .run = diff},
    };
    return kCommands;
}

}  // namespace dossier::client
