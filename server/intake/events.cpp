#include "server/intake/events.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/approvals.hpp"
#include "server/intake/hand.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/references.hpp"
#include "server/intake/settled.hpp"
#include "server/intake/tasks.hpp"
#include "server/intake/trading.hpp"

namespace dossier::server {
namespace {

const catalog::Field& field_of(const Hand& hand, std::string_view name) {
    return *catalog::find_field(*hand.machine.kind, name);
}

/// What its author may not know of is for him as if it were not there.
bool is_there_for(const Desk& desk, const RecordId& record) {
    const auto place = desk.store.place(record);
    return place && (desk.is_system() || knows_of(desk, *place));
}

/// What the event carries, checked as an edit would be.
Status take_inputs(Hand& hand, const workflow::Step& step) {
    if (step.takes_values) return {};
    const auto& kind = *hand.machine.kind;
    if (auto complete =
            workflow::check_inputs(step, kind, hand.op.fields, hand.desk.changeset.reason);
        !complete)
        return complete;
    for (const auto& [tag, value] : hand.op.fields) {
        const auto& of = *catalog::find_field(kind, tag);
        auto valid = catalog::validate(of, value, hand.desk.bearer.latest());
        if (!valid) return pass(valid);
        const bool names_record = of.type == catalog::Type::Ref && !is_empty(*valid);
        if (names_record && !is_there_for(hand.desk, as_record(*valid)))
            return fail(merge::kUnknownRecord);
        assign(hand.after, tag, std::move(*valid));
    }
    // Which of a step's records may be the same its guards say.
    return check_references(hand.desk, kind, RecordId{}, hand.op.fields);
}

/// State, signature and reason of a step taken now.
void sign(Hand& hand, const workflow::Step& step) {
    constexpr std::size_t kReasonMax = 500;
    const auto& bearer = hand.desk.bearer;
    const auto& reason = hand.desk.changeset.reason;
    const auto& state = field_of(hand, hand.machine.state_field);
    if (!step.to.empty() && state.type == catalog::Type::Enum)
        assign(hand.after, state.tag, std::string(step.to));
    // A reason goes with its signature: that of an earlier signer is not this one's.
    const bool resigned = !step.signed_by.empty() &&
                          find(hand.target.values, field_of(hand, step.signed_by).tag) != nullptr;
    if (!step.because.empty() && (!reason.empty() || resigned))
        assign(hand.after, field_of(hand, step.because).tag,
               reason.empty() ? Value{} : Value(std::string(head(reason, kReasonMax))));
    if (!step.signed_by.empty() && !hand.desk.is_system())
        assign(hand.after, field_of(hand, step.signed_by).tag, bearer.user.as<RecordTag>());
    if (!step.signed_at.empty())
        assign(hand.after, field_of(hand, step.signed_at).tag, bearer.at.ms);
}

void write(Hand& hand) {
    std::erase_if(hand.after, [](const FieldValue& each) { return is_empty(each.value); });
    if (hand.machine.has_history) {
        hand.fv = write_record(hand.desk, hand.target, hand.after,
                               journal_line(hand.desk, hand.op, hand.target, 0));
        return;
    }
    save_matter(hand.desk, *hand.machine.kind, hand.target.place.record, hand.target.place.customer,
                hand.after);
}

/// What a step does, and what comes of it: tasks, words, signatures.
Status finish(Hand& hand, const workflow::Step& step) {
    if (auto done = carry_out(hand, step.effect); !done) return done;
    sign(hand, step);
    write(hand);
    if (hand.restates) restate(hand.desk, hand.target.place.customer);
    Target left = hand.target;
    left.values = hand.after;
    renew_tasks(hand.desk, hand.machine, left);
    tell_of(hand.desk, step, left);
    if (hand.machine.answers_subject) carry_decision(hand.desk, left);
    return await_after(hand, left);
}

/// Everything after the right and the state.
Status carry_through(Hand& hand, const workflow::Step& step) {
    const auto& kind = *hand.machine.kind;
    if (workflow::signed_before(step, kind, hand.target.values, hand.desk.bearer.user))
        return fail(merge::kSameSigner);
    if (auto other = check_respondent(hand.desk, hand.target); !other) return other;
    for (const workflow::Guard guard : step.guards) {
        if (auto held = check_guard(hand, guard); !held) return held;
    }
    if (auto taken = take_inputs(hand, step); !taken) return taken;
    if (step.keeps_reach) {
        if (auto kept = check_reach(hand, step); !kept) return kept;
    }
    return finish(hand, step);
}

/// What was removed from a file takes no step until it is there again. A whole file does: it may
/// still pass to another owner.
bool is_removed(const Hand& hand) {
    return !catalog::is_file(*hand.machine.kind) &&
           find(hand.target.values, catalog::kDeletedAt) != nullptr;
}

Status take(Hand& hand) {
    const auto rows = workflow::steps_of(hand.machine, hand.op.event);
    if (hand.desk.from_laptop() && rows.front()->at_office) return fail(access::kFaultDenied);
    if (auto found = pick_up(hand); !found) return found;
    const auto step =
        workflow::may_step(hand.machine, hand.op.event, hand.target.values, hand.op.fields);
    // Who may not take it is not told in which state the record is.
    if (auto allowed = check_right(hand, step ? **step : *rows.front()); !allowed) return allowed;
    if (is_removed(hand)) return fail(merge::kRemoved);
    if (!step) return tl::unexpected(step.error());
    return carry_through(hand, **step);
}

}  // namespace

merge::Verdict admit_event(const Desk& desk, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return parked(Error{&merge::kUnknownKind, {std::to_string(op.record_kind)}});
    const auto* machine = workflow::machine_of(*kind, op.event);
    if (machine == nullptr)
        return parked(Error{&merge::kUnknownEvent, {std::string(head(op.event, 40))}});
    Hand hand{.desk = desk, .op = op, .machine = *machine, .target = {}};
    if (const auto taken = take(hand); !taken) return refused(taken.error());
    if (hand.told.empty()) hand.told.emplace_back(hand.target, "");
    for (const auto& [target, detail] : hand.told) audit(desk, op.event, target, "ok", detail);
    return {.kind = merge::VerdictKind::Applied, .fv = hand.fv};
}

void follow(const Desk& desk,
            const workflow::Machine& machine,
            const RecordId& record,
            std::string_view event) {
    if (record.is_none()) return;
    const merge::Op op{.kind = merge::OpKind::Event,
                       .record_kind = machine.kind->tag,
                       .record = record,
                       .event = std::string(event)};
    Hand hand{.desk = desk, .op = op, .machine = machine, .target = {}};
    if (!pick_up(hand) || is_removed(hand)) return;
    const auto step = workflow::may_step(machine, event, hand.target.values, {});
    if (step) static_cast<void>(finish(hand, **step));
}

}  // namespace dossier::server
