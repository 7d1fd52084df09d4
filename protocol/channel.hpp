// The secure channel "dossier/1" without I/O: bytes from the peer in, messages and bytes for the
// peer out. Handshake Noise_XK_25519_ChaChaPoly_BLAKE2b, then sealed frames (SPEC.md 1 to 6).
// Times are the caller's job: kHandshakeLimit, kIdleLimit (limits.hpp). Any failure is final.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"
#include "common/crypto/random.hpp"

#include "protocol/frame.hpp"
#include "protocol/noise.hpp"
#include "protocol/transport.hpp"

namespace dossier::protocol {

inline constexpr Fault kServerIdentity{
    "protocol.server_identity",
    ErrorCode::WrongServer,
    {"对方未能证明自己是本机登记的办公室服务器",
     "the peer did not prove to be the office this laptop was enrolled with"},
    {"核对服务器地址；若服务器换过密钥或重新安装，请管理员发新邀请",
     "check the server address; if the server has a new key, ask the administrator for a new "
     "invite"}};
/// Nobody can tell who ended it: the network, an office that was stopped, or one that is full.
inline constexpr Fault kHandshakeCut{
    "protocol.handshake_cut",
    ErrorCode::Unreachable,
    {"连接在办公室回答之前断开", "the connection ended before the office had answered"},
    {"稍后再次同步；若一再出现，核对地址，并请管理员查看办公室程序是否在运行",
     "try again in a moment; if it recurs, check the address and ask the administrator whether the "
     "office is running"}};
inline constexpr Fault kHandshake{
    "protocol.handshake",
    ErrorCode::Malformed,
    {"握手消息无效", "an invalid handshake message"},
    {"检查对方是否为已登记的 Dossier 程序", "check that the peer is an enrolled Dossier program"}};
inline constexpr Fault kOutOfTurn{
    "protocol.out_of_turn",
    ErrorCode::Malformed,
    {"对方抢先发送了数据", "the peer sent data before its turn"},
    {"把两端程序升级到同一版本", "upgrade both programs to the same version"}};
inline constexpr Fault kTruncated{
    "protocol.truncated",
    ErrorCode::Unreachable,
    {"连接在传输中途断开", "the connection broke in the middle of a transfer"},
    {"检查网络后重试，已确认的内容不会丢失",
     "check the network and retry; what was acknowledged is safe"}};

/// Why the client connects; part of the prologue, so that one cannot pass for the other.
enum class Purpose : std::uint8_t { Sync = 1, Enrol = 2 };

/// Names one installation of the server; part of the prologue.
using ServerInstance = std::array<std::uint8_t, 32>;

/// "dossier/1" || u8 purpose || instance.
Bytes channel_prologue(Purpose purpose, const ServerInstance& instance);

/// What a client needs; `keys` must outlive the channel's handshake.
struct ClientSide {
    Purpose purpose;
    ServerInstance instance;
    PublicKey server;             ///< from the invite
    const crypto::KeyPair* keys;  ///< the device's
    Bytes payload;                ///< sent inside message 3, at most kClientPayloadBytesMax
    Bytes ticket = {};            ///< from an earlier session, sent inside message 1; empty = none
};

/// One purpose the server accepts under one of its keys; several when a key is being rotated.
struct Offer {
    Purpose purpose;
    const crypto::KeyPair* keys;  ///< must outlive the channel's handshake
};

/// What a server needs. A message 1 is tried against the offers in order: each costs one X25519.
struct ServerSide {
    ServerInstance instance;
    std::vector<Offer> offers;
    /// The caller looks at the ticket before it lets the server spend more on this client: see
    /// `knocked`. Else message 2 follows message 1 at once.
    bool looks_first = false;
};

/// What one `feed` brought about, in this order.
struct ChannelEvents {
    Bytes to_peer;                ///< handshake bytes to write, before anything `send` gives
    bool knocked = false;         ///< message 1 is right; see Channel::answer
    bool agreed = false;          ///< the handshake is done; see Channel::admit
    std::vector<Bytes> messages;  ///< whole application messages
    std::optional<Error> error;   ///< close the connection after `to_peer`, without another byte
};

class Channel {
  public:
    /// `random` must outlive the handshake.
    static Channel client(ClientSide side, crypto::Random& random);
    static Channel server(ServerSide side, crypto::Random& random);

