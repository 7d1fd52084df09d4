// Who is the same: numbers decide, a name alone only where nothing speaks against it.
#include "common/rules/party.hpp"

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/rules/duplicates.hpp"

using namespace dossier;
using namespace dossier::rules;
using catalog::kContact;
using catalog::kCustomer;

namespace {

constexpr Instant kNow{1'772'416'800'000};
using Typed = std::vector<std::pair<std::string_view, std::string_view>>;

FieldValues values(const catalog::Kind& kind, const Typed& typed) {
    FieldValues all;
    for (const auto& [name, text] : typed) {
        const auto* of = catalog::find_field(kind, name);
        auto value = catalog::parse(*of, text, kNow);
        if (!value) FAIL(describe(value.error(), Lang::En));
        assign(all, of->tag, std::move(*value));
    }
    return all;
}
Sameness parties(const Typed& a, const Typed& b) {
    const auto one = same_party(values(kCustomer, a), values(kCustomer, b));
    CHECK(one == same_party(values(kCustomer, b), values(kCustomer, a)));
    return one;
}
Sameness contacts(const Typed& given, const Typed& held) {
    return same_contact(values(kContact, given), values(kContact, held));
}

constexpr std::string_view kMingrunCode = "91330106MA2000031M";
constexpr std::string_view kOtherCode = "91330106MA2000023T";
constexpr std::string_view kId = "11010519491231002X";
constexpr std::string_view kOtherId = "440524188001010014";

}  // namespace

TEST_SUITE("common/rules/party") {
    TEST_CASE("two valid codes, or two identity numbers, are two parties whatever else agrees") {
        CHECK(parties({{"name", "明润有限公司"}, {"unified_code", kMingrunCode}},
                      {{"name", "明润有限公司"}, {"unified_code", kOtherCode}}) == Sameness::Other);
        CHECK(parties({{"name", "张伟"},
                       {"party_kind", "person"},
                       {"id_no", kId},
                       {"phone_main", "13900001111"}},
                      {{"name", "张伟"},
                       {"party_kind", "person"},
                       {"id_no", kOtherId},
                       {"phone_main", "13900001111"}}) == Sameness::Other);
        CHECK(parties({{"name", "甲"}, {"customer_no", "1"}},
                      {{"name", "甲"}, {"customer_no", "2"}}) == Sameness::Other);
    }
    TEST_CASE("a number only one party has decides; numbers that disagree are for a person") {
        CHECK(parties({{"name", "甲"}, {"unified_code", kMingrunCode}},
                      {{"name", "乙"}, {"unified_code", kMingrunCode}}) == Sameness::Identified);
        CHECK(parties({{"name", "张伟"}, {"id_no", kId}}, {{"name", "章伟"}, {"id_no", kId}}) ==
              Sameness::Identified);
        CHECK(parties({{"name", "甲"}, {"customer_no", "1"}, {"unified_code", kMingrunCode}},
                      {{"name", "甲"}, {"customer_no", "1"}, {"unified_code", kOtherCode}}) ==
              Sameness::Unclear);
    }
    TEST_CASE("a name makes one of two organisations, not of two persons") {
        CHECK(parties({{"name", "杭州明润（集团）有限公司"}},
                      {{"name", "杭州明润(集团)有限公司"}, {"unified_code", kMingrunCode}}) ==
              Sameness::Named);
        const Typed plain{{"name", "张伟"}, {"party_kind", "person"}};
        CHECK(parties(plain, plain) == Sameness::Named);
        CHECK(parties(plain, {{"name", "张伟"}, {"party_kind", "person"}, {"id_no", kId}}) ==
              Sameness::Unclear);
        CHECK(
            parties({{"name", "张伟"}, {"party_kind", "person"}, {"phone_main", "13900001111"}},
                    {{"name", "张伟"}, {"party_kind", "person"}, {"phone_main", "13900002222"}}) ==
            Sameness::Unclear);
        CHECK(parties(
                  {{"name", "张伟"}, {"party_kind", "person"}, {"phone_main", "+86 139 0000 1111"}},
                  {{"name", "张伟"},
                   {"party_kind", "person"},
                   {"phone_main", "13900001111"},
                   {"id_no", kId}}) == Sameness::Named);
        CHECK(parties({{"name", "张伟"}, {"party_kind", "person"}},
                      {{"name", "张伟"}, {"party_kind", "enterprise"}}) == Sameness::Unclear);
        CHECK(parties({{"name", "甲"}}, {{"name", "乙"}}) == Sameness::Other);
    }
    TEST_CASE("a contact is known by name and line, one without a name by its line alone") {
        CHECK(contacts({{"name", "吴三"}, {"phones", "13900002204"}}, {{"name", "吴三"}}) ==
              Sameness::Named);
        CHECK(contacts({{"name", "吴三"}, {"phones", "139 0000 2204"}},
                       {{"name", "吴三"}, {"phones", "+86 13900002204"}}) == Sameness::Identified);
        CHECK(contacts({{"name", "吴四"}, {"phones", "13900002204"}},
                       {{"name", "吴三"}, {"phones", "13900002204"}}) == Sameness::Other);
        CHECK(contacts({{"phones", "13900002204"}},
                       {{"name", "吴三"}, {"phones", "13900002204"}}) == Sameness::Identified);
        CHECK(contacts({{"phones", "13900002205"}},
                       {{"name", "吴三"}, {"phones", "13900002204"}}) == Sameness::Other);
        CHECK(contacts({{"name", "吴三"}, {"phones", "13900002205"}, {"job_title", "经理"}},
                       {{"name", "吴三"}, {"phones", "13900002204"}, {"job_title", "司机"}}) ==
              Sameness::Unclear);
    }
    TEST_CASE("a record of any other kind is the same when it says nothing new") {
        const auto& plan = *catalog::find_kind("demand_plan");
        const auto held = values(plan, {{"need", "冷链"}, {"planned_on", "2026-05-01"}});
        CHECK(same_record(plan, values(plan, {{"need", "冷链"}}), held) == Sameness::Identified);
        CHECK(same_record(plan, values(plan, {{"need", "仪器"}}), held) == Sameness::Other);
    }
    TEST_CASE("a list never puts another valid identity in place of one") {
        const auto held = values(kCustomer, {{"name", "甲"}, {"unified_code", kMingrunCode}});
        CHECK(
            replaces_identity(kCustomer, held, values(kCustomer, {{"unified_code", kOtherCode}})));
        CHECK_FALSE(replaces_identity(kCustomer, held,
                                      values(kCustomer, {{"unified_code", kMingrunCode}})));
        CHECK_FALSE(
            replaces_identity(kCustomer, {}, values(kCustomer, {{"unified_code", kMingrunCode}})));
        CHECK_FALSE(replaces_identity(kCustomer, held, values(kCustomer, {{"name", "乙"}})));
    }
    TEST_CASE("people with two identity numbers are no duplicates, also born on one day") {
        // Both born on 1949-12-31 in one district, the fifteenth digits differ.
        const auto of = [](std::string_view id) {
            return profile_of(values(kCustomer, {{"party_kind", "person"},
                                                 {"name", "张伟"},
                                                 {"id_no", id},
                                                 {"phone_main", "13900001111"}}),
                              {});
        };
        const auto a = of("11010519491231002X");
        const auto b = of("110105194912310046");
        REQUIRE(a.birth_date == b.birth_date);
        CHECK(compare(a, b).score == 0);
        CHECK(compare(a, b).reasons.empty());
        CHECK(compare(a, a).score == kScoreMax);
    }
}
