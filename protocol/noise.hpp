// HandshakeState of the Noise Protocol Framework, revision 34: interactive and one-way patterns
// with pre-shared keys, over X25519. The product speaks one suite only, through
// `xk_initiator` and `xk_responder`; the tests drive every pattern of the public vectors.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/crypto/digest.hpp"
#include "common/crypto/random.hpp"

#include "protocol/noise_state.hpp"

namespace dossier::protocol {

using PublicKey = std::array<std::uint8_t, 32>;

/// A handshake pattern in the notation of the specification: one line of tokens per message,
/// the initiator first. `responder_known` is the pre-message "<- s".
struct Pattern {
    std::string_view name;
    bool responder_known;
    std::vector<std::string_view> messages;
};

/// Everything one side brings. What is referred to must outlive the handshake.
struct HandshakeParty {
    bool initiator;
    ByteView prologue;
    const crypto::KeyPair* own;     ///< static pair; null when the pattern needs none
    std::optional<PublicKey> peer;  ///< static key of the other side, when known beforehand
    crypto::Random* random;         ///< source of the ephemeral key
    std::vector<ByteView> psks;     ///< 32 bytes each, in the order of the pattern
};

class HandshakeState {
  public:
    HandshakeState(const Pattern& pattern, NoiseHash hash, HandshakeParty party);

    [[nodiscard]] bool finished() const { return next_ == messages_.size(); }
    /// True when the next message is this side's to write.
    [[nodiscard]] bool writes_next() const { return (next_ % 2 == 0) == party_.initiator; }
    /// Appends the next handshake message with `payload`. Errors: false when a key agreement
    /// gives all zero (a hostile peer key) or the handshake failed before.
    [[nodiscard]] bool write(ByteView payload, Bytes& to);
    /// The payload of the peer's next handshake message. Errors: nullopt for a message that is
    /// too short, does not verify, or a low-order key; the handshake is then over for good.
    [[nodiscard]] std::optional<Bytes> read(ByteView message);

    /// The peer's static key: known beforehand or read so far.
    [[nodiscard]] const std::optional<PublicKey>& peer() const { return party_.peer; }
    [[nodiscard]] ByteView transcript() const { return symmetric_.transcript(); }
    /// The ciphers of a finished handshake: what this side sends with, what it receives with.
    std::pair<CipherState, CipherState> split();

  private:
    bool write_token(std::string_view token, Bytes& to);
    bool read_token(std::string_view token, ByteView& rest);
    bool mix_token(std::string_view token);
    bool mix_shared(ByteView own_secret, const std::optional<PublicKey>& peer);
    bool end(bool well);

    HandshakeParty party_;
    std::vector<std::string_view> messages_;
    bool has_psk_;
    bool failed_ = false;
    std::size_t next_ = 0;
    std::size_t psks_used_ = 0;
    SymmetricState symmetric_;
    Wiped<32> ephemeral_;
    PublicKey ephemeral_public_{};
    std::optional<PublicKey> peer_ephemeral_;
};

/// Noise_XK_25519_ChaChaPoly_BLAKE2b, the only suite of the product.
HandshakeState xk_initiator(ByteView prologue,
                            const crypto::KeyPair& own,
                            const PublicKey& responder,
                            crypto::Random& random);
HandshakeState xk_responder(ByteView prologue, const crypto::KeyPair& own, crypto::Random& random);

}  // namespace dossier::protocol
