#include "common/workflow/step.hpp"

#include <algorithm>
#include <charconv>

#include "common/access/faults.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::workflow {
namespace {

bool is_from(const Step& step, std::string_view state) {
    return std::ranges::find(step.from, state) != step.from.end();
}

/// The word by which a value of the state field is compared with the codes of the table.
std::string word_of(const Value& value) {
    if (const auto* text = as_text(value)) return *text;
    const auto number = as_number(value);
    return number ? std::to_string(*number) : std::string();
}

/// What people call the record, for "number … is settled"; empty where nothing calls it.
std::string called(const Machine& machine, const FieldValues& values) {
    std::string_view rest = machine.called_by;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('|'), rest.size());
        const auto* of = catalog::find_field(*machine.kind, rest.substr(0, end));
        const Value* value = of == nullptr ? nullptr : find(values, of->tag);
        if (value != nullptr && !is_empty(*value)) return word_of(*value);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

/// Why none of the rows of the event is taken in this state.
Error why_none(const Machine& machine,
               const std::vector<const Step*>& rows,
               const State& state,
               const FieldValues& values,
               const FieldValues& given) {
    for (const Step* row : rows) {
        if (!is_from(*row, state.code) || row->chosen_by.empty()) continue;
        const auto* of = catalog::find_field(*machine.kind, row->chosen_by);
        const Value* value = find(given, of->tag);
        if (value == nullptr || is_empty(*value))
            return {&merge::kMissingInput, {pair_of(of->label)}};
        if (const auto valid = catalog::validate(*of, *value, Instant{}); !valid)
            return valid.error();
    }
    const bool there = std::ranges::any_of(
        rows, [&](const Step* row) { return row->to == state.code && !row->to.empty(); });
    if (there || state.is_decided || state.is_final)
        return {&merge::kSettled, {called(machine, values)}};
    return {&merge::kOutOfTurn, {pair_of(label_of(machine, state))}};
}

/// Who may set this level instead of that one: the general manager all; the service manager up to
/// 机密, both ways; the marketing director up to 机密, but no lower (domain 3.3).
bool may_mark(access::Role role, std::int64_t from, std::int64_t to) {
    constexpr std::int64_t kConfidential = 2;
    if (role == access::Role::GeneralManager) return true;
    if (std::max(from, to) > kConfidential) return false;
    return role == access::Role::ServiceManager ||
           (role == access::Role::MarketingDirector && to >= from);
}

bool may_mark(const Asked& asked) {
    std::int64_t to = 3;  // a level that is not told, or none there is, is for the highest
    std::from_chars(asked.to.data(), asked.to.data() + asked.to.size(), to);
    const auto from = number_in(asked.values, catalog::kSecrecyLevel, 1);
    return std::ranges::any_of(asked.viewer.roles, [&](const access::Held& held) {
        return may_mark(held.role, from, to);
    });
}

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

std::vector<std::string> list_in(const FieldValues& values, const catalog::Field& of) {
    const Value* value = find(values, of.tag);
    return value == nullptr ? std::vector<std::string>{} : catalog::elements(*value);
}

/// The roles of an approval as they stand in its list, in quotes.
std::vector<std::string> chain_of(const FieldValues& approval) {
    return list_in(approval, catalog::field(catalog::kApproval, "chain"));
}

std::size_t signatures(const FieldValues& approval) {
    return list_in(approval, catalog::field(catalog::kApproval, "signers")).size();
}

bool holds_next_role(const Asked& asked) {
    const auto role = access::role_from(
        text_in(asked.values, catalog::field(catalog::kApproval, "next_role").tag));
    return role && std::ranges::any_of(asked.viewer.roles, [&](const access::Held& held) {
               return held.role == *role;
           });
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
            return works(asked.viewer) && is(user, subject.creator);
        case Authority::Superior:
            return works(asked.viewer) && !subject.superiors.empty() &&
                   is(user, subject.superiors.front());
        case Authority::Role:
            return reads_as(asked, right.roles);
        case Authority::Level:
            return may_mark(asked);
        case Authority::Assignee:
            return works(asked.viewer) && is(user, subject.person);
        case Authority::Signer:
            return works(asked.viewer) && holds_next_role(asked);
        case Authority::Office:
            break;
    }
    return false;
}

}  // namespace

