#include "common/crypto/sign.hpp"

#include <sodium.h>

#include "common/base/check.hpp"

namespace dossier::crypto {

SigningPair signing_pair_of(ByteView seed) {
    DOSSIER_CHECK(seed.size() == crypto_sign_SEEDBYTES);
    SigningPair pair{{}, Secret(crypto_sign_SECRETKEYBYTES)};
    crypto_sign_seed_keypair(pair.public_key.data(), pair.secret_key.bytes().data(), seed.data());
    return pair;
}

Signature sign(const SigningPair& pair, ByteView message) {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         pair.secret_key.view().data());
    return signature;
}

bool is_signed(const VerifyKey& by, ByteView message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       by.data()) == 0;
}

}  // namespace dossier::crypto
