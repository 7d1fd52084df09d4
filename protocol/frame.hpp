// Cuts a byte stream into frames: u16 big-endian length || that many bytes (SPEC.md 2). Lengths
// are judged before anything is kept; whole frames are handed on without a copy.
#pragma once

#include <cstddef>
#include <optional>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace dossier::protocol {

inline constexpr Fault kFrameLength{
    "protocol.frame_length",
    ErrorCode::Oversized,
    {"收到长度不合规定的帧（{} 字节）", "a frame of a length that is not allowed ({} bytes)"},
    {"检查对方是否为 Dossier 程序、地址与端口是否正确",
     "check that the peer is a Dossier program, and the address and port"}};

/// The lengths a frame may have at the moment: `least`, `least + step`, … up to `most`.
struct FrameLengths {
    std::size_t least;
    std::size_t most;
    std::size_t step = 1;

    [[nodiscard]] constexpr bool allow(std::size_t length) const {
        return length >= least && length <= most && (length - least) % step == 0;
    }
};

class FrameReader {
  public:
    explicit FrameReader(FrameLengths lengths) : lengths_(lengths) {}

    /// For the frames after the current one.
    void expect(FrameLengths lengths) { lengths_ = lengths; }
    /// The next whole frame, without its length, or nullopt when `input` does not complete one;
    /// `input` moves past what was used. The view is good until the next call and only as long
    /// as `input`'s bytes are. Keeps at most one frame.
    /// Errors: protocol.frame_length, at the second byte of the length.
    Result<std::optional<ByteView>> next(ByteView& input);
    /// True when no begun frame is waiting for its rest.
    [[nodiscard]] bool at_boundary() const { return held_.empty() || taken_; }
    [[nodiscard]] std::size_t held_bytes() const { return held_.capacity(); }

  private:
    [[nodiscard]] Result<std::size_t> length_of(ByteView prefix) const;

    FrameLengths lengths_;
    Bytes held_;  // prefix and body of a frame that came in pieces
    bool taken_ = false;
};

/// Appends the length of a frame whose body the caller appends next.
void append_frame_length(Bytes& to, std::size_t length);

}  // namespace dossier::protocol
