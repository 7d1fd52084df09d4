// The audit: lines are added and read, never changed; no statement here could.
#include "server/store/audit_chain.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

AuditEnd& SqliteStore::audit_tail() {
    if (!audit_tail_) {
        auto last = db_.prepared("SELECT seq, hash FROM office_audit ORDER BY seq DESC LIMIT 1");
        audit_tail_ = last.step() ? AuditEnd{last.counter(0), last.fixed<32>(1)} : AuditEnd{};
    }
    return *audit_tail_;
}

void SqliteStore::append_audit(AuditLine line) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_audit(seq, at_ms, client_at_ms, user, device, action, entity, record,
            fields, purpose, result, detail, hash)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))sql";
    AuditEnd& tail = audit_tail();
    line.seq = tail.seq + 1;
    line.prev = tail.hash;
    line.hash = audit_hash(line);
    db_.prepared(kSql)
        .bind(line.seq, line.at.ms, line.client_at.ms, line.user, line.device, line.action,
              line.entity, line.record, line.fields, line.purpose, line.result, line.detail,
              line.hash)
        .run();
    tail = {line.seq, line.hash};
}

std::vector<AuditLine> SqliteStore::audit(std::uint64_t after, std::size_t limit) {
    static constexpr std::string_view kSql = R"sql(
        SELECT seq, at_ms, client_at_ms, user, device, action, entity, record, fields, purpose,
               result, detail, hash,
               (SELECT p.hash FROM office_audit p WHERE p.seq = a.seq - 1)
        FROM office_audit a WHERE seq>?1 ORDER BY seq LIMIT ?2)sql";
    auto rows = db_.prepared(kSql);
    rows.bind(after, limit);
    std::vector<AuditLine> lines;
    while (rows.step()) {
        lines.push_back({.seq = rows.counter(0),
                         .at = {rows.number(1)},
                         .client_at = {rows.number(2)},
                         .user = rows.id<UserId>(3),
                         .device = rows.id<DeviceId>(4),
                         .action = std::string(rows.text(5)),
                         .entity = std::string(rows.text(6)),
                         .record = rows.id<RecordId>(7),
                         .fields = std::string(rows.text(8)),
                         .purpose = std::string(rows.text(9)),
                         .result = std::string(rows.text(10)),
                         .detail = std::string(rows.text(11)),
                         .prev = rows.fixed<32>(13),
                         .hash = rows.fixed<32>(12)});
    }
    return lines;
}

AuditEnd SqliteStore::audit_end() {
    return audit_tail();
}

}  // namespace dossier::server
