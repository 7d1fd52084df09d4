// The search of a laptop: what waits for the index, what is in it, and what leaves it.
#include "client/store/search.hpp"

#include <doctest/doctest.h>

#include "common/sqlite/record_table.hpp"

#include "client/store/search_page.hpp"
#include "client/store/search_slots.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using client::Hit;

RecordId numbered(std::uint32_t number) {
    RecordId id = World::id(90);
    for (std::size_t byte = 0; byte < 4; ++byte)
        id.bytes[byte + 4] = static_cast<std::uint8_t>(number >> (8 * (3 - byte)));
    return id;
}

/// Records put into the store as a sync puts them, newest last.
struct Shelf {
    TempClient laptop{UserId{}};
    std::uint32_t count = 0;

    client::Store& store() { return laptop.store(); }
    client::Search& search() { return store().search; }
    RecordId put(const catalog::Kind& kind, const FieldValues& values) {
        const auto id = numbered(++count);
        sqlite::store_record(store().connection(), kind, id, values);
        search().added(kind);
        return id;
    }
    RecordId file(std::string_view name, std::string_view remark = "") {
        return put(kCustomer,
                   values_of(kCustomer, {{"name", words(name)}, {"remark", words(remark)}}));
    }
    RecordId visit(std::string_view content) {
        return put(kVisit, values_of(kVisit, {{"content", words(content)}}));
    }
    void change(const RecordId& id, std::string_view field, std::string_view value) {
        const auto before = *sqlite::load_record(store().connection(), kCustomer, id);
        auto after = before;
        assign(after, tag(kCustomer, field), words(value));
        search().updated(kCustomer, id, before, after);
        sqlite::store_record(store().connection(), kCustomer, id, after);
    }
    void remove(const RecordId& id) {
        search().removed(kCustomer, id);
        sqlite::erase_record(store().connection(), kCustomer, id);
    }
    std::vector<RecordId> find(std::string_view typed, std::size_t limit = 100) {
        std::vector<RecordId> records;
        for (const Hit& hit : search().find(typed, 0, limit)) records.push_back(hit.record);
        return records;
    }
    bool holds_token(std::string_view token) {
        bool any = false;
        auto rows = store().connection().prepared("SELECT first, rows FROM search_page");
        while (rows.step()) {
            any = any || text_of(rows.blob(0)) == token;
            any = any || !client::docs_in(rows.blob(1), token).empty();
        }
        return any;
    }
};

using Ids = std::vector<RecordId>;

