// Tasks of the steps that wait, and words to people: written by the office behind the step that
// caused them, in the same unit of work. Source: domain 2.5.3 task, notification; architecture 4.
#pragma once

#include "common/workflow/machine.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Who may take this step of the record and is known by name: its author, his superior, the person
/// it belongs to, or the holders of the role. None for steps decided by the table of operations:
/// the list of what waits is their task.
std::vector<UserId> who_must(const Desk& desk,
                             const workflow::Machine& machine,
                             const workflow::Step& step,
                             const Target& target);
/// After a step: the tasks that waited for it are closed, and the deadlines of the state the record
/// came into become tasks, one for each person. `target` as the step left it.
void renew_tasks(const Desk& desk, const workflow::Machine& machine, const Target& target);

/// The same for a record the office has just made.
void open_tasks(const Desk& desk, const Target& target);

/// Who holds this role now and works here.
std::vector<UserId> holders_now(const Desk& desk, access::Role role);

/// A record the office itself makes, through the door.
void make_for_office(const Desk& desk, const catalog::Kind& kind, FieldValues values);

}  // namespace dossier::server
