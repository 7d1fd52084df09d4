// Memory that runs out when a test says so: of C++ and of SQLite alike.
#pragma once

#include <cstdint>

namespace dossier::test {

/// Whether memory is short once, or stays short until the work has given up.
enum class Shortage : unsigned char { Once, Lasting };

/// While it lives, the request for memory number `fail_at` (from 1) fails, and with
/// Shortage::Lasting all after it. One at a time; requests of every thread count.
class ShortMemory {
  public:
    ShortMemory(std::uint64_t fail_at, Shortage shortage);
    ShortMemory(const ShortMemory&) = delete;
    ShortMemory& operator=(const ShortMemory&) = delete;
    ~ShortMemory();

    /// True once a request has failed.
    static bool was_short();
};

}  // namespace dossier::test
