// What an office tells a laptop to do. Source: SPEC 10.3 "Commands".
#pragma once

#include <cstdint>

namespace dossier::protocol {

/// Things a laptop must do, in Welcome. The number is on the wire.
enum class Command : std::uint8_t {
    Wipe = 1,
    UpgradeFirst = 2,
    BackOff = 3,
    ConfirmClock = 4,
    BringContents = 5,  ///< before the last Push: a stopped device has no lane after it
    OfficeClock = 6,    ///< tell the user: the office's clock is wrong, not this laptop's
};

}  // namespace dossier::protocol
