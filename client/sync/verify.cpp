// The end of a pull: both sides' sums are compared, and what differs is mended.
#include <algorithm>
#include <utility>

#include "common/base/plant.hpp"
#include "common/merge/stamp.hpp"

#include "protocol/limits.hpp"

#include "client/faults.hpp"
#include "client/sync/engine.hpp"

namespace dossier::client {
namespace {

/// The protocol that brought Compare and Fetch.
constexpr std::uint32_t kRangesSince = 2;
constexpr std::string_view kVerifiedKey = "verified_at";
constexpr std::string_view kSweptKey = "outbox_swept";
constexpr std::chrono::hours kSweepEvery{24};

}  // namespace

std::vector<HeldScope> Engine::mismatched(const protocol::Checkpoint& message) {
    std::vector<HeldScope> wrong;
    for (const HeldScope& scope : store_.scopes.list()) {
        const auto at = std::ranges::find(message.scopes, scope.key, &protocol::ScopeState::scope);
        const bool same = at != message.scopes.end() && at->sseq == scope.sseq &&
                          at->count == scope.count && at->set_hash == scope.set_hash.sum;
        if (!same) wrong.push_back(scope);
    }
    return wrong;
}

Result<Engine::Messages> Engine::checkpoint(const protocol::Checkpoint& message) {
    const auto wrong = mismatched(message);
    if (wrong.empty()) return verified();
    // Once by what differs alone; should that not help, once whole; never a third way.
    if (protocol_ >= kRangesSince && !mending_) return mend(message, wrong);
    note_differences(mending_ ? wrong : unexplained(message, wrong));
    if (std::exchange(repaired_, true)) return fail(kDiverged, std::to_string(wrong.size()));
    sqlite::Transaction tx(store_.connection());
    protocol::Repair repair;
    for (const HeldScope& scope : wrong) {
        store_.scopes.receive_anew(scope);
        repair.scopes.push_back(scope.key);
    }
    tx.commit();
    return Messages{std::move(repair)};
}

/// After a restore, on a copied disk, or after a silence the office did not wait out, there is
/// nothing odd in a difference.
std::vector<HeldScope> Engine::unexplained(const protocol::Checkpoint& message,
                                           const std::vector<HeldScope>& wrong) {
    const bool expected =
        store_.meta.number(kRecountedKey) != 0 || offers_again_ || report_.branched || long_silent_;
    std::vector<HeldScope> odd;
    for (const HeldScope& scope : wrong) {
        const auto at = std::ranges::find(message.scopes, scope.key, &protocol::ScopeState::scope);
        const bool differs = at != message.scopes.end() &&
                             (at->count != scope.count || at->set_hash != scope.set_hash.sum);
        if (differs && !expected) odd.push_back(scope);
    }
    return odd;
}

/// The office may have been set back: it counts anew, and lacks what it had. Entries and contents
/// it took are offered once more.
void Engine::expect_set_back() {
    store_.meta.set_number(kRecountedKey, 1);
    store_.scopes.doubt_older();
    if (!is_planted(Plant::AnswersStay)) store_.meta.set_number(kOffersAgainKey, 1);
    if (const auto identity = store_.meta.identity())
        store_.attachments.offer_again(identity->device);
}

/// Told over the channel of the key known so far: the next session calls under the new one.
void Engine::learn_office_key(ByteView key) {
    auto identity = store_.meta.identity();
    if (!identity || key.size() != identity->server_key.size()) return;
    if (std::ranges::equal(key, identity->server_key)) return;
    std::ranges::copy(key, identity->server_key.begin());
    store_.meta.set_identity(*identity);
    store_.note_incident("office.key", crypto::fingerprint(key), clock_.now());
}

void Engine::note_differences(const std::vector<HeldScope>& wrong) {
    if (wrong.empty()) return;
    sqlite::Transaction tx(store_.connection());
    expect_set_back();
    for (const HeldScope& scope : wrong) {
        store_.note_incident("scope.differs", std::to_string(scope.key.sort), clock_.now());
        log_.warn("sync.scope_differs", {{"sort", unsigned{scope.key.sort}},
                                         {"of", scope.key.of},
                                         {"sseq", scope.sseq.value},
                                         {"count", scope.count}});
    }
    tx.commit();
    report_.incidents += wrong.size();
}

Result<Engine::Messages> Engine::mend(const protocol::Checkpoint& message,
                                      const std::vector<HeldScope>& wrong) {
    note_differences(unexplained(message, wrong));
    mending_.emplace(store_, clock_);
    for (const HeldScope& scope : mismatched(message)) {
        const auto at = std::ranges::find(message.scopes, scope.key, &protocol::ScopeState::scope);
        if (at != message.scopes.end()) mending_->add(*at);
    }
    return ask_further();
}

template <class Answer>
Result<Engine::Messages> Engine::mended(const Answer& message) {
    if (!mending_) return fail(kUnexpected, std::string(phase()));
    sqlite::Transaction tx(store_.connection());
    if (auto done = mending_->on(message); !done) return pass(done);
    tx.commit();
    return ask_further();
}
template Result<Engine::Messages> Engine::mended(const protocol::Ranges& message);
template Result<Engine::Messages> Engine::mended(const protocol::Fetched& message);

Result<Engine::Messages> Engine::ask_further() {
    sqlite::Transaction tx(store_.connection());
    auto question = mending_->next();
    if (!question) return pass(question);
    tx.commit();
    report_.mended = mending_->changed();
    if (*question) return Messages{std::move(**question)};
    return Messages{protocol::Repair{}};
}

Result<Engine::Messages> Engine::verified() {
    {
        sqlite::Transaction tx(store_.connection());
        for (HeldScope scope : store_.scopes.list()) {
            if (scope.complete) continue;
            scope.complete = true;
            store_.scopes.save(scope);
        }
        // A write, so that this commit waits for the disk: those of the batches did not.
        if (report_.received > 0) store_.meta.set_number(kVerifiedKey, office_now_.ms);
        store_.meta.erase(kRecountedKey);
        if (offers_again_) store_.meta.erase(kOffersAgainKey);
        store_.replica.drop_unanswered_rows();
        forget_old_answers();
        tx.commit();
    }
    store_.purge_leaving();
    // Single records that left their last scope went with their batches; their traces go now.
    store_.scrub();
    report_.verified = true;
    if (!contents_.is_needed(office_schema_)) return part();
    state_ = State::Attaching;
    return contents_.start();
}

/// Once a day, by the office's clock: a laptop's own may be anywhere.
void Engine::forget_old_answers() {
    const Instant swept{store_.meta.number(kSweptKey)};
    if (merge::age(swept, office_now_) < kSweepEvery) return;
    store_.outbox.forget_answered(office_now_.plus(-protocol::kAnsweredKept), office_now_);
    store_.meta.set_number(kSweptKey, office_now_.ms);
}

}  // namespace dossier::client
