// The office's values of the facets that have unsent ops over them; every other facet's values are
// the row of its kind's table itself. View = mirror ⊕ unsent ops.
#pragma once

#include <optional>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

class Mirror {
  public:
    explicit Mirror(sqlite::Connection& db) : db_(db) {}

    /// nullopt when the facet has none.
    std::optional<FieldValues> load(const RecordId& record, catalog::Facet facet);
    bool has(const RecordId& record, catalog::Facet facet);
    /// All of the below inside the caller's transaction.
    void save(const RecordId& record, catalog::Facet facet, const FieldValues& values);
    void drop(const RecordId& record, catalog::Facet facet);

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
