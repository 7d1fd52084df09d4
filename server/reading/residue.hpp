// Which laptops may still hold what was raised above them: they were not heard of since. It is no
// breach that they show it until they sync, but the service manager knows of it. Source: domain
// WF-08, C-16.
#pragma once

#include <vector>

#include "server/reading/asker.hpp"

namespace dossier::server {

struct Residue {
    DeviceRow laptop;
    RecordId marking;
    RecordId customer;
    RecordId record;  ///< of a mark on a single record; none = the file
    int level = 0;
    Instant raised_at;
};
/// Laptops that held it when it was raised, neither synced nor wiped since; the longest first.
/// Noted as "residue". Errors: access.denied but for service and general manager.
Result<std::vector<Residue>> list_residue(Office& office, const Asker& asker);

}  // namespace dossier::server
