// Search while typing, offline: the index of common/pinyin over what the person sees. Changed
// records are queued in the change's own transaction and indexed before the next search, so neither
// saving nor receiving waits for the index.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

struct Hit {
    std::uint16_t kind = 0;
    RecordId record;
    bool operator==(const Hit&) const = default;
};

class Search {
  public:
    explicit Search(sqlite::Connection& db) : db_(db) {}

    /// Records matching what was typed (`pinyin::question_of`), those it names exactly first, then
    /// those whose name matches, newest first; `kind` 0 = all kinds. Indexes what is queued first.
    std::vector<Hit> find(std::string_view typed, std::uint16_t kind, std::size_t limit);
    /// Indexes queued records in transactions of its own; the number indexed.
    std::size_t catch_up();
    std::uint64_t queued();
    /// Rewrites the index so that nothing of removed records is left in its pages, when any were
    /// removed since last time. Own transaction; seconds for 200,000 records. True when it did.
    bool forget_removed();
    /// Builds the index anew when it was made by another version. Called at opening.
    void prepare();

    // A view row comes, changes or goes: inside the caller's transaction.
    /// After the row was inserted, before any other insertion.
    void added(const catalog::Kind& kind);
    /// Before the row is updated.
    void updated(const catalog::Kind& kind,
                 const RecordId& record,
                 const FieldValues& before,
                 const FieldValues& after);
    /// Before `records` rows go: where taking their words out one by one takes longer than indexing
    /// what stays, the index is dropped, pages overwritten, and what stays is queued.
    void many_go(std::uint64_t records);
    /// Before the row is erased.
    void removed(const catalog::Kind& kind, const RecordId& record, const FieldValues& before);

  private:
    std::size_t index_some(std::size_t limit);
    /// An empty index, and everything queued for it.
    void start_anew();
    void collect(std::string_view expression,
                 std::uint16_t kind,
                 std::size_t limit,
                 const std::function<bool(const catalog::Kind&, const RecordId&)>& fits,
                 std::vector<Hit>& hits);
    void forget(std::int64_t doc, const catalog::Kind& kind, const FieldValues& values);

    sqlite::Connection& db_;
};

}  // namespace dossier::client
