#include "client/sync/engine.hpp"

#include <algorithm>
#include <utility>

#include "common/base/plant.hpp"
#include "common/catalog/field.hpp"
#include "common/merge/refusals.hpp"
#include "common/merge/stamp.hpp"

#include "protocol/codec.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using merge::VerdictKind;
using protocol::Message;

constexpr std::string_view kServerEpochKey = "server_epoch";
constexpr std::string_view kDurableKey = "durable_oseq";
/// The protocol that brought Probe and Branch.
constexpr std::uint32_t kBranchesSince = 2;

std::array<std::uint8_t, 16> epoch_from(const std::optional<Bytes>& stored) {
    std::array<std::uint8_t, 16> epoch{};
    if (stored)
        std::copy_n(stored->begin(), std::min<std::size_t>(16, stored->size()), epoch.begin());
    return epoch;
}

bool was_taken(VerdictKind kind) {
    return kind == VerdictKind::Applied || kind == VerdictKind::Merged ||
           kind == VerdictKind::Converged || kind == VerdictKind::Superseded;
}

void count(Report& report, const merge::Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::Applied:
        case VerdictKind::Converged:
            ++report.applied;
            break;
        case VerdictKind::Merged:
            ++report.merged;
            break;
        case VerdictKind::Superseded:
            ++report.superseded;
            report.kept_in_cases += verdict.matter == 0 ? 0U : 1U;
            break;
        case VerdictKind::Case:
            ++report.cases;
            break;
        case VerdictKind::Proposal:
        case VerdictKind::Late:
            ++(merge::is_kept(verdict.reason) ? report.refused : report.proposals);
            break;
        default:
            ++report.refused;
    }
}

template <class... Each>
struct Overloaded : Each... {
    using Each::operator()...;
};
template <class... Each>
Overloaded(Each...) -> Overloaded<Each...>;

}  // namespace

Engine::Engine(Store& store, const Clock& clock, Log& log, EngineOptions options)
    : store_(store), clock_(clock), log_(log), options_(std::move(options)) {}

std::string_view Engine::phase() const {
    static constexpr std::string_view kWords[] = {
        "new", "hello", "hello", "push", "pull", "attachments", "bye", "wipe", "finished"};
    return kWords[static_cast<std::size_t>(state_)];
}

Result<Engine::Messages> Engine::start() {
    auto identity = store_.meta.identity();
    if (!identity) return pass(identity);
    started_ = clock_.now();
    started_ticks_ms_ = clock_.ticks_ms();
    session_ = store_.begin_session(started_);
    protocol::Hello hello;
    hello.schema = catalog::schema_version();
    hello.app_version = options_.app_version;
    hello.device_now_ms = started_.ms;
    hello.device_ticks_ms = started_ticks_ms_;
    hello.device_epoch = static_cast<std::uint32_t>(store_.meta.number(kDeviceEpochKey, 1));
    hello.outbox_last = store_.outbox.last().value;
    hello.outbox_head = store_.outbox.head();
    hello.unsent = store_.outbox.unsent_count() + store_.attachments.upload_count();
    if (store_.meta.number(kOffersAgainKey) != 0) ++hello.unsent;
    quiet_at_ = hello.unsent == 0 ? std::optional(hello.outbox_last) : std::nullopt;
    // Numbers of an epoch that was not compared yet are those of the one before.
    if (store_.meta.number(kRecountedKey) == 0)
        hello.server_epoch = epoch_from(store_.meta.bytes(kServerEpochKey));
    for (const HeldScope& scope : store_.scopes.list()) {
        hello.cursors.push_back({scope.key, scope.sseq});
    }
    state_ = State::Greeting;
    return Messages{hello};
}

