// What a new record brings about in its file beside itself, by the office, in the same unit of
// work: a referral links two customers, a talk leaves open needs, a meeting asks for its minutes.
// Source.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// After `made` was written.
void bring_about(const Desk& desk, const Target& made);

}  // namespace dossier::server
