#include "protocol/noise_state.hpp"

#include <algorithm>

#include <sodium.h>

namespace dossier::protocol {
namespace {

constexpr std::size_t kTag = crypto_aead_chacha20poly1305_ietf_ABYTES;
/// Reserved for rekey, never for a message: the counter stops before it. Source: 5.1.
constexpr std::uint64_t kNonceLast = ~std::uint64_t{0};

using Nonce = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

Nonce nonce_of(std::uint64_t counter) {
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i));
    return nonce;
}

}  // namespace

void CipherState::set_key(std::span<const std::uint8_t, 32> key) {
    std::copy(key.begin(), key.end(), key_.bytes.begin());
    nonce_ = 0;
    has_key_ = true;
}

bool CipherState::seal(Bytes& buffer, std::size_t from, ByteView associated) {
    if (!has_key_) return true;
    if (nonce_ == kNonceLast) return false;  // a nonce used twice would reveal both plaintexts
    const std::size_t size = buffer.size() - from;
    buffer.resize(buffer.size() + kTag);
    std::uint8_t* at = buffer.data() + from;
    crypto_aead_chacha20poly1305_ietf_encrypt(at, nullptr, at, size, associated.data(),
                                              associated.size(), nullptr, nonce_of(nonce_).data(),
                                              key_.bytes.data());
    ++nonce_;
    return true;
}

bool CipherState::open(ByteView sealed, Bytes& to, ByteView associated) {
    if (!has_key_) {
        append(to, sealed);
        return true;
    }
    if (nonce_ == kNonceLast || sealed.size() < kTag) return false;
    const std::size_t before = to.size();
    to.resize(before + sealed.size() - kTag);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(
            to.data() + before, nullptr, nullptr, sealed.data(), sealed.size(), associated.data(),
            associated.size(), nonce_of(nonce_).data(), key_.bytes.data()) != 0) {
        to.resize(before);
        return false;
    }
    ++nonce_;
    return true;
}

void CipherState::rekey() {
    const std::array<std::uint8_t, 32> zeros{};
    Wiped<32 + kTag> sealed;
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed.bytes.data(), nullptr, zeros.data(),
                                              zeros.size(), nullptr, 0, nullptr,
                                              nonce_of(kNonceLast).data(), key_.bytes.data());
    std::copy_n(sealed.bytes.begin(), key_.bytes.size(), key_.bytes.begin());
}

SymmetricState::SymmetricState(std::string_view protocol_name, NoiseHash hash)
    : kind_(hash), size_(hash == NoiseHash::Blake2b ? 64 : 32) {
    const ByteView name = bytes_of(protocol_name);
    if (name.size() <= size_) {
        std::copy(name.begin(), name.end(), hash_.bytes.begin());
    } else {
        this->hash({name}, std::span(hash_.bytes).first(size_));
    }
    chaining_.bytes = hash_.bytes;
}

void SymmetricState::hash(std::initializer_list<ByteView> parts, std::span<std::uint8_t> to) const {
    if (kind_ == NoiseHash::Blake2b) {
        crypto_generichash_blake2b_state state;
        crypto_generichash_blake2b_init(&state, nullptr, 0, to.size());
        for (const ByteView part : parts) {
            crypto_generichash_blake2b_update(&state, part.data(), part.size());
        }
        crypto_generichash_blake2b_final(&state, to.data(), to.size());
        sodium_memzero(&state, sizeof state);
    } else {
        crypto_hash_sha256_state state;
        crypto_hash_sha256_init(&state);
        for (const ByteView part : parts) {
            crypto_hash_sha256_update(&state, part.data(), part.size());
        }
        crypto_hash_sha256_final(&state, to.data());
        sodium_memzero(&state, sizeof state);
    }
}

// RFC 2104; the key is always one hash long, so it never exceeds a block.
void SymmetricState::hmac(ByteView key, ByteView first, ByteView second, Block& to) const {
    const std::size_t block = 2 * size_;  // BLAKE2b 128, SHA-256 64
    Wiped<128> inner_pad;
    Wiped<128> outer_pad;
    std::copy(key.begin(), key.end(), inner_pad.bytes.begin());
    outer_pad.bytes = inner_pad.bytes;
    for (auto& b : inner_pad.bytes) b ^= 0x36U;
    for (auto& b : outer_pad.bytes) b ^= 0x5CU;
    Block inner;
    hash({ByteView(inner_pad.bytes).first(block), first, second},
         std::span(inner.bytes).first(size_));
    hash({ByteView(outer_pad.bytes).first(block), ByteView(inner.bytes).first(size_)},
         std::span(to.bytes).first(size_));
}

void SymmetricState::hkdf(ByteView input, std::initializer_list<Block*> outputs) const {
    Block extracted;
    hmac(ByteView(chaining_.bytes).first(size_), input, {}, extracted);
    ByteView previous;
    std::uint8_t count = 1;
    for (Block* output : outputs) {
        hmac(ByteView(extracted.bytes).first(size_), previous, ByteView(&count, 1), *output);
        previous = ByteView(output->bytes).first(size_);
        ++count;
    }
}

void SymmetricState::mix_hash(ByteView data) {
    Block next;
    hash({transcript(), data}, std::span(next.bytes).first(size_));
    hash_ = std::move(next);
}

void SymmetricState::mix_key(ByteView input) {
    Block chaining;
    Block key;
    hkdf(input, {&chaining, &key});
    chaining_ = std::move(chaining);
    cipher_.set_key(std::span(key.bytes).first<32>());
}

void SymmetricState::mix_key_and_hash(ByteView input) {
    Block chaining;
    Block mixed;
    Block key;
    hkdf(input, {&chaining, &mixed, &key});
    chaining_ = std::move(chaining);
    mix_hash(ByteView(mixed.bytes).first(size_));
    cipher_.set_key(std::span(key.bytes).first<32>());
}

bool SymmetricState::encrypt_and_hash(ByteView plain, Bytes& to) {
    const std::size_t from = to.size();
    append(to, plain);
    if (!cipher_.seal(to, from, transcript())) return false;
    mix_hash(ByteView(to).subspan(from));
    return true;
}

bool SymmetricState::decrypt_and_hash(ByteView sealed, Bytes& to) {
    if (!cipher_.open(sealed, to, transcript())) return false;
    mix_hash(sealed);
    return true;
}

std::pair<CipherState, CipherState> SymmetricState::split() {
    Block first;
    Block second;
    hkdf({}, {&first, &second});
    std::pair<CipherState, CipherState> ciphers;
    ciphers.first.set_key(std::span(first.bytes).first<32>());
    ciphers.second.set_key(std::span(second.bytes).first<32>());
    return ciphers;
}

}  // namespace dossier::protocol
