#include "protocol/frame.hpp"

#include <algorithm>

#include "common/base/check.hpp"

#include "protocol/limits.hpp"

namespace dossier::protocol {
namespace {

constexpr std::size_t kPrefix = 2;

}  // namespace

Result<std::size_t> FrameReader::length_of(ByteView prefix) const {
    const std::size_t length = std::size_t{prefix[0]} << 8U | prefix[1];
    if (!lengths_.allow(length)) return fail(kFrameLength, std::to_string(length));
    return length;
}

Result<std::optional<ByteView>> FrameReader::next(ByteView& input) {
    if (taken_) {
        held_.clear();
        taken_ = false;
    }
    const auto take = [&](std::size_t wanted) {
        const ByteView part = input.first(std::min(wanted - held_.size(), input.size()));
        append(held_, part);
        input = input.subspan(part.size());
        return held_.size() == wanted;
    };
    if (held_.empty() && input.size() >= kPrefix) {
        auto length = length_of(input);
        if (!length) return pass(length);
        if (input.size() >= kPrefix + *length) {
            const ByteView frame = input.subspan(kPrefix, *length);
            input = input.subspan(kPrefix + *length);
            return frame;
        }
    }
    if (held_.size() < kPrefix && !take(kPrefix)) return std::nullopt;
    auto length = length_of(held_);
    if (!length) return pass(length);
    if (!take(kPrefix + *length)) return std::nullopt;
    taken_ = true;
    return ByteView(held_).subspan(kPrefix);
}

void append_frame_length(Bytes& to, std::size_t length) {
    DOSSIER_CHECK(length <= kFrameBytesMax);
    to.push_back(static_cast<std::uint8_t>(length >> 8U));
    to.push_back(static_cast<std::uint8_t>(length & 0xFFU));
}

}  // namespace dossier::protocol
