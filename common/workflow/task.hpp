// A task until it is done, a notification until it is read. A task of a workflow's step ends with
// the step. Source: domain 2.5.3 task, notification.
#pragma once

#include <string>

#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace task {

using catalog::TaskState;

inline constexpr std::array kStates{State{.code = TaskState::kOpen, .is_first = true},
                                    State{.code = TaskState::kDone, .is_final = true},
                                    State{.code = TaskState::kCancelled, .is_final = true}};
inline constexpr std::array kFromOpen{TaskState::kOpen};
inline constexpr std::array kByAssignee{Right{.by = Authority::Assignee}};
inline constexpr std::array kBySuperior{Right{.by = Authority::Superior}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kOfItself{Guard::NoStepWaits};

constexpr Step closing(std::string_view event,
                       Text label,
                       std::string_view to,
                       std::span<const Right> who,
                       std::span<const Guard> guards = {}) {
    return {.from = kFromOpen,
            .event = event,
            .label = label,
            .to = to,
            .who = who,
            .guards = guards,
            .signed_by = "closed_by",
            .signed_at = "closed_at"};
}
inline constexpr std::array kSteps{
    closing("finish", {"办结", "finish"}, TaskState::kDone, kByAssignee, kOfItself),
    closing("cancel", {"取消", "cancel"}, TaskState::kCancelled, kBySuperior, kOfItself),
    closing("close", {"随步骤办结", "close with its step"}, TaskState::kDone, kByOffice),
};

/// Beside a step that nobody may take: a task of who may change that (server/intake/duties.cpp).
inline constexpr std::string_view kForNobody = "other";
inline constexpr Text kNobodyMay{"（无人可以办理，须指定办理人或授权）",
                                 " (nobody may take it: name somebody or give access)"};
/// What a task of a step waits for, as people read it.
inline std::string awaited_step(const Text& label, std::string_view kind, Lang lang) {
    return std::string(label.in(lang)) +
           (kind == kForNobody ? std::string(kNobodyMay.in(lang)) : std::string());
}

inline constexpr std::string_view kUnread = "unread";
inline constexpr std::string_view kRead = "read";
inline constexpr std::array kNoteStates{
    State{.code = kUnread, .is_first = true, .label = {"未读", "unread"}},
    State{.code = kRead, .is_final = true, .label = {"已读", "read"}}};
inline constexpr std::array kFromUnread{kUnread};
inline constexpr std::array kNoteSteps{Step{.from = kFromUnread,
                                            .event = "read",
                                            .label = {"标为已读", "mark as read"},
                                            .to = kRead,
                                            .who = kByAssignee,
                                            .signed_at = "read_at"}};

}  // namespace task

inline constexpr Machine kTasks{.name = "task",
                                .label = {"待办", "task"},
                                .source = "2.5.3",
                                .kind = &catalog::kTask,
                                .state_field = "state",
                                .states = task::kStates,
                                .steps = task::kSteps};
inline constexpr Machine kNotices{.name = "notification",
                                  .label = {"通知", "notification"},
                                  .source = "2.5.3",
                                  .kind = &catalog::kNotification,
                                  .state_field = "read_at",
                                  .states = task::kNoteStates,
                                  .steps = task::kNoteSteps};

}  // namespace dossier::workflow
