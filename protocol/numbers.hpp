// The number of each message on the wire and the protocol that brought it. Source: SPEC 10.3.
// Included by the codec only.
#pragma once

#include "protocol/messages.hpp"

namespace dossier::protocol {

/// The number of each message on the wire, for ever. Source: SPEC 10.3.
template <class T>
inline constexpr std::uint8_t kNumber = 0;
template <>
inline constexpr std::uint8_t kNumber<Enrol> = 1;
template <>
inline constexpr std::uint8_t kNumber<Enrolled> = 2;
template <>
inline constexpr std::uint8_t kNumber<Hello> = 10;
template <>
inline constexpr std::uint8_t kNumber<Welcome> = 11;
template <>
inline constexpr std::uint8_t kNumber<Push> = 12;
template <>
inline constexpr std::uint8_t kNumber<Verdicts> = 13;
template <>
inline constexpr std::uint8_t kNumber<Policy> = 20;
template <>
inline constexpr std::uint8_t kNumber<Batch> = 21;
template <>
inline constexpr std::uint8_t kNumber<Checkpoint> = 22;
template <>
inline constexpr std::uint8_t kNumber<Probe> = 23;
template <>
inline constexpr std::uint8_t kNumber<Known> = 24;
template <>
inline constexpr std::uint8_t kNumber<Branch> = 25;
template <>
inline constexpr std::uint8_t kNumber<Branched> = 26;
template <>
inline constexpr std::uint8_t kNumber<Compare> = 41;
template <>
inline constexpr std::uint8_t kNumber<Ranges> = 42;
template <>
inline constexpr std::uint8_t kNumber<Fetch> = 43;
template <>
inline constexpr std::uint8_t kNumber<Fetched> = 44;
template <>
inline constexpr std::uint8_t kNumber<Bring> = 50;
template <>
inline constexpr std::uint8_t kNumber<Want> = 51;
template <>
inline constexpr std::uint8_t kNumber<Chunk> = 52;
template <>
inline constexpr std::uint8_t kNumber<Have> = 53;
template <>
inline constexpr std::uint8_t kNumber<Proof> = 54;
template <>
inline constexpr std::uint8_t kNumber<Bye> = 30;
template <>
inline constexpr std::uint8_t kNumber<Refusal> = 31;
template <>
inline constexpr std::uint8_t kNumber<Repair> = 40;
template <>
inline constexpr std::uint8_t kNumber<WipeDone> = 60;
template <>
inline constexpr std::uint8_t kNumber<WipeNoted> = 61;

/// The protocol from which on a peer knows the message of this number.
constexpr std::uint32_t since_protocol(std::uint8_t number) {
    const bool branches = number >= kNumber<Probe> && number <= kNumber<Branched>;
    const bool ranges = number >= kNumber<Compare> && number <= kNumber<Fetched>;
    return branches || ranges ? 2 : 1;
}

}  // namespace dossier::protocol
