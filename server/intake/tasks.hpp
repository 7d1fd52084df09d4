// Tasks of the steps that wait, and words to people: written by the office behind the step that
// caused them, in the same unit of work. Source: domain 2.5.3 task, notification; architecture 4.
#pragma once

#include <optional>

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

/// The last day for a step of a record that came into its state at `entered`, as the company counts
/// (settings `est.…`); nullopt where the row has no deadline.
std::optional<std::string> last_day(Store& store,
                                    const workflow::Machine& machine,
                                    const workflow::Step& step,
                                    const FieldValues& values,
                                    Instant entered);

/// Tells those the row names that the step was taken, and why, but who took it.
void tell_of(const Desk& desk, const workflow::Step& step, const Target& target);

/// The tasks of a record the office has just made.
void open_tasks(const Desk& desk, const Target& target);

/// A record that was removed, or absorbed by another, waits for nobody's step any more; one that
/// comes back waits again. One that `moves`, to another place, owner or level, waits for those who
/// may take its step there. `target` = the record until now.
void follow_with_tasks(const Desk& desk,
                       const Target& target,
                       const FieldValues& after,
                       bool moves);

/// The same for every record that waits, whatever changed: a post was given or ended, a program of
/// before made no such task. Where nobody may take a step, whoever may change that has a task that
/// says so. How many tasks were made: a second run makes none.
std::size_t mend_all_tasks(const Desk& desk);

/// What somebody is told.
struct Note {
    UserId to;
    std::string_view kind;    ///< a code of notification.kind
    std::string_view entity;  ///< name of the kind of its subject
    RecordId subject;
    std::string text;
};
/// The values of the notification that tells it.
FieldValues notification_of(const Note& note, Instant at);
/// Whether somebody was told this kind of word of the record.
bool is_notified(Store& store, const RecordId& subject, std::string_view kind);

/// Everybody an assignment of this role names, whether or not it is in force.
std::vector<UserId> holders_of(Store& store, std::string_view role);
/// Who holds this role now and works here.
std::vector<UserId> holders_now(const Desk& desk, access::Role role);

/// A record the office itself makes, through the door; its identity.
RecordId make_for_office(const Desk& desk, const catalog::Kind& kind, FieldValues values);
/// A value the office itself sets, through the door.
void set_for_office(const Desk& desk,
                    const catalog::Kind& kind,
                    const RecordId& record,
                    const catalog::Field& of,
                    Value value);

}  // namespace dossier::server
