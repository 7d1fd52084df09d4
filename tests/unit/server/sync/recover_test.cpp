// Work a laptop never sent, taken out of a copy of its folder: whatever copy it is, and with the
// contents of its attachments.
#include "server/sync/recover.hpp"

#include <functional>

#include "common/catalog/document.hpp"
#include "common/content/sqlite_contents.hpp"
#include "common/sqlite/connection.hpp"
#include "common/vault/vault.hpp"

#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using merge::VerdictKind;

struct Copies {
    Copies() { customer = office.customer(office.ann, "杭州明润医药有限公司"); }

    /// A copy of the device's folder whose outbox has these entries, the first `answered` of them
    /// with a verdict; `more` adds to it.
    std::string with(const std::vector<merge::Op>& ops,
                     std::size_t answered = 0,
                     const std::function<void(sqlite::Connection&)>& more = {}) {
        const auto folder = (office.store.folder() / ("copy" + std::to_string(++copies))).string();
        std::filesystem::create_directories(folder);
        const vault::VaultPaths paths{folder + "/dossier.db", folder + "/dossier.keys"};
        auto key = vault::create(paths, vault::KeyFile{folder + "/key"}, office.random,
                                 keys.recovery.public_key);
        REQUIRE(key);
        auto opened = vault::Vault::open(paths, std::move(*key), office.random);
        REQUIRE(opened);
        sqlite::Connection db({.path = (*opened)->database_path(), .vfs = (*opened)->vfs_name()});
        REQUIRE((*opened)->prepare(db.handle()));
        db.exec("CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB)");
        db.exec(
            "CREATE TABLE outbox(oseq INTEGER PRIMARY KEY, prev BLOB, hash BLOB, body BLOB, "
            "verdicts BLOB)");
        db.prepared("INSERT INTO meta VALUES('device', ?1)").bind(device.row.device).run();
        crypto::Digest head{};
        for (std::size_t at = 0; at < ops.size(); ++at) {
            const auto body = protocol::encode_changeset({.author = office.ann,
                                                          .claimed_at = office.clock.now(),
                                                          .schema = catalog::schema_version(),
                                                          .source = "cli",
                                                          .ops = {ops[at]}});
            const auto next = protocol::chain(head, at + 1, body);
            auto row = db.prepared("INSERT INTO outbox VALUES(?1, ?2, ?3, ?4, ?5)");
            row.bind(std::uint64_t{at + 1}, head, next, body);
            const Value verdicts{std::string("answered")};  // lent to the statement
            if (at < answered) row.put(5, verdicts);
            row.run();
            head = next;
        }
        if (more) more(db);
        return folder;
    }
    server::Recovered recover(const std::string& folder) {
        auto copy = server::LaptopCopy::open(folder, keys, office.random);
        if (!copy) MESSAGE(describe(copy.error(), Lang::En));
        REQUIRE(copy);
        server::Unit unit(*office.store);
        server::BatchCache batches;
        auto done = server::bring_unsent({office.office, keys, batches}, **copy);
        unit.commit();
        if (!done) MESSAGE(describe(done.error(), Lang::En));
        REQUIRE(done);
        return std::move(*done);
    }

    PeopledOffice office;
    RecordId customer;
    DeviceAtOffice device{office, office.ann};
    server::OfficeKeys keys = [this] {
        server::Unit unit(*office.store);
        auto loaded = server::load_office_keys(*office.store);
        unit.commit();
        return std::move(*loaded);
    }();
    unsigned copies = 0;
};

}  // namespace

TEST_SUITE("server/sync/recover") {
    TEST_CASE("a copy that branched off is brought as well: both histories are kept, and logged") {
        Copies copies;
        const auto shared = copies.device.visit(copies.customer);
        const auto one = copies.with({shared, copies.device.visit(copies.customer)});
        CHECK_FALSE(copies.recover(one).branched);
        CHECK(visits(copies.office) == 2);
        // Put back from before the second visit, and another one written instead.
        const auto two = copies.with(
            {shared, copies.device.visit(copies.customer), copies.device.visit(copies.customer)},
            1);
        const auto done = copies.recover(two);
        CHECK(done.branched);
        CHECK(done.verdicts.size() == 2);
        CHECK(visits(copies.office) == 4);
        // Each of them once more: nothing arrives twice.
        CHECK_FALSE(copies.recover(one).branched);
        CHECK_FALSE(copies.recover(two).branched);
        CHECK(visits(copies.office) == 4);
        server::Unit unit(*copies.office.store);
        std::size_t forks = 0;
        for (const auto& line : copies.office.store->audit(0, 10'000))
            forks += line.action == "fork" ? 1U : 0U;
        CHECK(forks == 1);
        CHECK(copies.office.store->device(copies.device.row.device)->epoch == 2);
    }

    TEST_CASE("a copy with nothing unsent brings nothing and begins no history") {
        Copies copies;
        const auto shared = copies.device.visit(copies.customer);
        copies.recover(copies.with({shared, copies.device.visit(copies.customer)}));
        const auto done = copies.recover(copies.with({shared}, 1));
        CHECK_FALSE(done.branched);
        CHECK(done.verdicts.empty());
        server::Unit unit(*copies.office.store);
        CHECK(copies.office.store->device(copies.device.row.device)->epoch == 1);
    }

    TEST_CASE("contents that were never sent are taken out of a copy, sealed or not") {
        for (const bool sealed : {false, true}) {
            Copies copies;
            Bytes bytes(40'000, 'x');
            std::copy_n("%PDF-1.7\n", 9, bytes.begin());
            const auto key = [&] {
                server::Unit unit(*copies.office.store);
                auto made = server::content_key(*copies.office.store, copies.office.random);
                unit.commit();
                return made;
            }();
            const auto id = crypto::blake2b({bytes}, key);
            const merge::Op op{
                .kind = merge::OpKind::Create,
                .record_kind = catalog::kAttachment.tag,
                .record = copies.office.office.ids().make<RecordId>(),
                .fields = values_of(catalog::kAttachment, {{"customer_id", copies.customer},
                                                           {"title", words("执照")},
                                                           {"doc_date", words("2026-03-01")},
                                                           {"file_name", words("执照.pdf")},
                                                           {"media_type", words("application/pdf")},
                                                           {"size", std::int64_t{40'000}},
                                                           {"content", words(to_hex(id))}})};
            const auto folder = copies.with({op}, 0, [&](sqlite::Connection& db) {
                db.exec(std::string(content::kTables));
                db.exec("CREATE TABLE upload(record BLOB PRIMARY KEY, state INTEGER)");
                db.prepared("INSERT INTO upload VALUES(?1, 0)").bind(op.record).run();
                content::SqliteContents contents(db);
                const auto held = contents.begin(op.record, id, bytes.size(), {});
                for (std::uint32_t at = 0; at < content::chunks_of(bytes.size()); ++at)
                    contents.put(held, at,
                                 ByteView(bytes).subspan(at * content::kChunkBytes,
                                                         content::chunk_bytes(bytes.size(), at)));
                contents.finish(op.record, key);
                if (sealed) contents.seal(*contents.of(op.record), copies.keys.recovery.public_key);
            });
            const auto done = copies.recover(folder);
            CHECK(done.contents == 1);
            CHECK(done.contents_left == 0);
            server::Unit unit(*copies.office.store);
            const auto held = copies.office.store->contents().of(op.record);
            REQUIRE(held.has_value());
            CHECK(held->whole);
            CHECK(copies.office.store->contents().digest(*held, key) == id);
        }
    }
}

}  // namespace dossier::test
