#include "common/crypto/secret.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "common/base/check.hpp"

namespace dossier::crypto {

Secret::Secret(std::size_t size) : data_(nullptr), size_(size) {
    DOSSIER_CHECK(sodium_init() >= 0);
    data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (data_ == nullptr) throw std::bad_alloc();
    std::fill_n(data_, size, std::uint8_t{0});
}

Secret Secret::copy(ByteView from) {
    Secret secret(from.size());
    std::copy(from.begin(), from.end(), secret.data_);
    return secret;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

Secret::~Secret() {
    sodium_free(data_);
}  // wipes; a null pointer is fine

void wipe(std::span<std::uint8_t> bytes) {
    sodium_memzero(bytes.data(), bytes.size());
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void forbid_core_dumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace dossier::crypto
