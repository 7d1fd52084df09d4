// Laws of searching, asked of an index.
#include <doctest/doctest.h>

#include "common/pinyin/fold.hpp"

#include "tests/unit/common/pinyin/index.hpp"

using namespace dossier::pinyin;

namespace {

using Found = std::set<std::string>;

/// 1 and 2 are companies with phone and note, 3 a person, 4 written in traditional characters.
struct Fixture {
    Index index;
    Fixture() {
        index.add(1, {{As::Name, "杭州明润医药有限公司"},
                      {As::Text, "0571-8899 0011 / (+86) 138-1234-5678"},
                      {As::Text, "已谈报价，下周三回访。合同号 HT2024-0815"}});
        index.add(2, {{As::Name, "重庆长城银行（渝中）3M支行"}, {As::Text, "联系人提到明润"}});
        index.add(3, {{As::Name, "仇小曾"}, {As::Text, "西安"}});
        index.add(4, {{As::Name, "長樂國際Northwind"}});
    }
};

}  // namespace

TEST_SUITE("common/pinyin/search") {
    TEST_CASE_FIXTURE(Fixture, "every part of every written text is found") {
        for (const std::string_view text :
             {"杭州明润医药有限公司", "已谈报价", "下周三回访", "ht2024", "057188990011"}) {
            const std::u32string all = folded(text);
            for (std::size_t from = 0; from < all.size(); ++from) {
                for (std::size_t size = 1; from + size <= all.size(); ++size) {
                    std::string part;
                    for (const char32_t c : all.substr(from, size)) append_utf8(part, c);
                    CHECK_MESSAGE(index.find(part).count("1") == 1, part);
                }
            }
        }
    }

    TEST_CASE("whatever part of a text is asked for as written, the index gives the text") {
        const std::string_view texts[] = {"杭州明润（集团）有限公司", "3M Ｃhina·北京 / 7-Eleven",
                                          "0571-8899 0011、(86)138-1234", "ABB电气 HT2024-0815.a b",
                                          "ひらがな㈱明Müller–2"};
        for (const As as : {As::Name, As::Text, As::Phone}) {
            for (const std::string_view text : texts) {
                Index index;
                index.add(1, {{as, text}});
                const std::u32string all = folded(text);
                for (std::size_t from = 0; from < all.size(); ++from) {
                    for (std::size_t size = 1; from + size <= all.size(); ++size) {
                        std::string part;
                        for (const char32_t c : all.substr(from, size)) append_utf8(part, c);
                        if (wanted(part, Where::Part).is_nothing()) continue;
                        CHECK_MESSAGE(index.find(part, Where::Part).contains("1"), part);
                    }
                }
            }
        }
    }
    TEST_CASE_FIXTURE(Fixture, "asked for as written, names are not read aloud") {
        CHECK(index.find("明润", Where::Part) == Found{"1", "2"});
        CHECK(index.find("mingrun", Where::Part).empty());
    }

    TEST_CASE_FIXTURE(Fixture, "what is not written is not found") {
        CHECK(index.find("润明").empty());
        CHECK(index.find("州杭").empty());
        CHECK(index.find("88990012").empty());
        CHECK(index.find("ingrun").empty());
        CHECK(index.find("价下").empty());
        CHECK(index.find("mingrunx").empty());
    }

    TEST_CASE_FIXTURE(Fixture, "names are found by every beginning of their pinyin") {
        const std::string all = "mingrunyiyaoyouxiangongsi";
        for (std::size_t size = 1; size <= all.size(); ++size) {
            CHECK_MESSAGE(index.find(all.substr(0, size)).count("1") == 1, all.substr(0, size));
        }
        CHECK(index.find("hangzhoumingrunyiyaoyouxiangongsi") == Found{"1"});
        CHECK(index.find("yaoyouxian") == Found{"1"});
        CHECK(index.find("MingRun") == Found{"1"});
    }

    TEST_CASE_FIXTURE(Fixture, "names are found by initials, from any character on") {
        CHECK(index.find("mryy") == Found{"1"});
        CHECK(index.find("hzmryyyxgs") == Found{"1"});
        CHECK(index.find("MRYYYXGS") == Found{"1"});
        CHECK(index.find("yh yz3m") == Found{"2"});
        CHECK(index.find("mryz").empty());
    }

    TEST_CASE_FIXTURE(Fixture, "a character of several readings is found by each of them") {
        CHECK(index.find("changcheng") == Found{"2"});
        CHECK(index.find("zhangcheng") == Found{"2"});
        CHECK(index.find("chongqingzhangchengyinxing") == Found{"2"});
        CHECK(index.find("zhongqingchangchengyinhang") == Found{"2"});
        CHECK(index.find("cqccyh") == Found{"2"});
        CHECK(index.find("zqzcyx") == Found{"2"});
        CHECK(index.find("qiuxiaozeng") == Found{"3"});
        CHECK(index.find("chouxiaoceng") == Found{"3"});
        CHECK(index.find("changle") == Found{"4"});
        CHECK(index.find("zhangyueguoji") == Found{"4"});
    }

    TEST_CASE_FIXTURE(Fixture, "width, case and traditional characters make no difference") {
        CHECK(index.find("长乐国际") == Found{"4"});
        CHECK(index.find("長樂") == Found{"4"});
        CHECK(index.find("ＮＯＲＴＨwind") == Found{"4"});
        CHECK(index.find("杭州明潤醫藥") == Found{"1"});
        CHECK(index.find("ｈｔ２０２４") == Found{"1"});
    }

    TEST_CASE_FIXTURE(Fixture, "separators in phone numbers make no difference") {
        for (const char* typed : {"8899", "88990011", "0571-88990011", "057188990011", "0571 8899",
                                  "13812345678", "138 1234 5678", "5678", "8613812345678"}) {
            CHECK_MESSAGE(index.find(typed) == Found{"1"}, typed);
        }
    }

    TEST_CASE_FIXTURE(Fixture, "several words must all occur, and names can be asked alone") {
        CHECK(index.find("明润") == Found{"1", "2"});
        CHECK(index.find("明润", Where::Name) == Found{"1"});
        CHECK(index.find("明润 报价") == Found{"1"});
        CHECK(index.find("mingrun 8899") == Found{"1"});
        CHECK(index.find("明润 8899", Where::Name).empty());
        CHECK(index.find("xian", Where::Name) == Found{"1"});
    }

    TEST_CASE_FIXTURE(Fixture, "no input is a question the database refuses") {
        for (const char* typed :
             {"\"",
              "\" OR 1",
              "\" OR NEAR(",
              "*",
              "^",
              ":",
              "name:",
              "name : x",
              "a OR b",
              "AND",
              "NOT",
              "NEAR(a b, 2)",
              "{name}",
              "-x",
              "+",
              "'",
              "';--",
              "\\",
              "(",
              ")",
              "a*b\"c",
              "\xFF\xFE",
              "\xE6\x9D",
              "%",
              "_",
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
              "ananananananananananananananananananananananananananananananananananananananv",
              "x\ty\nz",
              "\xE2\x80\xAE反",
              "😀",
              "杭😀州"}) {
            CHECK_NOTHROW(index.find(typed));
            CHECK_NOTHROW(index.find(typed, Where::Name));
        }
        for (int byte = 0; byte < 256; ++byte) {
            const std::string typed{static_cast<char>(byte), '"', 'm', static_cast<char>(byte)};
            CHECK_NOTHROW(index.find(typed));
        }
        CHECK(wanted("\"*^:", Where::Name).is_nothing());
        CHECK(wanted("", Where::Anywhere).is_nothing());
        std::string endless;
        for (int i = 0; i < 5000; ++i) endless += "xi'an 1 西 ";
        CHECK_NOTHROW(index.find(endless));
    }
}
