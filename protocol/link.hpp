// A channel that carries messages: both sides' loops put bytes in and take messages out. One
// channel message is a bundle: varint length || message, one after the other, so that short
// messages share a padded frame. An empty bundle says "admitted" (SPEC.md 10.1).
#pragma once

#include <span>

#include "protocol/channel.hpp"
#include "protocol/messages.hpp"

namespace dossier::protocol {

inline constexpr Fault kBundleOversized{
    "protocol.bundle_oversized",
    ErrorCode::Oversized,
    {"一束消息超过 {} 条或 {} 字节", "a bundle of more than {} messages or {} bytes"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};

/// What one `feed` brought about, in this order.
struct LinkEvents {
    Bytes to_peer;                  ///< write before anything `send` gives
    bool knocked = false;           ///< server that looks first: `answer` or close
    bool agreed = false;            ///< server: judge the peer's key, then `admit` or close
    std::vector<Message> messages;  ///< in the order sent
    std::optional<Error> error;     ///< close after `to_peer`, without another byte
};

class Link {
  public:
    explicit Link(Channel channel) : channel_(std::move(channel)) {}

    /// Client, once: the first bytes. Errors: protocol.server_identity.
    Result<Bytes> start() { return channel_.start(); }
    /// Takes what the peer sent, in pieces of any size. Errors (in the events): those of
    /// Channel::feed and of decode, protocol.bundle_oversized.
    LinkEvents feed(ByteView bytes);
    /// Server, after `knocked`: goes on with the handshake.
    void answer(Bytes& to) { channel_.answer(to); }
    /// Server, from `knocked` on; see Channel.
    [[nodiscard]] ByteView ticket() const { return channel_.ticket(); }
    /// Server, after `agreed`: the peer may stay. Appends the word that says so to `to`.
    void admit(Bytes& to);
    /// Appends the frames of the messages to `to`, bundled as far as one channel message holds.
    /// Errors: protocol.message_oversized; the link is of no use after it.
    Status send(std::span<const Message> messages, Bytes& to);
    /// The peer closed the stream; what that means, Bye aside.
    Status ended() { return channel_.ended(); }

    [[nodiscard]] bool is_open() const { return channel_.is_open(); }
    [[nodiscard]] const PublicKey& peer_key() const { return channel_.peer_key(); }
    [[nodiscard]] Purpose purpose() const { return channel_.purpose(); }
    /// True when nothing is half received.
    [[nodiscard]] bool clean() const { return channel_.clean(); }
    /// Memory held for what is half received.
    [[nodiscard]] std::size_t held_bytes() const { return channel_.held_bytes(); }

  private:
    void heed(const Message& message);

    Channel channel_;
    std::uint32_t protocol_ = kProtocolMin;  ///< what both speak: told by Welcome, either way
};

}  // namespace dossier::protocol
