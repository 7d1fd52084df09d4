#include "server/intake/last_word.hpp"

#include <algorithm>

#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/elements.hpp"

#include "server/intake/co_proposers.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kProposal;

/// What waits on over `current` once the author of `asked` has taken that step.
std::optional<FieldValues> rest_of(const Desk& desk,
                                   const Target& target,
                                   const Candidate& asked,
                                   const FieldValues& current,
                                   const merge::Stamp& word,
                                   const std::optional<Step>& step) {
    if (!step) return std::nullopt;
    return still_waiting(desk, target, asked, current, {.next = Words::Next{word, *step}});
}

/// Withdrawn, another's who made the same, or what of its elements waits on.
void restate_proposals(const Desk& desk,
                       const Target& target,
                       const merge::Stamp& word,
                       const FieldValues& current,
                       const std::optional<Step>& step) {
    for (auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        const Candidate proposed = candidate_of_proposal(*target.kind, values);
        const bool spoke_later = proposed.at > word.at && !step;
        if (proposed.author != word.author || spoke_later) continue;
        const auto rest = rest_of(desk, target, proposed, current, word, step);
        // What he wants of it no longer or beyond it leaves the others theirs.
        const bool same = rest && same_value(target, *rest, proposed.value);
        const bool handed = !same && hand_over(desk, target, values);
        if (!handed && rest) {
            put(values, field(kProposal, "old_value"), catalog::values_json(*target.kind, current));
            put(values, field(kProposal, "new_value"), catalog::values_json(*target.kind, *rest));
        }
        if (handed || rest)
            save_matter(desk, kProposal, id, target.place.customer, values);
        else
            set_state(desk, id, values, catalog::ProposalState::kWithdrawn, target.place.customer);
    }
}

/// Nobody says anything else than what holds.
void settle_case(const Desk& desk, FieldValues& values) {
    put(values, field(kCase, "state"), std::string(catalog::CaseState::kAuto));
    put(values, field(kCase, "resolution"), std::string("withdrawn"));
    put(values, field(kCase, "resolved_value"), text_in(values, field(kCase, "current_value")));
    put(values, field(kCase, "resolved_at"), desk.bearer.now.ms);
}

void restate_candidate(const Desk& desk,
                       const Target& target,
                       const merge::Stamp& word,
                       const FieldValues& current,
                       const std::optional<Step>& step) {
    const auto id = open_case_of(desk.store, target.place.record, *target.group.front());
    if (!id) return;
    FieldValues values = desk.store.load(kCase.tag, *id).value_or(FieldValues{});
    auto candidates = candidates_from(*target.kind, text_in(values, field(kCase, "candidates")));
    const auto own = std::ranges::find(candidates, word.author, &Candidate::author);
    if (own == candidates.end()) return;
    const bool spoke_later = own->at > word.at;
    if (spoke_later && !(step && still_waiting(desk, target, *own, current))) return;
    const auto rest = rest_of(desk, target, *own, current, word, step);
    Candidate next{word.author, word.device, word.at, rest ? *rest : current};
    if (spoke_later) next.at = own->at;
    candidates.erase(own);
    const bool settled =
        !rest && std::all_of(candidates.begin(), candidates.end(), [&](const Candidate& each) {
            return same_value(target, each.value, current);
        });
    // Who holds the value is known by the journal; that he once said something else is too.
    const auto holder = writer_of(desk.store, target, current);
    const bool in_force = holder && holder->stamp.author == word.author &&
                          holder->op == merge::OpKind::Set && !settled;
    if (rest || in_force) join(candidates, std::move(next));
    put(values, field(kCase, "candidates"), candidates_json(*target.kind, candidates));
    put(values, field(kCase, "current_value"), catalog::values_json(*target.kind, current));
    if (settled) settle_case(desk, values);
    save_matter(desk, kCase, *id, target.place.customer, values);
}

/// What stands for him in the open case; nullopt when nothing does.
std::optional<Candidate> own_candidate(const Desk& desk,
                                       const Target& target,
                                       const UserId& author) {
    const auto id = open_case_of(desk.store, target.place.record, *target.group.front());
    if (!id) return std::nullopt;
    const auto values = desk.store.load(kCase.tag, *id).value_or(FieldValues{});
    for (auto& each : candidates_from(*target.kind, text_in(values, field(kCase, "candidates")))) {
        if (each.author == author) return std::move(each);
    }
    return std::nullopt;
}

/// What waits of his in an open proposal, his own or one he made too, over `current`; nullopt when
/// nothing does.
std::optional<Candidate> own_proposed(const Desk& desk,
                                      const Target& target,
                                      const UserId& author,
                                      const FieldValues& current) {
    for (const auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        auto proposers = co_proposers(desk, target, values);
        proposers.push_back(candidate_of_proposal(*target.kind, values));
        const auto own = std::ranges::find(proposers, author, &Candidate::author);
        if (own == proposers.end()) continue;
        own->value =
            carried_on(target, current, {base_of_proposal(*target.kind, values), own->value});
        return std::move(*own);
    }
    return std::nullopt;
}

/// What his next word on a list goes on from, over what holds: what of his waits in an open
/// proposal or case, or what he stands for in the case and said later.
Candidate own_standing(const Desk& desk, const Contest& contest) {
    const Target& target = contest.target;
    const UserId& author = contest.stamp.author;
    if (auto proposed = own_proposed(desk, target, author, contest.current))
        return std::move(*proposed);
    Candidate standing{author, contest.stamp.device, contest.stamp.at, contest.current};
    if (auto before = own_candidate(desk, target, author)) {
        auto rest = still_waiting(desk, target, *before, contest.current);
        const bool spoke_later = before->at > contest.stamp.at;
        if (!rest && spoke_later) rest = carried_on(target, contest.current, {{}, before->value});
        if (rest) standing = {author, before->device, before->at, std::move(*rest)};
    }
    return standing;
}

}  // namespace

void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current,
                 const std::optional<Step>& step) {
    const bool by_element = merge::holds_elements(*target.group.front());
    const auto by_its_steps = by_element ? step : std::nullopt;
    restate_proposals(desk, target, word, current, by_its_steps);
    restate_candidate(desk, target, word, current, by_its_steps);
}

Contest with_waiting(const Desk& desk, Contest contest, const FieldValues& base, const Step& step) {
    const Target& target = contest.target;
    if (!merge::holds_elements(*target.group.front())) return contest;
    const Candidate before = own_standing(desk, contest);
    // What he took for held or proposed and neither is, he says himself.
    contest.value = carried_on(target, carried_on(target, before.value, step), {base, step.said});
    // Said earlier, on another laptop of his, it waits with what he said later.
    contest.stamp.at = std::max(contest.stamp.at, before.at);
    return contest;
}

}  // namespace dossier::server
