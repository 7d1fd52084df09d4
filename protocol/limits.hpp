// Every limit of the protocol "dossier/1", in one place. Sizes are enforced by this folder; times,
// rates and counts by the loops that own sockets and timers. Source: SPEC.md, "Limits".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace dossier::protocol {

// Frames and messages.
inline constexpr std::size_t kFrameBytesMax = 65'535;       ///< ciphertext of one frame (Noise)
inline constexpr std::size_t kPreAuthFrameBytesMax = 256;   ///< until the handshake is done
inline constexpr std::size_t kMessageBytesMax = 8U << 20U;  ///< one application message
inline constexpr std::size_t kPaddingStepBytes = 256;       ///< plaintext of a frame is k steps
inline constexpr std::size_t kFramePlainBytesMax = 65'280;  ///< 255 steps
inline constexpr std::size_t kFragmentBytesMax = 65'279;    ///< less the mark byte
inline constexpr std::size_t kClientPayloadBytesMax = 192;  ///< inside handshake message 3
inline constexpr std::size_t kBundleBytesMax = kFragmentBytesMax;  ///< of several messages
inline constexpr std::size_t kBundleMessagesMax = 32;
inline constexpr std::size_t kTicketBytes = 48;  ///< inside handshake message 1
inline constexpr std::size_t kTagBytes = 16;     ///< Poly1305
inline constexpr std::size_t kKeyBytes = 32;     ///< X25519, ChaCha20

// A direction changes its key after this many frames or bytes, whichever comes first.
inline constexpr std::uint64_t kRekeyFrames = 1U << 16U;
inline constexpr std::uint64_t kRekeyBytes = 1U << 30U;

// Decoding.
inline constexpr std::size_t kDecodeBudgetBytes = 16U << 20U;  ///< memory one message may claim
inline constexpr std::size_t kDecodeElementsMax = 1U << 18U;   ///< entries of one list
inline constexpr unsigned kDecodeDepthMax = 32;                ///< lists and options in each other
inline constexpr std::size_t kInflatedBytesMax = kMessageBytesMax;  ///< one decompressed batch

// What messages may hold (SPEC.md 10). The sender keeps to them, the receiver enforces them.
inline constexpr std::size_t kPushChangesetsMax = 4'096;      ///< changesets in one Push
inline constexpr std::size_t kChangesetOpsMax = 500;          ///< ops of one user action
inline constexpr std::size_t kChangesetBytesMax = 2U << 20U;  ///< its frozen form
inline constexpr std::size_t kSealedBytesMax = kChangesetBytesMax + 48;
inline constexpr std::size_t kOpFieldsMax = 512;                 ///< values in one op
inline constexpr std::size_t kScopesMax = 4'096;                 ///< scopes in one message
inline constexpr std::size_t kBatchEntriesMax = 1U << 16U;       ///< facets in one Batch
inline constexpr std::size_t kFacetContentBytesMax = 1U << 20U;  ///< values of one facet
inline constexpr std::size_t kOfferedMax = 256;        ///< attachments a laptop offers at once
inline constexpr std::size_t kWantedMax = 1'024;       ///< attachments it asks for at once
inline constexpr std::size_t kChunkBytesMax = 16'352;  ///< fills a frame of 64 steps
inline constexpr std::size_t kSealedChunkBytesMax = kChunkBytesMax + 48;
inline constexpr std::size_t kChunkBitsBytesMax = 512;     ///< one bit a chunk of 50 MiB
inline constexpr std::size_t kProbeHeadsMax = 4'096;       ///< places in one Probe
inline constexpr std::size_t kCompareRangesMax = 256;      ///< ranges in one Compare
inline constexpr std::size_t kRangeParts = 16;             ///< parts a long range is cut into
inline constexpr std::size_t kRangeListedMax = 32;         ///< a part this short is listed
inline constexpr std::size_t kFetchFacetsMax = 4'096;      ///< facets in one Fetch
inline constexpr std::size_t kArgumentsMax = 32;           ///< of a fault, and commands
inline constexpr std::size_t kNameBytesMax = 512;          ///< names, versions, fault ids, events
inline constexpr std::size_t kProseBytesMax = 16U << 10U;  ///< reasons, notices, arguments

// Time.
inline constexpr std::chrono::seconds kConnectLimit{10};
inline constexpr std::chrono::seconds kHandshakeLimit{10};  ///< accept or connect to Welcome
inline constexpr std::chrono::seconds kIdleLimit{90};
inline constexpr std::chrono::seconds kPingInterval{30};
inline constexpr std::chrono::seconds kProgressWindow{30};
inline constexpr std::size_t kProgressBytesMin =
    std::size_t{30} * 1024;  ///< within one window: 1 KiB/s
inline constexpr std::chrono::minutes kConnectionAgeMax{30};

// A device that was silent this long is not waited for; its next sync may find more to mend.
inline constexpr std::chrono::hours kSilentAfter{30 * 24};
// What a laptop had answered stays here this long, so that an office restored from a backup can
// have it again.
inline constexpr std::chrono::hours kAnsweredKept{90 * 24};

// Counts, on the server.
inline constexpr std::size_t kStrangerFrameBytesMax = 16 * 256 + 16;  ///< whose Enrol is one frame
inline constexpr std::size_t kStrangersHeldBytesMax = 16'000'000;     ///< half received, of all
inline constexpr std::size_t kUnsentBytesMax = 64U << 10U;     ///< of a session in its socket
inline constexpr std::size_t kWriteQueueBytesMax = 4U << 20U;  ///< per client, then stop reading
inline constexpr std::size_t kHalfOpenMax = 256;               ///< handshakes; the oldest goes
inline constexpr unsigned kHandshakesPerSecond = 20;           ///< per address or ticket
inline constexpr std::chrono::seconds kTurnWaitMax{5};         ///< for one's turn, then busy
inline constexpr unsigned kHandshakesBurst = 5;
inline constexpr unsigned kSessionsPerDeviceMax = 2;  ///< the newest win
inline constexpr unsigned kDescriptorsMax = 4'096;

}  // namespace dossier::protocol
