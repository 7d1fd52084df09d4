#include "server/intake/matters.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/elements.hpp"

#include "server/intake/candidates.hpp"
#include "server/intake/co_proposers.hpp"
#include "server/intake/facets.hpp"
#include "server/intake/standpoint.hpp"
#include "server/intake/waiting_elements.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kProposal;

void add_people(FieldValues& values, const std::vector<UserId>& people) {
    static constexpr auto& kPeople = field(kCase, "people");
    const Value* present = find(values, kPeople.tag);
    auto elements = present == nullptr ? std::vector<std::string>{} : catalog::elements(*present);
    for (const UserId& person : people) {
        if (!person.is_none()) elements.push_back('"' + to_text(person) + '"');
    }
    put(values, kPeople, catalog::from_elements(kPeople, elements));
}

FieldValues new_case(const Desk& desk,
                     const Contest& contest,
                     std::string_view conflict_class,
                     std::string_view state) {
    const auto& target = contest.target;
    FieldValues values;
    put(values, field(kCase, "number"), static_cast<std::int64_t>(desk.store.next("case")));
    put(values, field(kCase, "class"), std::string(conflict_class));
    put(values, field(kCase, "entity"), std::string(target.kind->name));
    put(values, field(kCase, "record_id"), target.place.record);
    if (!target.place.customer.is_none())
        put(values, field(kCase, "customer_id"), target.place.customer);
    put(values, field(kCase, "field"), std::string(target.group.front()->name));
    put(values, field(kCase, "base_value"), catalog::values_json(*target.kind, contest.base));
    put(values, field(kCase, "current_value"), catalog::values_json(*target.kind, contest.current));
    put(values, field(kCase, "state"), std::string(state));
    put(values, field(kCase, "opened_at"), desk.bearer.now.ms);
    put(values, field(kCase, "due_on"), office_date(desk.bearer.now.plus(kReviewTime)));
    if (const auto holder = writer_of(desk.store, target, contest.current))
        add_people(values, {holder->stamp.author});
    return values;
}

std::uint64_t number_of(const FieldValues& values) {
    const Value* number = find(values, field(kCase, "number").tag);
    return static_cast<std::uint64_t>(number == nullptr ? 0 : as_number(*number).value_or(0));
}

/// Whoever set the current value unaware of the other is a candidate too: the set of candidates
/// must not depend on who arrived first.
void join_holder(const Desk& desk, const Contest& contest, std::vector<Candidate>& candidates) {
    if (contest.current == contest.target.part(contest.base)) return;
    const auto holder = writer_of(desk.store, contest.target, contest.current);
    if (!holder || holder->op != merge::OpKind::Set) return;
    join(candidates,
         {holder->stamp.author, holder->stamp.device, holder->stamp.at, contest.current});
}

/// Of a list or set who holds what is in force stands for that and for what of his waits, whichever
/// he said last (C-05): `candidate` goes over what he holds.
void join_over(const Contest& contest, std::vector<Candidate>& candidates, Candidate candidate) {
    const auto own = std::ranges::find(candidates, candidate.author, &Candidate::author);
    const bool holds =
        own != candidates.end() && same_value(contest.target, own->value, contest.current);
    if (holds && merge::holds_elements(*contest.target.group.front()))
        candidate.at = std::max(candidate.at, own->at);
    join(candidates, std::move(candidate));
}

/// What a proposal wants of the value that holds now.
FieldValues wanted_of(const Target& target,
                      const FieldValues& current,
                      const FieldValues& proposal,
                      FieldValues value) {
    if (!merge::holds_elements(*target.group.front())) return value;
    return carried_on(target, current, {base_of_proposal(*target.kind, proposal), value});
}

