// CipherState and SymmetricState of the Noise Protocol Framework, revision 34, section 5, over
// libsodium: ChaCha20-Poly1305 with BLAKE2b or SHA-256. No I/O. Used by `noise` and `transport`.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::protocol {

/// Key material inside an object; wiped when the object goes, also when it is moved from.
template <std::size_t N>
struct Wiped {
    std::array<std::uint8_t, N> bytes{};

    Wiped() = default;
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    Wiped(Wiped&& other) noexcept : bytes(other.bytes) { crypto::wipe(other.bytes); }
    Wiped& operator=(Wiped&& other) noexcept {
        if (this == &other) return *this;
        bytes = other.bytes;
        crypto::wipe(other.bytes);
        return *this;
    }
    ~Wiped() { crypto::wipe(bytes); }
};

/// One key and its message counter. Without a key, bytes pass through unchanged.
class CipherState {
  public:
    void set_key(std::span<const std::uint8_t, 32> key);
    [[nodiscard]] bool has_key() const { return has_key_; }

    /// Appends the ciphertext of the bytes of `buffer` from `from` on: they are encrypted where
    /// they stand, the tag follows them. Errors: false when the counter is used up.
    [[nodiscard]] bool seal(Bytes& buffer, std::size_t from, ByteView associated = {});
    /// Appends the plaintext of `sealed` to `to`. Errors: false, with `to` as it was and the
    /// counter where it was, when the tag does not verify or the counter is used up.
    [[nodiscard]] bool open(ByteView sealed, Bytes& to, ByteView associated = {});
    /// Replaces the key by a one-way function of it; the counter goes on. Source: 4.2, 11.3.
    void rekey();
    /// For tests of the end of the counter.
    void set_nonce(std::uint64_t nonce) { nonce_ = nonce; }
    [[nodiscard]] std::uint64_t nonce() const { return nonce_; }

  private:
    Wiped<32> key_;
    std::uint64_t nonce_ = 0;
    bool has_key_ = false;
};

enum class NoiseHash : unsigned char { Blake2b, Sha256 };

/// Chaining key, transcript hash and cipher of a running handshake.
class SymmetricState {
  public:
    SymmetricState(std::string_view protocol_name, NoiseHash hash);

    void mix_hash(ByteView data);
    void mix_key(ByteView input);
    void mix_key_and_hash(ByteView input);
    [[nodiscard]] bool has_key() const { return cipher_.has_key(); }
    /// Appends the encrypted `plain` (clear before the first key). Errors: see CipherState.
    [[nodiscard]] bool encrypt_and_hash(ByteView plain, Bytes& to);
    [[nodiscard]] bool decrypt_and_hash(ByteView sealed, Bytes& to);
    /// The transcript so far: equal on both sides, 64 bytes with BLAKE2b, 32 with SHA-256.
    [[nodiscard]] ByteView transcript() const { return ByteView(hash_.bytes).first(size_); }
    /// The two transport ciphers: first initiator to responder.
    std::pair<CipherState, CipherState> split();

  private:
    using Block = Wiped<64>;
    void hash(std::initializer_list<ByteView> parts, std::span<std::uint8_t> to) const;
    void hmac(ByteView key, ByteView first, ByteView second, Block& to) const;
    void hkdf(ByteView input, std::initializer_list<Block*> outputs) const;

    NoiseHash kind_;
    std::size_t size_;
    Block chaining_;
    Block hash_;
    CipherState cipher_;
};

}  // namespace dossier::protocol