TEST_SUITE("client/store/search") {
    TEST_CASE("exactly named first, then by name, then anywhere, each newest first") {
        Shelf shelf;
        const auto talked = shelf.visit("谈到明润");
        const auto exact = shelf.file("明润");
        const auto older = shelf.file("杭州明润医药");
        const auto noted = shelf.file("长城", "明润介绍");
        const auto newer = shelf.file("明润置业");
        // The second kind's records are later than all of the first.
        const Ids wanted{exact, newer, older, talked, noted};
        CHECK(shelf.find("明润") == wanted);
        shelf.search().catch_up();
        CHECK(shelf.find("明润") == wanted);
        for (std::size_t limit = 1; limit <= wanted.size(); ++limit)
            CHECK(shelf.find("明润", limit) == Ids(wanted.begin(), wanted.begin() + long(limit)));
        CHECK(shelf.search().find("明润", kVisit.tag, 9) == std::vector<Hit>{{kVisit.tag, talked}});
    }

    TEST_CASE("a list by a part of a text is the same before, while and after it is indexed") {
        Shelf shelf;
        Ids all;
        for (const auto* name :
             {"杭州明润医药", "明潤 医药", "ＡＢＢ电气", "Abb 7-8", "甲", "明（润）"})
            all.push_back(shelf.file(name, all.size() % 2 == 0 ? "已谈明润，下周" : ""));
        const auto pages_are_right = [&] {
            for (const auto name : {"name", "remark", "former_names"}) {
                for (const auto* part : {"明润", "润医", "润 医", "abb", "b 7", "7-8", "8", "，下",
                                         "(润", "润", "甲", "mingrun"}) {
                    const query::Filter filter{
                        catalog::find_field(kCustomer, name), query::Test::Contains, {words(part)}};
                    const query::Query asked{.kind = &kCustomer, .where = {filter}};
                    Ids wanted;
                    for (const RecordId& id : all) {
                        const auto values =
                            *sqlite::load_record(shelf.store().connection(), kCustomer, id);
                        if (query::matches(asked, values)) wanted.push_back(id);
                    }
                    Ids found;
                    for (const auto& hit : shelf.store().replica.page(asked))
                        found.push_back(hit.record);
                    CAPTURE(part);
                    CHECK(found == wanted);
                }
            }
        };
        pages_are_right();
        shelf.search().catch_up();
        pages_are_right();
        shelf.change(all[4], "name", "明润甲");
        shelf.change(all[0], "name", "长城");
        all.push_back(shelf.file("新明润"));
        pages_are_right();
        shelf.search().catch_up();
        pages_are_right();
    }
    TEST_CASE("rows that may hold a part are told by the index, and not where it lacks some") {
        Shelf shelf;
        const auto& name = *catalog::find_field(kCustomer, "name");
        const auto rows = [&](std::string_view part, std::size_t most) {
            return shelf.search().rows_with(kCustomer, name, part, most);
        };
        for (int i = 0; i < 300; ++i) shelf.file(i % 100 == 0 ? "杭州明润" : "客户");
        CHECK(!rows("明润", 400));
        shelf.search().catch_up();
        CHECK(rows("明润", 3)->size() == 3);
        CHECK(!rows("明润", 2));
        CHECK(rows("润明", 3)->empty());
        CHECK(!rows("（", 400));
        CHECK(!shelf.search().rows_with(kCustomer, *catalog::find_field(kCustomer, "name_pinyin"),
                                        "明润", 400));
    }
    TEST_CASE("what waits for the index is found as what is in it, in one order") {
        Shelf shelf;
        Ids all;
        for (int i = 0; i < 60; ++i) {
            const auto number = std::to_string(10'000 + i * 37);
            all.push_back(shelf.file(i % 3 == 0 ? "杭州明润" + number : "客户" + number,
                                     i % 4 == 0 ? "明润 0571-8899" + number : "c++ " + number));
            if (i == 30) shelf.search().catch_up();
        }
        for (int i = 0; i < 60; i += 7) shelf.change(all[std::size_t(i)], "remark", "改为明润");
        const auto asked = {"明润",      "明",   "mr",      "mingrun", "c++",
                            "057188991", "hzmr", "客户 10", "改"};
        std::vector<Ids> while_waiting;
        for (const auto* typed : asked) while_waiting.push_back(shelf.find(typed));
        REQUIRE(shelf.search().queued() > 30);
        REQUIRE(shelf.search().is_complete());
        shelf.search().catch_up();
        REQUIRE(shelf.search().queued() == 0);
        auto before = while_waiting.begin();
        for (const auto* typed : asked) {
            CAPTURE(typed);
            CHECK(!before->empty());
            CHECK(shelf.find(typed) == *before++);
        }
    }

    TEST_CASE(
        "while many wait, a search answers from what is indexed and says it is not complete") {
        Shelf shelf;
        const auto known = shelf.file("明润甲");
        shelf.search().catch_up();
        sqlite::Transaction tx(shelf.store().connection());
        for (std::size_t i = 0; i < client::Search::kManyQueued + 1; ++i)
            shelf.file("明润" + std::to_string(i));
        tx.commit();
        const auto waiting = shelf.search().queued();
        CHECK(shelf.find("明润", 5) == Ids{known});
        CHECK(shelf.search().queued() == waiting);
        CHECK_FALSE(shelf.search().is_complete());
        while (shelf.search().catch_up_some() > 0) {
        }
        CHECK(shelf.search().is_complete());
        CHECK(shelf.find("明润", 5'000).size() == waiting + 1);
    }

    TEST_CASE("between few and many a search indexes a part itself, and comes to an end") {
        Shelf shelf;
        sqlite::Transaction tx(shelf.store().connection());
        for (std::size_t i = 0; i < client::Search::kFewQueued + 1; ++i) shelf.file("明润");
        tx.commit();
        CHECK(shelf.find("明润", 999).size() == client::Search::kFewQueued + 1);
        CHECK(shelf.search().is_complete());
    }

    TEST_CASE("one step of catching up takes at most a block") {
        Shelf shelf;
        sqlite::Transaction tx(shelf.store().connection());
        for (std::size_t i = 0; i < client::kBlockSize + 10; ++i) shelf.visit("明");
        tx.commit();
        CHECK(shelf.search().catch_up_some() <= client::kBlockSize);
        CHECK(shelf.search().queued() > 0);
        CHECK(shelf.search().catch_up() > 0);
        CHECK(shelf.search().find("明", 0, 99'999).size() == client::kBlockSize + 10);
    }

    TEST_CASE("an edit is found by its new words only, and its old ones leave the index") {
        Shelf shelf;
        const auto id = shelf.file("杭州明润", "qzxwvs 旧址");
        const auto other = shelf.file("长城", "旧址");
        shelf.search().catch_up();
        shelf.change(id, "remark", "新址");
        CHECK(shelf.find("旧址") == Ids{other});
        CHECK(shelf.find("新址") == Ids{id});
        REQUIRE(shelf.holds_token("qzxw"));
        shelf.search().catch_up();
        CHECK(shelf.find("旧址") == Ids{other});
        CHECK(shelf.find("新址") == Ids{id});
        CHECK_FALSE(shelf.holds_token("qzxw"));
    }

    TEST_CASE("of a removed record nothing is found, and after forgetting no token is left") {
        Shelf shelf;
        const auto kept = shelf.file("杭州明润");
        const auto gone = shelf.file("杭州魑魅", "qzxwvs");
        shelf.search().catch_up();
        shelf.remove(gone);
        CHECK(shelf.find("魑魅").empty());
        CHECK(shelf.find("杭州") == Ids{kept});
        REQUIRE(shelf.holds_token("魑魅"));
        CHECK(shelf.search().forget_removed());
        for (const char* token : {"魑魅", "chimei", "cm", "hzcm", "qzxw"})
            CHECK_MESSAGE(!shelf.holds_token(token), token);
        CHECK(shelf.find("hzmr") == Ids{kept});
        CHECK_FALSE(shelf.search().forget_removed());
    }

    TEST_CASE("a record that takes the place of a removed one is found by its own words") {
        Shelf shelf;
        shelf.file("杭州明润");
        const auto gone = shelf.file("魑魅");
        shelf.search().catch_up();
        shelf.remove(gone);
        const auto next = shelf.file("长城");  // the last row's number is given again
        CHECK(shelf.find("魑魅").empty());
        CHECK(shelf.find("长城") == Ids{next});
        shelf.search().catch_up();
        CHECK(shelf.find("魑魅").empty());
        CHECK(shelf.find("长城") == Ids{next});
    }

    TEST_CASE("words that only stand apart are not found together") {
        Shelf shelf;
        shelf.file("甲", "杭州的州明 1234 2345");
        shelf.search().catch_up();
        CHECK(shelf.find("杭州明").empty());
        CHECK(shelf.find("12345").size() == 0);
        CHECK(shelf.find("杭州的州明").size() == 1);
        CHECK(shelf.find("12342345").size() == 1);
    }

    TEST_CASE("an index of another version is made anew, also that of a program with FTS5") {
        Shelf shelf;
        const auto id = shelf.file("杭州明润");
        shelf.search().catch_up();
        auto& db = shelf.store().connection();
        db.exec("DROP TABLE search_page; CREATE VIRTUAL TABLE search USING fts5(name, content='')");
        shelf.store().meta.set_number("search_version", 2002);
        shelf.search().prepare();
        CHECK(shelf.search().queued() == 1);
        CHECK(shelf.find("明润") == Ids{id});
        shelf.search().catch_up();
        CHECK(shelf.find("明润") == Ids{id});
        CHECK_FALSE(db.prepared("SELECT 1 FROM sqlite_schema WHERE name='search'").step());
    }
}

TEST_SUITE("client/store/search_slots") {
    TEST_CASE("a row of slots read again is the same slots, however many") {
        for (const std::size_t step : {1UL, 2UL, 15UL, 16UL, 17UL, 1000UL, client::kBlockSize}) {
            client::Slots slots;
            for (std::size_t slot = 0; slot < client::kBlockSize; slot += step) slots.set(slot);
            CAPTURE(step);
            const auto row = slots.row();
            CHECK(client::Slots::from(row) == slots);
            CHECK(row.size() <= client::Slots::kBitmapBytes);
            std::size_t met = 0;
            std::size_t last = client::kBlockSize;
            CHECK(slots.each_down([&](std::size_t slot) {
                CHECK(slot < last);
                last = slot;
                return ++met > 0;
            }));
            CHECK(met == (client::kBlockSize + step - 1) / step);
        }
        CHECK(client::Slots{}.row().empty());
    }

    TEST_CASE("a draft gives each token once, in order, with the slots that hold it") {
        client::BlockDraft draft;
        for (std::size_t slot = 0; slot < 3'000; ++slot)
            draft.add(slot, {"name" + std::to_string(slot % 7) + " mingrunyiyao ",
                             "t" + std::to_string(slot) + " t t 明润 " +
                                 (slot == 9 ? "mingrunyi " : "")});
        std::pair<client::Part, std::string> last{client::Part::Name, ""};
        std::size_t rows = 0;
        draft.each_row([&](const client::BlockDraft::Row& row) {
            const std::pair now{row.part, std::string(row.token)};
            CHECK(last < now);
            last = now;
            ++rows;
            std::size_t docs = 0;
            client::Slots::from(row.docs).each_down([&](std::size_t) { return ++docs > 0; });
            if (row.token == "t" || row.token == "明润" || row.token == "mingrunyiyao")
                CHECK(docs == 3'000);
            if (row.token == "t77" || row.token == "mingrunyi") CHECK(docs == 1);
        });
        CHECK(rows == 7 + 1 + 3'000 + 3);
    }
}

}  // namespace
}  // namespace dossier::test
