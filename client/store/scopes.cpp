#include "client/store/scopes.hpp"

namespace dossier::client {
namespace {

HeldScope scope_from(const sqlite::Statement& row) {
    HeldScope scope;
    scope.id = row.number(0);
    scope.key.sort = static_cast<std::uint8_t>(row.number(1));
    scope.key.of = row.id<RecordId>(2);
    scope.sseq.value = row.counter(3);
    scope.count = row.counter(4);
    scope.set_hash.sum = row.fixed<32>(5);
    scope.complete = row.number(6) != 0;
    scope.leaving = row.number(7) != 0;
    scope.partial = row.number(8) != 0;
    scope.replaces = row.number(9);
    return scope;
}

std::vector<HeldScope> all(sqlite::Statement row) {
    std::vector<HeldScope> scopes;
    while (row.step()) scopes.push_back(scope_from(row));
    return scopes;
}

}  // namespace

std::vector<HeldScope> Scopes::list() {
    return all(db_.prepared(
        R"sql(SELECT id, sort, "of", sseq, count, set_hash, complete, leaving, partial, replaces
                                  FROM scope WHERE leaving=0 ORDER BY sort, "of")sql"));
}

std::vector<HeldScope> Scopes::leaving() {
    return all(db_.prepared(
        R"sql(SELECT id, sort, "of", sseq, count, set_hash, complete, leaving, partial, replaces
                                  FROM scope WHERE leaving=1 ORDER BY id)sql"));
}

std::optional<HeldScope> Scopes::find(const protocol::ScopeKey& key) {
    auto row = db_.prepared(
        R"sql(SELECT id, sort, "of", sseq, count, set_hash, complete, leaving, partial, replaces
                                  FROM scope WHERE sort=?1 AND "of"=?2 AND leaving=0)sql");
    if (!row.bind(int{key.sort}, key.of).step()) return std::nullopt;
    return scope_from(row);
}

std::optional<HeldScope> Scopes::with_id(std::int64_t id) {
    auto row = db_.prepared(
        R"sql(SELECT id, sort, "of", sseq, count, set_hash, complete, leaving, partial, replaces
                                  FROM scope WHERE id=?1)sql");
    if (!row.bind(id).step()) return std::nullopt;
    return scope_from(row);
}

HeldScope Scopes::gain(const protocol::ScopeKey& key, std::int64_t replaces) {
    HeldScope scope;
    scope.key = key;
    scope.replaces = replaces;
    auto row = db_.prepared(R"sql(
        INSERT INTO scope(sort, "of", sseq, count, set_hash, complete, leaving, partial, replaces)
        VALUES(?1, ?2, 0, 0, ?3, 0, 0, 0, ?4) RETURNING id)sql");
    row.bind(int{key.sort}, key.of, scope.set_hash.sum, replaces);
    if (row.step()) scope.id = row.number(0);
    row.run();
    return scope;
}

HeldScope Scopes::receive_anew(const HeldScope& scope) {
    mark_leaving(scope.id);
    // What was received of an attempt that failed gives way at once; what was there before it
    // stays.
    const bool failed_attempt = scope.replaces != 0 && !scope.complete;
    return gain(scope.key, failed_attempt ? scope.replaces : scope.id);
}

void Scopes::mark_leaving(std::int64_t id) {
    db_.prepared("UPDATE scope SET leaving=1 WHERE id=?1").bind(id).run();
}

void Scopes::save(const HeldScope& scope) {
    db_.prepared(
           "UPDATE scope SET sseq=?2, count=?3, set_hash=?4, complete=?5, partial=?6 "
           "WHERE id=?1")
        .bind(scope.id, scope.sseq, scope.count, scope.set_hash.sum, scope.complete, scope.partial)
        .run();
}

void Scopes::erase(std::int64_t id) {
    db_.prepared("DELETE FROM scope WHERE id=?1").bind(id).run();
}

std::optional<Membership> Scopes::membership(std::int64_t scope,
                                             const RecordId& record,
                                             catalog::Facet facet) {
    auto row =
        db_.prepared("SELECT kind, fv, hash FROM member WHERE record=?1 AND facet=?2 AND scope=?3");
    if (!row.bind(record, static_cast<int>(facet), scope).step()) return std::nullopt;
    return Membership{record,
                      facet,
                      static_cast<std::uint16_t>(row.number(0)),
                      {row.counter(1)},
                      row.fixed<32>(2)};
}

void Scopes::put(std::int64_t scope, const Membership& membership) {
    db_.prepared(
           "INSERT OR REPLACE INTO member(record, facet, scope, kind, fv, hash) "
           "VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(membership.record, static_cast<int>(membership.facet), scope,
              unsigned{membership.kind}, membership.fv, membership.hash)
        .run();
}

void Scopes::take(std::int64_t scope, const RecordId& record, catalog::Facet facet) {
    db_.prepared("DELETE FROM member WHERE record=?1 AND facet=?2 AND scope=?3")
        .bind(record, static_cast<int>(facet), scope)
        .run();
}

std::vector<Membership> Scopes::members(std::int64_t scope, std::size_t limit) {
    std::vector<Membership> members;
    auto row =
        db_.prepared("SELECT record, facet, kind, fv, hash FROM member WHERE scope=?1 LIMIT ?2");
    row.bind(scope, std::uint64_t{limit});
    while (row.step()) {
        members.push_back({row.id<RecordId>(0),
                           static_cast<catalog::Facet>(row.number(1)),
                           static_cast<std::uint16_t>(row.number(2)),
                           {row.counter(3)},
                           row.fixed<32>(4)});
    }
    return members;
}

std::uint64_t Scopes::records(std::int64_t scope) {
    auto row = db_.prepared("SELECT count(DISTINCT record) FROM member WHERE scope=?1");
    return row.bind(scope).step() ? row.counter(0) : 0;
}

std::vector<Membership> Scopes::in_range(std::int64_t scope, const protocol::RecordRange& range) {
    std::vector<Membership> members;
    auto row = db_.prepared(
        "SELECT record, facet, kind, fv, hash FROM member WHERE record BETWEEN ?1 AND ?2 AND "
        "scope=?3 ORDER BY record, facet");
    row.bind(range.from, range.to, scope);
    while (row.step()) {
        members.push_back({row.id<RecordId>(0),
                           static_cast<catalog::Facet>(row.number(1)),
                           static_cast<std::uint16_t>(row.number(2)),
                           {row.counter(3)},
                           row.fixed<32>(4),
                           scope});
    }
    return members;
}

void Scopes::recount(HeldScope& scope) {
    scope.count = 0;
    scope.set_hash = {};
    auto row = db_.prepared("SELECT hash FROM member WHERE scope=?1");
    row.bind(scope.id);
    while (row.step()) {
        ++scope.count;
        scope.set_hash.add(row.fixed<32>(0));
    }
}

void Scopes::doubt_older() {
    static constexpr std::string_view kSql = R"sql(
        UPDATE member SET hash = zeroblob(32) WHERE EXISTS(SELECT 1 FROM member o
            WHERE o.record = member.record AND o.facet = member.facet AND o.fv > member.fv))sql";
    if (db_.prepared(kSql).run() == 0) return;
    for (HeldScope& scope : list()) {
        recount(scope);
        save(scope);
    }
}

std::vector<Membership> Scopes::of_record(const RecordId& record) {
    std::vector<Membership> members;
    auto row = db_.prepared("SELECT facet, kind, fv, hash, scope FROM member WHERE record=?1");
    row.bind(record);
    while (row.step()) {
        members.push_back({record,
                           static_cast<catalog::Facet>(row.number(0)),
                           static_cast<std::uint16_t>(row.number(1)),
                           {row.counter(2)},
                           row.fixed<32>(3),
                           row.number(4)});
    }
    return members;
}

bool Scopes::holds(const RecordId& record) {
    return db_.prepared("SELECT 1 FROM member WHERE record=?1 LIMIT 1").bind(record).step();
}

}  // namespace dossier::client
