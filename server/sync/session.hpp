// The office's side of one sync session of one device, without sockets: messages in, messages out,
// everything durable with the caller's unit of work. All calls on the store's thread inside a unit;
// what they return is sent after its commit. Order and meaning: SPEC.md 11.
#pragma once

#include <map>
#include <optional>
#include <vector>

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
/// How long a laptop's data stay usable without another sync (`cfg:offline.lease_days`).
inline constexpr std::chrono::hours kLease{14 * 24};

/// What sessions share; all of it outlives them.
struct SyncDesk {
    Office& office;
    const OfficeKeys& keys;
    BatchCache& batches;
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
    /// The next batch or the checkpoint after them; nothing when it is the peer's turn.
    /// Errors: as `on`.
    Result<std::optional<protocol::Message>> next();
    /// True while `next` has something to give.
    [[nodiscard]] bool is_streaming() const { return state_ == State::Pulling; }
    /// Both sides said Bye.
    [[nodiscard]] bool finished() const { return state_ == State::Finished; }
    [[nodiscard]] const SessionRow& row() const { return row_; }
    /// What went over the wire so far, for the ledger.
    void note_bytes(std::uint64_t in, std::uint64_t out) {
        row_.bytes_in = in;
        row_.bytes_out = out;
    }

  private:
    enum class State : unsigned char { New, Pushing, Pulling, Checking, Finished, Ended };

    Result<Messages> answer(const protocol::Message& message, DeviceRow& device);
    Result<Messages> hello(const protocol::Hello& message, const DeviceRow& device);
    Result<Messages> push(const protocol::Push& message, DeviceRow& device);
    Result<Messages> repair(const protocol::Repair& message);
    Result<Messages> bye(const protocol::Bye& message, DeviceRow& device);
    protocol::Welcome welcome(const DeviceRow& device);
    protocol::Policy policy(const DeviceRow& device);
    Status check_chain(const protocol::Push& message, const DeviceRow& device);
    std::vector<merge::Verdict> admit(const protocol::Frozen& frozen, DeviceRow& device);
    void count(const std::vector<merge::Verdict>& verdicts);
    void note_clock(const DeviceRow& device);
    void record();
    [[nodiscard]] bool is_clock_far_off() const;

    SyncDesk desk_;
    DeviceId device_;
    ContentLane contents_{desk_.office};
    State state_ = State::New;
    SessionRow row_;
    merge::ClockSample clock_;
    std::vector<Scope> claimed_;      ///< scopes the laptop says it has
    std::vector<Scope> held_;         ///< in the order they are sent
    std::map<Scope, SSeq> received_;  ///< how far the laptop has each
};

/// What stops a device in this state; nothing for an active one.
/// Errors: sync.device_pending, device_suspended, device_revoked, device_lost.
Status may_sync(const DeviceRow& device);

}  // namespace dossier::server
