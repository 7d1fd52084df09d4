// The office asks the texts, a laptop its index: both must answer alike.
#include "common/pinyin/question.hpp"

#include <doctest/doctest.h>

#include "common/pinyin/fold.hpp"

#include "tests/unit/common/pinyin/index.hpp"

using namespace dossier::pinyin;

namespace {

const std::vector<Field> kDrugs{{As::Name, "杭州明润医药(集团)有限公司"},
                                {As::Phone, "0571-88990011"},
                                {As::Text, "合同号 HT2024-0815，已谈报价"}};
const std::vector<Field> kPluses{{As::Name, "C++软件有限公司"}, {As::Phone, "+86-571-55501004"}};
const std::vector<Field> kSharp{{As::Name, "C软件有限公司"}, {As::Phone, "55501005"}};
const std::vector<Field> kWoman{{As::Name, "吕女士·略"}, {As::Phone, "+86 139 0000 1001"}};
const std::vector<Field> kZero{{As::Name, "二〇一八𠮷野家"},
                               {As::Text, "zhang_wei@example.cn"},
                               {As::Phone, "0571-55501011-8012"}};
const std::vector<Field> kWei{{As::Name, "zhang wei"}, {As::Text, "zhang wei"}};
const std::vector<std::vector<Field>> kAll{kDrugs, kPluses, kSharp, kWoman, kZero, kWei};

std::set<std::string> by_texts(std::string_view typed) {
    std::set<std::string> found;
    for (std::size_t i = 0; i < kAll.size(); ++i) {
        if (finds(question_of(typed), kAll[i])) found.insert(std::to_string(i));
    }
    return found;
}

/// What the index gives, looked at where it may give too much: as a laptop does.
std::set<std::string> by_index(std::string_view typed) {
    static Index index;
    static const bool made = [] {
        for (std::size_t i = 0; i < kAll.size(); ++i) index.add(static_cast<int>(i), kAll[i]);
        return true;
    }();
    REQUIRE(made);
    auto found = index.find(typed);
    const auto question = question_of(typed);
    if (!question.is_wider_in_index()) return found;
    std::erase_if(found, [&](const std::string& id) {
        return !finds(question, kAll[static_cast<std::size_t>(std::stoi(id))]);
    });
    return found;
}

using Found = std::set<std::string>;

void check(std::string_view typed, const Found& wanted) {
    CAPTURE(typed);
    CHECK(by_texts(typed) == wanted);
    CHECK(by_index(typed) == wanted);
}

}  // namespace

TEST_SUITE("common/pinyin/question") {
    TEST_CASE("signs of a query count") {
        check("C++", {"1"});
        check("C软件", {"1", "2"});
        check("zhang_wei@", {"4"});
        check("zhang wei", {"4", "5"});
        check("HT2024-0815", {"0"});
        check("HT2024_0815", {});
    }
    TEST_CASE("a phone is found by every way of writing it") {
        for (const char* typed : {"0571-55501004", "+86 571 5550 1004", "0086-571-55501004",
                                  "(0571)55501004", "55501004", "0571-55501004转12"})
            check(typed, {"1"});
        for (const char* typed :
             {"13900001001", "+8613900001001", "0086 139 0000 1001", "139-0000-1001"})
            check(typed, {"3"});
        for (const char* typed : {"0571-55501005", "55501005", "+86 571 55501005"})
            check(typed, {"2"});
        for (const char* typed : {"055501005 1", "0572-55501004", "13900001002"}) check(typed, {});
        for (const char* typed : {"0571-55501011-8012", "0571-55501011", "+86-571-55501011"})
            check(typed, {"4"});
    }
    TEST_CASE("brackets, width, gaps and dots make no difference") {
        for (const char* typed : {"明润医药（集团）", "明润医药【集团】", "明润医药集团",
                                  "明潤醫藥(集團", "明润医药 (集团) 有限公司"})
            check(typed, {"0"});
        for (const char* typed : {"吕女士•略", "吕女士.略", "吕女士・略"}) check(typed, {"3"});
        check("Ｃ＋＋软件", {"1"});
    }
    TEST_CASE("ü is typed as v, as u and as ü; 〇 is 零; rare characters are read") {
        for (const char* typed :
             {"lvnv", "lunv", "lvnu", "lünü", "lunushilue", "lvnvshilve", "lnsl"})
            check(typed, {"3"});
        for (const char* typed :
             {"二零一八", "二〇一八", "eryi", "erlingyi", "jiyejia", "jyj", "𠮷野"})
            if (std::string_view(typed) != "eryi") check(typed, {"4"});
        check("eryi", {});
    }
    TEST_CASE("texts and index answer alike, whatever of a text is asked") {
        for (const auto& fields : kAll) {
            for (const Field& field : fields) {
                const std::u32string all = folded(field.text);
                for (std::size_t from = 0; from < all.size(); ++from) {
                    for (std::size_t size = 1; from + size <= all.size(); ++size) {
                        std::string part;
                        for (const char32_t c : all.substr(from, size)) append_utf8(part, c);
                        CAPTURE(part);
                        CHECK(by_texts(part) == by_index(part));
                    }
                }
            }
        }
    }
    TEST_CASE(
        "two names are one to a person when width, case, script, brackets, dots and gaps are all") {
        const auto key = match_key("杭州明润（集团）有限公司");
        for (const char* same :
             {"杭州明润(集团)有限公司", "杭州明润（集团)有限公司", "杭州明润 (集团) 有限公司",
              "杭州明润〔集团〕有限公司", "杭州明润﹙集团﹚有限公司", "杭州明潤（集團）有限公司"})
            CHECK(match_key(same) == key);
        CHECK(match_key("ＡＢＢ仪器") == match_key("abb 仪器"));
        const auto dotted = match_key("阿不都·热西提");
        for (const char* dot : {"•", "‧", "・", "．", ".", "∙"})
            CHECK(match_key(std::string("阿不都") + dot + "热西提") == dotted);
        CHECK(match_key("zhang  wei") == match_key("Zhang Wei"));
        CHECK(match_key("zhang wei") != match_key("zhangwei"));
        CHECK(match_key("C++软件") != match_key("C软件"));
        CHECK(match_key("钱塘\u200B仪器") == match_key("钱塘\u00A0仪器"));
    }
}
