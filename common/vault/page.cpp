#include "common/vault/page.hpp"

#include <algorithm>
#include <string_view>

#include "common/vault/faults.hpp"

namespace dossier::vault {
namespace {

constexpr std::string_view kDatabaseMagic("SQLite format 3\0", 16);
/// Numbers of pages from 0x02000000 on begin with the byte of a tree page; half of that leaves room
/// for pages a checkpoint is about to add.
constexpr std::uint32_t kPagesTellable = 0x0100'0000;
constexpr std::size_t kFirstHeaderAt = 100;  // page 1 begins with the header of the file

std::int64_t page_at(std::uint32_t page) {
    return std::int64_t{page - 1} * std::int64_t{kPageBytes};
}

int fault(Database& db, const Fault& what, std::uint32_t page) {
    return db.faults.put(SQLITE_IOERR_DATA, {&what, {std::to_string(page)}});
}

/// Page 1 tells SQLite the geometry; another one would leave no room for the trailer.
bool has_our_geometry(const std::uint8_t* first_page) {
    return std::equal(kDatabaseMagic.begin(), kDatabaseMagic.end(), first_page,
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }) &&
           first_page[16] == 0x10 && first_page[17] == 0 && first_page[20] == kTrailerBytes;
}

bool open_page(Database& db, std::uint32_t page, std::uint8_t* bytes) {
    return db.codec.open({Role::Page, page}, {bytes, kPageBody}, bytes + kPageBody, bytes);
}

}  // namespace

int read_page(Database& db, BaseFile& file, std::uint32_t page, std::uint8_t* out) {
    const std::uint64_t version = db.versions.version(page);
    if (version == 0) {
        std::fill_n(out, kPageBytes, std::uint8_t{0});
        return SQLITE_IOERR_SHORT_READ;
    }
    const int rc = file.read(out, kPageBytes, page_at(page));
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return db.checked(rc);
    const std::uint64_t found = version_of(out + kPageBody);
    if (rc != SQLITE_OK || !open_page(db, page, out)) return fault(db, kDamagedPage, page);
    if (found != version) return fault(db, kStalePage, page);
    std::fill_n(out + kPageBody, kTrailerBytes, std::uint8_t{0});
    if (page == 1 && !has_our_geometry(out)) return fault(db, kForeignPage, page);
    return SQLITE_OK;
}

bool read_first_page_unversioned(Database& db, BaseFile& file, std::uint8_t* out) {
    if (file.read(out, kPageBytes, 0) != SQLITE_OK || !open_page(db, 1, out)) return false;
    std::fill_n(out + kPageBody, kTrailerBytes, std::uint8_t{0});
    return has_our_geometry(out);
}

int refuse_unfit(Database& db, std::uint32_t page, const std::uint8_t* plain) {
    const bool tail_is_zero = std::all_of(plain + kPageBody, plain + kPageBytes,
                                          [](std::uint8_t byte) { return byte == 0; });
    const bool fits = tail_is_zero && (page != 1 || has_our_geometry(plain));
    return fits ? SQLITE_OK : fault(db, kForeignPage, page);
}

void clear_unused(std::uint32_t number, std::uint32_t pages, std::uint8_t* page) {
    if (pages >= kPagesTellable) return;
    const std::uint8_t* header = page + (number == 1 ? kFirstHeaderAt : 0);
    const bool is_branch = header[0] == 0x02 || header[0] == 0x05;
    const bool is_leaf = header[0] == 0x0A || header[0] == 0x0D;
    if (!is_branch && !is_leaf) return;
    const auto cells = static_cast<std::size_t>(header[3]) << 8U | header[4];
    const auto content = static_cast<std::size_t>(header[5]) << 8U | header[6];
    const auto begin = static_cast<std::size_t>(header - page) + (is_branch ? 12U : 8U) + 2 * cells;
    if (begin < content && content <= kPageBody) std::fill(page + begin, page + content, 0);
}

int write_page(Database& db, BaseFile& file, std::uint32_t page, const std::uint8_t* plain) {
    const int fit = refuse_unfit(db, page, plain);
    if (fit != SQLITE_OK) return fit;
    std::uint8_t sealed[kPageBytes];
    std::copy_n(plain, kPageBody, sealed);
    clear_unused(page, db.versions.pages(), sealed);
    db.codec.seal({Role::Page, page}, {sealed, kPageBody}, sealed, sealed + kPageBody);
    const int rc = file.write(sealed, page_at(page));
    if (rc != SQLITE_OK) return db.checked(rc);
    db.versions.set(page, version_of(sealed + kPageBody));
    return SQLITE_OK;
}

int fill_gap(Database& db, BaseFile& file, std::uint32_t last) {
    static constexpr std::uint8_t kZeros[kPageBytes] = {};
    for (std::uint32_t page = db.versions.pages() + 1; page <= last; ++page) {
        const int rc = write_page(db, file, page, kZeros);
        if (rc != SQLITE_OK) return rc;
    }
    return SQLITE_OK;
}

std::uint64_t seal_seed_page(Codec& codec, std::uint8_t* sealed) {
    std::fill_n(sealed, kPageBytes, std::uint8_t{0});
    std::copy(kDatabaseMagic.begin(), kDatabaseMagic.end(), sealed);
    sealed[16] = 0x10;            // page size 4096, big-endian
    sealed[18] = sealed[19] = 2;  // WAL for writing and for reading
    sealed[20] = kTrailerBytes;   // reserved bytes of each page
    sealed[21] = 64;              // the three fixed payload fractions
    sealed[22] = sealed[23] = 32;
    sealed[31] = 1;  // pages in the database
    for (std::size_t i = 0; i < 4; ++i) {
        sealed[68 + i] = static_cast<std::uint8_t>(kApplicationId >> (24 - 8 * i));
    }
    sealed[kFirstHeaderAt] = 0x0D;  // an empty leaf of the schema table
    sealed[105] = kPageBody >> 8U;  // where its content area begins
    sealed[106] = kPageBody & 0xFFU;
    codec.seal({Role::Page, 1}, {sealed, kPageBody}, sealed, sealed + kPageBody);
    return version_of(sealed + kPageBody);
}

}  // namespace dossier::vault
