// What waits, what was not taken, what was done on this laptop.
#include <algorithm>
#include <array>
#include <charconv>

#include "common/cli/table.hpp"

#include "client/actions/given.hpp"
#include "client/actions/history.hpp"
#include "client/actions/standing.hpp"
#include "client/actions/tables.hpp"
#include "client/reading/find.hpp"
#include "client/reading/ops.hpp"
#include "client/reading/pending.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kEntriesMax = 100'000;
constexpr std::size_t kLineWidth = 90;

constexpr Fault kNoTrayItem{
    "client.no_tray_item",
    ErrorCode::NotFound,
    {"没有编号为“{}”的内容", "there is nothing numbered \"{}\""},
    {"编号见 {do:tray.list}，含已读的", "see {do:tray.list}, with what was read"}};

constexpr Text kWaiting{"待上传", "waiting for sync"};

constexpr std::array kTray{Input{"all", "", {"含已读", "also what was read"}, Give::Flag}};
constexpr std::array kRead{Input{"NUMBER", "", {"编号", "the number"}, Give::SomeRequired}};
constexpr std::array kLog{
    Input{"limit", "N", {"最多条数，默认 200", "at most so many, 200 by default"}}};
constexpr std::array kDiff{
    Input{"CUSTOMER", kCustomerPlace.value, kCustomerPlace.help, Give::Optional}};

// ---- pending, log ---------------------------------------------------------------------------

std::vector<OutboxEntry> unsent_entries(Context& context) {
    auto kept = context.store.outbox.history(kEntriesMax);
    std::erase_if(kept, [](const OutboxEntry& entry) { return !entry.verdicts.empty(); });
    return kept;
}

Text state_of(const OutboxEntry& entry, std::size_t at) {
    return at < entry.verdicts.size() ? verdict_word(entry.verdicts[at]) : kWaiting;
}

int answer_entries(Context& context, const std::vector<OutboxEntry>& list) {
    auto document = action::Json::array();
    action::Table table{{context.say({"序号", "No."}), context.say({"时间", "When"}),
                         context.say({"状态", "State"}), context.say({"内容", "What"})}};
    for (const OutboxEntry& entry : list) {
        const auto row = [&](std::size_t at, std::string words) {
            table.row({std::to_string(entry.oseq.value), office_minute(entry.claimed_at),
                       context.say(state_of(entry, at)), std::move(words)});
        };
        auto ops = action::Json::array();
        for (std::size_t i = 0; i < entry.changeset.ops.size(); ++i) {
            const merge::Op& op = entry.changeset.ops[i];
            auto told = op_document(op);
            told["state"] = state_of(entry, i).en;
            ops.push_back(std::move(told));
            row(i, cli::clipped(op_words(context.store, context.asker(), op), kLineWidth));
        }
        if (entry.sealed)
            row(0, context.say({"（已封存，只有办公室能读）", "(sealed: for the office alone)"}));
        document.push_back({{"number", entry.oseq.value},
                            {"at", iso_utc(entry.claimed_at)},
                            {"ops", std::move(ops)}});
    }
    context.answer.document({{"entries", std::move(document)}});
    context.answer.table(std::move(table));
    return 0;
}

}  // namespace

Result<int> answer_own_history(Context& context, const RecordId& record) {
    auto entries = context.store.outbox.history(kEntriesMax);
    std::erase_if(entries, [&](const OutboxEntry& entry) {
        return std::ranges::none_of(entry.changeset.ops,
                                    [&](const merge::Op& op) { return op.record == record; });
    });
    if (entries.empty())
        context.answer.line(Text{"本机没有改过；别人的修改见办公室的 history",
                                 "nothing was changed here; the office has what others did"});
    return answer_entries(context, entries);
}

