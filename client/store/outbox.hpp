// The laptop's ordered log of changesets: frozen when they are saved, chained by hash, answered by
// verdicts. An entry loses its place in the work to do only by a stored verdict (invariant I2); it
// stays as history until what it speaks of is purged. What may no longer be read here is sealed to
// the office and keeps its place: number, chain and delivery are those of the plain body.
#pragma once

#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"
#include "common/merge/op.hpp"
#include "common/sqlite/connection.hpp"

#include "protocol/messages.hpp"

namespace dossier::client {

/// One line of the history of what was done on this laptop.
struct OutboxEntry {
    OSeq oseq;
    Instant claimed_at;
    merge::Changeset changeset;            ///< without ops when what they spoke of was purged
    std::vector<merge::Verdict> verdicts;  ///< one an op; empty = 待上传
    bool sealed = false;                   ///< its words are there for the office alone
};

/// Whether the op is about one of the records, or makes one that hangs on it: a visit at a customer
/// speaks of him as much as a change of his address does.
bool speaks_of(const merge::Op& op, const std::unordered_set<RecordId>& records);

class Outbox {
  public:
    explicit Outbox(sqlite::Connection& db) : db_(db) {}

    /// Freezes a changeset as the next entry. Inside the caller's transaction.
    OSeq append(const merge::Changeset& changeset);

    /// Number and chain hash of the last entry; 0 and zeros when there is none.
    OSeq last();
    crypto::Digest head();
    /// Chain hash after entry `oseq`; nullopt when this store does not have it.
    std::optional<crypto::Digest> chain_at(OSeq oseq);

    /// Changesets without a stored verdict.
    std::uint64_t unsent_count();
    /// The first of them; nullopt when everything is answered.
    std::optional<OSeq> first_unsent();
    /// When the oldest of them was made; nullopt when everything is answered.
    std::optional<Instant> oldest_unsent();
    /// The last entry of which nothing is left to offer: forgotten, or purged without a key to
    /// seal it with. 0 = everything can be offered.
    OSeq last_forgotten();
    /// Consecutive entries from `from` on whose bodies still exist, plain or sealed, up to about
    /// `bytes` of bodies but at least one.
    std::vector<protocol::Frozen> frozen_from(OSeq from, std::size_t bytes);
    /// Ops of unsent changesets that speak of `record`, in order.
    std::vector<merge::Op> unsent_ops(const RecordId& record);
    bool has_unsent(const RecordId& record);

    /// The entry; nullopt when there is none.
    std::optional<OutboxEntry> entry(OSeq oseq);
    /// Newest first, at most `limit`.
    std::vector<OutboxEntry> history(std::size_t limit);
    /// Stores the verdicts of one entry; `now` by the office's clock. Inside the caller's
    /// transaction.
    void answer(OSeq oseq, std::span<const merge::Verdict> verdicts, Instant now);
    /// Seals the entries that speak of any of `records` or of what hangs on them, for their base
    /// values are the office's; answered ones are kept for an office that lost its own, but lose
    /// their body where the office's key is not known. The records (with their kinds) that unsent
    /// ones spoke of: their view must be made anew. Inside the caller's transaction.
    std::vector<std::pair<RecordId, std::uint16_t>> purge(std::unordered_set<RecordId> records);
    /// Forgets what answers quote of values of these records: they were erased at the office. Of a
    /// sealed entry nobody here can tell whether it spoke of one. Before `purge` seals the rest,
    /// inside the caller's transaction.
    void forget_quotes(const std::unordered_set<RecordId>& erased);
    /// Seals every entry without a verdict; the records they spoke of. Inside the caller's
    /// transaction.
    std::vector<std::pair<RecordId, std::uint16_t>> seal_unsent();
    /// Seals one entry. False when the office's key is not known. Inside the caller's transaction.
    bool seal(OSeq oseq);
    /// Entries without a verdict that are sealed.
    std::uint64_t sealed_count();
    /// Forgets what was answered before `then`, by the office's clock; an entry of an older store
    /// counts as answered `now`. Inside the caller's transaction.
    void forget_answered(Instant then, Instant now);

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
