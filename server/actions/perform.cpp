#include "server/actions/perform.hpp"

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/sqlite/failure.hpp"

#include "server/accounts/sign_ins.hpp"
#include "server/actions/file_place.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

/// Who acts, and that he still may. Inside a unit of work.
Result<UserId> acting(Office& office, const Order& order, SignInNumber& number) {
    const Actor actor = order.action->actor;
    if (order.sign_in) {
        auto row = SignIns(office).find_ready(*order.sign_in);
        if (!row) return pass(row);
        number = row->number;
        return row->user;
    }
    if (order.as.empty() && actor == Actor::Nobody) return UserId{};
    std::optional<UserId> user;
    if (!order.as.empty()) {
        user = office.people().user_by_login(order.as);
        if (!user) return fail(kUnknownUser, order.as);
    } else if (actor == Actor::Administrator) {
        const auto first = office.store().meta(kFirstAdministrator);
        user = first ? UserId::from(*first) : std::nullopt;
    }
    if (!user) return fail(kWhoActs);
    if (!office.people().viewer(*user, office.now()).active) return fail(access::kFaultInactive);
    return *user;
}

/// Who works at the machine acts in whose name he likes: that it was asked there, and in whose, is
/// noted before what is done, and stays whatever comes of it. Inside a unit of work.
void note_command(Context& context, const Order& order) {
    if (order.sign_in || order.as.empty() || order.action->does != Does::Changes) return;
    AuditLine line;
    line.at = context.office.now();
    line.user = context.actor;
    line.action = "command";
    line.entity = action::name_of(*order.action);
    line.result = "asked";
    line.detail = "as";
    context.office.store().append_audit(std::move(line));
}

Result<int> carry_out(const Order& order, Workplace& place, action::Answer& answer) {
    // What does not count as a purpose is not taken for none in silence.
    if (!order.purpose.empty() && !access::states_purpose(order.purpose))
        return fail(access::kFaultPurposeNeeded);
    Context context{answer,        *order.action, order.inputs,
                    place,         place.office,  UserId{},
                    order.purpose, order.start,   order.sign_in.has_value()};
    Result<int> result = 0;
    const auto identify = [&] {
        context.office.people().forget();
        auto actor = acting(context.office, order, context.sign_in);
        if (actor) context.actor = *actor;
        if (!actor) result = tl::unexpected(actor.error());
    };
    const auto whole = [&] {
        identify();
        if (result) note_command(context, order);
        if (result) result = order.action->run(context);
    };
    const Runs runs = order.action->runs;
    if (runs == Runs::AtOnce && place.at_once) {
        place.at_once(whole);
        return result;
    }
    if (runs != Runs::OnStore) {
        place.in_unit(whole);
        return result;
    }
    const FilePlace taken(place.file_places);
    place.in_unit([&] {
        identify();
        if (result) note_command(context, order);
    });
    if (result) result = order.action->run(context);
    return result;
}

}  // namespace

action::Outcome perform(const Order& order, Workplace& place) {
    action::Outcome outcome{.answer = action::Answer(order.lang)};
    if (order.sign_in && order.action != nullptr && order.action->does == Does::Machine) {
        action::refuse(outcome, Error{&kAtTheMachine, {std::string(order.action->words)}});
        return outcome;
    }
    if (order.action == nullptr || order.action->run == nullptr) {
        const auto name = order.action == nullptr ? "" : action::name_of(*order.action);
        action::refuse(outcome, Error{&action::kUnknownAction, {name}});
        return outcome;
    }
    try {
        const auto result = carry_out(order, place, outcome.answer);
        if (result) outcome.code = *result;
        if (!result) action::refuse(outcome, result.error());
    } catch (const std::exception& failure) {
        // Nothing was kept, so nothing is said to have been done.
        outcome.answer.parts.clear();
        outcome.answer.data = {};
        action::refuse(outcome, sqlite::error_of(failure));
    }
    return outcome;
}

}  // namespace dossier::server
