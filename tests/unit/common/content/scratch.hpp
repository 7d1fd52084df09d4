// A database in memory with the tables of contents, and contents to put into it.
#pragma once

#include <string>

#include "common/content/sqlite_contents.hpp"
#include "common/crypto/random.hpp"

namespace dossier::test {

/// `size` bytes that look like nothing else.
inline Bytes some_bytes(std::size_t size, std::uint64_t seed) {
    crypto::SeededRandom random(seed);
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}
inline RecordId record_of(std::uint8_t number) {
    RecordId id;
    id.bytes[0] = 1;
    id.bytes[15] = number;
    return id;
}
inline const Bytes kContentKey(32, 7);

inline content::ContentId id_of(ByteView bytes) {
    return crypto::blake2b({bytes}, kContentKey);
}
inline ByteView piece_of(ByteView bytes, std::uint32_t number) {
    return bytes.subspan(number * content::kChunkBytes, content::chunk_bytes(bytes.size(), number));
}
/// All of it, in one transaction; what `finish` said.
inline content::Contents::Finish keep(sqlite::Connection& db,
                                      const RecordId& record,
                                      ByteView bytes,
                                      const content::ContentId& id) {
    content::SqliteContents contents(db);
    sqlite::Transaction tx(db);
    const auto held = contents.begin(record, id, bytes.size(), {});
    for (std::uint32_t at = 0; at < content::chunks_of(bytes.size()); ++at)
        contents.put(held, at, piece_of(bytes, at));
    const auto done = contents.finish(record, kContentKey);
    tx.commit();
    return done;
}
inline std::int64_t count_in(sqlite::Connection& db, const std::string& table) {
    auto row = db.prepared("SELECT count(*) FROM " + table);
    return row.step() ? row.number(0) : -1;
}

}  // namespace dossier::test
