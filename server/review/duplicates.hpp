// Pairs of customers that may be one, and what a clerk does about them: find, look, merge, take
// back, or say that they are two. Source: domain WF-12, RP-15, C-06, C-12.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string_view>

#include "common/rules/duplicates.hpp"

#include "server/office/office.hpp"
#include "server/review/cases.hpp"

namespace dossier::server {

struct PairView {
    RecordId id;
    std::uint64_t number = 0;
    RecordId a;
    RecordId b;
    int score = 0;
    std::vector<std::string> matched_on;  ///< stored words, see rules::reason_text
    std::string state;                    ///< "open", "proposed", "merged", …
    Instant found_at;
    UserId decided_by;
    std::string reason;
};

struct CustomerPair {
    RecordId a;
    RecordId b;
};
struct ScanResult {
    std::uint64_t customers = 0;
    std::uint64_t compared = 0;
    std::vector<CustomerPair> found;    ///< new pairs
    std::vector<CustomerPair> changed;  ///< known ones with another score, or open again
    std::uint64_t skipped = 0;          ///< keys so many customers share that they say nothing
    bool stopped = false;               ///< `go_on` ended it: the rest was not looked at
};
/// Between two steps of long work: false stops it; what was kept until then stays.
using GoOn = std::function<bool()>;
/// Looks for pairs among all files that are open or being made, or of `only` with all of them, and
/// keeps them. What was decided stays decided, unless the two look more alike than they did then.
/// `go_on` may let others work, and change files, meanwhile. Errors: those of the door.
Result<ScanResult> scan_duplicates(
    Office& office, const RecordId& only = {}, const GoOn& go_on = [] { return true; });

/// How many of these `viewer` may know of: those `list_pairs` tells him. That a file he may not
/// know of looks like one he does is nothing to be told by a number.
std::size_t pairs_known(Office& office,
                        const UserId& viewer,
                        const std::vector<CustomerPair>& pairs);
/// Pairs both of whose files `viewer` may merge; the rest does not exist for him. Best first.
std::vector<PairView> list_pairs(Office& office, const UserId& viewer, Which which);
/// Errors: review.not_found.
Result<PairView> show_pair(Office& office, const UserId& viewer, std::uint64_t number);
/// "propose", "not_duplicate" or "related". Errors: review.not_found, those of the door.
Status decide_pair(Office& office,
                   const UserId& viewer,
                   std::uint64_t number,
                   std::string_view event,
                   std::string_view reason);

/// One group of the survivor that a merge would change.
struct Choice {
    const catalog::Field* field = nullptr;  ///< first of the group
    FieldValues survivor;
    FieldValues absorbed;
    FieldValues result;
    std::string_view why;  ///< "taken", "filled", "united"
};
struct MergePlan {
    RecordId absorbed;
    RecordId survivor;
    std::vector<Choice> choices;
    std::map<std::string_view, std::uint64_t> moves;  ///< records that change hands, by kind
    std::map<std::string_view, std::uint64_t> stays;  ///< those the survivor has its own of
    bool owners_differ = false;
    int level = 0;  ///< of the survivor afterwards
};
/// What merging would do: the survivor keeps its values, takes those of `take` from the absorbed
/// file, gets what it has none of, and sets are united. Nothing is changed.
/// Errors: access.denied, intake.unknown_record, intake.merge_cycle.
Result<MergePlan> plan_merge(Office& office,
                             const UserId& actor,
                             const RecordId& absorbed,
                             const RecordId& survivor,
                             std::span<const catalog::Field* const> take);
/// Through the door. Errors: those of `intake/merge.hpp`.
Status carry_out_merge(Office& office,
                       const UserId& actor,
                       const MergePlan& plan,
                       std::string_view reason);
Status take_back_merge(Office& office,
                       const UserId& actor,
                       const RecordId& absorbed,
                       std::string_view reason);

/// The merges of a file, either way, oldest first: (absorbed, survivor, number, state).
struct MergeView {
    std::uint64_t number = 0;
    RecordId absorbed;
    RecordId survivor;
    std::uint64_t moved = 0;
    std::string state;
    UserId merged_by;
    Instant merged_at;
    Instant undo_until;
    std::string reason;
};
/// Errors: review.not_found, also where `viewer` may not merge the file.
Result<MergeView> show_merge(Office& office, const UserId& viewer, std::uint64_t number);
std::vector<MergeView> list_merges(Office& office, const UserId& viewer);

}  // namespace dossier::server
