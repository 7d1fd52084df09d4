#include "common/crypto/password.hpp"

#include <array>
#include <cstring>
#include <new>

#include <sodium.h>

#include "common/base/check.hpp"
#include "common/crypto/random.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::crypto {

std::string password_verifier(std::string_view password, PasswordCost cost) {
    const SystemRandom started;  // libsodium
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                              cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return text.data();
}

bool is_password(std::string_view verifier, std::string_view password) {
    const SystemRandom started;
    if (verifier.size() >= crypto_pwhash_STRBYTES) return false;
    std::array<char, crypto_pwhash_STRBYTES> text{};
    std::memcpy(text.data(), verifier.data(), verifier.size());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

const std::string& nobodys_verifier() {
    static const std::string kMade = [] {
        SystemRandom random;
        Secret unknown(32);
        random.fill(unknown.bytes());
        return password_verifier(text_of(unknown.view()));
    }();
    return kMade;
}

}  // namespace dossier::crypto
