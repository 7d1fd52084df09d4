// Changesets that wait outside the door, and what devices brought in a day.
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kSelectWithheld = R"sql(
    SELECT number, device, epoch, oseq, user, at_ms, received_at_ms, why, waits_for, body,
           settled_at_ms
    FROM office_withheld )sql";

WithheldRow withheld_from(const sqlite::Statement& row) {
    return {.number = row.counter(0),
            .device = row.id<DeviceId>(1),
            .epoch = static_cast<std::uint32_t>(row.number(2)),
            .oseq = row.counter(3),
            .user = row.id<UserId>(4),
            .at = {row.number(5)},
            .received_at = {row.number(6)},
            .why = static_cast<WaitReason>(row.number(7)),
            .waits_for = row.id<RecordId>(8),
            .body = row.bytes(9),
            .settled_at = {row.number(10)}};
}

std::vector<WithheldRow> all_withheld(sqlite::Statement& rows) {
    std::vector<WithheldRow> found;
    while (rows.step()) found.push_back(withheld_from(rows));
    return found;
}

void put_made(sqlite::Connection& db, std::uint64_t number, const WithheldRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT OR IGNORE INTO office_withheld_made(record, device, number, op)
        VALUES(?1, ?2, ?3, ?4))sql";
    for (const auto& [record, op] : row.made)
        db.prepared(kSql).bind(record, row.device, number, op).run();
}

}  // namespace

std::uint64_t SqliteStore::withhold(const WithheldRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_withheld(device, epoch, oseq, user, at_ms, received_at_ms, why,
            waits_for, body, made_known)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1) RETURNING number)sql";
    auto to = db_.prepared(kSql);
    to.bind(row.device, row.epoch, row.oseq, row.user, row.at.ms, row.received_at.ms,
            static_cast<int>(row.why), row.waits_for, row.body);
    const std::uint64_t number = to.step() ? to.counter(0) : 0;
    to.run();
    put_made(db_, number, row);
    return number;
}

std::optional<WithheldRow> SqliteStore::withheld(std::uint64_t number) {
    static const std::string kSql = std::string(kSelectWithheld) + "WHERE number=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(number).step()) return std::nullopt;
    return withheld_from(row);
}

std::vector<WithheldRow> SqliteStore::withheld() {
    static const std::string kSql =
        std::string(kSelectWithheld) + "WHERE settled_at_ms=0 ORDER BY number";
    auto rows = db_.prepared(kSql);
    return all_withheld(rows);
}

std::uint64_t SqliteStore::note_arrived(const RecordId& record) {
    const int noted = db_.prepared(
                             "UPDATE office_withheld INDEXED BY office_withheld_open "
                             "SET arrived=1 WHERE settled_at_ms=0 AND waits_for=?1")
                          .bind(record)
                          .run();
    return static_cast<std::uint64_t>(noted);
}

std::vector<WithheldRow> SqliteStore::take_arrived(std::size_t limit) {
    static const std::string kSql = std::string(kSelectWithheld) +
                                    "INDEXED BY office_withheld_arrived WHERE settled_at_ms=0 AND "
                                    "arrived=1 ORDER BY number LIMIT ?1";
    auto rows = db_.prepared(kSql);
    rows.bind(limit);
    auto taken = all_withheld(rows);
    for (const WithheldRow& row : taken)
        db_.prepared("UPDATE office_withheld SET arrived=0 WHERE number=?1").bind(row.number).run();
    return taken;
}

void SqliteStore::settle_withheld(std::uint64_t number, Instant at) {
    db_.prepared("UPDATE office_withheld SET settled_at_ms=?2 WHERE number=?1")
        .bind(number, at.ms)
        .run();
    db_.prepared("DELETE FROM office_withheld_made WHERE number=?1").bind(number).run();
}

std::optional<Bytes> SqliteStore::waiting_maker(const DeviceId& device, const RecordId& record) {
    auto row = db_.prepared(
        "SELECT op FROM office_withheld_made WHERE record=?1 AND device=?2 ORDER BY number "
        "LIMIT 1");
    if (!row.bind(record, device).step()) return std::nullopt;
    return row.bytes(0);
}

std::vector<WithheldRow> SqliteStore::withheld_unread(std::size_t limit) {
    static const std::string kSql =
        std::string(kSelectWithheld) +
        "INDEXED BY office_withheld_unknown WHERE settled_at_ms=0 AND made_known=0 "
        "ORDER BY number LIMIT ?1";
    auto rows = db_.prepared(kSql);
    rows.bind(limit);
    return all_withheld(rows);
}

void SqliteStore::note_made(const WithheldRow& row) {
    put_made(db_, row.number, row);
    db_.prepared("UPDATE office_withheld SET made_known=1 WHERE number=?1").bind(row.number).run();
}

std::vector<WithheldRow> SqliteStore::orphans_unreported(Instant before, std::size_t limit) {
    static const std::string kSql =
        std::string(kSelectWithheld) +
        "INDEXED BY office_withheld_unreported WHERE settled_at_ms=0 AND reported=0 AND why=?1 "
        "AND received_at_ms<=?2 ORDER BY received_at_ms LIMIT ?3";
    auto rows = db_.prepared(kSql);
    rows.bind(static_cast<int>(WaitReason::Parent), before.ms, limit);
    return all_withheld(rows);
}

void SqliteStore::note_reported(std::uint64_t number) {
    db_.prepared("UPDATE office_withheld SET reported=1 WHERE number=?1").bind(number).run();
}

DeviceUsage SqliteStore::usage(const DeviceId& device, std::int64_t day) {
    auto row = db_.prepared(
        "SELECT ops, bytes, created, cases, epochs, spoiled FROM office_usage WHERE device=?1 AND "
        "day=?2");
    if (!row.bind(device, day).step()) return {};
    return {row.counter(0), row.counter(1), row.counter(2),
            row.counter(3), row.counter(4), row.counter(5)};
}

void SqliteStore::save_usage(const DeviceId& device, std::int64_t day, const DeviceUsage& usage) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_usage(device, day, ops, bytes, created, cases, epochs, spoiled)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT(device, day) DO UPDATE SET ops = excluded.ops, bytes = excluded.bytes,
            created = excluded.created, cases = excluded.cases, epochs = excluded.epochs,
            spoiled = excluded.spoiled)sql";
    db_.prepared(kSql)
        .bind(device, day, usage.ops, usage.bytes, usage.created, usage.cases, usage.epochs,
              usage.spoiled)
        .run();
}

}  // namespace dossier::server
