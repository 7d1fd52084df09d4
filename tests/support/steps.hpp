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
        // Not the progress handler: the product's own walks use that.
        return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, &Steps::ended, nullptr);
    }
    static int ended(unsigned, void*, void* statement, void*) {
        made += static_cast<std::uint64_t>(sqlite3_stmt_status(
            static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1));
        return 0;
    }

    inline static std::uint64_t made = 0;
};

}  // namespace dossier::test
