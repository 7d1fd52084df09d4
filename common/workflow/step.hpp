// What the tables say of one record: in which state it is, which step comes next, who may take it.
// Pure: the office decides by it, a laptop offers by it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/access/decide.hpp"
#include "common/base/result.hpp"
#include "common/catalog/completeness.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {

/// Whether the workflow speaks of this record of its kind (`Machine::only_when`).
bool concerns(const Machine& machine, const FieldValues& values);
/// The state a record is in; nullptr for one the machine does not know.
const State* state_of(const Machine& machine, const FieldValues& values);
/// What people call the record, for "… is settled": its number, or what sort of record it is.
std::string called(const Machine& machine, const FieldValues& values);
/// How people read a state.
Text label_of(const Machine& machine, const State& state);
/// The same by its code; the code itself where nothing says how people read it.
Text label_of(const Machine& machine, std::string_view code);
/// The rows of a state.
std::vector<const Step*> steps_from(const Machine& machine, std::string_view state);
/// The rows of an event, whatever the state.
std::vector<const Step*> steps_of(const Machine& machine, std::string_view event);
/// The rows that lead to a state and give a reason.
std::vector<const Step*> reasoned_steps_to(const Machine& machine, std::string_view state);
/// Whether two of these rows may hold for one record is settled here.
bool holds(When when, const FieldValues& values);

/// The role whose signature an approval waits for; empty when all have signed.
std::string next_role(const FieldValues& approval);

/// The one row that is this event of a record with these values, `given` what the event carries.
/// Errors: intake.unknown_event, intake.unknown_state, intake.settled (what was to be decided is
/// decided), intake.out_of_turn, intake.missing_input.
Result<const Step*> may_step(const Machine& machine,
                             std::string_view event,
                             const FieldValues& values,
                             const FieldValues& given);

/// Who made the record itself: what lies in a file may be another's than the file.
UserId author_of(const FieldValues& values, const access::Subject& subject);

/// Who asks for a step, of what, and where it leads.
struct Asked {
    const access::Viewer& viewer;
    /// The record as access is decided on it; for Authority::Matter that of the record disputed.
    const access::Subject& subject;
    const FieldValues& values;
    const FieldValues& given;
    std::string_view to;
    Instant now;
};
/// Whether the right is enough for an event that carries these fields.
bool suffices(const Right& right, const catalog::Kind& kind, const FieldValues& given);
/// Whether one of the rows' rights is his. Grant and Files are decided at the office by each record
/// they name; here by the one subject.
bool may_take(std::span<const Right> who, const catalog::Kind& kind, const Asked& asked);
/// Whether he signed an earlier step that he who takes this one must not have signed.
bool signed_before(const Step& step,
                   const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& signer);
/// Every input is a field the row takes, and none that it requires is missing.
/// Errors: merge.unknown_field, intake.missing_input, intake.reason_needed.
Status check_inputs(const Step& step,
                    const catalog::Kind& kind,
                    const FieldValues& given,
                    std::string_view reason);

/// A step people may ask for now, or why not.
struct Offer {
    const Step* step;
    std::optional<Error> why_not;
    /// What the file still lacks for it, and what it may lack: whoever offers it does not see all.
    std::vector<catalog::Lacking> lacking = {};
    std::vector<catalog::Lacking> unsure = {};
};
/// Whether the file must be filled in before the step is taken.
bool wants_filled(const Step& step);
/// The steps that lead on from where the record is, but those of the office itself. Guards are the
/// office's: it may still say no.
std::vector<Offer> offered(const Machine& machine,
                           const FieldValues& values,
                           const access::Viewer& viewer,
                           const access::Subject& subject,
                           Instant now);

/// The last day for a step of a record that came into its state at `entered`, in office time, with
/// the `days` the company gives for it; nullopt where the row has no deadline.
std::optional<std::string> due_on(const Step& step,
                                  const catalog::Kind& kind,
                                  const FieldValues& values,
                                  Instant entered,
                                  std::int64_t days);

}  // namespace dossier::workflow
