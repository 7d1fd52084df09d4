// Names, numbers and places as people write them, through the commands of a laptop.
#include <doctest/doctest.h>

#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

std::vector<std::string> hits(Desk& desk, std::string_view typed) {
    std::vector<std::string> names;
    const auto found = desk.run({"search", std::string(typed), "--json"}).json();
    for (const auto& hit : found["hits"]) names.push_back(hit["text"].get<std::string>());
    return names;
}

void add(Desk& desk, std::vector<std::string> words) {
    words.insert(words.begin(), {"customer", "add"});
    REQUIRE(desk.run(words).code == 0);
}

using Names = std::vector<std::string>;

TEST_SUITE("client/cli/names") {
    TEST_CASE("search counts signs, and finds phones however they are written") {
        Desk desk;
        add(desk, {"C++软件有限公司", "--phone-main", "+86-571-55501004"});
        add(desk, {"C软件有限公司", "--email-main", "zhang_wei@example.cn"});
        add(desk, {"吕略仪器有限公司", "--phone-main", "139 0000 1001"});
        CHECK(hits(desk, "C++") == Names{"C++软件有限公司"});
        CHECK(hits(desk, "zhang_wei@") == Names{"C软件有限公司"});
        CHECK(hits(desk, "zhang-wei@").empty());
        for (const char* typed : {"0571-55501004", "0086 571 55501004", "55501004", "057155501004"})
            CHECK(hits(desk, typed) == Names{"C++软件有限公司"});
        for (const char* typed : {"lvlve", "lulue", "13900001001", "+86 139-0000-1001"})
            CHECK(hits(desk, typed) == Names{"吕略仪器有限公司"});
    }
    TEST_CASE(
        "an exact hit comes first, and a full name that one customer has is never ambiguous") {
        Desk desk;
        add(desk, {"宁波远航（集团）有限公司"});
        for (int i = 0; i < 8; ++i)
            add(desk, {"宁波远航（集团）有限公司第" + std::to_string(i) + "分公司"});
        for (const char* typed :
             {"宁波远航（集团）有限公司", "宁波远航(集团)有限公司", "宁波遠航 (集團) 有限公司"}) {
            CAPTURE(typed);
            CHECK(hits(desk, typed).front() == "宁波远航（集团）有限公司");
            CHECK(desk.run({"customer", "show", typed}).says("宁波远航（集团）有限公司\n"));
        }
        CHECK(desk.type("customer show 宁波远航").code == 2);
    }
    TEST_CASE(
        "a part that one name holds means that customer, though others mention it elsewhere") {
        Desk desk;
        add(desk, {"舟山海岸仪器有限公司"});
        add(desk, {"台州港湾物流有限公司", "--set", "备注=原与舟山海岸同址"});
        add(desk, {"嘉兴内河物流有限公司", "--set", "备注=舟山海岸介绍"});
        const auto shown = desk.type("customer show 舟山海岸");
        CHECK(shown.code == 0);
        CHECK(shown.says("舟山海岸仪器有限公司"));
    }
    TEST_CASE("what nobody sees is left out of a name, and marks follow a code on both sides") {
        Desk desk;
        add(desk, {"钱塘\u200B仪器\u00AD有限公司", "--unified-code", "9135 0100 M000100Y44",
                   "--phone-main", "\u202A0571–55500917 分机 12\u202C"});
        const auto list = desk.type("customer list --json").json()["customers"];
        const auto page = desk.type("customer show 钱塘仪器有限公司");
        CHECK(page.says("钱塘仪器有限公司"));
        CHECK(page.says("91350100M000100Y44（未核：校验位不符）"));
        CHECK(page.says("0571-55500917-12"));
        CHECK(list.size() == 2);
    }
    TEST_CASE("a laptop's import takes names as people compare them") {
        Desk desk;
        const auto file = desk.write("n.csv",
                                     "客户名称,总机\n"
                                     "宁波明润(集团)有限公司,0571-55501201/55501202\n"
                                     "宁波明润（集团）有限公司,\n"
                                     "宁波明潤 (集團) 有限公司,\n"
                                     "杭州明润\u200B医药有限公司,\n");
        const auto said = desk.run({"import", file, "--json"});
        CHECK(said.json()["new"] == 1);
        CHECK(said.json()["duplicate"] == 3);
        CHECK(hits(desk, "0571-55501202") == Names{"宁波明润(集团)有限公司"});
    }
    TEST_CASE("a contact is named by what people write of him") {
        Desk desk;
        REQUIRE(desk.type("contact add -c hzmr 阿不都·热西提").code == 0);
        for (const char* typed : {"阿不都•热西提", "热西提", "abdrxt"}) {
            CAPTURE(typed);
            CHECK(desk.run({"contact", "edit", typed, "-c", "hzmr", "--job-title", typed}).code ==
                  0);
        }
    }
}

}  // namespace
}  // namespace dossier::test
