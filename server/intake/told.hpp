// What a new record brings with it beside itself, as its kind says: whom it asks, whom it is sent
// to; and the papers that end a request for them. Source: domain 2.5.3 doc_request, R-013, R-103.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Fills in whom the record asks (`Kind::asks`: where a department is named, its manager) and whom
/// it is sent to (`Kind::tells_role`). Errors: intake.nobody_asked, intake.nobody_told.
Status name_people(const Desk& desk, const catalog::Kind& kind, FieldValues& values);

/// Notifications to those it was sent to.
void tell_people(const Desk& desk, const Target& made);

/// A document came into a file or left it, or is called another kind: open requests of which none
/// is missing any more are fulfilled.
void papers_came(const Desk& desk, const RecordId& customer);

}  // namespace dossier::server
