// The office's side of one sync session of one device, without sockets: messages in, messages out,
// everything durable with the caller's unit of work. All calls on the store's thread inside a unit;
// what they return is sent after its commit. Order and meaning: SPEC.md 11.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "common/catalog/field.hpp"

#include "protocol/messages.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/office/office.hpp"
#include "server/sync/batch_cache.hpp"
#include "server/sync/content_lane.hpp"

namespace dossier::server {

/// Limits of one session.
inline constexpr std::uint64_t kSessionOpsMax = 200'000;
inline constexpr std::uint64_t kSessionRepairsMax = 3;
/// How far from the office's a laptop's clock may be before its user is asked to set it.
inline constexpr std::chrono::hours kClockConfirm{24};

/// Work of one unit on the store's thread, so that others are served meanwhile: 50 ms at most.
inline constexpr std::size_t kOpsAtOnce = 256;
inline constexpr std::size_t kScopeLinesAtOnce = 4'096;
inline constexpr std::size_t kFetchedAtOnce = 512;

/// Questions about ranges and branches one session may ask: a scope of millions of facets needs
/// fewer.
inline constexpr unsigned kSessionQuestionsMax = 10'000;

/// What this office speaks. A laptop one version behind syncs; an older one may bring its work and
/// is then told to upgrade.
struct Versions {
    std::uint32_t protocol = protocol::kProtocolMax;
    std::uint32_t schema = catalog::schema_version();
};

/// "1–3" and "4–6": what a laptop that is refused for its version is told.
std::string served_protocols(const Versions& ours);
std::string served_schemas(const Versions& ours);

/// What sessions share; all of it outlives them.
struct SyncDesk {
    Office& office;
    const OfficeKeys& keys;
    BatchCache& batches;
    Versions versions = {};
};

/// Of one connection. What was acknowledged lies in the laptop's machine, whatever its program did
/// with it; of the rest nobody knows how much arrived.
struct Traffic {
    std::uint64_t in = 0;
    std::uint64_t out = 0;           ///< handed to the network
    std::uint64_t acked = 0;         ///< of these, acknowledged by the laptop's machine
    std::uint64_t facets_acked = 0;  ///< whose last byte was
};

class Session {
  public:
    using Messages = std::vector<protocol::Message>;

    /// `device`: its key was proven by the channel.
    Session(SyncDesk desk, const DeviceId& device) : desk_(desk), device_(device) {}

    /// What to answer. An error ends the session: it goes to the peer as a Refusal, and the
    /// connection closes. Nothing that was answered before is undone.
    /// Errors: protocol/refusals.hpp "sync.…".
    Result<Messages> on(const protocol::Message& message);
    /// A further answer, the next batch or the checkpoint after them; nothing when it is the peer's
    /// turn, or when there is more to do before there is something to say: see is_streaming.
    /// Errors: as `on`.
    Result<std::optional<protocol::Message>> next();
    /// How long after its message came the answer goes out at the earliest: more than the door
    /// takes for ids it does not know or may not tell of, so that the time of an answer tells no
    /// more than its words. Zero when the message named none.
    [[nodiscard]] std::chrono::microseconds held_back() const;
    /// True while `next` has something to give.
    [[nodiscard]] bool is_streaming() const {
        return state_ == State::Pulling || is_working() || !ready_.empty();
    }
    /// The next thing to come is a batch or the checkpoint.
    [[nodiscard]] bool is_pulling() const {
        return state_ == State::Pulling && !is_working() && ready_.empty();
    }
    /// Both sides said Bye.
    [[nodiscard]] bool finished() const { return state_ == State::Finished; }
    [[nodiscard]] const SessionRow& row() const { return row_; }
    /// The laptop remembers a line of the audit that is not there any more.
    [[nodiscard]] bool lost_audit() const { return audit_answer_ == protocol::AuditAnswer::Lost; }
    /// What went over the wire so far, for the ledger.
    void note_traffic(const Traffic& traffic) {
        row_.bytes_in = traffic.in;
        row_.bytes_out = traffic.out;
        row_.bytes_acked = traffic.acked;
        row_.facets_acked = traffic.facets_acked;
    }
    /// The connection is gone before the session was over.
    void note_cut(const Traffic& traffic);
    /// The device or its user lost a right this session still lives by: it must be cut.
    [[nodiscard]] bool outlived();

  private:
    enum class State : unsigned char { New, Pushing, Pulling, Checking, Wiping, Finished, Ended };