    /// Client, once: the bytes of message 1.
    /// Errors: protocol.server_identity (the server key of the invite is of low order).
    Result<Bytes> start();

    /// Takes what the peer sent, in pieces of any size.
    /// Errors (in the events, the same again on every later call): protocol.server_identity,
    /// handshake, frame_length, frame_content, tampered, message_oversized, out_of_turn; sync.busy.
    ChannelEvents feed(ByteView bytes);

    /// Server, after `knocked`: appends message 2 to `to`. Until then a byte from the client is out
    /// of turn. To refuse, write `busy_word` and close.
    void answer(Bytes& to);
    static Bytes busy_word() { return {0, 0}; }
    /// Server, from message 1 on: the ticket in it, empty when there is none. Nobody has vouched
    /// for it: what it says is the caller's to judge.
    [[nodiscard]] ByteView ticket() const { return ticket_; }

    /// Server, after `agreed`: the client is known and may stay. Until then nothing may be sent,
    /// and a byte from the client is out of turn. To refuse, close without a word.
    void admit();

    /// Appends the frames of `message` to `to`. Only while `is_open`.
    /// Errors: protocol.message_oversized, nothing appended; the channel stays open.
    Status send(ByteView message, Bytes& to);

    /// True once messages may be sent: on the server after `admit`, on the client after the first
    /// frame from the server has proven that both hold the same keys.
    [[nodiscard]] bool is_open() const { return stage_ == Stage::Open; }
    /// The peer's static key. On the server known from `agreed` on.
    [[nodiscard]] const PublicKey& peer_key() const { return *peer_key_; }
    /// Server, from `agreed` on: what the client put into message 3.
    [[nodiscard]] const Bytes& client_payload() const { return payload_; }
    /// Purpose the client came with. On the server known from `agreed` on.
    [[nodiscard]] Purpose purpose() const { return purpose_; }
    /// Handshake transcript, equal on both sides and unique to this channel: from `agreed` on.
    [[nodiscard]] ByteView transcript() const { return transcript_; }

    /// True when neither a frame nor a message is half received. Says nothing about a Bye: a
    /// session without one is cut off, however clean.
    [[nodiscard]] bool clean() const;
    /// Memory held for a frame and a message that are half received.
    [[nodiscard]] std::size_t held_bytes() const;
    /// The peer closed the stream. Errors: protocol.handshake_cut (on the client, before the first
    /// frame), truncated, or the failure seen before.
    Status ended();

  private:
    enum class Stage : unsigned char {
        Start,
        AwaitsFirst,
        Knocked,
        AwaitsSecond,
        AwaitsThird,
        Judges,
        AwaitsProof,
        Open,
        Failed
    };

    Channel(Stage stage, FrameLengths lengths, crypto::Random& random);
    Status step(ByteView& bytes, ChannelEvents& events);
    Status take(ByteView frame, ChannelEvents& events);
    Status take_first(ByteView frame, ChannelEvents& events);
    void take_ticket(const Bytes& payload);
    bool write_second(Bytes& to);
    void append_decoy(Bytes& to);
    Status take_second(ByteView frame, ChannelEvents& events);
    Status take_third(ByteView frame, ChannelEvents& events);
    Status take_sealed(ByteView frame, ChannelEvents& events);
    void agree(Stage next, ChannelEvents& events);
    Error give_up(Error error);

    Stage stage_;
    FrameReader reader_;
    crypto::Random* random_;
    std::optional<ClientSide> client_;
    std::optional<ServerSide> server_;
    std::optional<HandshakeState> handshake_;
    std::optional<Sealer> sealer_;
    std::optional<Opener> opener_;
    std::optional<PublicKey> peer_key_;
    std::optional<Error> error_;
    Purpose purpose_ = Purpose::Sync;
    Bytes ticket_;
    Bytes payload_;
    Bytes transcript_;
};

}  // namespace dossier::protocol
