// The bytes of attachments, as rows of the encrypted database beside the records that name them.
//
// Why rows and not files: a content is put, finished, shared and purged in the same transaction as
// the record it belongs to, so a crash leaves no orphan on either side; its pages are sealed like
// all others, `secure_delete` overwrites them when the last reference goes, and one backup, one
// restore and one verification hold for everything. Files would need a journal, a key store, a
// copier and a collector of their own to promise the same. The price is one database that holds
// the scans too: the table of page versions keeps 2 MB in memory for each GB of contents, and a
// backup copies all of it.
//
// A content is known by a digest under the office's own key: it tells a stranger nothing. Equal
// contents lie once. While it is incomplete it belongs to one record alone, so that nobody gains
// from what somebody else has brought half.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"
#include "common/sqlite/connection.hpp"
#include "common/time/clock.hpp"

namespace dossier::content {

using ContentId = crypto::Digest;

/// Of all chunks but the last. With its message around it one fills a frame of 64 padding steps,
/// so that it is received whole or not at all and a cut costs no more than this. SPEC.md 10.6.
inline constexpr std::size_t kChunkBytes = 16'352;

constexpr std::uint32_t chunks_of(std::uint64_t size) {
    return static_cast<std::uint32_t>((size + kChunkBytes - 1) / kChunkBytes);
}
constexpr std::size_t chunk_bytes(std::uint64_t size, std::uint32_t number) {
    const std::uint64_t from = std::uint64_t{number} * kChunkBytes;
    return from >= size
               ? 0
               : static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, size - from));
}

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

/// What is held of a record's content.
struct Held {
    std::int64_t no = 0;  ///< of this store
    ContentId id{};
    std::uint64_t size = 0;
    bool whole = false;   ///< every chunk is here and the digest was right
    bool sealed = false;  ///< every chunk is here, and nobody on this side can read it
};

/// Who brought a content, when.
struct Origin {
    DeviceId device;  ///< none = this side itself
    Instant at;
};

class Contents;

/// The digest of a content under a key, chunk after chunk: all of a long one takes a while.
class Digesting {
  public:
    Digesting(const Held& held, ByteView key) : held_(held), hasher_(key) {}

    /// Reads up to `chunks` more of them. True when there is nothing more to read.
    bool read(Contents& contents, std::uint32_t chunks);
    /// Once, after the last; nullopt when a chunk is missing.
    std::optional<crypto::Digest> finish();

  private:
    Held held_;
    crypto::Hasher hasher_;
    std::uint32_t next_ = 0;
    bool missing_ = false;
};

class Contents {
  public:
    explicit Contents(sqlite::Connection& db) : db_(db) {}

    // ---- reading
    std::optional<Held> of(const RecordId& record);
    /// The whole content with this identity, whoever brought it.
    std::optional<Held> whole(const ContentId& id);
    bool has_chunk(const Held& held, std::uint32_t number);
    /// Empty when it is not here; 48 bytes longer when it is sealed.
    Bytes chunk(const Held& held, std::uint32_t number);
    /// One bit a chunk, low bits first; set = here.
    Bytes have(const Held& held);
    /// The digest under `key` of a content whose chunks are all here: its identity under the
    /// office's key, a proof of possession under a nonce. nullopt when a chunk is missing.
    std::optional<crypto::Digest> digest(const Held& held, ByteView key);
    /// Sum of the sizes of what a device has brought or begun to bring since then.
    std::uint64_t brought(const DeviceId& device, Instant since);

    // ---- writing, inside the caller's transaction
    /// Room for the content of a record; what it had begun of another content goes. Of the same
    /// content it is kept. Checked: the record has no whole content.
    Held begin(const RecordId& record,
               const ContentId& id,
               std::uint64_t size,
               const Origin& origin);
    /// False when number or length do not fit. A chunk that is here stays as it is.
    bool put(const Held& held, std::uint32_t number, ByteView bytes);
    enum class Finish : std::uint8_t { Whole, Incomplete, Damaged };
    /// Proves what was put against the identity and makes it whole; the same content that is here
    /// already takes its place. Damaged: nothing of it is kept.
    Finish finish(const RecordId& record, ByteView key);
    /// The same for whoever knows the digest of what was put; nullopt = a chunk is missing.
    Finish finish(const RecordId& record, const std::optional<crypto::Digest>& found);
    /// Names what was put after its bytes are known, before `finish`.
    void rename(const Held& held, const ContentId& id, std::uint64_t size);
    /// The record's content is the whole one with this identity, which is here.
    void share(const RecordId& record, const ContentId& id, const Origin& origin);
    /// From now on only who holds the secret key can read it: chunk by chunk crypto::seal_to. For
    /// all records that refer to it; nobody is given it any more. Checked: it is whole.
    void seal(const Held& held, ByteView public_key);
    /// The record has no content any more; bytes nobody else refers to are erased.
    void drop(const RecordId& record);

    /// Reads everything: chunks, digests, references. `report` gets one line for each thing wrong.
    void verify(ByteView key, const std::function<void(std::string)>& report);

  private:
    void refer(const RecordId& record, std::int64_t no, const Origin& origin);
    void erase_unreferred(std::int64_t no);

    sqlite::Connection& db_;
};

}  // namespace dossier::content
