// Many cases settled by one rule, after a look at what that would do. Each is an ordinary ruling
// and can be taken back alone. Source: ux 3.8, sync 5.8 "conflict storms".
#pragma once

#include <optional>

#include "server/review/cases.hpp"

namespace dossier::server {

enum class BatchRule : std::uint8_t { Newest, Current, CandidateOf };

struct BatchOrder {
    BatchRule rule = BatchRule::Current;
    UserId author;  ///< for CandidateOf
    // Which cases: all that match everything given.
    std::string kind;
    std::string field;
    UserId with_candidate_of;
    std::chrono::hours older_than{0};
};

struct BatchItem {
    CaseView view;
    std::string take;  ///< as rule_case understands it
    FieldValues value;
    UserId author;                ///< whose value it is; none = the office's present one
    std::optional<Error> failed;  ///< why it was not settled after all
};

struct Batch {
    std::vector<BatchItem> items;
    /// Cases that match but that a rule must not settle: identities, money, who owns what.
    std::vector<CaseView> excluded;
    std::uint64_t settled = 0;
};

/// Fields a person decides one by one.
bool is_high_risk(const catalog::Kind& kind, const catalog::Field& first);
/// What the order would do, of the open cases `viewer` may see. Nothing is changed.
Batch preview_batch(Office& office, const UserId& viewer, const BatchOrder& order);
/// Rules them one after the other, each through the door with its own line in the audit, and one
/// line for the whole. What meanwhile moved, or `reviewer` may not rule, stays open and says why.
Batch carry_out_batch(Office& office,
                      const UserId& reviewer,
                      const BatchOrder& order,
                      std::string_view reason);

}  // namespace dossier::server
