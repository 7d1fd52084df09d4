#include "server/intake/last_word.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"

#include "server/intake/matters.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kProposal;

template <class T>
void put(FieldValues& values, const catalog::Field& of, T&& value) {
    assign(values, of.tag, Value(std::forward<T>(value)));
}

void withdraw_proposals(const Desk& desk, const Target& target, const merge::Stamp& word) {
    for (auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        const Candidate proposed = candidate_of_proposal(*target.kind, values);
        if (proposed.author != word.author || proposed.at > word.at) continue;
        if (hand_over(desk, target, values))
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
                       const FieldValues& current) {
    const auto id = open_case_of(desk.store, target.place.record, *target.group.front());
    if (!id) return;
    FieldValues values = desk.store.load(kCase.tag, *id).value_or(FieldValues{});
    auto candidates = candidates_from(*target.kind, text_in(values, field(kCase, "candidates")));
    const auto own = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& each) {
        return each.author == word.author && each.at <= word.at;
    });
    if (own == candidates.end()) return;
    // Who holds the value is known by the journal; that he once said something else is too.
    candidates.erase(own);
    const bool settled = std::all_of(candidates.begin(), candidates.end(),
                                     [&](const Candidate& each) { return each.value == current; });
    const auto holder = writer_of(desk.store, target, current);
    const bool holds = holder && holder->stamp.author == word.author &&
                       holder->op == merge::OpKind::Set && !settled;
    if (holds) join(candidates, {word.author, word.device, word.at, current});
    put(values, field(kCase, "candidates"), candidates_json(*target.kind, candidates));
    put(values, field(kCase, "current_value"), catalog::values_json(*target.kind, current));
    if (settled) settle_case(desk, values);
    save_matter(desk, kCase, *id, target.place.customer, values);
}

}  // namespace

void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current) {
    withdraw_proposals(desk, target, word);
    restate_candidate(desk, target, word, current);
}

std::optional<FieldValues> own_proposal(const Desk& desk, const Target& target, const UserId& of) {
    for (const auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        Candidate proposed = candidate_of_proposal(*target.kind, values);
        if (proposed.author == of) return std::move(proposed.value);
    }
    return std::nullopt;
}

bool hand_over(const Desk& desk, const Target& target, FieldValues& proposal) {
    const Candidate proposed = candidate_of_proposal(*target.kind, proposal);
    const Value* number = find(proposal, field(kProposal, "number").tag);
    const auto matter =
        static_cast<std::uint64_t>(number == nullptr ? 0 : as_number(*number).value_or(0));
    std::map<UserId, JournalEntry> last;
    for (auto& line : desk.store.history(target.place.record, target.group.front()->tag)) {
        const UserId author = line.stamp.author;
        if (line.op == merge::OpKind::Set && author != proposed.author)
            last.insert_or_assign(author, std::move(line));
    }
    const JournalEntry* other = nullptr;
    for (const auto& [author, line] : last) {
        const bool same = line.matter == matter && target.part(line.value) == proposed.value &&
                          (line.verdict == merge::VerdictKind::Proposal ||
                           line.verdict == merge::VerdictKind::Late);
        if (same && (other == nullptr || other->stamp.at < line.stamp.at)) other = &line;
    }
    if (other == nullptr) return false;
    put(proposal, field(kProposal, "proposed_by"), other->stamp.author.as<RecordTag>());
    put(proposal, field(kProposal, "proposed_at"), other->stamp.at.ms);
    put(proposal, field(kProposal, "proposed_device"), other->stamp.device.as<RecordTag>());
    return true;
}

}  // namespace dossier::server
