#include "client/store/search.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "common/catalog/canonical.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/question.hpp"
#include "common/pinyin/search_key.hpp"
#include "common/sqlite/read_only.hpp"
#include "common/sqlite/record_table.hpp"

#include "client/store/meta.hpp"

namespace dossier::client {
namespace {

using catalog::Field;
using catalog::Kind;

// A document's number is that of its row in its kind's table, with the kind above it.
constexpr int kKindShift = 40;
/// Changes whenever what is indexed of a record changes here; common/pinyin has its own.
constexpr std::int64_t kDocumentVersion = 2;
constexpr std::string_view kVersionKey = "search_version";
constexpr std::int64_t kVersionWanted =
    std::int64_t{pinyin::kIndexVersion} * 1000 + kDocumentVersion;
constexpr std::string_view kRemovedKey = "search_removed";
constexpr std::size_t kStep = 2000;
constexpr std::uint64_t kBulk = 5000;
/// Hits of the index that one search may look at: beyond, the words say too little.
constexpr std::size_t kLookedAt = 5000;

std::int64_t first_doc(std::uint16_t kind) {
    return std::int64_t{kind} << kKindShift;
}

bool is_name(const Field& field) {
    static constexpr std::string_view kNames[] = {"name", "short_name", "former_names"};
    return std::ranges::find(kNames, field.name) != std::end(kNames);
}

/// The fields people look for, in tag order; none for kinds nobody searches.
const std::vector<const Field*>& searched(const Kind& kind) {
    static std::map<std::uint16_t, std::vector<const Field*>> made;
    const auto [at, fresh] = made.try_emplace(kind.tag);
    const bool is_file =
        kind.belongs == catalog::Belongs::Customer || kind.belongs == catalog::Belongs::Person;
    if (!fresh || !is_file) return at->second;
    for (const Field& field : kind.fields) {
        const bool words = field.type == catalog::Type::Text || field.type == catalog::Type::List;
        const bool readable =
            field.offline != catalog::Offline::Masked && field.merge != catalog::Merge::Computed;
        if (words && readable) at->second.push_back(&field);
    }
    return at->second;
}

/// What was removed is found no more.
bool is_removed(const FieldValues& values) {
    using catalog::kDeletedAt;
    return find(values, kDeletedAt) != nullptr;
}

pinyin::As as_of(const Field& field) {
    using catalog::Check;
    if (is_name(field)) return pinyin::As::Name;
    const bool phone = field.check == Check::Phone || field.check == Check::Phones;
    return phone ? pinyin::As::Phone : pinyin::As::Text;
}

/// What people look for in a record, as the index takes it: names and phones one by one.
class Texts {
  public:
    Texts(const Kind& kind, const FieldValues& values) {
        if (is_removed(values)) return;
        for (const Field* field : searched(kind)) {
            const Value* value = find(values, field->tag);
            if (value != nullptr && !is_empty(*value)) add(*field, *value);
        }
        for (const auto& [as, text] : texts_) fields_.push_back({as, text});
    }
    Texts(const Texts&) = delete;
    Texts& operator=(const Texts&) = delete;
    ~Texts() = default;

    [[nodiscard]] std::span<const pinyin::Field> fields() const { return fields_; }
    [[nodiscard]] bool is_named(std::string_view key) const {
        return std::ranges::any_of(texts_, [&](const auto& each) {
            return each.first == pinyin::As::Name && pinyin::match_key(each.second) == key;
        });
    }

  private:
    void add(const Field& field, const Value& value) {
        const auto as = as_of(field);
        const auto* text = field.type == catalog::Type::Text ? as_text(value) : nullptr;
        if (text != nullptr) {
            texts_.emplace_back(as, *text);
        } else if (as == pinyin::As::Text) {
            texts_.emplace_back(as, catalog::display(field, value, Lang::Zh));
        } else {
            for (const auto& each : catalog::element_texts(field, value))
                texts_.emplace_back(as, each);
        }
    }

