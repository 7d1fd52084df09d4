// The work log of a day is handed in on its day and read by the superior; what is found wrong
// afterwards is said in a remark. Source: domain 2.3.2, WF-14, R-202.
#pragma once

#include "common/catalog/activity.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace work_log {

using catalog::LogState;

inline constexpr std::array kStates{
    State{.code = LogState::kOpen, .is_first = true}, State{.code = LogState::kSubmitted},
    State{.code = LogState::kReviewed, .is_final = true, .is_goal = true}};
inline constexpr std::array kFromOpen{LogState::kOpen};
inline constexpr std::array kFromSubmitted{LogState::kSubmitted};
inline constexpr std::array kByPerson{Right{.by = Authority::Assignee}};
inline constexpr std::array kBySuperior{Right{.by = Authority::Superior}};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromOpen,
         .event = "submit",
         .label = {"提交日志", "hand in the log"},
         .to = LogState::kSubmitted,
         .who = kByPerson,
         .due = {.days = 1, .on = "log_date"},
         .signed_at = "submitted_at"},
    Step{.from = kFromSubmitted,
         .event = "review",
         .label = {"审阅日志", "review the log"},
         .to = LogState::kReviewed,
         .who = kBySuperior,
         .due = {.days = 3, .setting = "log.review_days"},
         .signed_by = "reviewer_id",
         .signed_at = "reviewed_at",
         .because = "comment",
         .tells = kTellAuthor},
};

}  // namespace work_log

inline constexpr Machine kWorkLogs{.name = "work_log",
                                   .label = {"工作日志", "work log"},
                                   .source = "2.3.2",
                                   .kind = &catalog::kWorkLog,
                                   .state_field = "state",
                                   .states = work_log::kStates,
                                   .steps = work_log::kSteps,
                                   .called_by = "log_date"};

}  // namespace dossier::workflow
