// Signatures that whoever has the public key can check (Ed25519). Thin names over libsodium.
#pragma once

#include <array>
#include <cstdint>

#include "common/crypto/secret.hpp"

namespace dossier::crypto {

using Signature = std::array<std::uint8_t, 64>;
using VerifyKey = std::array<std::uint8_t, 32>;

struct SigningPair {
    VerifyKey public_key{};
    Secret secret_key;
};
/// The pair of a 32-byte seed.
SigningPair signing_pair_of(ByteView seed);
Signature sign(const SigningPair& pair, ByteView message);
bool is_signed(const VerifyKey& by, ByteView message, const Signature& signature);

}  // namespace dossier::crypto
