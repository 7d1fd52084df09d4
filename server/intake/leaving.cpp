#include "server/intake/leaving.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/hand.hpp"

namespace dossier::server {
namespace {

/// The step by which the record would end where it stands; nullptr where none is like a removal.
const workflow::Step* ending_step(const workflow::Machine& machine, const FieldValues& values) {
    const auto* state = workflow::state_of(machine, values);
    if (state == nullptr) return nullptr;
    const auto steps = workflow::steps_from(machine, state->code);
    const auto like = std::ranges::find(steps, true, &workflow::Step::like_removal);
    return like == steps.end() ? nullptr : *like;
}

Instant came_at(Store& store, const Target& target) {
    const auto lines = store.history(target.place.record, {});
    return lines.empty() ? Instant{number_in(target.values, catalog::kCreatedAt)}
                         : lines.front().received_at;
}

/// Whether the record it hangs on took the step when this one was there already.
bool was_signed_on(Store& store, const workflow::Step& step, const Target& target) {
    const auto& kind = *target.kind;
    const auto above = record_in(target.values, *catalog::find_field(kind, kind.parent));
    const auto lines = store.history(above, {});
    const Instant came = came_at(store, target);
    return std::ranges::any_of(lines, [&](const JournalEntry& line) {
        return line.op == merge::OpKind::Event && line.event == step.event &&
               came <= line.received_at;
    });
}

Status check_signed(Store& store, const workflow::Machine& machine, const Target& target) {
    for (const workflow::Step& step : machine.steps) {
        if (step.rests_on == target.kind && was_signed_on(store, step, target))
            return fail(merge::kSignedOn);
    }
    return {};
}

}  // namespace

Status check_leaving(const Desk& desk, const merge::Op& op, const Target& target) {
    for (const auto* machine : workflow::machines()) {
        if (auto free = check_signed(desk.store, *machine, target); !free) return free;
        const auto* step =
            machine->kind == target.kind ? ending_step(*machine, target.values) : nullptr;
        if (step == nullptr) continue;
        const Hand hand{.desk = desk, .op = op, .machine = *machine, .target = target};
        for (const workflow::Guard guard : step->guards) {
            if (auto held = check_guard(hand, guard); !held) return held;
        }
    }
    return {};
}

}  // namespace dossier::server
