#include "client/store/search.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/question.hpp"
#include "common/pinyin/search_key.hpp"
#include "common/sqlite/read_only.hpp"

#include "client/store/meta.hpp"
#include "client/store/search_index.hpp"
#include "client/store/search_texts.hpp"

namespace dossier::client {
namespace {

using catalog::Kind;

// A document's number is that of its row in its kind's table, with the kind above it.
constexpr int kKindShift = 40;
/// Changes whenever what is indexed of a record changes here; common/pinyin has its own.
constexpr std::int64_t kDocumentVersion = 2;  // with kIndexVersion 3: 3002
constexpr std::string_view kVersionKey = "search_version";
constexpr std::int64_t kVersionWanted =
    std::int64_t{pinyin::kIndexVersion} * 1000 + kDocumentVersion;
/// Records after which a transaction of many small blocks ends; a block costs as much as kBlockCost
/// records besides.
constexpr std::size_t kStep = 2000;
constexpr std::size_t kBlockCost = 1000;
constexpr std::uint64_t kBulk = 5000;
/// Hits of the index that one search may look at: beyond, the words say too little.
constexpr std::size_t kLookedAt = 5000;

std::int64_t first_doc(std::uint16_t kind) {
    return std::int64_t{kind} << kKindShift;
}

std::optional<std::int64_t> doc_of(sqlite::Connection& db,
                                   const Kind& kind,
                                   const RecordId& record) {
    auto row = db.prepared("SELECT rowid FROM \"" + std::string(kind.name) + "\" WHERE id=?1");
    if (!row.bind(record).step()) return std::nullopt;
    return first_doc(kind.tag) + row.number(0);
}

std::optional<RecordId> record_of(sqlite::Connection& db, const Kind& kind, std::int64_t doc) {
    auto row = db.prepared("SELECT id FROM \"" + std::string(kind.name) + "\" WHERE rowid=?1");
    if (!row.bind(doc - first_doc(kind.tag)).step()) return std::nullopt;
    return row.id<RecordId>(0);
}

const Kind* kind_of(std::int64_t doc) {
    return catalog::find_kind(static_cast<std::uint16_t>(doc >> kKindShift));
}

}  // namespace

// Hits of one question, in the order `Search::find` promises: pass by pass, and in each pass those
// of the index and of the records that wait for it by their numbers.
class Search::Finding {
  public:
    Finding(Search& search, std::string_view typed, std::size_t limit)
        : search_(search),
          question_(pinyin::question_of(typed)),
          name_question_{question_.terms, std::nullopt},
          key_(pinyin::match_key(typed)),
          limit_(limit) {}

    void look_at_waiting(std::int64_t first, std::int64_t last) {
        auto row = search_.db_.prepared(
            "SELECT doc FROM search_queue WHERE doc BETWEEN ?1 AND ?2 ORDER BY doc DESC");
        row.bind(first, last);
        while (row.step()) waiting_.push_back(row.number(0));
    }
    void begin(pinyin::Where where) {
        where_ = where;
        looked_at_ = 0;
        next_ = waiting_.begin();
    }
    /// A hit of the index. False when no more are wanted.
    bool take(std::int64_t doc) {
        if (!take_waiting_above(doc)) return false;
        if (met_.contains(doc)) return true;
        const bool look = where_ == pinyin::Where::Exact || question_.is_wider_in_index();
        if (look && ++looked_at_ > kLookedAt) return false;
        if (!look || answers(doc)) add(doc);
        return wants_more();
    }
    /// What waits for the index and comes before `doc`.
    bool take_waiting_above(std::int64_t doc) {
        for (; next_ != waiting_.end() && *next_ > doc && wants_more(); ++next_) {
            if (!met_.contains(*next_) && answers(*next_)) add(*next_);
        }
        return wants_more();
    }
    [[nodiscard]] bool wants_more() const { return hits_.size() < limit_; }
    [[nodiscard]] std::vector<Hit>& hits() { return hits_; }

  private:
    /// Asked about names first, a record is loaded once for all passes.
    bool answers(std::int64_t doc) {
        if (where_ == pinyin::Where::Anywhere) {
            if (const auto known = answers_anywhere_.find(doc); known != answers_anywhere_.end())
                return known->second;
        }
        const Kind* kind = kind_of(doc);
        const auto values = kind == nullptr
                                ? std::nullopt
                                : load_searched(search_.db_, *kind, doc - first_doc(kind->tag));
        if (!values) return false;
        const SearchTexts texts(*kind, *values);
        if (where_ == pinyin::Where::Exact) return texts.is_named(key_);
        if (where_ == pinyin::Where::Name && pinyin::finds(name_question_, texts.names()))
            return true;
        const bool anywhere = pinyin::finds(question_, texts.fields());
        answers_anywhere_[doc] = anywhere;
        return where_ == pinyin::Where::Anywhere && anywhere;
    }
    void add(std::int64_t doc) {
        const Kind* kind = kind_of(doc);
        const auto record = kind == nullptr ? std::nullopt : record_of(search_.db_, *kind, doc);
        met_.insert(doc);
        if (record) hits_.push_back({kind->tag, *record});
    }

