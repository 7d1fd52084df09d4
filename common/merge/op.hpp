// Intent: what one user action changed, with what its author saw. Values only; the wire form is
// in protocol/. Source: architecture 3, sync 5.2.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/ids.hpp"
#include "common/base/value.hpp"
#include "common/time/clock.hpp"

namespace dossier::merge {

/// The number is on wire and disk; unknown kinds are kept and answered `parked`.
enum class OpKind : std::uint8_t {
    Create = 1,  ///< a new record: `fields` holds every given value
    Set = 2,     ///< one group: `fields` holds all its fields, `base` what the author saw
    Remove = 3,  ///< the record is to go (a proposal unless its author may decide)
    Event = 4,   ///< a workflow event: `event` names it, `fields` are its arguments
};

struct Op {
    OpKind kind = OpKind::Set;
    std::uint16_t record_kind = 0;  ///< catalog::Kind::tag
    RecordId record;
    Fv base_fv;        ///< version of the facet the author saw; 0 = his own unsent record
    FieldValues base;  ///< Set: what he saw; a field he could not see (masked, withheld) is absent
    FieldValues fields;  ///< new values; an empty value clears
    std::string event;   ///< Event: its name
    bool operator==(const Op&) const = default;
};

/// The ops of one user action; applied whole or not at all.
struct Changeset {
    UserId author;
    Instant claimed_at;         ///< wall clock of the device, uncorrected
    std::int64_t ticks_ms = 0;  ///< monotone clock of the device
    std::uint32_t schema = 0;   ///< catalog::schema_version() of the writer
    std::string reason;  ///< why, in the author's words (purpose, ruling, transfer); may be empty
    std::string source;  ///< how it came: "cli", "web", "import", "ruling", "undo", "job"
    std::vector<Op> ops;
    bool operator==(const Changeset&) const = default;
};

/// The server's durable answer to one op. The number is on wire and disk.
enum class VerdictKind : std::uint8_t {
    Applied = 1,     ///< nobody wrote in between
    Merged = 2,      ///< somebody changed other groups, or elements were united
    Converged = 3,   ///< the office already had this value
    Case = 4,        ///< kept for a person to decide
    Proposal = 5,    ///< kept until a clerk verifies it (待核)
    Parked = 6,      ///< waits for a record or a version the office does not have yet
    Rejected = 7,    ///< not applied; `reason` says why
    Late = 8,        ///< written after the right was gone; kept as a proposal
    Superseded = 9,  ///< a later value won; this one is kept in the history
};

struct Verdict {
    VerdictKind kind = VerdictKind::Applied;
    Fv fv;                          ///< version of the facet after the op; 0 where nothing changed
    std::uint64_t matter = 0;       ///< number of the case or proposal; 0 = none
    std::string reason;             ///< Fault::id for Rejected, Parked and Late
    std::vector<std::string> args;  ///< its arguments
    bool operator==(const Verdict&) const = default;
};

}  // namespace dossier::merge
