// Devices stopped, wiped and recovered at the counter; what waits there; the company's settings.
#include <functional>

#include <doctest/doctest.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/organisation.hpp"
#include "common/content/sqlite_contents.hpp"
#include "common/sqlite/connection.hpp"
#include "common/vault/vault.hpp"

#include "protocol/codec.hpp"

#include "server/accounts/devices.hpp"
#include "server/accounts/office_keys.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

/// A device of lijg, active, with this code.
DeviceId device_of_lijg(Counter& counter, std::uint8_t seed) {
    server::Unit unit(*counter.store);
    const auto user = counter.office.people().user_by_login("lijg");
    server::DeviceRow row{.device = counter.office.ids().make<DeviceId>(),
                          .user = *user,
                          .code = "N0" + std::to_string(seed)};
    row.public_key.fill(seed);
    row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    merge::Op op{.kind = merge::OpKind::Create,
                 .record_kind = catalog::kDevice.tag,
                 .record = row.device.as<RecordTag>()};
    const auto put = [&](std::string_view name, Value value) {
        assign(op.fields, catalog::find_field(catalog::kDevice, name)->tag, std::move(value));
    };
    put("device_code", row.code);
    put("user_id", user->as<RecordTag>());
    put("public_key", to_hex(row.public_key));
    put("state", std::string("active"));
    REQUIRE(counter.office.change({}, {.source = "job", .ops = {op}}));
    counter.store->save_device(row);
    unit.commit();
    return row.device;
}

/// A copy of a laptop's folder with one unsent changeset, as its program would have left it; `more`
/// adds to it.
std::string laptop_copy(Counter& counter,
                        const DeviceId& device,
                        const Bytes& body,
                        const std::string& name = "copy",
                        const std::function<void(sqlite::Connection&)>& more = {}) {
    server::Unit unit(*counter.store);
    const auto keys = server::load_office_keys(*counter.store);
    unit.commit();
    const auto folder = (counter.store.folder() / name).string();
    std::filesystem::create_directories(folder);
    const vault::VaultPaths paths{folder + "/dossier.db", folder + "/dossier.keys"};
    const auto key_file = (counter.store.folder() / (name + ".key")).string();
    auto key =
        vault::create(paths, vault::KeyFile{key_file}, counter.random, keys->recovery.public_key);
    REQUIRE(key);
    auto opened = vault::Vault::open(paths, std::move(*key), counter.random);
    REQUIRE(opened);
    sqlite::Connection db({.path = (*opened)->database_path(), .vfs = (*opened)->vfs_name()});
    REQUIRE((*opened)->prepare(db.handle()));
    db.exec("CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB)");
    db.exec(
        "CREATE TABLE outbox(oseq INTEGER PRIMARY KEY, prev BLOB, hash BLOB, body BLOB, "
        "verdicts BLOB)");
    db.prepared("INSERT INTO meta VALUES('device', ?1)").bind(device).run();
    const crypto::Digest zero{};
    db.prepared("INSERT INTO outbox VALUES(1, ?1, ?2, ?3, NULL)")
        .bind(zero, protocol::chain(zero, 1, body), body)
        .run();
    if (more) more(db);
    return folder;
}

/// An op of lijg's that makes a record at his customer.
merge::Changeset made_by_lijg(Counter& counter,
                              const catalog::Kind& kind,
                              std::initializer_list<std::pair<std::string_view, Value>> values) {
    server::Unit unit(*counter.store);
    const auto customers = counter.store->search_customers("明润", 2);
    REQUIRE(customers.size() == 1);
    merge::Op op{.kind = merge::OpKind::Create,
                 .record_kind = kind.tag,
                 .record = counter.office.ids().make<RecordId>()};
    assign(op.fields, catalog::find_field(kind, "customer_id")->tag, customers.front());
    for (const auto& [name, value] : values)
        assign(op.fields, catalog::find_field(kind, name)->tag, value);
    return {.author = *counter.office.people().user_by_login("lijg"),
            .claimed_at = counter.clock.now(),
            .schema = catalog::schema_version(),
            .source = "cli",
            .ops = {op}};
}

merge::Changeset visit_of_lijg(Counter& counter, std::string_view content = "离职前未上传的拜访") {
    return made_by_lijg(counter, catalog::kCommunication,
                        {{"purpose", std::string("回访")}, {"content", std::string(content)}});
}

std::uint64_t visits(Counter& counter) {
    server::Unit unit(*counter.store);
    return counter.store->count(catalog::kCommunication.tag);
}

