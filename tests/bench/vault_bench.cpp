#include "tests/bench/vault_bench.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iomanip>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "common/vault/vault.hpp"

#include "tests/bench/median.hpp"

namespace dossier::bench {
namespace {

constexpr int kVaultRounds = 5;
constexpr int kVaultRows = 100'000;
constexpr int kTransactions = 2'000;
constexpr int kReads = 100'000;
constexpr int kSaves = 200;

struct Work {
    const char* name;
    const char* what;
    double bar;  ///< highest ratio to plain SQLite; 0 = none
};
constexpr std::array kWorks{
    Work{"a", "100,000 rows, one transaction", 1.42},
    Work{"b", "2,000 transactions", 1.37},
    Work{"c", "100,000 point reads, 2 MB cache", 2.13},
    Work{"d", "scan of every note, 2 MB cache", 2.21},
    Work{"e", "open and first read", 0},
    Work{"f", "200 durable saves", 2.0},
};
/// Elapsed time, and the processor time in it: the ratio to trust when the machine is busy.
struct Time {
    double wall_ms = 0;
    double cpu_ms = 0;
};
using Times = std::array<Time, kWorks.size()>;

Time now() {
    timespec cpu{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    const auto wall = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration<double, std::milli>(wall).count(),
            static_cast<double>(cpu.tv_sec) * 1e3 + static_cast<double>(cpu.tv_nsec) / 1e6};
}

Time since(const Time& begun) {
    const Time ended = now();
    return {ended.wall_ms - begun.wall_ms, ended.cpu_ms - begun.cpu_ms};
}

/// A database with or without a vault around it, closed with its owner.
class Store {
  public:
    Store(const std::string& path, bool sealed, const crypto::Secret& key, crypto::Random& random) {
        const char* vfs = nullptr;
        if (sealed) {
            auto opened = vault::Vault::open({path, ""}, key.clone(), random);
            if (!opened) throw std::runtime_error(describe(opened.error(), Lang::En));
            vault_ = std::move(*opened);
            vfs = vault_->vfs_name();
        }
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        check(sqlite3_open_v2(path.c_str(), &db_, flags, vfs));
        if (sealed && !vault_->prepare(db_)) throw std::runtime_error("prepare");
        exec("PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY");
    }
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store() {
        sqlite3_finalize(statement_);
        sqlite3_close(db_);
    }

    void exec(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
    void use(const char* sql) {
        sqlite3_finalize(statement_);
        check(sqlite3_prepare_v2(db_, sql, -1, &statement_, nullptr));
    }
    void run(std::int64_t number) {
        sqlite3_bind_int64(statement_, 1, number);
        while (sqlite3_step(statement_) == SQLITE_ROW) {
            rows_ += sqlite3_column_bytes(statement_, 0);
        }
        check(sqlite3_reset(statement_));
    }

  private:
    void check(int rc) {
        if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
    }

    std::unique_ptr<vault::Vault> vault_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt* statement_ = nullptr;
    std::int64_t rows_ = 0;
};

void insert_rows(Store& store, int count, int from) {
    store.use("INSERT INTO visit VALUES(?1, (?1 * 7919) % 1000003, hex(randomblob(480)), 'open')");
    for (int i = 0; i < count; ++i) store.run(from + i);
}

constexpr const char* kSchema =
    "CREATE TABLE visit(id INTEGER PRIMARY KEY, customer INTEGER, note TEXT, state TEXT)";

Times measure(const std::string& path,
              bool sealed,
              const crypto::Secret& key,
              crypto::Random& random) {
    Times times{};
    const auto open = [&] { return std::make_unique<Store>(path, sealed, key, random); };
    Time begun = now();
    const auto start = [&] { begun = now(); };
    {
        auto store = open();
        store->exec("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000");
        store->exec(kSchema);
        start();
        store->exec("BEGIN");
        insert_rows(*store, kVaultRows, 1);
        store->exec("COMMIT");
        times[0] = since(begun);
        store->exec("PRAGMA wal_checkpoint(TRUNCATE)");
        start();
        insert_rows(*store, kTransactions, kVaultRows + 1);
        times[1] = since(begun);
    }
    {
        auto store = open();
        store->exec("PRAGMA cache_size=-2000");
        store->use("SELECT note FROM visit WHERE id = ?1");
        start();
        for (std::int64_t i = 0; i < kReads; ++i) store->run(1 + i * 7919 % kVaultRows);
        times[2] = since(begun);
        store->use("SELECT sum(length(note)) FROM visit WHERE id > ?1");
        start();
        store->run(0);
        times[3] = since(begun);
    }
    start();
    {
        auto store = open();
        store->use("SELECT state FROM visit WHERE id = ?1");
        store->run(5);
        times[4] = since(begun);
        store->exec("PRAGMA synchronous=FULL");
        start();
        insert_rows(*store, kSaves, 2 * kVaultRows);
        times[5] = since(begun);
    }
    return times;
}

}  // namespace

void run_vault_bench(std::ostream& out) {
    crypto::SystemRandom random;
    crypto::Secret key(32);
    random.fill(key.bytes());
    std::vector<Times> plain;
    std::vector<Times> sealed;
    for (int round = 0; round < kVaultRounds; ++round) {
        std::string folder = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp");
        plain.push_back(measure(folder + "/plain.db", false, key, random));
        const std::string path = folder + "/vault.db";
        const auto made = vault::create_database(path, key.clone(), random);
        if (!made) throw std::runtime_error(describe(made.error(), Lang::En));
        sealed.push_back(measure(path, true, key, random));
        std::filesystem::remove_all(folder);
    }
    out << "vault against plain SQLite " << sqlite3_libversion() << ", ms, median of "
        << kVaultRounds << " rounds\n"
        << std::fixed;
    for (std::size_t column = 0; column < kWorks.size(); ++column) {
        const auto of = [&](const std::vector<Times>& rounds, double Time::*part) {
            std::vector<double> values;
            for (const Times& times : rounds) values.push_back(times[column].*part);
            return median(values);
        };
        const double before = of(plain, &Time::wall_ms);
        const double after = of(sealed, &Time::wall_ms);
        const Work& about = kWorks[column];
        out << "  " << about.name << "  " << std::left << std::setw(34) << about.what << std::right
            << std::setprecision(2) << "plain " << std::setw(8) << before << "  vault "
            << std::setw(8) << after << "  ratio " << after / before << "  of processor time "
            << of(sealed, &Time::cpu_ms) / of(plain, &Time::cpu_ms);
        if (about.bar > 0) out << "  (bar " << about.bar << ")";
        out << "\n";
    }
}

}  // namespace dossier::bench