const State* state_of(const Machine& machine, const FieldValues& values) {
    const auto* of = catalog::find_field(*machine.kind, machine.state_field);
    const Value* value = find(values, of->tag);
    const bool none = value == nullptr || is_empty(*value);
    if (none) return &machine.states.front();
    if (of->type == catalog::Type::Time) return &machine.states.back();
    const auto at = std::ranges::find(machine.states, word_of(*value), &State::code);
    return at == machine.states.end() ? nullptr : &*at;
}

Text label_of(const Machine& machine, const State& state) {
    if (!state.label.zh.empty()) return state.label;
    const auto* of = catalog::find_field(*machine.kind, machine.state_field);
    const auto at = std::ranges::find(of->choices, state.code, &catalog::Choice::code);
    return at == of->choices.end() ? Text{state.code, state.code} : at->label;
}

std::vector<const Step*> steps_from(const Machine& machine, std::string_view state) {
    std::vector<const Step*> rows;
    for (const Step& step : machine.steps) {
        if (is_from(step, state)) rows.push_back(&step);
    }
    return rows;
}

std::vector<const Step*> steps_of(const Machine& machine, std::string_view event) {
    std::vector<const Step*> rows;
    for (const Step& step : machine.steps) {
        if (step.event == event) rows.push_back(&step);
    }
    return rows;
}

bool holds(When when, const FieldValues& values) {
    constexpr std::string_view kLatestWon = "C-02";
    const auto by_policy = [&] {
        return text_in(values, catalog::field(catalog::kCase, "class").tag) == kLatestWon;
    };
    const auto more = [&] {
        const auto roles = chain_of(values);
        return signatures(values) + 1 < roles.size();
    };
    switch (when) {
        case When::Always:
            break;
        case When::ForPerson:
            return !by_policy();
        case When::ByPolicy:
            return by_policy();
        case When::MoreToSign:
            return more();
        case When::LastToSign:
            return !more();
    }
    return true;
}

std::string next_role(const FieldValues& approval) {
    const auto roles = chain_of(approval);
    const auto at = signatures(approval);
    return at < roles.size() ? roles[at].substr(1, roles[at].size() - 2) : std::string();
}

Result<const Step*> may_step(const Machine& machine,
                             std::string_view event,
                             const FieldValues& values,
                             const FieldValues& given) {
    const auto rows = steps_of(machine, event);
    if (rows.empty()) return fail(merge::kUnknownEvent, head(event, 40));
    if (rows.front()->from.empty()) return rows.front();
    const State* state = state_of(machine, values);
    if (state == nullptr) {
        const auto* of = catalog::find_field(*machine.kind, machine.state_field);
        return fail(merge::kUnknownState, pair_of(of->label));
    }
    for (const Step* row : rows) {
        if (!is_from(*row, state->code) || !holds(row->when, values)) continue;
        if (row->chosen_by.empty()) return row;
        const Value* chosen = find(given, catalog::find_field(*machine.kind, row->chosen_by)->tag);
        if (chosen != nullptr && word_of(*chosen) == row->to) return row;
    }
    return tl::unexpected(why_none(machine, rows, *state, values, given));
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
        const auto signers = list_in(values, of);
        return std::ranges::find(signers, '"' + to_text(signer) + '"') != signers.end();
    });
}

Status check_inputs(const Step& step,
                    const catalog::Kind& kind,
                    const FieldValues& given,
                    std::string_view reason) {
    for (const FieldValue& each : given) {
        if (step.takes_values) break;
        const auto* of = catalog::find_field(kind, each.tag);
        const bool taken = of != nullptr && std::ranges::find(step.inputs, of->name,
                                                              &Input::field) != step.inputs.end();
        if (!taken) return fail(merge::kUnknownField, std::to_string(each.tag));
    }
    for (const Input& input : step.inputs) {
        const auto* of = catalog::find_field(kind, input.field);
        const Value* value = find(given, of->tag);
        if (input.required && (value == nullptr || is_empty(*value)))
            return fail(merge::kMissingInput, pair_of(of->label));
    }
    if (step.says_why && reason.empty()) return fail(merge::kReasonNeeded);
    return {};
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

std::optional<std::string> due_on(const Step& step,
                                  const catalog::Kind& kind,
                                  const FieldValues& values,
                                  Instant entered) {
    if (step.due.days == 0) return std::nullopt;
    Instant start = entered;
    if (!step.due.since.empty()) {
        const auto tag = catalog::find_field(kind, step.due.since)->tag;
        start = Instant{number_in(values, tag, entered.ms)};
    }
    return office_date(start.plus(std::chrono::hours(24) * step.due.days));
}

}  // namespace dossier::workflow
