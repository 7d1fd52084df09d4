// What reaches the disk below the vault: no content, no structure, and no nonce twice.
#include <algorithm>
#include <set>
#include <span>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/vault/codec.hpp"
#include "common/vault/page.hpp"

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

using Nonce = std::array<std::uint8_t, kNonceBytes>;

constexpr int kRowCount = 600;

std::string word_of(int row) {
    return "row " + std::to_string(1000 + row) + ";";
}

/// The nonce of one more piece sealed.
Nonce nonce_of(Codec& codec) {
    std::uint8_t piece[1] = {};
    std::array<std::uint8_t, kTrailerBytes> trailer{};
    codec.seal({Role::Page, 1}, piece, piece, trailer.data());
    Nonce nonce{};
    std::copy_n(trailer.begin(), kNonceBytes, nonce.begin());
    return nonce;
}

/// Counts what is drawn from it.
struct Counted : crypto::Random {
    crypto::SystemRandom source;
    std::size_t drawn = 0;
    void fill(std::span<std::uint8_t> bytes) override {
        drawn += bytes.size();
        source.fill(bytes);
    }
};

/// Of the words of all rows, those that stand anywhere in the pages as SQLite reads them.
std::set<int> words_in(const Session& session) {
    sqlite3_int64 size = 0;
    unsigned char* const pages = sqlite3_serialize(session.sql->handle(), "main", &size, 0);
    REQUIRE(pages != nullptr);
    const std::string image(reinterpret_cast<const char*>(pages), static_cast<std::size_t>(size));
    sqlite3_free(pages);
    std::set<int> found;
    for (int row = 0; row < kRowCount; ++row) {
        if (image.find(word_of(row)) != std::string::npos) found.insert(row);
    }
    return found;
}

std::set<int> kept_words() {
    std::set<int> kept;
    for (int row = 0; row < kRowCount; ++row) {
        if (row % 5 != 0) kept.insert(row);
    }
    return kept;
}

}  // namespace

