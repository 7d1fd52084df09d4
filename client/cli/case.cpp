// case list, show: conflicts about my edits, as the office sent them.
#include <charconv>

#include <nlohmann/json.hpp>

#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"
#include "common/cli/table.hpp"
#include "common/cli/values.hpp"

#include "client/cli/show.hpp"
#include "client/cli/words.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kCase;

constexpr Fault kUnknownCase{"client.unknown_case",
                             ErrorCode::NotFound,
                             {"本机没有冲突“{}”", "this laptop holds no case \"{}\""},
                             {"用 dossier case list --all 查看", "see dossier case list --all"}};

/// The field of a case about whether a record goes.
constexpr std::string_view kRemoval = "deleted_at";

/// A group's values, kept in the case as JSON, as people read them.
std::string group_text(Context& context, const FieldValues& values, const std::string& json) {
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto group = kind == nullptr
                           ? FieldValues{}
                           : catalog::values_from_json(*kind, json).value_or(FieldValues{});
    const auto title = [&](const RecordId& id) { return title_of(context, id); };
    if (kind != nullptr && text_in(values, kCase, "field") == kRemoval)
        return cli::shown_removal(*kind, group, context.console.lang, title);
    if (group.empty()) return context.console.lang == Lang::Zh ? "（空）" : "(empty)";
    return cli::shown_group(*kind, group, context.console.lang, title);
}

/// The record of a customer's file the case is about, by kind and title.
std::string subject(Context& context, const FieldValues& values) {
    const auto customer = record_in(values, kCase, "customer_id");
    const auto record = record_in(values, kCase, "record_id");
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto file = title_of(context, customer);
    if (record == customer || kind == nullptr) return file;
    return file + "　" + std::string(kind->label.in(context.console.lang)) + " " +
           title_of(context, record);
}

std::string field_label(Context& context, const FieldValues& values) {
    if (text_in(values, kCase, "field") == kRemoval)
        return std::string(context.console.in({"是否删除", "Removal"}));
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto* of =
        kind == nullptr ? nullptr : catalog::find_field(*kind, text_in(values, kCase, "field"));
    return of == nullptr ? "?" : std::string(of->label.in(context.console.lang));
}

std::string shown_in(Context& context, const FieldValues& values, std::string_view name) {
    const auto* of = catalog::find_field(kCase, name);
    const Value* value = find(values, of->tag);
    return value == nullptr ? "-"
                            : cli::shown(*of, *value, context.console.lang,
                                         [&](const RecordId& id) { return title_of(context, id); });
}

Result<int> list(Context& context) {
    Query query{
        .kind = &kCase, .order_by = &field(kCase, "number"), .descending = true, .limit = 200};
    if (!context.has("all")) query.where = {{field(kCase, "state").tag, std::string("open")}};
    const auto ids = context.store->replica.select(query);
    context.console.document({{"cases", records_json(context, kCase, ids)}});
    if (context.console.json) return 0;
    const bool zh = context.console.lang == Lang::Zh;
    cli::Table table(zh ? std::vector<std::string>{"编号", "客户", "字段", "状态", "期限"}
                        : std::vector<std::string>{"No.", "Customer", "Field", "State", "Due"});
    for (const RecordId& id : ids) {
        const auto values = context.store->replica.load(kCase, id).value_or(FieldValues{});
        table.row({std::to_string(number_in(values, kCase, "number")), subject(context, values),
                   field_label(context, values), shown_in(context, values, "state"),
                   text_in(values, kCase, "due_on")});
    }
    if (ids.empty()) context.console.line(Text{"没有待处理的冲突", "no open case"});
    if (!ids.empty()) table.print(context.console.out);
    show_as_of(context);
    return 0;
}

Result<int> show(Context& context) {
    std::int64_t number = 0;
    const std::string word = context.word(0);
    std::from_chars(word.data(), word.data() + word.size(), number);
    Query query{.kind = &kCase};
    query.where = {{field(kCase, "number").tag, number}};
    const auto found = context.store->replica.select(query);
    if (found.empty()) return fail(kUnknownCase, head(word, 40));
    const auto values = context.store->replica.load(kCase, found.front()).value_or(FieldValues{});
    context.console.document({{"case", records_json(context, kCase, found)}});
    if (context.console.json) return 0;
    const auto label = [&](const char* zh, const char* en) {
        return std::string(context.console.in({zh, en}));
    };
    std::vector<std::pair<std::string, std::string>> pairs{
        {label("编号", "Number"), std::to_string(number)},
        {label("客户", "Customer"), subject(context, values)},
        {label("字段", "Field"), field_label(context, values)},
        {label("状态", "State"), shown_in(context, values, "state")},
        {label("基准值", "Base"),
         group_text(context, values, text_in(values, kCase, "base_value"))},
        {label("中央值", "Office"),
         group_text(context, values, text_in(values, kCase, "current_value"))}};
    const auto candidates =
        nlohmann::json::parse(text_in(values, kCase, "candidates"), nullptr, false);
    int count = 0;
    for (const auto& candidate : candidates.is_array() ? candidates : nlohmann::json::array()) {
        const auto author = id_from<RecordId>(candidate.value("author", "")).value_or(RecordId{});
        pairs.emplace_back(
            label("候选", "Candidate") + " " + std::to_string(++count),
            group_text(context, values,
                       candidate.contains("value") ? candidate["value"].dump() : "{}") +
                "  — " + title_of(context, author) + " " +
                office_minute(Instant{candidate.value("at", std::int64_t{0})}));
    }
    const std::string resolved = text_in(values, kCase, "resolved_value");
    if (!resolved.empty())
        pairs.emplace_back(label("裁决值", "Ruling"), group_text(context, values, resolved));
    if (!record_in(values, kCase, "resolved_by").is_none())
        pairs.emplace_back(label("裁决人", "Ruled by"),
                           title_of(context, record_in(values, kCase, "resolved_by")));
    if (const auto reason = text_in(values, kCase, "reason"); !reason.empty())
        pairs.emplace_back(label("理由", "Reason"), reason);
    cli::print_pairs(context.console.out, pairs);
    show_as_of(context);
    return 0;
}

}  // namespace

std::span<const Command> case_commands() {
    static const std::array kCommands{
        Command{.path = "case list",
                .help = {"与我有关的冲突", "conflicts about my edits"},
                .example = "dossier case list --all",
                .options = {{"all", {"含已处理", "also settled ones"}, true}},
                .run = list},
        Command{.path = "case show",
                .help = {"查看一条冲突：基准、中央值、候选值、裁决",
                         "show a case: base, office, candidates, ruling"},
                .example = "dossier case show 3",
                .words = "NUMBER",
                .run = show},
    };
    return kCommands;
}

}  // namespace dossier::client
