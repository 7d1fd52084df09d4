// What one sync session did, in numbers a person understands.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace dossier::client {

struct Report {
    std::uint64_t sent = 0;               ///< changesets answered in this session
    std::uint64_t received = 0;           ///< facets received
    std::uint64_t applied = 0;            ///< ops the office took as they were (converged included)
    std::uint64_t merged = 0;             ///< ops merged with somebody else's change
    std::uint64_t superseded = 0;         ///< ops a later value won over
    std::uint64_t kept_in_cases = 0;      ///< of these, those that stand in a settled case
    std::uint64_t cases = 0;              ///< ops kept for a person to decide
    std::uint64_t proposals = 0;          ///< ops waiting for verification (late ones included)
    std::uint64_t refused = 0;            ///< ops rejected or parked
    std::uint64_t bytes_received = 0;     ///< of batches, compressed
    std::uint64_t contents_sent = 0;      ///< of attachments, whole at the office now
    std::uint64_t contents_received = 0;  ///< of attachments, whole here now
    std::uint64_t contents_waiting = 0;   ///< of attachments, left for another time
    std::uint64_t content_bytes_sent = 0;
    std::uint64_t content_bytes_received = 0;
    std::uint64_t scopes_gained = 0;
    std::uint64_t scopes_lost = 0;
    std::uint64_t incidents = 0;   ///< scopes that did not match though nothing explains it
    std::uint64_t mended = 0;      ///< facets of scopes that did not match, brought or taken away
    std::uint64_t offered = 0;     ///< changesets answered before that the office asked for again
    std::uint64_t forgotten = 0;   ///< answered changesets a restored office lacks and nobody has
    bool verified = false;         ///< both sides hold the same data
    bool server_restored = false;  ///< the office's epoch is another than last time
    std::uint64_t audit_lost = 0;  ///< the line of the audit that is not as it was told; 0 = none
    std::uint64_t audit_set_back = 0;  ///< the same, where the office says that it was set back
    bool branched = false;             ///< this store was copied or put back; it has a new epoch
    bool wiped = false;                ///< a wipe order was carried out and reported
    std::uint64_t wiped_rows = 0;
    std::int64_t clock_off_ms = 0;       ///< this laptop's clock minus the office's
    std::string notice;                  ///< from the office; may be empty
    std::vector<std::uint8_t> commands;  ///< protocol::Command, as given in Welcome
    std::chrono::milliseconds duration{0};
};

/// The ops that rules alone answered: taken, merged, the same already, or superseded by a later
/// value. The office counts the same of the session.
constexpr std::uint64_t by_rule(const Report& report) {
    return report.applied + report.merged + report.superseded;
}

}  // namespace dossier::client
