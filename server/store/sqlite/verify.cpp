// Everything re-read and held against everything else.
#include "common/catalog/catalog.hpp"
#include "common/catalog/customer.hpp"
#include "common/sqlite/record_table.hpp"

#include "server/store/audit_chain.hpp"
#include "server/store/facet_content.hpp"
#include "server/store/sqlite/references.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kNamed = 5;

/// The first few misfits in words, and how many there are.
struct Misfits {
    std::vector<std::string> named;
    std::uint64_t count = 0;

    void add(std::string words) {
        ++count;
        if (named.size() < kNamed) named.push_back(std::move(words));
    }
    void add(const RecordId& record, std::string_view words) {
        add(to_text(record) + ": " + std::string(words));
    }
    [[nodiscard]] Status status() const {
        if (count == 0) return {};
        std::string all;
        for (const std::string& each : named) all += (all.empty() ? "" : "; ") + each;
        return fail(kMisfit, std::to_string(count), all);
    }
};

void check_pages(sqlite::Connection& db, Misfits& misfits) {
    auto rows = db.prepared("PRAGMA integrity_check(20)");
    while (rows.step()) {
        if (rows.text(0) != "ok") misfits.add(std::string(rows.text(0)));
    }
}

void check_places(sqlite::Connection& db, Misfits& misfits) {
    for (const catalog::Kind* kind : catalog::kinds()) {
        const std::string name(kind->name);
        auto strays = db.prepared("SELECT id FROM \"" + name +
                                  "\" t WHERE NOT EXISTS (SELECT 1 FROM office_record r "
                                  "WHERE r.id=t.id AND r.kind=?1)");
        strays.bind(kind->tag);
        while (strays.step()) {
            misfits.add(strays.id<RecordId>(0), "row of " + name + " without a place");
        }
        auto missing = db.prepared(
            "SELECT id FROM office_record r WHERE kind=?1 AND NOT EXISTS "
            "(SELECT 1 FROM \"" +
            name + "\" t WHERE t.id=r.id)");
        missing.bind(kind->tag);
        while (missing.step()) {
            misfits.add(missing.id<RecordId>(0), "place without a row of " + name);
        }
    }
    static constexpr std::string_view kHomeless = R"sql(
        SELECT id FROM office_record r WHERE customer IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM office_record c WHERE c.id=r.customer AND c.kind=?1))sql";
    auto homeless = db.prepared(kHomeless);
    homeless.bind(catalog::kCustomer.tag);
    while (homeless.step()) misfits.add(homeless.id<RecordId>(0), "its customer does not exist");
}

void check_facets(sqlite::Connection& db, Misfits& misfits) {
    static constexpr std::string_view kSql = R"sql(
        SELECT f.record, f.facet, f.fv, f.hash, r.kind
        FROM office_facet f LEFT JOIN office_record r ON r.id = f.record)sql";
    auto rows = db.prepared(kSql);
    while (rows.step()) {
        const auto record = rows.id<RecordId>(0);
        const auto facet = static_cast<Facet>(rows.number(1));
        const auto* kind = catalog::find_kind(static_cast<std::uint16_t>(rows.number(4)));
        if (kind == nullptr) {
            misfits.add(record, "facet of no record");
            continue;
        }
        const auto values = sqlite::load_facet(db, *kind, record, facet);
        if (leaving_hash(*kind, record, facet, Fv{rows.counter(2)}, values) != rows.fixed<32>(3)) {
            misfits.add(record, "values of facet " + std::to_string(rows.number(1)) +
                                    " do not match their hash");
        }
    }
}

/// What the log of one scope adds up to.
struct Sum {
    std::uint64_t last = 0;
    std::uint64_t count = 0;
    crypto::SetHash set_hash;
};

