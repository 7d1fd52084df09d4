// Key material: move-only, in guarded locked memory, wiped on destruction, has no printer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "common/base/bytes.hpp"

namespace dossier::crypto {

/// `size` secret bytes from sodium_malloc (guard pages, mlock where the limit allows, excluded
/// from core dumps). Throws std::bad_alloc when there is no memory.
class Secret {
  public:
    explicit Secret(std::size_t size);
    /// Copies `from`; wiping the source stays the caller's job.
    static Secret copy(ByteView from);

    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    [[nodiscard]] ByteView view() const { return {data_, size_}; }
    [[nodiscard]] std::span<std::uint8_t> bytes() { return {data_, size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Secret clone() const { return copy(view()); }

  private:
    std::uint8_t* data_;
    std::size_t size_;
};

/// Overwrites `bytes` in a way the compiler keeps.
void wipe(std::span<std::uint8_t> bytes);
/// Equal length and content, in time that depends on the length only.
bool equal_in_constant_time(ByteView a, ByteView b);
/// No core dumps, not dumpable by other processes of the same user. Called first thing in main.
void forbid_core_dumps();

}  // namespace dossier::crypto
