// What a customer's file still lacks for a step that wants it filled in, as far as this laptop
// knows: by the same profile as at the office. Source: domain 2.5.7.
#pragma once

#include <vector>

#include "common/catalog/completeness.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

struct Unfilled {
    std::vector<catalog::Lacking> lacking;
    /// Nothing that may lie at the office alone would do: the step cannot be taken.
    bool is_certain = false;
};

/// Fields the laptop may not hold are passed over: the office knows them.
Unfilled unfilled_here(Store& store, const RecordId& customer);

}  // namespace dossier::client
