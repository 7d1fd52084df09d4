#include "server/intake/last_word.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/elements.hpp"

#include "server/intake/matters.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kProposal;

bool holds(const std::vector<std::string>& list, const std::string& element) {
    return std::ranges::find(list, element) != list.end();
}

/// What somebody said last of an element: that it is there, and whether that went to people.
struct Said {
    merge::Stamp stamp;
    bool there = false;
    bool waits = false;
};

std::map<std::string, Said> said_by(const Desk& desk,
                                    const Target& target,
                                    const UserId& author,
                                    std::uint16_t tag) {
    std::map<std::string, Said> last;
    for (const auto& line : desk.store.history(target.place.record, target.group.front()->tag)) {
        if (line.op != merge::OpKind::Set || line.group == 0 || line.stamp.author != author)
            continue;
        const bool waits = !line.won && (line.verdict == merge::VerdictKind::Case ||
                                         line.verdict == merge::VerdictKind::Proposal ||
                                         line.verdict == merge::VerdictKind::Late);
        const auto before = catalog::elements(merge::value_or_empty(line.base, tag));
        const auto after = catalog::elements(merge::value_or_empty(line.value, tag));
        const auto note = [&](const auto& here, const auto& not_here, bool there) {
            for (const std::string& each : here) {
                if (holds(not_here, each)) continue;
                auto& noted = last[each];
                if (!noted.stamp.later_than(line.stamp)) noted = {line.stamp, there, waits};
            }
        };
        note(after, before, true);
        note(before, after, false);
    }
    return last;
}

/// The elements of `asked` that wait for people, laid over `over`; nullopt when none does.
std::optional<FieldValues> still_waiting(const Desk& desk,
                                         const Target& target,
                                         const UserId& author,
                                         const FieldValues& asked,
                                         const FieldValues& over) {
    bool waits = false;
    FieldValues result = over;
    for (const auto* member : target.group) {
        if (!merge::holds_elements(*member)) continue;
        const auto wanted = catalog::elements(merge::value_or_empty(asked, member->tag));
        auto elements = catalog::elements(merge::value_or_empty(over, member->tag));
        for (const auto& [element, said] : said_by(desk, target, author, member->tag)) {
            const bool differs = said.there != holds(elements, element);
            if (!said.waits || said.there != holds(wanted, element) || !differs) continue;
            waits = true;
            if (said.there)
                elements.push_back(element);
            else
                std::erase(elements, element);
        }
        assign(result, member->tag, catalog::from_elements(*member, std::move(elements)));
    }
    if (!waits) return std::nullopt;
    return target.part(result);
}

/// What its author made of a list that waits by what he did to the one he saw.
FieldValues carried_on(const Target& target, const FieldValues& waiting, const Step& step) {
    FieldValues both;
    for (const auto* member : target.group) {
        assign(both, member->tag,
               merge::united(*member, merge::value_or_empty(waiting, member->tag),
                             find(step.seen, member->tag),
                             merge::value_or_empty(step.said, member->tag)));
    }
    return target.part(both);
}

/// What waits on over `current` once the author of `asked` has taken that step.
std::optional<FieldValues> rest_of(const Desk& desk,
                                   const Target& target,
                                   const Candidate& asked,
                                   const FieldValues& current,
                                   const std::optional<Step>& step) {
    if (!step || !merge::holds_elements(*target.group.front())) return std::nullopt;
    return still_waiting(desk, target, asked.author, carried_on(target, asked.value, *step),
                         current);
}

void withdraw_proposals(const Desk& desk,
                        const Target& target,
                        const merge::Stamp& word,
                        const FieldValues& current,
                        const std::optional<Step>& step) {
    for (auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        const Candidate proposed = candidate_of_proposal(*target.kind, values);
        if (proposed.author != word.author || proposed.at > word.at) continue;
        const auto rest = rest_of(desk, target, proposed, current, step);
        const bool handed = hand_over(desk, target, values);
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
    const auto own = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& each) {
        return each.author == word.author && each.at <= word.at;
    });
    if (own == candidates.end()) return;
    // Who holds the value is known by the journal; that he once said something else is too.
    const auto rest = rest_of(desk, target, *own, current, step);
    candidates.erase(own);
    const bool settled =
        !rest && std::all_of(candidates.begin(), candidates.end(),
                             [&](const Candidate& each) { return each.value == current; });
    const auto holder = writer_of(desk.store, target, current);
    const bool in_force = holder && holder->stamp.author == word.author &&
                          holder->op == merge::OpKind::Set && !settled;
    if (rest || in_force)
        join(candidates, {word.author, word.device, word.at, rest ? *rest : current});
    put(values, field(kCase, "candidates"), candidates_json(*target.kind, candidates));
    put(values, field(kCase, "current_value"), catalog::values_json(*target.kind, current));
    if (settled) settle_case(desk, values);
    save_matter(desk, kCase, *id, target.place.customer, values);
}

/// What of his waits in an open proposal, or in the open case: there, what is in force meanwhile
/// or was, waits for nobody.
std::optional<Candidate> own_waiting(const Desk& desk, const Target& target, const UserId& author) {
    for (const auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        Candidate proposed = candidate_of_proposal(*target.kind, values);
        if (proposed.author == author) return proposed;
    }
    const auto id = open_case_of(desk.store, target.place.record, *target.group.front());
    if (!id) return std::nullopt;
    const auto values = desk.store.load(kCase.tag, *id).value_or(FieldValues{});
    for (auto& each : candidates_from(*target.kind, text_in(values, field(kCase, "candidates")))) {
        if (each.author != author) continue;
        auto rest = still_waiting(desk, target, author, each.value, target.part(target.values));
        if (!rest) return std::nullopt;
        each.value = std::move(*rest);
        return each;
    }
    return std::nullopt;
}

}  // namespace

void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current,
                 const std::optional<Step>& step) {
    withdraw_proposals(desk, target, word, current, step);
    restate_candidate(desk, target, word, current, step);
}

std::optional<Waiting> with_waiting(const Desk& desk,
                                    const Target& target,
                                    const UserId& author,
                                    const FieldValues& base,
                                    const Step& step) {
    if (!merge::holds_elements(*target.group.front())) return std::nullopt;
    const auto before = own_waiting(desk, target, author);
    if (!before) return std::nullopt;
    // What he took for held or proposed and neither is, he says himself.
    return Waiting{carried_on(target, carried_on(target, before->value, step), {base, step.said}),
                   before->at};
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
