// A connection between a laptop and the office, as the network of a run carries it.
#pragma once

#include <optional>

#include "protocol/link.hpp"

#include "tests/sim/world.hpp"

namespace dossier::sim {

/// One direction: bytes arrive in order, late, and not at all behind the cut.
struct Way {
    std::int64_t last_at = 0;
    std::uint64_t sent = 0;
    std::uint64_t cut_at = UINT64_MAX;  ///< byte behind which nothing arrives
};

struct Connection {
    std::uint64_t number = 0;
    std::uint32_t laptop = 0;
    std::unique_ptr<client::Engine> engine;    ///< gone when the laptop hung up
    std::shared_ptr<server::Session> session;  ///< gone when the office did
    std::optional<protocol::Link> near;        ///< the laptop's end of the real channel
    std::optional<protocol::Link> far;
    bool opened = false;     ///< the laptop has said Hello
    bool half_open = false;  ///< one side is not told of the end
    Way up;
    Way down;
};

}  // namespace dossier::sim
