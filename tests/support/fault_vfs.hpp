// A disk in memory for SQLite that loses power, tears writes, fails calls and lets tests look at
// every byte on its way down. It stands below whatever is tested, as a base VFS given by name.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "common/base/bytes.hpp"

namespace dossier::test {

/// One file: what is on the platter, and what was written since its last sync.
struct DiskFile {
    struct Change {
        bool truncates;
        std::int64_t at;  ///< offset, or the new size
        Bytes bytes;
    };
    Bytes live;     ///< what a reader sees
    Bytes durable;  ///< what the last sync left
    std::vector<Change> unsynced;
};

/// The names of a disk. A name made or removed is durable only after a sync of the directory:
/// as on Debian's "unix" VFS, that is the first sync of a new journal, and xDelete with sync.
struct Disk {
    std::map<std::string, std::shared_ptr<DiskFile>> names;
    std::map<std::string, std::shared_ptr<DiskFile>> durable_names;

    /// Everything written so far becomes durable.
    void settle();
    /// An independent copy.
    [[nodiscard]] Disk clone() const;
    /// What a power cut leaves: each unsynced change dropped, kept or torn at 512-byte sectors,
    /// each unsynced name there or not, by `seed`.
    void lose_power(std::uint64_t seed);
};

/// What a failing call reports.
enum class Failure : std::uint8_t { Io, Full, ShortWrite };

class FaultVfs {
  public:
    explicit FaultVfs(std::string name);
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    ~FaultVfs();

    [[nodiscard]] const char* name() const { return name_.c_str(); }
    Disk disk;

    /// Write, truncate, sync, delete and creation count; reads count where `counts_reads`.
    std::uint64_t calls = 0;
    /// From this call on (numbered from 1) nothing reaches the disk; 0 = never.
    std::uint64_t cut_at = 0;
    /// This call fails, and with `fails_for_good` all after it; 0 = none.
    std::uint64_t fail_at = 0;
    bool fails_for_good = false;
    bool counts_reads = false;
    Failure failure = Failure::Io;
    /// Files opened and not closed yet.
    std::size_t open_files = 0;
    /// Syncs report success and do nothing: a lying disk.
    bool lies_about_sync = false;
    /// Sees every write: file name ("" for a nameless file), offset, bytes.
    std::function<void(const std::string&, std::int64_t, ByteView)> watch;

    /// Counts a call that changes the disk; SQLITE_OK or how it fails.
    int admit(bool reads);
    void apply(DiskFile& file, DiskFile::Change change);
    /// After the power cut: a fresh machine with the same disk.
    void power_on() {
        cut_at = fail_at = calls = 0;
        fails_for_good = false;
    }

  private:
    std::string name_;
    sqlite3_vfs vfs_{};
};

}  // namespace dossier::test
