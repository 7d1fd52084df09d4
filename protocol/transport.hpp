// The two directions of an agreed channel: messages to sealed frames and back (SPEC.md 4, 5).
// Plaintext of a frame: data || mark (1 more follow, 2 last) || zeros up to a multiple of 256.
#pragma once

#include <cstdint>
#include <optional>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

#include "protocol/frame.hpp"
#include "protocol/limits.hpp"
#include "protocol/noise_state.hpp"

namespace dossier::protocol {

inline constexpr Fault kTampered{
    "protocol.tampered",
    ErrorCode::Corrupt,
    {"收到的数据在途中被改动、重放或打乱", "data was changed, repeated or reordered on the way"},
    {"重新同步；若再次出现，请告知管理员检查网络",
     "sync again; if it recurs, ask the administrator to check the network"}};
inline constexpr Fault kFrameContent{
    "protocol.frame_content",
    ErrorCode::Malformed,
    {"收到的帧内容不合规定", "a frame has content that is not allowed"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};
inline constexpr Fault kMessageOversized{
    "protocol.message_oversized",
    ErrorCode::Oversized,
    {"消息超过 {} 字节的上限", "a message exceeds the limit of {} bytes"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};

/// Lengths of a transport frame: 1 to 255 padding steps and the tag.
inline constexpr FrameLengths kTransportFrames{kPaddingStepBytes + kTagBytes,
                                               kFramePlainBytesMax + kTagBytes, kPaddingStepBytes};

/// Counts one direction's frames and changes its key when that is due (SPEC.md 5).
class RekeyedCipher {
  public:
    explicit RekeyedCipher(CipherState cipher) : cipher_(std::move(cipher)) {}
    [[nodiscard]] bool seal(Bytes& buffer, std::size_t from);
    [[nodiscard]] bool open(ByteView sealed, Bytes& to);

  private:
    void count(std::size_t frame_bytes);

    CipherState cipher_;
    std::uint64_t frames_ = 0;
    std::uint64_t bytes_ = 0;
};

class Sealer {
  public:
    explicit Sealer(CipherState cipher) : cipher_(std::move(cipher)) {}
    /// Appends the frames of one message. Errors: protocol.message_oversized, nothing appended.
    Status seal(ByteView message, Bytes& to);

  private:
    void seal_fragment(ByteView data, std::uint8_t mark, Bytes& to);

    RekeyedCipher cipher_;
};

class Opener {
  public:
    explicit Opener(CipherState cipher) : cipher_(std::move(cipher)) {}
    /// Takes one frame; gives a message when the frame is its last.
    /// Errors: any fault of this file. The opener is of no use after one.
    Result<std::optional<Bytes>> open(ByteView frame);
    /// True when no message is half received.
    [[nodiscard]] bool at_boundary() const { return message_.empty(); }
    [[nodiscard]] std::size_t held_bytes() const { return message_.capacity(); }

  private:
    Result<bool> strip_padding(std::size_t before);

    RekeyedCipher cipher_;
    Bytes message_;
};

}  // namespace dossier::protocol
