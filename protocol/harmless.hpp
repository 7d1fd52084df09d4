// Words of the other side, made harmless where they arrive: a name, a reason, a notice or a refusal
// is shown to people and kept, and must not steer their terminal. Decoding itself stays exact, for
// what was frozen is hashed and told apart by its bytes.
#pragma once

#include "protocol/messages.hpp"

namespace dossier::protocol {

/// The words in a message that was just received, by `safe_text`.
void make_harmless(Message& message);
/// Reason and source of a changeset; and of the values its author saw, which nobody checked, what
/// no door would have let in.
void make_harmless(merge::Changeset& changeset);

}  // namespace dossier::protocol
