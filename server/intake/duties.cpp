// What waits for whom: the steps of the state a record is in, as tasks of those who may take them.
// They are made with the step that leads there, and made good when rights, places or levels change.
#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"
#include "common/workflow/task.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/hand.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kTask;
using workflow::Authority;
using workflow::Machine;

constexpr auto kOfStep = catalog::code_in(catalog::choices::kTaskKind, "step");
/// That somebody is found who may take the step.
constexpr auto kOfNobody =
    catalog::code_in(catalog::choices::kTaskKind, workflow::task::kForNobody);

/// One step somebody must see to.
struct Duty {
    const workflow::Step* step;
    UserId person;
    std::string_view kind = kOfStep;
};

bool is_gone(const FieldValues& values) {
    return find(values, catalog::kDeletedAt) != nullptr ||
           find(values, catalog::kMergedInto) != nullptr;
}

bool has_deadlines(const Machine& machine) {
    return std::ranges::any_of(machine.steps,
                               [](const workflow::Step& step) { return step.due.days > 0; });
}

/// A draft is made by no step: its deadline runs from the first contact, without a task.
bool waits_in(const Machine& machine, const workflow::State& state) {
    return !state.is_final && (!state.is_first || is_written_by_office(*machine.kind));
}

/// The steps with a deadline that the record waits for.
std::vector<const workflow::Step*> awaited(const Machine& machine, const FieldValues& values) {
    std::vector<const workflow::Step*> steps;
    const auto* state = workflow::state_of(machine, values);
    if (state == nullptr) return steps;
    for (const workflow::Step* step : workflow::steps_from(machine, state->code)) {
        if (step->due.days > 0 && workflow::holds(step->when, values)) steps.push_back(step);
    }
    return steps;
}

/// Whether the row says by name or role who should take it; where it does not, the list of what
/// waits is the task.
bool names_people(const workflow::Step& step) {
    return step.is_asked_for || std::ranges::any_of(step.who, [](const workflow::Right& right) {
               const bool listed = right.by == Authority::Operation ||
                                   right.by == Authority::Matter || right.by == Authority::Files ||
                                   right.by == Authority::Office;
               return !listed || !right.expected().empty();
           });
}

bool may_know(const Desk& desk, const UserId& person, const Target& target) {
    const auto subject = desk.people.subject(target.place, target.values);
    const auto& viewer = desk.people.viewer(person, desk.bearer.now);
    return access::decide(viewer, access::Operation::View, subject,
                          catalog::facets_of(*target.kind).front(), {.now = desk.bearer.now})
               .answer == access::Answer::Allow;
}

/// Who sees to it that somebody may take a step that nobody may: the superior and the general
/// manager, as far as they may know of the record; else the administrators.
std::vector<UserId> who_mends(const Desk& desk, const Target& target) {
    const auto subject = desk.people.subject(target.place, target.values);
    auto people = holders_now(desk, access::Role::GeneralManager);
    if (!subject.superiors.empty()) people.insert(people.begin(), subject.superiors.front());
    std::erase_if(people, [&](const UserId& each) { return !may_know(desk, each, target); });
    return people.empty() ? holders_now(desk, access::Role::SystemAdmin) : people;
}

std::vector<Duty> duties_of(const Desk& desk, const Machine& machine, const Target& target) {
    std::vector<Duty> duties;
    if (is_gone(target.values)) return duties;
    const auto add = [&](const workflow::Step& step, const UserId& person, std::string_view kind) {
        // Approving and sending back are one thing to do.
        if (std::ranges::find(duties, person, &Duty::person) == duties.end())
            duties.push_back({&step, person, kind});
    };
    const auto steps = awaited(machine, target.values);
    for (const workflow::Step* step : steps) {
        for (const UserId& person : who_must(desk, machine, *step, target))
            add(*step, person, kOfStep);
    }
    const auto named =
        std::ranges::find_if(steps, [](const workflow::Step* step) { return names_people(*step); });
    if (!duties.empty() || named == steps.end()) return duties;
    for (const UserId& person : who_mends(desk, target)) add(**named, person, kOfNobody);
    return duties;
}

struct OpenTask {
    RecordId id;
    UserId assignee;
    std::string kind;
};
std::vector<OpenTask> open_tasks_of(Store& store, const Machine& machine, const RecordId& subject) {
    std::vector<OpenTask> open;
    for (const RecordId& id : store.find(kTask.tag, field(kTask, "subject_id").tag, subject)) {
        const auto task = store.load(kTask.tag, id).value_or(FieldValues{});
        if (text_in(task, field(kTask, "workflow")) == machine.name &&
            text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen)
            open.push_back({id, record_in(task, field(kTask, "assignee_id")).as<UserTag>(),
                            text_in(task, field(kTask, "kind"))});
    }
    return open;
}

std::string words_of(const Duty& duty) {
    const auto& label = duty.step->label;
    if (duty.kind == kOfStep) return dossier::pair_of(label);
    return "无人可以办理“" + std::string(label.zh) +
           "”，请指定办理人或授权/nobody may take the step " + std::string(label.en) +
           ", name somebody or give access";
}

