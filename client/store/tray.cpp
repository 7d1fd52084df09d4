#include "client/store/tray.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/catalog/catalog.hpp"
#include "common/merge/elements.hpp"
#include "common/merge/overlay.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "protocol/codec.hpp"

#include "client/store/outbox.hpp"

namespace dossier::client {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, oseq, op_index, op, answer, written_at_ms, answered_at_ms, read_at_ms, "
    "settled_at_ms FROM tray ";

std::string select(std::string_view where) {
    return std::string(kColumns).append(where);
}

TrayItem item_from(const sqlite::Statement& row) {
    TrayItem item;
    item.id = row.number(0);
    item.oseq.value = row.counter(1);
    item.op_index = static_cast<std::uint32_t>(row.number(2));
    auto op = protocol::decode_changeset(row.blob(3));
    if (op && !op->ops.empty()) item.op = std::move(op->ops.front());
    auto verdict = protocol::decode_verdicts(row.blob(4));
    if (verdict && !verdict->empty()) item.verdict = std::move(verdict->front());
    item.written_at.ms = row.number(5);
    item.answered_at.ms = row.number(6);
    item.read_at.ms = row.number(7);
    item.settled_at.ms = row.number(8);
    return item;
}

Bytes stored(const TrayItem& item) {
    merge::Changeset words;
    words.claimed_at = item.written_at;
    words.ops.push_back(item.op);
    return protocol::encode_changeset(words);
}

std::vector<TrayItem> all(sqlite::Statement& row) {
    std::vector<TrayItem> items;
    while (row.step()) items.push_back(item_from(row));
    return items;
}

}  // namespace

std::vector<TrayItem> Tray::list(bool unread_only) {
    static const std::string kSql = select("WHERE read_at_ms=0 OR ?1=0 ORDER BY id DESC");
    auto row = db_.prepared(kSql);
    row.bind(unread_only);
    return all(row);
}

std::uint64_t Tray::unread_count() {
    auto row = db_.prepared(
        "SELECT count(*) FROM tray WHERE read_at_ms=0 AND (verdict<>?1 OR settled_at_ms=0)");
    row.bind(static_cast<int>(merge::VerdictKind::Rejected));
    return row.step() ? row.counter(0) : 0;
}

std::vector<std::uint64_t> Tray::unread_in_cases() {
    auto row = db_.prepared(
        "SELECT matter FROM tray WHERE read_at_ms=0 AND verdict=?1 AND settled_at_ms=0");
    row.bind(static_cast<int>(merge::VerdictKind::Case));
    std::vector<std::uint64_t> numbers;
    while (row.step()) numbers.push_back(row.counter(0));
    return numbers;
}

std::optional<TrayItem> Tray::item(std::int64_t id) {
    static const std::string kSql = select("WHERE id=?1");
    auto row = db_.prepared(kSql);
    if (!row.bind(id).step()) return std::nullopt;
    return item_from(row);
}

std::vector<TrayItem> Tray::open_for(const RecordId& record) {
    static const std::string kSql =
        select("WHERE record=?1 AND settled_at_ms=0 AND verdict<>?2 ORDER BY id");
    auto row = db_.prepared(kSql);
    row.bind(record, static_cast<int>(merge::VerdictKind::Rejected));
    return all(row);
}

std::vector<TrayItem> Tray::waiting_for(const RecordId& record) {
    auto items = has_open() ? open_for(record) : std::vector<TrayItem>{};
    std::erase_if(items, [](const TrayItem& item) {
        return item.op.kind != merge::OpKind::Set || item.verdict.matter == 0;
    });
    return items;
}

std::vector<TrayItem> Tray::refused_unread(const RecordId& record) {
    static const std::string kSql =
        select("WHERE record=?1 AND read_at_ms=0 AND settled_at_ms=0 AND verdict=?2 ORDER BY id");
    auto row = db_.prepared(kSql);
    row.bind(record, static_cast<int>(merge::VerdictKind::Rejected));
    return all(row);
}

bool Tray::mark_read(std::int64_t id, Instant now) {
    return db_.prepared("UPDATE tray SET read_at_ms=?2 WHERE id=?1").bind(id, now.ms).run() > 0;
}