Result<Engine::Messages> Engine::on(const Message& message) {
    const auto out_of_order = [&]() -> Result<Messages> {
        return fail(kUnexpected, std::string(phase()));
    };
    const auto in = [&](State state, auto step) -> Result<Messages> {
        return state_ == state ? step() : out_of_order();
    };
    using namespace protocol;
    return std::visit(
        Overloaded{
            [&](const Welcome& m) { return in(State::Greeting, [&] { return welcome(m); }); },
            [&](const Known& m) { return in(State::Branching, [&] { return known(m); }); },
            [&](const Branched& m) { return in(State::Branching, [&] { return branched(m); }); },
            [&](const Verdicts& m) { return in(State::Pushing, [&] { return verdicts(m); }); },
            [&](const Policy& m) { return in(State::Pushing, [&] { return policy(m); }); },
            [&](const Batch& m) { return in(State::Pulling, [&] { return batch(m); }); },
            [&](const Checkpoint& m) { return in(State::Pulling, [&] { return checkpoint(m); }); },
            [&](const Have& m) {
                return in(State::Attaching, [&] { return attach(contents_.on(m)); });
            },
            [&](const Chunk& m) {
                return in(State::Attaching, [&] { return attach(contents_.on(m)); });
            },
            [&](const Ranges& m) { return in(State::Pulling, [&] { return mended(m); }); },
            [&](const Fetched& m) { return in(State::Pulling, [&] { return mended(m); }); },
            [&](const Bye& m) { return in(State::Parting, [&] { return bye(m); }); },
            [&](const WipeNoted&) { return in(State::Wiping, [&] { return wipe_noted(); }); },
            [&](const Refusal& m) -> Result<Messages> { return refused(m); },
            [&](const auto&) -> Result<Messages> { return out_of_order(); }},
        message);
}

Result<Engine::Messages> Engine::refused(const protocol::Refusal& message) {
    std::string words = message.fault;
    for (const auto& arg : message.args) words += " " + arg;
    return fail(kRefused, words);
}

Result<Engine::Messages> Engine::welcome(const protocol::Welcome& message) {
    if (message.protocol < protocol::kProtocolMin || message.protocol > protocol::kProtocolMax) {
        return fail(kTooOld);
    }
    protocol_ = message.protocol;
    office_now_ = {message.server_now_ms};
    const Instant last = store_.last_finished();
    // Nor does the office wait for one whose first session was cut.
    long_silent_ =
        last.ms == 0 ? session_ > 1 : merge::age(last, office_now_) > protocol::kSilentAfter;
    const auto known = epoch_from(store_.meta.bytes(kServerEpochKey));
    report_.server_restored = known != message.server_epoch && known != decltype(known){};
    report_.clock_off_ms = started_.ms - message.server_now_ms;
    report_.notice = message.notice;
    office_schema_ = message.schema;
    report_.commands = message.commands;
    heard_ = {message.audit_place, message.audit_head, message.server_epoch};
    sqlite::Transaction tx(store_.connection());
    if (report_.server_restored) {
        store_.note_incident("server.restored", "", clock_.now());
        expect_set_back();
    }
    store_.meta.set_bytes(kServerEpochKey, message.server_epoch);
    learn_office_key(message.office_key);
    if (!message.ticket.empty()) store_.meta.set_bytes(kTicketKey, message.ticket);
    if (message.night_hour < 24) store_.meta.set_number(kNightHourKey, message.night_hour);
    store_.lease.grant({message.server_now_ms}, {message.lease_until_ms}, started_);
    if (was_told(protocol::Command::Wipe)) store_.lease.set_wiping();
    store_.meta.set_number(kDurableKey, static_cast<std::int64_t>(message.durable_oseq));
    tx.commit();
    // What the office has goes at once, however long the way of the rest: that waits sealed.
    if (store_.lease.lock(started_) == Lock::Wiping) report_.wiped_rows = store_.wipe();
    brings_first_ =
        was_told(protocol::Command::BringContents) && store_.attachments.upload_count() > 0;
    const auto ours = store_.outbox.chain_at(OSeq{message.applied_oseq});
    const bool same_chain = ours && *ours == message.outbox_head;
    // A restored office may lack what nobody has any more: what follows begins anew, too.
    const bool whole = store_.outbox.last_forgotten().value <= message.applied_oseq;
    if (protocol_ < kBranchesSince) {
        if (same_chain && whole) return begin_push({message.applied_oseq});
        store_.note_incident("outbox.fork", std::to_string(message.applied_oseq), clock_.now());
        return fail(kFork);
    }
    const bool same_epoch = message.device_epoch == store_.meta.number(kDeviceEpochKey, 1);
    if (!same_chain || !same_epoch || !whole) return branch_off();
    return begin_push({message.applied_oseq});
}

