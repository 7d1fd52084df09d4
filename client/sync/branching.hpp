// Where this laptop's chain leaves what the office has of it, found by asking for ever fewer of its
// places: a chain whose last place the office has, it has wholly. Source: sync 5.2, SPEC 11.
#pragma once

#include <optional>

#include "protocol/messages.hpp"

#include "client/store/outbox.hpp"

namespace dossier::client {

class Branching {
  public:
    explicit Branching(Outbox& outbox) : outbox_(outbox), beyond_(outbox.last().next().value) {}

    /// Places to ask about; nothing when the last common one is known.
    std::optional<protocol::Probe> probe();
    /// False when the office names a place that was not asked.
    [[nodiscard]] bool on(const protocol::Known& known);
    /// The last entry both sides have; 0 = none.
    [[nodiscard]] OSeq common() const { return {common_}; }

  private:
    Outbox& outbox_;
    std::uint64_t common_ = 0;
    std::uint64_t beyond_;  ///< the first place known not to be common, or one after the last
    std::vector<std::uint64_t> asked_;
};

}  // namespace dossier::client
