// Who may take a step, and what is offered to whom.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/chains.hpp"
#include "common/workflow/step.hpp"

namespace dossier::workflow {
namespace {

bool decides(const Asked& asked, access::Operation operation, catalog::Facet facet) {
    return access::decide(asked.viewer, operation, asked.subject, facet, {.now = asked.now})
               .answer == access::Answer::Allow;
}

/// By the named roles alone, and only for what they read.
bool reads_as(const Asked& asked, std::span<const access::Role> roles) {
    access::Viewer bare = asked.viewer;
    bare.grants.clear();
    std::erase_if(bare.roles, [&](const access::Held& held) {
        return std::ranges::find(roles, held.role) == roles.end();
    });
    return !bare.roles.empty() &&
           decides({bare, asked.subject, asked.values, asked.given, asked.to, asked.now},
                   access::Operation::View, catalog::Facet::Main);
}

bool holds_role(const access::Viewer& viewer, std::span<const access::Role> roles) {
    return roles.empty() || std::ranges::any_of(viewer.roles, [&](const access::Held& held) {
               return std::ranges::find(roles, held.role) != roles.end();
           });
}

/// What every right asks of a person first (domain 3.2-1).
bool works(const access::Viewer& viewer) {
    return viewer.active && viewer.agreement_signed && !viewer.suspended;
}

/// Whether a chain of this kind of approval lets the role sign in place of another.
bool signs_instead(std::string_view approval, access::Role role) {
    return std::ranges::any_of(chains::kAll, [&](const Chain& chain) {
        return chain.approval == approval &&
               std::ranges::find(chain.or_by, role) != chain.or_by.end();
    });
}

/// Who of those holds it was asked, the office has said.
bool holds_next_role(const Asked& asked) {
    const auto& values = asked.values;
    const auto role =
        access::role_from(text_in(values, catalog::field(catalog::kApproval, "next_role").tag));
    const auto kind = text_in(values, catalog::field(catalog::kApproval, "kind").tag);
    return role && std::ranges::any_of(asked.viewer.roles, [&](const access::Held& held) {
               return held.role == *role || signs_instead(kind, held.role);
           });
}

bool is_asked(const Asked& asked) {
    const auto& people = asked.subject.asked;
    return std::ranges::find(people, asked.viewer.user) != people.end();
}

bool is(const UserId& one, const UserId& other) {
    return !one.is_none() && one == other;
}

bool is_his(const Right& right, const Asked& asked) {
    const auto& subject = asked.subject;
    const UserId& user = asked.viewer.user;
    switch (right.by) {
        case Authority::Operation:
        case Authority::Matter:
        case Authority::Files:
        case Authority::Grant:
            return holds_role(asked.viewer, right.roles) &&
                   decides(asked, right.operation, right.facet);
        case Authority::Author:
            return works(asked.viewer) && is(user, author_of(asked.values, subject));
        case Authority::Superior:
            return works(asked.viewer) && !subject.superiors.empty() &&
                   is(user, subject.superiors.front());
        case Authority::Role:
            return reads_as(asked, right.roles);
        case Authority::Assignee:
            return works(asked.viewer) && is(user, subject.person);
        case Authority::Asked:
            return works(asked.viewer) && is_asked(asked);
        case Authority::Signer:
            return works(asked.viewer) && is_asked(asked) && holds_next_role(asked);
        case Authority::Office:
            break;
    }
    return false;
}

}  // namespace

UserId author_of(const FieldValues& values, const access::Subject& subject) {
    const Value* made_by = find(values, catalog::kCreatedBy);
    return made_by == nullptr ? subject.creator : as_record(*made_by).as<UserTag>();
}

std::string next_role(const FieldValues& approval) {
    const auto roles = catalog::elements_in(approval, catalog::field(catalog::kApproval, "chain"));
    const auto at =
        catalog::elements_in(approval, catalog::field(catalog::kApproval, "signers")).size();
    return at < roles.size() ? roles[at].substr(1, roles[at].size() - 2) : std::string();
}

bool suffices(const Right& right, const catalog::Kind& kind, const FieldValues& given) {
    return right.limited_to.empty() || std::ranges::all_of(given, [&](const FieldValue& each) {
               const auto* of = catalog::find_field(kind, each.tag);
               return of != nullptr &&
                      std::ranges::find(right.limited_to, of->name) != right.limited_to.end();
           });
}

bool may_take(std::span<const Right> who, const catalog::Kind& kind, const Asked& asked) {
    return std::ranges::any_of(who, [&](const Right& right) {
        return suffices(right, kind, asked.given) && is_his(right, asked);
    });
}

bool signed_before(const Step& step,
                   const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& signer) {
    return std::ranges::any_of(step.differs_from, [&](std::string_view name) {
        const auto& of = *catalog::find_field(kind, name);
        if (of.type != catalog::Type::RefList)
            return is(record_in(values, of.tag).as<UserTag>(), signer);
        const auto signers = catalog::elements_in(values, of);
        return std::ranges::find(signers, '"' + to_text(signer) + '"') != signers.end();
    });
}

std::vector<Offer> offered(const Machine& machine,
                           const FieldValues& values,
                           const access::Viewer& viewer,
                           const access::Subject& subject,
                           Instant now) {
    std::vector<Offer> offers;
    const State* state = state_of(machine, values);
    if (state == nullptr) return offers;
    const FieldValues nothing;
    for (const Step* step : steps_from(machine, state->code)) {
        const bool of_office = std::ranges::all_of(
            step->who, [](const Right& right) { return right.by == Authority::Office; });
        if (of_office || !holds(step->when, values)) continue;
        Offer offer{step, std::nullopt};
        if (!may_take(step->who, *machine.kind, {viewer, subject, values, nothing, step->to, now}))
            offer.why_not = Error{&access::kFaultDenied, {}};
        else if (signed_before(*step, *machine.kind, values, viewer.user))
            offer.why_not = Error{&merge::kSameSigner, {}};
        offers.push_back(std::move(offer));
    }
    return offers;
}

}  // namespace dossier::workflow
