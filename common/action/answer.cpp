#include "common/action/answer.hpp"

#include "common/base/safe_text.hpp"
#include "common/catalog/describe.hpp"

namespace dossier::action {
namespace {

/// What fills the marks is mostly somebody's words; each stays in its line.
std::string filled(std::string_view pattern, std::initializer_list<std::string> args) {
    std::vector<std::string> safe;
    for (const auto& arg : args) safe.push_back(safe_text(arg));
    return fill(pattern, safe);
}

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
    return Refusal{of["id"], of["code"], of["message"]};
}

}  // namespace

void Answer::line(const Text& text, std::initializer_list<std::string> args) {
    plain(filled(in(text), args));
}

void Answer::note(const Text& text, std::initializer_list<std::string> args) {
    auto words = filled(in(text), args);
    if (on_note) return on_note(words);
    notes.push_back(std::move(words));
}

void refuse(Outcome& outcome, const Error& error) {
    outcome.code = exit_code(error.code());
    outcome.refusal = Refusal{std::string(error.id()), outcome.code,
                              catalog::describe(error, outcome.answer.lang)};
}

Json to_json(const Outcome& outcome) {
    auto parts = Json::array();
    for (const Part& part : outcome.answer.parts) parts.push_back(std::visit(PartJson{}, part));
    Json document{{"parts", std::move(parts)},
                  {"notes", outcome.answer.notes},
                  {"data", outcome.answer.data},
                  {"code", outcome.code}};
    if (!outcome.answer.next.empty()) document["next"] = outcome.answer.next;
    if (outcome.refusal)
        document["refusal"] = {{"id", outcome.refusal->id},
                               {"code", outcome.refusal->code},
                               {"message", outcome.refusal->message}};
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
