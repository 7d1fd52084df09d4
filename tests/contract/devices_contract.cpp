#include <doctest/doctest.h>

#include "server/store/audit_chain.hpp"
#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

DeviceRow laptop(std::uint64_t number) {
    DeviceRow row;
    row.device = record(number).as<DeviceTag>();
    row.user = record(9).as<UserTag>();
    row.code = "N07";
    row.public_key = digest(number);
    row.state = 2;
    row.epoch = 3;
    row.applied_oseq = 1'000'000'000'000;
    row.outbox_head = digest(77);
    row.last_session = {1'700'000'000'001};
    row.clock_floor = {1'700'000'000'002};
    row.clock_offset_ms = -2100;
    row.schema = 1;
    row.enrolled_at = {1'700'000'000'003};
    return row;
}

bool same(const DeviceRow& a, const DeviceRow& b) {
    return a.device == b.device && a.user == b.user && a.code == b.code &&
           a.public_key == b.public_key && a.state == b.state && a.epoch == b.epoch &&
           a.applied_oseq == b.applied_oseq && a.outbox_head == b.outbox_head &&
           a.last_session == b.last_session && a.clock_floor == b.clock_floor &&
           a.clock_offset_ms == b.clock_offset_ms && a.schema == b.schema &&
           a.enrolled_at == b.enrolled_at;
}

AuditLine line() {
    AuditLine made;
    made.at = {1'700'000'000'000};
    made.client_at = {1'699'999'999'000};
    made.user = record(1).as<UserTag>();
    made.device = record(2).as<DeviceTag>();
    made.action = "view";
    made.entity = "customer";
    made.record = record(3);
    made.fields = "name,fax";
    made.purpose = "投诉处理";
    made.result = "ok";
    made.detail = "12";
    return made;
}

}  // namespace

TEST_SUITE("contract/store/devices") {
    TEST_CASE("a device is found by its identity and by its key, as saved last") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.save_device(laptop(2));
        store.save_device(laptop(1));
        CHECK(same(*store.device(laptop(1).device), laptop(1)));
        CHECK(same(*store.device_by_key(laptop(2).public_key), laptop(2)));
        auto changed = laptop(1);
        changed.public_key = digest(500);
        changed.applied_oseq = 8;
        store.save_device(changed);
        CHECK(same(*store.device(changed.device), changed));
        CHECK_FALSE(store.device_by_key(laptop(1).public_key).has_value());
        REQUIRE(store.devices().size() == 2);
        CHECK(same(store.devices()[0], changed));
    }
    TEST_CASE("devices without a key are several, and no key finds them") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        DeviceRow desk = laptop(1);
        desk.public_key = {};
        store.save_device(desk);
        desk.device = record(2).as<DeviceTag>();
        store.save_device(desk);
        CHECK(same(*store.device(desk.device), desk));
        CHECK_FALSE(store.device_by_key(desk.public_key).has_value());
    }
    TEST_CASE("an invite is what was saved last under its number") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        InviteRow row{.id = {1, 2, 3, 4, 5, 6, 7, 8},
                      .secret_hash = digest(1),
                      .user = record(1).as<UserTag>(),
                      .expires_at = {1'700'000'000'000},
                      .made_by = record(2).as<UserTag>()};
        CHECK_FALSE(store.invite(row.id).has_value());
        store.save_invite(row);
        row.attempts_left = 0;
        row.used_by = record(5).as<DeviceTag>();
        store.save_invite(row);
        const auto read = store.invite(row.id);
        REQUIRE(read.has_value());
        CHECK(read->id == row.id);
        CHECK(read->secret_hash == row.secret_hash);
        CHECK(read->user == row.user);
        CHECK(read->expires_at == row.expires_at);
        CHECK(read->attempts_left == 0);
        CHECK(read->used_by == row.used_by);
        CHECK(read->made_by == row.made_by);
    }
    TEST_CASE("verdicts come back to the byte, for their device, epoch and number only") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto device = record(1).as<DeviceTag>();
        const Bytes verdicts{0, 1, 255};
        store.save_verdicts(device, 1, 7, digest(7), verdicts);
        REQUIRE(store.verdicts(device, 1, 7).has_value());
        CHECK(store.verdicts(device, 1, 7)->verdicts == verdicts);
        CHECK(store.verdicts(device, 1, 7)->head == digest(7));
        CHECK_FALSE(store.verdicts(device, 2, 7).has_value());
        CHECK_FALSE(store.verdicts(device, 1, 8).has_value());
        CHECK_FALSE(store.verdicts(record(2).as<DeviceTag>(), 1, 7).has_value());
    }
    TEST_CASE("sessions are listed newest first") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        for (std::uint64_t i = 1; i <= 3; ++i) {
            SessionRow row;
            row.device = record(i).as<DeviceTag>();
            row.started_at = {1'700'000'000'000};
            row.ops = i;
            row.clock_offset_ms = -5;
            row.verified = i == 3;
            store.save_session(row);
            CHECK(row.id == i);
        }
        const auto rows = store.sessions(2);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].ops == 3);
        CHECK(rows[0].verified);
        CHECK(rows[0].clock_offset_ms == -5);
        CHECK(rows[1].device == record(2).as<DeviceTag>());
        CHECK_FALSE(rows[1].verified);
    }
    TEST_CASE("a session is kept from its start and replaced by what became of it") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        SessionRow row;
        row.device = record(1).as<DeviceTag>();
        row.user = record(2).as<UserTag>();
        row.started_at = {1'700'000'000'000};
        row.unsent = 4;
        row.app_version = "1.2";
        store.save_session(row);
        const auto cut = store.session(row.id);
        REQUIRE(cut);
        CHECK_FALSE(cut->finished);
        CHECK(cut->unsent == 4);
        CHECK(cut->user == row.user);
        row.finished = true;
        row.bytes_in = 77;
        row.oldest_op_at = {1'600'000'000'000};
        store.save_session(row);
        REQUIRE(store.sessions_of(row.device, 9).size() == 1);
        const auto done = store.sessions_of(row.device, 9).front();
        CHECK(done.finished);
        CHECK(done.bytes_in == 77);
        CHECK(done.oldest_op_at == row.oldest_op_at);
        CHECK(done.app_version == "1.2");
        CHECK(store.sessions_of(record(3).as<DeviceTag>(), 9).empty());
        CHECK_FALSE(store.session(row.id + 1));
    }
    TEST_CASE("audit lines are numbered without gaps and chained, each to the one before") {
        const auto office = make_office();
        {
            Unit unit(office->store());
            CHECK(office->store().audit_end() == server::AuditEnd{});
            for (int i = 0; i < 5; ++i) office->store().append_audit(line());
            unit.commit();
        }
        {
            Unit unit(office->store());
            office->store().append_audit(line());
        }
        office->reopen();
        Unit unit(office->store());
        office->store().append_audit(line());
        const auto lines = office->store().audit(0, 100);
        REQUIRE(lines.size() == 6);
        Digest prev{};
        std::uint64_t seq = 0;
        for (const AuditLine& each : lines) {
            CHECK(each.seq == ++seq);
            CHECK(each.prev == prev);
            CHECK(each.hash == audit_hash(each));
            CHECK(each.purpose == "投诉处理");
            prev = each.hash;
        }
        CHECK(office->store().audit_end().hash == prev);
        const auto page = office->store().audit(3, 2);
        REQUIRE(page.size() == 2);
        CHECK(page[0].seq == 4);
        CHECK(page[0].prev == lines[2].hash);
    }
}