namespace {

Result<int> pending(Context& context) {
    const auto list = unsent_entries(context);
    if (!list.empty()) return answer_entries(context, list);
    context.answer.line(Text{"没有待上传的内容", "nothing waits for sync"});
    context.answer.document({{"entries", action::Json::array()}});
    return 0;
}

Result<int> log(Context& context) {
    const auto limit = count_of(context, "limit", 200);
    if (!limit) return tl::unexpected(limit.error());
    return answer_entries(context, context.store.outbox.history(*limit));
}

// ---- tray -----------------------------------------------------------------------------------

Result<int> tray(Context& context) {
    auto list = action::Json::array();
    const auto cases = open_cases(context.store);
    for (const TrayItem& item : context.store.tray.list(!context.inputs.has("all"))) {
        const bool is_settled = item.settled_at.ms != 0;
        const auto why = tray_words(context.store, context.asker(), item);
        auto document = op_document(item.op);
        document["id"] = item.id;
        document["state"] = verdict_word(item.verdict).en;
        document["reason"] = why;
        document["settled"] = is_settled;
        document["outcome"] = outcome_of(context.store, item);
        document["title"] = subject_of(context.store, context.asker(), item.op);
        document["told_by_case"] = item.verdict.kind == merge::VerdictKind::Case && !is_settled &&
                                   cases.contains(item.verdict.matter);
        list.push_back(std::move(document));
        context.answer.plain("[" + std::to_string(item.id) + "] " +
                             context.say(verdict_word(item.verdict)) +
                             (is_settled ? context.say({"（已了结）", " (settled)"}) : "") + "  " +
                             op_words(context.store, context.asker(), item.op));
        context.answer.plain("    " + why);
    }
    context.answer.line(list.empty()
                            ? Text{"没有未采纳或待处理的内容", "the tray is empty"}
                            : Text{"看过后按编号用 {do:tray.read} 标为已读",
                                   "mark what you have read by its number: {do:tray.read}"});
    context.answer.document({{"items", std::move(list)}});
    return 0;
}

Result<int> read_tray(Context& context) {
    std::vector<std::int64_t> ids;
    for (const auto& word : context.inputs.all("number")) {
        std::int64_t id = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
        const bool whole = read.ptr == word.data() + word.size();
        if (!whole || !context.store.tray.item(id)) return fail(kNoTrayItem, head(word, 40));
        ids.push_back(id);
    }
    for (const auto id : ids) context.store.tray.mark_read(id, context.intake.now());
    context.answer.line({"已标为已读：{}", "marked as read: {}"},
                        {context.inputs.joined("number")});
    context.answer.document({{"read", ids}});
    return 0;
}

// ---- diff -----------------------------------------------------------------------------------

struct Differing {
    const catalog::Kind* kind = nullptr;
    RecordId record;
    bool operator==(const Differing&) const = default;
};

/// Every record with something pending, once.
std::vector<Differing> differing(Context& context) {
    std::vector<Differing> records;
    const auto add = [&](const merge::Op& op) {
        const Differing each{catalog::find_kind(op.record_kind), op.record};
        if (each.kind != nullptr && std::ranges::find(records, each) == records.end())
            records.push_back(each);
    };
    for (const OutboxEntry& entry : unsent_entries(context))
        std::ranges::for_each(entry.changeset.ops, add);
    for (const TrayItem& item : context.store.tray.list(false)) {
        if (item.settled_at.ms == 0) add(item.op);
    }
    return records;
}

void answer_difference(Context& context,
                       const RecordId& record,
                       const PendingLine& line,
                       action::Json& list) {
    const auto words = [&](const Value& value) {
        return shown(context.store, context.asker(), *line.field, value);
    };
    const auto official = words(line.official);
    const auto mine = words(line.mine);
    list.push_back({{"record", to_text(record)},
                    {"field", line.field->name},
                    {"official", official},
                    {"mine", mine},
                    {"state", line.state.en}});
    context.answer.plain(title_of(context.store, context.asker(), record) + "  " +
                         context.say(line.field->label) + context.say({"：", ": "}) + official +
                         " → " + mine + "  " + context.say(line.state));
}

/// Of every record, or of one customer's.
Result<int> diff(Context& context) {
    auto& replica = context.store.replica;
    std::optional<RecordId> only;
    if (context.inputs.has("customer")) {
        auto found = find_customer(context.store, context.asker(), context.inputs.text("customer"));
        if (!found) return pass(found);
        only = *found;
    }
    auto list = action::Json::array();
    for (const auto& [kind, record] : differing(context)) {
        const auto values = replica.load(*kind, record).value_or(FieldValues{});
        if (only && replica.customer_of(*kind, record, values) != *only) continue;
        for (const PendingLine& line : pending_of(context.store, *kind, record))
            answer_difference(context, record, line, list);
    }
    if (list.empty())
        context.answer.line(Text{"与办公室没有差别", "no difference from the office"});
    context.answer.document({{"differences", std::move(list)}});
    return 0;
}

}  // namespace

std::span<const Action> outbox_actions() {
    static constexpr std::array kActions{
        Action{"pending",
               {"查看待上传的内容", "what waits for the next sync"},
               "dossier pending",
               {},
               Needs::Reading,
               pending},
        Action{"tray list",
               {"查看未采纳、待核和冲突的内容，附理由和处理办法",
                "what was not taken, with reason and remedy"},
               "dossier tray list",
               kTray,
               Needs::Reading,
               tray},
        Action{"tray read",
               {"标为已读", "mark as read"},
               "dossier tray read 3 4",
               kRead,
               Needs::Store,
               read_tray},
        Action{"log",
               {"查看本机做过的修改及结果", "what was done on this laptop and what became of it"},
               "dossier log --limit 20",
               kLog,
               Needs::Reading,
               log},
        Action{"diff",
               {"本机与办公室的差别：待上传和待核的值", "how this laptop differs from the office"},
               "dossier diff 明润",
               kDiff,
               Needs::Reading,
               diff},
    };
    return kActions;
}

}  // namespace dossier::client
