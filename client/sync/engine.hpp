// A laptop's side of one sync session, without sockets: messages in, messages out, everything
// durable in between. Feed it what the office sends until it is finished; throw it away when the
// connection breaks, the next one continues from the store. Source: SPEC.md, sync 5.3.
#pragma once

#include <string>
#include <vector>

#include "common/base/log.hpp"
#include "common/base/result.hpp"
#include "common/time/clock.hpp"

#include "protocol/compress.hpp"
#include "protocol/messages.hpp"

#include "client/store/audit_told.hpp"
#include "client/store/store.hpp"
#include "client/sync/branching.hpp"
#include "client/sync/content_lane.hpp"
#include "client/sync/mending.hpp"
#include "client/sync/report.hpp"

namespace dossier::client {

/// Under which the store's meta keeps what the office gave to be shown at the next handshake.
inline constexpr std::string_view kTicketKey = "office_ticket";

struct EngineOptions {
    std::string app_version;
    std::size_t push_bytes_max = std::size_t{256} * 1024;  ///< bodies in one Push
};

class Engine {
  public:
    Engine(Store& store, const Clock& clock, Log& log, EngineOptions options);

    /// What to send first: Hello.
    Result<std::vector<protocol::Message>> start();
    /// What to send in answer. After an error the connection must be closed; everything done
    /// before it is kept and the next session continues from there.
    /// Errors: sync.fork, sync.refused, sync.unexpected, sync.too_old, sync.diverged,
    /// protocol.malformed.
    Result<std::vector<protocol::Message>> on(const protocol::Message& message);
    /// Both sides said Bye: only now was the session a finished one.
    [[nodiscard]] bool finished() const { return state_ == State::Finished; }
    [[nodiscard]] const Report& report() const { return report_; }
    /// What the engine is waiting for, for people: "hello", "push", "pull",
    /// "attachments" …
    [[nodiscard]] std::string_view phase() const;

  private:
    enum class State : unsigned char {
        New,
        Greeting,
        Branching,
        Pushing,
        Pulling,
        Attaching,
        Parting,
        Wiping,
        Finished
    };
    using Messages = std::vector<protocol::Message>;

    Result<Messages> welcome(const protocol::Welcome& message);
    void expect_set_back();
    void learn_office_key(ByteView key);
    Result<Messages> begin_push(OSeq after);
    [[nodiscard]] bool was_told(protocol::Command command) const;
    Result<Messages> branch_off();
    Result<Messages> known(const protocol::Known& message);
    Result<Messages> branched(const protocol::Branched& message);
    Result<Messages> verdicts(const protocol::Verdicts& message);
    Result<Messages> policy(const protocol::Policy& message);
    Result<Messages> batch(const protocol::Batch& message);
    Result<Messages> checkpoint(const protocol::Checkpoint& message);
    Result<Messages> mend(const protocol::Checkpoint& message, const std::vector<HeldScope>& wrong);
    template <class Answer>
    Result<Messages> mended(const Answer& message);
    void forget_old_answers();
    Result<Messages> ask_further();
    std::vector<HeldScope> unexplained(const protocol::Checkpoint& message,
                                       const std::vector<HeldScope>& wrong);
    void note_differences(const std::vector<HeldScope>& wrong);
    Result<Messages> verified();
    Result<Messages> attach(Result<Messages> words);
    Messages part();
    Result<Messages> bye(const protocol::Bye& message);
    void hear_of_audit(const protocol::Bye& message);
    Result<Messages> wipe();
    Result<Messages> wipe_noted();
    Result<Messages> refused(const protocol::Refusal& message);
    Messages next_push();
    void store_verdicts(const OutboxEntry& entry, const std::vector<merge::Verdict>& verdicts);
    std::vector<HeldScope> mismatched(const protocol::Checkpoint& message);

    Store& store_;
    const Clock& clock_;
    Log& log_;
    EngineOptions options_;
    State state_ = State::New;
    Report report_;
    ContentLane contents_{store_, clock_, log_, report_};
    std::uint32_t office_schema_ = 0;
    std::int64_t session_ = 0;
    Instant started_;
    std::int64_t started_ticks_ms_ = 0;
    OSeq next_push_;              ///< first changeset not pushed in this session
    std::vector<OSeq> awaiting_;  ///< pushed, verdicts not yet received
    bool pushed_last_ = false;
    bool brings_first_ = false;  ///< contents go before the last Push: there is nothing after it
    std::optional<std::uint64_t> quiet_at_;  ///< last entry, when Hello said that none is unsent
    std::uint32_t protocol_ = protocol::kProtocolMin;  ///< told by Welcome
    Instant office_now_;                               ///< told by Welcome
    AuditTold heard_;                                  ///< told by Welcome
    bool long_silent_ = false;                         ///< the last finished session is long ago
    std::optional<Branching> branching_;
    OSeq applied_;  ///< the last entry the office had of this chain
    bool offers_again_ =
        false;  ///< all that is kept is pushed, to hear what a restored office says
    OSeq branch_from_;
    std::optional<Mending> mending_;
    bool repaired_ = false;  ///< scopes were asked for again once; not twice in one session
    protocol::Decompressor decompressor_;
};

}  // namespace dossier::client
