// What a customer's file still lacks for a step that wants it filled in, as far as this laptop
// knows: by the same profile as at the office. Source: domain 2.5.7.
#pragma once

#include <vector>

#include "common/catalog/completeness.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

struct Unfilled {
    /// What the office lacks, too: the step is not taken without it.
    std::vector<catalog::Lacking> lacking;
    /// What is not here and may lie at the office alone: it is asked for, and holds nothing up.
    std::vector<catalog::Lacking> unsure;
};

/// Fields the laptop may not hold are passed over: the office knows them. What is kept about a
/// customer by others, as a contact, is unsure from the day the office has the customer.
Unfilled unfilled_here(Store& store, const RecordId& customer);

}  // namespace dossier::client
