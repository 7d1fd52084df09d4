#include "client/reading/cases.hpp"

#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"
#include "common/cli/values.hpp"

#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::kCase;

/// The field of a case about whether a record goes.
constexpr std::string_view kRemoval = "deleted_at";

/// A group's values, kept in the case as JSON, as people read them.
std::string group_text(Store& store,
                       const Asker& asker,
                       const FieldValues& values,
                       const std::string& json) {
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto group = kind == nullptr
                           ? FieldValues{}
                           : catalog::values_from_json(*kind, json).value_or(FieldValues{});
    if (kind != nullptr && text_in(values, kCase, "field") == kRemoval)
        return cli::shown_removal(*kind, group, asker.lang, titles(store, asker));
    if (group.empty()) return asker.lang == Lang::Zh ? "（空）" : "(empty)";
    return cli::shown_group(*kind, group, asker.lang, titles(store, asker));
}

/// The record of a customer's file the case is about, by kind and title.
std::string subject(Store& store, const Asker& asker, const FieldValues& values) {
    const auto customer = record_in(values, kCase, "customer_id");
    const auto record = record_in(values, kCase, "record_id");
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto file = title_of(store, asker, customer);
    if (record == customer || kind == nullptr) return file;
    return file + "　" + std::string(kind->label.in(asker.lang)) + " " +
           title_of(store, asker, record);
}

std::string field_label(const Asker& asker, const FieldValues& values) {
    if (text_in(values, kCase, "field") == kRemoval)
        return std::string(Text{"是否删除", "Removal"}.in(asker.lang));
    const auto* kind = catalog::find_kind(text_in(values, kCase, "entity"));
    const auto* of =
        kind == nullptr ? nullptr : catalog::find_field(*kind, text_in(values, kCase, "field"));
    return of == nullptr ? "?" : std::string(of->label.in(asker.lang));
}

/// "传真 0571-11112222  — 李建国 2026-03-02 09:10".
std::string candidate_text(Store& store,
                           const Asker& asker,
                           const FieldValues& values,
                           const action::Json& candidate) {
    if (!candidate.is_object()) return "?";
    const auto author = id_from<RecordId>(candidate.value("author", "")).value_or(RecordId{});
    const auto value = candidate.contains("value") ? candidate["value"].dump() : "{}";
    return group_text(store, asker, values, value) + "  — " + title_of(store, asker, author) + " " +
           office_minute(Instant{candidate.value("at", std::int64_t{0})});
}

}  // namespace

action::Facts case_facts(Store& store, const Asker& asker, const FieldValues& values) {
    const auto group = [&](std::string_view name) {
        return group_text(store, asker, values, text_in(values, kCase, name));
    };
    action::Facts facts;
    const auto add = [&](const Text& label, std::string value) {
        facts.lines.emplace_back(label.in(asker.lang), std::move(value));
    };
    add({"编号", "Number"}, std::to_string(number_in(values, kCase, "number")));
    add({"客户", "Customer"}, subject(store, asker, values));
    add({"字段", "Field"}, field_label(asker, values));
    add({"状态", "State"}, shown_in(store, asker, kCase, values, "state"));
    add({"基准值", "Base"}, group("base_value"));
    add({"中央值", "Office"}, group("current_value"));
    const auto candidates =
        action::Json::parse(text_in(values, kCase, "candidates"), nullptr, false);
    int count = 0;
    for (const auto& candidate : candidates.is_array() ? candidates : action::Json::array()) {
        const auto label =
            std::string(Text{"候选", "Candidate"}.in(asker.lang)) + " " + std::to_string(++count);
        facts.lines.emplace_back(label, candidate_text(store, asker, values, candidate));
    }
    if (!text_in(values, kCase, "resolved_value").empty())
        add({"裁决值", "Ruling"}, group("resolved_value"));
    if (const auto by = record_in(values, kCase, "resolved_by"); !by.is_none())
        add({"裁决人", "Ruled by"}, title_of(store, asker, by));
    if (auto reason = text_in(values, kCase, "reason"); !reason.empty())
        add({"理由", "Reason"}, std::move(reason));
    return facts;
}

action::Table cases_table(Store& store, const Asker& asker, std::span<const RecordId> cases) {
    const bool zh = asker.lang == Lang::Zh;
    using Header = std::vector<std::string>;
    action::Table table{zh ? Header{"编号", "客户", "字段", "状态", "期限"}
                           : Header{"No.", "Customer", "Field", "State", "Due"}};
    for (const RecordId& id : cases) {
        const auto values = store.replica.load(kCase, id).value_or(FieldValues{});
        table.row({std::to_string(number_in(values, kCase, "number")),
                   subject(store, asker, values), field_label(asker, values),
                   shown_in(store, asker, kCase, values, "state"),
                   text_in(values, kCase, "due_on")});
    }
    return table;
}

}  // namespace dossier::client
