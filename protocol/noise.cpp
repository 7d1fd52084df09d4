#include "protocol/noise.hpp"

#include <algorithm>
#include <string>

#include <sodium.h>

#include "common/base/check.hpp"

namespace dossier::protocol {
namespace {

std::string protocol_name(std::string_view pattern, NoiseHash hash) {
    std::string name = "Noise_";
    name += pattern;
    name += "_25519_ChaChaPoly_";
    name += hash == NoiseHash::Blake2b ? "BLAKE2b" : "SHA256";
    return name;
}

/// The first word of `line`, and `line` moved past it; empty at the end.
std::string_view next_word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

/// The first 32 bytes of `rest` as a key, and `rest` moved past them.
std::optional<PublicKey> next_key(ByteView& rest) {
    PublicKey key{};
    if (rest.size() < key.size()) return std::nullopt;
    std::copy_n(rest.begin(), key.size(), key.begin());
    rest = rest.subspan(key.size());
    return key;
}

const Pattern& pattern_xk() {
    static const Pattern kPattern{"XK", true, {"e es", "e ee", "s se"}};
    return kPattern;
}

}  // namespace

HandshakeState::HandshakeState(const Pattern& pattern, NoiseHash hash, HandshakeParty party)
    : party_(std::move(party)),
      messages_(pattern.messages),
      has_psk_(pattern.name.find("psk") != std::string_view::npos),
      symmetric_(protocol_name(pattern.name, hash), hash) {
    symmetric_.mix_hash(party_.prologue);
    party_.prologue = {};  // mixed in; the caller's bytes may go
    if (!pattern.responder_known) return;
    DOSSIER_CHECK(party_.initiator ? party_.peer.has_value() : party_.own != nullptr);
    symmetric_.mix_hash(party_.initiator ? *party_.peer : party_.own->public_key);
}

bool HandshakeState::end(bool well) {
    if (!well) failed_ = true;
    ++next_;
    return well;
}

bool HandshakeState::write(ByteView payload, Bytes& to) {
    if (failed_) return false;
    DOSSIER_CHECK(!finished() && writes_next());
    std::string_view line = messages_[next_];
    while (!line.empty()) {
        if (!write_token(next_word(line), to)) return end(false);
    }
    return end(symmetric_.encrypt_and_hash(payload, to));
}

std::optional<Bytes> HandshakeState::read(ByteView message) {
    if (failed_) return std::nullopt;
    DOSSIER_CHECK(!finished() && !writes_next());
    std::string_view line = messages_[next_];
    ByteView rest = message;
    while (!line.empty()) {
        if (!read_token(next_word(line), rest)) {
            end(false);
            return std::nullopt;
        }
    }
    Bytes payload;
    if (!end(symmetric_.decrypt_and_hash(rest, payload))) return std::nullopt;
    return payload;
}

bool HandshakeState::write_token(std::string_view token, Bytes& to) {
    if (token == "e") {
        party_.random->fill(ephemeral_.bytes);
        crypto_scalarmult_base(ephemeral_public_.data(), ephemeral_.bytes.data());
        append(to, ephemeral_public_);
        symmetric_.mix_hash(ephemeral_public_);
        if (has_psk_) symmetric_.mix_key(ephemeral_public_);
        return true;
    }
    if (token == "s") return symmetric_.encrypt_and_hash(party_.own->public_key, to);
    return mix_token(token);
}

bool HandshakeState::read_token(std::string_view token, ByteView& rest) {
    if (token == "e") {
        peer_ephemeral_ = next_key(rest);
        if (!peer_ephemeral_) return false;
        symmetric_.mix_hash(*peer_ephemeral_);
        if (has_psk_) symmetric_.mix_key(*peer_ephemeral_);
        return true;
    }
    if (token == "s") {
        const std::size_t size =
            32U + (symmetric_.has_key() ? crypto_aead_chacha20poly1305_ABYTES : 0);
        if (rest.size() < size) return false;
        Bytes key;
        if (!symmetric_.decrypt_and_hash(rest.first(size), key)) return false;
        ByteView key_bytes = key;
        party_.peer = next_key(key_bytes);
        rest = rest.subspan(size);
        return true;
    }
    return mix_token(token);
}

// "es" is always initiator's ephemeral with responder's static, whoever computes it.
bool HandshakeState::mix_token(std::string_view token) {
    if (token == "psk") {
        DOSSIER_CHECK(psks_used_ < party_.psks.size());
        symmetric_.mix_key_and_hash(party_.psks[psks_used_++]);
        return true;
    }
    const char own = party_.initiator ? token[0] : token[1];
    const char other = party_.initiator ? token[1] : token[0];
    return mix_shared(own == 'e' ? ByteView(ephemeral_.bytes) : party_.own->secret_key.view(),
                      other == 'e' ? peer_ephemeral_ : party_.peer);
}

bool HandshakeState::mix_shared(ByteView own_secret, const std::optional<PublicKey>& peer) {
    DOSSIER_CHECK(peer.has_value());
    Wiped<32> shared;
    // -1 means all zero: the peer sent a point of low order.
    if (crypto_scalarmult(shared.bytes.data(), own_secret.data(), peer->data()) != 0) return false;
    symmetric_.mix_key(shared.bytes);
    return true;
}

std::pair<CipherState, CipherState> HandshakeState::split() {
    DOSSIER_CHECK(finished() && !failed_);
    auto ciphers = symmetric_.split();
    if (!party_.initiator) std::swap(ciphers.first, ciphers.second);
    return ciphers;
}

HandshakeState xk_initiator(ByteView prologue,
                            const crypto::KeyPair& own,
                            const PublicKey& responder,
                            crypto::Random& random) {
    return {pattern_xk(), NoiseHash::Blake2b, {true, prologue, &own, responder, &random, {}}};
}

HandshakeState xk_responder(ByteView prologue, const crypto::KeyPair& own, crypto::Random& random) {
    return {pattern_xk(), NoiseHash::Blake2b, {false, prologue, &own, std::nullopt, &random, {}}};
}

}  // namespace dossier::protocol