/// What is recorded of the customer in the same changeset and may be evidence of it: the talk in
/// which it was learned. Source: R-048.
RecordId said_at(const Desk& desk, const RecordId& customer) {
    static constexpr auto& kEvidence = field(kProposal, "evidence_id");
    const auto& ops = desk.changeset.ops;
    const auto at = std::ranges::find_if(ops, [&](const merge::Op& op) {
        const auto* kind = catalog::find_kind(op.record_kind);
        return op.kind == merge::OpKind::Create && kind != nullptr &&
               catalog::may_name(kProposal, kEvidence, *kind) &&
               record_in(op.fields, *catalog::find_field(*kind, kind->parent)) == customer;
    });
    return at == ops.end() || customer.is_none() ? RecordId{} : at->record;
}

/// The settled case that says this of an earlier word of the same author, about the same loser or
/// the same holder.
std::optional<Matters::value_type> told_before(const Desk& desk,
                                               const Contest& contest,
                                               std::string_view conflict_class,
                                               const merge::Stamp& loser) {
    const auto& target = contest.target;
    const auto holds = catalog::values_json(*target.kind, contest.current);
    for (auto& matter : matters_of(desk.store, kCase, target.place.record,
                                   target.group.front()->name, catalog::CaseState::kAuto)) {
        const auto& values = matter.second;
        const auto candidates =
            candidates_from(*target.kind, text_in(values, field(kCase, "candidates")));
        const bool his = candidates.size() == 1 && candidates.front().author == loser.author &&
                         text_in(values, field(kCase, "class")) == conflict_class;
        const bool same = his && (candidates.front().value == contest.value ||
                                  text_in(values, field(kCase, "resolved_value")) == holds);
        if (same) return std::move(matter);
    }
    return std::nullopt;
}

}  // namespace

Matters matters_of(Store& store,
                   const catalog::Kind& kind,
                   const RecordId& record,
                   std::string_view group,
                   std::string_view state) {
    Matters found;
    for (const RecordId& id :
         store.find(kind.tag, catalog::find_field(kind, "record_id")->tag, record)) {
        auto values = store.load(kind.tag, id);
        if (!values || text_in(*values, *catalog::find_field(kind, "field")) != group) continue;
        if (text_in(*values, *catalog::find_field(kind, "state")) == state)
            found.emplace_back(id, std::move(*values));
    }
    return found;
}

void set_state(const Desk& desk,
               const RecordId& proposal,
               FieldValues& values,
               std::string_view state,
               const RecordId& customer) {
    put(values, field(kProposal, "state"), std::string(state));
    put(values, field(kProposal, "verified_at"), desk.bearer.now.ms);
    save_matter(desk, kProposal, proposal, customer, values);
}

Candidate candidate_of_proposal(const catalog::Kind& kind, const FieldValues& proposal) {
    const auto record_at = [&](const catalog::Field& of) {
        const Value* value = find(proposal, of.tag);
        return value == nullptr ? RecordId{} : as_record(*value);
    };
    const Value* at = find(proposal, field(kProposal, "proposed_at").tag);
    Candidate candidate;
    candidate.author = record_at(field(kProposal, "proposed_by")).as<UserTag>();
    candidate.device = record_at(field(kProposal, "proposed_device")).as<DeviceTag>();
    candidate.at = Instant{at == nullptr ? 0 : as_number(*at).value_or(0)};
    candidate.value =
        catalog::values_from_json(kind, text_in(proposal, field(kProposal, "new_value")))
            .value_or(FieldValues{});
    return candidate;
}

FieldValues base_of_proposal(const catalog::Kind& kind, const FieldValues& proposal) {
    return catalog::values_from_json(kind, text_in(proposal, field(kProposal, "old_value")))
        .value_or(FieldValues{});
}

FieldValues Target::part(const FieldValues& of) const {
    FieldValues part;
    for (const catalog::Field* member : group) {
        const Value* value = find(of, member->tag);
        if (value != nullptr && !is_empty(*value)) part.push_back({member->tag, *value});
    }
    return part;
}

FieldValues Target::with(const FieldValues& group_values) const {
    FieldValues after = values;
    std::erase_if(after, [&](const FieldValue& each) {
        return std::any_of(group.begin(), group.end(),
                           [&](const auto* member) { return member->tag == each.tag; });
    });
    for (const auto& [tag, value] : group_values) assign(after, tag, value);
    return after;
}