std::map<std::int64_t, Sum> add_up_logs(sqlite::Connection& db, Misfits& misfits) {
    static constexpr std::string_view kSql = R"sql(
        SELECT l.scope, l.sseq, l.record, l.present, f.hash,
            coalesce(l.kind = r.kind, NOT l.present)
        FROM office_scope_log l
            LEFT JOIN office_facet f ON f.record = l.record AND f.facet = l.facet
            LEFT JOIN office_record r ON r.id = l.record
        ORDER BY l.scope, l.sseq)sql";
    std::map<std::int64_t, Sum> sums;
    auto rows = db.prepared(kSql);
    while (rows.step()) {
        Sum& sum = sums[rows.number(0)];
        sum.last = rows.counter(1);
        if (rows.number(5) == 0) misfits.add(rows.id<RecordId>(2), "scope log names another kind");
        if (rows.number(3) == 0) continue;
        if (rows.is_null(4)) misfits.add(rows.id<RecordId>(2), "scope log of an unknown facet");
        ++sum.count;
        sum.set_hash.add(rows.fixed<32>(4));
    }
    return sums;
}

void check_scopes(sqlite::Connection& db, Misfits& misfits) {
    auto sums = add_up_logs(db, misfits);
    auto rows = db.prepared("SELECT id, sort, of, sseq, count, set_hash FROM office_scope");
    while (rows.step()) {
        const auto found = sums.extract(rows.number(0));
        const Sum sum = found.empty() ? Sum{} : found.mapped();
        const std::string name =
            "scope " + std::to_string(rows.number(1)) + ":" + to_text(rows.id<RecordId>(2));
        if (sum.last != rows.counter(3)) misfits.add(name + ": last number of its log");
        if (sum.count != rows.counter(4)) misfits.add(name + ": number of facets");
        if (sum.set_hash.sum != rows.fixed<32>(5)) misfits.add(name + ": set hash");
    }
    if (!sums.empty()) misfits.add("log of an unknown scope");
}

void check_journal(sqlite::Connection& db, Misfits& misfits) {
    static constexpr std::string_view kSql = R"sql(
        SELECT id FROM office_record r WHERE NOT EXISTS
            (SELECT 1 FROM office_journal j WHERE j.record = r.id))sql";
    auto rows = db.prepared(kSql);
    while (rows.step()) misfits.add(rows.id<RecordId>(0), "no line in the journal");
}

}  // namespace

void SqliteStore::verify_audit(std::vector<std::string>& misfits) {
    constexpr std::size_t kWindow = 4096;
    AuditEnd tail;
    for (auto lines = audit(0, kWindow); !lines.empty(); lines = audit(tail.seq, kWindow)) {
        for (AuditLine& line : lines) {
            if (line.seq != tail.seq + 1)
                misfits.push_back("audit line " + std::to_string(tail.seq + 1) + " is missing");
            line.prev = tail.hash;
            if (audit_hash(line) != line.hash) {
                misfits.push_back("audit line " + std::to_string(line.seq) + " was changed");
            }
            tail = {line.seq, line.hash};
        }
    }
}

void SqliteStore::verify_contents(std::vector<std::string>& misfits) {
    const Bytes key = meta(kContentKey).value_or(Bytes{});
    contents_.verify(key, [&](std::string wrong) { misfits.push_back(std::move(wrong)); });
    // Of an attachment that waits outside the door, or was put aside there, only its changeset
    // tells.
    auto homeless = db_.prepared(
        "SELECT count(*) FROM content_ref r WHERE record NOT IN (SELECT id FROM attachment) AND "
        "NOT EXISTS(SELECT 1 FROM office_withheld w WHERE instr(w.body, r.record) > 0)");
    if (homeless.step() && homeless.number(0) > 0) misfits.push_back("content of no attachment");
}

Status SqliteStore::verify(const std::function<void(std::string_view)>& progress) {
    flush();
    Misfits misfits;
    progress("pages");
    if (shell_) {
        if (auto intact = shell_->vault->verify(); !intact) return intact;
    }
    check_pages(db_, misfits);
    progress("records");
    check_places(db_, misfits);
    check_references(db_, [&](const RecordId& record, std::string_view field) {
        misfits.add(record, std::string(field) + " names a record of another kind");
    });
    progress("facets");
    check_facets(db_, misfits);
    progress("scopes");
    check_scopes(db_, misfits);
    progress("journal");
    check_journal(db_, misfits);
    std::vector<std::string> broken;
    progress("attachments");
    verify_contents(broken);
    progress("audit");
    verify_audit(broken);
    for (std::string& each : broken) misfits.add(std::move(each));
    return misfits.status();
}

}  // namespace dossier::server
