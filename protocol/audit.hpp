// How a laptop and the office speak of the office's audit. Source: SPEC 10.3 Welcome and Bye, 11.6.
#pragma once

#include <array>
#include <cstdint>

namespace dossier::protocol {

/// Number of a line of the office's audit, as the office alone reads it: how much happens there is
/// nobody else's business.
using AuditPlace = std::array<std::uint8_t, 8>;

/// Whether the audit still holds the line a laptop was told of. The number is on the wire.
enum class AuditAnswer : std::uint8_t {
    None = 0,  ///< nothing was asked
    Held = 1,
    Lost = 2,     ///< cut off or rewritten, although the office was not set back
    SetBack = 3,  ///< not among these data, which were set back since
};

}  // namespace dossier::protocol
