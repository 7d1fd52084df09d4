// W1–W4 of the shared workload, from connect to verified checkpoint, vaults on both sides; and one
// visit saved. Every figure stands beside a floor measured in the same run.
#include <algorithm>
#include <iostream>
#include <sstream>

#include <zstd.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"

#include "client/intake/drafts.hpp"
#include "server/review/cases.hpp"
#include "tests/bench/bench_office.hpp"
#include "tests/bench/relay.hpp"

namespace dossier::bench {
namespace {

using catalog::kCommunication;
using catalog::kCustomer;

void line(std::ostream& out,
          const std::string& what,
          const std::string& figure,
          const std::string& bar) {
    out << "  " << what << ": " << figure;
    if (!bar.empty()) out << "   (bar: " << bar << ")";
    out << "\n" << std::flush;
}

std::string number(double value, int digits = 2) {
    std::ostringstream text;
    text.setf(std::ios::fixed);
    text.precision(digits);
    text << value;
    return text.str();
}

struct Cell {
    Value value;
    Bytes hash;  ///< a blob that is no record id
};
using Rows = std::vector<std::vector<Cell>>;

/// Tables a first sync fills, without what only search needs.
std::vector<std::string> filled_tables(sqlite::Connection& db) {
    std::vector<std::string> names;
    auto rows = db.prepared(
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'");
    while (rows.step()) {
        const std::string name(rows.text(0));
        if (name.find("search") == std::string::npos && name.find("fts") == std::string::npos)
            names.push_back(name);
    }
    return names;
}

Rows rows_of(sqlite::Connection& db, const std::string& table, int& columns) {
    Rows all;
    auto rows = db.prepared("SELECT * FROM \"" + table + "\"");
    columns = 0;
    {
        auto info = db.prepared("SELECT count(*) FROM pragma_table_info('" + table + "')");
        if (info.step()) columns = static_cast<int>(info.number(0));
    }
    while (rows.step()) {
        auto& row = all.emplace_back();
        for (int i = 0; i < columns; ++i) {
            const auto value = rows.value(i);
            const bool is_hash =
                std::holds_alternative<RecordId>(value) && rows.blob(i).size() != 16;
            row.push_back({value, is_hash ? rows.bytes(i) : Bytes{}});
        }
    }
    return all;
}

double process_cpu_ms() {
    timespec at{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1000 + static_cast<double>(at.tv_nsec) / 1e6;
}

/// Milliseconds by the wall and of CPU.
struct Took {
    double wall = 0;
    double cpu = 0;
};

template <class Work>
Took took(Work work) {
    const double cpu = process_cpu_ms();
    const double wall = wall_ms(work);
    return {wall, process_cpu_ms() - cpu};
}

/// What plain SQLite needs to insert the same rows into the same tables, in one transaction.
Took plain_insert(sqlite::Connection& from, const Folder& folder) {
    sqlite::Connection plain({.path = folder.path("floor.db"),
                              .durability = sqlite::Durability::Full,
                              .cache_kib = 64 * 1024});
    struct Filled {
        std::string insert;
        Rows rows;
    };
    std::vector<Filled> tables;
    for (const auto& table : filled_tables(from)) {
        auto schema = from.prepared(
            "SELECT sql FROM sqlite_schema WHERE tbl_name=?1 AND sql IS NOT NULL ORDER BY type "
            "DESC");
        schema.bind(table);
        while (schema.step()) plain.exec(std::string(schema.text(0)));
        int columns = 0;
        Filled filled{"", rows_of(from, table, columns)};
        std::string marks;
        for (int i = 1; i <= columns; ++i) marks += (i == 1 ? "?" : ",?") + std::to_string(i);
        filled.insert = "INSERT INTO \"" + table + "\" VALUES(" + marks + ")";
        if (!filled.rows.empty()) tables.push_back(std::move(filled));
    }
    return took([&] {
        sqlite::Transaction tx(plain);
        for (const auto& table : tables) {
            for (const auto& row : table.rows) {
                auto insert = plain.prepared(table.insert);
                int at = 0;
                for (const auto& cell : row) {
                    ++at;
                    if (cell.hash.empty()) {
                        insert.put(at, cell.value);
                    } else {
                        insert.put(at, cell.hash);
                    }
                }
                insert.run();
            }
        }
        tx.commit();
    });
}

std::size_t zstd3_bytes(const std::string& rows) {
    std::string packed(ZSTD_compressBound(rows.size()), '\0');
    return ZSTD_compress(packed.data(), packed.size(), rows.data(), rows.size(), 3);
}

void first_sync(std::ostream& out, const Workload& work) {
    BenchOffice office;
    const double seeding = wall_ms([&] { office.take(work.customers, work.visits); });
    line(out, "W1 seeding through the office's door", number(seeding / 1000) + " s", "");
    BenchLaptop laptop(office);
    const auto port = office.open();
    client::Report report;
    const Took sync = took([&] { report = laptop.sync(port); });
    const Folder folder;
    const Took floor = plain_insert(laptop.store().connection(), folder);
    const auto packed = zstd3_bytes(work.rows);
    line(out, "W1 first sync, " + std::to_string(report.received) + " facets",
         number(sync.wall / 1000) + " s, CPU of both sides " + number(sync.cpu / 1000) +
             " s, verified " + (report.verified ? "yes" : "NO"),
         "");
    line(out,
         "W1 / plain insert of the same rows (" + number(floor.wall / 1000) + " s, CPU " +
             number(floor.cpu / 1000) + " s)",
         number(sync.wall / floor.wall), "<= 2.0");
    line(out, "W1 bytes / zstd-3 of the rows (" + std::to_string(packed / 1024) + " KiB)",
         std::to_string(report.bytes_received / 1024) + " KiB = " +
             number(static_cast<double>(report.bytes_received) / static_cast<double>(packed)),
         "<= 1.1");
    std::size_t indexed = 0;
    const double search = wall_ms([&] { indexed = laptop.store().search.catch_up(); });
    line(out, "search index caught up afterwards, " + std::to_string(indexed) + " records",
         number(search / 1000) + " s", "");
}

RecordId save(BenchLaptop& laptop, const WorkRecord& visit) {
    const auto id = laptop.ids().make<RecordId>();
    sure(laptop.intake().commit(
        {.source = "cli", .ops = {client::new_record(kCommunication, id, visit.values)}}));
    return id;
}

void edit(BenchLaptop& laptop, const WorkEdit& change) {
    const auto seen = laptop.store().replica.seen(kCustomer, change.customer);
    if (!seen) return;
    auto ops = client::edit(kCustomer, change.customer, *seen, change.changed);
    if (!ops.empty()) sure(laptop.intake().commit({.source = "cli", .ops = std::move(ops)}));
}

/// Everybody at once; the wall time until the last is done.
double sync_all(std::vector<std::unique_ptr<BenchLaptop>>& laptops, std::uint16_t port) {
    return wall_ms([&] {
        std::vector<std::thread> threads;
        for (auto& laptop : laptops) threads.emplace_back([&laptop, port] { laptop->sync(port); });
        for (auto& thread : threads) thread.join();
    });
}

void nightly(std::ostream& out, const Workload& work) {
    BenchOffice office;
    office.take(work.customers, work.visits);
    constexpr int kLaptops = 20;
    std::vector<std::unique_ptr<BenchLaptop>> laptops;
    for (int i = 0; i < kLaptops; ++i) laptops.push_back(std::make_unique<BenchLaptop>(office));
    const auto port = office.open();
    sync_all(laptops, port);
    for (const auto& change : work.edits)
        edit(*laptops[static_cast<std::size_t>(change.laptop)], change);
    for (const auto& [laptop, visit] : work.new_visits)
        save(*laptops[static_cast<std::size_t>(laptop)], visit);
    const double cpu_before = process_cpu_ms();
    const double push = sync_all(laptops, port);
    const double rest = sync_all(laptops, port);
    line(out, "W2 20 laptops push 30 edits and 40 visits each, and pull",
         number(push) + " ms, then what came meanwhile " + number(rest) + " ms", "<= 1000 ms wall");
    line(out, "W2 CPU of office and all laptops together",
         number(process_cpu_ms() - cpu_before) + " ms", "");

    Relay relay(port);
    laptops.front()->sync(relay.port());
    const auto traffic = relay.finish();
    line(out, "W4 nothing changed",
         std::to_string(traffic.up) + " bytes up, " + std::to_string(traffic.down) + " down, " +
             std::to_string(traffic.turns - 2) + " round trips after the handshake",
         "<= 2 round trips, <= 2048 bytes");
    const double quiet = wall_ms([&] { laptops.front()->sync(port); });
    line(out, "W4 time", number(quiet) + " ms", "");
}

void conflicts(std::ostream& out, const Workload& work) {
    BenchOffice office;
    const auto second = office.add_salesperson("s002");
    office.take(work.customers, {}, office.user().as<RecordTag>(), second);
    BenchLaptop ann(office);
    BenchLaptop ben(office, second.as<UserTag>());
    const auto port = office.open();
    ann.sync(port);
    ben.sync(port);
    for (const auto& change : work.clashes) edit(change.laptop == 0 ? ann : ben, change);
    const double wall = wall_ms([&] {
        ann.sync(port);
        ben.sync(port);
        ann.sync(port);
    });
    std::size_t survived = 0;
    std::size_t findable = 0;
    office.ask([&](server::Office& desk) {
        const auto cases = server::list_cases(desk, UserId{}, server::Which::All);
        for (const auto& change : work.clashes) {
            const auto now_held =
                desk.store().load(kCustomer.tag, change.customer).value_or(FieldValues{});
            const auto& wanted = change.changed.front();
            const Value* held = find(now_held, wanted.tag);
            const bool is_current = held != nullptr && *held == wanted.value;
            const bool in_case =
                std::any_of(cases.begin(), cases.end(), [&](const server::CaseView& view) {
                    return view.about.record == change.customer &&
                           std::any_of(view.candidates.begin(), view.candidates.end(),
                                       [&](const server::Candidate& candidate) {
                                           const Value* lost = find(candidate.value, wanted.tag);
                                           return lost != nullptr && *lost == wanted.value;
                                       });
                });
            const bool same_field = wanted.tag == catalog::field(kCustomer, "business_need").tag;
            if (!same_field && is_current) ++survived;
            if (same_field && !is_current && in_case) ++findable;
        }
        return 0;
    });
    line(out, "W3 laptops of two people, 1,000 customers", number(wall) + " ms", "");
    line(out, "W3 edits of different fields that hold",
         std::to_string(survived) + " of 1000 (500 customers, two each)", "1000");
    line(out, "W3 losers that can be found", std::to_string(findable) + " of 500", "500");
}

}  // namespace

void run_first_sync_bench(std::ostream& out, const std::filesystem::path& shared, int customers) {
    out << "sync, vaults on both sides, synchronous=FULL, Noise on the loopback\n";
    if (const auto work = load_workload(shared, customers)) first_sync(out, *work);
}

void run_nightly_bench(std::ostream& out, const std::filesystem::path& shared) {
    if (const auto tenth = load_workload(shared, 5'000)) nightly(out, *tenth);
}

void run_sync_bench(std::ostream& out, const std::filesystem::path& shared) {
    run_first_sync_bench(out, shared, 50'000);
    if (const auto tenth = load_workload(shared, 5'000)) {
        nightly(out, *tenth);
        conflicts(out, *tenth);
    }
}

}  // namespace dossier::bench
