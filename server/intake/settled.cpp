#include "server/intake/settled.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/step.hpp"
#include "common/workflow/writing.hpp"

#include "server/intake/batches.hpp"

namespace dossier::server {
namespace {

using workflow::Writing;

/// Where the record, or the one it hangs on, is written no more; nullptr while it is.
const workflow::State* end_of(const Desk& desk, const Writing& row, const FieldValues& values) {
    FieldValues above;
    if (row.machine->kind != row.kind) {
        const auto& parent = *catalog::find_field(*row.kind, row.kind->parent);
        above = desk.store.load(row.machine->kind->tag, record_in(values, parent))
                    .value_or(FieldValues{});
        if (above.empty()) return nullptr;
    }
    const auto* state =
        workflow::state_of(*row.machine, row.machine->kind == row.kind ? values : above);
    const bool open =
        state == nullptr || std::ranges::find(row.states, state->code) != row.states.end();
    return open ? nullptr : state;
}

}  // namespace

bool is_settled(const Desk& desk, const Target& target) {
    if (desk.is_system()) return false;
    return std::ranges::any_of(target.group, [&](const catalog::Field* of) {
        if (of->tag <= catalog::kCommonTagMax) return false;
        const auto rows = workflow::writings_of(*target.kind, of);
        return std::ranges::any_of(
            rows, [&](const Writing* row) { return end_of(desk, *row, target.values) != nullptr; });
    });
}

Status check_unsettled(const Desk& desk, const catalog::Kind& kind, const FieldValues& values) {
    if (desk.is_system()) return {};
    for (const Writing* row : workflow::writings_of(kind, nullptr)) {
        const auto* state = end_of(desk, *row, values);
        if (state != nullptr)
            return fail(merge::kFixed, pair_of(workflow::label_of(*row->machine, *state)));
    }
    return {};
}

Status check_respondent(const Desk& desk, const Target& target) {
    const auto& kind = *target.kind;
    if (desk.is_system() || kind.against.empty()) return {};
    const auto about = record_in(target.values, *catalog::find_field(kind, kind.against));
    const auto author = record_in(target.values, catalog::kCreatedBy);
    const RecordId user = desk.bearer.user.as<RecordTag>();
    return about == user && author != user ? fail(merge::kRespondent) : Status{};
}

Status check_free(const Desk& desk, const Target& target) {
    if (auto other = check_respondent(desk, target); !other) return other;
    const bool waits = !desk.is_system() && catalog::is_file(*target.kind);
    return waits ? check_batch_over(desk.store, target.values) : Status{};
}

}  // namespace dossier::server
