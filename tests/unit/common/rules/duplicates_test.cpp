#include "common/rules/duplicates.hpp"

#include <random>

#include <doctest/doctest.h>

#include "common/catalog/catalog.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

namespace dossier::rules {
namespace {

struct Given {
    std::string_view name;
    std::string value;
};

FieldValues customer(std::initializer_list<Given> given) {
    FieldValues values;
    for (const auto& [name, value] : given)
        assign(values, catalog::find_field(catalog::kCustomer, name)->tag, Value(value));
    return values;
}
Profile profile(std::initializer_list<Given> given) {
    return profile_of(customer(given), {});
}
bool shares_key(const Profile& a, const Profile& b) {
    const auto left = blocking_keys(a);
    const auto right = blocking_keys(b);
    return std::any_of(left.begin(), left.end(), [&](const auto& key) {
        return std::find(right.begin(), right.end(), key) != right.end();
    });
}

constexpr const char* kHospitalCode = "91310115MA1K7QXY3K";

}  // namespace

TEST_SUITE("common/rules/duplicates") {
    TEST_CASE("names are compared without width, case, brackets, spaces and form of company") {
        CHECK(name_key("新安医院（上海）") == name_key("新安医院(上海)"));
        CHECK(name_key("杭州明润医药有限公司") == name_key("杭州明润医药 股份有限公司"));
        CHECK(name_key("ＡＢＢ　（中国）有限公司") == name_key("abb中国"));
        CHECK(name_key("Acme Co., Ltd.") == name_key("ACME"));
        CHECK(name_key("有限公司") == "有限公司");
        CHECK(name_key("杭州明润医药有限公司") != name_key("杭州明润医药有限公司上海分公司"));
    }
    TEST_CASE("a phone is one with and without country code, area code and extension") {
        const auto a = profile({{"name", "甲仪器"}, {"phone_main", "0571-55501011-8012"}});
        for (const char* same :
             {"+86 571 5550 1011", "55501011", "(0571)55501011", "0086-571-55501011"}) {
            const auto b = profile({{"name", "乙机械"}, {"phone_main", same}});
            CHECK(compare(a, b).reasons == std::vector{Reason::Phone});
            CHECK(compare(b, a).reasons == std::vector{Reason::Phone});
            CHECK(shares_key(a, b));
        }
        for (const char* other : {"010-55501011", "0571-55501012", "13955501011"})
            CHECK(compare(a, profile({{"name", "乙机械"}, {"phone_main", other}})).reasons.empty());
    }
    TEST_CASE("the same name alone is a candidate, a similar one with the phone is one too") {
        const auto a = profile({{"name", "杭州明润医药有限公司"}});
        CHECK(compare(a, profile({{"name", "杭州明润医药股份有限公司"}})).score == 8'000);
        const auto long_name = profile(
            {{"name", "浙江大学医学院附属第二医院滨江院区"}, {"phone_main", "0571-88990011"}});
        const auto typed = profile(
            {{"name", "浙江大学医学院附属第二医院滨江院"}, {"phone_main", "(0571)8899 0011"}});
        const auto match = compare(long_name, typed);
        CHECK(match.score == 8'000);
        CHECK(match.reasons == std::vector{Reason::NameAlike, Reason::Phone});
        CHECK(compare(a, profile({{"name", "宁波远航零售有限公司"}})).score == 0);
    }
    TEST_CASE("what is written otherwise but read alike, and short names, count less") {
        const auto a = profile({{"name", "康宁药房"}});
        CHECK(compare(a, profile({{"name", "康柠药房"}})).reasons ==
              std::vector{Reason::NamePinyin});
        CHECK(compare(profile({{"name", "杭州明润医药有限公司"}, {"short_name", "明润"}}),
                      profile({{"name", "明润公司"}}))
                  .reasons == std::vector{Reason::ShortName});
    }
    TEST_CASE("two different valid unified codes are never one customer, but may be related") {
        const auto a = profile({{"name", "上海新安医院"}, {"unified_code", kHospitalCode}});
        const auto same = profile({{"name", "新安医院"}, {"unified_code", kHospitalCode}});
        const auto other =
            profile({{"name", "上海新安医院"}, {"unified_code", "91330106MA2AB1234G"}});
        CHECK(compare(a, same).reasons.size() >= (a.unified_code.empty() ? 0U : 1U));
        if (!a.unified_code.empty()) CHECK(compare(a, same).score == kScoreMax);
        if (!a.unified_code.empty() && !other.unified_code.empty()) {
            CHECK(compare(a, other).score == kRelatedScore);
            CHECK(compare(a, other).related);
        }
    }
    TEST_CASE("persons of one name are candidates only with phone or birth date") {
        const auto wang = profile({{"party_kind", "person"}, {"name", "王海燕"}});
        CHECK(compare(wang, wang).score < kCandidateScore);
        FieldValues contact;
        assign(contact, catalog::field(catalog::kContact, "phones").tag,
               Value(std::string(R"([{"kind":"mobile","number":"13900001111"}])")));
        const std::array contacts{contact};
        const auto with_contact =
            profile_of(customer({{"party_kind", "person"}, {"name", "王海燕"}}), contacts);
        const auto with_phone = profile(
            {{"party_kind", "person"}, {"name", "王海燕"}, {"phone_main", "+86 139 0000 1111"}});
        CHECK(compare(with_contact, with_phone).score == 9'000);
    }
    TEST_CASE("a street alone is no address: the town belongs to it") {
        const auto here =
            profile({{"name", "甲"}, {"city", "330100"}, {"street_address", "文三路88号"}});
        const auto there =
            profile({{"name", "乙"}, {"city", "310100"}, {"street_address", "文三路88号"}});
        CHECK(compare(here, there).score == 0);
        CHECK(compare(
                  here,
                  profile({{"name", "丙"}, {"city", "330100"}, {"street_address", "文三路 88 号"}}))
                  .score == 2'000);
    }
    TEST_CASE("the score does not depend on the order, and candidates always share a key") {
        std::mt19937 chance(5);
        const std::vector<std::string> parts{"杭州", "上海",     "明润", "新安", "医药",    "医院",
                                             "仪器", "有限公司", "集团", "第一", "（中国）"};
        const auto any = [&](const std::vector<std::string>& of) {
            return of[chance() % of.size()];
        };
        std::vector<Profile> profiles;
        for (int i = 0; i < 250; ++i) {
            std::string name;
            for (std::size_t n = 2 + chance() % 5; n > 0; --n) name += any(parts);
            profiles.push_back(
                profile({{"name", name},
                         {"phone_main", any({"0571-88990011", "0571-88990012", "1"})},
                         {"street_address", any({"文三路1号", "文三路2号"})},
                         {"legal_rep", any({"周明远", "李一"})}}));
        }
        int candidates = 0;
        for (const auto& a : profiles) {
            for (const auto& b : profiles) {
                const auto match = compare(a, b);
                CHECK(match.score == compare(b, a).score);
                if (match.score < kCandidateScore) continue;
                ++candidates;
                CHECK(shares_key(a, b));
            }
        }
        CHECK(candidates > 500);
    }
}

}  // namespace dossier::rules
