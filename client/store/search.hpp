// Search while typing, offline: the index of common/pinyin over what the person sees. Changed
// records are queued in the change's own transaction and indexed afterwards, so neither saving nor
// receiving waits for the index. A search indexes a few queued records first; many, as after a
// first sync, it leaves to `catch_up`, and `is_complete` says so.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/base/text.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

struct Hit {
    std::uint16_t kind = 0;
    RecordId record;
    bool operator==(const Hit&) const = default;
};

/// What a person is told beside hits of an index that is not complete.
inline constexpr Text kIncomplete{"索引尚未完成，结果可能不全",
                                  "the index is not complete yet, results may be missing"};

class Search {
  public:
    /// Queued records that a search looks at one by one: some 10 ms.
    static constexpr std::size_t kFewQueued = 200;
    /// Above it, as after a first sync, a search indexes nothing itself.
    static constexpr std::size_t kManyQueued = 1000;

    explicit Search(sqlite::Connection& db) : db_(db) {}

    /// Records matching what was typed (`pinyin::question_of`), those it names exactly first, then
    /// those whose name matches, newest first; `kind` 0 = all kinds. Never waits for more than one
    /// transaction of indexing, and that only between kFewQueued and kManyQueued.
    std::vector<Hit> find(std::string_view typed, std::uint16_t kind, std::size_t limit);
    /// Numbers of the kind's rows that may hold this part in this text: all that do, removed
    /// records apart, and some others. Nothing where the index does not tell, or they are more than
    /// `most`.
    std::optional<std::vector<std::int64_t>> rows_with(const catalog::Kind& kind,
                                                       const catalog::Field& field,
                                                       std::string_view part,
                                                       std::size_t most);
    /// False while more than kFewQueued records wait for the index: `find` does not know them yet,
    /// and the person is told kIncomplete.
    bool is_complete();
    /// Indexes all that is queued, transaction after transaction; the number of records indexed.
    std::size_t catch_up();
    /// One transaction of that, of at most kBlockSize records (search_slots.hpp): about a second on
    /// a slow machine, so that an event loop can do other things in between. 0 when nothing is
    /// queued.
    std::size_t catch_up_some();
    std::uint64_t queued();
    /// Rewrites those parts of the index that hold words of removed or changed records, so that
    /// nothing of them is left in its pages. Transactions of its own, repeatable after a cut. True
    /// when there were any.
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
    /// Before `records` rows go: where so many go that indexing what stays is quicker than cleaning
    /// up after them, the index is dropped, pages overwritten, and what stays is queued.
    void many_go(std::uint64_t records);
    /// Before the row is erased.
    void removed(const catalog::Kind& kind, const RecordId& record);

  private:
    class Finding;
    /// How many records are queued, counted up to `most`.
    std::size_t waiting(std::size_t most);
    std::vector<std::int64_t> queued_in(std::int64_t block);
    /// Indexes these, which are all that is queued of the block.
    void index_block(std::int64_t block, const std::vector<std::int64_t>& docs);
    std::optional<std::int64_t> next_queued();
    /// An empty index, and everything queued for it.
    void start_anew();

    sqlite::Connection& db_;
};

}  // namespace dossier::client
