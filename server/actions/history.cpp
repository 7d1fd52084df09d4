#include "server/actions/history.hpp"

#include <algorithm>

#include "common/catalog/close.hpp"
#include "common/sheet/faults.hpp"

#include "server/actions/names.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/history.hpp"

namespace dossier::server {
namespace {

std::string subject_of(Context& context, const catalog::Kind& kind, const JournalEntry& entry) {
    const std::string event(entry.event.empty() ? "" : event_name(entry.event).in(context.lang()));
    if (entry.group != 0) {
        const auto* of = catalog::find_field(kind, entry.group);
        return std::string(of->label.in(context.lang())) + event;
    }
    if (!event.empty()) return event;
    const Text words = entry.op == merge::OpKind::Create ? Text{"（建档）", "(created)"}
                                                         : Text{"（删除）", "(removed)"};
    return std::string(words.in(context.lang()));
}

std::string verdict_of(Context& context, const JournalEntry& entry) {
    std::string words(verdict_name(entry.verdict).in(context.lang()));
    if (entry.matter != 0) words += " " + std::to_string(entry.matter);
    return words;
}

action::Json entry_document(Context& context,
                            const catalog::Kind& kind,
                            const JournalEntry& entry) {
    const auto* of = catalog::find_field(kind, entry.group);
    return {{"at", iso_utc(entry.stamp.at)},
            {"received_at", iso_utc(entry.received_at)},
            {"by", person_name(context.office, context.asker(), entry.stamp.author)},
            {"by_id", to_text(entry.stamp.author)},
            {"device", device_name(context.office, entry.stamp.device)},
            {"field", entry.group == 0 ? "" : std::string(of->name)},
            {"event", entry.event},
            {"base", cli::values_document(kind, entry.base)},
            {"before", cli::values_document(kind, entry.before)},
            {"value", cli::values_document(kind, entry.value)},
            {"won", entry.won},
            {"verdict", std::string(verdict_word(entry.verdict))},
            {"matter", entry.matter},
            {"source", entry.source},
            {"reason", entry.reason}};
}

std::vector<std::string> entry_cells(Context& context,
                                     const catalog::Kind& kind,
                                     bool whole,
                                     const JournalEntry& entry) {
    const auto shown = [&](const FieldValues& values) {
        // A new record would fill the screen: --field shows one value, --json all.
        if (entry.op == merge::OpKind::Create && whole && !values.empty())
            return fill(context.answer.in({"{} 项", "{} fields"}),
                        std::vector{std::to_string(values.size())});
        return cli::shown_group(kind, values, context.lang(), titles(context));
    };
    const Text won = entry.won ? Text{"是", "yes"} : Text{"否", "no"};
    return {office_minute(entry.stamp.at),
            person_name(context.office, context.asker(), entry.stamp.author),
            device_name(context.office, entry.stamp.device),
            subject_of(context, kind, entry),
            shown(entry.base) + " → " + shown(entry.value),
            std::string(won.in(context.lang())),
            verdict_of(context, entry),
            entry.reason};
}

}  // namespace

Result<int> answer_history(Context& context, const Place& place, std::string_view field) {
    const auto& kind = *catalog::find_kind(place.kind);
    const auto* only = field.empty() ? nullptr : catalog::find_heading(kind, field);
    if (only == nullptr && !field.empty())
        return fail(sheet::kUnknownField, std::string(field), catalog::close_fields(kind, field));
    const auto lines = history_of(context.office, context.asker(), place, only);
    if (!lines) return tl::unexpected(lines.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"时间", "When"}), say({"人员", "Who"}), say({"终端", "Device"}),
                         say({"字段", "Field"}), say({"原值 → 新值", "Base → value"}),
                         say({"生效", "Won"}), say({"回执", "Verdict"}), say({"理由", "Reason"})});
    auto list = action::Json::array();
    for (const auto& entry : *lines) {
        list.push_back(entry_document(context, kind, entry));
        table.row(entry_cells(context, kind, only == nullptr, entry));
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

}  // namespace dossier::server
