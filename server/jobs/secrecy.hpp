// Secrecy marks whose term is over end by themselves, and their owners hear of it before.
// Source: domain WF-08, R-133, AS-11.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

struct MarksEnded {
    std::size_t ended = 0;  ///< marks, and proposals whose own term passed
    std::size_t held = 0;   ///< under a legal hold
    std::size_t told = 0;   ///< notices sent
};
/// Ends each mark whose last day has passed, lets proposals lapse that nobody approved by then, and
/// tells owner and service managers of those that end within `secrecy.notice_days` and, again,
/// `secrecy.last_notice_days`; each once. Inside a unit.
MarksEnded end_marks(Office& office);

}  // namespace dossier::server
