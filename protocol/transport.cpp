#include "protocol/transport.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/check.hpp"

namespace dossier::protocol {
namespace {

constexpr std::uint8_t kMore = 1;
constexpr std::uint8_t kLast = 2;

constexpr std::size_t padded(std::size_t size) {
    return (size + kPaddingStepBytes - 1) / kPaddingStepBytes * kPaddingStepBytes;
}

/// Bytes on the wire of a message of `size` bytes.
constexpr std::size_t sealed_size(std::size_t size) {
    constexpr std::size_t kOverhead = 2 + kTagBytes;
    const std::size_t full = size == 0 ? 0 : (size - 1) / kFragmentBytesMax;
    return full * (kOverhead + kFramePlainBytesMax) + kOverhead +
           padded(size - full * kFragmentBytesMax + 1);
}

/// Grows in few steps, never beyond what the largest message needs: touching fresh memory costs
/// as much as deciphering into it.
void make_room(Bytes& message, std::size_t wanted) {
    constexpr std::size_t kMost = kMessageBytesMax + 2 * kFramePlainBytesMax;
    if (message.capacity() >= wanted) return;
    message.reserve(std::max(wanted, std::min(4 * message.capacity(), kMost)));
}

}  // namespace

void RekeyedCipher::count(std::size_t frame_bytes) {
    ++frames_;
    bytes_ += frame_bytes;
    if (frames_ < kRekeyFrames && bytes_ < kRekeyBytes) return;
    cipher_.rekey();
    frames_ = 0;
    bytes_ = 0;
}

bool RekeyedCipher::seal(Bytes& buffer, std::size_t from) {
    if (!cipher_.seal(buffer, from)) return false;
    count(buffer.size() - from);
    return true;
}

bool RekeyedCipher::open(ByteView sealed, Bytes& to) {
    if (!cipher_.open(sealed, to)) return false;
    count(sealed.size());
    return true;
}

Status Sealer::seal(ByteView message, Bytes& to) {
    if (message.size() > kMessageBytesMax) {
        return fail(kMessageOversized, std::to_string(kMessageBytesMax));
    }
    const std::size_t wanted = to.size() + sealed_size(message.size());
    if (to.capacity() < wanted) to.reserve(std::max(wanted, 2 * to.capacity()));
    while (message.size() > kFragmentBytesMax) {
        seal_fragment(message.first(kFragmentBytesMax), kMore, to);
        message = message.subspan(kFragmentBytesMax);
    }
    seal_fragment(message, kLast, to);
    return {};
}

void Sealer::seal_fragment(ByteView data, std::uint8_t mark, Bytes& to) {
    const std::size_t plain = padded(data.size() + 1);
    append_frame_length(to, plain + kTagBytes);
    const std::size_t from = to.size();
    append(to, data);
    to.push_back(mark);
    to.resize(from + plain);
    // 2^64 frames do not happen; if they did, going on would be worse than stopping.
    DOSSIER_CHECK(cipher_.seal(to, from));
}

Result<std::optional<Bytes>> Opener::open(ByteView frame) {
    const std::size_t before = message_.size();
    make_room(message_, before + frame.size());
    if (!cipher_.open(frame, message_)) return fail(kTampered);
    auto last = strip_padding(before);
    if (!last) return pass(last);
    if (message_.size() > kMessageBytesMax) {
        return fail(kMessageOversized, std::to_string(kMessageBytesMax));
    }
    if (!*last) return std::nullopt;
    return std::exchange(message_, {});
}

/// Leaves only the data of the fragment that starts at `before`; true when it is the last one.
/// One message has one form: no more zeros than needed, and only the last fragment is not full.
Result<bool> Opener::strip_padding(std::size_t before) {
    const std::size_t plain = message_.size() - before;
    std::size_t data = plain;
    while (data > 0 && plain - data < kPaddingStepBytes && message_[before + data - 1] == 0) --data;
    if (data == 0 || plain - data >= kPaddingStepBytes) return fail(kFrameContent);
    --data;
    const std::uint8_t mark = message_[before + data];
    message_.resize(before + data);
    if (mark == kLast) return true;
    if (mark == kMore && data == kFragmentBytesMax) return false;
    return fail(kFrameContent);
}

}  // namespace dossier::protocol
