// How many steps of its virtual machine SQLite has made in this process: what a message costs,
// whatever the machine.
#pragma once

#include <cstdint>

#include <sqlite3.h>

namespace dossier::test {

class Steps {
  public:
    /// Counts on every connection opened from now on. Before the store under test.
    Steps() {
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&Steps::watch));
        made = 0;
    }
    Steps(const Steps&) = delete;
    Steps& operator=(const Steps&) = delete;
    ~Steps() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&Steps::watch)); }

    /// Of this work alone.
    template <class Work>
    static std::uint64_t of(Work work) {
        const auto before = made;
        work();
        return made - before;
    }

  private:
    static int watch(sqlite3* db, char**, const sqlite3_api_routines*) {
        sqlite3_progress_handler(
            db, 1, [](void*) { return ++made, 0; }, nullptr);
        return SQLITE_OK;
    }

    inline static std::uint64_t made = 0;
};

}  // namespace dossier::test
