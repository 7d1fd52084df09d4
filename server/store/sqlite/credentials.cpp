// Passwords, second factors, who is signed in, and what failed lately.
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

const std::string kSelectCredential = R"sql(
    SELECT user, password, temporary, factor, offered_factor, last_step, link, link_until_ms
    FROM office_credential )sql";
const std::string kSelectSignIn = R"sql(
    SELECT number, token, user, began_at_ms, seen_at_ms, ends_at_ms, address
    FROM office_sign_in )sql";

CredentialRow credential_from(const sqlite::Statement& row) {
    return {.user = row.id<UserId>(0),
            .password = std::string(row.text(1)),
            .is_temporary = row.number(2) != 0,
            .factor = row.bytes(3),
            .offered_factor = row.bytes(4),
            .last_step = row.counter(5),
            .link = row.fixed<32>(6),
            .link_until = {row.number(7)}};
}

SignInRow sign_in_from(const sqlite::Statement& row) {
    return {.number = row.counter(0),
            .token = row.fixed<32>(1),
            .user = row.id<UserId>(2),
            .began_at = {row.number(3)},
            .seen_at = {row.number(4)},
            .ends_at = {row.number(5)},
            .address = std::string(row.text(6))};
}

std::vector<SignInRow> all_sign_ins(sqlite::Statement& rows) {
    std::vector<SignInRow> found;
    while (rows.step()) found.push_back(sign_in_from(rows));
    return found;
}

}  // namespace

std::optional<CredentialRow> SqliteStore::credential(const UserId& user) {
    static const std::string kSql = kSelectCredential + "WHERE user=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(user).step()) return std::nullopt;
    return credential_from(row);
}

std::optional<CredentialRow> SqliteStore::credential_by_link(const Digest& link) {
    static const std::string kSql = kSelectCredential + "WHERE link=?1";
    auto row = db_.prepared(kSql);
    if (link == Digest{} || !row.bind(link).step()) return std::nullopt;
    return credential_from(row);
}

void SqliteStore::save_credential(const CredentialRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT OR REPLACE INTO office_credential(user, password, temporary, factor,
            offered_factor, last_step, link, link_until_ms)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))sql";
    auto to = db_.prepared(kSql);
    to.bind(row.user, row.password, row.is_temporary, row.factor, row.offered_factor, row.last_step,
            row.link, row.link_until.ms);
    if (row.link == Digest{}) to.put(7, std::nullopt);
    to.run();
}

void SqliteStore::set_recovery_codes(const UserId& user, const std::vector<Digest>& codes) {
    db_.prepared("DELETE FROM office_recovery_code WHERE user=?1").bind(user).run();
    for (const Digest& code : codes)
        db_.prepared("INSERT INTO office_recovery_code(user, code) VALUES(?1, ?2)")
            .bind(user, code)
            .run();
}

bool SqliteStore::spend_recovery_code(const UserId& user, const Digest& code) {
    return db_.prepared("DELETE FROM office_recovery_code WHERE user=?1 AND code=?2")
               .bind(user, code)
               .run() > 0;
}

std::uint64_t SqliteStore::recovery_codes_left(const UserId& user) {
    auto left = db_.prepared("SELECT count(*) FROM office_recovery_code WHERE user=?1");
    return left.bind(user).step() ? left.counter(0) : 0;
}

std::optional<SignInRow> SqliteStore::sign_in(const Digest& token) {
    static const std::string kSql = kSelectSignIn + "WHERE token=?1";
    auto row = db_.prepared(kSql);
    if (!row.bind(token).step()) return std::nullopt;
    return sign_in_from(row);
}

std::vector<SignInRow> SqliteStore::sign_ins(const UserId& user) {
    static const std::string kSql = kSelectSignIn + "WHERE user=?1 ORDER BY number DESC";
    auto rows = db_.prepared(kSql);
    rows.bind(user);
    return all_sign_ins(rows);
}

void SqliteStore::save_sign_in(SignInRow& row) {
    static constexpr std::string_view kSql = R"sql(
        INSERT OR REPLACE INTO office_sign_in(number, token, user, began_at_ms, seen_at_ms,
            ends_at_ms, address)
        VALUES(NULLIF(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7))sql";
    db_.prepared(kSql)
        .bind(row.number, row.token, row.user, row.began_at.ms, row.seen_at.ms, row.ends_at.ms,
              row.address)
        .run();
    if (row.number == 0) row.number = static_cast<std::uint64_t>(db_.last_row());
}

void SqliteStore::end_sign_in(std::uint64_t number) {
    db_.prepared("DELETE FROM office_sign_in WHERE number=?1").bind(number).run();
}

std::vector<SignInRow> SqliteStore::stale_sign_ins(Instant ended_by, Instant unseen_since) {
    static const std::string kSql =
        kSelectSignIn + "WHERE ends_at_ms<=?1 OR seen_at_ms<=?2 ORDER BY number";
    auto rows = db_.prepared(kSql);
    rows.bind(ended_by.ms, unseen_since.ms);
    return all_sign_ins(rows);
}

std::optional<AttemptRow> SqliteStore::attempt(const Digest& of) {
    auto row =
        db_.prepared("SELECT failures, last_at_ms, welcome_at_ms FROM office_attempt WHERE of=?1");
    if (!row.bind(of).step()) return std::nullopt;
    return AttemptRow{of, row.counter(0), {row.number(1)}, {row.number(2)}};
}

void SqliteStore::save_attempt(const AttemptRow& row) {
    db_.prepared(
           "INSERT OR REPLACE INTO office_attempt(of, failures, last_at_ms, welcome_at_ms) "
           "VALUES(?1, ?2, ?3, ?4)")
        .bind(row.of, row.failures, row.last_at.ms, row.welcome_at.ms)
        .run();
}

void SqliteStore::forget_attempts(Instant failed_before, Instant welcome_before) {
    db_.prepared("DELETE FROM office_attempt WHERE last_at_ms<?1 AND welcome_at_ms<?2")
        .bind(failed_before.ms, welcome_before.ms)
        .run();
}

std::optional<AgreementRow> SqliteStore::agreement(const UserId& user) {
    auto row = db_.prepared("SELECT edition, at_ms FROM office_agreement WHERE user=?1");
    if (!row.bind(user).step()) return std::nullopt;
    return AgreementRow{user, row.counter(0), {row.number(1)}};
}

void SqliteStore::save_agreement(const AgreementRow& row) {
    db_.prepared("INSERT OR REPLACE INTO office_agreement(user, edition, at_ms) VALUES(?1, ?2, ?3)")
        .bind(row.user, row.edition, row.at.ms)
        .run();
}

}  // namespace dossier::server
