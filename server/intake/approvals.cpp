#include "server/intake/approvals.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/access_request.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/disclosure.hpp"
#include "common/catalog/handover.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/approval.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/asking.hpp"
#include "server/intake/disclosing.hpp"
#include "server/intake/handing.hpp"
#include "server/intake/marking.hpp"
#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kApproval;
using workflow::Machine;

/// What the signers of an approval about this kind of record must be allowed to act on.
struct SubjectsRow {
    const catalog::Kind* kind;
    std::vector<access::Subject> (*acted_on)(const Desk&, const FieldValues&);
};
constexpr SubjectsRow kSubjects[] = {{&catalog::kHandover, subjects_of_handover},
                                     {&catalog::kAccessRequest, subjects_of_request}};

/// Which of several chains a record of this kind takes (`Chain::variant`).
struct VariantRow {
    const catalog::Kind* kind;
    std::string_view (*variant)(const Desk&, const FieldValues&);
};
constexpr VariantRow kVariants[] = {{&catalog::kSecrecyMarking, signers_of_mark},
                                    {&catalog::kAccessRequest, signers_of_request},
                                    {&catalog::kDisclosure, signers_of_disclosure}};

const workflow::Chain* chain_for(const Desk& desk,
                                 std::string_view approval,
                                 const Target& subject) {
    const auto* row = std::ranges::find(kVariants, subject.kind, &VariantRow::kind);
    const auto variant =
        row == std::end(kVariants) ? std::string_view() : row->variant(desk, subject.values);
    return workflow::chain_of(approval, variant);
}

std::vector<access::Subject> acted_on(const Desk& desk, const Target& subject) {
    const auto* row = std::ranges::find(kSubjects, subject.kind, &SubjectsRow::kind);
    if (row != std::end(kSubjects)) return row->acted_on(desk, subject.values);
    if (subject.place.customer.is_none()) return {};
    return {desk.people.subject(subject.place, subject.values)};
}

Target subject_of(const Desk& desk, const FieldValues& approval) {
    Target subject;
    subject.place =
        desk.store.place(record_in(approval, field(kApproval, "subject_id"))).value_or(Place{});
    subject.kind = catalog::find_kind(subject.place.kind);
    if (subject.kind != nullptr)
        subject.values =
            desk.store.load(subject.kind->tag, subject.place.record).value_or(FieldValues{});
    return subject;
}

std::string element_of(std::string_view word) {
    return '"' + std::string(word) + '"';
}

/// Who holds the role, or may sign instead; a department's manager signs for its own people.
std::vector<UserId> holders_for(const Desk& desk,
                                access::Role role,
                                const workflow::Chain& chain,
                                const UserId& asker) {
    auto people = holders_now(desk, role);
    if (role == access::Role::DeptManager) {
        const auto& now = desk.bearer.now;
        const auto own = desk.people.departments_above(desk.people.viewer(asker, now).department);
        std::erase_if(people, [&](const UserId& person) {
            const auto& his = desk.people.viewer(person, now).department;
            return std::ranges::find(own, his) == own.end();
        });
    }
    for (const auto other : chain.or_by) {
        for (const UserId& person : holders_now(desk, other)) {
            if (std::ranges::find(people, person) == people.end()) people.push_back(person);
        }
    }
    return people;
}

/// Who of them may sign: not who asked, nor who signed before.
std::vector<std::string> signers_by(const Desk& desk,
                                    access::Role role,
                                    const workflow::Chain& chain,
                                    const FieldValues& approval,
                                    const std::vector<access::Subject>& files) {
    const auto asker = record_in(approval, field(kApproval, "requested_by")).as<UserTag>();
    const auto signed_by = catalog::elements_in(approval, field(kApproval, "signers"));
    std::vector<std::string> people;
    for (const UserId& person : holders_for(desk, role, chain, asker)) {
        const auto name = element_of(to_text(person));
        const auto& viewer = desk.people.viewer(person, desk.bearer.now);
        const bool may = std::ranges::all_of(files, [&](const access::Subject& file) {
            return access::decide(viewer, chain.on_files, file, catalog::Facet::Directory,
                                  {.now = desk.bearer.now})
                       .answer == access::Answer::Allow;
        });
        if (may && person != asker && std::ranges::find(signed_by, name) == signed_by.end())
            people.push_back(name);
    }
    return people;
}

/// Names the next role and who is asked to sign for it: the role of the chain, or the next above
/// that somebody holds who may. The chain says who signed, so it is told the role that does.
Status name_signers(const Desk& desk, const Target& subject, FieldValues& approval) {
    static constexpr auto& kChain = field(kApproval, "chain");
    auto chain = catalog::elements_in(approval, kChain);
    const auto at = catalog::elements_in(approval, field(kApproval, "signers")).size();
    if (at >= chain.size()) return {};
    const auto* row = chain_for(desk, text_in(approval, field(kApproval, "kind")), subject);
    const auto unknown = workflow::Chain{};
    const auto files = acted_on(desk, subject);
    const auto first = access::role_from(workflow::next_role(approval));
    for (auto role = first; role; role = workflow::role_above(*role)) {
        auto people = signers_by(desk, *role, row == nullptr ? unknown : *row, approval, files);
        if (people.empty()) continue;
        chain[at] = element_of(access::facts(*role).code);
        put(approval, kChain, catalog::from_elements(kChain, std::move(chain)));
        put(approval, field(kApproval, "next_role"), std::string(access::facts(*role).code));
        // Who signed before goes on reading it.
        for (auto& earlier : catalog::elements_in(approval, field(kApproval, "signers")))
            people.push_back(std::move(earlier));
        static constexpr auto& kAsked = field(kApproval, "asked_ids");
        put(approval, kAsked, catalog::from_elements(kAsked, std::move(people)));
        return {};
    }
    return fail(merge::kNobodySigns,
                first ? dossier::pair_of(access::facts(*first).label) : std::string());
}

