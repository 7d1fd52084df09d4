// Devices, invites, verdicts and finished sessions.
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kSelectDevice = R"sql(
    SELECT device, user, code, public_key, state, epoch, applied_oseq, outbox_head,
           last_session_ms, clock_floor_ms, clock_offset_ms, schema, enrolled_at_ms,
           stopped_at_ms, wipe, wiped_at_ms
    FROM office_device )sql";

DeviceRow device_from(const sqlite::Statement& row) {
    return {.device = row.id<DeviceId>(0),
            .user = row.id<UserId>(1),
            .code = std::string(row.text(2)),
            .public_key = row.fixed<32>(3),
            .state = static_cast<std::uint8_t>(row.number(4)),
            .epoch = static_cast<std::uint32_t>(row.number(5)),
            .applied_oseq = row.counter(6),
            .outbox_head = row.fixed<32>(7),
            .last_session = {row.number(8)},
            .clock_floor = {row.number(9)},
            .clock_offset_ms = row.number(10),
            .schema = static_cast<std::uint32_t>(row.number(11)),
            .enrolled_at = {row.number(12)},
            .stopped_at = {row.number(13)},
            .wipe = static_cast<WipeState>(row.number(14)),
            .wiped_at = {row.number(15)}};
}

}  // namespace

std::optional<DeviceRow> SqliteStore::device(const DeviceId& device) {
    static const std::string kSql = std::string(kSelectDevice) + "WHERE device=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(device).step()) return std::nullopt;
    return device_from(row);
}

std::optional<DeviceRow> SqliteStore::device_by_key(ByteView public_key) {
    static const std::string kSql = std::string(kSelectDevice) + "WHERE public_key=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(public_key).step()) return std::nullopt;
    return device_from(row);
}

std::vector<DeviceRow> SqliteStore::devices() {
    static const std::string kSql = std::string(kSelectDevice) + "ORDER BY device";
    auto rows = db_.prepared(kSql);
    std::vector<DeviceRow> found;
    while (rows.step()) found.push_back(device_from(rows));
    return found;
}

void SqliteStore::save_device(const DeviceRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_device(device, user, code, public_key, state, epoch, applied_oseq,
            outbox_head, last_session_ms, clock_floor_ms, clock_offset_ms, schema, enrolled_at_ms,
            stopped_at_ms, wipe, wiped_at_ms)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT(device) DO UPDATE SET user = excluded.user, code = excluded.code,
            public_key = excluded.public_key, state = excluded.state, epoch = excluded.epoch,
            applied_oseq = excluded.applied_oseq, outbox_head = excluded.outbox_head,
            last_session_ms = excluded.last_session_ms, clock_floor_ms = excluded.clock_floor_ms,
            clock_offset_ms = excluded.clock_offset_ms, schema = excluded.schema,
            enrolled_at_ms = excluded.enrolled_at_ms, stopped_at_ms = excluded.stopped_at_ms,
            wipe = excluded.wipe, wiped_at_ms = excluded.wiped_at_ms)sql";
    auto to = db_.prepared(kSql);
    to.bind(row.device, row.user, row.code, row.public_key, row.state, row.epoch, row.applied_oseq,
            row.outbox_head, row.last_session.ms, row.clock_floor.ms, row.clock_offset_ms,
            row.schema, row.enrolled_at.ms, row.stopped_at.ms, static_cast<int>(row.wipe),
            row.wiped_at.ms);
    // Devices without a channel key (the office's own) do not share one.
    if (row.public_key == decltype(row.public_key){}) to.put(4, std::nullopt);
    to.run();
}

std::optional<InviteRow> SqliteStore::invite(ByteView id) {
    static constexpr std::string_view kSql = R"sql(
        SELECT id, secret_hash, user, expires_at_ms, attempts_left, used_by, made_by
        FROM office_invite WHERE id=?1)sql";
    auto row = db_.prepared(kSql);
    if (!row.bind(id).step()) return std::nullopt;
    return InviteRow{.id = row.fixed<8>(0),
                     .secret_hash = row.fixed<32>(1),
                     .user = row.id<UserId>(2),
                     .expires_at = {row.number(3)},
                     .attempts_left = static_cast<int>(row.number(4)),
                     .used_by = row.id<DeviceId>(5),
                     .made_by = row.id<UserId>(6)};
}

void SqliteStore::save_invite(const InviteRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_invite(id, secret_hash, user, expires_at_ms, attempts_left, used_by,
            made_by)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT(id) DO UPDATE SET secret_hash = excluded.secret_hash, user = excluded.user,
            expires_at_ms = excluded.expires_at_ms, attempts_left = excluded.attempts_left,
            used_by = excluded.used_by, made_by = excluded.made_by)sql";
    db_.prepared(kSql)
        .bind(row.id, row.secret_hash, row.user, row.expires_at.ms, row.attempts_left, row.used_by,
              row.made_by)
        .run();
}

void SqliteStore::save_verdicts(const DeviceId& device,
                                std::uint32_t epoch,
                                std::uint64_t oseq,
                                const Digest& head,
                                ByteView verdicts) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_verdict(device, epoch, oseq, head, verdicts)
        VALUES(?1, ?2, ?3, ?4, ?5))sql";
    db_.prepared(kSql).bind(device, epoch, oseq, head, verdicts).run();
}

std::optional<Store::StoredVerdicts> SqliteStore::verdicts(const DeviceId& device,
                                                           std::uint32_t epoch,
                                                           std::uint64_t oseq) {
    static constexpr std::string_view kSql = R"sql(
        SELECT head, verdicts FROM office_verdict WHERE device=?1 AND epoch=?2 AND oseq=?3)sql";
    auto row = db_.prepared(kSql);
    if (!row.bind(device, epoch, oseq).step()) return std::nullopt;
    return StoredVerdicts{row.fixed<32>(0), row.bytes(1)};
}

std::optional<Store::StoredVerdicts> SqliteStore::verdicts(const DeviceId& device,
                                                           std::uint64_t oseq,
                                                           const Digest& head) {
    static constexpr std::string_view kSql = R"sql(
        SELECT verdicts FROM office_verdict INDEXED BY office_verdict_entry
        WHERE device=?1 AND oseq=?2 AND head=?3 ORDER BY epoch DESC LIMIT 1)sql";
    auto row = db_.prepared(kSql);
    if (!row.bind(device, oseq, head).step()) return std::nullopt;
    return StoredVerdicts{head, row.bytes(0)};
}

}  // namespace dossier::server
