// Two laptops that knew nothing of each other made the one record there is of something: the work
// log of a day, what is kept once about a customer. Both named it alike (merge/derived_id.hpp); who
// comes second brings the other half. Source: C-36.
#pragma once

#include "server/intake/admission.hpp"

namespace dossier::server {

/// What `create` says of a record that is there, `said`, is judged as edits of its groups by
/// somebody who saw nothing in them. One verdict for all of it: the one that tells its author most.
/// The caller has looked that he may make such a record.
merge::Verdict admit_other_half(const Desk& desk,
                                const Target& target,
                                const merge::Op& create,
                                const FieldValues& said);

}  // namespace dossier::server
