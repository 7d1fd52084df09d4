// Laws of reading Chinese text.
#include "common/pinyin/pinyin.hpp"

#include <doctest/doctest.h>

#include "common/pinyin/fold.hpp"

using namespace dossier::pinyin;

namespace {
std::string person(std::string_view name) {
    return full(name, Head::PersonName);
}
std::string plain(std::string_view text) {
    return full(text, Head::Plain);
}
}  // namespace

TEST_SUITE("common/pinyin/pinyin") {
    TEST_CASE("a surname is read as a surname at the head of a person's name") {
        CHECK(person("曾乐") == "zeng le");
        CHECK(person("单田芳") == "shan tian fang");
        CHECK(person("仇英") == "qiu ying");
        CHECK(person("解缙") == "xie jin");
        CHECK(person("查良镛") == "zha liang yong");
        CHECK(person("尉迟恭") == "yu chi gong");
        CHECK(person("万俟卨") == "mo qi xie");
        CHECK(person("朴树") == "piao shu");
        CHECK(person("盖叫天") == "ge jiao tian");
        CHECK(person("区小明") == "ou xiao ming");
        CHECK(person("長孫無忌") == "zhang sun wu ji");
        CHECK(person("单于") == "chan yu");
    }

    TEST_CASE("a surname's reading is never used elsewhere") {
        CHECK(plain("单田芳") == "dan tian fang");
        CHECK(plain("仇英") == "chou ying");
        CHECK(person("李单") == "li dan");
        CHECK(person("王解") == "wang jie");
        CHECK(plain("重庆长城银行") == "chong qing chang cheng yin hang");
        CHECK(person("重庆长城银行") == "chong qing chang cheng yin hang");
    }

    TEST_CASE("words have a reading of their own") {
        CHECK(plain("长沙朝阳区") == "chang sha chao yang qu");
        CHECK(plain("厦门") == "xia men");
        CHECK(plain("都江堰") == "du jiang yan");
        CHECK(plain("长沙银行分行行长") == "chang sha yin hang fen hang hang zhang");
        CHECK(plain("厦門大廈") == "xia men da sha");
        CHECK(plain("六安音乐会计") == "lu an yin yue kuai ji");
    }

    TEST_CASE("letters and digits stay together and all else separates") {
        CHECK(plain("厦门ＡＢＣ-12行") == "xia men abc 12 xing");
        CHECK(plain("（，）").empty());
        CHECK(plain("").empty());
        CHECK(plain("\xFF\xC3").empty());
    }

    TEST_CASE("initials are the first letters of the best reading") {
        CHECK(initials("明润医药", Head::Plain) == "mryy");
        CHECK(initials("重庆长城银行", Head::Plain) == "cqccyh");
        CHECK(initials("3M中国", Head::Plain) == "3mzg");
        CHECK(initials("仇英", Head::PersonName) == "qy");
    }

    TEST_CASE("a character has all its modern readings, the best first") {
        CHECK(readings(U'长').size() == 2);
        CHECK(readings(U'长').contains("zhang"));
        CHECK(readings(U'长')[0] == "chang");
        CHECK(readings(U'行').contains("hang"));
        CHECK(readings(U'朴').contains("piao"));
        CHECK(readings(U'能').contains("nai"));
        CHECK(readings(U'吕')[0] == "lv");
        CHECK_FALSE(readings(U'重').contains("tong"));
        CHECK(readings(U'A').empty());
        CHECK(readings(char32_t{0x10FFFF}).empty());
    }

    TEST_CASE("folding twice changes nothing, for every code point") {
        long changed = 0;
        for (char32_t c = 1; c < 0x33000; ++c) {
            if (c >= 0xD800 && c < 0xE000) continue;
            std::string text;
            append_utf8(text, c);
            std::string once;
            for (const char32_t f : folded(text)) append_utf8(once, f);
            std::string twice;
            for (const char32_t f : folded(once)) append_utf8(twice, f);
            if (once != twice) ++changed;
        }
        CHECK(changed == 0);
    }

    TEST_CASE("folding makes width, case and script variants equal") {
        CHECK(folded("ＡｂＣ１") == U"abc1");
        CHECK(folded("長城銀行") == U"长城银行");
        CHECK(folded("Lü Café") == U"lv cafe");
        CHECK(folded("乾隆") == U"乾隆");
    }

    TEST_CASE("syllables are known whole and by their beginning") {
        CHECK(is_syllable("zhuang"));
        CHECK_FALSE(is_syllable("zhua1"));
        CHECK(begins_syllable("zhu"));
        CHECK_FALSE(begins_syllable("v"));
        CHECK(may_grow("min"));
        CHECK_FALSE(may_grow("zuo"));
    }
}
