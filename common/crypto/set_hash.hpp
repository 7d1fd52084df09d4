// A hash of a set that can gain and lose members one by one: the sum modulo 2^256 of the members'
// digests. Both sides of a sync keep one per scope. Source: sync 5.3.6.
#pragma once

#include "common/crypto/digest.hpp"

namespace dossier::crypto {

struct SetHash {
    Digest sum{};  ///< little-endian 256-bit number

    void add(const Digest& member);
    void remove(const Digest& member);
    bool operator==(const SetHash&) const = default;
};

}  // namespace dossier::crypto
