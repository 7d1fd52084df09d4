// Versions, hashes and scopes of facets after a change. Nothing else writes
// facet versions or scope logs.
#pragma once

#include <vector>

#include "server/people/people.hpp"
#include "server/store/store.hpp"

namespace dossier::server {

/// The facets in which two states of one record differ.
std::vector<Facet> changed_facets(const catalog::Kind& kind,
                                  const FieldValues& before,
                                  const FieldValues& after);

enum class Reach : std::uint8_t { Record, WholeFile };

/// After `values` were saved: gives each facet in `changed` its next version and hash, and logs
/// in which scopes the record's facets entered, changed or left. `Reach::WholeFile` re-evaluates
/// every record of the customer: its owner, service user, region, level, state or grants changed.
void publish(Store& store,
             People& people,
             const Place& place,
             const FieldValues& values,
             const std::vector<Facet>& changed,
             Reach reach,
             Instant now);

/// The rights of a user changed: the cases and proposals that concern him enter his scope or leave
/// it, for they quote values he may hold, or no longer may.
void publish_matters_of(Store& store, People& people, const UserId& user, Instant now);

}  // namespace dossier::server
