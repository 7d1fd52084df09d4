// Changesets that wait outside the door, and what devices brought in a day.
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kSelect = R"sql(
    SELECT number, device, epoch, oseq, user, at_ms, received_at_ms, why, waits_for, body,
           settled_at_ms
    FROM office_withheld )sql";

WithheldRow row_from(const sqlite::Statement& row) {
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

std::vector<WithheldRow> all(sqlite::Statement& rows) {
    std::vector<WithheldRow> found;
    while (rows.step()) found.push_back(row_from(rows));
    return found;
}

}  // namespace

std::uint64_t SqliteStore::withhold(const WithheldRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_withheld(device, epoch, oseq, user, at_ms, received_at_ms, why,
            waits_for, body)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING number)sql";
    auto to = db_.prepared(kSql);
    to.bind(row.device, row.epoch, row.oseq, row.user, row.at.ms, row.received_at.ms,
            static_cast<int>(row.why), row.waits_for, row.body);
    const std::uint64_t number = to.step() ? to.counter(0) : 0;
    to.run();
    return number;
}

std::optional<WithheldRow> SqliteStore::withheld(std::uint64_t number) {
    static const std::string kSql = std::string(kSelect) + "WHERE number=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(number).step()) return std::nullopt;
    return row_from(row);
}

std::vector<WithheldRow> SqliteStore::withheld() {
    static const std::string kSql = std::string(kSelect) + "WHERE settled_at_ms=0 ORDER BY number";
    auto rows = db_.prepared(kSql);
    return all(rows);
}

std::vector<WithheldRow> SqliteStore::withheld_for(const RecordId& record) {
    static const std::string kSql =
        std::string(kSelect) + "WHERE settled_at_ms=0 AND waits_for=?1 ORDER BY number";
    auto rows = db_.prepared(kSql);
    rows.bind(record);
    return all(rows);
}

void SqliteStore::settle_withheld(std::uint64_t number, Instant at) {
    db_.prepared("UPDATE office_withheld SET settled_at_ms=?2 WHERE number=?1")
        .bind(number, at.ms)
        .run();
}

DeviceUsage SqliteStore::usage(const DeviceId& device, std::int64_t day) {
    auto row = db_.prepared(
        "SELECT ops, bytes, created, cases FROM office_usage WHERE device=?1 AND day=?2");
    if (!row.bind(device, day).step()) return {};
    return {row.counter(0), row.counter(1), row.counter(2), row.counter(3)};
}

void SqliteStore::save_usage(const DeviceId& device, std::int64_t day, const DeviceUsage& usage) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_usage(device, day, ops, bytes, created, cases)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT(device, day) DO UPDATE SET ops = excluded.ops, bytes = excluded.bytes,
            created = excluded.created, cases = excluded.cases)sql";
    db_.prepared(kSql).bind(device, day, usage.ops, usage.bytes, usage.created, usage.cases).run();
}

}  // namespace dossier::server
