// Sealing and opening of one piece of a vault file: XChaCha20-Poly1305 with a nonce that never
// repeats and the piece's place as associated data. Source: design of the vault, libsodium 1.0.18.
#pragma once

#include <atomic>
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

/// Nonces: 16 random bytes for each opening ‖ 8-byte counter. A forked child draws its own 16
/// bytes, for its counter would repeat its parent's. Thread: any.
class NonceSource {
  public:
    explicit NonceSource(crypto::Random& random);
    NonceSource(const NonceSource&) = delete;
    NonceSource& operator=(const NonceSource&) = delete;
    ~NonceSource();

    /// Writes kNonceBytes that were never given out before under this key.
    void next(std::uint8_t* nonce);

  private:
    struct Session {
        std::atomic<bool> begun;
        std::uint8_t prefix[16];
        std::atomic<std::uint64_t> count;
    };
    void begin();

    crypto::Random& random_;
    std::mutex beginning_;
    Session* session_;  ///< own memory page that the kernel zeroes in a forked child
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
    crypto::Secret key_;
    NonceSource nonces_;
};

/// Tells one sealing of a page from every other: the first 8 bytes of its tag.
inline std::uint64_t version_of(const std::uint8_t* trailer) {
    return read_le<std::uint64_t>(trailer + kNonceBytes);
}

}  // namespace dossier::vault
