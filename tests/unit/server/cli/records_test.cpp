// What every kind can do at the office, from its table alone, typed as a person would.
#include <fstream>

#include <doctest/doctest.h>

#include "common/action/derive.hpp"
#include "common/catalog/customer.hpp"

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::server {
namespace {

TEST_SUITE("server/actions/records") {
    TEST_CASE(
        "a contact, a visit, a work log and features are added, seen and changed at the "
        "office") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const char* line :
             {"contact add 王海燕 -c 明润 --phones 13900001111 --is-primary 是 --as lijg",
              "communication add -c 明润 --content 客户询问保修期 --purpose 新品介绍 --contact-ids "
              "王海燕 --as lijg",
              "work-log add --summary 拜访两家 --as lijg",
              "customer-feature add -c 明润 --service-area 华东 --spend-level 高 --as lijg",
              "procurement-profile add -c 明润 --deciders 王海燕 --as lijg",
              "demand-plan add 冷链检测仪 -c 明润 --planned-on 2026-06-01 --as lijg",
              "contact-private add --contact 王海燕 --hobbies 围棋 --as lijg"}) {
            const auto said = counter.type(line);
            CHECK_MESSAGE(said.code == 0, line << "\n" << said.err);
        }
        const auto visit = counter.type("communication list -c 明润 --as lijg --json").json();
        REQUIRE(visit.size() == 1);
        CHECK(visit[0]["content"] == "客户询问保修期");
        CHECK(visit[0]["contact_ids"].size() == 1);
        CHECK(counter.type("customer-feature edit 明润 --set 服务区域=华东、华北 --as lijg").code ==
              0);
        CHECK(counter.type("customer-feature show 明润 --as lijg --json")
                  .json()["values"]["service_area"] == "华东、华北");
        CHECK(counter.type("contact edit 王海燕 -c 明润 --add 邮箱=wang@example.com --as lijg")
                  .code == 0);
        const auto contact = counter.type("contact show 王海燕 -c 明润 --as lijg --json").json();
        CHECK(contact["values"]["emails"].size() == 1);
        CHECK(counter.type("contact history 王海燕 -c 明润 --as lijg --json").json().size() == 2);
        CHECK(counter.type("contact remove 王海燕 -c 明润 --reason 录错 --as lijg").code == 0);
        CHECK(counter.type("contact list -c 明润 --as lijg --json").json().empty());
    }

    TEST_CASE("what is told of a new record is the identity under which it is kept") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const auto& [line, kind] :
             {std::pair{"work-log add --summary 拜访两家", "work-log"},
              std::pair{"customer-feature add -c 明润 --service-area 华东", "customer-feature"},
              std::pair{"demand-plan add 检测仪 -c 明润", "demand-plan"}}) {
            const auto told = counter.type(std::string(line) + " --as lijg --json");
            CHECK_MESSAGE(told.code == 0, line << "\n" << told.err);
            const auto kept = counter.type(std::string(kind) + " list --as lijg --json").json();
            REQUIRE(kept.size() == 1);
            CHECK(told.json()["id"] == kept[0]["id"]);
            CHECK_FALSE(told.json()["title"] == told.json()["id"]);
        }
    }

    TEST_CASE("what a list prints of an identity names the record, whole or its end, of any kind") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const char* line :
             {"communication add -c 明润 --content 客户询问保修期 --purpose 新品介绍 --as lijg",
              "work-log add --summary 拜访两家 --as lijg", "contact add 王海燕 -c 明润 --as lijg"})
            REQUIRE(counter.type(line).code == 0);
        for (const std::string kind : {"communication", "work-log", "contact"}) {
            CAPTURE(kind);
            const auto listed = counter.type(kind + " list --as lijg --json").json();
            REQUIRE(listed.size() == 1);
            const auto id = listed[0]["id"].get<std::string>();
            for (const auto& typed : {id, id.substr(id.size() - 8)}) {
                CAPTURE(typed);
                const auto shown = counter.type(kind + " show " + typed + " --as lijg --json");
                REQUIRE_MESSAGE(shown.code == 0, shown.err);
                CHECK(shown.json()["id"] == id);
                CHECK(counter.type(kind + " history " + typed + " --as lijg").code == 0);
                // To who may not know of it it is as one that is nowhere.
                const auto hidden = counter.type(kind + " show " + typed + " --as luop");
                CHECK(hidden.complains("(cli.unknown_record)"));
            }
        }
    }

    TEST_CASE("a link is found by the company that its list shows") {
        test::Counter counter;
        for (const char* name : {"杭州明润医药", "宁波仁和医药"}) counter.has_customer(name);
        REQUIRE(
            counter
                .type("customer-link add -c 明润 --other-customer-id 宁波仁和医药 --kind 母公司 "
                      "--as lijg")
                .code == 0);
        for (const char* line : {"customer-link show 宁波仁和医药 --as lijg",
                                 "customer-link show 宁波仁和医药 -c 明润 --as lijg"})
            CHECK_MESSAGE(counter.type(line).code == 0, counter.type(line).err);
        const auto back = counter.type(
            "customer-link add -c 仁和 --other-customer-id 杭州明润医药 --kind 母公司 --as lijg");
        CHECK(back.complains("(field.circle)"));
        const auto itself = counter.type(
            "customer-link add -c 仁和 --other-customer-id 宁波仁和医药 --kind 关联 --as lijg");
        CHECK(itself.complains("(field.itself)"));
    }

    TEST_CASE("of what there is one of the refusal says in one language what is the same") {
        test::Counter counter;
        REQUIRE(counter.type("work-log add --summary 拜访两家 --as lijg").code == 0);
        const auto said = counter.type("work-log add --summary 又一次 --as lijg --lang zh-CN");
        CHECK(said.complains("相同“人员, 日期”"));
        CHECK(!said.complains("Person"));
    }

    TEST_CASE("a purpose that is too short is refused, whatever is asked") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const char* line : {"customer list --purpose 电话核 --as lijg",
                                 "customer show 明润 --purpose 电话核 --as lijg",
                                 "audit list --purpose 核 --as sunli"})
            CHECK(counter.type(line).complains("(access.purpose_needed)"));
    }

    TEST_CASE("a list marks what is withheld as such, and sorts by nothing that is not seen") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        const auto mine = counter.type("customer list --columns 名称,身份证件号,总机 --as lijg");
        CHECK(mine.says("021-55550001"));
        const auto other = counter.type("customer list --columns 名称,总机 --as wangf");
        CHECK(other.says("●●●"));
        CHECK(!other.says("021-55550001"));
        CHECK(counter.type("customer list --sort 身份证件号 --as lijg")
                  .complains("(access.field_purpose)"));
        CHECK(counter.type("customer list --where 总机=021-55550001 --as lijg")
                  .complains("only records whose \"Main phone\" you see"));
    }

    TEST_CASE("a linked company on file is called as it is, one that is not by its own name") {
        test::Counter counter;
        for (const char* name : {"杭州明润医药", "宁波仁和医药"}) counter.has_customer(name);
        const auto links = [&](std::string_view rest) {
            return counter.type("customer-link " + std::string(rest) + " --as lijg");
        };
        const auto linked = links("add -c 明润 --other-customer-id 仁和 --kind 关联");
        CHECK_MESSAGE(linked.code == 0, linked.err);
        CHECK(linked.says("宁波仁和医药"));
        CHECK(links("add 上海某厂 -c 明润 --kind 分厂").code == 0);
        const auto list = links("list -c 明润");
        CHECK(list.says("宁波仁和医药"));
        CHECK(list.says("上海某厂"));
        CHECK(links("add -c 明润 --kind 关联").complains("field.one_of_two"));
        CHECK(links("edit 上海某厂 --clear 关联方名称").complains("field.one_of_two"));
    }

    TEST_CASE(
        "a document added at the office is read back byte by byte, a broken one leaves "
        "nothing") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        const auto letter = counter.write("来函.txt", "请更正传真号码。");
        const auto empty = counter.write("空.txt", "");
        CHECK(counter.type("attach add " + letter + " -c 明润 --doc-kind 往来函 --as hanm").code ==
              0);
        CHECK(
            counter.type("attach add " + empty + " -c 明润 --as hanm").complains("content.empty"));
        CHECK(counter.type("attach add nowhere.txt -c 明润 --as hanm")
                  .complains("content.cannot_read"));
        const auto rows = counter.type("attachment list -c 明润 --as hanm --json").json();
        REQUIRE(rows.size() == 1);
        CHECK(rows[0]["title"] == "来函.txt");
        const auto copy = counter.store.folder() / "copy.txt";
        CHECK(counter
                  .type("attach get " + rows[0]["id"].get<std::string>() + " " + copy.string() +
                        " --as hanm")
                  .code == 0);
        std::ifstream written(copy);
        std::string text;
        std::getline(written, text);
        CHECK(text == "请更正传真号码。");
        CHECK(counter.type("verify").code == 0);
    }

    TEST_CASE("the lists that files are worked through by are filters people may type") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const auto& scene : catalog::kCustomer.scenes) {
            const auto rows = counter
                                  .run({"customer", "list", "--where", std::string(scene.where),
                                        "--as", "hanm", "--json"})
                                  .json();
            REQUIRE(rows.size() == 1);
            CHECK(rows[0]["name"] == "杭州明润医药");
        }
        CHECK(counter.run({"customer", "list", "--where", "completeness_bp>=100", "--as", "hanm"})
                  .out.find("明润") == std::string::npos);
    }

    TEST_CASE("papers lie newest in front, whenever they were brought") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        const auto adds = [&](const std::string& title, const std::string& day) {
            const auto paper = counter.write(title + ".txt", title);
            CHECK(counter
                      .type("attach add " + paper + " -c 明润 --title " + title + " --doc-date " +
                            day + " --as hanm")
                      .code == 0);
        };
        adds("先", "2026-01-05");
        adds("新", "2026-02-01");
        adds("旧", "2025-12-31");
        for (const auto* list : {"attach list 明润", "attachment list -c 明润"}) {
            const auto rows = counter.type(std::string(list) + " --as hanm --json").json();
            REQUIRE(rows.size() == 3);
            CHECK(rows[0]["title"] == "新");
            CHECK(rows[2]["title"] == "旧");
        }
        const auto turned =
            counter.type("attachment list -c 明润 --sort doc_date --as hanm --json").json();
        CHECK(turned[0]["title"] == "旧");
    }

    TEST_CASE("a list is filtered, sorted, cut to columns and read on by its page key") {
        test::Counter counter;
        for (const char* name : {"杭州甲厂", "宁波乙厂", "杭州丙厂"}) counter.has_customer(name);
        for (const char* name : {"杭州甲厂", "杭州丙厂"})
            CHECK(counter.type("customer edit " + std::string(name) + " --city 杭州市 --as hanm")
                      .code == 0);
        const auto rows = [&](std::string_view rest) {
            auto said = counter.type("customer list --as hanm --json " + std::string(rest));
            CHECK_MESSAGE(said.code == 0, said.err);
            return said.json();
        };
        CHECK(rows("").size() == 3);
        const auto hangzhou = rows("--where 城市=杭州 --sort -name_pinyin");
        REQUIRE(hangzhou.size() == 2);
        CHECK(hangzhou[0]["name"] == "杭州甲厂");
        CHECK(hangzhou[1]["name"] == "杭州丙厂");
        const auto first = counter.type("customer list --as hanm --limit 2 --columns 名称,市");
        CHECK(first.code == 0);
        CHECK(first.says("Customer name"));
        CHECK_FALSE(first.says("Owner"));
        const auto at = first.err.find("--page ");
        REQUIRE(at != std::string::npos);
        auto key = first.err.substr(at + 7);
        key.erase(key.find_first_of(" \n"));
        CHECK(rows("--limit 2 --page " + key).size() == 1);
        CHECK(counter.type("customer list --as hanm --where 市=杭州 --page " + key)
                  .complains("query.wrong_page"));
    }

    TEST_CASE("what a list asks for and is not there is refused by name and remedy") {
        test::Counter counter;
        for (const auto& [line, fault] :
             {std::pair{"customer list --as hanm --where 颜色=红", "query.unknown_field"},
              std::pair{"customer list --as hanm --where 市", "query.not_a_filter"},
              std::pair{"customer list --as hanm --sort 颜色", "query.unknown_field"},
              std::pair{"customer list --as hanm --columns 颜色", "query.unknown_field"},
              std::pair{"customer list --as hanm --limit abc", "cli.wrong_number"},
              std::pair{"customer list --as hanm --where 名称!~有限", "query.unknown_sign"},
              std::pair{"customer list --as hanm --where 等级=B..A", "query.empty_range"},
              std::pair{"customer list --as hanm --columns ,", "query.no_columns"},
              std::pair{"customer list --as hanm --text 有限 --where 没有=1", "query.not_together"},
              std::pair{"customer list --as hanm --text 有限 --columns 没有", "query.not_together"},
              std::pair{"customer list --as hanm --text 有限 --sort 没有", "query.not_together"},
              std::pair{"customer list --as hanm --text 有限 --page 没有", "query.not_together"},
              std::pair{"customer list --as hanm --text 有限 --limit 0", "query.wrong_limit"},
              std::pair{"customer list --as hanm --limit 0", "query.wrong_limit"},
              std::pair{"customer list --as hanm --page x", "query.wrong_page"},
              std::pair{"contact list -c 没有 --as hanm", "cli.unknown_customer"},
              std::pair{"contact show 没有 --as hanm", "cli.unknown_record"},
              std::pair{"contact edit 没有 --set 职务=x --as hanm", "cli.unknown_record"},
              std::pair{"contact add 王 -c 没有 --as hanm", "cli.unknown_customer"}}) {
            const auto said = counter.type(line);
            CHECK_MESSAGE(said.complains(fault), line << "\n" << said.err);
        }
        const auto longest = "customer list --as hanm --where 名称~" + std::string(600, 'x');
        CHECK(counter.type(longest).complains("query.too_much"));
    }

    TEST_CASE("a document of a list holds the columns that were asked for") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        const auto rows = counter.type("customer list --as hanm --columns 名称 --json").json();
        REQUIRE(rows.size() == 1);
        CHECK(rows[0]["name"] == "杭州明润医药");
        CHECK(rows[0].contains("id"));
        CHECK_FALSE(rows[0].contains("file_state"));
        CHECK(counter.type("customer list --as hanm --json").json()[0].contains("file_state"));
    }

    TEST_CASE("of two values for one field none is taken in silence") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        for (const char* rest : {"--set 备注=a --set 备注=b", "--set 备注=a --clear remark",
                                 "--fax 0571-88990011 --set 传真=0571-88990012"}) {
            const auto said =
                counter.type("customer edit 杭州明润医药 --as hanm " + std::string(rest));
            CHECK_MESSAGE(said.complains("cli.field_twice"), said.err);
        }
        CHECK(counter.type("customer edit 杭州明润医药 --as hanm --set 备注=a").code == 0);
        const auto unknown = counter.type("customer edit 杭州明润医药 --as hanm --set 传真号=1");
        CHECK(unknown.complains("sheet.unknown_field"));
        CHECK(unknown.complains("fax(Fax)"));
    }

    TEST_CASE("limits of a value are told as people type it") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        const auto said = counter.type("customer edit 杭州明润医药 --as hanm --set 资产=-5");
        CHECK(said.complains("field.out_of_range"));
        CHECK_MESSAGE(said.complains("\"-5.00\""), said.err);
        CHECK_MESSAGE(said.complains("from 0.00 to 10,000,000,000,000.00"), said.err);
    }

    TEST_CASE("by a field he does not see in clear nobody finds or orders records") {
        test::Counter counter;
        counter.has_customer("杭州明润医药");
        CHECK(counter.type("customer edit 杭州明润医药 --set 备注=年底搬迁 --as hanm").code == 0);
        const auto found = [&](std::string_view who, std::string_view rest) {
            return counter
                .type("customer list --json --as " + std::string(who) + " " + std::string(rest))
                .json()
                .size();
        };
        CHECK(found("hanm", "--where 备注~搬迁") == 1);
        CHECK(found("wangf", "") == 1);
        CHECK(found("wangf", "--where 备注~搬迁") == 0);
        CHECK(found("wangf", "--where 备注=") == 0);
        CHECK(found("wangf", "--sort 备注") == 0);
    }

    TEST_CASE("each kind has its actions from its table, and none a person may not ask for") {
        std::size_t rows = 0;
        for (const auto& [row, kind, verb] : action::derived_actions("dossierd")) {
            ++rows;
            const bool changes = verb == action::Verb::Add || verb == action::Verb::Edit ||
                                 verb == action::Verb::Remove || verb == action::Verb::Import;
            CHECK_FALSE((changes && kind->made_by == catalog::MadeBy::Office));
            CHECK(find_action(action::name_of(row)) != nullptr);
        }
        CHECK(rows > 100);
    }
}

}  // namespace
}  // namespace dossier::server