bool Engine::was_told(protocol::Command command) const {
    const auto number = static_cast<std::uint8_t>(command);
    return std::ranges::find(report_.commands, number) != report_.commands.end();
}

/// `after`: the last entry the office has of this chain.
Result<Engine::Messages> Engine::begin_push(OSeq after) {
    // Everything without a stored verdict, and what a restored office has lost.
    next_push_ = after.next();
    if (const auto unsent = store_.outbox.first_unsent()) {
        next_push_ = std::min(next_push_, *unsent);
    }
    state_ = State::Pushing;
    // Both know that there is nothing to push: the office goes on by itself.
    pushed_last_ = !report_.branched && quiet_at_ == after.value;
    if (pushed_last_) return {};
    applied_ = after;
    offers_again_ = store_.meta.number(kOffersAgainKey) != 0;
    if (offers_again_) next_push_ = std::min(next_push_, store_.outbox.last_forgotten().next());
    return next_push();
}

Engine::Messages Engine::next_push() {
    protocol::Push push;
    push.changesets = store_.outbox.frozen_from(next_push_, options_.push_bytes_max);
    for (const auto& changeset : push.changesets) awaiting_.push_back({changeset.oseq});
    if (!awaiting_.empty()) next_push_ = awaiting_.back().next();
    if (brings_first_ && push.changesets.empty()) {
        // Its entries are there: their contents follow before the office shows the door.
        state_ = State::Attaching;
        return contents_.start_bringing();
    }
    const bool all = next_push_ > store_.outbox.last() || push.changesets.empty();
    push.last = all && !brings_first_;
    pushed_last_ = push.last;
    return {std::move(push)};
}

Result<Engine::Messages> Engine::verdicts(const protocol::Verdicts& message) {
    // All of one message in one durable transaction: only then do they count as answered.
    sqlite::Transaction tx(store_.connection());
    for (const auto& answer : message.changesets) {
        const auto at = std::ranges::find(awaiting_, OSeq{answer.oseq});
        const auto entry =
            at == awaiting_.end() ? std::nullopt : store_.outbox.entry(OSeq{answer.oseq});
        // Of a purged one only its earlier verdicts tell how many ops it had.
        const std::size_t ops =
            !entry ? 0 : std::max(entry->changeset.ops.size(), entry->verdicts.size());
        auto verdicts = answer.verdicts;
        // A changeset the office could not read is answered as a whole.
        if (verdicts.size() == 1 && ops > 1) verdicts.resize(ops, verdicts.front());
        // Of a sealed one only the office knows how many ops it has.
        const bool fits = entry && (entry->sealed || ops == verdicts.size());
        if (!fits) return fail(kUnexpected, std::string(phase()));
        awaiting_.erase(at);
        store_verdicts(*entry, verdicts);
    }
    tx.commit();
    if (!awaiting_.empty() || pushed_last_) return Messages{};
    return next_push();
}

void Engine::store_verdicts(const OutboxEntry& entry, const std::vector<merge::Verdict>& verdicts) {
    const bool again = !entry.verdicts.empty();
    const bool had = entry.oseq <= applied_;
    if (had && entry.verdicts == verdicts) return;
    if (again && !had) ++report_.offered;
    store_.outbox.answer(entry.oseq, verdicts, office_now_);
    for (std::size_t at = 0; at < verdicts.size(); ++at) {
        const bool taken = was_taken(verdicts[at].kind);
        if (again && taken)
            store_.tray.settle_op(entry.oseq, static_cast<std::uint32_t>(at), clock_.now());
        const merge::Op op = entry.sealed ? merge::Op{} : entry.changeset.ops[at];
        // Sent again to a restored office: the first answer has been shown already. What it took
        // then and does not take now is asked for again.
        if (!again && !entry.sealed) store_.replica.answered(op, verdicts[at]);
        if (again && !taken && at < entry.verdicts.size() && was_taken(entry.verdicts[at].kind))
            store_.replica.doubt(op);
        count(report_, verdicts[at]);
        const bool refused = verdicts[at].kind == merge::VerdictKind::Rejected ||
                             verdicts[at].kind == merge::VerdictKind::Parked;
        if (!refused) store_.tray.settle_earlier(op, entry.oseq, clock_.now());
        if (taken) continue;
        TrayItem item;
        item.oseq = entry.oseq;
        item.op_index = static_cast<std::uint32_t>(at);
        item.op = op;
        item.verdict = verdicts[at];
        item.written_at = entry.claimed_at;
        item.answered_at = clock_.now();
        store_.tray.put(item);
    }
    ++report_.sent;
}

