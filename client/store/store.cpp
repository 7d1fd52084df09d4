#include "client/store/store.hpp"

#include "common/base/plant.hpp"
#include "common/catalog/field.hpp"
#include "common/sqlite/list_index.hpp"
#include "common/sqlite/migrate.hpp"
#include "common/sqlite/read_only.hpp"

#include "client/store/schema.hpp"
#include "client/store/traces.hpp"

namespace dossier::client {
namespace {

constexpr std::int32_t kApplicationId = 0x44535231;  // "DSR1", as every vault
constexpr std::string_view kSchemaKey = "catalog_schema";
constexpr std::string_view kHighWaterKey = "office_time";
constexpr std::string_view kWipedRowsKey = "wiped_rows";
constexpr std::size_t kPurgeStep = 2000;

}  // namespace

Result<std::unique_ptr<Store>> Store::open(std::unique_ptr<vault::Vault> vault) {
    const sqlite::OpenOptions options{.path = vault->database_path(), .vfs = vault->vfs_name()};
    std::unique_ptr<Store> store;
    vault::Vault& lent = *vault;
    try {
        store.reset(new Store(nullptr, options));
        store->vault_ = std::move(vault);
        if (auto sound = lent.prepare(store->db_.handle()); !sound) return pass(sound);
        if (auto ready = store->prepare(); !ready) return pass(ready);
    } catch (const std::exception&) {
        // SQLite has a number only; the vault knows which page it was.
        if (auto fault = lent.last_fault()) return tl::unexpected(std::move(*fault));
        throw;
    }
    return store;
}

Result<std::unique_ptr<Store>> Store::open(const sqlite::OpenOptions& options) {
    std::unique_ptr<Store> store(new Store(nullptr, options));
    if (auto ready = store->prepare(); !ready) return pass(ready);
    return store;
}

Status Store::prepare() {
    if (auto migrated = sqlite::migrate(db_, kSchema, kApplicationId); !migrated) return migrated;
    search.prepare();
    const std::int64_t known = meta.number(kSchemaKey);
    if (sqlite::is_read_only(db_)) {
        // What is on its way out must not be shown, and cannot be removed here.
        const bool settled = known == std::int64_t{catalog::schema_version()} &&
                             scopes.leaving().empty() && !Traces(db_).any();
        return settled ? Status{} : fail(sqlite::kCannotUpgrade);
    }
    for (const catalog::Kind* kind : catalog::kinds()) sqlite::ensure_list_index(db_, *kind);
    tend_lists();
    if (known != std::int64_t{catalog::schema_version()}) {
        sqlite::Transaction tx(db_);
        // What an older program could not understand is asked for again.
        for (const HeldScope& scope : scopes.list()) {
            if (scope.partial) scopes.receive_anew(scope);
        }
        meta.set_number(kSchemaKey, std::int64_t{catalog::schema_version()});
        tx.commit();
    }
    purge_leaving();
    scrub();
    return {};
}

void Store::tend_lists() {
    for (const catalog::Kind* kind : catalog::kinds()) sqlite::ensure_filter_indexes(db_, *kind);
}

void Store::purge_leaving() {
    bool any = false;
    const auto received = scopes.list();
    for (const HeldScope& leaving : scopes.leaving()) {
        bool awaited = false;
        for (const HeldScope& scope : received) {
            awaited = awaited || (scope.replaces == leaving.id && !scope.complete);
        }
        if (awaited) continue;
        any = true;
        {
            sqlite::Transaction tx(db_);
            search.many_go(scopes.records(leaving.id));
            tx.commit();
        }
        for (bool empty = false; !empty;) {
            sqlite::Transaction tx(db_);
            empty = replica.purge_members(leaving.id, kPurgeStep);
            if (empty) scopes.erase(leaving.id);
            tx.commit();
        }
    }
    // Also what single records left behind that went with a batch, and a cut kept from going.
    sqlite::Transaction tx(db_);
    any = attachments.collect() || any;
    tx.commit();
    any = seal_contents() || any;
    if (any) touch();
}

/// One at a time: a log of many contents would fill the disk.
bool Store::seal_contents() {
    for (bool any = false;; any = true) {
        sqlite::Transaction tx(db_);
        if (!attachments.seal_next()) return any;
        tx.commit();
    }
}

std::uint64_t Store::wipe() {
    std::uint64_t rows = 0;
    for (const auto* kind : catalog::kinds()) rows += replica.count(*kind);
    {
        sqlite::Transaction tx(db_);
        for (const HeldScope& scope : scopes.list()) scopes.mark_leaving(scope.id);
        replica.seal_unsent();
        tx.commit();
    }
    purge_leaving();
    sqlite::Transaction tx(db_);
    replica.drop_unanswered_rows();
    attachments.collect();
    Traces(db_).left();
    db_.exec("DELETE FROM tray");
    db_.exec("DELETE FROM session");
    db_.exec("DELETE FROM incident");
    forms.clear();
    db_.exec("UPDATE outbox SET body=NULL WHERE verdicts IS NOT NULL");
    // It may take several contacts; what was removed is told with the last.
    const auto removed = static_cast<std::uint64_t>(meta.number(kWipedRowsKey)) + rows;
    meta.set_number(kWipedRowsKey, static_cast<std::int64_t>(removed));
    tx.commit();
    seal_contents();
    // A save that failed half-way may have left its words on a free page, which no deletion
    // reaches.
    try {
        db_.rebuild();
    } catch (const SQLite::Exception& failed) {
        // On a full disk the keys go all the same, and with them what stands there. Any other
        // failure is for the next contact: nothing is told as wiped before.
        if (failed.getErrorCode() != SQLITE_FULL) throw;
    }
    scrub();
    touch();
    return removed;
}

void Store::scrub() {
    Traces traces(db_);
    if (!traces.any()) return;
    if (!is_planted(Plant::SearchKeeps)) search.forget_removed();
    db_.checkpoint_and_truncate();
    // Unused room is cleared on its way to the disk; what memory holds would bring it back.
    db_.forget_pages();
    traces.gone();
}

std::vector<SessionLine> Store::sessions(std::size_t limit) {
    std::vector<SessionLine> lines;
    auto row = db_.prepared(
        "SELECT id, started_at_ms, finished_at_ms, sent, received, refused, incidents FROM session "
        "ORDER BY id DESC LIMIT ?1");
    row.bind(std::uint64_t{limit});
    while (row.step()) {
        lines.push_back({row.number(0),
                         {row.number(1)},
                         {row.number(2)},
                         row.counter(3),
                         row.counter(4),
                         row.counter(5),
                         row.counter(6)});
    }
    return lines;
}

Instant Store::last_finished() {
    auto row = db_.prepared(
        "SELECT finished_at_ms FROM session WHERE finished_at_ms>0 ORDER BY id DESC LIMIT 1");
    return row.step() ? Instant{row.number(0)} : Instant{};
}

std::int64_t Store::begin_session(Instant now) {
    auto row = db_.prepared("INSERT INTO session(started_at_ms) VALUES(?1) RETURNING id");
    row.bind(now.ms);
    const std::int64_t id = row.step() ? row.number(0) : 0;
    row.run();
    return id;
}

void Store::finish_session(const SessionLine& line) {
    db_.prepared(
           "UPDATE session SET finished_at_ms=?2, sent=?3, received=?4, refused=?5, "
           "incidents=?6 WHERE id=?1")
        .bind(line.id, line.finished_at.ms, line.sent, line.received, line.refused, line.incidents)
        .run();
}

void Store::note_incident(std::string_view what, std::string_view detail, Instant now) {
    db_.prepared("INSERT INTO incident(at_ms, what, detail) VALUES(?1, ?2, ?3)")
        .bind(now.ms, what, detail)
        .run();
}

std::vector<Incident> Store::incidents(std::size_t limit) {
    std::vector<Incident> lines;
    auto row = db_.prepared("SELECT at_ms, what, detail FROM incident ORDER BY id DESC LIMIT ?1");
    row.bind(std::uint64_t{limit});
    while (row.step()) {
        lines.push_back({{row.number(0)}, std::string(row.text(1)), std::string(row.text(2))});
    }
    return lines;
}

Instant Store::high_water() {
    std::int64_t latest = meta.number(kHighWaterKey);
    auto row = db_.prepared("SELECT claimed_at_ms FROM outbox ORDER BY oseq DESC LIMIT 1");
    if (row.step()) latest = std::max(latest, row.number(0));
    return {latest};
}

}  // namespace dossier::client
