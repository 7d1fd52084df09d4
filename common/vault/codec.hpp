// Sealing and opening of one piece of a vault file: XChaCha20-Poly1305 with a random nonce and the
// piece's place as associated data. Source: design of the vault, libsodium 1.0.18.
//
// Each nonce is 192 bits drawn for it alone and kept nowhere: a forked child, and a machine set
// back to a snapshot of its memory, would go on with whatever prefix or counter this process kept,
// and seal other bytes under a nonce that was used. 2^80 pieces under one key are safe from chance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "common/base/bytes.hpp"
#include "common/crypto/random.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::vault {

inline constexpr std::size_t kNonceBytes = 24;
inline constexpr std::size_t kTagBytes = 16;
/// nonce(24) ‖ tag(16): follows every sealed piece; the reserved tail of a database page.
inline constexpr std::size_t kTrailerBytes = kNonceBytes + kTagBytes;

/// What a sealed piece is; part of its associated data, so no piece passes for another sort.
enum class Role : std::uint8_t { Page = 1, WalHeader = 2, WalFrame = 3, Versions = 4, Temp = 5 };

/// Where a sealed piece belongs: associated data is role(1) ‖ number(8, little-endian).
struct Place {
    Role role;
    std::uint64_t number;
};

/// Thread: any; the key never changes.
class Codec {
  public:
    /// `key` of 32 bytes; `random` must outlive the codec.
    Codec(crypto::Secret key, crypto::Random& random);

    /// `cipher` gets plain.size() bytes, `trailer` kTrailerBytes; `cipher` may be the plain bytes.
    void seal(Place place, ByteView plain, std::uint8_t* cipher, std::uint8_t* trailer);
    /// False when the bytes were not sealed at this place under this key; `plain` may be the
    /// cipher bytes and holds nothing of worth after a failure.
    [[nodiscard]] bool open(Place place,
                            ByteView cipher,
                            const std::uint8_t* trailer,
                            std::uint8_t* plain) const;

  private:
    void draw_nonce(std::uint8_t* nonce);

    crypto::Secret key_;
    crypto::Random& random_;
    std::mutex drawing_;  ///< a source of randomness need not know threads
    std::uint64_t planted_ = 0;
};

/// Tells one sealing of a page from every other: the first 8 bytes of its tag.
inline std::uint64_t version_of(const std::uint8_t* trailer) {
    return read_le<std::uint64_t>(trailer + kNonceBytes);
}

}  // namespace dossier::vault
