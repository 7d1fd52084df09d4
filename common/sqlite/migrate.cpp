#include "common/sqlite/migrate.hpp"

#include "common/sqlite/record_table.hpp"

namespace dossier::sqlite {

Status migrate(Connection& db,
               std::span<const std::string_view> steps,
               std::int32_t application_id) {
    Transaction tx(db);
    std::int64_t version = 0;
    {
        auto row = db.prepared("PRAGMA user_version");
        if (row.step()) version = row.number(0);
    }
    const auto known = static_cast<std::int64_t>(steps.size());
    if (version > known) return fail(kNewerSchema, std::to_string(version), std::to_string(known));
    for (auto at = static_cast<std::size_t>(version); at < steps.size(); ++at)
        db.exec(std::string(steps[at]));
    create_record_tables(db);
    // The application id marks the sort of store; a page 1 read as empty would lack it.
    db.exec("PRAGMA application_id=" + std::to_string(application_id) +
            "; PRAGMA user_version=" + std::to_string(known));
    tx.commit();
    return {};
}

}  // namespace dossier::sqlite
