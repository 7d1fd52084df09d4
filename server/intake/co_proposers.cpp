#include "server/intake/co_proposers.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/elements.hpp"

#include "server/intake/matters.hpp"
#include "server/intake/waiting_elements.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kProposal;

/// The last word of somebody that went to a proposal, and what he said since.
struct Joined {
    JournalEntry line;
    bool is_last = true;
    bool took_back = false;
};

/// Back to what he began from, before he had an answer.
bool takes_back(const Target& target, const JournalEntry& line, const JournalEntry& word) {
    return line.stamp.device == word.stamp.device && line.base == word.base &&
           target.part(line.value) == target.part(word.base);
}

/// By author, without that of the proposal itself.
std::map<UserId, Joined> joined_by(const Desk& desk,
                                   const Target& target,
                                   const UserId& proposer,
                                   std::uint64_t number) {
    std::map<UserId, Joined> joined;
    for (auto& line : desk.store.history(target.place.record, target.group.front()->tag)) {
        const UserId author = line.stamp.author;
        if (line.op != merge::OpKind::Set || author == proposer) continue;
        const bool went_there =
            line.matter == number && (line.verdict == merge::VerdictKind::Proposal ||
                                      line.verdict == merge::VerdictKind::Late);
        if (went_there) {
            joined.insert_or_assign(author, Joined{std::move(line)});
        } else if (const auto at = joined.find(author); at != joined.end()) {
            at->second.is_last = false;
            at->second.took_back |= takes_back(target, line, at->second.line);
        }
    }
    return joined;
}

}  // namespace

std::vector<Candidate> co_proposers(const Desk& desk,
                                    const Target& target,
                                    const FieldValues& proposal) {
    const Candidate proposed = candidate_of_proposal(*target.kind, proposal);
    const auto number = static_cast<std::uint64_t>(number_in(proposal, field(kProposal, "number")));
    const bool by_element = merge::holds_elements(*target.group.front());
    std::vector<Candidate> others;
    for (const auto& [author, joined] : joined_by(desk, target, proposed.author, number)) {
        const auto& [line, is_last, took_back] = joined;
        if (took_back) continue;
        Candidate other{author, line.stamp.device, line.stamp.at, proposed.value};
        if (by_element) {
            auto his = still_waiting(desk, target, other, base_of_proposal(*target.kind, proposal),
                                     {.proposal = number});
            if (!his) continue;
            other.value = std::move(*his);
        } else if (!is_last || target.part(line.value) != proposed.value) {
            continue;
        }
        others.push_back(std::move(other));
    }
    return others;
}

bool hand_over(const Desk& desk, const Target& target, FieldValues& proposal) {
    const FieldValues proposed = candidate_of_proposal(*target.kind, proposal).value;
    const auto others = co_proposers(desk, target, proposal);
    // Who wants all of it goes before who wants a part.
    const auto heir = std::ranges::max_element(others, {}, [&](const Candidate& each) {
        return std::pair(same_value(target, each.value, proposed), each.at.ms);
    });
    if (heir == others.end()) return false;
    put(proposal, field(kProposal, "new_value"), catalog::values_json(*target.kind, heir->value));
    put(proposal, field(kProposal, "proposed_by"), heir->author.as<RecordTag>());
    put(proposal, field(kProposal, "proposed_at"), heir->at.ms);
    put(proposal, field(kProposal, "proposed_device"), heir->device.as<RecordTag>());
    return true;
}

}  // namespace dossier::server
