// What another process asks of the office that runs, as an order of its actions.
#pragma once

#include "common/control/messages.hpp"

#include "server/actions/perform.hpp"

namespace dossier::server {

control::Request request_of(const Order& order);
/// Errors: action.unknown, action.unknown_input, action.wrong_input.
Result<Order> order_of(const control::Request& request);

/// Carries out what was asked for.
action::Outcome answer_request(const control::Request& request, Workplace& place);
/// Whether a request is to be taken ahead of all others.
bool is_urgent(const control::Request& request);

}  // namespace dossier::server
