// What the office keeps, as plain values. No SQL, no rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/access/scopes.hpp"
#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/crypto/set_hash.hpp"
#include "common/merge/op.hpp"
#include "common/merge/stamp.hpp"

namespace dossier::server {

using access::Scope;
using catalog::Facet;
using crypto::Digest;

/// Where a record belongs.
struct Place {
    std::uint16_t kind = 0;
    RecordId record;
    RecordId
        customer;  ///< the customer file it is part of (itself for a customer); none for others
};

/// Version and hash of one facet; the hash is that of what leaves the office (masked where masked).
struct FacetState {
    Fv fv;
    Digest hash{};
};

/// One line of the history of group values, in the order of commits.
struct JournalEntry {
    Seq seq;  ///< given by the store
    RecordId record;
    std::uint16_t kind = 0;
    std::uint16_t group =
        0;  ///< tag of the group's first field; 0 = the whole record (create, remove, event)
    merge::OpKind op = merge::OpKind::Set;
    FieldValues base;    ///< what the author saw
    FieldValues before;  ///< what the office had
    FieldValues value;   ///< what he wrote
    bool won = true;     ///< it became the current value
    merge::VerdictKind verdict = merge::VerdictKind::Applied;
    std::uint64_t matter = 0;  ///< number of the case or proposal it went to
    merge::Stamp stamp;
    Instant received_at;
    /// Version of the group's facet since which its value holds; 0 = not known (older lines).
    Fv since;
    std::string event;
    std::string source;  ///< "sync", "cli", "web", "import", "ruling", "undo", "job"
    std::string reason;
};

/// A wipe ordered for a laptop: carried out at its next contact.
enum class WipeState : std::uint8_t { None = 0, Ordered = 1, Done = 2 };

/// The technical side of a device; its catalog record carries what people see.
struct DeviceRow {
    DeviceId device;
    UserId user;
    std::string code;  ///< "N07"
    std::array<std::uint8_t, 32> public_key{};
    std::uint8_t state = 1;  ///< protocol::DeviceState
    std::uint32_t epoch = 1;
    std::uint64_t applied_oseq = 0;
    Digest outbox_head{};
    Instant last_session;  ///< server time of its last finished session; 0 = never
    Instant clock_floor;   ///< corrected time of its last changeset
    std::int64_t clock_offset_ms = 0;
    std::uint32_t schema = 0;
    Instant enrolled_at;
    Instant stopped_at;  ///< since when it is not active; 0 = it is, or never was
    WipeState wipe = WipeState::None;
    Instant wiped_at;  ///< when it told that it is empty
};

/// What a device brought in one day (UTC), against its quotas.
struct DeviceUsage {
    std::uint64_t ops = 0;
    std::uint64_t bytes = 0;
    std::uint64_t created = 0;
    std::uint64_t cases = 0;
    std::uint64_t epochs = 0;   ///< histories of its outbox that were begun
    std::uint64_t spoiled = 0;  ///< bytes of attachments that were not what their records say
};

/// Why a changeset waits outside.
enum class WaitReason : std::uint8_t {
    Lost = 1,     ///< its device was reported lost: a person looks at it first
    Right = 2,    ///< its author had lost the right, and it fits no proposal
    Parent = 3,   ///< it hangs on a record that is not here
    Refused = 4,  ///< refused, where its author cannot be shown what he wrote
};

/// A changeset the door did not let in, whole and as it came. Nothing of it takes effect before a
/// person, or the record it waits for, lets it in.
struct WithheldRow {
    std::uint64_t number = 0;  ///< given by the store, from 1
    DeviceId device;
    std::uint32_t epoch = 1;
    std::uint64_t oseq = 0;
    UserId user;
    Instant at;  ///< corrected event time
    Instant received_at;
    WaitReason why = WaitReason::Lost;
    RecordId waits_for;  ///< the record it hangs on; none = a person
    Bytes body;          ///< encode(merge::Changeset)
    Instant settled_at;  ///< 0 = it still waits
    /// Records it makes, each with what makes it: encode(merge::Changeset) of that op, or nothing
    /// where nobody asks for it. Given to `withhold`, not read back.
    std::vector<std::pair<RecordId, Bytes>> made = {};
};

/// A record that was erased: who it was, for good, and nothing of what it said.
struct ErasedRow {
    RecordId record;
    std::uint16_t kind = 0;
    RecordId with;  ///< the record whose erasure took it along; itself when it was named
    Instant at;
    UserId by;
};

struct InviteRow {
    std::array<std::uint8_t, 8> id{};
    Digest secret_hash{};  ///< BLAKE2b of the secret; the secret itself is not kept
    UserId user;
    Instant expires_at;
    int attempts_left = 5;
    DeviceId used_by;  ///< none = unused
    UserId made_by;
};

/// One line of a scope's log: the last thing that happened to that facet in that scope.
struct ScopeEntry {
    SSeq sseq;
    RecordId record;
    std::uint16_t kind = 0;
    Facet facet = Facet::Main;
    bool present = true;
    Fv fv;  ///< of the facet now; of one that is not present 1 when its record was erased, else 0
    Digest hash{};  ///< of the facet now; zeros when it is not present
};

/// A facet that lies in a scope, with the hash of what leaves the office.
struct ScopeMember {
    RecordId record;
    Facet facet = Facet::Main;
    Digest hash{};
};

struct ScopeSummary {
    SSeq sseq;
    std::uint64_t count = 0;
    crypto::SetHash set_hash;
};

/// Append-only, hash-chained: hash = BLAKE2b-256(prev || encoded line). Source: domain 2.5.5.
struct AuditLine {
    std::uint64_t seq = 0;  ///< given by the store, without gaps
    Instant at;
    Instant client_at;  ///< 0 = same
    UserId user;
    DeviceId device;
    std::string action;  ///< "view", "set", "create", "rule", "login", "denied" …
    std::string entity;  ///< kind name or other noun
    RecordId record;
    std::string fields;  ///< names, comma-separated
    std::string purpose;
    std::string result;  ///< "ok", "denied", "conflict"
    std::string detail;  ///< numbers and codes only: never customer text
    Digest prev{};
    Digest hash{};
};

/// Where the audit ends: the number and the hash of its last line; 0 and zeros while it is empty.
struct AuditEnd {
    std::uint64_t seq = 0;
    Digest hash{};
    bool operator==(const AuditEnd&) const = default;
};

/// One sync session of one device, kept from its Hello on: one that was cut stays without an end.
/// Source: sync 5.3 (8).
struct SessionRow {
    std::uint64_t id = 0;  ///< given by the store, ascending
    DeviceId device;
    UserId user;
    Instant started_at;
    Instant ended_at;  ///< both sides said Bye; of an unfinished one: the last that was heard of it
    bool finished = false;
    bool verified = false;
    std::uint64_t unsent = 0;  ///< changesets without a verdict, as Hello told
    Instant oldest_op_at;      ///< corrected time of the oldest change in it; 0 = none
    std::uint64_t changesets = 0;
    std::uint64_t ops = 0;
    std::uint64_t applied = 0;
    std::uint64_t merged = 0;
    std::uint64_t converged = 0;
    std::uint64_t superseded = 0;
    std::uint64_t cases = 0;
    std::uint64_t proposals = 0;
    std::uint64_t late = 0;
    std::uint64_t rejected = 0;  ///< parked ones included
    std::uint64_t facets_sent = 0;
    std::uint64_t bytes_in = 0;      ///< on the wire, up to the last message that was answered
    std::uint64_t bytes_out = 0;     ///< likewise
    std::uint64_t bytes_acked = 0;   ///< of these, acknowledged by the laptop's machine
    std::uint64_t facets_acked = 0;  ///< of those sent, likewise; all when the laptop verified them
    std::uint64_t repairs = 0;       ///< times the laptop asked for scopes again
    std::int64_t clock_offset_ms = 0;
    std::uint32_t schema = 0;
    std::string app_version;
};

}  // namespace dossier::server
