// What former programs wrote, in the hands of the present ones.
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"
#include "common/pinyin/pinyin.hpp"
#include "common/sqlite/migrate.hpp"

#include "tests/integration/epochs/firm.hpp"
#include "tests/integration/former/golden.hpp"

namespace dossier::test {
namespace {

std::string text_of(const catalog::Kind& kind, const FieldValues& values, std::string_view name) {
    const auto* value = find(values, catalog::find_field(kind, name)->tag);
    const auto* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? "" : *text;
}

std::vector<std::string> shown(TempClient& laptop,
                               const catalog::Kind& kind,
                               std::string_view name) {
    std::vector<std::string> texts;
    for (const RecordId& record : laptop.store().replica.select({.kind = &kind}))
        texts.push_back(text_of(kind, *laptop.store().replica.load(kind, record), name));
    return texts;
}

std::vector<std::string> kept(server::Store& store,
                              const catalog::Kind& kind,
                              std::string_view name) {
    server::Unit unit(store);
    std::vector<std::string> texts;
    for (const RecordId& record : store.list(kind.tag, {}, 100))
        texts.push_back(text_of(kind, *store.load(kind.tag, record), name));
    return texts;
}

using Texts = std::vector<std::string>;
const Texts kCustomers{std::string(kAcme), std::string(kHarbour)};
const Texts kBothVisits{std::string(kSentWords), std::string(kUnsentWords)};

/// A laptop whose database was `golden`.
std::unique_ptr<TempClient> laptop_of(const Scratch& scratch, const std::filesystem::path& golden) {
    auto laptop = std::make_unique<TempClient>(UserId{});
    Firm::put_back(*laptop, scratch.copy_of(golden));
    return laptop;
}

/// By its name, its initials and its beginning in full pinyin, as the present program searches.
bool is_found(server::Store& store, std::string_view name) {
    server::Unit unit(store);
    const auto initials = pinyin::initials(name, pinyin::Head::Plain);
    std::string read = pinyin::full(name, pinyin::Head::Plain);
    std::erase(read, ' ');
    for (const std::string& typed : {std::string(name), initials, read}) {
        if (store.search_customers(typed, 9).size() != 1) return false;
    }
    return true;
}

bool is_sound(server::Store& store) {
    server::Unit unit(store);
    const auto sound = store.verify([](std::string_view) {});
    if (!sound) MESSAGE(describe(sound.error(), Lang::En));
    return sound.has_value();
}

/// Makes the database one of the next schema, which nobody here knows.
void outdate_us(const std::filesystem::path& path) {
    sqlite::Connection db({.path = path.string(), .vfs = {}});
    std::int64_t version = 0;
    {
        auto row = db.prepared("PRAGMA user_version");
        if (row.step()) version = row.number(0);
    }
    db.exec("PRAGMA user_version=" + std::to_string(version + 1000));
    db.checkpoint_and_truncate();
}

void check_refused(const Error& error) {
    CHECK(error.is(sqlite::kNewerSchema));
    CHECK(describe(error, Lang::En).find("this program knows") != std::string::npos);
    CHECK(describe(error, Lang::Zh).find("升级程序") != std::string::npos);
}

}  // namespace

TEST_SUITE("integration/former") {
    TEST_CASE("a laptop's database of every schema opens with all that was in it") {
        const Scratch scratch;
        REQUIRE_FALSE(golden_of("laptop").empty());
        for (const auto& golden : golden_of("laptop")) {
            CAPTURE(golden);
            const auto laptop = laptop_of(scratch, golden);
            auto& store = laptop->store();
            CHECK(shown(*laptop, kCustomer, "name") == kCustomers);
            CHECK(shown(*laptop, kVisit, "content") == kBothVisits);
            CHECK(store.outbox.unsent_count() == 1);
            CHECK(store.tray.list(false).size() == 1);
            CHECK_FALSE(store.search.find("天平", 0, 10).empty());
            const auto papers = store.replica.select({.kind = &catalog::kAttachment});
            REQUIRE(papers.size() == 1);
            const auto held = store.attachments.contents.of(papers.front());
            REQUIRE(held.has_value());
            CHECK(held->whole);
            Bytes content;
            for (std::uint32_t at = 0; at < content::chunks_of(held->size); ++at)
                append(content, store.attachments.contents.chunk(*held, at));
            CHECK(content == golden_content());
        }
    }
    TEST_CASE("an office's database of every schema opens, holds what was written and is sound") {
        const Scratch scratch;
        REQUIRE_FALSE(golden_of("office").empty());
        for (const auto& golden : golden_of("office")) {
            CAPTURE(golden);
            Firm firm;
            REQUIRE(firm.adopt(scratch.copy_of(golden)));
            CHECK(kept(firm.store(), kCustomer, "name") == kCustomers);
            CHECK(kept(firm.store(), kVisit, "content") == Texts{std::string(kSentWords)});
            CHECK(kept(firm.store(), catalog::kAttachment, "title") == Texts{"执照"});
            CHECK(firm.audited("sync") > 0);
            CHECK(is_found(firm.store(), kHarbour));
            CHECK(is_sound(firm.store()));
        }
    }
    TEST_CASE("a former laptop and a former office meet, and what was unsent arrives") {
        const Scratch scratch;
        const auto offices = golden_of("office");
        const auto laptops = golden_of("laptop");
        REQUIRE(offices.size() == laptops.size());
        for (std::size_t pair = 0; pair < offices.size(); ++pair) {
            CAPTURE(offices[pair]);
            Firm firm;
            REQUIRE(firm.adopt(scratch.copy_of(offices[pair])));
            const auto laptop = laptop_of(scratch, laptops[pair]);
            const auto report = firm.met(*laptop);
            CHECK(report.incidents == 0);
            CHECK_FALSE(report.branched);
            CHECK(laptop->store().outbox.unsent_count() == 0);
            CHECK(kept(firm.store(), kVisit, "content") == kBothVisits);
            CHECK(is_sound(firm.store()));
        }
    }
    TEST_CASE("a database of a newer schema is refused in words, and no byte of it is changed") {
        const Scratch scratch;
        const auto office = scratch.copy_of(golden_of("office").back());
        outdate_us(office);
        Bytes before = file_bytes(office);
        const auto opened = server::open_plain_store({.path = office.string()});
        REQUIRE_FALSE(opened.has_value());
        check_refused(opened.error());
        CHECK(file_bytes(office) == before);
        const auto laptop = scratch.copy_of(golden_of("laptop").back());
        outdate_us(laptop);
        before = file_bytes(laptop);
        const auto store =
            client::Store::open(sqlite::OpenOptions{.path = laptop.string(), .vfs = ""});
        REQUIRE_FALSE(store.has_value());
        check_refused(store.error());
        CHECK(file_bytes(laptop) == before);
    }
}

}  // namespace dossier::test