void save_matter(const Desk& desk,
                 const catalog::Kind& kind,
                 const RecordId& id,
                 const RecordId& customer,
                 const FieldValues& values) {
    const Place place{kind.tag, id, customer};
    const auto before = desk.store.load(kind.tag, id);
    desk.store.save(place, values);
    if (!before) {
        JournalEntry entry{.record = id,
                           .kind = kind.tag,
                           .op = merge::OpKind::Create,
                           .value = values,
                           .stamp = desk.stamp(0),
                           .received_at = desk.bearer.now};
        entry.source = desk.changeset.source;
        desk.store.append_journal(entry);
    }
    publish(desk.store, desk.people, place, values,
            changed_facets(kind, before.value_or(FieldValues{}), values), Reach::Record,
            desk.bearer.now);
}

std::optional<RecordId> open_case_of(Store& store,
                                     const RecordId& record,
                                     const catalog::Field& group) {
    const auto open = matters_of(store, kCase, record, group.name, catalog::CaseState::kOpen);
    if (open.empty()) return std::nullopt;
    return open.front().first;
}

std::uint64_t open_case(const Desk& desk,
                        const Contest& contest,
                        std::string_view conflict_class,
                        const std::vector<Candidate>& others) {
    const auto& target = contest.target;
    const auto existing = open_case_of(desk.store, target.place.record, *target.group.front());
    FieldValues values = existing
                             ? *desk.store.load(kCase.tag, *existing)
                             : new_case(desk, contest, conflict_class, catalog::CaseState::kOpen);
    const RecordId id = existing ? *existing : desk.ids.make<RecordId>();
    auto candidates = candidates_from(*target.kind, text_in(values, field(kCase, "candidates")));
    if (!existing) join_holder(desk, contest, candidates);
    if (!is_planted(Plant::LoserDropped))
        join_over(contest, candidates,
                  {contest.stamp.author, contest.stamp.device, contest.stamp.at, contest.value});
    std::vector<UserId> people{contest.stamp.author};
    for (const Candidate& other : others) {
        people.push_back(other.author);
        join(candidates, other);
    }
    for (auto& [proposal, proposed] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        auto proposers = co_proposers(desk, target, proposed);
        proposers.push_back(candidate_of_proposal(*target.kind, proposed));
        for (Candidate& each : proposers) {
            people.push_back(each.author);
            // His newer value stands in the case already.
            if (each.author == contest.stamp.author) continue;
            each.value = wanted_of(target, contest.current, proposed, std::move(each.value));
            join_over(contest, candidates, std::move(each));
        }
        set_state(desk, proposal, proposed, catalog::ProposalState::kInCase, target.place.customer);
    }
    put(values, field(kCase, "current_value"), catalog::values_json(*target.kind, contest.current));
    put(values, field(kCase, "candidates"), candidates_json(*target.kind, candidates));
    add_people(values, people);
    save_matter(desk, kCase, id, target.place.customer, values);
    return number_of(values);
}

std::uint64_t record_settled_case(const Desk& desk,
                                  const Contest& contest,
                                  std::string_view conflict_class,
                                  const merge::Stamp& loser,
                                  bool again) {
    const auto& target = contest.target;
    auto told = again ? told_before(desk, contest, conflict_class, loser) : std::nullopt;
    const RecordId id = told ? told->first : desk.ids.make<RecordId>();
    FieldValues values = told ? std::move(told->second)
                              : new_case(desk, contest, conflict_class, catalog::CaseState::kAuto);
    const std::vector<Candidate> candidates{{loser.author, loser.device, loser.at, contest.value}};
    put(values, field(kCase, "candidates"), candidates_json(*target.kind, candidates));
    put(values, field(kCase, "resolution"), std::string("latest"));
    put(values, field(kCase, "resolved_value"),
        catalog::values_json(*target.kind, contest.current));
    put(values, field(kCase, "resolved_at"), desk.bearer.now.ms);
    add_people(values, {loser.author, desk.bearer.user});
    save_matter(desk, kCase, id, target.place.customer, values);
    return number_of(values);
}

