// Scenarios of what goes into a file, as the domain's page tells them. Source: domain 7, AS-34;
//
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

/// A posted file of this owner.
void has_file(Stage& stage, std::string_view name, std::string_view owner) {
    const std::string who(name);
    stage.done("liuy", "customer add " + who +
                           " --phone-main 0571-9 --business-need 天平 --source visit --set "
                           "region_id=HD --set owner_user_id=" +
                           std::string(owner));
    stage.done("liuy", "customer post " + who);
}

std::string id_of(Stage& stage, std::string_view login) {
    return stage.done("zhengh", "user show " + std::string(login)).at("id");
}

}  // namespace

TEST_SUITE("scenarios/content") {
    TEST_CASE(
        "AS-34 a day's visits: one log, one joint visit, needs left open, minutes asked for") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        for (const char* name : {"明润医药", "康宁药房", "远航零售"}) has_file(stage, name, "lijg");
        stage.gives_laptop("lijg");
        stage.gives_laptop("zhangw");
        const auto zhangw = id_of(stage, "zhangw");
        stage.at("2026-03-03 09:00");
        stage.writes("lijg",
                     "visit add 客户询问送货 --purpose 新品介绍 --problems 夜间送货 "
                     "--started-at 2026-03-03T08:30 --our-user-ids zhangw -c 明润医药");
        stage.writes("lijg", "visit add 月度例会 --kind meeting -c 康宁药房");
        stage.writes("lijg", "worklog line 拜访明润医药 --kind visit --minutes 45 -c 明润医药");
        stage.at("2026-03-03 15:00");
        stage.writes("lijg", "worklog line 拜访康宁药房 --kind visit --minutes 60");
        stage.at("2026-03-03 20:00");
        const auto log = stage.writes("lijg", "work-log list").at(0).at("id").get<std::string>();
        stage.writes("lijg", "work-log submit " + log);
        stage.syncs("lijg");
        stage.done("zhangw",
                   "communication add --customer 明润医药 --kind visit --purpose 陪访 "
                   "--content 同访 --started-at 2026-03-03T08:40");

        CHECK(stage.done("zhangw", "work-log-line list --work-log " + log).size() == 2);
        const auto need = stage.done("zhangw", "customer-need list --customer 明润医药").at(0);
        CHECK(need.at("kind") == "problem");
        CHECK(need.at("text") == "夜间送货");
        CHECK(need.at("state") == "open");
        const auto asked = stage.done("zhengh", "doc-request list --customer 康宁药房").at(0);
        CHECK(asked.at("due_on") == "2026-03-06");
        CHECK(asked.at("state") == "open");

        stage.job("link_visits");
        const auto visits = stage.done("zhangw", "communication list --customer 明润医药");
        REQUIRE(visits.size() == 2);
        std::size_t joint = 0;
        for (const auto& each : visits) {
            const auto shown =
                stage.done("zhangw", "communication show " + each.at("id").get<std::string>());
            joint += shown.at("values").contains("joint_visit_id") ? 1U : 0U;
        }
        CHECK(joint == 1);
        stage.job("link_visits");

        // After the superior's review a wrong word is corrected by a remark alone.
        stage.done("zhangw", "work-log review " + log + " --reason 已阅");
        stage.at("2026-03-04 09:00");
        stage.syncs("lijg");
        CHECK(stage.laptop("lijg", "work-log edit " + log + " --summary 拜访两家").fate() ==
              "client.locked");
        stage.writes("lijg", "work-log edit " + log + " --remark 康宁药房应为康宁大药房");
        stage.syncs("lijg");
        CHECK(stage.value("zhangw", "work-log", log, "remark").find("康宁大药房") !=
              std::string::npos);
    }
    TEST_CASE("what a visit showed of the customer is proposed with the visit as its evidence") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        has_file(stage, "明润医药", "lijg");
        stage.gives_laptop("lijg");
        stage.at("2026-03-03 09:00");
        stage.writes("lijg",
                     "visit add 换了法人 --purpose 回访 -c 明润医药 --changes 法人代表=周远 "
                     "--changes 传真=0571-2");
        stage.syncs("lijg");
        const auto proposal = stage.done("liuy", "proposal list").at(0);
        CHECK(proposal.at("field") == "legal_rep");
        const auto visit = stage.done("liuy", "communication list --customer 明润医药").at(0);
        const auto shown =
            stage.done("liuy", "proposal show " + std::to_string(proposal.at("number").get<int>()));
        CHECK(shown.dump().find(visit.at("id").get<std::string>()) != std::string::npos);
        CHECK(stage.value("liuy", "customer", "明润医药", "fax") == "0571-2");
    }
    TEST_CASE("a customer who was introduced is linked with who introduced him") {
        Stage stage;
        has_file(stage, "明润医药", "lijg");
        stage.done("liuy",
                   "customer add 明润物流 --phone-main 0571-8 --business-need 冷链 --source "
                   "referral --referrer-customer-id 明润医药");
        const auto link = stage.done("liuy", "customer-link list --customer 明润物流").at(0);
        CHECK(link.at("kind") == "referrer");
        const auto shown =
            stage.done("liuy", "customer-link show " + link.at("id").get<std::string>());
        CHECK(shown.at("values").at("other_customer_id") ==
              stage.done("liuy", "customer show 明润医药").at("id"));
    }
    TEST_CASE("a customer is classed by what a scheme lists, on a laptop as at the office") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        has_file(stage, "明润医药", "lijg");
        stage.done(
            "hanm",
            "classification-scheme add 重要性 --code importance --values 重要 --values 一般");
        stage.gives_laptop("lijg");
        const auto classed = [&](std::string_view as) {
            return "customer-classification add " + std::string(as) +
                   " --customer 明润医药 --scheme-id importance";
        };
        CHECK(stage.office("liuy", classed("特别")).fate() == "field.not_among");
        CHECK(stage.laptop("lijg", classed("特别")).fate() == "field.not_among");
        stage.writes("lijg", classed("重要"));
        stage.syncs("lijg");
        CHECK(stage.done("liuy", "customer-classification list --customer 明润医药")
                  .at(0)
                  .at("class") == "重要");
        // Who is neither clerk, keeper nor planner keeps no scheme.
        CHECK(stage.office("zhangw", "classification-scheme add 乱 --code x --values 甲").fate() ==
              "access.denied");
    }
    TEST_CASE("an industry is known by name or code, and one of no list is kept and marked") {
        Stage stage;
        has_file(stage, "明润医药", "lijg");
        stage.done("liuy", "customer edit 明润医药 --industry-code 医药制造业");
        CHECK(stage.value("liuy", "customer", "明润医药", "industry_code") == "C27");
        stage.done("liuy", "customer edit 明润医药 --industry-code 院线配送");
        CHECK(stage.value("liuy", "customer", "明润医药", "industry_code") == "院线配送");
    }
    TEST_CASE("RP-06 counts each customer once in every way of classing, and RP-19 lists needs") {
        Stage stage;
        for (const char* name : {"明润医药", "康宁药房", "远航零售"}) has_file(stage, name, "lijg");
        stage.done("liuy", "customer edit 明润医药 --industry-code C27");
        stage.done("liuy", "customer edit 康宁药房 --industry-code 零售业");
        stage.done("liuy",
                   "customer add 草稿客户 --phone-main 0571-7 --business-need 无 --source visit");
        const auto told = stage.done("zhengh", "report run RP-06");
        const auto& industries = told.at("sections").at(0).at("rows");
        REQUIRE(industries.size() == 3);
        std::int64_t share = 0;
        for (const auto& row : industries) {
            CHECK(row.at("count") == 1);
            share += row.at("share").get<std::int64_t>();
        }
        CHECK(share == 10000);
        CHECK(stage.office("lijg", "report run RP-06").fate() == "access.denied");
        stage.done("liuy",
                   "demand-plan add 检测仪20台 --customer 明润医药 --investment-fen 300000 "
                   "--planned-on 2026-09-01");
        const auto needs = stage.done("zhengh", "report run RP-19");
        CHECK(needs.at("sections").at(1).at("rows").at(0).at("amount") == 30000000);
        CHECK(needs.at("sections").at(2).at("rows").at(0).at("quarter") == "2026Q3");
    }
}
