// One changeset on its way through the door: each op judged and carried out in order. The caller
// undoes everything when one op is refused.
#pragma once

#include <optional>

#include "common/catalog/canonical.hpp"

#include "server/intake/desk.hpp"
#include "server/intake/events.hpp"

namespace dossier::server {

/// A refusal as a verdict.
merge::Verdict refused(const Error& error);
/// Remembers what the office does not understand yet.
merge::Verdict parked(const Error& error);

/// Carries out one op whose times are the office's: words for a customer that was merged go to the
/// one it lives on in.
merge::Verdict admit_repointed(const Desk& desk, const merge::Op& op);
/// What presets say of the author of this changeset; nobody's for the office itself.
catalog::Author author_of(const Desk& desk);
/// Makes a new record. Server/intake/create.cpp.
merge::Verdict admit_create(const Desk& desk, const merge::Op& op);
/// Sets one group. server/intake/set.cpp.
merge::Verdict admit_set(const Desk& desk, const merge::Op& op);
/// Marks a record as removed, or proposes it. server/intake/remove.cpp.
merge::Verdict admit_remove(const Desk& desk, const merge::Op& op);

/// The subject as the author had the right to see it at the time of writing: after a transfer the
/// old owner still counts as owner for what he wrote before it. `late` when he was an owner once,
/// but no longer at that time. Source: domain C-09.
struct Standing {
    access::Subject subject;
    bool late = false;
    /// Set when it is judged by the rights of the time of writing, which are gone by now.
    std::optional<access::Viewer> then = std::nullopt;

    [[nodiscard]] const access::Viewer& viewer(const Desk& desk) const {
        return then ? *then : desk.people.viewer(desk.bearer.user, desk.bearer.now);
    }
    [[nodiscard]] access::Context context(const Desk& desk) const {
        return {.now = then ? desk.bearer.at : desk.bearer.now};
    }
};
Standing standing_of(const Desk& desk, const Place& place, const FieldValues& values);
/// How the author stood when he wrote it, for work of a laptop whose author may no longer do it:
/// always late. nullopt when it cannot differ. Source: domain 6.2.7, C-09, C-35.
std::optional<Standing> standing_then(const Desk& desk,
                                      const Place& place,
                                      const FieldValues& values);

/// Whether people may be told that this record exists: the author may look at some part of it.
bool is_known_to(const Desk& desk, const Standing& standing, const catalog::Kind& kind);
inline bool is_known_to(const Desk& desk,
                        const access::Subject& subject,
                        const catalog::Kind& kind) {
    return is_known_to(desk, Standing{subject}, kind);
}
/// Whether the author may do this with the facet. Errors: intake.unknown_record for what he may not
/// know of, access.denied.
Status may(const Desk& desk,
           access::Operation operation,
           const Place& place,
           const FieldValues& values,
           Facet facet);
/// The whole changeset waits outside: for a person, or for the record `for_record`.
merge::Verdict waits();
merge::Verdict waits_for(const RecordId& record);
/// Whether a changeset of the author's that waits outside would make this record.
bool is_awaited(const Desk& desk, const RecordId& record);

/// Writes a changed record: row, journal, facets, scopes, audit. The version of the facet of
/// `group`.
Fv write_record(const Desk& desk, const Target& target, FieldValues after, JournalEntry entry);

/// The journal line of an op before it is known what becomes of it.
JournalEntry journal_line(const Desk& desk, const merge::Op& op, const Target& target, int rank);

/// One audit line for what this op did or was refused.
void audit(const Desk& desk,
           std::string_view action,
           const Target& target,
           std::string_view result,
           std::string_view detail);

}  // namespace dossier::server
