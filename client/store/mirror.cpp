#include "client/store/mirror.hpp"

#include "common/catalog/encode.hpp"

namespace dossier::client {
std::optional<FieldValues> Mirror::load(const RecordId& record, catalog::Facet facet) {
    auto row = db_.prepared(R"sql(SELECT "values" FROM mirror WHERE record=?1 AND facet=?2)sql");
    if (!row.bind(record, static_cast<int>(facet)).step()) return std::nullopt;
    auto values = catalog::decode(row.blob(0));
    // Written by `save` alone; the vault vouches for the bytes.
    return values ? std::move(*values) : FieldValues{};
}

bool Mirror::has(const RecordId& record, catalog::Facet facet) {
    auto row = db_.prepared("SELECT 1 FROM mirror WHERE record=?1 AND facet=?2");
    return row.bind(record, static_cast<int>(facet)).step();
}

void Mirror::save(const RecordId& record, catalog::Facet facet, const FieldValues& values) {
    const Bytes encoded = catalog::encode(values);
    db_.prepared(R"sql(INSERT INTO mirror(record, facet, "values") VALUES(?1, ?2, ?3)
                       ON CONFLICT(record, facet) DO UPDATE SET "values"=excluded."values")sql")
        .bind(record, static_cast<int>(facet), encoded)
        .run();
}

void Mirror::drop(const RecordId& record, catalog::Facet facet) {
    db_.prepared("DELETE FROM mirror WHERE record=?1 AND facet=?2")
        .bind(record, static_cast<int>(facet))
        .run();
}

}  // namespace dossier::client
