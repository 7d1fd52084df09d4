#include "common/vault/page_cache.hpp"

#include <algorithm>

#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "common/vault/database.hpp"

namespace dossier::vault {

std::size_t lock_page_cache(std::size_t bytes) {
    // Nobody asks SQLite how much memory it uses; counting takes a lock at every allocation.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    rlimit limit{};
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return 0;
    // Half of the limit stays for keys.
    const std::size_t size =
        limit.rlim_cur == RLIM_INFINITY ? bytes : std::min<std::size_t>(bytes, limit.rlim_cur / 2);
    int header = 0;
    if (sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header) != SQLITE_OK) return 0;
    const std::size_t slot = (kPageBytes + static_cast<std::size_t>(header) + 7) / 8 * 8;
    if (size < slot) return 0;
    void* region = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED) return 0;
    const bool kept = mlock(region, size) == 0 && madvise(region, size, MADV_DONTDUMP) == 0 &&
                      sqlite3_config(SQLITE_CONFIG_PAGECACHE, region, static_cast<int>(slot),
                                     static_cast<int>(size / slot)) == SQLITE_OK;
    if (kept) return size;
    munmap(region, size);
    return 0;
}

}  // namespace dossier::vault
