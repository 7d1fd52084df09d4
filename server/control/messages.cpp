#include "server/control/messages.hpp"

namespace dossier::server {
namespace {

using action::Json;

std::string one_line(const Json& document) {
    return document.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

bool are_texts(const Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (!object.contains(name) || !object[name].is_string()) return false;
    }
    return true;
}

}  // namespace

ControlRequest request_of(const Order& order) {
    return {.action = action::name_of(*order.action),
            .inputs = action::to_json(*order.action, order.inputs),
            .as = order.as,
            .purpose = order.purpose,
            .lang = order.lang,
            .folder = order.start};
}

Result<Order> order_of(const ControlRequest& request) {
    const Action* action = find_action(request.action);
    if (action == nullptr || action->runs == Runs::Here)
        return fail(action::kUnknownAction, head(request.action, 60));
    auto inputs = action::inputs_from(*action, request.inputs);
    if (!inputs) return pass(inputs);
    return Order{.action = action,
                 .inputs = std::move(*inputs),
                 .as = request.as,
                 .purpose = request.purpose,
                 .lang = request.lang,
                 .start = request.folder};
}

std::string encode(const ControlRequest& request) {
    return one_line({{"action", request.action},
                     {"inputs", request.inputs},
                     {"as", request.as},
                     {"purpose", request.purpose},
                     {"lang", request.lang == Lang::En ? "en" : "zh"},
                     {"folder", request.folder}});
}

std::optional<ControlRequest> decode_request(std::string_view line) {
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object() || !object.contains("inputs") ||
        !are_texts(object, {"action", "as", "purpose", "lang", "folder"}))
        return std::nullopt;
    const auto lang = lang_from(object["lang"].get<std::string>());
    if (!lang) return std::nullopt;
    return ControlRequest{.action = object["action"],
                          .inputs = object["inputs"],
                          .as = object["as"],
                          .purpose = object["purpose"],
                          .lang = *lang,
                          .folder = object["folder"]};
}

std::string encode(const action::Outcome& answer) {
    return one_line(action::to_json(answer));
}

std::optional<action::Outcome> decode_answer(std::string_view bytes, Lang lang) {
    return action::outcome_from(Json::parse(bytes, nullptr, false), lang);
}

action::Outcome answer_request(const ControlRequest& request, Workplace& place) {
    auto order = order_of(request);
    return order ? perform(*order, place) : refuse_request(request, order.error());
}

bool is_urgent(const ControlRequest& request) {
    const Action* action = find_action(request.action);
    return action != nullptr && action->runs == Runs::AtOnce;
}

action::Outcome refuse_request(const ControlRequest& request, const Error& error) {
    action::Outcome outcome{.answer = action::Answer(request.lang)};
    action::refuse(outcome, error);
    return outcome;
}

}  // namespace dossier::server
