// The ledger of sync sessions.
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

/// The columns in the order of `session_from` and of the parameters of `save_session`.
const std::string kColumns =
    "id, device, user, started_at_ms, ended_at_ms, finished, verified, unsent, oldest_op_at_ms, "
    "changesets, ops, applied, merged, converged, superseded, cases, proposals, late, rejected, "
    "facets_sent, bytes_in, bytes_out, repairs, clock_offset_ms, schema, app_version, bytes_acked, "
    "facets_acked";
const std::string kSelectSession = "SELECT " + kColumns + " FROM office_session ";

template <class Row>
SessionRow session_from(Row& row) {
    return {.id = row.counter(0),
            .device = row.template id<DeviceId>(1),
            .user = row.template id<UserId>(2),
            .started_at = {row.number(3)},
            .ended_at = {row.number(4)},
            .finished = row.number(5) != 0,
            .verified = row.number(6) != 0,
            .unsent = row.counter(7),
            .oldest_op_at = {row.number(8)},
            .changesets = row.counter(9),
            .ops = row.counter(10),
            .applied = row.counter(11),
            .merged = row.counter(12),
            .converged = row.counter(13),
            .superseded = row.counter(14),
            .cases = row.counter(15),
            .proposals = row.counter(16),
            .late = row.counter(17),
            .rejected = row.counter(18),
            .facets_sent = row.counter(19),
            .bytes_in = row.counter(20),
            .bytes_out = row.counter(21),
            .bytes_acked = row.counter(26),
            .facets_acked = row.counter(27),
            .repairs = row.counter(22),
            .clock_offset_ms = row.number(23),
            .schema = static_cast<std::uint32_t>(row.number(24)),
            .app_version = std::string(row.text(25))};
}

template <class Rows>
std::vector<SessionRow> all_sessions(Rows rows) {
    std::vector<SessionRow> found;
    while (rows.step()) found.push_back(session_from(rows));
    return found;
}

}  // namespace

void SqliteStore::save_session(SessionRow& row) {
    static const std::string kSql =
        "INSERT OR REPLACE INTO office_session(" + kColumns +
        ") VALUES(NULLIF(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
        "?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";
    db_.prepared(kSql)
        .bind(row.id, row.device, row.user, row.started_at.ms, row.ended_at.ms, row.finished,
              row.verified, row.unsent, row.oldest_op_at.ms, row.changesets, row.ops, row.applied,
              row.merged, row.converged, row.superseded, row.cases, row.proposals, row.late,
              row.rejected, row.facets_sent, row.bytes_in, row.bytes_out, row.repairs,
              row.clock_offset_ms, row.schema, row.app_version, row.bytes_acked, row.facets_acked)
        .run();
    if (row.id == 0) row.id = static_cast<std::uint64_t>(db_.last_row());
}

std::vector<SessionRow> SqliteStore::sessions(std::size_t limit) {
    auto rows = db_.prepared(kSelectSession + "ORDER BY id DESC LIMIT ?1");
    rows.bind(limit);
    return all_sessions(std::move(rows));
}

std::vector<SessionRow> SqliteStore::sessions_of(const DeviceId& device, std::size_t limit) {
    auto rows = db_.prepared(kSelectSession + "WHERE device=?1 ORDER BY id DESC LIMIT ?2");
    rows.bind(device, limit);
    return all_sessions(std::move(rows));
}

std::optional<SessionRow> SqliteStore::session(std::uint64_t id) {
    auto rows = db_.prepared(kSelectSession + "WHERE id=?1");
    if (!rows.bind(id).step()) return std::nullopt;
    return session_from(rows);
}

}  // namespace dossier::server
