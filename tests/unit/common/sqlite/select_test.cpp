#include "common/sqlite/select.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/sqlite/record_table.hpp"

using namespace dossier;
using catalog::field;
using catalog::Field;
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

/// What the plain code answers, all pages of it.
std::vector<query::Hit> expected(const query::Query& asked, const Records& records) {
    std::vector<query::Hit> hits;
    for (const auto& [id, values] : records) {
        if (!query::matches(asked, values)) continue;
        const Value* by =
            asked.order.field == nullptr ? nullptr : find(values, asked.order.field->tag);
        hits.push_back({id, by == nullptr ? Value{} : *by});
    }
    std::ranges::sort(hits, [&](const auto& a, const auto& b) {
        return query::precedes(asked.order, a.key(), b.key());
    });
    return hits;
}

/// Page after page, as somebody turns them.
std::vector<query::Hit> turned(sqlite::Connection& db, query::Query asked) {
    std::vector<query::Hit> all;
    while (true) {
        const auto page = sqlite::select_records(db, asked);
        all.insert(all.end(), page.begin(), page.end());
        if (page.size() < asked.limit) return all;
        asked.after = page.back().key();
    }
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
    TEST_CASE("a usual list walks its index and never reads the table") {
        sqlite::Connection db({.path = ":memory:"});
        sqlite::create_record_tables(db);
        sqlite::ensure_list_index(db, kCustomer);
        auto plan = db.prepared(
            "EXPLAIN QUERY PLAN SELECT id,name_pinyin FROM customer INDEXED BY list_customer WHERE "
            "deleted_at IS NULL AND merged_into_id IS NULL AND city='330100' AND grade='A' ORDER "
            "BY name_pinyin,id LIMIT 50");
        std::string words;
        while (plan.step()) words += std::string(plan.text(3)) + "\n";
        CHECK(words == "SCAN customer USING COVERING INDEX list_customer\n");
    }
}
