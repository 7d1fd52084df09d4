// What the allocator keeps for later.
#pragma once

namespace dossier {

/// Gives pages that hold nothing back to the system: after work that needed much for a while.
/// Takes milliseconds for each 100 MB. Any thread.
void give_back_memory();

}  // namespace dossier
