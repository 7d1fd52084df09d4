// Carrying out one action on an open laptop, whoever asked for it: the one way from a shell to the
// functions of this folder.
#pragma once

#include <exception>

#include "client/actions/action.hpp"

namespace dossier::client {

/// An action that is asked for.
struct Order {
    const Action* action = nullptr;
    Inputs inputs = {};
    Lang lang = Lang::Zh;
    Exchange exchange = {};
    /// Who hears a note when it is said; without him they stand in the answer.
    std::function<void(const std::string&)> on_note = {};
};

/// Never throws for what a disk or a person does; what was saved before it failed is answered.
/// Refused beforehand: action.unknown for one that a shell does itself, those of `pass_gate`.
action::Outcome perform(const Order& order, Laptop& laptop);

/// Remembers the time that has passed and finds out whether the action may run. Errors:
/// client.lease_over, client.clock_back, client.suspended, client.revoked, client.wiped.
Result<Lock> pass_gate(Store& store, Instant now, const Action& action);

/// What a broken disk or database means to people; the vault knows more than SQLite's number.
/// `store` is null before it is open.
Error meaning_of(const std::exception& failure, Store* store);

}  // namespace dossier::client