    std::vector<std::pair<pinyin::As, std::string>> texts_;
    std::vector<pinyin::Field> fields_;
};

pinyin::Document document_of(const Kind& kind, const FieldValues& values) {
    return pinyin::document(Texts(kind, values).fields());
}

bool same_words(const Kind& kind, const FieldValues& before, const FieldValues& after) {
    if (is_removed(before) != is_removed(after)) return false;
    return std::ranges::all_of(searched(kind), [&](const Field* field) {
        const Value* was = find(before, field->tag);
        const Value* is = find(after, field->tag);
        return was == nullptr || is == nullptr ? was == is : *was == *is;
    });
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

std::vector<Hit> Search::find(std::string_view typed, std::uint16_t kind, std::size_t limit) {
    catch_up();
    std::vector<Hit> hits;
    const auto question = pinyin::question_of(typed);
    const auto key = pinyin::match_key(typed);
    for (const auto where : {pinyin::Where::Exact, pinyin::Where::Name, pinyin::Where::Anywhere}) {
        const std::string expression = pinyin::match_expression(typed, where);
        if (expression.empty() || hits.size() >= limit) continue;
        // What the index does not know, signs, is looked at in the record itself.
        const auto fits = [&](const Kind& of, const RecordId& record) {
            if (where != pinyin::Where::Exact && !question.has_signs()) return true;
            const auto values = sqlite::load_record(db_, of, record);
            if (!values) return false;
            const Texts texts(of, *values);
            return where == pinyin::Where::Exact ? texts.is_named(key)
                                                 : pinyin::finds(question, texts.fields());
        };
        collect(expression, kind, limit, fits, hits);
    }
    return hits;
}

void Search::collect(std::string_view expression,
                     std::uint16_t kind,
                     std::size_t limit,
                     const std::function<bool(const Kind&, const RecordId&)>& fits,
                     std::vector<Hit>& hits) {
    const std::int64_t from = kind == 0 ? 0 : first_doc(kind);
    const std::int64_t to = kind == 0 ? INT64_MAX : first_doc(static_cast<std::uint16_t>(kind + 1));
    auto row = db_.prepared(
        "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 "
        "ORDER BY rowid DESC LIMIT ?4");
    row.bind(expression, from, to, std::uint64_t{std::max(limit, kLookedAt)});
    while (hits.size() < limit && row.step()) {
        const Kind* found = kind_of(row.number(0));
        const auto record = found == nullptr ? std::nullopt : record_of(db_, *found, row.number(0));
        if (!record) continue;
        const Hit hit{found->tag, *record};
        if (std::ranges::find(hits, hit) == hits.end() && fits(*found, *record))
            hits.push_back(hit);
    }
}

std::size_t Search::catch_up() {
    if (sqlite::is_read_only(db_)) return 0;
    const std::uint64_t waiting = queued();
    // In bulk one transaction: the index gathers tokens in memory until it is committed.
    const std::size_t step = waiting > kBulk ? waiting : kStep;
    std::size_t total = 0;
    while (total < waiting) {
        const std::size_t some = index_some(step);
        if (some == 0) break;
        total += some;
    }
    return total;
}

std::size_t Search::index_some(std::size_t limit) {
    std::vector<std::int64_t> docs;
    {
        auto row = db_.prepared("SELECT doc FROM search_queue ORDER BY doc LIMIT ?1");
        row.bind(std::uint64_t{limit});
        while (row.step()) docs.push_back(row.number(0));
    }
    if (docs.empty()) return 0;
    sqlite::Transaction tx(db_);
    for (const std::int64_t doc : docs) {
        const Kind* kind = kind_of(doc);
        const auto record = kind == nullptr ? std::nullopt : record_of(db_, *kind, doc);
        const auto values = record ? sqlite::load_record(db_, *kind, *record) : std::nullopt;
        if (!values) continue;
        const auto document = document_of(*kind, *values);
        db_.prepared("INSERT INTO search(rowid, name, body) VALUES(?1, ?2, ?3)")
            .bind(doc, document.name, document.body)
            .run();
    }
    db_.prepared("DELETE FROM search_queue WHERE doc<=?1").bind(docs.back()).run();
    tx.commit();
    return docs.size();
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
    // Queued already: the index holds nothing of it.
    const int fresh =
        db_.prepared("INSERT OR IGNORE INTO search_queue(doc) VALUES(?1)").bind(*doc).run();
    if (fresh > 0) forget(*doc, kind, before);
}

void Search::removed(const Kind& kind, const RecordId& record, const FieldValues& before) {
    if (searched(kind).empty()) return;
    const auto doc = doc_of(db_, kind, record);
    if (!doc) return;
    const bool waiting = db_.prepared("DELETE FROM search_queue WHERE doc=?1").bind(*doc).run() > 0;
    if (!waiting) forget(*doc, kind, before);
}

void Search::forget(std::int64_t doc, const Kind& kind, const FieldValues& values) {
    const auto document = document_of(kind, values);
    db_.prepared("INSERT INTO search(search, rowid, name, body) VALUES('delete', ?1, ?2, ?3)")
        .bind(doc, document.name, document.body)
        .run();
    Meta(db_).set_number(kRemovedKey, 1);
}

bool Search::forget_removed() {
    Meta meta(db_);
    if (meta.number(kRemovedKey) == 0) return false;
    sqlite::Transaction tx(db_);
    db_.prepared(pinyin::kForgetDeleted).run();
    meta.erase(kRemovedKey);
    tx.commit();
    return true;
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
    db_.exec("DROP TABLE IF EXISTS search; DELETE FROM search_queue");
    db_.exec(std::string(pinyin::kCreateIndex));
    for (const Kind* kind : catalog::kinds()) {
        if (searched(*kind).empty()) continue;
        db_.prepared("INSERT INTO search_queue(doc) SELECT ?1 + rowid FROM \"" +
                     std::string(kind->name) + '"')
            .bind(first_doc(kind->tag))
            .run();
    }
    Meta(db_).erase(kRemovedKey);
}

void Search::many_go(std::uint64_t records) {
    if (records < kBulk) return;
    std::uint64_t indexed = 0;
    for (const Kind* kind : catalog::kinds()) {
        if (searched(*kind).empty()) continue;
        auto row = db_.prepared("SELECT count(*) FROM \"" + std::string(kind->name) + '"');
        if (row.step()) indexed += row.counter(0);
    }
    // Taking a record out costs twice what putting one in does: its words are made for both.
    const std::uint64_t waiting = queued();
    indexed -= std::min(waiting, indexed);
    if (indexed > 0 && 3 * records >= indexed) start_anew();
}

}  // namespace dossier::client
