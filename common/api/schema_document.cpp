#include <algorithm>
#include <array>

#include "common/action/derive.hpp"
#include "common/api/catalog_document.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/choices.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/dictionary.hpp"
#include "common/catalog/references.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

namespace dossier::api {
namespace {

using action::Json;
using catalog::Field;
using catalog::Kind;

std::string_view word(catalog::Type type) {
    constexpr std::array<std::string_view, 13> kWords{"text", "int",  "money",  "percent", "bool",
                                                      "date", "time", "enum",   "set",     "list",
                                                      "json", "ref",  "reflist"};
    return kWords.at(static_cast<std::size_t>(type));
}

std::string_view word(workflow::Authority by) {
    using workflow::Authority;
    switch (by) {
        case Authority::Operation:
            return "operation";
        case Authority::Author:
            return "author";
        case Authority::Superior:
            return "superior";
        case Authority::Role:
            return "role";
        case Authority::Grant:
            return "grant";
        case Authority::Matter:
            return "matter";
        case Authority::Files:
            return "files";
        case Authority::Assignee:
            return "assignee";
        case Authority::Asked:
            return "asked";
        case Authority::Signer:
            return "signer";
        case Authority::Office:
            break;
    }
    return "office";
}

/// To a page a reference is one, however its identity is kept.
bool is_one_link(const Field& field) {
    return field.type != catalog::Type::RefList && catalog::is_reference(field);
}

bool is_list(const Field& field) {
    using catalog::Type;
    return field.type == Type::Set || field.type == Type::List || field.type == Type::RefList;
}

Json options_of(std::span<const catalog::Choice> choices, Lang lang) {
    auto options = Json::array();
    for (const auto& choice : choices)
        options.push_back({{"value", choice.code}, {"label", choice.label.in(lang)}});
    return options;
}

/// "said": a person may say it of a new record; "set": and change it later. "writable" is true for
/// both, and false for what the office alone sets.
Json field_document(const Kind& kind, const Field& field, Lang lang) {
    const bool is_said = action::is_said(kind, field);
    Json document{{"name", field.name},
                  {"label", field.label.in(lang)},
                  {"type", word(is_one_link(field) ? catalog::Type::Ref : field.type)},
                  {"required", field.required},
                  {"preset", !field.preset.empty()},
                  {"unique", field.unique},
                  {"secrecy", catalog::level_code(field.level)},
                  {"facet", catalog::facet_name(catalog::facet_of(kind, field))},
                  {"group", field.group},
                  {"list", is_list(field)},
                  {"controlled", catalog::is_controlled(field)},
                  {"writable", is_said},
                  {"said", is_said},
                  {"set", is_said && field.merge != catalog::Merge::Immutable}};
    if (!field.choices.empty()) document["options"] = options_of(field.choices, lang);
    if (!field.target.empty()) document["link"] = field.target;
    if (field.length_max > 0) document["length"] = field.length_max;
    if (field.type == catalog::Type::Money) document["unit"] = "fen";
    if (field.type == catalog::Type::BasisPoints) document["unit"] = "bp";
    return document;
}

Json rights_of(const workflow::Step& step, Json& roles) {
    auto by = Json::array();
    for (const auto& right : step.who) {
        by.push_back(word(right.by));
        for (const auto role : right.roles) roles.push_back(access::facts(role).code);
    }
    return by;
}

Json step_document(const workflow::Step& step, Lang lang) {
    auto inputs = Json::array();
    for (const auto& input : step.inputs)
        inputs.push_back({{"field", input.field}, {"required", input.required}});
    auto roles = Json::array();
    auto by = rights_of(step, roles);
    return {{"name", step.event},    {"label", step.label.in(lang)},
            {"from", step.from},     {"to", step.to},
            {"by", std::move(by)},   {"roles", std::move(roles)},
            {"inputs", inputs},      {"reason", step.says_why},
            {"days", step.due.days}, {"chosen_by", step.chosen_by}};
}

Json machine_document(const workflow::Machine& machine, Lang lang) {
    auto states = Json::array();
    for (const auto& state : machine.states)
        states.push_back({{"value", state.code},
                          {"label", workflow::label_of(machine, state).in(lang)},
                          {"first", state.is_first},
                          {"end", state.is_final},
                          {"goal", state.is_goal}});
    auto steps = Json::array();
    for (const auto& step : machine.steps) steps.push_back(step_document(step, lang));
    return {{"name", machine.name},
            {"label", machine.label.in(lang)},
            {"field", machine.state_field},
            {"states", std::move(states)},
            {"steps", std::move(steps)}};
}

Json names_document(std::string_view list) {
    auto names = Json::array();
    for (const auto name : catalog::names_in(list)) names.push_back(name);
    return names;
}

/// The fields of a new record in the order of its form.
Json form_document(const Kind& kind) {
    auto form = names_document(kind.form);
    for (const Field& field : kind.fields) {
        const bool is_there = std::ranges::find(form, Json(field.name)) != form.end();
        if (!is_there && action::is_said(kind, field)) form.push_back(field.name);
    }
    return form;
}

/// What fields require of each other, for forms to ask in time.
Json needs_document(const Kind& kind) {
    auto needs = Json::array();
    for (const catalog::Need& need : catalog::needs()) {
        if (need.kind->tag != kind.tag) continue;
        needs.push_back({{"field", need.cause},
                         {"codes", need.codes.empty() ? Json::array() : names_document(need.codes)},
                         {"needed", need.needed}});
    }
    return needs;
}

Json scenes_document(const Kind& kind, Lang lang) {
    auto scenes = Json::array();
    for (const catalog::Scene& scene : kind.scenes)
        scenes.push_back({{"label", scene.label.in(lang)}, {"where", scene.where}});
    return scenes;
}

Json kind_document(const Kind& kind, Lang lang) {
    auto fields = Json::array();
    for (const Field* field : catalog::all_fields(kind))
        fields.push_back(field_document(kind, *field, lang));
    Json document{{"tag", kind.name},
                  {"name", kind.label.in(lang)},
                  {"many", catalog::plural(kind, lang)},
                  {"word", action::word_of(kind)},
                  {"title", kind.title},
                  {"parent", kind.parent},
                  {"order", (kind.newest_first ? "-" : "") + std::string(kind.list_order)},
                  {"fields", std::move(fields)},
                  {"form", form_document(kind)},
                  {"list", names_document(kind.list_columns)},
                  {"filters", names_document(kind.list_filters)},
                  {"scenes", scenes_document(kind, lang)},
                  {"needs", needs_document(kind)},
                  {"machines", Json::array()}};
    for (const auto* machine : workflow::machines()) {
        if (machine->kind == &kind)
            document["machines"].push_back(machine_document(*machine, lang));
    }
    if (!document["machines"].empty()) document["machine"] = document["machines"].front();
    return document;
}

Json way_document(const catalog::Way& way) {
    auto fields = Json::array();
    for (const auto& [field, code, is_barred] : way.fields) {
        Json document{{"name", field->name}};
        if (!code.empty()) document["code"] = code;
        if (is_barred) document["empty"] = true;
        fields.push_back(std::move(document));
    }
    return {{"kind", way.kind->name}, {"fields", std::move(fields)}};
}

/// What a file is to hold before it is submitted, for forms of records that are not there yet:
/// {"by": the field that decides whom a demand concerns, "person": its code, "demands": [{
/// "enterprise", "person": whether it concerns them, "ways": [{"kind", "fields": [{"name", "code",
/// "empty"}]}]}]}.
Json submission_document() {
    auto demands = Json::array();
    for (const auto& demand : catalog::demands()) {
        if (demand.profile > catalog::Profile::Submission) continue;
        auto ways = Json::array();
        for (const auto& way : catalog::ways_of(demand)) ways.push_back(way_document(way));
        demands.push_back({{"enterprise", demand.enterprise > 0},
                           {"person", demand.person > 0},
                           {"ways", std::move(ways)}});
    }
    return {{"by", catalog::kPartyField},
            {"person", catalog::kPerson},
            {"demands", std::move(demands)}};
}

}  // namespace

Json schema_document(Lang lang) {
    auto kinds = Json::array();
    for (const Kind* kind : catalog::kinds()) kinds.push_back(kind_document(*kind, lang));
    auto roles = Json::array();
    for (const auto& role : access::all_roles())
        roles.push_back({{"value", role.code}, {"label", role.label.in(lang)}});
    return {{"schema", catalog::schema_version()},
            {"kinds", std::move(kinds)},
            {"roles", std::move(roles)},
            {"submission", submission_document()},
            {"secrecies", options_of(catalog::choices::kLevel, lang)}};
}

}  // namespace dossier::api
