#include <algorithm>
#include <array>

#include "common/action/derive.hpp"
#include "common/api/catalog_document.hpp"
#include "common/base/told.hpp"

namespace dossier::api {
namespace {

using action::Json;

std::string_view word(Give give) {
    switch (give) {
        case Give::Required:
            return "required";
        case Give::Flag:
            return "flag";
        case Give::Many:
            return "many";
        case Give::SomeRequired:
            return "some";
        case Give::Optional:
            break;
    }
    return "optional";
}

std::string_view word(http::Method method) {
    return method == http::Method::Get ? "GET" : "POST";
}

/// Texts as the asker reads them.
struct Teller {
    const Routes& routes;
    Lang lang;

    [[nodiscard]] std::string said(const Text& text) const {
        return say_actions(told(text.in(lang), {}),
                           [&](std::string_view name) { return routes.words(name, lang); });
    }
};

/// What stands for the value in a help: "LOGIN", "CODE", "0-3".
std::string placeholder(const Input& input) {
    if (!input.value.empty() || !input.stands()) return std::string(input.value);
    return std::string(input.name);
}

/// The kind an action of this group is about, by its catalog name; empty for none.
std::string_view kind_of(const Route& route) {
    struct Called {
        std::string_view group;
        std::string_view kind;
    };
    // Groups with a shorter word than their kind's.
    constexpr std::array kCalled{
        Called{"attach", "attachment"},   Called{"role", "role_assignment"},
        Called{"grant", "access_grant"},  Called{"dup", "duplicate_candidate"},
        Called{"visit", "communication"}, Called{"worklog", "work_log"}};
    if (route.about != nullptr) return route.about->name;
    const auto group = group_of(*route.action);
    const auto at = std::ranges::find(kCalled, group, &Called::group);
    if (at != kCalled.end()) return at->kind;
    const auto* kind = action::kind_of_word(group);
    return kind == nullptr ? std::string_view() : kind->name;
}

Json input_document(const Input& input, const Route& route, const Teller& teller) {
    Json document{{"key", input.key()},       {"help", teller.said(input.help)},
                  {"give", word(input.give)}, {"value", placeholder(input)},
                  {"stands", input.stands()}, {"in_path", route.named == &input}};
    if (input.means == Means::FileRead) document["file"] = "in";
    if (input.means == Means::FileWritten) document["file"] = "out";
    if (input.means == Means::Secret) document["secret"] = true;
    if (input.field != nullptr) document["field"] = input.field->name;
    if (!input.along.empty()) document["along"] = input.along;
    return document;
}

Json schema_of(const Input& input, const Teller& teller) {
    Json schema{{"type", "string"}};
    if (input.give == Give::Flag) schema = {{"type", "boolean"}};
    if (input.means == Means::FileRead)
        schema = {{"type", "object"},
                  {"required", {"name", "data"}},
                  {"properties",
                   {{"name", {{"type", "string"}}},
                    {"data", {{"type", "string"}, {"contentEncoding", "base64"}}}}}};
    if (input.is_many()) schema = {{"type", "array"}, {"items", schema}};
    schema["description"] = teller.said(input.help);
    return schema;
}

/// In the path, and of what only reads in the query too.
Json parameters_of(const Route& route, const Teller& teller) {
    auto parameters = Json::array();
    for (const Input& input : route.action->inputs) {
        const bool in_path = route.named == &input;
        if (!in_path && route.method != http::Method::Get) continue;
        parameters.push_back({{"name", input.key()},
                              {"in", in_path ? "path" : "query"},
                              {"required", in_path || input.is_required()},
                              {"schema", schema_of(input, teller)}});
    }
    return parameters;
}

Json body_of(const Route& route, const Teller& teller) {
    auto properties = Json::object();
    auto required = Json::array();
    for (const Input& input : route.action->inputs) {
        if (route.named == &input) continue;
        properties[input.key()] = schema_of(input, teller);
        const bool is_made_here = input.means == Means::FileWritten;
        if (input.is_required() && !is_made_here) required.push_back(input.key());
    }
    Json schema{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = required;
    return {{"content", {{"application/json", {{"schema", schema}}}}}};
}

Json operation_of(const Route& route, const Teller& teller) {
    Json operation{{"operationId", action::name_of(*route.action)},
                   {"summary", teller.said(route.action->help)},
                   {"parameters", parameters_of(route, teller)}};
    if (route.method != http::Method::Get) operation["requestBody"] = body_of(route, teller);
    const Json answer{{"$ref", "#/components/responses/Answer"}};
    operation["responses"] = {{"200", answer}, {"default", answer}};
    return operation;
}

Json answer_schema() {
    const Json text{{"type", "string"}};
    const Json refusal{
        {"type", "object"},
        {"required", {"id", "code", "message"}},
        {"properties",
         {{"id", text}, {"code", {{"type", "integer"}}}, {"message", text}, {"next", text}}}};
    return {{"type", "object"},
            {"required", {"parts", "notes", "data", "code"}},
            {"properties",
             {{"parts", {{"type", "array"}, {"items", {{"type", "object"}}}}},
              {"notes", {{"type", "array"}, {"items", text}}},
              {"data", Json::object()},
              {"next", text},
              {"code", {{"type", "integer"}}},
              {"refusal", refusal}}}};
}

}  // namespace

Json actions_document(const Routes& routes, Lang lang, const MayAsk& may) {
    const Teller teller{routes, lang};
    auto list = Json::array();
    for (const Route& route : routes.all()) {
        const Action& action = *route.action;
        auto inputs = Json::array();
        for (const Input& input : action.inputs)
            inputs.push_back(input_document(input, route, teller));
        Json document{{"name", action::name_of(action)},
                      {"words", action.words},
                      {"help", teller.said(action.help)},
                      {"method", word(route.method)},
                      {"path", route.path},
                      {"verb", verb_of(action)},
                      {"may", may(action)},
                      {"inputs", std::move(inputs)}};
        if (!group_of(action).empty()) document["group"] = group_of(action);
        if (!kind_of(route).empty()) document["kind"] = kind_of(route);
        list.push_back(std::move(document));
    }
    return list;
}

Json openapi_document(const Routes& routes, Lang lang) {
    const Teller teller{routes, lang};
    auto paths = Json::object();
    for (const Route& route : routes.all())
        paths[route.path][route.method == http::Method::Get ? "get" : "post"] =
            operation_of(route, teller);
    const Json answer{
        {"description", "parts, data and refusal"},
        {"content",
         {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Answer"}}}}}}}};
    const Json cookie{{"type", "apiKey"}, {"in", "cookie"}, {"name", "dossier_session"}};
    return {{"openapi", "3.1.0"},
            {"info", {{"title", "Dossier"}, {"version", "1"}}},
            {"paths", std::move(paths)},
            {"security", Json::array({{{"session", Json::array()}}})},
            {"components",
             {{"schemas", {{"Answer", answer_schema()}}},
              {"responses", {{"Answer", answer}}},
              {"securitySchemes", {{"session", cookie}}}}}};
}

}  // namespace dossier::api
