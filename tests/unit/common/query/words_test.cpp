#include "common/query/words.hpp"

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/query/faults.hpp"

using namespace dossier;
using catalog::field;
using catalog::kCustomer;
using query::Test;

namespace {

constexpr Instant kNow{1'764'000'000'000};

Result<Value> read(const catalog::Field& of, std::string_view text) {
    return catalog::parse(of, text, kNow);
}

/// 2026-12-02 00:00 in office time.
constexpr std::int64_t kDay = 1'796'140'800'000;
constexpr std::int64_t kDayMs = 86'400'000;

Result<std::vector<query::Filter>> typed(const std::vector<std::string>& words) {
    return query::filters_from(kCustomer, words, read, kNow);
}

bool is_one(const Result<std::vector<query::Filter>>& read,
            std::string_view name,
            Test test,
            const std::vector<Value>& values) {
    return read && read->size() == 1 && read->front().field->name == name &&
           read->front().test == test && read->front().values == values;
}

const Fault* fault_of(const Result<std::vector<query::Filter>>& read) {
    return read ? nullptr : read.error().fault;
}

query::Query list_of(std::vector<query::Filter> where) {
    return {.kind = &kCustomer,
            .where = std::move(where),
            .order = {&field(kCustomer, "name_pinyin"), false}};
}

}  // namespace

