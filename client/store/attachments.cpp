#include "client/store/attachments.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/document.hpp"

#include "protocol/messages.hpp"

#include "client/store/meta.hpp"
#include "client/store/traces.hpp"

namespace dossier::client {
namespace {

/// What a laptop receives by itself, and what an offline grant (scope sort 6) opens beyond it.
constexpr std::string_view kWaited = R"sql(
    FROM attachment a
        LEFT JOIN content_ref r ON r.record = a.id LEFT JOIN content c ON c.no = r.content
    WHERE coalesce(c.whole, 0) = 0 AND a.deleted_at IS NULL
        AND EXISTS(SELECT 1 FROM member m WHERE m.record = a.id)
        AND (a.size <= ?1 OR EXISTS(
            SELECT 1 FROM member m JOIN scope s ON s.id = m.scope
            WHERE m.record = a.id AND s.sort = 6))
        AND NOT EXISTS(SELECT 1 FROM upload u WHERE u.record = a.id))sql";

}  // namespace

std::vector<Upload> Attachments::uploads(std::size_t limit) {
    std::vector<Upload> all;
    {
        auto row = db_.prepared(
            "SELECT u.record, u.state FROM upload u JOIN content_ref r ON r.record = u.record "
            "JOIN content c ON c.no = r.content ORDER BY c.size, u.record LIMIT ?1");
        row.bind(std::uint64_t{limit});
        while (row.step()) {
            all.push_back({row.id<RecordId>(0), {}, static_cast<std::uint8_t>(row.number(1))});
        }
    }
    for (Upload& each : all) each.held = contents.of(each.record).value_or(content::Held{});
    return all;
}

std::uint64_t Attachments::upload_count() {
    auto row = db_.prepared("SELECT count(*) FROM upload");
    return row.step() ? row.counter(0) : 0;
}

bool Attachments::is_upload(const RecordId& record) {
    return db_.prepared("SELECT 1 FROM upload WHERE record=?1").bind(record).step();
}

std::vector<Missing> Attachments::missing(std::size_t limit) {
    static const std::string kSql =
        "SELECT a.id, a.content, a.size" + std::string(kWaited) + " ORDER BY a.size, a.id LIMIT ?2";
    std::vector<Missing> all;
    auto row = db_.prepared(kSql);
    row.bind(catalog::kOfflineContentBytesMax, std::uint64_t{limit});
    while (row.step()) {
        Missing each{row.id<RecordId>(0), {}, row.counter(2)};
        const auto id = from_hex(row.text(1));
        if (!id || id->size() != each.id.size()) continue;
        std::copy(id->begin(), id->end(), each.id.begin());
        all.push_back(each);
    }
    return all;
}

std::uint64_t Attachments::missing_count() {
    static const std::string kSql = "SELECT count(*)" + std::string(kWaited);
    auto row = db_.prepared(kSql);
    return row.bind(catalog::kOfflineContentBytesMax).step() ? row.counter(0) : 0;
}

void Attachments::expect_upload(const RecordId& record, const RecordId& customer) {
    db_.prepared("INSERT OR IGNORE INTO upload(record, state, customer) VALUES(?1, 0, ?2)")
        .bind(record, customer)
        .run();
}

void Attachments::note_upload(const RecordId& record, std::uint8_t state) {
    db_.prepared("UPDATE upload SET state=?2 WHERE record=?1").bind(record, int{state}).run();
}

void Attachments::end_upload(const RecordId& record) {
    db_.prepared("DELETE FROM upload WHERE record=?1").bind(record).run();
}

bool Attachments::collect() {
    if (is_planted(Plant::ContentsKept)) return false;
    std::vector<RecordId> gone;
    {
        auto row = db_.prepared(
            "SELECT record FROM content_ref WHERE record NOT IN (SELECT id FROM attachment) "
            "AND record NOT IN (SELECT record FROM upload)");
        while (row.step()) gone.push_back(row.id<RecordId>(0));
    }
    for (const RecordId& record : gone) contents.drop(record);
    if (!gone.empty()) Traces(db_).left();
    return !gone.empty();
}

bool Attachments::seal_next() {
    const auto key = Meta(db_).recovery_key();
    if (!key) return false;
    std::optional<content::Held> held;
    {
        // One content may be that of several records: it is sealed with the last of them.
        auto row = db_.prepared(
            "SELECT w.record FROM upload w JOIN content_ref r ON r.record = w.record "
            "JOIN content c ON c.no = r.content WHERE c.whole = 1 AND NOT EXISTS("
            "SELECT 1 FROM content_ref o LEFT JOIN upload u ON u.record = o.record "
            "WHERE o.content = c.no AND (o.record IN (SELECT id FROM attachment) OR "
            "(u.customer IN (SELECT id FROM customer) AND EXISTS("
            "SELECT 1 FROM tray t WHERE t.record = o.record AND t.verdict = ?1)))) LIMIT 1");
        if (row.bind(int{static_cast<int>(merge::VerdictKind::Rejected)}).step())
            held = contents.of(row.id<RecordId>(0));
    }
    if (!held) return false;
    contents.seal(*held, *key);
    Traces(db_).left();
    return true;
}

void Attachments::offer_again(const DeviceId& device) {
    static constexpr std::string_view kSql = R"sql(
        INSERT OR IGNORE INTO upload(record, state, customer)
        SELECT a.id, 0, a.customer_id FROM attachment a
            JOIN content_ref r ON r.record = a.id JOIN content c ON c.no = r.content
        WHERE c.whole = 1 AND a.created_device = ?1)sql";
    db_.prepared(kSql).bind(device).run();
}

void Attachments::forget_answers() {
    db_.exec("UPDATE upload SET state=0");
}

void Attachments::give_up_refused() {
    using protocol::ContentState;
    db_.prepared("DELETE FROM upload WHERE state=?1 OR state=?2")
        .bind(static_cast<int>(ContentState::Unknown), static_cast<int>(ContentState::Refused))
        .run();
}

}  // namespace dossier::client
