// What a session says by itself: the rest of what one message asked for, and batch after batch.
// Each call is a unit of work of its own, so that nobody waits for all of it.
#include "common/base/plant.hpp"

#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"

namespace dossier::server {

using protocol::Message;

bool Session::is_working() const {
    return pushing_ || ends_push_ || comparing_ || contents_.is_working();
}

Result<std::optional<Message>> Session::next() {
    if (ready_.empty() && is_working()) {
        auto made = go_on();
        if (!made) {
            state_ = State::Ended;
            return pass(made);
        }
        for (Message& each : *made) ready_.push_back(std::move(each));
        if (ready_.empty()) return std::nullopt;
    }
    if (ready_.empty()) return state_ == State::Pulling ? next_batch() : std::nullopt;
    Message first = std::move(ready_.front());
    ready_.pop_front();
    return first;
}

/// One more part of the work at hand, under the rights of now.
Result<Session::Messages> Session::go_on() {
    if (!is_planted(Plant::RightsKept)) desk_.office.people().forget();
    guesses_ = 0;
    auto device = desk_.office.store().device(device_);
    if (!device) return fail(protocol::kDeviceRevoked);
    if (auto allowed = may_push(*device); !allowed) return pass(allowed);
    if (pushing_) return push_on(*device);
    if (ends_push_) return end_push(*device);
    const bool brings_last = brings_contents_ && state_ == State::Pushing;
    if (brings_last) return note_brought(contents_.go_on(*device));
    if (auto allowed = may_sync(*device); !allowed && !is_planted(Plant::RevokedGoesOn))
        return pass(allowed);
    if (has_lost_right(*device)) return fail(protocol::kRightsChanged);
    return comparing_ ? compare_on() : contents_.go_on(*device);
}

Result<std::optional<Message>> Session::next_batch() {
    Store& store = desk_.office.store();
    const auto device = store.device(device_);
    if (auto allowed = device ? may_sync(*device) : fail(protocol::kDeviceRevoked);
        !allowed && !is_planted(Plant::RevokedGoesOn)) {
        state_ = State::Ended;
        return pass(allowed);
    }
    // Not a byte after the commit that took a right: the laptop comes again and is told what it
    // lost.
    if (has_lost_right(*device)) {
        state_ = State::Ended;
        return fail(protocol::kRightsChanged);
    }
    protocol::Checkpoint checkpoint;
    for (const Scope& scope : held_) {
        const ScopeSummary now = store.summary(scope);
        SSeq& received = received_[scope];
        if (received < now.sseq) {
            const auto batch = desk_.batches.batch(store, scope, now, received);
            received = batch->to;
            row_.facets_sent += batch->count;
            return *batch;
        }
        // A laptop that verifies this one is here, whatever place it claimed: before a restore the
        // office counted further.
        received = now.sseq;
        const SSeq at = is_planted(Plant::CursorBack) ? SSeq{now.sseq.value % 2} : now.sseq;
        checkpoint.scopes.push_back({key_of(scope), at, now.count, now.set_hash.sum});
    }
    // All of them in one unit of work: one state of the office.
    state_ = State::Checking;
    return checkpoint;
}

}  // namespace dossier::server
