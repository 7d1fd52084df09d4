// An office that does what a test tells it: scopes with dense logs, small batches, one verdict an
// op, the same answer to the same push. It judges nothing by itself.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "common/catalog/catalog.hpp"
#include "common/crypto/set_hash.hpp"
#include "common/merge/op.hpp"

#include "protocol/compress.hpp"
#include "protocol/messages.hpp"

#include "client/sync/engine.hpp"

namespace dossier::test {

class ScriptedOffice {
  public:
    using Messages = std::vector<protocol::Message>;
    using Judge = std::function<merge::Verdict(const merge::Op&)>;

    /// A facet's content in one scope; each change of it is a new version.
    void put(const protocol::ScopeKey& scope,
             const catalog::Kind& kind,
             const RecordId& record,
             const FieldValues& values);
    /// Every facet of the record leaves the scope.
    void take(const protocol::ScopeKey& scope, const RecordId& record);
    void hold(const protocol::ScopeKey& scope) { held_.insert(scope); }
    void lose(const protocol::ScopeKey& scope) { held_.erase(scope); }

    /// What it answers; a fresh session begins with each Hello.
    Messages on(const protocol::Message& message);

    Judge judge = [](const merge::Op&) { return merge::Verdict{}; };
    std::size_t batch_entries = 3;
    std::map<std::uint64_t, std::vector<merge::Verdict>> answered;
    std::vector<merge::Changeset> received;
    std::uint64_t applied = 0;
    crypto::Digest head{};
    std::array<std::uint8_t, 16> epoch{1};
    unsigned repairs = 0;
    std::uint32_t schema = 0;                 ///< 0 = an office that knows no attachments
    std::int64_t lease_until_ms = 0;          ///< told in Welcome; 0 = reading never ends
    bool wipe = false;                        ///< it orders one in Welcome
    std::optional<crypto::KeyPair> recovery;  ///< opens what laptops seal

  private:
    struct Part {
        std::uint16_t kind = 0;
        Fv fv;
        Bytes content;
    };
    using PartKey = std::pair<RecordId, catalog::Facet>;
    struct Log {
        std::uint64_t sseq = 0;
        std::map<PartKey, std::pair<std::uint64_t, bool>> last;  ///< sseq and whether present
    };
    Messages welcome(const protocol::Hello& hello);
    Messages verdicts(const protocol::Push& push);
    Messages policy();
    void add_batches(Messages& out, const protocol::ScopeKey& scope, std::uint64_t after);
    protocol::Checkpoint checkpoint();

    std::map<PartKey, Part> parts_;
    std::map<protocol::ScopeKey, Log> logs_;
    std::set<protocol::ScopeKey> held_;
    std::set<protocol::ScopeKey> told_;
    std::map<protocol::ScopeKey, std::uint64_t> cursors_;
    bool quiet_ = false;  ///< this session has nothing to push
};

/// Runs one session; the connection breaks before the office's message number `cut` (from 0).
/// Errors: what the engine said.
Result<client::Report> sync(client::Engine& engine, ScriptedOffice& office, int cut = -1);

}  // namespace dossier::test
