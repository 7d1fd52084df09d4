#include "common/sqlite/select.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/sqlite/list_index.hpp"
#include "common/sqlite/record_table.hpp"

using namespace dossier;
using catalog::field;
using catalog::Field;
using catalog::kContact;
using catalog::kCustomer;
using query::Test;

namespace {

constexpr const Field& kName = field(kCustomer, "name");
constexpr const Field& kPinyin = field(kCustomer, "name_pinyin");
constexpr const Field& kGrade = field(kCustomer, "grade");
constexpr const Field& kCity = field(kCustomer, "city");
constexpr const Field& kAssets = field(kCustomer, "assets_fen");
constexpr const Field& kFounded = field(kCustomer, "founded_on");
constexpr const Field& kRoles = field(kCustomer, "party_role");
constexpr const Field& kOwner = field(kCustomer, "owner_user_id");
constexpr const Field& kFormer = field(kCustomer, "former_names");
constexpr const Field& kContactName = field(kContact, "name");

RecordId id_of(unsigned number) {
    RecordId id;
    id.bytes[0] = static_cast<std::uint8_t>(number >> 8U);
    id.bytes[1] = static_cast<std::uint8_t>(number);
    id.bytes[15] = 1;
    return id;
}

/// Drawn values and questions: the same in every run.
struct Draw {
    std::mt19937 engine{20261201};

    unsigned below(unsigned limit) { return static_cast<unsigned>(engine() % limit); }