void Tray::put(const TrayItem& item) {
    TrayItem kept = item;
    const auto* kind = catalog::find_kind(kept.op.record_kind);
    if (kind != nullptr) kept.op.fields = merge::own_words(*kind, kept.op);
    kept.op.base.clear();
    const Bytes op = stored(kept);
    const Bytes answer = protocol::encode_verdicts({item.verdict});
    db_.prepared(R"sql(
        INSERT INTO tray(oseq, op_index, record, verdict, matter, op, answer, written_at_ms,
                         answered_at_ms)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT(oseq, op_index) DO UPDATE SET
            read_at_ms=iif(answer=excluded.answer, read_at_ms, 0),
            settled_at_ms=iif(answer=excluded.answer, settled_at_ms, 0),
            verdict=excluded.verdict, matter=excluded.matter,
            answer=excluded.answer, answered_at_ms=excluded.answered_at_ms)sql")
        .bind(item.oseq, item.op_index, item.op.record, static_cast<int>(item.verdict.kind),
              item.verdict.matter, op, answer, item.written_at.ms, item.answered_at.ms)
        .run();
}

void Tray::settle_op(OSeq oseq, std::uint32_t op_index, Instant now) {
    db_.prepared(
           "UPDATE tray SET settled_at_ms=?3 WHERE oseq=?1 AND op_index=?2 AND settled_at_ms=0")
        .bind(oseq, op_index, now.ms)
        .run();
}

void Tray::settle(merge::VerdictKind kind, std::uint64_t matter, Instant now) {
    // A late op is kept as a proposal and settled with it.
    const auto other = kind == merge::VerdictKind::Proposal ? merge::VerdictKind::Late : kind;
    db_.prepared(
           "UPDATE tray SET settled_at_ms=?4 "
           "WHERE matter=?1 AND verdict IN (?2, ?3) AND settled_at_ms=0")
        .bind(matter, static_cast<int>(kind), static_cast<int>(other), now.ms)
        .run();
}

void Tray::settle_earlier(const merge::Op& op, OSeq oseq, Instant now) {
    const auto* kind = catalog::find_kind(op.record_kind);
    const auto* field = kind == nullptr || op.kind != merge::OpKind::Set || op.fields.empty()
                            ? nullptr
                            : catalog::find_field(*kind, op.fields.front().tag);
    if (field == nullptr) return;
    // What was refused of it before is made good with that.
    for (const TrayItem& item : refused_unread(op.record)) {
        if (item.oseq < oseq && find(item.op.fields, field->tag) != nullptr)
            settle_op(item.oseq, item.op_index, now);
    }
    for (TrayItem& item : waiting_for(op.record)) {
        const Value* word = find(item.op.fields, field->tag);
        if (word == nullptr || !(item.oseq < oseq)) continue;
        const bool by_element = merge::holds_elements(*field);
        Value waits = by_element ? merge::remaining(*field, *word, op) : Value{};
        if (by_element && waits == *word) continue;
        if (is_empty(waits)) {
            settle_op(item.oseq, item.op_index, now);
        } else {
            assign(item.op.fields, field->tag, std::move(waits));
            db_.prepared("UPDATE tray SET op=?2 WHERE id=?1").bind(item.id, stored(item)).run();
        }
    }
}

void Tray::settle_taken(const RecordId& record, const FieldValues& office, Instant now) {
    auto items = open_for(record);
    std::ranges::copy(refused_unread(record), std::back_inserter(items));
    for (const TrayItem& item : items) {
        const auto* kind = catalog::find_kind(item.op.record_kind);
        const auto& wanted = item.op.fields;
        if (kind == nullptr || wanted.empty() || !merge::says(*kind, office, wanted)) continue;
        db_.prepared("UPDATE tray SET settled_at_ms=?2 WHERE id=?1").bind(item.id, now.ms).run();
    }
}

void Tray::settle_passed(const RecordId& record, const FieldValues& office, Instant now) {
    for (const TrayItem& item : refused_unread(record)) {
        const auto* kind = catalog::find_kind(item.op.record_kind);
        const auto* machine = kind == nullptr || item.op.event.empty()
                                  ? nullptr
                                  : workflow::machine_of(*kind, item.op.event);
        if (machine == nullptr || machine->kind != kind) continue;
        if (workflow::may_step(*machine, item.op.event, office, item.op.fields)) continue;
        settle_op(item.oseq, item.op_index, now);
    }
}

void Tray::erase(std::unordered_set<RecordId> records) {
    const auto items = list(false);
    // What was written on a record made under one of them goes with it, however deep it hangs.
    for (std::size_t before = 0; before != records.size();) {
        before = records.size();
        for (const TrayItem& item : items) {
            if (item.op.kind == merge::OpKind::Create && speaks_of(item.op, records))
                records.insert(item.op.record);
        }
    }
    for (const TrayItem& item : items) {
        if (speaks_of(item.op, records))
            db_.prepared("DELETE FROM tray WHERE id=?1").bind(item.id).run();
    }
}

bool Tray::has_open() {
    return db_.prepared("SELECT 1 FROM tray WHERE settled_at_ms=0 LIMIT 1").step();
}

}  // namespace dossier::client
