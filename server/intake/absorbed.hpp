// Customers that live on in another one: where words for them go. Source: domain C-12, C-30.
#pragma once

#include <optional>

#include "server/intake/admission.hpp"

namespace dossier::server {

/// The customer this one lives on in, through any number of merges; itself when it was not
/// absorbed.
RecordId survivor_of(Store& store, const RecordId& customer);

/// An op that may speak of an absorbed customer, as it is meant now.
struct Repointed {
    merge::Op op;
    RecordId absorbed;                     ///< the customer it spoke of; none when nothing changed
    std::optional<merge::Verdict> answer;  ///< nothing is left to do but to say so
};
Repointed repoint(const Desk& desk, const merge::Op& op);

/// How the author stood to the file before it was merged, for his words about `moved`, a record
/// that came from it; `late` when he wrote them after the merge. Nothing when it was not moved.
std::optional<Standing> standing_before_merge(const Desk& desk, const RecordId& moved);

/// The one record of a kind a customer may have only one of.
std::optional<Place> only_of_kind(Store& store,
                                  const catalog::Kind& kind,
                                  const RecordId& customer);

}  // namespace dossier::server
