// Facets and the logs of the scopes they lie in.
#include <algorithm>
#include <utility>

#include "common/base/check.hpp"
#include "common/base/plant.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

// protocol::DeviceState: those that sync or will again; a revoked or lost one is enrolled anew.
constexpr int kActiveDevice = 2;
constexpr int kSuspendedDevice = 3;

Scope scope_from(const sqlite::Statement& row, int column) {
    return {static_cast<access::ScopeSort>(row.number(column)), row.id<RecordId>(column + 1)};
}

}  // namespace

std::optional<FacetState> SqliteStore::facet(const RecordId& record, Facet facet) {
    auto row = db_.prepared("SELECT fv, hash FROM office_facet WHERE record=?1 AND facet=?2");
    if (!row.bind(record, static_cast<int>(facet)).step()) return std::nullopt;
    return FacetState{Fv{row.counter(0)}, row.fixed<32>(1)};
}

void SqliteStore::set_facet(const RecordId& record, Facet facet, const FacetState& state) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_facet(record, facet, fv, hash) VALUES(?1, ?2, ?3, ?4)
        ON CONFLICT(record, facet) DO UPDATE SET fv = excluded.fv, hash = excluded.hash)sql";
    db_.prepared(kSql).bind(record, static_cast<int>(facet), state.fv, state.hash).run();
}

SqliteStore::ScopeRow* SqliteStore::find_scope(const Scope& scope) {
    const auto known = scopes_.find(scope);
    if (known != scopes_.end()) return &known->second;
    auto row =
        db_.prepared("SELECT id, sseq, count, set_hash FROM office_scope WHERE sort=?1 AND of=?2");
    if (!row.bind(static_cast<int>(scope.sort), scope.of).step()) return nullptr;
    const ScopeSummary summary{SSeq{row.counter(1)}, row.counter(2), {row.fixed<32>(3)}};
    return &scopes_.emplace(scope, ScopeRow{row.number(0), summary}).first->second;
}

SqliteStore::ScopeRow& SqliteStore::make_scope(const Scope& scope) {
    if (ScopeRow* known = find_scope(scope)) return *known;
    static constexpr std::string_view kSql =
        "INSERT INTO office_scope(sort, of, sseq, count, set_hash) VALUES(?1, ?2, 0, 0, ?3)";
    db_.prepared(kSql).bind(static_cast<int>(scope.sort), scope.of, Digest{}).run();
    return *find_scope(scope);
}

void SqliteStore::advance(ScopeRow& row) {
    row.summary.sseq = row.summary.sseq.next();
    if (!std::exchange(row.changed, true)) changed_scopes_.push_back(&row);
}

std::vector<Scope> SqliteStore::memberships(const RecordId& record, Facet facet) {
    static constexpr std::string_view kSql = R"sql(
        SELECT s.sort, s.of FROM office_scope_log l JOIN office_scope s ON s.id = l.scope
        WHERE l.record=?1 AND l.facet=?2 AND l.present ORDER BY s.sort, s.of)sql";
    auto rows = db_.prepared(kSql);
    rows.bind(record, static_cast<int>(facet));
    std::vector<Scope> scopes;
    while (rows.step()) scopes.push_back(scope_from(rows, 0));
    return scopes;
}

void SqliteStore::put_in_scope(const Scope& scope,
                               const Place& place,
                               Facet facet,
                               const std::optional<Digest>& old_hash,
                               const Digest& hash) {
    // A facet that is there must be renewed, one that is not must enter: else the sum would drift.
    static constexpr std::string_view kRenew = R"sql(
        UPDATE office_scope_log SET sseq=?4 WHERE record=?1 AND facet=?2 AND scope=?3
        AND present)sql";
    static constexpr std::string_view kEnter = R"sql(
        INSERT INTO office_scope_log(record, facet, scope, sseq, kind, present)
        VALUES(?1, ?2, ?3, ?4, ?5, 1)
        ON CONFLICT(record, facet, scope) DO UPDATE SET sseq = excluded.sseq, present = 1
        WHERE NOT present)sql";
    ScopeRow& row = make_scope(scope);
    ScopeSummary& now = row.summary;
    advance(row);
    const int number = static_cast<int>(facet);
    if (old_hash) {
        const int rows = db_.prepared(kRenew).bind(place.record, number, row.id, now.sseq).run();
        DOSSIER_CHECK(rows == 1);
        now.set_hash.remove(*old_hash);
    } else {
        const int rows =
            db_.prepared(kEnter).bind(place.record, number, row.id, now.sseq, place.kind).run();
        DOSSIER_CHECK(rows == 1);
        ++now.count;
    }
    now.set_hash.add(hash);
}

void SqliteStore::take_from_scope(const Scope& scope,
                                  const Place& place,
                                  Facet facet,
                                  const Digest& old_hash) {
    static constexpr std::string_view kSql = R"sql(
        UPDATE office_scope_log SET sseq=?4, present=0 WHERE record=?1 AND facet=?2 AND scope=?3
        AND present)sql";
    ScopeRow& row = make_scope(scope);
    ScopeSummary& now = row.summary;
    advance(row);
    const int rows =
        db_.prepared(kSql).bind(place.record, static_cast<int>(facet), row.id, now.sseq).run();
    DOSSIER_CHECK(rows == 1);
    --now.count;
    now.set_hash.remove(old_hash);
}

