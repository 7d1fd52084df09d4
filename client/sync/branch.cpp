// This laptop's outbox is not what the office has of it: the store was copied, or an old copy was
// put back. What the office does not have goes on as a history of its own, in the same session.
#include "common/base/plant.hpp"

#include "client/faults.hpp"
#include "client/sync/engine.hpp"

namespace dossier::client {

Result<Engine::Messages> Engine::branch_off() {
    if (!branching_) branching_.emplace(store_.outbox);
    state_ = State::Branching;
    if (auto probe = branching_->probe()) return Messages{std::move(*probe)};
    // What nobody has any more cannot be offered: the new history begins after it.
    const OSeq common = branching_->common();
    const OSeq forgotten = store_.outbox.last_forgotten();
    branch_from_ = std::max(common, forgotten);
    report_.forgotten = forgotten > common ? forgotten.value - common.value : 0;
    const auto head = store_.outbox.chain_at(branch_from_);
    return Messages{protocol::Branch{{branch_from_.value, head.value_or(crypto::Digest{})}}};
}

Result<Engine::Messages> Engine::known(const protocol::Known& message) {
    if (!branching_->on(message)) return fail(kUnexpected, std::string(phase()));
    return branch_off();
}

Result<Engine::Messages> Engine::branched(const protocol::Branched& message) {
    sqlite::Transaction tx(store_.connection());
    store_.meta.set_number(kDeviceEpochKey, std::int64_t{message.device_epoch});
    store_.note_incident(report_.forgotten > 0 ? "outbox.forgotten" : "outbox.branched",
                         std::to_string(branch_from_.value), clock_.now());
    // What went with the lost part may have been another answer to an entry from before it.
    if (!is_planted(Plant::AnswersStay)) store_.meta.set_number(kOffersAgainKey, 1);
    tx.commit();
    report_.branched = true;
    log_.warn("sync.branched", {{"epoch", message.device_epoch}, {"from", branch_from_.value}});
    return begin_push(branch_from_);
}

}  // namespace dossier::client
