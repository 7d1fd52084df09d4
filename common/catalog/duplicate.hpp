// Kinds of the duplicate check: a pair of customers that may be one (疑似重复), and the merge of
// two files (合并记录). They stay at the office. Source: domain 2.5.3, WF-12.
#pragma once

#include "common/catalog/review.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kPairState{
    Choice{"open", {"待处理", "open"}},
    Choice{"proposed", {"已提议合并", "merge proposed"}},
    Choice{"merged", {"已合并", "merged"}},
    Choice{"not_duplicate", {"不是重复", "not a duplicate"}},
    Choice{"related", {"关联客户", "related"}},
};
inline constexpr std::array kMergeState{
    Choice{"merged", {"已合并", "merged"}},
    Choice{"undone", {"已撤销", "taken back"}},
};

}  // namespace choices

namespace table {

// clang-format off: one row is one field, as in the domain's own tables.
inline constexpr std::array kDuplicateFields{
    row(16, "number", {"编号", "Number"}, kNumber, k0, Y, SV, kOff, {.unique = true}),
    row(17, "a_id", {"甲", "One"}, ref("customer"), k0, Y, SV, kOff),
    row(18, "b_id", {"乙", "Other"}, ref("customer"), k0, Y, SV, kOff),
    row(19, "score", {"得分", "Score"}, kPercent, k0, Y, SV, kOff),
    row(20, "matched_on", {"依据", "Matched on"}, list(40), k0, Y, SV, kOff),
    row(21, "state", {"状态", "State"}, one_of(choices::kPairState), k0, W, SV, kOff),
    row(22, "found_at", {"发现时间", "Found at"}, time(), k0, Y, SV, kOff),
    row(23, "decided_by", {"处理人", "Decided by"}, ref("user"), k0, W, SV, kOff),
    row(24, "decided_at", {"处理时间", "Decided at"}, time(), k0, W, SV, kOff),
    row(25, "reason", {"理由", "Reason"}, text(500), k0, W, SV, kOff),
};

inline constexpr std::array kMergeFields{
    row(16, "number", {"编号", "Number"}, kNumber, k0, Y, SV, kOff, {.unique = true}),
    row(17, "survivor_id", {"保留", "Survivor"}, ref("customer"), k0, W, SV, kOff),
    row(18, "absorbed_id", {"并入", "Absorbed"}, ref("customer"), k0, W, SV, kOff),
    row(19, "before", {"合并前", "Before"}, kCandidates, k2, W, SV, kOff),
    row(20, "after", {"合并后", "After"}, kCandidates, k2, W, SV, kOff),
    row(21, "moved", {"转移数", "Moved"}, whole(0, INT64_MAX), k0, W, SV, kOff),
    row(22, "merged_by", {"合并人", "Merged by"}, ref("user"), k0, W, SV, kOff),
    row(23, "merged_at", {"合并时间", "Merged at"}, time(), k0, W, SV, kOff),
    row(24, "undo_until", {"可撤至", "May be taken back until"}, time(), k0, W, SV, kOff),
    row(25, "state", {"状态", "State"}, one_of(choices::kMergeState), k0, W, SV, kOff),
    row(26, "undone_by", {"撤销人", "Taken back by"}, ref("user"), k0, W, SV, kOff),
    row(27, "undone_at", {"撤销时间", "Taken back at"}, time(), k0, W, SV, kOff),
    row(28, "reason", {"理由", "Reason"}, text(500), k0, W, SV, kOff),
};
// clang-format on

}  // namespace table

inline constexpr Kind kDuplicate{.tag = 50,
                                 .name = "duplicate_candidate",
                                 .label = {"疑似重复", "Possible duplicate"},
                                 .fields = table::kDuplicateFields,
                                 .level = Level::L1,
                                 .belongs = Belongs::Administration,
                                 .title = "number",
                                 .made_by = MadeBy::Office};
inline constexpr Kind kMerge{.tag = 51,
                             .name = "merge_record",
                             .label = {"合并记录", "Merge"},
                             .fields = table::kMergeFields,
                             .level = Level::L1,
                             .belongs = Belongs::Administration,
                             .title = "number",
                             .made_by = MadeBy::Office};

}  // namespace dossier::catalog
