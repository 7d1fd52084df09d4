// Power cuts at every write while contents come and go: none is half there, none that was told as
// kept is lost, and nothing is left without its record.
#include <doctest/doctest.h>

#include "tests/unit/common/content/scratch.hpp"
#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using content::Contents;
using content::SqliteContents;

namespace {

/// A connection into the vault, which it outlives never.
struct Opened {
    explicit Opened(Office& office) {
        auto opened =
            vault::Vault::open(office.paths(), office.key(), office.random, office.below());
        if (!opened) throw std::runtime_error(describe(opened.error(), Lang::En));
        vault = std::move(*opened);
        db.emplace(sqlite::OpenOptions{.path = vault->database_path(), .vfs = vault->vfs_name()});
        if (auto fit = vault->prepare(db->handle()); !fit)
            throw std::runtime_error(describe(fit.error(), Lang::En));
    }
    std::unique_ptr<vault::Vault> vault;
    std::optional<sqlite::Connection> db;
};

/// What was acknowledged before the power went.
struct Told {
    bool first = false;
    bool chunk = false;
    bool dropped = false;
};

const Bytes kFirst = some_bytes(70'000, 1);
const Bytes kSecond = some_bytes(50'000, 2);

/// One content whole, one begun chunk by chunk, then the first is dropped.
Told work(Office& office) {
    Told told;
    try {
        Opened opened(office);
        sqlite::Connection& db = *opened.db;
        keep(db, record_of(1), kFirst, id_of(kFirst));
        told.first = true;
        SqliteContents contents(db);
        for (std::uint32_t at = 0; at < 2; ++at) {
            sqlite::Transaction tx(db);
            const auto held = contents.begin(record_of(2), id_of(kSecond), kSecond.size(), {});
            contents.put(held, at, piece_of(kSecond, at));
            tx.commit();
            told.chunk = true;
        }
        sqlite::Transaction tx(db);
        contents.drop(record_of(1));
        tx.commit();
        told.dropped = true;
    } catch (const std::exception&) {
        // The power is gone.
    }
    return told;
}

void check(Office& office, const Told& told) {
    Opened opened(office);
    SqliteContents contents(*opened.db);
    std::size_t flaws = 0;
    contents.verify(kContentKey, [&](const std::string& wrong) {
        MESSAGE(wrong);
        ++flaws;
    });
    CHECK(flaws == 0);
    const auto first = contents.of(record_of(1));
    const auto second = contents.of(record_of(2));
    if (first) CHECK(first->whole);
    if (told.first && !second) CHECK(first.has_value());
    if (told.chunk) {
        CHECK(second.has_value());
        CHECK(contents.chunk(*second, 0) ==
              Bytes(kSecond.begin(), kSecond.begin() + content::kChunkBytes));
    }
    if (told.dropped) CHECK_FALSE(first.has_value());
}

}  // namespace

TEST_SUITE("common/content/power") {
    TEST_CASE("whatever write was the last, contents are whole, begun or not there") {
        Office office("content-fault");
        FaultVfs& vfs = office.vfs;
        Opened(office).db->exec(std::string(content::kTables));
        vfs.disk.settle();
        const Disk fresh = vfs.disk.clone();
        std::uint64_t cuts = 0;
        for (bool cut = true; cut; ++cuts) {
            for (const std::uint64_t seed : {1U, 2U}) {
                vfs.disk = fresh.clone();
                vfs.power_on();
                vfs.cut_at = cuts + 1;
                const Told told = work(office);
                cut = vfs.calls >= vfs.cut_at;
                vfs.disk.lose_power(seed + cuts * 7);
                vfs.power_on();
                CAPTURE(cuts);
                check(office, told);
            }
        }
        CHECK(cuts > 50);
    }
}
