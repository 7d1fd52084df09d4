#include "tests/integration/memory/short_memory.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include <sqlite3.h>

#include "common/base/check.hpp"

namespace {

std::atomic<bool> g_counting = false;
std::atomic<std::uint64_t> g_left = 0;  ///< requests until the one that fails
std::atomic<bool> g_lasting = false;
std::atomic<bool> g_short = false;

bool is_refused() {
    if (!g_counting) return false;
    if (g_short && g_lasting) return true;
    if (g_left == 0 || --g_left != 0) return false;
    g_short = true;
    return true;
}

sqlite3_mem_methods g_below{};

void* sqlite_malloc(int bytes) {
    return is_refused() ? nullptr : g_below.xMalloc(bytes);
}
void* sqlite_realloc(void* memory, int bytes) {
    return is_refused() ? nullptr : g_below.xRealloc(memory, bytes);
}

/// Below SQLite before its first use in the process.
[[maybe_unused]] const bool g_put_below = [] {
    DOSSIER_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &g_below) == SQLITE_OK);
    sqlite3_mem_methods counting = g_below;
    counting.xMalloc = sqlite_malloc;
    counting.xRealloc = sqlite_realloc;
    DOSSIER_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &counting) == SQLITE_OK);
    return true;
}();

}  // namespace

void* operator new(std::size_t size) {
    void* memory = is_refused() ? nullptr : std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return is_refused() ? nullptr : std::malloc(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
    std::free(memory);
}

namespace dossier::test {

ShortMemory::ShortMemory(std::uint64_t fail_at, Shortage shortage) {
    DOSSIER_CHECK(!g_counting);
    g_left = fail_at;
    g_lasting = shortage == Shortage::Lasting;
    g_short = false;
    g_counting = true;
}

ShortMemory::~ShortMemory() {
    g_counting = false;
}

bool ShortMemory::was_short() {
    return g_short;
}

}  // namespace dossier::test
