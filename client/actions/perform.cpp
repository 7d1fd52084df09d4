#include "client/actions/perform.hpp"

#include "common/sqlite/failure.hpp"
#include "common/sqlite/read_only.hpp"

#include "client/reading/locked.hpp"

namespace dossier::client {
namespace {

bool takes_words(Lock lock) {
    return lock == Lock::LeaseOver || lock == Lock::ClockBack || lock == Lock::Suspended;
}

/// A full disk keeps nobody from reading: what is to be saved says so itself.
void note_time(Store& store, Instant now) {
    try {
        sqlite::Transaction tx(store.connection());
        store.lease.note(now);
        tx.commit();
    } catch (const std::exception& failure) {
        if (meaning_of(failure, &store).code() != ErrorCode::NoSpace) throw;
    }
}

Result<int> carry_out(const Order& order, Laptop& laptop, action::Answer& answer) {
    auto turn = laptop.take_turn();
    const auto lock = pass_gate(laptop.store, laptop.clock.now(), *order.action);
    if (!lock) return tl::unexpected(lock.error());
    if (order.action->needs == Needs::Office && turn.owns_lock()) turn.unlock();
    Context context{answer,       *order.action, order.inputs,   laptop,
                    laptop.store, laptop.intake, order.exchange, *lock};
    return order.action->run(context);
}

}  // namespace

action::Outcome perform(const Order& order, Laptop& laptop) {
    action::Outcome outcome{.answer = action::Answer(order.lang)};
    if (order.action == nullptr || order.action->run == nullptr) {
        const auto name = order.action == nullptr ? "" : action::name_of(*order.action);
        action::refuse(outcome, Error{&action::kUnknownAction, {name}});
        return outcome;
    }
    outcome.answer.on_note = order.on_note;
    try {
        const auto result = carry_out(order, laptop, outcome.answer);
        if (result) outcome.code = *result;
        if (!result) action::refuse(outcome, result.error());
    } catch (const std::exception& failure) {
        action::refuse(outcome, meaning_of(failure, &laptop.store));
    }
    outcome.answer.on_note = {};
    return outcome;
}

Result<Lock> pass_gate(Store& store, Instant now, const Action& action) {
    if (!sqlite::is_read_only(store.connection()) && store.lease.is_worth_noting(now))
        note_time(store, now);
    const Lock lock = store.lease.lock(now);
    if (lock == Lock::Open) return lock;
    if (action.when_locked == WhenLocked::Runs && lock != Lock::Wiped) return lock;
    if (action.when_locked == WhenLocked::Records && takes_words(lock)) return lock;
    return tl::unexpected(reason_of(store, lock));
}

Error meaning_of(const std::exception& failure, Store* store) {
    if (store != nullptr && store->vault() != nullptr) {
        if (auto fault = store->vault()->last_fault()) return *fault;
    }
    return sqlite::error_of(failure);
}

}  // namespace dossier::client
