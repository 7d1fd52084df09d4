// Whether somebody listens where the office is said to be: a connection and not a byte more.
#pragma once

#include <chrono>

#include "protocol/invite_code.hpp"

namespace dossier::client {

/// Blocks its caller for `limit` at most.
bool port_answers(const protocol::Address& address, std::chrono::milliseconds limit);

}  // namespace dossier::client
