// What the office did not take as it was written (未采纳, 待核, 冲突): the author's own values and
// the reason, kept until he has read them. Nothing a person wrote vanishes (invariant I8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "common/merge/op.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

struct TrayItem {
    std::int64_t id = 0;
    OSeq oseq;
    std::uint32_t op_index = 0;
    merge::Op op;            ///< the author's own values; `base` is left out
    merge::Verdict verdict;  ///< Case, Proposal, Parked, Rejected or Late
    Instant written_at;      ///< when he wrote it
    Instant answered_at;
    Instant read_at;     ///< 0 = unread
    Instant settled_at;  ///< 0 = still open: the office has not taken the value later
};

class Tray {
  public:
    explicit Tray(sqlite::Connection& db) : db_(db) {}

    /// Newest first.
    std::vector<TrayItem> list(bool unread_only);
    /// Without refusals that are closed: nobody has to do anything about them.
    std::uint64_t unread_count();
    /// Numbers of the cases that unread changes wait in, one for each change.
    std::vector<std::uint64_t> unread_in_cases();
    std::optional<TrayItem> item(std::int64_t id);
    /// Open proposals, cases and parked ops about a record: shown beside the office's values.
    std::vector<TrayItem> open_for(const RecordId& record);
    /// Of these, the changes that wait for a person at the office as a case or proposal.
    std::vector<TrayItem> waiting_for(const RecordId& record);
    /// Refused changes of a record, still open, whose author has not read why.
    std::vector<TrayItem> refused_unread(const RecordId& record);
    /// The author has seen it. False when there is no such item.
    bool mark_read(std::int64_t id, Instant now);

    /// Replaces an earlier answer to the same op; another answer is unread and open again. Inside
    /// the caller's transaction.
    void put(const TrayItem& item);
    /// The office took an op it had answered otherwise before. Inside the caller's transaction.
    void settle_op(OSeq oseq, std::uint32_t op_index, Instant now);
    /// Closes what went to case or proposal number `matter`: somebody has decided it. Inside the
    /// caller's transaction.
    void settle(merge::VerdictKind kind, std::uint64_t matter, Instant now);
    /// The author said something newer about the group of `op`, as changeset `oseq`: his earlier
    /// words for it wait no more, and a refusal of them is made good. Of sets and lists only the
    /// elements he took away. Inside the caller's transaction.
    void settle_earlier(const merge::Op& op, OSeq oseq, Instant now);
    /// Closes open items of the record whose values the office now has. Inside the caller's
    /// transaction.
    void settle_taken(const RecordId& record, const FieldValues& office, Instant now);
    /// Closes refused steps the record does not stand before any more: it went on another way.
    /// Inside the caller's transaction.
    void settle_passed(const RecordId& record, const FieldValues& office, Instant now);
    bool has_open();
    /// Forgets everything that speaks of these records: they were erased at the office. Inside the
    /// caller's transaction.
    void erase(std::unordered_set<RecordId> records);

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
