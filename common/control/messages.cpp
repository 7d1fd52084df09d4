#include "common/control/messages.hpp"

#include <algorithm>

#include "common/base/text.hpp"

namespace dossier::control {
namespace {

using action::Json;

std::string one_line(const Json& document) {
    return document.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

constexpr std::string_view kForm =
    R"({"action":"…","inputs":{…},"as":"","purpose":"","lang":"zh|en","folder":""})";

/// The first member that is missing or of a wrong type; empty when none is.
std::string wrong_member(const Json& object) {
    for (const char* name : {"action", "as", "purpose", "lang", "folder"}) {
        if (!object.contains(name) || !object[name].is_string()) return name;
    }
    if (!lang_from(object["lang"].get<std::string>())) return "lang";
    return object.contains("inputs") ? "" : "inputs";
}

tl::unexpected<Error> malformed(std::string_view member) {
    return fail(kMalformed, std::string(member), std::string(kForm));
}

/// Whether a text of the value, an input's, is broken.
bool is_broken(const Json& value) {
    if (value.is_string()) return !is_utf8(value.get_ref<const std::string&>());
    return value.is_structured() &&
           std::ranges::any_of(value, [](const Json& each) { return is_broken(each); });
}

}  // namespace

std::string encode(const Request& request) {
    return one_line({{"action", request.action},
                     {"inputs", request.inputs},
                     {"as", request.as},
                     {"purpose", request.purpose},
                     {"lang", request.lang == Lang::En ? "en" : "zh"},
                     {"folder", request.folder}});
}

Status check_text(const Request& request) {
    if (request.inputs.is_object()) {
        for (const auto& [key, value] : request.inputs.items()) {
            if (is_broken(value)) return fail(kNotUtf8, key);
        }
    }
    if (!is_utf8(request.as)) return fail(kNotUtf8, "as");
    if (!is_utf8(request.purpose)) return fail(kNotUtf8, "purpose");
    if (!is_utf8(request.folder)) return fail(kNotUtf8, "folder");
    return {};
}

Result<Request> decode_request(std::string_view line) {
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) return malformed("action");
    if (const auto wrong = wrong_member(object); !wrong.empty()) return malformed(wrong);
    return Request{.action = object["action"],
                   .inputs = object["inputs"],
                   .as = object["as"],
                   .purpose = object["purpose"],
                   .lang = *lang_from(object["lang"].get<std::string>()),
                   .folder = object["folder"]};
}

std::string encode(const action::Outcome& answer) {
    return one_line(action::to_json(answer));
}

std::optional<action::Outcome> decode_answer(std::string_view bytes, Lang lang) {
    return action::outcome_from(Json::parse(bytes, nullptr, false), lang);
}

action::Outcome refuse_request(const Request& request, const Error& error) {
    action::Outcome outcome{.answer = action::Answer(request.lang)};
    action::refuse(outcome, error);
    return outcome;
}

}  // namespace dossier::control
