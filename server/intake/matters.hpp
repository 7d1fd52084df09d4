// Matters for a person: cases (冲突) and proposals (待核). Opening, joining and settling them
// inside the unit of work of the edit that caused it. Source: sync 5.4, domain WF-17, C-02 … C-09.
#pragma once

#include <chrono>
#include <optional>

#include "server/intake/candidates.hpp"
#include "server/intake/desk.hpp"

namespace dossier::server {

/// Until when a person should have looked at a matter. Source: domain 2.5.3 conflict.due_on.
inline constexpr std::chrono::hours kReviewTime{3 * 24};

/// A value that did not become current, and what it met.
struct Contest {
    const Target& target;
    FieldValues base;     ///< what its author saw
    FieldValues current;  ///< what the office has
    FieldValues value;    ///< what he wrote; of a list or set what comes of it over `current`
    merge::Stamp stamp;
};

/// A case a person must decide. Joins the open case of that group if there is one; a second value
/// of the same author replaces his first. Open proposals for the group become candidates.
/// `others` compete in it too. The number of the case.
std::uint64_t open_case(const Desk& desk,
                        const Contest& contest,
                        std::string_view conflict_class,
                        const std::vector<Candidate>& others = {});

/// A case settled by policy, kept so that the loser is found and may be restored: `loser` is the
/// value that lost, `contest.current` what holds now. `again` = the author goes on from a word of
/// which that was said already: the same case says it of his last one.
std::uint64_t record_settled_case(const Desk& desk,
                                  const Contest& contest,
                                  std::string_view conflict_class,
                                  const merge::Stamp& loser,
                                  bool again);

/// Keeps the value until a clerk verifies it. The author's earlier open proposal for the group is
/// replaced, unless it is of a later time; an open one of somebody else with another value turns
/// both into a case.
struct ProposalOutcome {
    std::uint64_t number = 0;
    bool became_case = false;
};
ProposalOutcome open_proposal(const Desk& desk, const Contest& contest, bool late);

/// After `current` became the value of the group: open proposals that say the same are accepted,
/// others become candidates of a case. `except` is the proposal being verified.
void revisit_proposals(const Desk& desk,
                       const Target& target,
                       const FieldValues& before,
                       const FieldValues& current,
                       const RecordId& except);

/// Case and proposal records about a record, in the given state, for the given group.
using Matters = std::vector<std::pair<RecordId, FieldValues>>;
Matters matters_of(Store& store,
                   const catalog::Kind& kind,
                   const RecordId& record,
                   std::string_view group,
                   std::string_view state);

/// A proposal read as a candidate: who proposes what, and when.
Candidate candidate_of_proposal(const catalog::Kind& kind, const FieldValues& proposal);
/// What a proposal was made against.
FieldValues base_of_proposal(const catalog::Kind& kind, const FieldValues& proposal);
/// Settles a proposal; `state` as the catalog has it.
void set_state(const Desk& desk,
               const RecordId& proposal,
               FieldValues& values,
               std::string_view state,
               const RecordId& customer);

/// The open case of a group; nullopt when there is none.
std::optional<RecordId> open_case_of(Store& store,
                                     const RecordId& record,
                                     const catalog::Field& group);

/// Saves a case or proposal record with its facets and scopes.
void save_matter(const Desk& desk,
                 const catalog::Kind& kind,
                 const RecordId& id,
                 const RecordId& customer,
                 const FieldValues& values);

}  // namespace dossier::server