    Search& search_;
    pinyin::Question question_;
    pinyin::Question name_question_;
    std::string key_;
    std::size_t limit_;
    std::vector<std::int64_t> waiting_;  ///< from the latest down
    std::vector<std::int64_t>::const_iterator next_;
    pinyin::Where where_ = pinyin::Where::Exact;
    std::size_t looked_at_ = 0;
    std::unordered_set<std::int64_t> met_;
    std::unordered_map<std::int64_t, bool> answers_anywhere_;
    std::vector<Hit> hits_;
};

std::vector<Hit> Search::find(std::string_view typed, std::uint16_t kind, std::size_t limit) {
    if (waiting(kManyQueued + 1) <= kManyQueued && waiting(kFewQueued + 1) > kFewQueued)
        catch_up_some();
    Finding finding(*this, typed, limit);
    const std::int64_t first = kind == 0 ? 0 : first_doc(kind);
    const std::int64_t last =
        (kind == 0 ? INT64_MAX : first_doc(static_cast<std::uint16_t>(kind + 1)) - 1);
    if (is_complete()) finding.look_at_waiting(first, last);
    for (const auto where : {pinyin::Where::Exact, pinyin::Where::Name, pinyin::Where::Anywhere}) {
        finding.begin(where);
        if (!finding.wants_more()) continue;
        SearchIndex(db_).find(pinyin::wanted(typed, where), where != pinyin::Where::Anywhere, first,
                              last, [&](std::int64_t doc) { return finding.take(doc); });
        finding.take_waiting_above(-1);
    }
    return std::move(finding.hits());
}

std::optional<std::vector<std::int64_t>> Search::rows_with(const Kind& kind,
                                                           const catalog::Field& field,
                                                           std::string_view part,
                                                           std::size_t most) {
    const auto& told = searched(kind);
    if (field.type != catalog::Type::Text || std::ranges::find(told, &field) == told.end())
        return std::nullopt;
    const auto wanted = pinyin::wanted(part, pinyin::Where::Part);
    if (wanted.is_nothing() || !is_complete()) return std::nullopt;
    const std::int64_t first = first_doc(kind.tag);
    const std::int64_t last = first_doc(static_cast<std::uint16_t>(kind.tag + 1)) - 1;
    std::vector<std::int64_t> rows;
    {
        auto row = db_.prepared("SELECT doc FROM search_queue WHERE doc BETWEEN ?1 AND ?2");
        row.bind(first, last);
        while (row.step()) rows.push_back(row.number(0) - first);
    }
    SearchIndex(db_).find(wanted, false, first, last, [&](std::int64_t doc) {
        rows.push_back(doc - first);
        return rows.size() <= most;
    });
    if (rows.size() > most) return std::nullopt;
    return rows;
}

std::size_t Search::waiting(std::size_t most) {
    auto row = db_.prepared("SELECT count(*) FROM (SELECT 1 FROM search_queue LIMIT ?1)");
    return row.bind(std::uint64_t{most}).step() ? row.counter(0) : 0;
}

bool Search::is_complete() {
    return waiting(kFewQueued + 1) <= kFewQueued;
}

std::size_t Search::catch_up() {
    std::size_t total = 0;
    for (std::size_t some = catch_up_some(); some > 0; some = catch_up_some()) total += some;
    return total;
}

std::size_t Search::catch_up_some() {
    if (sqlite::is_read_only(db_)) return 0;
    auto next = next_queued();
    if (!next) return 0;
    sqlite::Transaction tx(db_);
    std::size_t total = 0;
    for (std::size_t work = 0; next && work < kStep; work += kBlockCost) {
        const std::int64_t block = SearchIndex::block_of(*next);
        const auto docs = queued_in(block);
        if (total > 0 && total + docs.size() > kBlockSize) break;
        index_block(block, docs);
        total += docs.size();
        work += docs.size();
        next = next_queued();
    }
    tx.commit();
    return total;
}

/// The first kind first: files before what was written to them; the newest of each first.
std::optional<std::int64_t> Search::next_queued() {
    auto row = db_.prepared(
        "SELECT max(doc) FROM search_queue "
        "WHERE doc < ((SELECT min(doc) FROM search_queue) >> ?1) + 1 << ?1");
    if (!row.bind(kKindShift).step() || row.is_null(0)) return std::nullopt;
    return row.number(0);
}

std::vector<std::int64_t> Search::queued_in(std::int64_t block) {
    std::vector<std::int64_t> docs;
    auto row = db_.prepared("SELECT doc FROM search_queue WHERE doc BETWEEN ?1 AND ?2");
    row.bind(SearchIndex::first_of(block), SearchIndex::first_of(block + 1) - 1);
    while (row.step()) docs.push_back(row.number(0));
    return docs;
}

void Search::index_block(std::int64_t block, const std::vector<std::int64_t>& docs) {
    SearchIndex index(db_);
    index.clean(block);
    BlockDraft draft;
    for (const std::int64_t doc : docs) {
        const Kind* kind = kind_of(doc);
        const auto values =
            kind == nullptr ? std::nullopt : load_searched(db_, *kind, doc - first_doc(kind->tag));
        if (!values) continue;
        draft.add(SearchIndex::slot_of(doc),
                  pinyin::document(SearchTexts(*kind, *values).fields()));
    }
    index.add(block, draft);
    db_.prepared("DELETE FROM search_queue WHERE doc BETWEEN ?1 AND ?2")
        .bind(SearchIndex::first_of(block), SearchIndex::first_of(block + 1) - 1)
        .run();
}

std::uint64_t Search::queued() {
    auto row = db_.prepared("SELECT count(*) FROM search_queue");
    return row.step() ? row.counter(0) : 0;
}

void Search::added(const Kind& kind) {
    if (searched(kind).empty()) return;
    db_.prepared("INSERT INTO search_queue(doc) VALUES(?1 + last_insert_rowid())")
        .bind(first_doc(kind.tag))
        .run();
}

void Search::updated(const Kind& kind,
                     const RecordId& record,
                     const FieldValues& before,
                     const FieldValues& after) {
    if (searched(kind).empty() || same_words(kind, before, after)) return;
    const auto doc = doc_of(db_, kind, record);
    if (!doc) return;
    // Queued already: the index holds nothing of it, or it is forgotten.
    const int fresh =
        db_.prepared("INSERT OR IGNORE INTO search_queue(doc) VALUES(?1)").bind(*doc).run();
    if (fresh > 0) SearchIndex(db_).forget(*doc);
}

void Search::removed(const Kind& kind, const RecordId& record) {
    if (searched(kind).empty()) return;
    const auto doc = doc_of(db_, kind, record);
    if (!doc) return;
    const bool waiting = db_.prepared("DELETE FROM search_queue WHERE doc=?1").bind(*doc).run() > 0;
    if (!waiting) SearchIndex(db_).forget(*doc);
}

bool Search::forget_removed() {
    bool any = false;
    for (auto block = SearchIndex(db_).unclean_block(); block;
         block = SearchIndex(db_).unclean_block()) {
        sqlite::Transaction tx(db_);
        SearchIndex(db_).clean(*block);
        tx.commit();
        any = true;
    }
    return any;
}

void Search::prepare() {
    Meta meta(db_);
    if (meta.number(kVersionKey) == kVersionWanted) return;
    sqlite::Transaction tx(db_);
    start_anew();
    meta.set_number(kVersionKey, kVersionWanted);
    tx.commit();
}

void Search::start_anew() {
    db_.exec("DELETE FROM search_queue");
    SearchIndex(db_).create();
    for (const Kind* kind : catalog::kinds()) {
        if (searched(*kind).empty()) continue;
        db_.prepared("INSERT INTO search_queue(doc) SELECT ?1 + rowid FROM \"" +
                     std::string(kind->name) + '"')
            .bind(first_doc(kind->tag))
            .run();
    }
}

void Search::many_go(std::uint64_t records) {
    if (records < kBulk) return;
    std::uint64_t indexed = 0;
    for (const Kind* kind : catalog::kinds()) {
        if (searched(*kind).empty()) continue;
        auto row = db_.prepared("SELECT count(*) FROM \"" + std::string(kind->name) + '"');
        if (row.step()) indexed += row.counter(0);
    }
    const std::uint64_t waiting = queued();
    indexed -= std::min(waiting, indexed);
    if (indexed > 0 && 3 * records >= indexed) start_anew();
}

}  // namespace dossier::client
