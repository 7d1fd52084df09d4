// A new customer that may be one this laptop knows already: advice before the office decides.
#pragma once

#include "common/rules/duplicates.hpp"

#include "client/reading/asker.hpp"

namespace dossier::client {

struct Alike {
    RecordId id;
    rules::Match match;
};
/// Customers held here that look like the one with these values, the three most alike, best first.
/// Source: C-06, RP-15.
std::vector<Alike> alike_here(Store& store,
                              const RecordId& customer,
                              const FieldValues& values,
                              const std::vector<FieldValues>& contacts);

}  // namespace dossier::client
