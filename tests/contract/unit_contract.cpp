#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

const catalog::Kind& kKind = catalog::kCustomer;

/// One of everything.
void fill(Store& store, std::uint64_t number) {
    const Place place =
        add_customer(store, number, values(kKind, {{"name", std::to_string(number)}}));
    const Digest hash = store.facet(place.record, Facet::Main)->hash;
    store.put_in_scope(own(1), place, Facet::Main, std::nullopt, hash);
    store.next("case");
    store.append_audit({.action = "create", .record = place.record});
    store.set_meta("last", place.record.view());
    store.save_device({.device = record(number).as<DeviceTag>(), .code = "N07"});
    store.set_held(record(1).as<DeviceTag>(), {own(1)});
}

/// Everything `fill` wrote, in a form that can be compared.
std::string seen(Store& store) {
    std::string all = std::to_string(store.count(kKind.tag));
    for (const RecordId& id : store.list(kKind.tag, {}, 1000)) {
        all += to_text(id) + std::to_string(store.load(kKind.tag, id)->size());
        all += std::to_string(store.history(id, {}).size());
    }
    const ScopeSummary sum = store.summary(own(1));
    all += " " + std::to_string(sum.sseq.value) + " " + std::to_string(sum.count) + " ";
    all += to_hex(sum.set_hash.sum) + " " + to_hex(store.audit_end().hash);
    for (const ScopeEntry& line : store.log(own(1), {}, 1000)) all += to_text(line.record);
    for (const AuditLine& line : store.audit(0, 1000)) all += to_hex(line.hash);
    all += " " + to_hex(store.meta("last").value_or(Bytes{}));
    all += std::to_string(store.devices().size());
    all += std::to_string(store.held(record(1).as<DeviceTag>()).size());
    return all;
}

}  // namespace

TEST_SUITE("contract/store/unit") {
    TEST_CASE("nothing of a unit that was not committed is kept") {
        const auto office = make_office();
        Store& store = office->store();
        std::string before;
        {
            Unit unit(store);
            fill(store, 1);
            before = seen(store);
            unit.commit();
        }
        {
            Unit unit(store);
            fill(store, 2);
            CHECK(seen(store) != before);
        }
        {
            Unit unit(store);
            CHECK(seen(store) == before);
            CHECK(store.next("case") == 2);
        }
        store.begin();
        fill(store, 3);
        office->reopen();
        Unit unit(office->store());
        CHECK(seen(office->store()) == before);
    }
    TEST_CASE("undoing a mark restores everything, sums and chains included, and only that") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        fill(store, 1);
        const std::string one = seen(store);
        store.mark();
        fill(store, 2);
        const std::string two = seen(store);
        store.mark();
        fill(store, 3);
        store.rollback_to_mark();
        CHECK(seen(store) == two);
        store.rollback_to_mark();
        CHECK(seen(store) == one);
        store.mark();
        fill(store, 4);
        store.mark();
        fill(store, 5);
        store.release_mark();
        store.rollback_to_mark();
        CHECK(seen(store) == one);
        CHECK(store.next("case") == 2);
        unit.commit();
    }
    TEST_CASE("what a released mark held is committed with its unit, and a reopened store has it") {
        const auto office = make_office();
        std::string before;
        {
            Unit unit(office->store());
            office->store().mark();
            fill(office->store(), 1);
            office->store().release_mark();
            fill(office->store(), 2);
            before = seen(office->store());
            unit.commit();
        }
        office->reopen();
        Unit unit(office->store());
        CHECK(seen(office->store()) == before);
    }
    TEST_CASE("counters count from one without gaps, each for itself") {
        const auto office = make_office();
        {
            Unit unit(office->store());
            CHECK(office->store().next("case") == 1);
            CHECK(office->store().next("case") == 2);
            CHECK(office->store().next("customer_no/HZ") == 1);
            unit.commit();
        }
        {
            Unit unit(office->store());
            CHECK(office->store().next("case") == 3);
        }
        Unit unit(office->store());
        CHECK(office->store().next("case") == 3);
    }
    TEST_CASE("a meta value is the last one set, or none") {
        const auto office = make_office();
        Unit unit(office->store());
        CHECK_FALSE(office->store().meta("epoch").has_value());
        office->store().set_meta("epoch", bytes_of("a"));
        office->store().set_meta("epoch", {});
        CHECK(office->store().meta("epoch") == Bytes{});
    }
    TEST_CASE("a whole store fits together, and so does its backup, which replaces nothing") {
        const auto office = make_office();
        const auto silent = [](std::string_view) {};
        {
            Unit unit(office->store());
            fill(office->store(), 1);
            fill(office->store(), 2);
            CHECK(office->store().verify(silent).has_value());
            unit.commit();
        }
        std::string before;
        {
            Unit unit(office->store());
            before = seen(office->store());
            CHECK(office->store().verify(silent).has_value());
        }
        const std::string folder = office->new_folder();
        REQUIRE(office->store().backup_to(folder).has_value());
        CHECK_FALSE(office->store().backup_to(folder).has_value());
        const auto copy = office->open_backup(folder);
        REQUIRE(copy);
        Unit unit(*copy);
        CHECK(seen(*copy) == before);
        CHECK(copy->verify(silent).has_value());
    }
    TEST_CASE("a backup is known as one and can be taken away, with nothing but itself") {
        const auto office = make_office();
        auto& store = office->store();
        const std::string folder = office->new_folder();
        CHECK_FALSE(store.check_backup(folder, server::BackupCheck::Opens).has_value());
        CHECK_FALSE(store.remove_backup(folder).has_value());
        REQUIRE(store.backup_to(folder).has_value());
        CHECK(store.check_backup(folder, server::BackupCheck::Opens).has_value());
        CHECK(store.check_backup(folder, server::BackupCheck::EveryPage).has_value());
        const auto stranger = std::filesystem::path(folder) / "notes.txt";
        std::ofstream(stranger) << "mine";
        CHECK_FALSE(store.remove_backup(folder).has_value());
        CHECK(std::filesystem::exists(stranger));
        CHECK(store.check_backup(folder, server::BackupCheck::EveryPage).has_value());
        std::filesystem::remove(stranger);
        CHECK(store.remove_backup(folder).has_value());
        CHECK_FALSE(std::filesystem::exists(folder));
    }
    TEST_CASE("a backup made while a unit is open holds the last commit, not the unit") {
        const auto office = make_office();
        std::string before;
        {
            Unit unit(office->store());
            fill(office->store(), 1);
            before = seen(office->store());
            unit.commit();
        }
        const std::string folder = office->new_folder();
        {
            Unit unit(office->store());
            fill(office->store(), 2);
            REQUIRE(office->store().backup_to(folder).has_value());
            unit.commit();
        }
        const auto copy = office->open_backup(folder);
        REQUIRE(copy);
        Unit unit(*copy);
        CHECK(seen(*copy) == before);
    }
}