    Result<Messages> answer(const protocol::Message& message, DeviceRow& device);
    Result<Messages> hello(const protocol::Hello& message, DeviceRow& device);
    Result<Messages> push(const protocol::Push& message, DeviceRow& device);
    Result<Messages> push_plain(protocol::Push message, DeviceRow& device);
    Result<Messages> push_on(DeviceRow& device);
    Messages end_push(DeviceRow& device);
    Result<Messages> probe(const protocol::Probe& message);
    Result<Messages> branch(const protocol::Branch& message, DeviceRow& device);
    Result<Messages> repair(const protocol::Repair& message);
    Result<Messages> compare(const protocol::Compare& message, const DeviceRow& device);
    Result<Messages> compare_on();
    Result<Messages> fetch(const protocol::Fetch& message);
    [[nodiscard]] bool is_working() const;
    Result<Messages> go_on();
    Result<std::optional<protocol::Message>> next_batch();
    Result<Messages> note_brought(Result<Messages> answers);
    Status question(const protocol::ScopeKey* about);
    Result<Messages> bye(const protocol::Bye& message, DeviceRow& device);
    /// Says in `answer` what became of the line of the audit the laptop was told of.
    void recall_audit(const protocol::Bye& message, const DeviceRow& device, protocol::Bye& answer);
    Result<Messages> bring_last(const protocol::Message& message, const DeviceRow& device);
    [[nodiscard]] bool wipes() const;
    Result<Messages> wiped(const protocol::WipeDone& message, DeviceRow& device);
    void conclude(DeviceRow& device, Messages& answers);
    void send_away(DeviceRow& device, Messages& answers);
    void record_end(DeviceRow& device, std::string_view result, bool verified);
    std::vector<Scope> scopes_now(const DeviceRow& device);
    bool has_lost_right(const DeviceRow& device);
    void note_rights(const DeviceRow& device);
    std::chrono::milliseconds lease_for(const DeviceRow& device);
    protocol::Welcome welcome(const DeviceRow& device);
    protocol::Policy policy(const DeviceRow& device);
    Status check_chain(const protocol::Push& message, const DeviceRow& device);
    void audit(const DeviceRow& device, std::string_view action, std::string detail);
    std::vector<merge::Verdict> admit(const protocol::Frozen& frozen, DeviceRow& device);
    [[nodiscard]] Instant dated_by_laptop(const merge::Changeset& changeset,
                                          const DeviceRow& device);
    Result<std::optional<std::vector<merge::Verdict>>> answered_before(
        const protocol::Frozen& frozen, DeviceRow& device);
    /// Counts a changeset against the device's quotas of the day. Errors: sync.quota.
    Status spend(const protocol::Frozen& frozen);
    /// Likewise a history of its own. Errors: sync.quota.
    Status spend_epoch();
    void note_cases(const std::vector<merge::Verdict>& verdicts);
    void count(const std::vector<merge::Verdict>& verdicts);
    void note_clock(const DeviceRow& device);
    void notice_set_back(const protocol::Hello& hello, const DeviceRow& device);
    [[nodiscard]] bool was_told_more(const protocol::Hello& hello, const DeviceRow& device);
    void record();
    [[nodiscard]] bool is_clock_far_off() const;

    SyncDesk desk_;
    DeviceId device_;
    ContentLane contents_{desk_.office, desk_.keys};
    State state_ = State::New;
    SessionRow row_;
    merge::ClockSample clock_;
    std::uint64_t rights_ = 0;                         ///< People::rights when the scopes were told
    Instant rights_until_;                             ///< when the first of them ends by itself
    std::vector<access::Grant> granted_;               ///< what opened files on the laptop then
    std::uint32_t protocol_ = protocol::kProtocolMin;  ///< spoken in this session
    bool must_upgrade_ = false;  ///< too old to receive: brings its work and no more
    bool branched_off_ = false;  ///< its outbox is not what this office has: no Push before Branch
    bool brings_contents_ = false;  ///< was stopped when it came, and told to bring them now
    bool branched_ = false;         ///< a history of its own was begun in this session
    unsigned questions_ = 0;
    protocol::AuditAnswer audit_answer_ = protocol::AuditAnswer::None;
    std::size_t guesses_ = 0;     ///< ops of the message at hand that named what may not be told
    std::set<Scope> mending_;     ///< scopes asked about by ranges
    std::vector<Scope> claimed_;  ///< scopes the laptop says it has
    std::vector<Scope> held_;     ///< in the order they are sent
    std::map<Scope, SSeq> received_;  ///< how far the laptop has each
    /// What is left of a Push, from the entry `at` on.
    struct Pushing {
        protocol::Push push;
        std::size_t at = 0;
    };
    std::optional<Pushing> pushing_;
    bool ends_push_ = false;  ///< all was pushed; what waited for it is being let in
    std::optional<protocol::Compare> comparing_;  ///< until all that lies in its scope was read
    std::deque<protocol::Message> ready_;         ///< answers that were made together
};

/// What keeps the office's data from a device in this state; nothing for an active one.
/// Errors: sync.device_pending, device_suspended, device_revoked, device_lost.
Status may_sync(const DeviceRow& device);
/// Any device that was approved once may bring its work. Errors: sync.device_pending.
Status may_push(const DeviceRow& device);

}  // namespace dossier::server
