// The bytes of attachments as rows of the encrypted database of either side.
//
// Why rows and not files: a content is put, finished, shared and purged in the same transaction as
// the record it belongs to, so a crash leaves no orphan on either side; its pages are sealed like
// all others, `secure_delete` overwrites them when the last reference goes, and one backup, one
// restore and one verification hold for everything. Files would need a journal, a key store, a
// copier and a collector of their own to promise the same. The price is one database that holds
// the scans too: the table of page versions keeps 2 MB in memory for each GB of contents, and a
// backup copies all of it.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "common/content/contents.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::content {

/// A step of the schema of both stores.
inline constexpr std::string_view kTables = R"sql(
-- whole: 1 = every chunk is here, 2 = and each is sealed to the office
CREATE TABLE content(
    no INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, size INTEGER NOT NULL,
    whole INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX content_whole ON content(id) WHERE whole = 1;
-- place = content * 65536 + number of the chunk
CREATE TABLE content_chunk(place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE content_ref(
    record BLOB PRIMARY KEY, content INTEGER NOT NULL, device BLOB NOT NULL,
    at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX content_ref_content ON content_ref(content);
)sql";

/// Every call inside the caller's transaction.
class SqliteContents final : public Contents {
  public:
    explicit SqliteContents(sqlite::Connection& db) : db_(db) {}
    std::optional<Held> of(const RecordId& record) override;
    std::optional<Held> whole(const ContentId& id) override;
    bool has_chunk(const Held& held, std::uint32_t number) override;
    Bytes chunk(const Held& held, std::uint32_t number) override;
    Bytes have(const Held& held) override;
    std::optional<crypto::Digest> digest(const Held& held, ByteView key) override;
    std::uint64_t brought(const DeviceId& device, Instant since) override;
    Held begin(const RecordId& record,
               const ContentId& id,
               std::uint64_t size,
               const Origin& origin) override;
    bool put(const Held& held, std::uint32_t number, ByteView bytes) override;
    Finish finish(const RecordId& record, ByteView key) override;
    Finish finish(const RecordId& record, const std::optional<crypto::Digest>& found) override;
    void rename(const Held& held, const ContentId& id, std::uint64_t size) override;
    void share(const RecordId& record, const ContentId& id, const Origin& origin) override;
    void seal(const Held& held, ByteView public_key) override;
    void drop(const RecordId& record) override;
    void verify(ByteView key, const std::function<void(std::string)>& report) override;

  private:
    void refer(const RecordId& record, std::int64_t no, const Origin& origin);
    void erase_unreferred(std::int64_t no);

    sqlite::Connection& db_;
};

}  // namespace dossier::content
