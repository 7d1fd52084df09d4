// Files a clerk loads at once are nobody's to post alone. Source: R-031, WF-01.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::string_view kRows =
    "客户名称,总机,负责业务员,区域,归口部门,统一社会信用代码\n"
    "杭州明润医药有限公司,0571-88990001,lijg,HD,YQ,91330106MA2AB1234G\n"
    "康宁药房有限公司,0571-88990002,wangf,HD,YQ,\n";

std::string state_of(Stage& stage, std::string_view customer) {
    return stage.value("liuy", "customer", customer, "file_state");
}

cli::Json batch(Stage& stage) {
    return stage.done("liuy", "import-batch list").at(0);
}

}  // namespace

TEST_SUITE("scenarios/batch") {
    TEST_CASE("files imported without a batch stay drafts of who imported them") {
        Stage stage;
        const auto said = stage.done("liuy", "import " + stage.file("a.csv", kRows));
        CHECK(said.at("new") == 2);
        CHECK(said.at("batch") == "");
        CHECK(state_of(stage, "明润") == "draft");
        CHECK(state_of(stage, "康宁") == "draft");
        CHECK(stage.office("wangf", "customer show 明润").fate() != "ok");
    }
    TEST_CASE("a batch is posted once the service manager signed, and not by who loaded it") {
        Stage stage;
        stage.at("2026-03-02 09:00");
        const auto rows = stage.file("a.csv", kRows);
        const auto said = stage.done("liuy", "import " + rows + " --batch 期初客户");
        CHECK(said.at("batch") == "期初客户");
        CHECK(batch(stage).at("state") == "in_review");
        CHECK(batch(stage).at("files") == 2);
        CHECK(state_of(stage, "明润") == "draft");
        stage.job("post_batches");
        CHECK(state_of(stage, "明润") == "draft");

        const auto asked = stage.done("zhengh", "approval list").at(0);
        CHECK(asked.at("kind") == "file_admit");
        const auto id = asked.at("id").get<std::string>();
        CHECK(stage.office("liuy", "approval approve " + id).fate() == "access.denied");
        stage.done("zhengh", "approval approve " + id);
        stage.job("post_batches");
        CHECK(batch(stage).at("state") == "posted");
        CHECK(batch(stage).at("posted") == 2);
        CHECK(state_of(stage, "明润") == "active");
        CHECK(stage.value("liuy", "customer", "康宁", "customer_no").starts_with("KH-HD-2026-"));
    }
    TEST_CASE("a refused batch posts nothing, and nobody adds to it any more") {
        Stage stage;
        stage.done("liuy", "import " + stage.file("a.csv", kRows) + " --batch 期初客户");
        const auto id = stage.done("zhengh", "approval list").at(0).at("id").get<std::string>();
        stage.done("zhengh", "approval reject " + id + " --reason 来源不明");
        CHECK(batch(stage).at("state") == "refused");
        stage.job("post_batches");
        CHECK(state_of(stage, "明润") == "draft");
        // Another import of this name is another batch.
        stage.done("liuy",
                   "import " +
                       stage.file("b.csv", "客户名称,负责业务员,区域\n远航零售公司,lijg,HD\n") +
                       " --batch 期初客户");
        CHECK(stage.done("liuy", "import-batch list").size() == 2);
    }
    TEST_CASE("of a batch what looks like a file that is there stays a draft, the rest is posted") {
        Stage stage;
        stage.done(
            "liuy",
            "customer add 明润医药 --phone-main 0571-1 "
            "--business-need 天平 --source visit --set owner_user_id=lijg --set region_id=HD");
        stage.done("liuy", "customer post 明润医药");
        // Neither name nor number says that they are one: the code does, once both are compared.
        const auto said =
            stage.done("liuy", "import " +
                                   stage.file("a.csv",
                                              "客户名称,总机,负责业务员,区域,统一社会信用代码\n"
                                              "杭州明润集团有限公司,0571-1,lijg,HD,"
                                              "91330106MA2AB1234G\n"
                                              "康宁药房有限公司,0571-88990002,wangf,HD,\n") +
                                   " --batch 期初客户");
        CHECK(said.at("new") == 2);
        stage.done("liuy", "customer edit 明润医药 --unified-code 91330106MA2AB1234G");
        CHECK(stage.office("liuy", "customer edit 明润集团 --website mr.example").fate() ==
              "intake.in_batch");
        CHECK(stage.office("liuy", "customer post 康宁").fate() == "intake.in_batch");
        const auto id = stage.done("zhengh", "approval list").at(0).at("id").get<std::string>();
        stage.done("zhengh", "approval approve " + id);
        stage.job("post_batches");
        CHECK(state_of(stage, "明润集团") == "draft");
        CHECK(state_of(stage, "康宁") == "active");
        CHECK(batch(stage).at("posted") == 1);
        CHECK(batch(stage).at("held") == 1);
    }
    TEST_CASE("who posts no files opens no batch") {
        Stage stage;
        CHECK(stage.office("lijg", "import " + stage.file("a.csv", kRows) + " --batch 我的客户")
                  .fate() == "access.denied");
    }
}