void open_task(const Desk& desk,
               const Machine& machine,
               const Duty& duty,
               const Target& target,
               Instant entered) {
    FieldValues task;
    put(task, field(kTask, "kind"), std::string(duty.kind));
    put(task, field(kTask, "entity"), std::string(machine.kind->name));
    put(task, field(kTask, "subject_id"), target.place.record);
    put(task, field(kTask, "workflow"), std::string(machine.name));
    put(task, field(kTask, "step"), std::string(duty.step->event));
    put(task, field(kTask, "text"), words_of(duty));
    put(task, field(kTask, "assignee_id"), duty.person.as<RecordTag>());
    if (auto due = last_day(desk.store, machine, *duty.step, target.values, entered))
        put(task, field(kTask, "due_on"), std::move(*due));
    make_for_office(desk, kTask, std::move(task));
}

/// When the record came into the state it is in.
Instant entered_at(Store& store, const Machine& machine, const Target& target) {
    const auto* state = workflow::state_of(machine, target.values);
    const auto lines = store.history(target.place.record, {});
    const auto led_here = [&](const JournalEntry& line) {
        const auto rows = workflow::steps_of(machine, line.event);
        return line.op == merge::OpKind::Event &&
               std::ranges::any_of(
                   rows, [&](const workflow::Step* row) { return row->to == state->code; });
    };
    const auto last = std::find_if(lines.rbegin(), lines.rend(), led_here);
    if (last != lines.rend()) return last->received_at;
    return lines.empty() ? Instant{number_in(target.values, catalog::kCreatedAt)}
                         : lines.front().received_at;
}

/// Who may take a step by now has its task, who may not any more has it no longer. How many were
/// made.
std::size_t mend_tasks(const Desk& desk, const Machine& machine, const Target& target) {
    auto missing = duties_of(desk, machine, target);
    for (const OpenTask& task : open_tasks_of(desk.store, machine, target.place.record)) {
        const auto due = std::ranges::find_if(missing, [&](const Duty& duty) {
            return duty.person == task.assignee && duty.kind == task.kind;
        });
        if (due == missing.end())
            follow(desk, workflow::kTasks, task.id, "cancel");
        else
            missing.erase(due);
    }
    if (missing.empty()) return 0;
    const Instant entered = entered_at(desk.store, machine, target);
    for (const Duty& duty : missing) open_task(desk, machine, duty, target, entered);
    return missing.size();
}

}  // namespace

std::optional<std::string> last_day(Store& store,
                                    const Machine& machine,
                                    const workflow::Step& step,
                                    const FieldValues& values,
                                    Instant entered) {
    const auto& due = step.due;
    return workflow::due_on(step, *machine.kind, values, entered,
                            due.setting.empty() ? due.days : setting(store, due.setting));
}

void renew_tasks(const Desk& desk, const Machine& machine, const Target& target) {
    if (!has_deadlines(machine) || workflow::state_of(machine, target.values) == nullptr) return;
    for (const OpenTask& task : open_tasks_of(desk.store, machine, target.place.record))
        follow(desk, workflow::kTasks, task.id, "close");
    for (const Duty& duty : duties_of(desk, machine, target))
        open_task(desk, machine, duty, target, desk.bearer.now);
}

void open_tasks(const Desk& desk, const Target& target) {
    for (const Machine* machine : workflow::machines_of(*target.kind, target.values))
        renew_tasks(desk, *machine, target);
}

void follow_with_tasks(const Desk& desk,
                       const Target& target,
                       const FieldValues& after,
                       bool moves) {
    const bool turns = is_gone(target.values) != is_gone(after);
    if (target.values.empty() || (!turns && !moves)) return;
    Target left = target;
    left.values = after;
    for (const Machine* machine : workflow::machines()) {
        if (machine->kind != target.kind || !has_deadlines(*machine)) continue;
        const auto* state = workflow::state_of(*machine, after);
        // A step that leads to another state renews them all.
        if (state != workflow::state_of(*machine, target.values)) continue;
        if (turns && (is_gone(after) || (state != nullptr && waits_in(*machine, *state))))
            renew_tasks(desk, *machine, left);
        else if (!turns && state != nullptr && waits_in(*machine, *state))
            mend_tasks(desk, *machine, left);
    }
}

std::size_t mend_all_tasks(const Desk& desk) {
    std::size_t made = 0;
    for (const Machine* machine : workflow::machines()) {
        // A merge is asked of another kind than it is kept in, and has no deadline.
        if (machine->asked_of != nullptr || !has_deadlines(*machine)) continue;
        const auto& state_field = *catalog::find_field(*machine->kind, machine->state_field);
        for (const workflow::State& state : machine->states) {
            const auto steps = workflow::steps_from(*machine, state.code);
            const bool awaits = std::ranges::any_of(steps, [](const workflow::Step* step) {
                return step->due.days > 0 && names_people(*step);
            });
            if (!awaits || !waits_in(*machine, state)) continue;
            for (const RecordId& id : desk.store.find(machine->kind->tag, state_field.tag,
                                                      Value(std::string(state.code)))) {
                const Target target{
                    .place = desk.store.place(id).value_or(Place{}),
                    .kind = machine->kind,
                    .values = desk.store.load(machine->kind->tag, id).value_or(FieldValues{})};
                made += mend_tasks(desk, *machine, target);
            }
        }
    }
    return made;
}

}  // namespace dossier::server
