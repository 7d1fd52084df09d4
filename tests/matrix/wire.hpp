// A laptop that is no laptop: it speaks the protocol's messages over the real channel to the
// office's real session engine and says whatever it is told to, also what `dossier` never would.
#pragma once

#include <deque>

#include "protocol/link.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/sync/session.hpp"
#include "tests/matrix/world.hpp"

namespace dossier::test {

/// What a refusal is called: "sync.…"; "ok" when there was none.
using Fate = std::string;

class Wire {
  public:
    enum class Keep : std::uint8_t { Yes, No };

    /// A device of the user with a key of its own, in this state.
    Wire(PeopledOffice& office, const UserId& user, protocol::DeviceState state);

    /// A new connection: handshake and a fresh session. What was kept at the office stays.
    void connect();
    /// Says one message; everything the office answers, streams included. Keep::No: the office's
    /// store is afterwards as it was before.
    std::vector<protocol::Message> say(const protocol::Message& message, Keep keep = Keep::Yes);
    /// The fault of the Refusal among the last answers; "ok" when there was none.
    [[nodiscard]] Fate fate() const { return fate_; }

    /// The Hello of a laptop that has nothing unsent, or these many entries.
    [[nodiscard]] protocol::Hello hello(std::uint64_t unsent = 0) const;
    /// An honest session up to the Checkpoint; what was streamed.
    std::vector<protocol::Message> pull();
    /// The verdict on each op, each in a changeset of its own, all of one Push; nothing stays.
    /// `author`: whose name stands under it; none = the user's own. `written`: when, by default
    /// now.
    std::vector<merge::Verdict> try_ops(const std::vector<merge::Op>& ops,
                                        std::string_view source = "cli",
                                        const UserId& author = {},
                                        Instant written = {});

    server::DeviceRow row;

  private:
    std::vector<protocol::Message> pump(const Bytes& to_office);
    void answer(const protocol::Message& message, Bytes& to_laptop);

    PeopledOffice& office_;
    server::OfficeKeys keys_;
    server::BatchCache batches_;
    crypto::KeyPair own_;
    UserId user_;
    std::optional<protocol::Link> laptop_;
    std::optional<protocol::Link> door_;
    std::unique_ptr<server::Session> session_;
    Fate fate_ = "ok";
};

/// Facets in these batches: (record, facet), present ones only.
std::vector<protocol::FacetEntry> entries_in(const std::vector<protocol::Message>& messages);

}  // namespace dossier::test