TEST_SUITE("server/cli/stop") {
    TEST_CASE("a device is suspended and resumed, lost and wiped, and show tells how far it is") {
        Counter counter;
        device_of_lijg(counter, 7);
        CHECK(counter.type("device suspend N07 --json").json()["state"] == "suspended");
        CHECK(counter.type("device resume N07 --json").json()["state"] == "active");
        CHECK(counter.type("device show N07 --json").json()["wipe"] == "none");
        const auto lost = counter.type("device lost N07 --json").json();
        CHECK(lost["state"] == "lost");
        CHECK(lost["wipe"] == "ordered");
        CHECK(counter.type("device resume N07").complains("(device.not_pending)"));
        device_of_lijg(counter, 8);
        const auto wiped = counter.type("device wipe N08 --json").json();
        CHECK(wiped["state"] == "revoked");
        CHECK(wiped["wipe"] == "ordered");
        CHECK(counter.type("device show N08").says("next contact"));
        CHECK(counter.type("--as lijg device wipe N08").complains("(access.denied)"));
    }

    TEST_CASE("the recovery key takes unsent work out of a copy, once, and renews the passphrase") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto device = device_of_lijg(counter, 7);
        const auto folder =
            laptop_copy(counter, device, protocol::encode_changeset(visit_of_lijg(counter)));
        CHECK(counter.type("device recover N07 " + folder).complains("(access.purpose_needed)"));
        CHECK(visits(counter) == 0);
        const auto words = counter.write("new-passphrase", "correct horse battery\n");
        const auto done = counter.run({"device", "recover", "N07", folder, "--purpose",
                                       "离职交接取回", "--new-passphrase-file", words, "--json"});
        CHECK(done.json()["brought"] == 1);
        CHECK(visits(counter) == 1);
        // Once more takes nothing twice.
        REQUIRE(
            counter.run({"device", "recover", "N07", folder, "--purpose", "离职交接取回"}).code ==
            0);
        CHECK(visits(counter) == 1);
        const vault::Passphrase typed{crypto::Secret::copy(bytes_of("correct horse battery")),
                                      std::nullopt};
        CHECK(vault::unlock({folder + "/dossier.db", folder + "/dossier.keys"},
                            vault::Unlock(vault::Passphrase{typed.text.clone(), {}})));
        server::Unit unit(*counter.store);
        bool audited = false;
        for (const auto& line : counter.store->audit(0, 10'000))
            audited = audited || (line.action == "recover" && line.purpose == "离职交接取回");
        CHECK(audited);
    }

    TEST_CASE("a laptop the office forgot with a restore is known again by a copy of its folder") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto device = counter.office.ids().make<DeviceId>();
        const auto user = *counter.office.people().user_by_login("lijg");
        const auto folder = laptop_copy(
            counter, device, protocol::encode_changeset(visit_of_lijg(counter)), "copy",
            [&](sqlite::Connection& db) {
                const auto put = [&](std::string_view key, ByteView value) {
                    db.prepared("INSERT INTO meta VALUES(?1, ?2)").bind(key, value).run();
                };
                put("user", user.view());
                put("device_code", bytes_of("N09"));
                put("device_key", Bytes(32, 9));
                // Acknowledged once: only this laptop knows.
                db.exec("UPDATE outbox SET verdicts='answered'");
            });
        const auto recover = [&](const char* code) {
            return counter.run({"device", "recover", code, folder, "--purpose", "恢复后找回"});
        };
        CHECK(recover("N08").complains("(device.other_copy)"));
        CHECK(visits(counter) == 0);
        CHECK(recover("N09").code == 0);
        CHECK(visits(counter) == 1);
        CHECK(counter.type("device show N09 --json").json()["state"] == "suspended");
        // The laptop itself, should it turn up, waits for an approval like any other.
        CHECK(counter.type("--as luop device approve N09").code == 0);
        CHECK(recover("N09").code == 0);
        CHECK(visits(counter) == 1);
    }

    TEST_CASE(
        "work of a lost device waits; the service manager lets it in, the administrator cannot") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto device = device_of_lijg(counter, 7);
        const auto folder =
            laptop_copy(counter, device, protocol::encode_changeset(visit_of_lijg(counter)));
        REQUIRE(counter.type("device lost N07").code == 0);
        REQUIRE(counter.run({"device", "recover", "N07", folder, "--purpose", "失窃后找回"}).code ==
                0);
        CHECK(visits(counter) == 0);
        CHECK(counter.type("held list --json").json().size() == 1);
        CHECK(counter.type("device show N07 --json").json()["held"] == 1);
        CHECK(counter.type("--as luop held show 1").complains("(access.denied)"));
        CHECK(counter.type("--as luop held admit 1").complains("(access.denied)"));
        CHECK(counter.type("--as sunli held show 1").says("离职前未上传的拜访"));
        CHECK(counter.type("--as sunli held admit 1 --json").json()["verdict"] == "applied");
        CHECK(visits(counter) == 1);
        CHECK(counter.type("--as sunli held admit 1").complains("(intake.not_waiting)"));
        CHECK(counter.type("held list --json").json().empty());
    }

    TEST_CASE("a step that waits is told by its name and its reason, to who reads the file") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto device = device_of_lijg(counter, 7);
        auto changeset = visit_of_lijg(counter);
        const auto file = record_in(changeset.ops.front().fields,
                                    catalog::field(catalog::kCommunication, "customer_id"));
        changeset.ops.front() = {.kind = merge::OpKind::Event,
                                 .record_kind = catalog::kCustomer.tag,
                                 .record = file,
                                 .event = "archive"};
        changeset.reason = "停业两年";
        const auto folder = laptop_copy(counter, device, protocol::encode_changeset(changeset));
        REQUIRE(counter.type("device lost N07").code == 0);
        REQUIRE(counter.run({"device", "recover", "N07", folder, "--purpose", "失窃后找回"}).code ==
                0);
        const auto shown = counter.type("--lang zh-CN --as sunli held show 1");
        CHECK(shown.says("归档"));
        CHECK(shown.says("停业两年"));
        const auto told = counter.type("--as sunli held show 1 --json").json()["ops"][0];
        CHECK(told["event"] == "archive");
        CHECK(told["reason"] == "停业两年");
        counter.marks("明润", 2);
        CHECK_FALSE(counter.type("--as sunli held show 1").says("停业两年"));
        CHECK(counter.type("--as sunli held show 1 --purpose 失窃核查").says("停业两年"));
    }

    TEST_CASE("what waits for a confidential or a destroyed file is read for a purpose only") {
        for (const auto* state : {"confidential", "destroyed"}) {
            Counter counter;
            counter.has_customer("杭州明润医药有限公司");
            const auto device = device_of_lijg(counter, 7);
            const auto folder =
                laptop_copy(counter, device, protocol::encode_changeset(visit_of_lijg(counter)));
            REQUIRE(counter.type("device lost N07").code == 0);
            REQUIRE(
                counter.run({"device", "recover", "N07", folder, "--purpose", "失窃后找回"}).code ==
                0);
            if (state == std::string_view("confidential")) {
                counter.marks("明润", 2);
            } else {
                counter.system_sets("明润", "file_state", "destroyed");
            }
            for (const std::string form : {"", " --json"}) {
                const auto hidden = counter.type("--as sunli held show 1" + form);
                CHECK(hidden.code == 0);
                CHECK(!hidden.says("离职前未上传的拜访"));
                CHECK(hidden.complains("--purpose"));
                CHECK(counter.type("--as sunli held show 1 --purpose 失窃核查" + form)
                          .says("离职前未上传的拜访"));
            }
        }
    }

    TEST_CASE("a copy that branched off is brought as well: both histories are kept, and logged") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto device = device_of_lijg(counter, 7);
        const auto copy_with = [&](const std::string& name) {
            return laptop_copy(counter, device,
                               protocol::encode_changeset(visit_of_lijg(counter, name)), name);
        };
        const auto recover = [&](const std::string& folder) {
            const auto said = counter.run(
                {"device", "recover", "N07", folder, "--purpose", "离职交接取回", "--json"});
            CAPTURE(said.err);
            REQUIRE(said.code == 0);
            return said.json();
        };
        const auto one = copy_with("one");
        CHECK(recover(one)["branched"] == false);
        const auto two = copy_with("two");
        const auto done = recover(two);
        CHECK(done["branched"] == true);
        CHECK(done["brought"] == 1);
        CHECK(visits(counter) == 2);
        // Each copy once more: nothing arrives twice.
        recover(one);
        recover(two);
        CHECK(visits(counter) == 2);
        server::Unit unit(*counter.store);
        std::size_t forks = 0;
        for (const auto& line : counter.store->audit(0, 10'000)) forks += line.action == "fork";
        CHECK(forks == 1);
        CHECK(counter.store->device(device)->epoch == 2);
    }

    TEST_CASE("contents that were never sent are taken out of a copy, sealed or not") {
        for (const bool sealed : {false, true}) {
            Counter counter;
            counter.has_customer("杭州明润医药有限公司");
            const auto device = device_of_lijg(counter, 7);
            const auto keys = [&] {
                server::Unit unit(*counter.store);
                auto loaded = server::load_office_keys(*counter.store);
                unit.commit();
                return std::move(*loaded);
            }();
            Bytes bytes(40'000, 'x');
            std::ranges::copy(bytes_of("%PDF-1.7\n"), bytes.begin());
            const auto key = [&] {
                server::Unit unit(*counter.store);
                auto made = server::content_key(*counter.store, counter.random);
                unit.commit();
                return made;
            }();
            const auto id = crypto::blake2b({bytes}, key);
            const auto made = made_by_lijg(counter, catalog::kAttachment,
                                           {{"title", std::string("执照")},
                                            {"doc_date", std::string("2026-03-01")},
                                            {"file_name", std::string("执照.pdf")},
                                            {"media_type", std::string("application/pdf")},
                                            {"size", std::int64_t{40'000}},
                                            {"content", to_hex(id)}});
            const auto record = made.ops.front().record;
            const auto folder = laptop_copy(
                counter, device, protocol::encode_changeset(made), "copy",
                [&](sqlite::Connection& db) {
                    db.exec(std::string(content::kTables));
                    db.exec("CREATE TABLE upload(record BLOB PRIMARY KEY, state INTEGER)");
                    db.prepared("INSERT INTO upload VALUES(?1, 0)").bind(record).run();
                    content::SqliteContents contents(db);
                    const auto held = contents.begin(record, id, bytes.size(), {});
                    for (std::uint32_t at = 0; at < content::chunks_of(bytes.size()); ++at)
                        contents.put(
                            held, at,
                            ByteView(bytes).subspan(at * content::kChunkBytes,
                                                    content::chunk_bytes(bytes.size(), at)));
                    contents.finish(record, key);
                    if (sealed) contents.seal(*contents.of(record), keys.recovery.public_key);
                });
            const auto said = counter.run(
                {"device", "recover", "N07", folder, "--purpose", "离职交接取回", "--json"});
            CAPTURE(said.err);
            REQUIRE(said.code == 0);
            CHECK(said.json()["contents"] == 1);
            server::Unit unit(*counter.store);
            const auto held = counter.store->contents().of(record);
            REQUIRE(held.has_value());
            CHECK(held->whole);
            CHECK(counter.store->contents().digest(*held, key) == id);
        }
    }

    TEST_CASE("what was removed is listed, and put back by who may rule, with a reason") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        const auto made = visit_of_lijg(counter);
        const auto& visit = made.ops.front();
        {
            server::Unit unit(*counter.store);
            merge::Changeset removal = made;
            removal.ops = {{.kind = merge::OpKind::Remove,
                            .record_kind = visit.record_kind,
                            .record = visit.record}};
            REQUIRE(counter.office.change(made.author, made));
            REQUIRE(counter.office.change(made.author, removal));
            unit.commit();
        }
        const auto id = to_text(visit.record);
        const auto listed = counter.type("--as hanm removed list 明润 --json");
        CAPTURE(listed.err);
        REQUIRE(listed.json().size() == 1);
        CHECK(listed.json()[0]["id"] == id);
        CHECK(counter.type("--as lijg removed restore " + id + " --reason 误删").code != 0);
        const auto back = counter.type("--as hanm removed restore " + id + " --reason 误删");
        CAPTURE(back.err);
        CHECK(back.code == 0);
        CHECK(counter.type("--as hanm removed list 明润 --json").json().empty());
        CHECK(counter.type("--as hanm removed restore " + id + " --reason 误删")
                  .complains("(removed.not)"));
    }

    TEST_CASE("settings have bounds, are audited, and only an administrator sets them") {
        Counter counter;
        CHECK(counter.type("config show --json").json()["offline.max_days"] == 7);
        CHECK(counter.type("config set offline.max_days 3").code == 0);
        CHECK(counter.type("config show --json").json()["offline.max_days"] == 3);
        CHECK(counter.type("config set offline.max_days 365").complains("(config.range)"));
        CHECK(counter.type("config set offline.weeks 3").complains("(config.unknown)"));
        CHECK(counter.type("--as lijg config set offline.max_days 9").complains("(access.denied)"));
    }
}

}  // namespace
}  // namespace dossier::test
