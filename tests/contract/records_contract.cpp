#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"

#include "tests/contract/store_contract.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

Place customer(std::uint64_t number) {
    return {kCustomer.tag, record(number), record(number)};
}
Place contact(std::uint64_t number, std::uint64_t of) {
    return {kContact.tag, record(number), record(of)};
}
using Ids = std::vector<RecordId>;

}  // namespace

TEST_SUITE("contract/store/records") {
    TEST_CASE("a saved record holds exactly what was saved last") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        CHECK_FALSE(store.load(kCustomer.tag, record(1)).has_value());
        CHECK_FALSE(store.place(record(1)).has_value());
        const auto first = values(kCustomer, {{"name", "明润"}, {"assets_fen", std::int64_t{5}}});
        store.save(customer(1), first);
        CHECK(store.load(kCustomer.tag, record(1)) == first);
        const auto second = values(kCustomer, {{"name", "明润医药"}, {"fax", "0571-1"}});
        store.save(customer(1), second);
        CHECK(store.load(kCustomer.tag, record(1)) == second);
        CHECK(store.place(record(1))->kind == kCustomer.tag);
        CHECK(store.place(record(1))->customer == record(1));
    }
    TEST_CASE("saving fields changes these and no others; an empty value clears") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.save(customer(1), values(kCustomer, {{"name", "明润"}, {"fax", "1"}}));
        store.save_fields(customer(1),
                          values(kCustomer, {{"fax", Value{}}, {"website", "example.cn"}}));
        CHECK(store.load(kCustomer.tag, record(1)) ==
              values(kCustomer, {{"name", "明润"}, {"website", "example.cn"}}));
    }
    TEST_CASE("a facet loads its own fields alone, and nothing of a record that is not there") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto all =
            values(kCustomer, {{"name", "明润"}, {"fax", "1"}, {"id_no", "x"}, {"owners", "[]"}});
        store.save(customer(1), all);
        for (const Facet facet : catalog::facets_of(kCustomer)) {
            CHECK(store.load_facet(kCustomer.tag, record(1), facet) ==
                  catalog::facet_values(kCustomer, facet, all));
        }
        CHECK(store.load_facet(kCustomer.tag, record(2), Facet::Main).empty());
    }
    TEST_CASE("a customer's file is itself, then its records by kind and id; moving moves one") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.save(contact(1, 5), values(kContact, {{"name", "b"}}));
        store.save(contact(9, 5), values(kContact, {{"name", "c"}}));
        store.save(customer(5), values(kCustomer, {{"name", "a"}}));
        store.save(customer(6), values(kCustomer, {{"name", "d"}}));
        const auto ids = [&](std::uint64_t of) {
            Ids found;
            for (const Place& place : store.file_of(record(of))) {
                CHECK(place.customer == record(of));
                found.push_back(place.record);
            }
            return found;
        };
        CHECK(ids(5) == Ids{record(5), record(1), record(9)});
        store.save(contact(1, 6), values(kContact, {{"name", "b"}}));
        CHECK(ids(5) == Ids{record(5), record(9)});
        CHECK(ids(6) == Ids{record(6), record(1)});
        CHECK(store.place(record(1))->customer == record(6));
        CHECK(ids(7).empty());
    }
    TEST_CASE("records are found by reference, unique number, any other value, or its absence") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        const auto customer_id = tag(kContact, "customer_id");
        for (std::uint64_t i : {3U, 1U, 2U}) {
            store.save(contact(i, 9), values(kContact, {{"customer_id", record(i % 2)}}));
        }
        CHECK(store.find(kContact.tag, customer_id, record(1)) == Ids{record(1), record(3)});
        CHECK(store.find(kContact.tag, customer_id, record(7)).empty());
        CHECK(store.find(kContact.tag, tag(kContact, "name"), Value{}) ==
              Ids{record(1), record(2), record(3)});
        store.save(customer(4), values(kCustomer, {{"customer_no", "KH-1"}, {"name", "a"}}));
        CHECK(store.find(kCustomer.tag, tag(kCustomer, "customer_no"), "KH-1") == Ids{record(4)});
        CHECK(store.find(kCustomer.tag, tag(kCustomer, "name"), "a") == Ids{record(4)});
    }
    TEST_CASE("a kind is listed in id order, page after page, and counted") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        for (std::uint64_t i = 10; i > 0; --i) store.save(customer(i), {});
        CHECK(store.count(kCustomer.tag) == 10);
        CHECK(store.count(kContact.tag) == 0);
        RecordId after;
        Ids all;
        for (auto page = store.list(kCustomer.tag, after, 3); !page.empty();
             page = store.list(kCustomer.tag, after, 3)) {
            CHECK(page.size() <= 3);
            all.insert(all.end(), page.begin(), page.end());
            after = page.back();
        }
        REQUIRE(all.size() == 10);
        CHECK(std::is_sorted(all.begin(), all.end()));
    }
    TEST_CASE("customers are found by a part of number, name, short name or pinyin, as typed now") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.save(customer(1), values(kCustomer, {{"customer_no", "KH-2026-0004"},
                                                   {"name", "杭州明润医药有限公司"},
                                                   {"short_name", "明润ABC"},
                                                   {"name_pinyin", "hangzhou mingrun"}}));
        store.save(customer(2), values(kCustomer, {{"name", "100%_纯"}}));
        const auto found = [&](std::string_view text) { return store.search_customers(text, 9); };
        CHECK(found("0004") == Ids{record(1)});
        CHECK(found("明润医") == Ids{record(1)});
        CHECK(found("润abc") == Ids{record(1)});
        CHECK(found("ＡＢＣ") == Ids{record(1)});
        CHECK(found("明潤") == Ids{record(1)});
        for (const char* read : {"mingrun", "hangzhoumingrunyiyao", "hzmr", "mryyyxgs", "mrabc"})
            CHECK(found(read) == Ids{record(1)});
        CHECK(found("minrun").empty());
        CHECK(found("%_").empty());  // signs alone ask for nothing
        CHECK(found("100%_") == Ids{record(2)});
        CHECK(found("%润%").empty());
        CHECK(found("") == Ids{record(1), record(2)});
        CHECK(store.search_customers("", 1) == Ids{record(1)});
        store.save_fields(customer(2), values(kCustomer, {{"name", "新名"}}));
        CHECK(found("纯").empty());
        CHECK(found("新名") == Ids{record(2)});
    }
    TEST_CASE("whom the words name exactly comes first, whom they begin next") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        for (const auto& [number, name] :
             {std::pair{1, "上海明润（集团）有限公司"},
              std::pair{2, "明润（集团）有限公司杭州分公司"}, std::pair{3, "明润（集团）有限公司"}})
            store.save(customer(static_cast<std::uint64_t>(number)),
                       values(kCustomer, {{"name", name}}));
        CHECK(store.search_customers("明润(集团)有限公司", 9) ==
              Ids{record(3), record(2), record(1)});
        CHECK(store.search_customers("明潤 (集團) 有限公司", 1) == Ids{record(3)});
    }
    TEST_CASE("a phone is looked for by itself, in every way of writing it") {
        const auto office = make_office();
        Store& store = office->store();
        Unit unit(store);
        store.save(customer(1),
                   values(kCustomer, {{"name", "甲"}, {"phone_main", "+86-571-55501004"}}));
        for (const char* typed :
             {"0571-55501004", "55501004", "0086 571 55501004", "0571-55501004-12"})
            CHECK(store.search_phones(typed, 9) == Ids{record(1)});
        CHECK(store.search_phones("0571-55501005", 9).empty());
        CHECK(store.search_phones("甲", 9).empty());
        CHECK(store.search_customers("0571-55501004", 9).empty());
        store.save_fields(customer(1), values(kCustomer, {{"phone_main", "13900001001"}}));
        CHECK(store.search_phones("+86 139 0000 1001", 9) == Ids{record(1)});
    }
}
