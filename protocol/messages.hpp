// Every message two machines exchange. Values only; the bytes are made in codec.cpp, the meaning
// and order are in SPEC.md. A name here is the name there.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/ids.hpp"
#include "common/crypto/digest.hpp"
#include "common/merge/op.hpp"

#include "protocol/audit.hpp"
#include "protocol/command.hpp"

namespace dossier::protocol {

using crypto::Digest;

/// Spoken range; a peer outside it is told which side to upgrade.
inline constexpr std::uint32_t kProtocolMin = 1;
inline constexpr std::uint32_t kProtocolMax = 5;

/// A scope on the wire: `access::ScopeSort` and whose it is. The protocol does not know more.
struct ScopeKey {
    std::uint8_t sort = 0;
    RecordId of;
    auto operator<=>(const ScopeKey&) const = default;
};

/// How far a laptop has received a scope.
struct ScopeCursor {
    ScopeKey scope;
    SSeq sseq;
};

// ---- enrolment (channel purpose 2) ---------------------------------------------------------

/// A device as an office knew it that was since set back to a time before it was enrolled.
struct FormerDevice {
    DeviceId device;
    UserId user;
    std::string device_code;  ///< "N07"
};

/// First message of a new laptop. The invite was made by an administrator for one user.
struct Enrol {
    std::array<std::uint8_t, 8> invite{};
    std::array<std::uint8_t, 16> secret{};
    std::string device_name;
    std::string app_version;
    /// What the laptop was to this office before: it asks to be that again. Nothing for a new one.
    std::optional<FormerDevice> former = {};
};

/// The device exists and waits for approval (or is approved already).
struct Enrolled {
    DeviceId device;
    UserId user;
    std::string device_code;  ///< "N07": in provisional numbers T-N07-0001
    std::string user_name;
    std::uint8_t state = 0;                       ///< DeviceState
    std::array<std::uint8_t, 32> recovery_key{};  ///< office's X25519 key for the recovery slot
};

enum class DeviceState : std::uint8_t {
    Pending = 1,
    Active = 2,
    Suspended = 3,
    Revoked = 4,
    Lost = 5
};

// ---- a sync session (channel purpose 1), in this order -------------------------------------

struct Hello {
    std::uint32_t protocol_min = kProtocolMin;
    std::uint32_t protocol_max = kProtocolMax;
    std::uint32_t schema = 0;
    std::string app_version;
    std::int64_t device_now_ms = 0;
    std::int64_t device_ticks_ms = 0;
    std::uint32_t device_epoch = 1;
    std::uint64_t outbox_last = 0;  ///< last frozen oseq of this epoch, 0 = none
    Digest outbox_head{};           ///< chain hash at outbox_last
    /// Changesets without a stored verdict, and contents the office does not have.
    std::uint64_t unsent = 0;
    std::array<std::uint8_t, 16> server_epoch{};  ///< of these numbers; all zero = none
    std::vector<ScopeCursor> cursors;
};

/// What a laptop keeps to where the office says nothing.
inline constexpr std::uint8_t kNightHour = 21;

struct Welcome {
    std::uint32_t protocol = kProtocolMax;
    std::uint32_t schema = 0;
    std::int64_t server_now_ms = 0;
    std::array<std::uint8_t, 16> server_epoch{};
    std::uint64_t applied_oseq = 0;  ///< of the device epoch in Hello
    std::uint64_t durable_oseq = 0;  ///< covered by a backup
    Digest outbox_head{};            ///< chain hash the office has at applied_oseq
    std::int64_t lease_until_ms = 0;
    std::vector<std::uint8_t> commands;
    Digest audit_head{};  ///< head of the audit chain: laptops remember it
    std::string notice;   ///< for the user; may be empty
    /// Since protocol 2: the history of this device the office goes on with. Another than in Hello
    /// = the laptop's outbox has branched off (Probe, Branch).
    std::uint32_t device_epoch = 1;
    /// Since protocol 3, while another is being given up: the static key under which the office is
    /// to be called from now on; else empty.
    Bytes office_key;
    /// Since protocol 4, for a device that may have the office's data: shows at the next handshakes
    /// that strangers of the same address are none of this laptop's concern; else empty.
    Bytes ticket;
    /// Since protocol 4: which line `audit_head` is, readable to this office alone.
    AuditPlace audit_place{};
    /// Since protocol 5: the hour of the office's day, 0 to 23, at which laptops sync by
    /// themselves.
    std::uint8_t night_hour = kNightHour;
};

/// One changeset as frozen in the outbox: `body` is encode(merge::Changeset), never re-encoded.
struct Frozen {
    std::uint64_t oseq = 0;
    Digest prev{};  ///< chain hash before it
    Bytes body;
    /// `body` is sealed to the office's recovery key, for nobody on the laptop may read it any
    /// more; the chain is over the plain body all the same.
    bool sealed = false;
};

/// Chain hash after a changeset: BLAKE2b-256(prev || oseq le64 || plain body).
Digest chain(const Digest& prev, std::uint64_t oseq, ByteView body);

struct Push {
    std::vector<Frozen> changesets;  ///< ascending, without gaps
    bool last = false;               ///< nothing more to push: the office answers with Policy
};

struct ChangesetVerdict {
    std::uint64_t oseq = 0;
    std::vector<merge::Verdict> verdicts;  ///< one an op, in order
};

struct Verdicts {
    std::vector<ChangesetVerdict> changesets;
};

// ---- an outbox that branched off: a copied or rolled-back store (protocol 2) -----------------

/// One place of a chain.
struct ChainHead {
    std::uint64_t oseq = 0;
    Digest head{};  ///< chain hash after entry `oseq`
    bool operator==(const ChainHead&) const = default;
};

/// Places of the laptop's chain, ascending: which of them does the office have?
struct Probe {
    std::vector<ChainHead> heads;
};

/// The last place of the probe that lies in any history the office keeps of the device.
struct Known {
    std::uint64_t oseq = 0;  ///< 0 = none of them
};

/// Everything after this place of the laptop's chain becomes a history of its own.
struct Branch {
    ChainHead from;
};

/// The number of the new history; the laptop pushes what follows its Branch.
struct Branched {
    std::uint32_t device_epoch = 0;
};

/// Scopes of this device from now on. What is lost is purged before anything else is applied.
struct Policy {
    std::vector<ScopeKey> gained;
    std::vector<ScopeKey> lost;
    std::vector<ScopeKey> held;  ///< all of them, gained included
};

/// One facet in a scope's log. `present` false: it left the scope.
struct FacetEntry {
    RecordId record;
    std::uint16_t kind = 0;
    std::uint8_t facet = 0;
    bool present = true;
    Fv fv;
    Bytes content;  ///< catalog::encode of its values; empty when not present
};

/// Entries of one scope after the cursor, up to and including sseq `to`. `entries` is
/// zstd(encode(vector<FacetEntry>)), made once for all devices at the same cursor.
struct Batch {
    ScopeKey scope;
    SSeq to;
    std::uint32_t count = 0;
    Bytes entries;
};

struct ScopeState {
    ScopeKey scope;
    SSeq sseq;
    std::uint64_t count = 0;  ///< facets present
    Digest set_hash{};        ///< sum of their facet hashes
};

/// The office's state of every held scope after the last batch; the laptop must reach the same.
struct Checkpoint {
    std::vector<ScopeState> scopes;
};

/// Send these scopes again from their start, then what changed since, and a Checkpoint. Without
/// scopes: only what changed since.
struct Repair {
    std::vector<ScopeKey> scopes;
};

// ---- attachments: their own lane after the records (SPEC.md 10.6) ---------------------------

/// A content the laptop has and the office may lack.
struct Offered {
    RecordId record;
    Digest content{};
    std::uint64_t size = 0;
};

/// Begins the lane: what the laptop brings and what it lacks.
struct Bring {
    std::vector<Offered> brought;
    std::vector<RecordId> wanted;
};

/// How it stands with the content of a record. The number is on the wire.
enum class ContentState : std::uint8_t {
    Unknown = 1,  ///< no such record, or none of the asker's
    Missing = 2,  ///< the office lacks it; `detail` = one bit a chunk that it has
    Prove = 3,    ///< the office has it; `detail` = the nonce of the proof
    Whole = 4,    ///< both have all of it
    Refused = 5,  ///< not taken, or not for a laptop
    Later = 6,    ///< more than one device may bring in a day
    Ready = 7,    ///< to be had: ask with Want
    Absent = 8,   ///< nobody has brought it yet
};

struct ContentAnswer {
    RecordId record;
    std::uint8_t state = 0;  ///< ContentState
    Bytes detail;
};

struct Have {
    Bytes key;  ///< of the office's content digests; in the answer to Bring, else empty
    std::vector<ContentAnswer> answers;
};

/// BLAKE2b-256 of the content under the nonce as key: who knows a digest alone gains nothing.
struct Proof {
    RecordId record;
    Digest digest{};
};

/// `last`: of those sent in one go; the other side answers. In place of a Proof: who cannot prove
/// that he has the content brings all of it.
struct Chunk {
    RecordId record;
    std::uint32_t number = 0;
    bool last = false;
    Bytes bytes;
    /// `bytes` is sealed to the office's recovery key, as a Frozen may be.
    bool sealed = false;
};

/// The next chunks of a content, without those that are had already (one bit each).
struct Want {
    RecordId record;
    Bytes have;
};

// ---- a scope that differs is mended by ranges (protocol 2) -----------------------------------

/// Records from `from` to `to`, both included.
struct RecordRange {
    RecordId from;
    RecordId to;
    bool operator==(const RecordRange&) const = default;
};

/// What does the office have of the scope in these ranges?
struct Compare {
    ScopeKey scope;
    std::vector<RecordRange> ranges;
};

struct RangeSum {
    RecordRange range;
    std::uint64_t count = 0;  ///< facets
    Digest sum{};             ///< of their hashes
};

struct FacetHash {
    RecordId record;
    std::uint8_t facet = 0;
    Digest hash{};
};

/// The asked ranges cut into parts: long parts by their sums, short ones by all that lies in them.
struct Ranges {
    ScopeKey scope;
    std::vector<RangeSum> sums;
    std::vector<RecordRange> listed;
    std::vector<FacetHash> facets;  ///< of the listed parts, in order
};

struct FacetPlace {
    RecordId record;
    std::uint8_t facet = 0;
    bool operator==(const FacetPlace&) const = default;
};

/// Facets of a scope to be sent one by one.
struct Fetch {
    ScopeKey scope;
    std::vector<FacetPlace> facets;
};

/// The first `count` of the fetched facets, at least one; compressed as in Batch. What is not in
/// the scope comes as not present.
struct Fetched {
    ScopeKey scope;
    std::uint32_t count = 0;
    Bytes entries;
};

struct Bye {
    std::uint64_t sent = 0;      ///< changesets pushed, or facets sent
    std::uint64_t received = 0;  ///< verdicts or facets received
    bool verified = false;       ///< the laptop's hashes matched the checkpoint
    /// Since protocol 4. From the laptop: what it was told in an earlier session, and in which
    /// epoch of the office; zeros = nothing. From the office: its last line once this session is
    /// in it, without an epoch.
    AuditPlace audit_place{};
    Digest audit_head{};
    std::array<std::uint8_t, 16> audit_epoch{};
    /// From the office: what became of it, and which line it was unless it is there.
    std::uint8_t audit_answer = 0;  ///< AuditAnswer
    std::uint64_t audit_line = 0;
};

/// The laptop has carried out a wipe order: nothing of the office lies on it any more.
struct WipeDone {
    std::uint64_t records = 0;  ///< rows removed
    std::uint64_t unsent = 0;   ///< what is still sealed there; 0 unless the session was cut
};
/// The office knows: the laptop may throw away its keys.
struct WipeNoted {};

/// The session ends for this reason: a Fault id and its arguments.
struct Refusal {
    std::string fault;
    std::vector<std::string> args;
};

/// The alternative's place is not on the wire; codec.cpp gives each message its number.
using Message = std::variant<Enrol,
                             Enrolled,
                             Hello,
                             Welcome,
                             Push,
                             Verdicts,
                             Policy,
                             Batch,
                             Checkpoint,
                             Repair,
                             Bring,
                             Want,
                             Chunk,
                             Have,
                             Proof,
                             Bye,
                             Refusal,
                             WipeDone,
                             WipeNoted,
                             Probe,
                             Known,
                             Branch,
                             Branched,
                             Compare,
                             Ranges,
                             Fetch,
                             Fetched>;

}  // namespace dossier::protocol
