#include "common/crypto/digest.hpp"

#include <algorithm>

#include <sodium.h>

#include "common/base/check.hpp"

namespace dossier::crypto {

namespace {

void begin(crypto_generichash_state& state, ByteView key) {
    DOSSIER_CHECK(key.size() <= crypto_generichash_KEYBYTES_MAX);
    crypto_generichash_init(&state, key.data(), key.size(), std::tuple_size_v<Digest>);
}

Digest end(crypto_generichash_state& state) {
    Digest digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    return digest;
}

}  // namespace

Digest blake2b(std::initializer_list<ByteView> parts, ByteView key) {
    crypto_generichash_state state;
    begin(state, key);
    for (const ByteView part : parts) crypto_generichash_update(&state, part.data(), part.size());
    return end(state);
}

struct Hasher::State {
    crypto_generichash_state inner;
};

Hasher::Hasher(ByteView key) : state_(std::make_unique<State>()) {
    begin(state_->inner, key);
}

Hasher::~Hasher() {
    sodium_memzero(&state_->inner, sizeof state_->inner);
}

void Hasher::add(ByteView part) {
    crypto_generichash_update(&state_->inner, part.data(), part.size());
}

Digest Hasher::finish() {
    return end(state_->inner);
}

KeyPair make_key_pair(Random& random) {
    Secret secret(crypto_box_SECRETKEYBYTES);
    random.fill(secret.bytes());
    return key_pair_of(secret.view());
}

KeyPair key_pair_of(ByteView secret_key) {
    DOSSIER_CHECK(secret_key.size() == crypto_box_SECRETKEYBYTES);
    KeyPair pair{{}, Secret::copy(secret_key)};
    crypto_scalarmult_base(pair.public_key.data(), secret_key.data());
    return pair;
}

Bytes seal_to(ByteView public_key, ByteView plain) {
    DOSSIER_CHECK(public_key.size() == crypto_box_PUBLICKEYBYTES);
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    crypto_box_seal(sealed.data(), plain.data(), plain.size(), public_key.data());
    return sealed;
}

std::optional<Bytes> unseal(const KeyPair& pair, ByteView sealed) {
    if (sealed.size() < crypto_box_SEALBYTES) return std::nullopt;
    Bytes plain(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), pair.public_key.data(),
                             pair.secret_key.view().data()) != 0) {
        return std::nullopt;
    }
    return plain;
}

std::string fingerprint(ByteView public_key) {
    const Digest digest = blake2b({public_key});
    std::string text = to_base32(ByteView(digest).first(10));
    for (const std::size_t at : {12U, 8U, 4U}) text.insert(at, 1, '-');
    return text;
}

}  // namespace dossier::crypto
