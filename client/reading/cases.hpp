// A conflict as the office sent it, as people read it.
#pragma once

#include <span>

#include "common/action/answer.hpp"

#include "client/reading/asker.hpp"

namespace dossier::client {

/// Number, what it is about, base, office's value, every candidate, the ruling.
action::Facts case_facts(Store& store, const Asker& asker, const FieldValues& values);
/// Number, customer, field, state, the day it is due.
action::Table cases_table(Store& store, const Asker& asker, std::span<const RecordId> cases);

}  // namespace dossier::client
