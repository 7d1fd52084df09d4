// The history of group values.
#include <stdexcept>

#include "common/base/check.hpp"
#include "common/catalog/encode.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

using merge::OpKind;

constexpr std::string_view kSelectEntry = R"sql(
    SELECT seq, record, kind, group_tag, op, base, before, value, won, verdict, matter, at_ms,
           device, count, author, rank, received_at_ms, event, source, reason, since
    FROM office_journal )sql";

std::string select(std::string_view rest) {
    std::string sql(kSelectEntry);
    sql += rest;
    return sql;
}

/// Layout: count(2) || count × tag(2) of the values that are empty || catalog::encode of the
/// others. "Cleared" and "not seen" differ, and catalog::encode leaves empty values out.
Bytes packed(const FieldValues& values) {
    if (values.empty()) return {};
    Bytes empty;
    for (const FieldValue& each : values) {
        if (is_empty(each.value)) append_le(empty, each.tag);
    }
    Bytes out;
    append_le(out, static_cast<std::uint16_t>(empty.size() / 2));
    append(out, empty);
    catalog::encode_to(out, values);
    return out;
}

/// Throws for bytes `packed` did not write: the database is broken.
FieldValues unpacked(ByteView bytes) {
    if (bytes.empty()) return {};
    const std::size_t empty = bytes.size() < 2 ? 0 : read_le<std::uint16_t>(bytes.data());
    const std::size_t head = 2 + 2 * empty;
    if (bytes.size() < head) throw std::runtime_error("journal line cut short");
    auto values = catalog::decode(bytes.subspan(head));
    if (!values) throw std::runtime_error("journal line does not decode");
    for (std::size_t at = 2; at < head; at += 2) {
        assign(*values, read_le<std::uint16_t>(bytes.data() + at), {});
    }
    return std::move(*values);
}

JournalEntry entry_from(const sqlite::Statement& row) {
    JournalEntry entry;
    entry.seq = Seq{row.counter(0)};
    entry.record = row.id<RecordId>(1);
    entry.kind = static_cast<std::uint16_t>(row.number(2));
    entry.group = static_cast<std::uint16_t>(row.number(3));
    entry.op = static_cast<OpKind>(row.number(4));
    entry.base = unpacked(row.blob(5));
    entry.before = row.is_null(6) ? entry.base : unpacked(row.blob(6));
    entry.value = unpacked(row.blob(7));
    entry.won = row.number(8) != 0;
    entry.verdict = static_cast<merge::VerdictKind>(row.number(9));
    entry.matter = row.counter(10);
    entry.stamp = {.at = {row.number(11)},
                   .device = row.id<DeviceId>(12),
                   .count = row.counter(13),
                   .author = row.id<UserId>(14),
                   .rank = static_cast<int>(row.number(15))};
    entry.received_at = {row.number(16)};
    entry.event = row.text(17);
    entry.source = row.text(18);
    entry.reason = row.text(19);
    entry.since = Fv{row.counter(20)};
    return entry;
}

std::optional<JournalEntry> first_of(sqlite::Statement& rows) {
    if (!rows.step()) return std::nullopt;
    return entry_from(rows);
}

}  // namespace

Seq SqliteStore::append_journal(const JournalEntry& entry) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_journal(record, kind, group_tag, op, base, before, value, won, verdict,
            matter, at_ms, device, count, author, rank, received_at_ms, event, source, reason,
            since)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
               ?19, ?20))sql";
    const Bytes base = packed(entry.base);
    const Bytes before = packed(entry.before);
    const Bytes value = packed(entry.value);
    const merge::Stamp& stamp = entry.stamp;
    auto row = db_.prepared(kSql);
    row.bind(entry.record, entry.kind, entry.group, static_cast<int>(entry.op), base, before, value,
             entry.won, static_cast<int>(entry.verdict), entry.matter, stamp.at.ms, stamp.device,
             stamp.count, stamp.author, stamp.rank, entry.received_at.ms, entry.event, entry.source,
             entry.reason, entry.since);
    if (base.empty()) row.put(5, std::nullopt);
    if (before == base) row.put(6, std::nullopt);
    if (value.empty()) row.put(7, std::nullopt);
    row.run();
    return Seq{static_cast<std::uint64_t>(db_.last_row())};
}

std::vector<JournalEntry> SqliteStore::history(const RecordId& record,
                                               std::optional<std::uint16_t> group) {
    static const std::string kAll = select("WHERE record=?1 ORDER BY seq");
    static const std::string kGroup =
        select("WHERE record=?1 AND group_tag IN (0, ?2) ORDER BY seq");
    auto rows = db_.prepared(group ? kGroup : kAll);
    rows.put(1, record);
    if (group) rows.put(2, *group);
    std::vector<JournalEntry> entries;
    while (rows.step()) entries.push_back(entry_from(rows));
    return entries;
}

std::optional<JournalEntry> SqliteStore::last_won(const RecordId& record, std::uint16_t group) {
    static const std::string kLast =
        select("WHERE record=?1 AND group_tag=?2 AND op=?3 AND won ORDER BY seq DESC LIMIT 1");
    {
        auto set = db_.prepared(kLast);
        set.bind(record, group, static_cast<int>(OpKind::Set));
        if (auto found = first_of(set)) return found;
    }
    auto create = db_.prepared(kLast);
    create.bind(record, 0, static_cast<int>(OpKind::Create));
    return first_of(create);
}

std::optional<JournalEntry> SqliteStore::entry(Seq seq) {
    static const std::string kOne = select("WHERE seq=?1");
    auto row = db_.prepared(kOne);
    row.bind(seq);
    return first_of(row);
}

Seq SqliteStore::journal_end() {
    auto last = db_.prepared("SELECT max(seq) FROM office_journal");
    return {last.step() ? last.counter(0) : 0};
}

}  // namespace dossier::server
