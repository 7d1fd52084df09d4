// Search while typing, offline: the index of common/pinyin over what the person sees. Changed
// records are queued in the change's own transaction and indexed before the next search, so neither
// saving nor receiving waits for the index.
#pragma once

#include <string_view>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

struct Hit {
    std::uint16_t kind = 0;
    RecordId record;
};

class Search {
  public:
    explicit Search(sqlite::Connection& db) : db_(db) {}

    /// Records matching every typed word, those whose name matches first; `kind` 0 = all kinds.
    /// Indexes what is queued first.
    std::vector<Hit> find(std::string_view typed, std::uint16_t kind, std::size_t limit);
    /// Indexes queued records in transactions of its own; the number indexed.
    std::size_t catch_up();
    std::uint64_t queued();

    /// A view row changes from `before` (null = there was none) to `after` (null = it goes).
    /// Inside the caller's transaction.
    void changed(const catalog::Kind& kind,
                 const RecordId& record,
                 const FieldValues* before,
                 const FieldValues* after);
    /// Rewrites the index so that nothing of removed records is left in its pages, when any were
    /// removed since last time. Own transaction; seconds for 200,000 records.
    void forget_removed();
    /// Builds the index anew when it was made by another version. Called at opening.
    void prepare();

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
