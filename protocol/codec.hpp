// Messages to bytes and back (SPEC.md 10). The only place that meets the serialisation library.
#pragma once

#include "common/base/result.hpp"

#include "protocol/messages.hpp"

namespace dossier::protocol {

inline constexpr Fault kUnknownMessage{
    "protocol.unknown_message",
    ErrorCode::Version,
    {"收到本程序不认识的消息（编号 {}）", "a message this program does not know (number {})"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};

/// Layout: u8 message number || bounded archive of its version and fields (SPEC 10), as a peer of
/// `protocol` knows them.
Bytes encode(const Message& message, std::uint32_t protocol = kProtocolMax);
/// The protocol from which on a peer knows the message at all.
std::uint32_t spoken_since(const Message& message);
/// Errors: protocol.undecodable, protocol.newer_message, protocol.unknown_message,
/// protocol.message_oversized.
Result<Message> decode(ByteView bytes);

/// The frozen form of a changeset: what is hashed, kept in the outbox and pushed.
Bytes encode_changeset(const merge::Changeset& changeset);
/// Accepts op kinds of the future: they keep their number.
/// Errors: protocol.undecodable, protocol.newer_message.
Result<merge::Changeset> decode_changeset(ByteView bytes);

/// The entries of a Batch before compression: one after the other, so that appending the bytes of
/// two lists gives the bytes of both.
Bytes encode_entries(const std::vector<FacetEntry>& entries);
/// One more entry after what `to` holds; for senders that count bytes while they fill a batch.
void append_entry(Bytes& to, const FacetEntry& entry);
/// Errors: protocol.undecodable.
Result<std::vector<FacetEntry>> decode_entries(ByteView bytes);

/// Verdicts as both sides keep them durably.
Bytes encode_verdicts(const std::vector<merge::Verdict>& verdicts);
/// Errors: protocol.undecodable, protocol.newer_message.
Result<std::vector<merge::Verdict>> decode_verdicts(ByteView bytes);

}  // namespace dossier::protocol
