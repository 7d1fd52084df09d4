#include "common/crypto/set_hash.hpp"

namespace dossier::crypto {

void SetHash::add(const Digest& member) {
    unsigned carry = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        carry += static_cast<unsigned>(sum[i]) + member[i];
        sum[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
}

void SetHash::remove(const Digest& member) {
    int borrow = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        int difference = static_cast<int>(sum[i]) - member[i] - borrow;
        borrow = difference < 0 ? 1 : 0;
        if (difference < 0) difference += 256;
        sum[i] = static_cast<std::uint8_t>(difference);
    }
}

}  // namespace dossier::crypto
