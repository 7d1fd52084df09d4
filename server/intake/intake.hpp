// The one door by which the office's data changes: a laptop's upload, an administrator's edit, a
// ruling, an import, a job. It checks rights, judges, and writes records, journal, cases, scopes,
// audit and verdicts in the caller's unit of work. Source: architecture 4 "One door".
#pragma once

#include <algorithm>

#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"
#include "common/merge/stamp.hpp"

#include "server/people/people.hpp"
#include "server/store/store.hpp"

namespace dossier::server {

/// Who brings a changeset, and when by corrected time.
struct Bearer {
    UserId user;  ///< proven by the channel or by the office's own door, not by the changeset
    DeviceId device;
    std::uint64_t oseq = 0;   ///< 0 = did not come from a laptop
    Instant at;               ///< corrected and bounded event time
    Instant now;              ///< the office's time
    std::uint32_t epoch = 1;  ///< of the device's outbox
    /// The device had been stopped when it was written: what fits no proposal waits for a person.
    bool late = false;
    bool let_in = false;  ///< a person at the office let it in: it waits for nobody any more
    /// When it was written by the laptop's clock, while the office's is in doubt; else 0.
    Instant dated = {};

    /// What the dates a person wrote are held against: see `merge::corrected_event`.
    [[nodiscard]] Instant event_time() const { return dated.ms == 0 ? at : dated; }
    /// What is dated later has not happened yet.
    [[nodiscard]] Instant latest() const { return std::max(now, dated); }
};

inline constexpr Fault kNotWaiting{"intake.not_waiting",
                                   ErrorCode::NotFound,
                                   {"没有编号为 {} 的暂存内容", "nothing waits under number {}"},
                                   {"查看 {do:held.list}", "see {do:held.list}"}};

class Intake {
  public:
    Intake(Store& store, People& people, crypto::Ids& ids)
        : store_(store), people_(people), ids_(ids) {}

    /// One verdict an op, in order. Whole or not at all: when one op is refused, nothing of the
    /// changeset takes effect and the other ops are refused with intake.sibling; when one hangs on
    /// a record that is not here, or was written after the right was lost and fits no proposal, all
    /// of it waits outside (parked, late). What a laptop says of a person against his word is
    /// refused by itself (C-32). What waited for a record made here follows. Never throws
    /// for input. Exactly-once is the caller's (session) or the author's (office) business.
    std::vector<merge::Verdict> admit(const Bearer& bearer, const merge::Changeset& changeset);

    /// The identity the door keeps a new record with these values under: a fresh one, or that of
    /// the only one there is (merge/derived_id.hpp).
    RecordId id_of_new(const Bearer& bearer, const catalog::Kind& kind, const FieldValues& values);

    /// Whether what the author says of this field in `op`, a new record or a change, is his to say
    /// at all: what the office alone sets is not. Others of his rights are asked at the door only.
    /// `source` as in the changeset. Errors: those of `may_preset`.
    Status may_say(const Bearer& bearer,
                   std::string_view source,
                   const merge::Op& op,
                   const catalog::Field& of);

    /// Keeps a whole changeset outside until a person lets it in; one verdict an op.
    std::vector<merge::Verdict> withhold(const Bearer& bearer,
                                         const merge::Changeset& changeset,
                                         WaitReason why);
    /// A person lets in what waits under this number: judged now as what its author wrote then.
    /// The verdicts; it waits no more unless it was refused. Errors: intake.not_waiting.
    Result<std::vector<merge::Verdict>> let_in(std::uint64_t number, Instant now);
    /// Opens a case (C-24) for what has waited for its parent longer than a review may take.
    /// Some of them; the rest at the next call.
    void report_orphans(Instant now);
    /// Tasks of steps that wait, where they are missing; how many were made (tasks.hpp).
    std::size_t mend_tasks(Instant now);
    /// Who holds this role now and works here.
    std::vector<UserId> holders(access::Role role, Instant now);
    /// How a customer stands now (trading.hpp); whether that changed.
    bool restate(const RecordId& customer, Instant now);
    /// Lets in what waits for a record that has come, some of it; true when there may be more.
    bool let_in_arrived(Instant now);
    /// Notes what changesets make that wait since an older program kept them, `limit` of them; how
    /// many there were.
    std::size_t read_withheld(std::size_t limit);

  private:
    std::vector<merge::Verdict> admit_whole(const Bearer& bearer,
                                            const merge::Changeset& changeset);
    std::vector<merge::Verdict> wait(const Bearer& bearer,
                                     const merge::Changeset& changeset,
                                     WaitReason why,
                                     const RecordId& for_record);
    void let_in_children(const Bearer& bearer, const merge::Changeset& changeset);
    void let_in_child(const WithheldRow& row, Instant now);

    Store& store_;
    People& people_;
    crypto::Ids& ids_;
    bool letting_in_ = false;
};

}  // namespace dossier::server
