#include "client/store/outbox.hpp"

#include <algorithm>

#include "common/base/check.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/field.hpp"

#include "protocol/codec.hpp"

#include "client/store/meta.hpp"

namespace dossier::client {
namespace {

/// A changeset as this store froze it; the vault vouches for the bytes.
merge::Changeset thawed(ByteView body) {
    auto changeset = protocol::decode_changeset(body);
    DOSSIER_CHECK(changeset.has_value());
    return std::move(*changeset);
}

/// Columns: oseq, claimed_at_ms, body, verdicts, sealed.
OutboxEntry entry_from(const sqlite::Statement& row) {
    OutboxEntry entry;
    entry.oseq.value = row.counter(0);
    entry.claimed_at.ms = row.number(1);
    entry.sealed = row.number(4) != 0;
    if (!row.is_null(2) && !entry.sealed) entry.changeset = thawed(row.blob(2));
    if (!row.is_null(3)) {
        auto verdicts = protocol::decode_verdicts(row.blob(3));
        if (verdicts) entry.verdicts = std::move(*verdicts);
    }
    return entry;
}

}  // namespace

bool speaks_of(const merge::Op& op, const std::unordered_set<RecordId>& records) {
    if (records.contains(op.record)) return true;
    const auto* kind = catalog::find_kind(op.record_kind);
    const auto* parent = kind == nullptr || kind->parent.empty()
                             ? nullptr
                             : catalog::find_field(*kind, kind->parent);
    const Value* above = parent == nullptr ? nullptr : find(op.fields, parent->tag);
    return above != nullptr && records.contains(as_record(*above));
}

OSeq Outbox::append(const merge::Changeset& changeset) {
    const OSeq oseq = last().next();
    const crypto::Digest prev = head();
    const Bytes body = protocol::encode_changeset(changeset);
    db_.prepared(
           "INSERT INTO outbox(oseq, epoch, prev, hash, claimed_at_ms, body) "
           "VALUES(?1, ?6, ?2, ?3, ?4, ?5)")
        .bind(oseq, prev, protocol::chain(prev, oseq.value, body), changeset.claimed_at.ms, body,
              Meta(db_).number(kDeviceEpochKey, 1))
        .run();
    RecordId previous;
    for (const merge::Op& op : changeset.ops) {
        if (op.record == previous) continue;
        previous = op.record;
        db_.prepared("INSERT OR IGNORE INTO outbox_record(record, oseq) VALUES(?1, ?2)")
            .bind(op.record, oseq)
            .run();
    }
    return oseq;
}

OSeq Outbox::last() {
    auto row = db_.prepared("SELECT oseq FROM outbox ORDER BY oseq DESC LIMIT 1");
    return row.step() ? OSeq{row.counter(0)} : OSeq{};
}

crypto::Digest Outbox::head() {
    auto row = db_.prepared("SELECT hash FROM outbox ORDER BY oseq DESC LIMIT 1");
    return row.step() ? row.fixed<32>(0) : crypto::Digest{};
}

std::optional<crypto::Digest> Outbox::chain_at(OSeq oseq) {
    if (oseq.value == 0) return crypto::Digest{};
    auto row = db_.prepared("SELECT hash FROM outbox WHERE oseq=?1");
    if (!row.bind(oseq).step()) return std::nullopt;
    return row.fixed<32>(0);
}

std::uint64_t Outbox::unsent_count() {
    auto row = db_.prepared("SELECT count(*) FROM outbox WHERE verdicts IS NULL");
    return row.step() ? row.counter(0) : 0;
}

std::optional<OSeq> Outbox::first_unsent() {
    auto row = db_.prepared("SELECT oseq FROM outbox WHERE verdicts IS NULL ORDER BY oseq LIMIT 1");
    if (!row.step()) return std::nullopt;
    return OSeq{row.counter(0)};
}

std::optional<Instant> Outbox::oldest_unsent() {
    auto row = db_.prepared(
        "SELECT claimed_at_ms FROM outbox WHERE verdicts IS NULL ORDER BY oseq LIMIT 1");
    if (!row.step()) return std::nullopt;
    return Instant{row.number(0)};
}

OSeq Outbox::last_forgotten() {
    auto row =
        db_.prepared("SELECT oseq FROM outbox WHERE body IS NULL ORDER BY oseq DESC LIMIT 1");
    return row.step() ? OSeq{row.counter(0)} : OSeq{};
}

std::vector<protocol::Frozen> Outbox::frozen_from(OSeq from, std::size_t bytes) {
    std::vector<protocol::Frozen> window;
    std::size_t taken = 0;
    std::uint64_t expected = from.value;
    auto row = db_.prepared(
        "SELECT oseq, prev, body, sealed FROM outbox WHERE oseq>=?1 AND body IS NOT NULL "
        "ORDER BY oseq");
    row.bind(from);
    while (row.step()) {
        const ByteView body = row.blob(2);
        const bool fits = window.empty() || taken + body.size() <= bytes;
        if (row.counter(0) != expected++ || !fits) break;
        if (is_planted(Plant::EntryStuck) && row.counter(0) % 7 == 0) break;
        taken += body.size();
        window.push_back({row.counter(0), row.fixed<32>(1), row.bytes(2), row.number(3) != 0});
    }
    return window;
}

std::vector<merge::Op> Outbox::unsent_ops(const RecordId& record) {
    std::vector<merge::Op> ops;
    auto row = db_.prepared(
        "SELECT o.body FROM outbox_record r CROSS JOIN outbox o ON o.oseq=r.oseq "
        "WHERE r.record=?1 ORDER BY r.oseq");
    row.bind(record);
    while (row.step()) {
        for (merge::Op& op : thawed(row.blob(0)).ops) {
            if (op.record == record) ops.push_back(std::move(op));
        }
    }
    return ops;
}

bool Outbox::has_unsent(const RecordId& record) {
    return db_.prepared("SELECT 1 FROM outbox_record WHERE record=?1 LIMIT 1").bind(record).step();
}

std::optional<OutboxEntry> Outbox::entry(OSeq oseq) {
    auto row = db_.prepared(
        "SELECT oseq, claimed_at_ms, body, verdicts, sealed FROM outbox WHERE oseq=?1");
    if (!row.bind(oseq).step()) return std::nullopt;
    return entry_from(row);
}

std::vector<OutboxEntry> Outbox::history(std::size_t limit) {
    std::vector<OutboxEntry> entries;
    auto row = db_.prepared(
        "SELECT oseq, claimed_at_ms, body, verdicts, sealed FROM outbox ORDER BY oseq DESC LIMIT "
        "?1");
    row.bind(std::uint64_t{limit});
    while (row.step()) entries.push_back(entry_from(row));
    return entries;
}

void Outbox::answer(OSeq oseq, std::span<const merge::Verdict> verdicts, Instant now) {
    const Bytes encoded = protocol::encode_verdicts({verdicts.begin(), verdicts.end()});
    if (is_planted(Plant::OutboxCleared))
        db_.prepared("UPDATE outbox SET verdicts=?2 WHERE oseq>?1").bind(oseq, encoded).run();
    db_.prepared("UPDATE outbox SET verdicts=?2, answered_at_ms=?3 WHERE oseq=?1")
        .bind(oseq, encoded, now.ms)
        .run();
    const auto answered = entry(oseq);
    if (!answered) return;
    for (const merge::Op& op : answered->changeset.ops) {
        db_.prepared("DELETE FROM outbox_record WHERE record=?1 AND oseq=?2")
            .bind(op.record, oseq)
            .run();
    }
}

std::vector<std::pair<RecordId, std::uint16_t>> Outbox::purge(
    std::unordered_set<RecordId> records) {
    std::vector<std::pair<RecordId, std::uint16_t>> others;
    if (records.empty()) return others;
    std::vector<std::pair<OSeq, bool>> touched;
    {
        auto row = db_.prepared(
            "SELECT oseq, body, verdicts FROM outbox WHERE body IS NOT NULL AND sealed=0 "
            "ORDER BY oseq");
        while (row.step()) {
            const auto ops = thawed(row.blob(1)).ops;
            const bool speaks = std::ranges::any_of(
                ops, [&](const merge::Op& op) { return speaks_of(op, records); });
            if (!speaks) continue;
            touched.emplace_back(OSeq{row.counter(0)}, !row.is_null(2));
            if (!row.is_null(2)) continue;
            for (const merge::Op& op : ops) {
                others.emplace_back(op.record, op.record_kind);
                // What was written later on a record made in it goes with it.
                if (op.kind == merge::OpKind::Create) records.insert(op.record);
            }
        }
    }
    for (const auto& [oseq, answered] : touched) {
        if (seal(oseq) || !answered) continue;
        db_.prepared("UPDATE outbox SET body=NULL WHERE oseq=?1").bind(oseq).run();
    }
    return others;
}

void Outbox::forget_quotes(const std::unordered_set<RecordId>& erased) {
    std::vector<std::pair<OSeq, Bytes>> shorter;
    {
        auto row = db_.prepared(
            "SELECT oseq, verdicts, iif(sealed, NULL, body) FROM outbox "
            "WHERE verdicts IS NOT NULL");
        while (row.step()) {
            const auto ops = row.is_null(2) ? std::vector<merge::Op>{} : thawed(row.blob(2)).ops;
            const bool speaks = row.is_null(2) || std::ranges::any_of(ops, [&](const auto& op) {
                                    return speaks_of(op, erased);
                                });
            auto verdicts = protocol::decode_verdicts(row.blob(1));
            if (!speaks || !verdicts) continue;
            const bool quotes = std::ranges::any_of(
                *verdicts, [](const merge::Verdict& each) { return !each.args.empty(); });
            if (!quotes) continue;
            for (merge::Verdict& each : *verdicts) each.args.clear();
            shorter.emplace_back(OSeq{row.counter(0)}, protocol::encode_verdicts(*verdicts));
        }
    }
    for (const auto& [oseq, verdicts] : shorter)
        db_.prepared("UPDATE outbox SET verdicts=?2 WHERE oseq=?1").bind(oseq, verdicts).run();
}

bool Outbox::seal(OSeq oseq) {
    const auto key = Meta(db_).recovery_key();
    if (!key) return false;
    auto row = db_.prepared("SELECT body FROM outbox WHERE oseq=?1 AND sealed=0");
    if (!row.bind(oseq).step() || row.is_null(0)) return false;
    const Bytes sealed = crypto::seal_to(*key, row.blob(0));
    db_.prepared("UPDATE outbox SET body=?2, sealed=1 WHERE oseq=?1").bind(oseq, sealed).run();
    db_.prepared("DELETE FROM outbox_record WHERE oseq=?1").bind(oseq).run();
    return true;
}

std::vector<std::pair<RecordId, std::uint16_t>> Outbox::seal_unsent() {
    std::vector<OSeq> unsent;
    std::vector<std::pair<RecordId, std::uint16_t>> spoken_of;
    {
        auto row =
            db_.prepared("SELECT oseq, body FROM outbox WHERE verdicts IS NULL AND sealed=0");
        while (row.step()) {
            unsent.push_back({row.counter(0)});
            for (const merge::Op& op : thawed(row.blob(1)).ops)
                spoken_of.emplace_back(op.record, op.record_kind);
        }
    }
    for (const OSeq oseq : unsent) seal(oseq);
    return spoken_of;
}

std::uint64_t Outbox::sealed_count() {
    auto row = db_.prepared("SELECT count(*) FROM outbox WHERE verdicts IS NULL AND sealed=1");
    return row.step() ? row.counter(0) : 0;
}

void Outbox::forget_answered(Instant then, Instant now) {
    db_.prepared(
           "UPDATE outbox SET answered_at_ms=?1 WHERE verdicts IS NOT NULL AND answered_at_ms=0")
        .bind(now.ms)
        .run();
    db_.prepared(
           "UPDATE outbox SET body=NULL, sealed=0 WHERE verdicts IS NOT NULL AND "
           "answered_at_ms<?1 AND body IS NOT NULL")
        .bind(then.ms)
        .run();
}

}  // namespace dossier::client
