#include "common/vault/codec.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "common/base/check.hpp"
#include "common/base/plant.hpp"

namespace dossier::vault {
namespace {

std::array<std::uint8_t, 9> associated_data(Place place) {
    std::array<std::uint8_t, 9> data{};
    data[0] = static_cast<std::uint8_t>(place.role);
    for (std::size_t i = 0; i < 8; ++i) {
        data[1 + i] = static_cast<std::uint8_t>(place.number >> (8 * i));
    }
    return data;
}

}  // namespace

Codec::Codec(crypto::Secret key, crypto::Random& random) : key_(std::move(key)), random_(random) {
    DOSSIER_CHECK(key_.size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
}

void Codec::draw_nonce(std::uint8_t* nonce) {
    const std::lock_guard lock(drawing_);
    random_.fill({nonce, kNonceBytes});
    if (!is_planted(Plant::NonceRepeats)) return;
    std::fill_n(nonce, kNonceBytes, std::uint8_t{0});
    const std::uint64_t count = planted_++;
    for (std::size_t i = 0; i < 8; ++i) nonce[16 + i] = static_cast<std::uint8_t>(count >> (8 * i));
}

void Codec::seal(Place place, ByteView plain, std::uint8_t* cipher, std::uint8_t* trailer) {
    draw_nonce(trailer);
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
    // Pages from before the defect was planted are sealed and carry a tag.
    if (is_planted(Plant::PlainPages) &&
        std::all_of(trailer + kNonceBytes, trailer + kNonceBytes + kTagBytes,
                    [](std::uint8_t byte) { return byte == 0; })) {
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
