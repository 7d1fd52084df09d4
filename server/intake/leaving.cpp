#include "server/intake/leaving.hpp"

#include <algorithm>

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

}  // namespace

Status check_leaving(const Desk& desk, const merge::Op& op, const Target& target) {
    for (const auto* machine : workflow::machines()) {
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