ScopeSummary SqliteStore::summary(const Scope& scope) {
    const ScopeRow* row = find_scope(scope);
    return row == nullptr ? ScopeSummary{} : row->summary;
}

std::vector<ScopeEntry> SqliteStore::log(const Scope& scope, SSeq after, std::size_t limit) {
    static constexpr std::string_view kSql = R"sql(
        SELECT l.sseq, l.record, l.kind, l.facet, l.present,
            iif(l.present, f.fv,
                EXISTS(SELECT 1 FROM office_erased e WHERE e.record = l.record)), f.hash
        FROM office_scope_log l
        LEFT JOIN office_facet f ON l.present AND f.record = l.record AND f.facet = l.facet
        WHERE l.scope=?1 AND l.sseq>?2 ORDER BY l.sseq LIMIT ?3)sql";
    const ScopeRow* row = find_scope(scope);
    if (row == nullptr) return {};
    auto lines = db_.prepared(kSql);
    lines.bind(row->id, after, limit);
    std::vector<ScopeEntry> entries;
    while (lines.step()) {
        entries.push_back({SSeq{lines.counter(0)}, lines.id<RecordId>(1),
                           static_cast<std::uint16_t>(lines.number(2)),
                           static_cast<Facet>(lines.number(3)), lines.number(4) != 0,
                           Fv{lines.counter(5)}, lines.fixed<32>(6)});
    }
    return entries;
}

std::vector<Scope> SqliteStore::held(const DeviceId& device) {
    static constexpr std::string_view kSql = R"sql(
        SELECT s.sort, s.of FROM office_device_scope d JOIN office_scope s ON s.id = d.scope
        WHERE d.device=?1 ORDER BY s.sort, s.of)sql";
    auto rows = db_.prepared(kSql);
    rows.bind(device);
    std::vector<Scope> scopes;
    while (rows.step()) scopes.push_back(scope_from(rows, 0));
    return scopes;
}

void SqliteStore::set_held(const DeviceId& device, const std::vector<Scope>& scopes) {
    static constexpr std::string_view kSql =
        "INSERT OR IGNORE INTO office_device_scope(device, scope) VALUES(?1, ?2)";
    // How far it has those it keeps is not forgotten.
    for (const Scope& scope : held(device)) {
        if (std::find(scopes.begin(), scopes.end(), scope) != scopes.end()) continue;
        db_.prepared("DELETE FROM office_device_scope WHERE device=?1 AND scope=?2")
            .bind(device, make_scope(scope).id)
            .run();
    }
    for (const Scope& scope : scopes) db_.prepared(kSql).bind(device, make_scope(scope).id).run();
}

std::vector<ScopeMember> SqliteStore::members(const Scope& scope) {
    static constexpr std::string_view kSql = R"sql(
        SELECT l.record, l.facet, f.hash FROM office_scope_log l
            JOIN office_facet f ON f.record = l.record AND f.facet = l.facet
        WHERE l.scope=?1 AND l.present ORDER BY l.record, l.facet)sql";
    const ScopeRow* row = find_scope(scope);
    if (row == nullptr) return {};
    auto lines = db_.prepared(kSql);
    lines.bind(row->id);
    std::vector<ScopeMember> members;
    members.reserve(row->summary.count);
    while (lines.step()) {
        members.push_back(
            {lines.id<RecordId>(0), static_cast<Facet>(lines.number(1)), lines.fixed<32>(2)});
    }
    return members;
}

void SqliteStore::set_received(const DeviceId& device, const std::map<Scope, SSeq>& received) {
    static constexpr std::string_view kSql = R"sql(
        UPDATE office_device_scope SET sseq=?3 WHERE device=?1 AND scope=?2 AND sseq<>?3)sql";
    for (const auto& [scope, sseq] : received) {
        if (const ScopeRow* row = find_scope(scope))
            db_.prepared(kSql).bind(device, row->id, sseq).run();
    }
}

std::uint64_t SqliteStore::compact_logs(Instant silent_since) {
    static constexpr std::string_view kPassed = R"sql(
        SELECT s.id, min(s.sseq - 1, coalesce((
            SELECT min(d.sseq) FROM office_device_scope d
                JOIN office_device v ON v.device = d.device
            WHERE d.scope = s.id AND v.state IN (?1, ?3) AND v.last_session_ms >= ?2), s.sseq))
        FROM office_scope s)sql";
    static constexpr std::string_view kForget =
        "DELETE FROM office_scope_log WHERE scope=?1 AND sseq<=?2 AND NOT present";
    flush();
    std::vector<std::pair<std::int64_t, std::int64_t>> passed;
    {
        auto rows = db_.prepared(kPassed);
        const int also = is_planted(Plant::SuspendedForgotten) ? kActiveDevice : kSuspendedDevice;
        rows.bind(kActiveDevice, silent_since.ms, also);
        while (rows.step()) passed.emplace_back(rows.number(0), rows.number(1));
    }
    std::uint64_t forgotten = 0;
    for (const auto& [scope, sseq] : passed) {
        forgotten += static_cast<std::uint64_t>(db_.prepared(kForget).bind(scope, sseq).run());
    }
    return forgotten;
}

}  // namespace dossier::server
