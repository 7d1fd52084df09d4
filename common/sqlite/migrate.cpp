#include "common/sqlite/migrate.hpp"

#include "common/sqlite/read_only.hpp"
#include "common/sqlite/record_table.hpp"

namespace dossier::sqlite {

namespace {

std::int64_t version_of(Connection& db) {
    auto row = db.prepared("PRAGMA user_version");
    return row.step() ? row.number(0) : 0;
}

std::int64_t application_of(Connection& db) {
    auto row = db.prepared("PRAGMA application_id");
    return row.step() ? row.number(0) : 0;
}

}  // namespace

Status migrate(Connection& db,
               std::span<const std::string_view> steps,
               std::int32_t application_id) {
    const auto known = static_cast<std::int64_t>(steps.size());
    if (is_read_only(db)) return version_of(db) == known ? Status{} : fail(kCannotUpgrade);
    Transaction tx(db);
    const std::int64_t version = version_of(db);
    if (version > known) return fail(kNewerSchema, std::to_string(version), std::to_string(known));
    for (auto at = static_cast<std::size_t>(version); at < steps.size(); ++at)
        db.exec(std::string(steps[at]));
    create_record_tables(db);
    // The application id marks the sort of store; a page 1 read as empty would lack it. What stands
    // there already is not written again: a full disk must not keep the store shut.
    const bool is_marked = version == known && application_of(db) == application_id;
    if (!is_marked)
        db.exec("PRAGMA application_id=" + std::to_string(application_id) +
                "; PRAGMA user_version=" + std::to_string(known));
    tx.commit();
    return {};
}

}  // namespace dossier::sqlite
