#include "common/catalog/completeness.hpp"

#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/describe.hpp"
#include "common/merge/refusals.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

template <class... Pairs>
FieldValues record(const Kind& kind, std::initializer_list<std::pair<const char*, Value>> given) {
    FieldValues values;
    for (const auto& [name, value] : given) assign(values, find_field(kind, name)->tag, value);
    return values;
}

std::vector<std::string> names(const std::vector<Lacking>& lacking) {
    std::vector<std::string> list;
    for (const Lacking& each : lacking) list.emplace_back(each.field->name);
    return list;
}

}  // namespace

TEST_SUITE("common/catalog/completeness") {
    TEST_CASE("a draft needs three things: name, one way to reach the customer, business need") {
        CHECK(names(missing_for_draft({})) ==
              std::vector<std::string>{"name", "phone_main", "business_need"});
        const auto draft = record(
            kCustomer, {{"name", "明润"}, {"email_main", "a@b.cn"}, {"business_need", "检测仪"}});
        CHECK(missing_for_draft(draft).empty());
        CHECK(completeness_bp({draft}, Profile::Draft) == 10'000);
    }
    TEST_CASE("a contact's phone is a way to reach the customer") {
        const auto draft = record(kCustomer, {{"name", "明润"}, {"business_need", "检测仪"}});
        const FieldValues contacts[] = {
            record(kContact, {{"phones", R"([{"kind":"mobile","number":"13900001111"}])"}})};
        CHECK(names(missing_for_draft(draft)) == std::vector<std::string>{"phone_main"});
        CHECK(missing_for_draft(draft, contacts).empty());
    }
    TEST_CASE("every term names kinds and fields of the catalog") {
        // `missing` walks every term of every demand that is not met, and stops at an unknown name.
        const FieldValues person = record(kCustomer, {{"party_kind", "person"}});
        const Member filled[] = {{&kContact, record(kContact, {{"name", "x"}})},
                                 {&kCustomerFeature, {}},
                                 {&kProcurementProfile, {}}};
        for (const FieldValues& customer : {FieldValues{}, person}) {
            const FileContent file{customer, filled};
            CHECK(missing(file, Profile::Cooperating).size() > 3);
            for (const auto& each : missing(file, Profile::Cooperating))
                CHECK(each.field != nullptr);
        }
    }
    TEST_CASE("the ways to meet a demand say what would: fields, their codes, and what bars it") {
        const auto ways = [](std::string_view terms) {
            return ways_of({Profile::Draft, 1, 1, terms});
        };
        const auto contact = ways("contact:is_primary=1,phones|customer:fax");
        REQUIRE(contact.size() == 2);
        CHECK(contact.front().kind == &kContact);
        REQUIRE(contact.front().fields.size() == 2);
        CHECK(contact.front().fields.front().field->name == "is_primary");
        CHECK(contact.front().fields.front().code == "1");
        CHECK(contact.front().fields.back().code.empty());
        CHECK(contact.back().kind == &kCustomer);
        const auto consent = ways("consent:given_on,!withdrawn_on").front();
        CHECK_FALSE(consent.fields.front().is_barred);
        CHECK(consent.fields.back().is_barred);
        CHECK(consent.fields.back().field->name == "withdrawn_on");
    }
    TEST_CASE(
        "an enterprise is asked for more than a person, and each stage for more than the last") {
        const auto enterprise = record(kCustomer, {{"name", "明润"}, {"party_kind", "enterprise"}});
        const auto person = record(kCustomer, {{"name", "王海燕"}, {"party_kind", "person"}});
        // 1 of 3; 1 of 3+14; 1 of 3+14+15; 1 of 3+14+15+16.
        CHECK(completeness_bp({enterprise}, Profile::Draft) == 3'333);
        CHECK(completeness_bp({enterprise}, Profile::Submission) == 588);
        CHECK(completeness_bp({enterprise}, Profile::Active) == 313);
        CHECK(completeness_bp({enterprise}, Profile::Cooperating) == 208);
        CHECK(completeness_bp({person}, Profile::Submission) == 1'667);
        CHECK(completeness_bp({person}, Profile::Active) == 909);
    }
    TEST_CASE(
        "an address counts when all its parts are there, a primary contact when he has a phone") {
        auto customer = record(kCustomer, {{"province", "330000"}, {"city", "330100"}});
        const auto lacks = [&](const char* name, std::span<const Member> contacts) {
            const auto list = names(missing({customer, contacts}, Profile::Submission));
            return std::find(list.begin(), list.end(), name) != list.end();
        };
        CHECK(lacks("district", {}));
        assign(customer, field(kCustomer, "district").tag, "330106");
        CHECK_FALSE(lacks("district", {}));
        Member contacts[] = {
            {&kContact, record(kContact, {{"is_primary", std::int64_t{0}}, {"phones", "[]"}})}};
        CHECK(lacks("is_primary", contacts));
        assign(contacts[0].values, field(kContact, "is_primary").tag, std::int64_t{1});
        CHECK_FALSE(lacks("is_primary", contacts));
    }
    TEST_CASE("all that is missing is told at once, a contact's field as the contact's") {
        const auto customer = record(kCustomer, {{"name", "明润"},
                                                 {"phone_main", "0571-88990011"},
                                                 {"business_need", "检测仪"},
                                                 {"street_address", "天目山路 1 号"},
                                                 {"industry_code", "C35"},
                                                 {"enterprise_nature", "private"},
                                                 {"legal_rep", "王海燕"},
                                                 {"source", "exhibition"},
                                                 {"party_role", R"(["buyer"])"}});
        const auto all = missing({customer}, Profile::Submission);
        CHECK(names(all) ==
              std::vector<std::string>{"province", "city", "district", "is_primary", "phones"});
        const Error told{&merge::kNotFilled, {called(all)}};
        CHECK(dossier::catalog::describe(told, Lang::Zh)
                  .find("省, 市, 区, 主要联系人, 联系人的电话") != std::string::npos);
        CHECK(dossier::catalog::describe(told, Lang::En).find("Primary contact, Contact: Phones") !=
              std::string::npos);
        // Of two contacts the one that lacks less is filled in.
        const Member contacts[] = {
            {&kContact, record(kContact, {{"name", "李"}})},
            {&kContact, record(kContact, {{"name", "王"}, {"is_primary", std::int64_t{1}}})}};
        CHECK(names(missing({customer, contacts}, Profile::Submission)) ==
              std::vector<std::string>{"province", "city", "district", "phones"});
    }
    TEST_CASE("a contact with the role of decider is as good as a named decider") {
        const FieldValues customer;
        const Member contacts[] = {
            {&kContact, record(kContact, {{"roles", R"(["buyer","decider"])"}})}};
        const auto before = completeness_bp({customer}, Profile::Active);
        CHECK(completeness_bp({customer, contacts}, Profile::Active) > before);
    }
    TEST_CASE("the stage follows the state of the file and the relation") {
        const auto stage = [](const char* state, const char* status) {
            return profile_of(
                record(kCustomer, {{"file_state", state}, {"relation_status", status}}));
        };
        CHECK(profile_of({}) == Profile::Draft);
        CHECK(stage("returned", "potential") == Profile::Draft);
        CHECK(stage("inspection", "potential") == Profile::Submission);
        CHECK(stage("active", "followed") == Profile::Active);
        CHECK(stage("active", "cooperating") == Profile::Cooperating);
    }
}
