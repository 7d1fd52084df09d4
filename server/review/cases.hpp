// Cases and proposals for the people who settle them: what is waiting, what each looks like, and
// the answers, which are ordinary changes through the door. Source: sync 5.4, domain C-04, WF-17.
#pragma once

#include <string_view>

#include "server/intake/candidates.hpp"
#include "server/office/office.hpp"

namespace dossier::server {

struct CaseView {
    RecordId id;
    std::uint64_t number = 0;
    std::string conflict_class;
    std::string state;  ///< "open", "auto", "ruled"
    Place about;
    const catalog::Kind* kind = nullptr;
    const catalog::Field* field = nullptr;  ///< first of the group
    FieldValues base;
    FieldValues current;  ///< when the case was opened or ruled
    FieldValues now;      ///< what the office has at this moment
    std::vector<Candidate> candidates;
    Instant opened_at;
    std::string due_on;
    std::string resolution;
    FieldValues resolved;
    UserId resolved_by;
    Instant resolved_at;
    std::string reason;
};

struct ProposalView {
    RecordId id;
    std::uint64_t number = 0;
    std::string state;
    bool late = false;
    Place about;
    const catalog::Kind* kind = nullptr;
    const catalog::Field* field = nullptr;
    FieldValues old_value;
    FieldValues new_value;
    FieldValues now;
    UserId proposed_by;
    Instant proposed_at;
    UserId verified_by;
    RecordId evidence;  ///< the talk it was learned in; none where it is told nowhere
    std::string reason;
};

enum class Which : std::uint8_t { Open, All };

/// Those whose disputed value `viewer` may see, be it for a purpose; the rest does not exist for
/// him. By number.
std::vector<CaseView> list_cases(Office& office, const UserId& viewer, Which which);
std::vector<ProposalView> list_proposals(Office& office, const UserId& viewer, Which which);
/// Errors: NotFound, also for one the viewer may not see. The read is audited with its purpose.
Result<CaseView> show_case(Office& office,
                           const UserId& viewer,
                           std::uint64_t number,
                           std::string_view purpose = "");
Result<ProposalView> show_proposal(Office& office,
                                   const UserId& viewer,
                                   std::uint64_t number,
                                   std::string_view purpose = "");

/// Which value a ruling takes: "current", "base", or "1" … "n" for a candidate.
/// Errors: NotFound, Usage, Denied, Stale when the case moved since it was read.
Status rule_case(Office& office,
                 const UserId& reviewer,
                 std::uint64_t number,
                 std::string_view take,
                 std::string_view reason);
/// The same with a value of the reviewer's own, as typed; one for each "field=value".
Status rule_case_with(Office& office,
                      const UserId& reviewer,
                      std::uint64_t number,
                      const FieldValues& value,
                      std::string_view reason);
/// Takes the last ruling back: the value before it returns, the case is open again.
Status undo_ruling(Office& office,
                   const UserId& reviewer,
                   std::uint64_t number,
                   std::string_view reason);

Status accept_proposal(Office& office,
                       const UserId& verifier,
                       std::uint64_t number,
                       std::string_view reason);
Status refuse_proposal(Office& office,
                       const UserId& verifier,
                       std::uint64_t number,
                       std::string_view reason);

}  // namespace dossier::server
