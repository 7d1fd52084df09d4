// Records that leave for good, and what is remembered of them: their identity.
#include "common/base/check.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/record_table.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kSelectErased =
    "SELECT record, kind, with_record, at_ms, by FROM office_erased WHERE ";

ErasedRow erased_from(const sqlite::Statement& row) {
    return {.record = row.id<RecordId>(0),
            .kind = static_cast<std::uint16_t>(row.number(1)),
            .with = row.id<RecordId>(2),
            .at = {row.number(3)},
            .by = row.id<UserId>(4)};
}

struct LogLine {
    Scope scope;
    Facet facet = Facet::Main;
    bool present = false;
};

}  // namespace

void SqliteStore::erase(const Place& place) {
    const auto* kind = catalog::find_kind(place.kind);
    DOSSIER_CHECK(kind != nullptr);
    std::vector<LogLine> lines;
    {
        auto rows = db_.prepared(R"sql(
            SELECT s.sort, s.of, l.facet, l.present FROM office_scope_log l
                JOIN office_scope s ON s.id = l.scope
            WHERE l.record=?1 ORDER BY l.scope, l.sseq)sql");
        rows.bind(place.record);
        while (rows.step())
            lines.push_back({{static_cast<access::ScopeSort>(rows.number(0)), rows.id<RecordId>(1)},
                             static_cast<Facet>(rows.number(2)),
                             rows.number(3) != 0});
    }
    for (const LogLine& line : lines) {
        if (line.present) {
            take_from_scope(line.scope, place, line.facet, facet(place.record, line.facet)->hash);
            continue;
        }
        // Who held it once and lost it may still keep words of his own about it.
        ScopeRow& row = make_scope(line.scope);
        advance(row);
        db_.prepared(
               "UPDATE office_scope_log SET sseq=?4 WHERE record=?1 AND facet=?2 AND scope=?3")
            .bind(place.record, static_cast<int>(line.facet), row.id, row.summary.sseq)
            .run();
    }
    erases_ = true;
    sqlite::erase_record(db_, *kind, place.record);
    for (const std::string_view sql :
         {"DELETE FROM office_record WHERE id=?1",
          "DELETE FROM office_customer_key WHERE customer=?1",
          "DELETE FROM office_facet WHERE record=?1", "DELETE FROM office_journal WHERE record=?1"})
        db_.prepared(sql).bind(place.record).run();
    contents_.drop(place.record);
}

void SqliteStore::note_erased(const ErasedRow& row) {
    db_.prepared(
           "INSERT OR IGNORE INTO office_erased(record, kind, with_record, at_ms, by) "
           "VALUES(?1, ?2, ?3, ?4, ?5)")
        .bind(row.record, row.kind, row.with, row.at.ms, row.by)
        .run();
}

std::optional<ErasedRow> SqliteStore::erased(const RecordId& record) {
    static const std::string kOne = std::string(kSelectErased) + "record=?1";
    auto row = db_.prepared(kOne);
    if (!row.bind(record).step()) return std::nullopt;
    return erased_from(row);
}

std::vector<ErasedRow> SqliteStore::erased() {
    static const std::string kNamed =
        std::string(kSelectErased) + "record=with_record ORDER BY at_ms, record";
    auto rows = db_.prepared(kNamed);
    std::vector<ErasedRow> named;
    while (rows.step()) named.push_back(erased_from(rows));
    return named;
}

void SqliteStore::rewrite_withheld(const Rewrite& rewrite) {
    std::vector<std::uint64_t> numbers;
    {
        auto rows = db_.prepared("SELECT number FROM office_withheld");
        while (rows.step()) numbers.push_back(rows.counter(0));
    }
    for (const std::uint64_t number : numbers) {
        const auto row = withheld(number);
        if (!row) continue;
        const auto kept = rewrite(row->body);
        if (kept == row->body) continue;
        // What it makes is kept beside it, and read from the new body when it is next asked for.
        db_.prepared("DELETE FROM office_withheld_made WHERE number=?1").bind(number).run();
        if (!kept)
            db_.prepared("DELETE FROM office_withheld WHERE number=?1").bind(number).run();
        else
            db_.prepared("UPDATE office_withheld SET body=?2, made_known=0 WHERE number=?1")
                .bind(number, *kept)
                .run();
    }
}

void SqliteStore::rewrite_verdicts(const Rewrite& rewrite) {
    struct Changed {
        DeviceId device;
        std::int64_t epoch;
        std::uint64_t oseq;
        Bytes verdicts;
    };
    std::vector<Changed> changed;
    {
        auto rows = db_.prepared("SELECT device, epoch, oseq, verdicts FROM office_verdict");
        while (rows.step()) {
            auto kept = rewrite(rows.blob(3));
            if (kept && *kept != rows.bytes(3))
                changed.push_back(
                    {rows.id<DeviceId>(0), rows.number(1), rows.counter(2), std::move(*kept)});
        }
    }
    for (const Changed& each : changed)
        db_.prepared(
               "UPDATE office_verdict SET verdicts=?4 WHERE device=?1 AND epoch=?2 AND oseq=?3")
            .bind(each.device, each.epoch, each.oseq, each.verdicts)
            .run();
}

}  // namespace dossier::server
