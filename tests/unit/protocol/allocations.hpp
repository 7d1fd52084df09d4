// How many bytes this process has asked `new` for so far: what a hostile message costs.
#pragma once

#include <cstddef>

namespace dossier::protocol::testing {

std::size_t allocated_bytes();

}  // namespace dossier::protocol::testing
