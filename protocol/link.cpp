#include "protocol/link.hpp"

#include "common/base/varint.hpp"

#include "protocol/archive.hpp"
#include "protocol/codec.hpp"
#include "protocol/harmless.hpp"

namespace dossier::protocol {
namespace {

Status oversized() {
    return fail(kBundleOversized, std::to_string(kBundleMessagesMax),
                std::to_string(kBundleBytesMax));
}

// Former programs did not count the length of a bundle's last message.
constexpr std::size_t kUncountedBytes = 3;

/// Three bytes make a message that takes a hundred times as much memory: what one frame may hold of
/// them is little, and only a message that travels alone is longer than a frame.
Status unbundle(ByteView bundle, std::vector<Message>& messages) {
    try {
        BoundedIn from(bundle);
        for (std::size_t count = 1; from.left() > 0; ++count) {
            const bool alone = count == 1 || bundle.size() <= kBundleBytesMax + kUncountedBytes;
            if (count > kBundleMessagesMax || !alone) return oversized();
            auto message = decode(from.take(from.varint(kMessageBytesMax)));
            if (!message) return pass(message);
            make_harmless(*message);
            messages.push_back(std::move(*message));
        }
    } catch (DecodeFailure& failure) {
        return tl::unexpected(std::move(failure.error));
    }
    return {};
}

}  // namespace

LinkEvents Link::feed(ByteView bytes) {
    auto below = channel_.feed(bytes);
    LinkEvents events;
    events.to_peer = std::move(below.to_peer);
    events.knocked = below.knocked;
    events.agreed = below.agreed;
    events.error = std::move(below.error);
    for (const Bytes& bundle : below.messages) {
        if (const auto taken = unbundle(bundle, events.messages); !taken) {
            events.error = taken.error();
            break;
        }
    }
    for (const Message& message : events.messages) heed(message);
    return events;
}

void Link::heed(const Message& message) {
    if (const auto* welcome = std::get_if<Welcome>(&message)) protocol_ = welcome->protocol;
}

void Link::admit(Bytes& to) {
    channel_.admit();
    static_cast<void>(channel_.send({}, to));  // nothing is never oversized
}

Status Link::send(std::span<const Message> messages, Bytes& to) {
    // Bundles stay small: a batch of its own size travels alone.
    Bytes bundle;
    std::size_t count = 0;
    const auto flush = [&]() -> Status {
        count = 0;
        if (bundle.empty()) return {};
        auto sent = channel_.send(bundle, to);
        bundle.clear();
        return sent;
    };
    for (const Message& message : messages) {
        heed(message);
        const Bytes encoded = encode(message, protocol_);
        // A chunk alone in its frame is received whole or not at all.
        const bool alone = std::holds_alternative<Chunk>(message);
        const std::size_t size = varint_length(encoded.size()) + encoded.size();
        if (alone || count == kBundleMessagesMax || bundle.size() + size > kBundleBytesMax) {
            if (auto sent = flush(); !sent) return sent;
        }
        append_varint(bundle, encoded.size());
        append(bundle, encoded);
        ++count;
        if (alone) {
            if (auto sent = flush(); !sent) return sent;
        }
    }
    return flush();
}

}  // namespace dossier::protocol
