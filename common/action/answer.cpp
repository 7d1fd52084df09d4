#include "common/action/answer.hpp"

#include <algorithm>

#include "common/base/told.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::action {
namespace {

struct PartJson {
    Json operator()(const std::string& line) const { return {{"line", line}}; }
    Json operator()(const Facts& facts) const {
        auto lines = Json::array();
        for (const auto& [label, value] : facts.lines) lines.push_back(Json::array({label, value}));
        return {{"facts", std::move(lines)}};
    }
    Json operator()(const Table& table) const {
        return {{"header", table.header}, {"rows", table.rows}};
    }
};

using Texts = std::vector<std::string>;

std::optional<Texts> texts_from(const Json& list) {
    if (!list.is_array()) return std::nullopt;
    Texts texts;
    for (const Json& each : list) {
        if (!each.is_string()) return std::nullopt;
        texts.push_back(each.get<std::string>());
    }
    return texts;
}

std::optional<std::vector<Texts>> rows_from(const Json& list, std::size_t cells) {
    if (!list.is_array()) return std::nullopt;
    std::vector<Texts> rows;
    for (const Json& each : list) {
        auto row = texts_from(each);
        if (!row || row->size() != cells) return std::nullopt;
        rows.push_back(std::move(*row));
    }
    return rows;
}

std::optional<Part> part_from(const Json& part) {
    if (!part.is_object()) return std::nullopt;
    if (part.contains("line") && part["line"].is_string())
        return Part{part["line"].get<std::string>()};
    if (part.contains("facts")) {
        const auto rows = rows_from(part["facts"], 2);
        if (!rows) return std::nullopt;
        Facts facts;
        for (const auto& row : *rows) facts.lines.emplace_back(row[0], row[1]);
        return Part{std::move(facts)};
    }
    if (!part.contains("header") || !part.contains("rows")) return std::nullopt;
    auto header = texts_from(part["header"]);
    if (!header) return std::nullopt;
    auto rows = rows_from(part["rows"], header->size());
    if (!rows) return std::nullopt;
    return Part{Table{std::move(*header), std::move(*rows)}};
}

std::optional<Refusal> refusal_from(const Json& of) {
    const bool whole = of.is_object() && of.contains("id") && of["id"].is_string() &&
                       of.contains("code") && of["code"].is_number_integer() &&
                       of.contains("message") && of["message"].is_string();
    if (!whole) return std::nullopt;
    Refusal refusal{of["id"], of["code"], of["message"]};
    for (const auto& [key, into] :
         {std::pair{"next", &refusal.next}, std::pair{"field", &refusal.field}}) {
        if (!of.contains(key)) continue;
        if (!of[key].is_string()) return std::nullopt;
        *into = of[key];
    }
    return refusal;
}

Json to_json(const Refusal& refusal) {
    Json document{{"id", refusal.id}, {"code", refusal.code}, {"message", refusal.message}};
    if (!refusal.next.empty()) document["next"] = refusal.next;
    if (!refusal.field.empty()) document["field"] = refusal.field;
    return document;
}

/// An input without a field is named by its key, which a form finds it by, too.
std::string input_of(const Error& error) {
    std::string key;
    for (const auto& arg : error.args)
        say_actions(arg, [&](std::string_view name) {
            if (key.empty()) key = input_key_in(name);
            return std::string();
        });
    return key;
}

/// Errors about a field name it by its label: that of the first field so called.
std::string field_of(const Error& error) {
    for (const auto& arg : error.args) {
        for (const auto* kind : catalog::kinds()) {
            const auto at = std::ranges::find_if(kind->fields, [&](const catalog::Field& field) {
                return catalog::label_of(field) == arg;
            });
            if (at != kind->fields.end()) return std::string(at->name);
        }
    }
    return input_of(error);
}

}  // namespace

void Answer::line(const Text& text, std::initializer_list<std::string> args) {
    plain(told(in(text), {args.begin(), args.size()}));
}

void Answer::note(const Text& text, std::initializer_list<std::string> args) {
    auto words = told(in(text), {args.begin(), args.size()});
    if (on_note) return on_note(words);
    notes.push_back(std::move(words));
}

Refusal refusal_of(const Error& error, Lang lang) {
    return {.id = std::string(error.id()),
            .code = exit_code(error.code()),
            .message = catalog::describe(error, lang),
            .next = std::string(error.fault->next()),
            .field = field_of(error),
            .error = error.code(),
            .whole = error};
}

void refuse(Outcome& outcome, const Error& error) {
    outcome.refusal = refusal_of(error, outcome.answer.lang);
    outcome.code = outcome.refusal->code;
}

Json to_json(const Outcome& outcome) {
    auto parts = Json::array();
    for (const Part& part : outcome.answer.parts) parts.push_back(std::visit(PartJson{}, part));
    Json document{{"parts", std::move(parts)},
                  {"notes", outcome.answer.notes},
                  {"data", outcome.answer.data},
                  {"code", outcome.code}};
    if (!outcome.answer.next.empty()) document["next"] = outcome.answer.next;
    if (outcome.refusal) document["refusal"] = to_json(*outcome.refusal);
    return document;
}

std::optional<Outcome> outcome_from(const Json& document, Lang lang) {
    const bool whole = document.is_object() && document.contains("parts") &&
                       document["parts"].is_array() && document.contains("notes") &&
                       document.contains("data") && document.contains("code") &&
                       document["code"].is_number_integer();
    auto notes = whole ? texts_from(document["notes"]) : std::nullopt;
    if (!notes) return std::nullopt;
    Outcome outcome{.answer = Answer(lang), .code = document["code"]};
    outcome.answer.notes = std::move(*notes);
    outcome.answer.data = document["data"];
    if (document.contains("next") && document["next"].is_string())
        outcome.answer.next = document["next"].get<std::string>();
    for (const Json& each : document["parts"]) {
        auto part = part_from(each);
        if (!part) return std::nullopt;
        outcome.answer.parts.push_back(std::move(*part));
    }
    if (!document.contains("refusal")) return outcome;
    outcome.refusal = refusal_from(document["refusal"]);
    return outcome.refusal ? std::optional(std::move(outcome)) : std::nullopt;
}

}  // namespace dossier::action