/// Why it is asked: what the author says, else what the record is known by.
std::string reason_for(const Desk& desk, const Target& subject) {
    constexpr std::size_t kReasonMax = 500;
    auto reason = desk.changeset.reason;
    const auto* title = catalog::find_field(*subject.kind, subject.kind->title);
    if (reason.empty() && title != nullptr) reason = text_in(subject.values, *title);
    if (reason.empty()) reason = dossier::pair_of(subject.kind->label);
    return std::string(head(reason, kReasonMax));
}

Status await(const Desk& desk, const workflow::State& state, const Target& subject) {
    const auto* chain = chain_for(desk, state.awaits.approval, subject);
    if (chain == nullptr) return {};
    const auto asked = request_approval(desk, *chain, subject, reason_for(desk, subject));
    return asked ? Status{} : tl::unexpected(asked.error());
}

std::vector<RecordId> approvals_of(const Desk& desk, const RecordId& subject) {
    return desk.store.find(kApproval.tag, field(kApproval, "subject_id").tag, subject);
}

}  // namespace

Result<RecordId> request_approval(const Desk& desk,
                                  const workflow::Chain& chain,
                                  const Target& subject,
                                  const std::string& reason) {
    static constexpr auto& kChain = field(kApproval, "chain");
    std::vector<std::string> roles;
    for (const auto role : chain.roles) roles.push_back(element_of(access::facts(role).code));
    const RecordId asker = desk.is_system() ? record_in(subject.values, catalog::kCreatedBy)
                                            : desk.bearer.user.as<RecordTag>();
    FieldValues values;
    put(values, field(kApproval, "kind"), std::string(chain.approval));
    put(values, field(kApproval, "entity"), std::string(subject.kind->name));
    put(values, field(kApproval, "subject_id"), subject.place.record);
    put(values, field(kApproval, "requested_by"), asker);
    put(values, field(kApproval, "requested_at"), desk.bearer.now.ms);
    put(values, field(kApproval, "reason"), reason);
    put(values, kChain, catalog::from_elements(kChain, std::move(roles)));
    if (auto named = name_signers(desk, subject, values); !named) return pass(named);
    return make_for_office(desk, kApproval, std::move(values));
}

Status check_beginning(const Desk& desk, const merge::Op& op, const Target& made) {
    for (const Machine* machine : workflow::machines_of(*made.kind, made.values)) {
        const auto* state = workflow::state_of(*machine, made.values);
        if (state == nullptr) continue;
        const Hand hand{.desk = desk, .op = op, .machine = *machine, .target = made};
        for (const auto guard : state->begins_with) {
            if (auto held = check_guard(hand, guard); !held) return held;
        }
    }
    return {};
}

Status arrive(const Desk& desk, const merge::Op& op, Target& made) {
    for (const Machine* machine : workflow::machines_of(*made.kind, made.values)) {
        const auto* state = workflow::state_of(*machine, made.values);
        if (state == nullptr || state->on_arrival == workflow::Effect::None) continue;
        Hand hand{.desk = desk, .op = op, .machine = *machine, .target = made};
        hand.after = made.values;
        if (auto done = carry_out(hand, state->on_arrival); !done) return done;
        made.values = std::move(hand.after);
    }
    return {};
}

Status await_beginning(const Desk& desk, const Target& made) {
    for (const Machine* machine : workflow::machines_of(*made.kind, made.values)) {
        const auto* state = workflow::state_of(*machine, made.values);
        if (state == nullptr) continue;
        if (auto asked = await(desk, *state, made); !asked) return asked;
    }
    return {};
}

Status await_after(const Hand& hand, const Target& left) {
    const auto* before = workflow::state_of(hand.machine, hand.target.values);
    const auto* after = workflow::state_of(hand.machine, left.values);
    if (before == nullptr || after == nullptr || before == after) return {};
    if (!before->awaits.approval.empty()) {
        for (const RecordId& id : approvals_of(hand.desk, left.place.record))
            follow(hand.desk, workflow::kApprovals, id, "expire");
    }
    return await(hand.desk, *after, left);
}

void carry_decision(const Desk& desk, const Target& approval) {
    const auto subject = subject_of(desk, approval.values);
    const auto state = text_in(approval.values, field(kApproval, "state"));
    if (subject.kind == nullptr || state == catalog::ApprovalState::kOpen) return;
    for (const Machine* machine : workflow::machines_of(*subject.kind, subject.values)) {
        const auto* waits = workflow::state_of(*machine, subject.values);
        const auto kind = text_in(approval.values, field(kApproval, "kind"));
        if (waits == nullptr || waits->awaits.approval != kind) continue;
        const bool is_signed = state == catalog::ApprovalState::kApproved;
        follow(desk, *machine, subject.place.record,
               is_signed ? waits->awaits.when_signed : waits->awaits.otherwise);
    }
}

Status countersign(Hand& hand) {
    static constexpr auto& kSigners = field(kApproval, "signers");
    auto signers = catalog::elements_in(hand.after, kSigners);
    if (!hand.desk.is_system()) signers.push_back(element_of(to_text(hand.desk.bearer.user)));
    assign(hand.after, kSigners.tag, catalog::from_elements(kSigners, std::move(signers)));
    // The last role stays, and who was asked: they are told that it is decided.
    const auto step =
        workflow::may_step(hand.machine, hand.op.event, hand.target.values, hand.op.fields);
    const bool goes_on = step && (*step)->to == catalog::ApprovalState::kOpen;
    return goes_on ? name_signers(hand.desk, subject_of(hand.desk, hand.after), hand.after)
                   : Status{};
}

}  // namespace dossier::server
