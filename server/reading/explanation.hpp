// What somebody may do with a customer's file, and by which rule.
#pragma once

#include <span>

#include "server/reading/asker.hpp"

namespace dossier::server {

/// One facet of a file: a decision for each operation asked for, in their order.
struct FacetRights {
    Facet facet = Facet::Main;
    std::vector<access::Decision> decisions;
    std::vector<std::string> offline_scopes;  ///< through which a laptop of his holds it now
};

/// Notes the reading as "explain". `customer` is one the asker found.
std::vector<FacetRights> explain_rights(Office& office,
                                        const Asker& asker,
                                        const UserId& user,
                                        const RecordId& customer,
                                        std::span<const access::Operation> operations);

/// The decisions of every facet for a viewer and values that are given, at a time.
std::vector<FacetRights> rights_of(Office& office,
                                   const access::Viewer& viewer,
                                   const RecordId& customer,
                                   const FieldValues& values,
                                   std::span<const access::Operation> operations,
                                   Instant at);

}  // namespace dossier::server
