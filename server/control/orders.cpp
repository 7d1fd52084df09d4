#include "server/control/orders.hpp"

#include "common/base/text.hpp"

namespace dossier::server {

control::Request request_of(const Order& order) {
    return {.action = action::name_of(*order.action),
            .inputs = action::to_json(*order.action, order.inputs),
            .as = order.as,
            .purpose = order.purpose,
            .lang = order.lang,
            .folder = order.start};
}

Result<Order> order_of(const control::Request& request) {
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

action::Outcome answer_request(const control::Request& request, Workplace& place) {
    auto order = order_of(request);
    return order ? perform(*order, place) : control::refuse_request(request, order.error());
}

bool is_urgent(const control::Request& request) {
    const Action* action = find_action(request.action);
    return action != nullptr && action->runs == Runs::AtOnce;
}

}  // namespace dossier::server
