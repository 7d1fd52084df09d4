// Who may run a report, and whose rows he sees. Source: domain 3.3.
#pragma once

#include "common/access/decide.hpp"
#include "common/report/report.hpp"

namespace dossier::report {

/// Where a person stands in the company.
struct Standing {
    UserId person;
    std::vector<UserId> superiors;  ///< nearest first
    std::vector<RecordId> regions;  ///< his region and those above it
    std::vector<RecordId> departments;
};

/// Whether one of his roles is among the readers and nothing stops him.
bool may_run(std::span<const Reader> readers, const access::Viewer& viewer);
/// Whether he sees the rows of this person. A post reaches no farther than it was given.
bool sees_rows_of(std::span<const Reader> readers,
                  const access::Viewer& viewer,
                  const Standing& person);

}  // namespace dossier::report
