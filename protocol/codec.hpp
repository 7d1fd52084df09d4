// Messages to bytes and back. The only place that meets the serialisation library.
#pragma once

#include "common/base/result.hpp"

#include "protocol/messages.hpp"

namespace dossier::protocol {

/// Layout: u8 message number || bounded archive of its fields (SPEC "Messages").
Bytes encode(const Message& message);
/// Errors: protocol.malformed, protocol.unknown_message, protocol.oversized.
Result<Message> decode(ByteView bytes);

/// The frozen form of a changeset: what is hashed, kept in the outbox and pushed.
Bytes encode_changeset(const merge::Changeset& changeset);
/// Accepts op kinds of the future: they keep their number. Errors: protocol.malformed.
Result<merge::Changeset> decode_changeset(ByteView bytes);

/// The entries of a Batch before compression; the same layout for one and for many.
Bytes encode_entries(const std::vector<FacetEntry>& entries);
Result<std::vector<FacetEntry>> decode_entries(ByteView bytes);

/// Verdicts as both sides keep them durably.
Bytes encode_verdicts(const std::vector<merge::Verdict>& verdicts);
Result<std::vector<merge::Verdict>> decode_verdicts(ByteView bytes);

}  // namespace dossier::protocol