    Value value(const Field& of) {
        static constexpr const char* kWords[] = {"杭州明润", "上海ＡＢＢ", "abb", "明润医药",
                                                 "宁波"};
        switch (of.type) {
            case catalog::Type::Money:
                return std::int64_t{below(5)} * 100;
            case catalog::Type::Enum:
                return std::string(
                    of.choices[below(static_cast<unsigned>(of.choices.size()))].code);
            case catalog::Type::Date:
                return "202" + std::to_string(below(5)) + "-0" + std::to_string(1 + below(9)) +
                       "-11";
            case catalog::Type::Ref:
                return id_of(60'000 + below(3));
            case catalog::Type::Set:
            case catalog::Type::List:
                return catalog::from_elements(of,
                                              {'"' + element(of) + '"', '"' + element(of) + '"'});
            default:
                return std::string(kWords[below(5)]);
        }
    }
    std::string element(const Field& of) {
        if (of.type == catalog::Type::Set)
            return std::string(of.choices[below(static_cast<unsigned>(of.choices.size()))].code);
        return below(2) == 0 ? "明润" : "老店";
    }
    /// As `value`, but one element for fields with several.
    Value wanted(const Field& of) { return query::holds_many(of) ? Value{element(of)} : value(of); }
    const Field& any_field() {
        static const Field* const kFields[] = {&kName,    &kPinyin, &kGrade, &kCity,  &kAssets,
                                               &kFounded, &kRoles,  &kOwner, &kFormer};
        return *kFields[below(9)];
    }
    FieldValues record() {
        FieldValues values;
        for (const Field* of :
             {&kName, &kPinyin, &kGrade, &kCity, &kAssets, &kFounded, &kRoles, &kOwner, &kFormer}) {
            if (below(4) != 0) assign(values, of->tag, value(*of));
        }
        if (below(8) == 0) assign(values, catalog::kDeletedAt, std::int64_t{1});
        if (below(8) == 0) assign(values, catalog::kMergedInto, id_of(1));
        return values;
    }
    query::Filter filter() {
        while (true) {
            const Field& of = any_field();
            const auto test = static_cast<Test>(below(11));
            if (!query::can_test(of, test)) continue;
            query::Filter filter{&of, test, {}};
            const bool several = test == Test::OneOf || test == Test::NoneOf;
            const bool none = test == Test::Empty || test == Test::Filled;
            const unsigned count = none ? 0 : several ? 1 + below(3) : 1;
            for (unsigned i = 0; i < count; ++i)
                filter.values.push_back(test == Test::Contains ? Value{std::string("ABB")}
                                                               : wanted(of));
            return filter;
        }
    }
    query::Way way(const catalog::Kind& kind) {
        query::Way way;
        for (unsigned i = below(3); i > 0; --i) way.file.push_back(filter());
        // Mostly by what an index finds.
        if (below(2) == 0) way.file.push_back({&kOwner, Test::Equal, {value(kOwner)}});
        if (below(4) == 0)
            for (unsigned i = 1 + below(5); i > 0; --i) way.files.push_back(id_of(below(80)));
        if (&kind == &kContact && below(3) == 0)
            way.own.push_back({&kContactName, Test::OneOf, {value(kName), value(kName)}});
        return way;
    }
    std::vector<query::Extent> extents(const catalog::Kind& kind) {
        std::vector<query::Extent> extents(below(3));
        for (auto& extent : extents)
            for (unsigned i = below(4); i > 0; --i) extent.push_back(way(kind));
        return extents;
    }
    query::Query question() {
        query::Query asked{.kind = &kCustomer, .limit = 1 + below(9), .with_gone = below(4) == 0};
        for (unsigned i = below(3); i > 0; --i) asked.where.push_back(filter());
        const Field& by = any_field();
        if (below(4) != 0 && !query::holds_many(by)) asked.order.field = &by;
        asked.order.descending = below(2) == 0;
        return asked;
    }
};

using Records = std::vector<std::pair<RecordId, FieldValues>>;

Records fill(sqlite::Connection& db, Draw& draw, unsigned count) {
    sqlite::create_record_tables(db);
    Records records;
    for (unsigned i = 0; i < count; ++i) {
        records.emplace_back(id_of(i), draw.record());
        sqlite::store_record(db, kCustomer, records.back().first, records.back().second);
    }
    return records;
}

/// What the plain code answers, all pages of it. `file_of` gives the customer of a record.
std::vector<query::Hit> expected(
    const query::Query& asked,
    const Records& records,
    const std::function<std::pair<RecordId, FieldValues>(std::size_t)>& file_of) {
    std::vector<query::Hit> hits;
    for (std::size_t at = 0; at < records.size(); ++at) {
        const auto& [id, values] = records[at];
        const auto [file, file_values] = file_of(at);
        if (!query::matches(asked, values) ||
            !query::reaches(asked.within, {file, file_values, values}))
            continue;
        const Value* by =
            asked.order.field == nullptr ? nullptr : find(values, asked.order.field->tag);
        hits.push_back({id, by == nullptr ? Value{} : *by});
    }
    std::ranges::sort(hits, [&](const auto& a, const auto& b) {
        return query::precedes(asked.order, a.key(), b.key());
    });
    return hits;
}
std::vector<query::Hit> expected(const query::Query& asked, const Records& records) {
    return expected(asked, records, [&](std::size_t at) { return records[at]; });
}

/// Page after page, as somebody turns them.
std::vector<query::Hit> turned(sqlite::Connection& db,
                               query::Query asked,
                               const sqlite::Lookout& lookout = {}) {
    std::vector<query::Hit> all;
    while (true) {
        const auto page = sqlite::select_records(db, asked, lookout);
        all.insert(all.end(), page.begin(), page.end());
        if (page.size() < asked.limit) return all;
        asked.after = page.back().key();
    }
}

/// The ways to an answer: few records fetched, the list walked, a walk broken off for more of them
/// to be fetched, or for the whole walk.
std::vector<sqlite::Lookout> lookouts(std::string_view places = {}) {
    return {{.places = places, .few = 1'000},
            {.places = places, .few = 6, .many = 20, .patience = 4},
            {.places = places, .few = 0, .many = 1'000, .patience = 1},
            {.places = places, .few = 0, .many = 0, .patience = 6},
            {.places = places, .few = 0, .many = 0}};
}

/// How a question is carried out, in its planner's words.
std::string plan_of(sqlite::Connection& db, const std::string& sql) {
    auto plan = db.prepared("EXPLAIN QUERY PLAN " + sql);
    std::string words;
    while (plan.step()) words += std::string(plan.text(3)) + "\n";
    return words;
}

}  // namespace

TEST_SUITE("common/sqlite/select") {
    TEST_CASE("SQL answers every question as the plain code does, page after page") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        const auto records = fill(db, draw, 80);
        for (int round = 0; round < 600; ++round) {
            if (round == 300) sqlite::ensure_list_index(db, kCustomer);
            const auto asked = draw.question();
            const auto wanted = expected(asked, records);
            CAPTURE(round);
            CHECK(turned(db, asked) == wanted);
            CHECK(sqlite::count_records(db, asked) == wanted.size());
        }
    }
    TEST_CASE("counts and sums of groups are those of the plain code") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        const auto records = fill(db, draw, 80);
        std::vector<FieldValues> values;
        for (const auto& each : records) values.push_back(each.second);
        for (int round = 0; round < 200; ++round) {
            query::Fold fold{.kind = &kCustomer, .sums = {&kAssets}};
            for (unsigned i = draw.below(3); i > 0; --i) fold.by.push_back(&draw.any_field());
            if (draw.below(2) == 0) fold.where.push_back(draw.filter());
            CAPTURE(round);
            CHECK(sqlite::fold_records(db, fold) == query::folded(fold, values));
        }
    }
    TEST_CASE("the list's index is made once, and anew when the kind asks for other fields") {
        sqlite::Connection db({.path = ":memory:"});
        sqlite::create_record_tables(db);
        sqlite::ensure_list_index(db, kCustomer);
        const auto version = [&] {
            auto row = db.prepared("PRAGMA schema_version");
            return row.step() ? row.number(0) : 0;
        };
        const auto first = version();
        sqlite::ensure_list_index(db, kCustomer);
        CHECK(version() == first);
        catalog::Kind other = kCustomer;
        other.list_filters = "city";
        sqlite::ensure_list_index(db, other);
        CHECK(version() > first);
    }
    TEST_CASE(
        "within an extent SQL finds what the plain code finds, whether few or many lie in it") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        const auto records = fill(db, draw, 80);
        std::size_t found = 0;
        for (int round = 0; round < 900; ++round) {
            if (round == 200) sqlite::ensure_list_index(db, kCustomer);
            if (round == 400) sqlite::ensure_filter_indexes(db, kCustomer, 0);
            auto asked = draw.question();
            asked.within = draw.extents(kCustomer);
            const auto wanted = expected(asked, records);
            found += wanted.size();
            CAPTURE(round);
            for (const sqlite::Lookout& lookout : lookouts()) {
                CHECK(turned(db, asked, lookout) == wanted);
                CHECK(sqlite::count_records(db, asked, lookout) == wanted.size());
            }
        }
        CHECK(found > 3'000);
    }
    TEST_CASE("where rows that may hold a part are told, SQL finds those of them that do") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        const auto records = fill(db, draw, 80);
        std::size_t told = 0;
        const auto rows_with = [&](const catalog::Kind& kind, const query::Filter& filter,
                                   std::size_t most) -> std::optional<sqlite::RowNumbers> {
            sqlite::RowNumbers rows;
            for (std::size_t at = 0; at < records.size(); ++at) {
                const auto& values = records[at].second;
                const Value* text = find(values, filter.field->tag);
                const bool gone = find(values, catalog::kDeletedAt) != nullptr;
                const bool holds = text != nullptr && query::passes(filter, *text);
                if ((holds && !gone) || draw.below(4) == 0)
                    rows.push_back(static_cast<std::int64_t>(at) + 1);
            }
            if (&kind != &kCustomer || rows.size() > most) return std::nullopt;
            told += rows.size();
            return rows;
        };
        for (int round = 0; round < 300; ++round) {
            auto asked = draw.question();
            asked.where.push_back({&kName, Test::Contains, {std::string("ABB")}});
            asked.within = draw.extents(kCustomer);
            const auto wanted = expected(asked, records);
            CAPTURE(round);
            for (sqlite::Lookout lookout : lookouts()) {
                lookout.rows_with = rows_with;
                CHECK(turned(db, asked, lookout) == wanted);
                CHECK(sqlite::count_records(db, asked, lookout) == wanted.size());
            }
        }
        CHECK(told > 10'000);
    }
    TEST_CASE("the extent of what hangs on customers is told by the customers, too") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        const auto files = fill(db, draw, 80);
        db.exec(
            "CREATE TABLE place(id BLOB PRIMARY KEY, kind INTEGER, customer BLOB);"
            "CREATE INDEX place_customer ON place(customer, kind)");
        Records contacts;
        std::vector<std::size_t> owners;
        for (unsigned i = 0; i < 160; ++i) {
            owners.push_back(draw.below(90));  // some of none
            FieldValues values;
            assign(values, kContactName.tag, draw.value(kName));
            contacts.emplace_back(id_of(1'000 + i), values);
            sqlite::store_record(db, kContact, contacts.back().first, values);
            auto place = db.prepared("INSERT INTO place VALUES(?1,?2,?3)");
            const Value file = owners.back() < 80 ? Value{files[owners.back()].first} : Value{};
            place.bind(contacts.back().first, kContact.tag, file).run();
        }
        const auto file_of = [&](std::size_t at) {
            return owners[at] < 80 ? files[owners[at]] : std::pair<RecordId, FieldValues>{};
        };
        std::size_t found = 0;
        for (int round = 0; round < 600; ++round) {
            if (round == 300) sqlite::ensure_filter_indexes(db, kCustomer, 0);
            query::Query asked{.kind = &kContact,
                               .within = draw.extents(kContact),
                               .order = {&kContactName, draw.below(2) == 0},
                               .limit = 1 + draw.below(9)};
            if (draw.below(3) == 0)
                asked.where = {{&kContactName, Test::NotEqual, {draw.value(kName)}}};
            const auto wanted = expected(asked, contacts, file_of);
            found += wanted.size();
            CAPTURE(round);
            for (const sqlite::Lookout& lookout : lookouts("place"))
                CHECK(turned(db, asked, lookout) == wanted);
        }
        CHECK(found > 10'000);
    }
    TEST_CASE("indexes that find few are made for long lists, once") {
        sqlite::Connection db({.path = ":memory:"});
        Draw draw;
        fill(db, draw, 80);
        const auto count = [&] {
            auto row = db.prepared("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'filter%'");
            return row.step() ? row.number(0) : 0;
        };
        sqlite::ensure_filter_indexes(db, kCustomer, 81);
        CHECK(count() == 0);
        db.exec("CREATE INDEX other ON customer(city, id)");
        sqlite::ensure_filter_indexes(db, kCustomer, 80);
        CHECK(sqlite::indexes_of(db, kCustomer).at("city") == "other");
        CHECK(sqlite::indexes_of(db, kCustomer).contains("grade"));
        CHECK(sqlite::indexes_of(db, kCustomer).contains("owner_user_id"));
        const auto made = count();
        CHECK(sqlite::indexes_of(db, kCustomer).contains("created_by"));
        CHECK(made == 9);
        sqlite::ensure_filter_indexes(db, kCustomer, 80);
        CHECK(count() == made);
    }
    TEST_CASE("a usual list walks its index and never reads the table") {
        sqlite::Connection db({.path = ":memory:"});
        sqlite::create_record_tables(db);
        sqlite::ensure_list_index(db, kCustomer);
        CHECK(plan_of(db,
                      "SELECT t.id,t.name_pinyin FROM customer AS t INDEXED BY list_customer WHERE "
                      "t.city='330100' AND t.grade='A' AND t.deleted_at IS NULL AND "
                      "t.merged_into_id IS NULL ORDER BY t.name_pinyin,t.id LIMIT 50") ==
              "SCAN t USING COVERING INDEX list_customer\n");
    }
}
