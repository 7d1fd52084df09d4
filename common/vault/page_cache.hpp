// Decrypted pages in one locked region: not swapped out, not in core dumps.
#pragma once

#include <cstddef>

namespace dossier::vault {

/// Gives SQLite one region of up to `bytes` for its page cache, locked in memory as far as
/// RLIMIT_MEMLOCK allows and excluded from core dumps; more pages than fit come from the heap.
/// Call once, before the first use of SQLite. Returns the bytes locked: 0 when the limit allows
/// none or SQLite was in use already, and everything works as without.
std::size_t lock_page_cache(std::size_t bytes);

}  // namespace dossier::vault
