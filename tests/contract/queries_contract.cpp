// Lists, counts and sums: the office's store against the plain code of common/query.
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"

#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

const catalog::Field& of(std::string_view name) {
    return *catalog::find_field(kCustomer, name);
}

query::Filter is(std::string_view name, Value value) {
    return {&of(name), query::Test::Equal, {std::move(value)}};
}

/// Twelve customers of three cities and two grades, their names out of order.
std::vector<FieldValues> fill(Store& store) {
    std::vector<FieldValues> all;
    for (std::uint64_t i = 0; i < 12; ++i) {
        auto fields = values(kCustomer, {{"name", "客户" + std::to_string(i * 5 % 12)},
                                         {"name_pinyin", "ke hu " + std::to_string(i * 5 % 12)},
                                         {"assets_fen", static_cast<std::int64_t>(i)}});
        if (i % 3 != 0)
            assign(fields, of("city").tag, std::string(i % 3 == 1 ? "330100" : "310100"));
        if (i % 2 == 0) assign(fields, of("grade").tag, std::string("A"));
        if (i == 7) assign(fields, catalog::kDeletedAt, std::int64_t{5});
        add_customer(store, i + 1, fields);
        all.push_back(fields);
    }
    return all;
}

}  // namespace

TEST_SUITE("contract/store/queries") {
    TEST_CASE("pages follow one another in the asked order, none twice and none left out") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        fill(store);
        for (const bool descending : {false, true}) {
            for (const auto name : {"name_pinyin", "city", "assets_fen"}) {
                query::Query asked{
                    .kind = &kCustomer, .order = {&of(name), descending}, .limit = 5};
                std::vector<query::Hit> all;
                for (auto page = store.page(asked); !page.empty(); page = store.page(asked)) {
                    all.insert(all.end(), page.begin(), page.end());
                    asked.after = page.back().key();
                }
                CHECK(all.size() == 11);
                CHECK(std::ranges::is_sorted(all, [&](const auto& a, const auto& b) {
                    return query::precedes(asked.order, a.key(), b.key());
                }));
            }
        }
    }
    TEST_CASE("a page begins behind its key, whatever was added or removed meanwhile") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        fill(store);
        query::Query asked{.kind = &kCustomer, .order = {&of("assets_fen"), false}, .limit = 4};
        const auto first = store.page(asked);
        asked.after = first.back().key();
        const auto second = store.page(asked);
        store.save_fields({kCustomer.tag, first.back().record, first.back().record},
                          values(kCustomer, {{"deleted_at", std::int64_t{9}}}));
        add_customer(store, 99, values(kCustomer, {{"assets_fen", std::int64_t{1}}}));
        CHECK(store.page(asked) == second);
    }
    TEST_CASE("a list, its count and its sums speak of the same records") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto all = fill(store);
        const query::Query asked{
            .kind = &kCustomer,
            .where = {is("city", std::string("330100")), is("grade", std::string("A"))},
            .order = {&of("name_pinyin"), false}};
        std::size_t wanted = 0;
        for (const auto& each : all) wanted += query::matches(asked, each) ? 1U : 0U;
        CHECK(wanted > 0);
        CHECK(store.page(asked).size() == wanted);
        CHECK(store.count(asked) == wanted);
        const query::Fold fold{
            .kind = &kCustomer, .by = {&of("city"), &of("grade")}, .sums = {&of("assets_fen")}};
        CHECK(store.fold(fold) == query::folded(fold, all));
    }
    TEST_CASE("a part of a text is found as the plain code finds it, however it is written") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        std::vector<FieldValues> all;
        for (const auto* name :
             {"明润 医药", "明潤（集团）", "ＡＢＢ 中国", "abb  c", "甲·乙", "c"}) {
            const std::string shown = all.size() % 2 == 0 ? name : "无";
            all.push_back(values(kCustomer, {{"name", name}, {"legal_rep", shown}}));
            add_customer(store, all.size(), all.back());
        }
        store.save_fields(
            {kCustomer.tag, record(6), record(6)},
            values(kCustomer, {{"name", "润 (新)"}, {"deleted_at", std::int64_t{9}}}));
        all.back() = *store.load(kCustomer.tag, record(6));
        for (const auto name : {"name", "short_name", "legal_rep", "phones_other"}) {
            for (const auto* part : {"明润", "润医", "润 医", "(集", "bb", "B c", "b  C", " ",
                                     "·乙", "c", "润", "新)", "润 ", "x"}) {
                for (const bool with_gone : {false, true}) {
                    const query::Query asked{
                        .kind = &kCustomer,
                        .where = {{&of(name), query::Test::Contains, {std::string(part)}}},
                        .with_gone = with_gone};
                    std::vector<RecordId> wanted;
                    for (std::uint64_t i = 0; i < all.size(); ++i)
                        if (query::matches(asked, all[i])) wanted.push_back(record(i + 1));
                    std::vector<RecordId> found;
                    for (const auto& hit : store.page(asked)) found.push_back(hit.record);
                    CAPTURE(part);
                    CHECK(found == wanted);
                    CHECK(store.count(asked) == wanted.size());
                }
            }
        }
    }
    TEST_CASE("an extent leaves of a list and its count what lies in it, of customers and below") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto all = fill(store);
        std::vector<Place> below;
        for (std::uint64_t i = 0; i < 12; ++i) {
            below.push_back({catalog::kContact.tag, record(100 + i), record(i + 1)});
            store.save(below.back(), values(catalog::kContact, {{"customer_id", record(i + 1)}}));
        }
        below.push_back({catalog::kContact.tag, record(120), {}});
        store.save(below.back(), {});
        const query::Filter assets{&of("assets_fen"), query::Test::AtMost, {std::int64_t{4}}};
        const query::Way of_hangzhou{.file = {is("city", std::string("330100")), assets}};
        const query::Way named{.files = {record(3), record(8), record(99)}};
        const query::Way without_city{.file = {{&of("city"), query::Test::Empty, {}}}};
        for (const std::vector<query::Extent>& within :
             std::vector<std::vector<query::Extent>>{{{of_hangzhou}},
                                                     {{of_hangzhou, named}},
                                                     {{without_city}},
                                                     {{of_hangzhou, without_city}, {named}},
                                                     {{}},
                                                     {{query::Way{}}}}) {
            const query::Query files{.kind = &kCustomer, .within = within};
            const query::Query contacts{.kind = &catalog::kContact, .within = within};
            std::vector<RecordId> wanted;
            std::vector<RecordId> wanted_below;
            for (std::uint64_t i = 0; i < 13; ++i) {
                const auto file = i < 12 ? record(i + 1) : RecordId{};
                const auto file_values = i < 12 ? all[i] : FieldValues{};
                const bool reached = query::reaches(within, {file, file_values, {}});
                if (reached && i < 12 && query::matches(files, all[i])) wanted.push_back(file);
                if (reached) wanted_below.push_back(below[i].record);
            }
            const auto ids = [&](const query::Query& asked) {
                std::vector<RecordId> found;
                for (const auto& hit : store.page(asked)) found.push_back(hit.record);
                return found;
            };
            CHECK(ids(files) == wanted);
            CHECK(store.count(files) == wanted.size());
            CHECK(ids(contacts) == wanted_below);
            CHECK(store.count(contacts) == wanted_below.size());
        }
    }
    TEST_CASE("what a unit changed is in its own answers, and gone with it") {
        const auto office = make_office();
        Store& store = office->store();
        const query::Query all{.kind = &kCustomer};
        {
            Unit unit(store);
            fill(store);
            CHECK(store.count(all) == 11);
        }
        Unit unit(store);
        CHECK(store.count(all) == 0);
    }
}
