// The promise of secrecy that everybody gives who signs in. Some may not come in without it; the
// others are asked each time until they give it. Source: domain, D-44.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

/// The text that is signed, and its edition: a new text is asked of everybody anew.
struct Agreement {
    std::uint64_t edition;
    Text text;
};
const Agreement& agreement();

enum class Promise : std::uint8_t { Given, Asked, Required };
/// Whether he has promised, and if not, whether he may come in all the same.
Promise promise_of(Office& office, const UserId& user);
/// He promises. Inside the caller's unit of work; it is noted in the audit.
void promise(Office& office, const UserId& user);

}  // namespace dossier::server
