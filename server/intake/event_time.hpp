// Event times of laptops whose clock was wrong. Source: domain 6.2 item 1, C-18.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// The op with its event times by the office's clock (merge::corrected_event); what the laptop
/// wrote stands in the audit under "clock". The same op for one that did not come from a laptop.
merge::Op in_office_time(const Desk& desk, merge::Op op);

}  // namespace dossier::server
