// The scopes that say what a device may hold: each with its own dense sequence and its set hash.
// One noun of the office's store.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

class Scopes {
  public:
    virtual ~Scopes() = default;

    [[nodiscard]] virtual std::vector<Scope> memberships(const RecordId& record, Facet facet) = 0;
    /// The facet enters the scope with this hash, or has it renewed (`old_hash`): next sseq, log,
    /// set hash. Checked: `old_hash` is given if and only if the facet is in the scope.
    virtual void put_in_scope(const Scope& scope,
                              const Place& place,
                              Facet facet,
                              const std::optional<Digest>& old_hash,
                              const Digest& hash) = 0;
    /// The facet leaves the scope: next sseq, a log line with present = false, set hash.
    /// Checked: it is there.
    virtual void take_from_scope(const Scope& scope,
                                 const Place& place,
                                 Facet facet,
                                 const Digest& old_hash) = 0;
    [[nodiscard]] virtual ScopeSummary summary(const Scope& scope) = 0;
    /// Log lines with sseq > after, ascending, at most `limit`. One line a facet: the latest.
    [[nodiscard]] virtual std::vector<ScopeEntry> log(const Scope& scope,
                                                      SSeq after,
                                                      std::size_t limit) = 0;
    /// Scopes the device was told it holds, and those it lost but may still go on from.
    [[nodiscard]] virtual std::vector<Scope> held(const DeviceId& device) = 0;
    virtual void set_held(const DeviceId& device, const std::vector<Scope>& scopes) = 0;
    /// Everything in the scope now, ascending by record and facet.
    [[nodiscard]] virtual std::vector<ScopeMember> members(const Scope& scope) = 0;
    /// The device has proven to have these held scopes up to here.
    virtual void set_received(const DeviceId& device, const std::map<Scope, SSeq>& received) = 0;
    /// Forgets log lines of facets that left a scope, once every device not revoked that holds it
    /// and has synced since `silent_since` has them; the last line of a scope stays. The number
    /// forgotten.
    virtual std::uint64_t compact_logs(Instant silent_since) = 0;
};

}  // namespace dossier::server
