// What somebody could see and do at an earlier time, by the rules of today over the journal of that
// time: roles, grants, places and ownership as they had been received by then.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "server/reading/explanation.hpp"

namespace dossier::server {

/// Who reads the whole audit, or keeps the people. Errors: access.denied, access.purpose_needed.
Status may_ask_past(Office& office, const Asker& asker);

/// How many files of each region and level the person could read, read masked, or change.
struct FileCount {
    std::uint64_t files = 0;
    std::uint64_t reads = 0;
    std::uint64_t masked = 0;
    std::uint64_t edits = 0;
};
/// By the title of the region ("-" for none) and the secrecy level.
using FileCounts = std::map<std::pair<std::string, std::int64_t>, FileCount>;

struct PastRights {
    std::string name;                ///< of the person, as the asker sees it
    access::Viewer viewer;           ///< what he was then
    std::string owner;               ///< of the customer then; "-" for nobody
    std::vector<FacetRights> parts;  ///< where one customer was asked about
    FileCounts counts;               ///< where none was
};
/// Nothing when the customer was not there yet. Noted as "as_of", a refused one too; `customer`
/// none = of all files. Errors: those of may_ask_past.
Result<std::optional<PastRights>> rights_at(Office& office,
                                            const Asker& asker,
                                            const UserId& user,
                                            const RecordId& customer,
                                            Instant at,
                                            std::span<const access::Operation> operations);

}  // namespace dossier::server
