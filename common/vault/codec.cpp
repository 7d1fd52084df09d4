#include "common/vault/codec.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <sodium.h>
#include <sys/mman.h>

#include "common/base/check.hpp"
#include "common/base/plant.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kSessionBytes = 4096;

std::array<std::uint8_t, 9> associated_data(Place place) {
    std::array<std::uint8_t, 9> data{};
    data[0] = static_cast<std::uint8_t>(place.role);
    for (std::size_t i = 0; i < 8; ++i) {
        data[1 + i] = static_cast<std::uint8_t>(place.number >> (8 * i));
    }
    return data;
}

}  // namespace

NonceSource::NonceSource(crypto::Random& random) : random_(random), session_(nullptr) {
    void* page =
        mmap(nullptr, kSessionBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    DOSSIER_CHECK(madvise(page, kSessionBytes, MADV_WIPEONFORK) == 0);
    session_ = new (page) Session{};
    begin();
}

NonceSource::~NonceSource() {
    munmap(session_, kSessionBytes);
}

void NonceSource::begin() {
    const std::lock_guard lock(beginning_);
    if (session_->begun.load(std::memory_order_acquire)) return;
    random_.fill(session_->prefix);
    if (is_planted(Plant::NonceRepeats)) std::fill_n(session_->prefix, sizeof session_->prefix, 0);
    session_->count.store(0, std::memory_order_relaxed);
    session_->begun.store(true, std::memory_order_release);
}

void NonceSource::next(std::uint8_t* nonce) {
    if (!session_->begun.load(std::memory_order_acquire)) begin();
    std::copy_n(session_->prefix, sizeof session_->prefix, nonce);
    const std::uint64_t count = session_->count.fetch_add(1, std::memory_order_relaxed);
    for (std::size_t i = 0; i < 8; ++i) {
        nonce[16 + i] = static_cast<std::uint8_t>(count >> (8 * i));
    }
}

Codec::Codec(crypto::Secret key, crypto::Random& random) : key_(std::move(key)), nonces_(random) {
    DOSSIER_CHECK(key_.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}

void Codec::seal(Place place, ByteView plain, std::uint8_t* cipher, std::uint8_t* trailer) {
    nonces_.next(trailer);
    if (is_planted(Plant::PlainPages)) {
        std::copy(plain.begin(), plain.end(), cipher);
        std::fill_n(trailer + kNonceBytes, kTagBytes, std::uint8_t{0});
        return;
    }
    const auto bound = associated_data(place);
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        cipher, trailer + kNonceBytes, nullptr, plain.data(), plain.size(), bound.data(),
        bound.size(), nullptr, trailer, key_.view().data());
}

bool Codec::open(Place place,
                 ByteView cipher,
                 const std::uint8_t* trailer,
                 std::uint8_t* plain) const {
    if (is_planted(Plant::PlainPages) && trailer[kNonceBytes] == 0) {
        std::copy(cipher.begin(), cipher.end(), plain);
        return true;
    }
    if (is_planted(Plant::TagsIgnored)) {
        crypto_stream_xchacha20_xor_ic(plain, cipher.data(), cipher.size(), trailer, 1,
                                       key_.view().data());
        return true;
    }
    const auto bound = associated_data(place);
    return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
               plain, nullptr, cipher.data(), cipher.size(), trailer + kNonceBytes, bound.data(),
               bound.size(), trailer, key_.view().data()) == 0;
}

}  // namespace dossier::vault
