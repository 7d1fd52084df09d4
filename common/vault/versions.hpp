// The page-version table: which sealing of each page of the main file is the newest. Refuses old
// pages that were put back, and knows how many pages the file must have.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "common/base/result.hpp"
#include "common/vault/base_file.hpp"
#include "common/vault/codec.hpp"

namespace dossier::vault {

using VaultId = std::array<std::uint8_t, 16>;

/// How far the write-ahead log was durable when the table was stored: a log of an older
/// generation, or of this one with fewer frames, is an old log put back.
struct WalMark {
    std::uint64_t generation = 0;
    std::uint64_t frames = 0;
};

/// What a copy of the vault can be told by. `digest` differs between two copies that went
/// different ways from the same generation.
struct Mark {
    VaultId vault;
    std::uint64_t generation;
    std::array<std::uint8_t, 16> digest;
};

/// A log of sealed records in `<database>-versions`; when it grows long, a full record starts the
/// other file, `<database>-versions2`, and the two take turns.
/// Layout: record = length(4) ‖ cipher(length) ‖ trailer(40), place = Versions, index in the file;
/// plain = vault(16) ‖ file(16) ‖ generation(8) ‖ wal generation(8) ‖ wal frames(8) ‖ pages(4) ‖
/// kind(1) ‖ full: pages × version(8), or changes: n × (page(4) ‖ version(8)).
///
/// Why a crash never accuses an honest page: the table is stored before the write-ahead log may
/// be reset, so every page newer than the stored table is still in the log and read from there.
/// Thread: any.
class VersionTable {
  public:
    VersionTable(sqlite3_vfs& base, std::string database, Codec& codec, std::size_t log_bytes_max);

    /// Starts the table of a new vault with one page and stores it.
    int create(const VaultId& vault, std::uint64_t first_page, crypto::Random& random);
    /// Errors: kDamagedVersions.
    Status load();

    [[nodiscard]] std::uint32_t pages() const;
    /// 0 for a page the table does not list.
    [[nodiscard]] std::uint64_t version(std::uint32_t page) const;
    [[nodiscard]] WalMark wal_mark() const;
    [[nodiscard]] Mark mark() const;

    /// `page` is at most pages() + 1.
    void set(std::uint32_t page, std::uint64_t version);
    void shrink(std::uint32_t pages);
    /// Stores what changed since the last time, durably; nothing to do when nothing changed.
    int store(WalMark wal);

  private:
    struct Image {
        VaultId vault{};
        VaultId file{};
        std::uint64_t generation = 0;
        WalMark wal;
        std::vector<std::uint64_t> versions;
        std::uint64_t records = 0;
        std::int64_t end = 0;
        std::array<std::uint8_t, 16> digest{};
        bool broken = false;  ///< a record fails although one after it holds
    };
    enum class Kind : std::uint8_t { Full = 0, Changes = 1 };

    [[nodiscard]] std::string path(unsigned which) const;
    int open(unsigned which, int flags);
    Image read_image(BaseFile& file);
    bool read_record(BaseFile& file, Image& image, std::int64_t size);
    static bool apply(Image& image, ByteView plain);
    Bytes plain_record(Kind kind, const std::vector<std::uint32_t>& changed, WalMark wal) const;
    int append(ByteView plain);
    int begin_other_file(WalMark wal);

    sqlite3_vfs& base_;
    std::string database_;
    Codec& codec_;
    std::size_t log_bytes_max_;

    std::mutex storing_;  ///< held through a store, so that records keep their order
    BaseFile file_;
    unsigned which_ = 0;

    mutable std::mutex entries_;
    Image image_;
    std::vector<std::uint32_t> dirty_;
    bool resized_ = false;
};

}  // namespace dossier::vault
