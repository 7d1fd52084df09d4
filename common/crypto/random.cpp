#include "common/crypto/random.hpp"

#include <algorithm>

#include <sodium.h>

#include "common/base/check.hpp"

namespace dossier::crypto {

SystemRandom::SystemRandom() {
    DOSSIER_CHECK(sodium_init() >= 0);
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    randombytes_buf(bytes.data(), bytes.size());
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    if (bytes.empty()) return;  // an empty span may have no address, which libsodium does not allow
    std::array<std::uint8_t, randombytes_SEEDBYTES> seed{};
    for (std::size_t i = 0; i < 8; ++i) {
        seed[i] = static_cast<std::uint8_t>(seed_ >> (8 * i));
        seed[8 + i] = static_cast<std::uint8_t>(drawn_ >> (8 * i));
    }
    ++drawn_;
    randombytes_buf_deterministic(bytes.data(), bytes.size(), seed.data());
}

std::array<std::uint8_t, 16> Ids::next() {
    constexpr unsigned kCountMax = 0xFFF;
    const std::int64_t now = clock_.now().ms;
    if (now > last_ms_ || count_ == kCountMax) {
        last_ms_ = std::max(now, last_ms_ + 1);
        count_ = 0;
    } else {
        ++count_;
    }
    std::array<std::uint8_t, 16> id{};
    random_.fill(id);
    const auto ms = static_cast<std::uint64_t>(last_ms_);
    for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    id[6] = static_cast<std::uint8_t>(0x70U | (count_ >> 8U));
    id[7] = static_cast<std::uint8_t>(count_);
    id[8] = static_cast<std::uint8_t>(0x80U | (id[8] & 0x3FU));
    return id;
}

}  // namespace dossier::crypto