ProposalOutcome open_proposal(const Desk& desk, const Contest& contest, bool late) {
    const auto& target = contest.target;
    const auto* group = target.group.front();
    if (open_case_of(desk.store, target.place.record, *group))
        return {open_case(desk, contest, "C-04"), true};
    RecordId id;
    FieldValues values;
    for (auto& [other_id, other] : matters_of(desk.store, kProposal, target.place.record,
                                              group->name, catalog::ProposalState::kOpen)) {
        const Candidate candidate = candidate_of_proposal(*target.kind, other);
        const bool same = same_value(target, candidate.value, contest.value);
        if (candidate.author == contest.stamp.author) {
            // A later word of his is there already.
            if (candidate.at > contest.stamp.at) return {number_of(other), false};
            if (!same && hand_over(desk, target, other)) {
                save_matter(desk, kProposal, other_id, target.place.customer, other);
                return {open_case(desk, contest, "C-04"), true};
            }
            id = other_id;
            values = std::move(other);
        } else if (!same) {
            return {open_case(desk, contest, "C-04"), true};
        } else {
            return {number_of(other), false};  // two people propose the same: one proposal
        }
    }
    if (id.is_none()) {
        id = desk.ids.make<RecordId>();
        put(values, field(kProposal, "number"),
            static_cast<std::int64_t>(desk.store.next("proposal")));
        put(values, field(kProposal, "entity"), std::string(target.kind->name));
        put(values, field(kProposal, "record_id"), target.place.record);
        if (!target.place.customer.is_none())
            put(values, field(kProposal, "customer_id"), target.place.customer);
        put(values, field(kProposal, "field"), std::string(group->name));
        put(values, field(kProposal, "old_value"),
            catalog::values_json(*target.kind, contest.base));
        put(values, field(kProposal, "state"), std::string(catalog::ProposalState::kOpen));
    }
    // Of a list or set what he adds and takes away is laid over what holds.
    if (merge::holds_elements(*group))
        put(values, field(kProposal, "old_value"),
            catalog::values_json(*target.kind, contest.current));
    put(values, field(kProposal, "new_value"), catalog::values_json(*target.kind, contest.value));
    put(values, field(kProposal, "proposed_by"), contest.stamp.author.as<RecordTag>());
    put(values, field(kProposal, "proposed_at"), contest.stamp.at.ms);
    put(values, field(kProposal, "proposed_device"), contest.stamp.device.as<RecordTag>());
    if (late) put(values, field(kProposal, "late"), std::int64_t{1});
    if (const auto talk = said_at(desk, target.place.customer); !talk.is_none())
        put(values, field(kProposal, "evidence_id"), talk);
    save_matter(desk, kProposal, id, target.place.customer, values);
    return {number_of(values), false};
}

void revisit_proposals(const Desk& desk,
                       const Target& target,
                       const FieldValues& before,
                       const FieldValues& current,
                       const RecordId& except) {
    for (auto& [id, values] :
         matters_of(desk.store, kProposal, target.place.record, target.group.front()->name,
                    catalog::ProposalState::kOpen)) {
        if (id == except) continue;
        const Candidate candidate = candidate_of_proposal(*target.kind, values);
        // He has just laid it over what holds (last_word.hpp): nobody disputes with himself.
        const bool laid_over = candidate.author == desk.bearer.user &&
                               merge::holds_elements(*target.group.front()) &&
                               text_in(values, field(kProposal, "old_value")) ==
                                   catalog::values_json(*target.kind, current);
        if (laid_over) continue;
        const FieldValues wanted = wanted_of(target, current, values, candidate.value);
        if (same_value(target, wanted, current)) {
            set_state(desk, id, values, catalog::ProposalState::kAccepted, target.place.customer);
            continue;
        }
        const merge::Stamp stamp{candidate.at, candidate.device, 0, candidate.author, 0};
        open_case(desk, {target, before, current, wanted, stamp}, "C-04");
    }
}

}  // namespace dossier::server
