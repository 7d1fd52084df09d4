// What somebody could see and do at an earlier time, by the rules of today over the journal of that
// time: roles, grants, places and ownership as they had been received by then.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "server/reading/asker.hpp"

namespace dossier::server {

/// A record as the office held it at `at`, from its journal; nothing when it was not there yet.
/// Derived: the journal keeps what was asked for, so fields a job computed are those of today.
std::optional<FieldValues> values_at(Store& store, const RecordId& record, Instant at);

/// Calls `look` while users, roles, regions, departments and grants are what they were at `at`.
/// Nothing of it is kept: inside the caller's unit everything is as before when it returns.
void in_the_past(Office& office, Instant at, const std::function<void()>& look);

/// How many files of one region and level somebody could read, read masked, or change.
struct FileCount {
    std::uint64_t files = 0;
    std::uint64_t reads = 0;
    std::uint64_t masked = 0;
    std::uint64_t edits = 0;
    bool operator==(const FileCount&) const = default;
};

/// What somebody could see and do at an earlier time.
struct AsOf {
    access::Viewer viewer;  ///< as he was then
    /// Of all files: by the region's name and the level. Empty where one customer was asked about.
    std::map<std::pair<std::string, std::int64_t>, FileCount> counts;
    bool existed = true;  ///< whether the customer asked about was there
    UserId owner;         ///< of that customer, then
    /// Of that customer: each facet with the answers to the operations asked about, in their order.
    std::vector<std::pair<Facet, std::vector<access::Decision>>> parts;
};

/// By what the office had received by `at`, under the rules of today; `customer` = none for all
/// files. For who reads the audit, for a purpose, and who administers. Notes the reading. Errors:
/// access.denied, access.purpose_needed.
Result<AsOf> as_of(Office& office,
                   const Asker& asker,
                   const UserId& who,
                   Instant at,
                   const RecordId& customer,
                   std::span<const access::Operation> asked);

}  // namespace dossier::server
