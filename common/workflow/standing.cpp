#include "common/workflow/standing.hpp"

#include <algorithm>

#include "common/merge/refusals.hpp"
#include "common/workflow/machines.hpp"

namespace dossier::workflow {
namespace {

/// Of rows that share an event the one he may take.
std::vector<Offer> one_each(std::vector<Offer> offers) {
    std::vector<Offer> kept;
    for (Offer& offer : offers) {
        const auto same = std::ranges::find_if(
            kept, [&](const Offer& each) { return each.step->event == offer.step->event; });
        if (same == kept.end())
            kept.push_back(std::move(offer));
        else if (same->why_not && !offer.why_not)
            *same = std::move(offer);
    }
    return kept;
}

std::string role_label(std::string_view code, Lang lang) {
    const auto role = access::role_from(code);
    return role ? std::string(access::facts(*role).label.in(lang)) : std::string(code);
}

std::vector<std::string> named_by(const Right& right,
                                  const FieldValues& values,
                                  const access::Subject& subject,
                                  const std::function<std::string(const UserId&)>& name_of,
                                  Lang lang) {
    const auto person = [&](const UserId& user) {
        return user.is_none() ? std::vector<std::string>{} : std::vector{name_of(user)};
    };
    switch (right.by) {
        case Authority::Author:
            return person(author_of(values, subject));
        case Authority::Superior:
            return subject.superiors.empty() ? std::vector<std::string>{}
                                             : person(subject.superiors.front());
        case Authority::Assignee:
            return person(subject.person);
        case Authority::Asked: {
            std::vector<std::string> names;
            for (const UserId& each : subject.asked) names.push_back(name_of(each));
            return names;
        }
        case Authority::Signer:
            return {role_label(next_role(values), lang)};
        case Authority::Operation:
        case Authority::Role: {
            std::vector<std::string> labels;
            for (const auto role : right.expected())
                labels.push_back(std::string(access::facts(role).label.in(lang)));
            return labels;
        }
        default:
            return {};
    }
}

}  // namespace

std::vector<Standing> standings(const catalog::Kind& kind,
                                const FieldValues& values,
                                const access::Viewer& viewer,
                                const access::Subject& subject,
                                Instant now) {
    std::vector<Standing> all;
    for (const Machine* machine : machines_of(kind, values)) {
        if (machine->own_actions) continue;
        const State* state = state_of(*machine, values);
        if (state == nullptr) continue;
        all.push_back({machine, state, one_each(offered(*machine, values, viewer, subject, now))});
    }
    return all;
}

void tell_lacking(std::span<Standing> standings,
                  std::span<const catalog::Lacking> lacking,
                  std::span<const catalog::Lacking> unsure) {
    for (Standing& standing : standings) {
        for (Offer& offer : standing.offers) {
            if (offer.why_not || !wants_filled(*offer.step)) continue;
            offer.lacking.assign(lacking.begin(), lacking.end());
            offer.unsure.assign(unsure.begin(), unsure.end());
            if (!lacking.empty())
                offer.why_not = Error{&merge::kNotFilled, {catalog::called(lacking)}};
        }
    }
}

std::string takers(const Step& step,
                   const FieldValues& values,
                   const access::Subject& subject,
                   const std::function<std::string(const UserId&)>& name_of,
                   Lang lang) {
    std::string names;
    for (const Right& right : step.who) {
        for (const auto& name : named_by(right, values, subject, name_of, lang))
            names += (names.empty() ? "" : lang == Lang::Zh ? "、" : ", ") + name;
    }
    return names;
}

}  // namespace dossier::workflow
