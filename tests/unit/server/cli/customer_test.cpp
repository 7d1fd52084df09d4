#include "common/catalog/customer.hpp"

#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

TEST_SUITE("server/cli/customer") {
    TEST_CASE("a customer is found by number, name, part and pinyin; several are listed") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.has_customer("杭州精密机械有限公司");
        for (const char* name :
             {"KH-HD-2026-000001-7", "上海精密仪器有限公司", "仪器", "shang hai"}) {
            CAPTURE(name);
            const auto said = counter.run({"customer", "show", name, "--as", "hanm"});
            CHECK(said.code == 0);
            CHECK(said.says("上海精密仪器有限公司"));
        }
        const auto several = counter.type("customer show 精密 --as hanm");
        CHECK(several.code == 2);
        CHECK(several.complains("上海精密仪器有限公司"));
        CHECK(several.complains("杭州精密机械有限公司"));
        CHECK(counter.type("customer show 没有 --as hanm").complains("(cli.unknown_customer)"));
        CHECK(counter.type("customer list --as hanm --json").json().size() == 2);
        CHECK(counter.type("customer list --text 杭州 --as hanm --json").json().size() == 1);
    }

    TEST_CASE("the list is a table of the directory") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(counter.type("customer list --as hanm --lang zh-CN").out ==
              "客户编号             客户名称              负责业务员  区域  档案状态  客户状态\n"
              "KH-HD-2026-000001-7  上海精密仪器有限公司  李建国      华东  正式      -\n");
    }

    TEST_CASE("a draft is listed and found by the number it was made with") {
        Counter counter;
        {
            server::Unit unit(*counter.store);
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = catalog::kCustomer.tag,
                         .record = counter.office.ids().make<RecordId>()};
            for (const auto& [name, value] :
                 {std::pair{"name", "杭州明润医药公司"}, std::pair{"party_kind", "enterprise"},
                  std::pair{"market", "domestic"}, std::pair{"directness", "direct"},
                  std::pair{"provisional_no", "T-N02-0001"}})
                assign(op.fields, catalog::find_field(catalog::kCustomer, name)->tag,
                       std::string(value));
            const auto author = *counter.office.people().user_by_login("lijg");
            REQUIRE(counter.office.change(author, {.source = "cli", .ops = {op}}));
            unit.commit();
        }
        CHECK(counter.type("customer list --as hanm").says("T-N02-0001"));
        const auto document = counter.type("customer list --as hanm --json").json();
        CHECK(document.front().contains("customer_no") == false);
        CHECK(counter.type("customer post T-N02-0001 --as hanm").complains("intake.needs_review"));
        CHECK(counter.type("customer show T-N02-0001 --as hanm").code == 0);
    }

    TEST_CASE("an absolute secret has not even a name for those outside its circle") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.marks("精密", 2);
        const auto row = counter.type("customer list --as wangf --json").json()[0];
        CHECK(row["name"] == "上海精密仪器有限公司");
        CHECK(!row.contains("file_state"));
    }

    TEST_CASE("an edit at the office is taken, proposed or refused as one from a laptop") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto edit = [&](const std::string& rest) {
            return counter.type("customer edit 精密 " + rest);
        };
        const auto taken =
            edit("--set 传真=021-55550002 --set remark=年底搬迁 --as hanm --lang zh-CN");
        CHECK(taken.code == 0);
        CHECK(taken.says("传真：已生效"));
        const auto shown = counter.type("customer show 精密 --as hanm");
        CHECK(shown.says("021-55550002"));
        CHECK(shown.says("年底搬迁"));
        const auto moved = edit("--set 市=长春市 --set 区=朝阳区 --as hanm --lang zh-CN");
        CHECK(moved.says("市：已生效"));
        CHECK(moved.says("区：已生效"));
        CHECK_FALSE(moved.says("省："));
        CHECK(counter.type("customer show 精密 --as hanm").says("长春市朝阳区"));
        const auto proposed = edit("--set 名称=上海精密科技有限公司 --as zhangw --json").json();
        CHECK(proposed[0]["verdict"] == "proposal");
        CHECK(counter.type("proposal list --as hanm").says("上海精密科技有限公司"));
        CHECK(edit("--set 传真=021-55550003 --as wangf").code == 20);
        CHECK(edit("--set 传真 --as hanm").code == 2);
        CHECK(edit("--set 没有=021-55550003 --as hanm").code == 2);
        CHECK(edit("--set 客户编号=KH-1 --as hanm").code == 20);
        const auto same = edit("--as hanm --lang zh-CN");
        CHECK(same.code == 0);
        CHECK(same.complains("没有改动"));
        CHECK(counter.type("customer show 精密 --as hanm").says("021-55550002"));
    }

    TEST_CASE("a transfer changes the owner and is in the history") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto said =
            counter.type("customer transfer 精密 --to wangf --as zhangw --reason 区域调整");
        CHECK(said.code == 0);
        CHECK(said.says("now belongs to wangf"));
        CHECK(counter.type("customer show 精密 --as wangf").says("021-55550001"));
        const auto history = counter.type("customer history 精密 --as hanm --json").json();
        CHECK(history.back()["event"] == "transfer");
        CHECK(history.back()["reason"] == "区域调整");
        CHECK(counter.type("customer history 精密 --as hanm").says("(transferred)"));
    }
}

}  // namespace
}  // namespace dossier::test