TEST_SUITE("common/vault/secrecy") {
    TEST_CASE("no write below the vault carries content, SQL or the SQLite header") {
        Office office;
        std::uint64_t nameless = 0;
        std::uint64_t writes = 0;
        int leaks = 0;
        office.vfs.watch = [&](const std::string& name, std::int64_t, ByteView bytes) {
            ++writes;
            if (name.empty()) ++nameless;
            for (const char* word : {"SECRETWORD", "SQLite format 3", "CREATE TABLE"}) {
                if (text_of(bytes).find(word) != std::string_view::npos) ++leaks;
            }
        };
        Session session = office.enter();
        // Small caches and file temp storage push everything through files.
        session.exec("PRAGMA cache_size=5; PRAGMA temp_store=FILE; PRAGMA wal_autocheckpoint=20");
        REQUIRE(session.exec("CREATE TABLE secret(id INTEGER PRIMARY KEY, body TEXT);"
                             "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<3000) "
                             "INSERT INTO secret SELECT i, 'SECRETWORD' || hex(randomblob(60)) "
                             "FROM n") == SQLITE_OK);
        // A statement journal over 64 KB, a sorter, a temporary table, a rollback, a VACUUM.
        REQUIRE(session.exec("CREATE UNIQUE INDEX by_body ON secret(body);"
                             "BEGIN; UPDATE OR ABORT secret SET body = body || 'SECRETWORD';"
                             "SAVEPOINT a; DELETE FROM secret WHERE id % 2; ROLLBACK TO a;"
                             "COMMIT; CREATE TEMP TABLE copy AS SELECT * FROM secret ORDER BY "
                             "body DESC; VACUUM") == SQLITE_OK);
        CHECK(session.ask("SELECT count(*) FROM copy WHERE body LIKE 'SECRETWORD%'") == "3000");
        CHECK(session.ask("PRAGMA integrity_check") == "ok");
        CHECK(leaks == 0);
        CHECK(nameless > 50);
        CHECK(writes > 500);
    }

    TEST_CASE("of a row that was moved and erased nothing is left in a page still in use") {
        Office office;
        {
            Session session = office.enter();
            REQUIRE(session.exec("PRAGMA secure_delete=ON; BEGIN;"
                                 "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT)") == SQLITE_OK);
            // Sizes change until SQLite has packed many a page anew.
            for (int i = 0; i < 5 * kRowCount; ++i) {
                const int id = i * 149 % kRowCount;
                std::string body = word_of(id);
                for (int size = i * 31 % 80; size > 0; --size) body += word_of(id);
                REQUIRE(session.exec("INSERT OR REPLACE INTO t VALUES(" + std::to_string(id) +
                                     ", '" + body + "')") == SQLITE_OK);
            }
            REQUIRE(session.exec("COMMIT; DELETE FROM t WHERE id % 5 = 0; "
                                 "PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
            CHECK(words_in(session) != kept_words());  // else this would show nothing
            sqlite3_db_release_memory(session.sql->handle());
            CHECK(words_in(session) == kept_words());
        }
        Session session = office.enter();
        CHECK(session.ask("PRAGMA integrity_check") == "ok");
        CHECK(words_in(session) == kept_words());
    }

    TEST_CASE("what only looks like a page of a tree in a large file stays as it is") {
        // An overflow page whose next is number 0x02000001: by its first byte a branch of no cell,
        // whose content begins at 0x0800.
        std::array<std::uint8_t, kPageBody> page{};
        page.fill(0xEE);
        const std::array<std::uint8_t, 7> head{0x02, 0x00, 0x00, 0x00, 0x00, 0x08, 0x00};
        std::ranges::copy(head, page.begin());
        auto tree = page;
        clear_unused(7, 0x00FF'FFFF, tree.data());
        CHECK(std::ranges::count(tree, 0) > 1000);
        CHECK(std::ranges::equal(std::span(tree).subspan(0x800), std::span(page).subspan(0x800)));
        auto overflow = page;
        clear_unused(7, 0x0100'0000, overflow.data());
        CHECK(overflow == page);
    }

    TEST_CASE("equal content is never written as equal bytes") {
        Office office;
        std::set<std::string> seen;
        bool repeated = false;
        office.vfs.watch = [&](const std::string&, std::int64_t, ByteView bytes) {
            // The last 40 bytes of every sealed piece are its nonce and tag.
            repeated = repeated || !seen.insert(std::string(text_of(bytes.last(40)))).second;
            repeated = repeated || !seen.insert(std::string(text_of(bytes.subspan(4, 32)))).second;
        };
        Session session = office.enter();
        REQUIRE(session.exec("CREATE TABLE t(a); INSERT INTO t VALUES(1)") == SQLITE_OK);
        for (int i = 0; i < 300; ++i) {
            REQUIRE(session.exec("UPDATE t SET a = 1 - a") == SQLITE_OK);
            if (i % 50 == 0) session.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        CHECK(seen.size() > 600);
        CHECK_FALSE(repeated);
    }

    TEST_CASE("a million nonces of one opening and those of the next are all different") {
        crypto::SystemRandom random;
        std::set<Nonce> seen;
        for (int opening = 0; opening < 20; ++opening) {
            Codec codec(crypto::Secret(32), random);
            for (int i = 0; i < 50000; ++i) seen.insert(nonce_of(codec));
        }
        CHECK(seen.size() == 1'000'000);
    }

    TEST_CASE("each nonce is drawn anew: a machine set back to a snapshot repeats none") {
        // What the process keeps is what a snapshot of its memory brings back; only the source is
        // outside. A fork is such a snapshot of all that the process keeps.
        crypto::SystemRandom random;
        Codec codec(crypto::Secret(32), random);
        nonce_of(codec);
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        const pid_t child = fork();
        if (child == 0) {
            const Nonce theirs = nonce_of(codec);
            const bool sent = write(ends[1], theirs.data(), theirs.size()) == kNonceBytes;
            _exit(sent ? 0 : 1);
        }
        Nonce theirs{};
        REQUIRE(read(ends[0], theirs.data(), theirs.size()) == kNonceBytes);
        waitpid(child, nullptr, 0);
        close(ends[0]);
        close(ends[1]);
        CHECK_FALSE(theirs == nonce_of(codec));
        Counted counted;
        Codec watched(crypto::Secret(32), counted);
        for (std::size_t sealed = 1; sealed <= 1000; ++sealed) {
            nonce_of(watched);
            CHECK(counted.drawn >= sealed * kNonceBytes);
        }
    }

    TEST_CASE("no fault's text carries a key") {
        Office office;
        const std::string key = to_hex(office.key().view());
        const auto wrong =
            Vault::open(office.paths(), crypto::Secret(32), office.random, office.below());
        REQUIRE_FALSE(wrong.has_value());
        for (const Lang lang : {Lang::Zh, Lang::En}) {
            CHECK(describe(wrong.error(), lang).find(key) == std::string::npos);
        }
    }
}
