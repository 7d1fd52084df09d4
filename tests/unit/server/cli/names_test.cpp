// Names, numbers and places as people write them, through the commands of the office.
#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

/// Imports rows as the clerk; their owner is lijg.
Said imported_table(Counter& counter, const std::string& table) {
    const auto file = counter.write("t.csv", table);
    auto said = counter.run({"import", file, "--as", "hanm", "--json"});
    counter.posts_drafts();
    return said;
}

std::size_t found(Counter& counter, std::string_view typed, std::string_view login = "hanm") {
    return counter
        .run({"customer", "list", "--text", std::string(typed), "--as", std::string(login),
              "--json"})
        .json()
        .size();
}

cli::Json shown(Counter& counter, std::string_view name) {
    return counter.run({"customer", "show", std::string(name), "--as", "hanm", "--json"})
        .json()["values"];
}

TEST_SUITE("server/cli/names") {
    TEST_CASE(
        "a list is searched by full pinyin, initials, part, number, and phone in any writing") {
        Counter counter;
        imported_table(counter,
                       "客户名称,负责业务员,区域,总机\n"
                       "杭州明润（集团）有限公司,lijg,HD,0571-55501004\n"
                       "吕略仪器有限公司,lijg,HD,+86 139 0000 1001\n"
                       "C++软件有限公司,lijg,HD,\n"
                       "C软件有限公司,lijg,HD,\n");
        for (const char* typed :
             {"hangzhoumingrun", "hzmr", "mingrunjituan", "明润(集团)", "明潤集團", "0571-55501004",
              "+86 571 5550 1004", "0086-571-55501004", "55501004", "lvlve", "lulue", "lvlue",
              "13900001001", "+8613900001001", "c++", "C++软件"}) {
            CAPTURE(typed);
            CHECK(found(counter, typed) == 1);
        }
        CHECK(found(counter, "c软件") == 2);
        CHECK(found(counter, "0571-55501005") == 0);
    }
    TEST_CASE("a phone finds nobody for who may not see the phones of the file") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(found(counter, "021-55550001", "lijg") == 1);
        CHECK(found(counter, "上海精密", "luop") == found(counter, "上海精密仪器", "luop"));
        const auto hidden =
            counter.run({"customer", "list", "--text", "021-55550001", "--as", "luop"});
        const auto unknown =
            counter.run({"customer", "list", "--text", "021-55559999", "--as", "luop"});
        CHECK(hidden.out == unknown.out);
        CHECK(hidden.err == unknown.err);
    }
    TEST_CASE("a full name only one customer has is never ambiguous") {
        Counter counter;
        imported_table(counter,
                       "客户名称,负责业务员,区域\n"
                       "杭州明润（集团）有限公司上海分公司,lijg,HD\n"
                       "杭州明润（集团）有限公司,lijg,HD\n");
        for (const char* typed : {"杭州明润（集团）有限公司", "杭州明润(集团)有限公司",
                                  "杭州明潤 (集團) 有限公司", "杭州明润\u200B（集团）有限公司"}) {
            CAPTURE(typed);
            CHECK(shown(counter, typed)["name"] == "杭州明润（集团）有限公司");
        }
        CHECK(counter.type("customer show 明润 --as hanm").complains("(cli.ambiguous)"));
    }
    TEST_CASE("names that differ in what nobody sees, in brackets or width are one customer") {
        Counter counter;
        const auto said = imported_table(counter,
                                         "客户名称,负责业务员,区域\n"
                                         "杭州钱塘仪器有限公司,lijg,HD\n"
                                         "杭州钱塘\u200B仪器有限公司,lijg,HD\n"
                                         "杭州钱塘\u00A0仪器有限公司,lijg,HD\n"
                                         "\u202A杭州钱塘仪器有限公司\u202C,lijg,HD\n"
                                         "ＡＢＢ（中国）有限公司,lijg,HD\n"
                                         "abb(中国)有限公司,lijg,HD\n"
                                         "阿不都·热西提,lijg,HD\n"
                                         "阿不都•热西提,lijg,HD\n");
        CHECK(said.json()["new"] == 3);
        CHECK(said.json()["duplicate"] == 5);
        CHECK(shown(counter, "钱塘")["name"] == "杭州钱塘仪器有限公司");
    }
    TEST_CASE("a code whose check fails is imported and marked, and identifies nobody") {
        Counter counter;
        const auto said = imported_table(counter,
                                         "客户名称,负责业务员,区域,统一社会信用代码\n"
                                         "甲仪器有限公司,lijg,HD,9135-0100 M000100Y44\n"
                                         "乙仪器有限公司,lijg,HD,91350100M000100Y44\n");
        CHECK(said.json()["new"] == 2);
        CHECK(said.json()["rows"][0]["id"] == "field.kept_unverified");
        CHECK(shown(counter, "甲仪器")["unified_code"] == "91350100M000100Y44");
        const auto page = counter.type("customer show 甲仪器 --as hanm --lang zh-CN");
        CHECK(page.says("91350100M000100Y44（未核：校验位不符）"));
    }
    TEST_CASE("places beyond the tables, former districts and countries by name are taken") {
        Counter counter;
        const auto said = imported_table(counter,
                                         "客户名称,负责业务员,区域,国家,省,市,区\n"
                                         "港甲有限公司,lijg,HD,CN,香港,九龙,油尖旺区\n"
                                         "杭甲有限公司,lijg,HD,中国,浙江,杭州,江干区\n"
                                         "美甲有限公司,lijg,HD,USA,,,\n");
        CHECK(said.json()["new"] == 3);
        CHECK(shown(counter, "港甲")["place_text"] == "九龙 油尖旺区");
        CHECK(shown(counter, "杭甲")["district"] == "330102");
        CHECK(shown(counter, "美甲")["country"] == "US");
    }
    TEST_CASE("a code in use names who has it, to whoever may see that, and to nobody else") {
        Counter counter;
        imported_table(counter,
                       "客户名称,负责业务员,区域,统一社会信用代码\n"
                       "甲仪器有限公司,lijg,HD,91350100M000100Y43\n"
                       "乙机械有限公司,lijg,HD,\n");
        const auto edited = counter.type(
            "customer edit 乙机械 --set 统一社会信用代码=91350100M000100Y43 --as hanm --reason "
            "来函");
        CHECK(edited.code == 0);
        CHECK(edited.complains("甲仪器有限公司"));
        const auto taken = counter.type(
            "user add lijg --name 李刚 --department YQ --region HD "
            "--role salesperson");
        CHECK(taken.complains("(intake.held_by)"));
        CHECK(taken.complains("李建国"));
    }
}

}  // namespace
}  // namespace dossier::test
