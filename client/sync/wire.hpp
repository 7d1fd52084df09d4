// One connection to the office from dialling to hanging up, for whoever speaks on it. Internal to
// client/sync.
#pragma once

#include <functional>
#include <vector>

#include "common/crypto/random.hpp"

#include "protocol/link.hpp"

#include "client/sync/connection.hpp"

namespace dossier::client {

/// What one side says: first when the channel is open, then in answer.
struct Speaker {
    using Messages = std::vector<protocol::Message>;
    std::function<Result<Messages>()> open;
    std::function<Result<Messages>(const protocol::Message&)> on;
    std::function<bool()> finished;
};

/// Blocks until the speaker has finished or something failed. Errors: sync.unreachable,
/// sync.timed_out, sync.unfinished, protocol.…, and what the speaker gives back.
Status speak(const protocol::Address& address,
             protocol::ClientSide side,
             const Speaker& speaker,
             crypto::Random& random,
             const ConnectionOptions& options);

}  // namespace dossier::client
