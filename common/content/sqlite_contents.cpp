#include "common/content/sqlite_contents.hpp"

#include "common/base/check.hpp"

namespace dossier::content {
namespace {

constexpr std::int64_t kPlacesEach = 65'536;
constexpr std::int64_t kWhole = 1;
constexpr std::int64_t kSealed = 2;

std::int64_t place_of(const Held& held, std::uint32_t number) {
    return held.no * kPlacesEach + number;
}

Held held_from(const sqlite::Statement& row) {
    return {row.number(0), row.fixed<32>(1), row.counter(2), row.number(3) == kWhole,
            row.number(3) == kSealed};
}

}  // namespace

std::optional<Held> SqliteContents::of(const RecordId& record) {
    auto row = db_.prepared(
        "SELECT c.no, c.id, c.size, c.whole FROM content_ref r JOIN content c ON c.no = r.content "
        "WHERE r.record=?1");
    if (!row.bind(record).step()) return std::nullopt;
    return held_from(row);
}

std::optional<Held> SqliteContents::whole(const ContentId& id) {
    auto row = db_.prepared("SELECT no, id, size, whole FROM content WHERE id=?1 AND whole=1");
    if (!row.bind(id).step()) return std::nullopt;
    return held_from(row);
}

bool SqliteContents::has_chunk(const Held& held, std::uint32_t number) {
    return db_.prepared("SELECT 1 FROM content_chunk WHERE place=?1")
        .bind(place_of(held, number))
        .step();
}

Bytes SqliteContents::chunk(const Held& held, std::uint32_t number) {
    auto row = db_.prepared("SELECT bytes FROM content_chunk WHERE place=?1");
    if (!row.bind(place_of(held, number)).step()) return {};
    return row.bytes(0);
}

Bytes SqliteContents::have(const Held& held) {
    Bytes bits((chunks_of(held.size) + 7) / 8);
    auto row = db_.prepared("SELECT place FROM content_chunk WHERE place>=?1 AND place<?2");
    row.bind(place_of(held, 0), place_of(held, chunks_of(held.size)));
    while (row.step()) {
        const auto number = static_cast<std::size_t>(row.number(0) - place_of(held, 0));
        bits[number / 8] = static_cast<std::uint8_t>(bits[number / 8] | (1U << (number % 8)));
    }
    return bits;
}

std::optional<crypto::Digest> SqliteContents::digest(const Held& held, ByteView key) {
    Digesting all(held, key);
    all.read(*this, chunks_of(held.size));
    return all.finish();
}

std::uint64_t SqliteContents::brought(const DeviceId& device, Instant since) {
    auto row = db_.prepared(
        "SELECT coalesce(sum(c.size), 0) FROM content_ref r JOIN content c ON c.no = r.content "
        "WHERE r.device=?1 AND r.at_ms>=?2");
    return row.bind(device, since.ms).step() ? row.counter(0) : 0;
}

Held SqliteContents::begin(const RecordId& record,
                           const ContentId& id,
                           std::uint64_t size,
                           const Origin& origin) {
    if (const auto begun = of(record)) {
        DOSSIER_CHECK(!begun->whole && !begun->sealed);
        if (begun->id == id && begun->size == size) return *begun;
        drop(record);
    }
    db_.prepared("INSERT INTO content(id, size, whole) VALUES(?1, ?2, 0)").bind(id, size).run();
    const Held held{db_.last_row(), id, size, false};
    refer(record, held.no, origin);
    return held;
}

bool SqliteContents::put(const Held& held, std::uint32_t number, ByteView bytes) {
    if (number >= chunks_of(held.size) || bytes.size() != chunk_bytes(held.size, number))
        return false;
    db_.prepared("INSERT OR IGNORE INTO content_chunk(place, bytes) VALUES(?1, ?2)")
        .bind(place_of(held, number), bytes)
        .run();
    return true;
}

Contents::Finish SqliteContents::finish(const RecordId& record, ByteView key) {
    const auto held = of(record);
    return finish(record, held && !held->whole ? digest(*held, key) : std::nullopt);
}

Contents::Finish SqliteContents::finish(const RecordId& record,
                                        const std::optional<crypto::Digest>& found) {
    const auto held = of(record);
    if (!held) return Finish::Incomplete;
    if (held->whole) return Finish::Whole;
    if (!found) return Finish::Incomplete;
    if (*found != held->id) {
        drop(record);
        return Finish::Damaged;
    }
    const auto same = whole(held->id);
    if (!same) {
        db_.prepared("UPDATE content SET whole=1 WHERE no=?1").bind(held->no).run();
        return Finish::Whole;
    }
    db_.prepared("UPDATE content_ref SET content=?2 WHERE record=?1").bind(record, same->no).run();
    erase_unreferred(held->no);
    return Finish::Whole;
}

void SqliteContents::rename(const Held& held, const ContentId& id, std::uint64_t size) {
    db_.prepared("UPDATE content SET id=?2, size=?3 WHERE no=?1 AND whole=0")
        .bind(held.no, id, size)
        .run();
}

void SqliteContents::share(const RecordId& record, const ContentId& id, const Origin& origin) {
    const auto same = whole(id);
    DOSSIER_CHECK(same.has_value());
    if (const auto begun = of(record)) {
        if (begun->no == same->no) return;
        drop(record);
    }
    refer(record, same->no, origin);
}

void SqliteContents::seal(const Held& held, ByteView public_key) {
    DOSSIER_CHECK(held.whole);
    for (std::uint32_t number = 0; number < chunks_of(held.size); ++number) {
        const Bytes sealed = crypto::seal_to(public_key, chunk(held, number));
        db_.prepared("UPDATE content_chunk SET bytes=?2 WHERE place=?1")
            .bind(place_of(held, number), sealed)
            .run();
    }
    db_.prepared("UPDATE content SET whole=?2 WHERE no=?1").bind(held.no, kSealed).run();
}

void SqliteContents::drop(const RecordId& record) {
    const auto held = of(record);
    if (!held) return;
    db_.prepared("DELETE FROM content_ref WHERE record=?1").bind(record).run();
    erase_unreferred(held->no);
}

void SqliteContents::refer(const RecordId& record, std::int64_t no, const Origin& origin) {
    db_.prepared("INSERT INTO content_ref(record, content, device, at_ms) VALUES(?1, ?2, ?3, ?4)")
        .bind(record, no, origin.device, origin.at.ms)
        .run();
}

void SqliteContents::erase_unreferred(std::int64_t no) {
    if (db_.prepared("SELECT 1 FROM content_ref WHERE content=?1 LIMIT 1").bind(no).step()) return;
    db_.prepared("DELETE FROM content_chunk WHERE place>=?1 AND place<?2")
        .bind(no * kPlacesEach, (no + 1) * kPlacesEach)
        .run();
    db_.prepared("DELETE FROM content WHERE no=?1").bind(no).run();
}

void SqliteContents::verify(ByteView key, const std::function<void(std::string)>& report) {
    std::vector<Held> all;
    {
        auto rows = db_.prepared("SELECT no, id, size, whole FROM content");
        while (rows.step()) all.push_back(held_from(rows));
    }
    for (const Held& held : all) {
        const std::string name = "content " + to_hex(ByteView(held.id).first(8));
        if (held.whole && digest(held, key) != held.id) report(name + " does not match its digest");
        if (!db_.prepared("SELECT 1 FROM content_ref WHERE content=?1 LIMIT 1")
                 .bind(held.no)
                 .step())
            report(name + " belongs to no record");
    }
    auto lost = db_.prepared(
        "SELECT count(*) FROM content_ref WHERE content NOT IN (SELECT no FROM content)");
    if (lost.step() && lost.number(0) > 0) report("a record refers to a content that is not there");
    auto stray = db_.prepared(
        "SELECT count(*) FROM content_chunk WHERE place / 65536 NOT IN (SELECT no FROM content)");
    if (stray.step() && stray.number(0) > 0) report("chunks of a content that is not there");
}

}  // namespace dossier::content
