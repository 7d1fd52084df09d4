#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

TEST_SUITE("server/cli/review") {
    TEST_CASE("a proposal shows old and new value and is accepted by the clerk") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("lijg", "精密", "legal_rep", "", "赵钱");
        const auto list = counter.type("proposal list --as hanm --json").json();
        REQUIRE(list.size() == 1);
        CHECK(list[0]["field"] == "legal_rep");
        CHECK(list[0]["new"] == cli::Json{{"legal_rep", "赵钱"}});
        CHECK(list[0]["proposed_by"] == "李建国");
        CHECK(counter.type("proposal show 1 --as hanm").says("dossierd proposal accept 1"));
        CHECK(counter.type("proposal accept 1 --as lijg").code == 20);
        CHECK(counter.type("proposal accept 1 --as hanm --reason 已核对执照")
                  .says("proposal 1 is accepted"));
        CHECK(counter.type("customer show 精密 --as hanm").says("赵钱"));
        CHECK(counter.type("proposal accept 1 --as hanm").complains("(intake.settled)"));
        CHECK(counter.type("proposal show 9 --as hanm").complains("(review.not_found)"));
    }

    TEST_CASE("a case shows base, present value and every candidate, and how to answer") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("hanm", "精密", "name", "上海精密仪器有限公司", "上海精密仪器股份公司");
        counter.edit("lijg", "精密", "name", "上海精密仪器有限公司", "上海精密仪器集团");
        const auto shown = counter.type("case show 1 --as hanm");
        REQUIRE(shown.code == 0);
        CHECK(
            shown.out ==
            "Case      1 C-04 open\n"
            "Customer  上海精密仪器股份公司\n"
            "Field     Customer name\n"
            "Base      上海精密仪器有限公司\n"
            "Now       上海精密仪器股份公司\n"
            "\n"
            "#  Who     Device                                When              Value\n"
            "1  李建国  01000000-0000-0000-0000-000000000000  2026-03-02 09:00  上海精密仪器集团\n"
            "2  韩梅    01000000-0000-0000-0000-000000000000  2026-03-02 09:00  "
            "上海精密仪器股份公司\n"
            "\n"
            "To rule: dossierd case rule 1 --take 1 (a candidate), or --take current, --take "
            "base,\n"
            "--value name=… (another value)\n");
        CHECK(counter.type("case rule 1 --as hanm").code == 2);
        CHECK(counter.type("case rule 1 --take 7 --as hanm").complains("(review.no_candidate)"));
        CHECK(counter.type("case rule 1 --take 1 --as lijg").code == 20);
        CHECK(counter.type("case rule 1 --take 1 --as hanm --reason 已电话核实").code == 0);
        CHECK(counter.type("case list --as hanm --json").json().empty());
        CHECK(counter.type("case list --all --as hanm --json").json()[0]["resolved"] ==
              cli::Json{{"name", "上海精密仪器集团"}});
        CHECK(counter.type("case undo 1 --as hanm --reason 再看看").code == 0);
        CHECK(counter.type("case rule 1 --value name=上海精密集团 --as hanm").code == 0);
        CHECK(counter.type("customer show 精密 --as hanm").says("上海精密集团"));
    }

    TEST_CASE("the history names who, when, base, value, and whether it won") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("hanm", "精密", "name", "上海精密仪器有限公司", "上海精密仪器股份公司");
        counter.edit("lijg", "精密", "name", "上海精密仪器有限公司", "上海精密仪器集团");
        const auto history =
            counter.type("customer history 精密 --field 客户名称 --as hanm --json").json();
        REQUIRE(history.size() == 3);
        CHECK(history[0]["source"] == "import");
        CHECK(history[1]["by"] == "韩梅");
        CHECK(history[1]["won"] == true);
        CHECK(history[2]["by"] == "李建国");
        CHECK(history[2]["base"] == cli::Json{{"name", "上海精密仪器有限公司"}});
        CHECK(history[2]["value"] == cli::Json{{"name", "上海精密仪器集团"}});
        CHECK(history[2]["won"] == false);
        CHECK(history[2]["verdict"] == "case");
        CHECK(history[2]["matter"] == 1);
        CHECK(counter.type("customer history 精密 --field 无此字段 --as hanm").code == 2);
        CHECK(counter.type("customer history 精密 --as wangf --json").json().size() <= 4);
    }
}

}  // namespace
}  // namespace dossier::test