TEST_SUITE("common/query/words") {
    TEST_CASE("a filter names its field by name, label or alias, and its test by a sign") {
        CHECK(is_one(typed({"grade=A"}), "grade", Test::Equal, {std::string("A")}));
        CHECK(is_one(typed({"客户等级!=A"}), "grade", Test::NotEqual, {std::string("A")}));
        CHECK(is_one(typed({"资产>=5"}), "assets_fen", Test::AtLeast, {std::int64_t{500}}));
        CHECK(is_one(typed({"资产≤5"}), "assets_fen", Test::AtMost, {std::int64_t{500}}));
        CHECK(is_one(typed({"资产<5"}), "assets_fen", Test::Less, {std::int64_t{500}}));
        CHECK(is_one(typed({"名称~明润"}), "name", Test::Contains, {std::string("明润")}));
        CHECK(is_one(typed({"grade=A|B"}), "grade", Test::OneOf,
                     {std::string("A"), std::string("B")}));
        CHECK(is_one(typed({"grade!=A|B"}), "grade", Test::NoneOf,
                     {std::string("A"), std::string("B")}));
        CHECK(is_one(typed({"传真="}), "fax", Test::Empty, {}));
        CHECK(is_one(typed({"传真!="}), "fax", Test::Filled, {}));
    }
    TEST_CASE("a range is its two ends, either of which may be left out") {
        const auto both = typed({"成立时间=2020-01-01..2021-12-31"});
        REQUIRE(both.has_value());
        REQUIRE(both->size() == 2);
        CHECK((*both)[0].test == Test::AtLeast);
        CHECK((*both)[1].test == Test::AtMost);
        CHECK(is_one(typed({"成立时间=..2021-12-31"}), "founded_on", Test::AtMost,
                     {std::string("2021-12-31")}));
        CHECK(fault_of(typed({"成立时间=.."})) == &query::kNotFilter);
    }
    TEST_CASE("what is no filter is told as what it is") {
        CHECK(fault_of(typed({"grade"})) == &query::kNotFilter);
        CHECK(fault_of(typed({"颜色=红"})) == &query::kUnknownField);
        CHECK(fault_of(typed({"往来角色>经销商"})) == &query::kWrongTest);
        CHECK(fault_of(typed({"资产~5"})) == &query::kWrongTest);
        CHECK(fault_of(typed({"资产>"})) == &query::kNotFilter);
        CHECK(fault_of(typed({std::string(2000, 'x') + "=1"})) == &query::kTooMuch);
        CHECK(fault_of(typed(std::vector<std::string>(21, "grade=A"))) == &query::kTooMuch);
        CHECK(fault_of(typed({"grade=\xff"})) == &query::kNotFilter);
        CHECK_FALSE(typed({"grade=Q"}).has_value());
    }
    TEST_CASE("a sign nobody knows is refused, never read as another one") {
        for (const char* words : {"名称!~有限", "名称==x", "名称=~x", "名称<>甲", "名称=>甲",
                                  "名称！~甲", "名称!甲", "名称~~甲"}) {
            CAPTURE(words);
            CHECK(fault_of(typed({words})) == &query::kUnknownSign);
        }
        CHECK(is_one(typed({"名称= ~x"}), "name", Test::Equal, {std::string("~x")}));
        CHECK(is_one(typed({"资产＞＝5"}), "assets_fen", Test::AtLeast, {std::int64_t{500}}));
        CHECK(is_one(typed({"grade≠A"}), "grade", Test::NotEqual, {std::string("A")}));
    }
    TEST_CASE(
        "a day asked of an instant is the whole day in office time, at both ends of a range") {
        const auto both = [](const std::string& words, std::int64_t from, std::int64_t to) {
            const auto read = typed({words});
            return read && read->size() == 2 && (*read)[0].test == Test::AtLeast &&
                   (*read)[1].test == Test::AtMost && (*read)[0].values[0] == Value{from} &&
                   (*read)[1].values[0] == Value{to};
        };
        CHECK(both("首次接触时间=2026-12-02", kDay, kDay + kDayMs - 1));
        CHECK(both("首次接触时间=2026-12-01..2026-12-02", kDay - kDayMs, kDay + kDayMs - 1));
        CHECK(both("首次接触时间=2026-12-02 00:00", kDay, kDay + 59'999));
        CHECK(is_one(typed({"首次接触时间<=2026-12-02"}), "first_contact_at", Test::AtMost,
                     {kDay + kDayMs - 1}));
        CHECK(is_one(typed({"首次接触时间>2026-12-02"}), "first_contact_at", Test::Greater,
                     {kDay + kDayMs - 1}));
        CHECK(is_one(typed({"首次接触时间<2026-12-02"}), "first_contact_at", Test::Less, {kDay}));
        CHECK(
            is_one(typed({"首次接触时间>=2026-12-02"}), "first_contact_at", Test::AtLeast, {kDay}));
        CHECK(fault_of(typed({"首次接触时间!=2026-12-02"})) == &query::kWrongSpan);
        CHECK(fault_of(typed({"首次接触时间=2026-12-01|2026-12-02"})) == &query::kWrongSpan);
    }
    TEST_CASE("a filter may name what no record may hold: the future, and numbers out of range") {
        CHECK(is_one(typed({"首次接触时间=..2099-12-31"}), "first_contact_at", Test::AtMost,
                     {std::int64_t{4'102'415'999'999}}));
        CHECK(is_one(typed({"成立时间=..2099-12-31"}), "founded_on", Test::AtMost,
                     {std::string("2099-12-31")}));
        CHECK(is_one(typed({"资产>=-5"}), "assets_fen", Test::AtLeast, {std::int64_t{-500}}));
        CHECK_FALSE(typed({"首次接触时间=没有"}).has_value());
    }
    TEST_CASE("a range that ends before it begins is refused") {
        CHECK(fault_of(typed({"grade=B..A"})) == &query::kEmptyRange);
        CHECK(fault_of(typed({"资产=5..4"})) == &query::kEmptyRange);
        CHECK(fault_of(typed({"首次接触时间=2026-12-02..2026-12-01"})) == &query::kEmptyRange);
        CHECK(typed({"首次接触时间=2026-12-02..2026-12-02"}).has_value());
        CHECK(typed({"grade=A..A"}).has_value());
    }
    TEST_CASE("a field that is not there is told with the few that are alike") {
        const auto read = typed({"传真号=1"});
        REQUIRE(fault_of(read) == &query::kUnknownField);
        CHECK(read.error().args[2].find("fax(传真/Fax)") == 0);
        CHECK(read.error().args[2].size() < 300);
    }
    TEST_CASE("an order is a field, or a field from its end") {
        const auto order = query::order_from(kCustomer, "-客户名称");
        REQUIRE(order.has_value());
        CHECK(order->field == &field(kCustomer, "name"));
        CHECK(order->descending);
        CHECK_FALSE(query::order_from(kCustomer, "往来角色").has_value());
        CHECK_FALSE(query::order_from(kCustomer, "颜色").has_value());
    }
    TEST_CASE("a page key is read back by its own list and refused by every other") {
        RecordId id;
        id.bytes[3] = 7;
        const auto mine = list_of({{&field(kCustomer, "grade"), Test::Equal, {std::string("A")}}});
        for (const Value& value :
             {Value{}, Value{std::int64_t{-5}}, Value{std::string("hang zhou")}, Value{id}}) {
            const auto word = query::to_word(mine, {value, id});
            const auto back = query::page_from(mine, word);
            REQUIRE(back.has_value());
            CHECK(*back == query::PageKey{value, id});
        }
        const auto word = query::to_word(mine, {std::string("x"), id});
        auto other = mine;
        other.where.front().values = {std::string("B")};
        CHECK_FALSE(query::page_from(other, word).has_value());
        other = mine;
        other.order.descending = true;
        CHECK_FALSE(query::page_from(other, word).has_value());
        for (const std::string& broken : {std::string(), std::string("0"), std::string("!!"),
                                          word.substr(0, word.size() / 2)}) {
            const auto read_back = query::page_from(mine, broken);
            CHECK((!read_back || *read_back != query::PageKey{std::string("x"), id}));
        }
    }
    TEST_CASE("a page holds 1 to 100000 records") {
        CHECK(query::limit_from(1) == 1U);
        CHECK(query::limit_from(100'000) == 100'000U);
        CHECK_FALSE(query::limit_from(0).has_value());
        CHECK_FALSE(query::limit_from(100'001).has_value());
    }
}