Result<Engine::Messages> Engine::policy(const protocol::Policy& message) {
    if (!awaiting_.empty() || !pushed_last_) return fail(kUnexpected, std::string(phase()));
    {
        sqlite::Transaction tx(store_.connection());
        for (const HeldScope& scope : store_.scopes.list()) {
            const bool kept = std::ranges::find(message.held, scope.key) != message.held.end();
            const bool lost = std::ranges::find(message.lost, scope.key) != message.lost.end();
            if (kept && !lost) continue;
            store_.scopes.mark_leaving(scope.id);
            ++report_.scopes_lost;
        }
        tx.commit();
    }
    if (store_.lease.lock(started_) == Lock::Wiping) return wipe();
    // Physically gone before anything new is written.
    if (!is_planted(Plant::NoPurge)) {
        store_.purge_leaving();
        store_.scrub();
    }
    sqlite::Transaction tx(store_.connection());
    for (const protocol::ScopeKey& key : message.held) {
        const auto held = store_.scopes.find(key);
        const bool gained = std::ranges::find(message.gained, key) != message.gained.end() || !held;
        if (!gained) continue;
        // Told as gained what is here already: the office starts from nothing, so do we.
        if (held) store_.scopes.receive_anew(*held);
        if (!held) store_.scopes.gain(key);
        ++report_.scopes_gained;
    }
    tx.commit();
    state_ = State::Pulling;
    return Messages{};
}

/// Everything pushed has its verdict, every content was brought or left for another day; what was
/// typed meanwhile is sealed and goes first next time.
Result<Engine::Messages> Engine::wipe() {
    if (was_told(protocol::Command::BringContents)) {
        sqlite::Transaction tx(store_.connection());
        store_.attachments.give_up_refused();
        tx.commit();
    }
    report_.wiped_rows = store_.wipe();
    const auto left = store_.outbox.unsent_count() + store_.attachments.upload_count();
    if (left > 0) return fail(kWipeWaits, std::to_string(left));
    state_ = State::Wiping;
    return Messages{protocol::WipeDone{report_.wiped_rows, left}};
}

Result<Engine::Messages> Engine::wipe_noted() {
    sqlite::Transaction tx(store_.connection());
    store_.lease.set_wiped();
    tx.commit();
    report_.wiped = true;
    state_ = State::Finished;
    return Messages{};
}

Result<Engine::Messages> Engine::batch(const protocol::Batch& message) {
    auto scope = store_.scopes.find(message.scope);
    if (!scope) return fail(kUnexpected, std::string(phase()));
    report_.bytes_received += message.entries.size();
    // Received before the connection was cut: the cursor and the rows were saved together.
    if (message.to <= scope->sseq) return Messages{};
    auto plain = decompressor_.decompress(message.entries);
    if (!plain) return pass(plain);
    auto entries = protocol::decode_entries(*plain);
    if (!entries) return pass(entries);
    if (entries->size() != message.count) return fail(kUnexpected, std::string(phase()));
    // What a power cut takes goes with its cursor and comes again; `verified` makes all of it
    // durable before the office is told.
    const sqlite::Bulk bulk(store_.connection());
    sqlite::Transaction tx(store_.connection());
    auto applied = store_.replica.apply(*scope, *entries, clock_.now());
    if (!applied) return pass(applied);
    scope->sseq = message.to;
    store_.scopes.save(*scope);
    tx.commit();
    store_.touch();
    report_.received += entries->size();
    return Messages{};
}

Result<Engine::Messages> Engine::attach(Result<Messages> words) {
    if (!words || !contents_.is_done()) return words;
    if (!std::exchange(brings_first_, false)) return part();
    state_ = State::Pushing;
    return next_push();
}

}  // namespace dossier::client
