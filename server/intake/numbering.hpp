// The numbers the office gives its records (`Kind::numbered`). Source: domain 0.3, R-114.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Gives a new record its number, where its kind has one.
void give_number(const Desk& desk, const catalog::Kind& kind, FieldValues& values);

}  // namespace dossier::server
