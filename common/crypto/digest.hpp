// Keyed and plain BLAKE2b, and sealing to a public key. Thin names over libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>

#include "common/base/bytes.hpp"
#include "common/crypto/random.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// BLAKE2b-256 of the concatenated parts; `key` of 0–64 bytes. Parts are not delimited: the
/// caller's format must be prefix-free.
Digest blake2b(std::initializer_list<ByteView> parts, ByteView key = {});

/// BLAKE2b-256 of what comes piece by piece: the digest `blake2b` gives for all of it at once.
class Hasher {
  public:
    /// `key` of 0–64 bytes.
    explicit Hasher(ByteView key = {});
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    ~Hasher();
    void add(ByteView part);
    /// Once.
    Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// X25519 key pair.
struct KeyPair {
    std::array<std::uint8_t, 32> public_key;
    Secret secret_key;
};
KeyPair make_key_pair(Random& random);
/// The pair of an existing 32-byte secret key.
KeyPair key_pair_of(ByteView secret_key);

/// Anonymous sealing to an X25519 public key (crypto_box_seal): 48 bytes longer than `plain`.
Bytes seal_to(ByteView public_key, ByteView plain);
/// Errors: nullopt when `sealed` was not made for this pair or was changed.
std::optional<Bytes> unseal(const KeyPair& pair, ByteView sealed);

/// "ABCD-EFGH-JKMN-PQRS": the first 80 bits of BLAKE2b of a public key, for people to compare.
std::string fingerprint(ByteView public_key);

}  // namespace dossier::crypto
