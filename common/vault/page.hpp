// Pages of the main file: sealing, strict opening, and the seed of a new database.
#pragma once

#include <cstdint>

#include "common/vault/base_file.hpp"
#include "common/vault/database.hpp"

namespace dossier::vault {

/// Page `page` (from 1) opened into `out`, kPageBytes with a zero tail, and held against the
/// version table. Beyond the table's page count: zeros and SQLITE_IOERR_SHORT_READ, because such
/// pages are not of the file (SQLite asks for them inside a transaction).
/// Errors: SQLITE_IOERR_DATA with kDamagedPage, kStalePage or kForeignPage recorded.
int read_page(Database& db, BaseFile& file, std::uint32_t page, std::uint8_t* out);

/// Page 1 opened without asking the version table: SQLite reads its first bytes before it recovers
/// the write-ahead log, when the table may be older than the page. False when it does not open.
bool read_first_page_unversioned(Database& db, BaseFile& file, std::uint8_t* out);

/// SQLITE_IOERR_DATA with kForeignPage recorded when `plain` leaves no room for the trailer or is a
/// page 1 of another geometry, as pages copied from an unencrypted database are. Asked before a
/// page enters the log, where it would be stuck.
int refuse_unfit(Database& db, std::uint32_t page, const std::uint8_t* plain);

/// Fills the room no cell uses with zeros: SQLite leaves a copy there of each cell it moves away,
/// which `secure_delete` does not reach. `page` of kPageBody bytes, of a file of `pages`; pages
/// that are no leaf or branch of a tree stay as they are. Above 64 GB so do all: an overflow page
/// begins with the number of its next, and large numbers look like the beginning of a tree page.
/// Source: https://www.sqlite.org/fileformat2.html section 1.6.
void clear_unused(std::uint32_t number, std::uint32_t pages, std::uint8_t* page);

/// Seals and writes one page, its unused room cleared, and notes its version. `plain` of kPageBytes
/// ends in a zero tail.
int write_page(Database& db, BaseFile& file, std::uint32_t page, const std::uint8_t* plain);

/// Seals zero pages up to and including page `last`, so that no page of the file is ever unsealed.
int fill_gap(Database& db, BaseFile& file, std::uint32_t last);

/// Seals the first page of an empty database, already in WAL mode, into kPageBytes at `sealed`;
/// returns its version. A vault born so never needs a rollback journal.
std::uint64_t seal_seed_page(Codec& codec, std::uint8_t* sealed);

}  // namespace dossier::vault
