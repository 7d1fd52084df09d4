// Scenarios of files that are looked at again, as the domain's page tells them. Source: domain 7,
// AS-06, AS-07.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

void has_shop(Stage& stage) {
    stage.done("liuy",
               "customer add 康宁药房 --phone-main 0571-9 --business-need 冷链 --source visit "
               "--set region_id=HD --set owner_user_id=wangf");
    stage.done("liuy", "customer post 康宁药房");
}

cli::Json tasks(Stage& stage) {
    return stage.done("liuy", "review-task list");
}
std::string id_of_task(Stage& stage) {
    return tasks(stage).at(0).at("id");
}

}  // namespace

TEST_SUITE("scenarios/review") {
    TEST_CASE(
        "AS-06 a key customer is confirmed with a contact of the quarter, offline and in time") {
        Stage stage;
        stage.at("2026-12-01 09:00");
        has_shop(stage);
        stage.done("zhengh", "customer make-key 康宁药房");
        stage.at("2027-01-01 00:10");
        stage.job("open_reviews");
        REQUIRE(tasks(stage).size() == 1);
        CHECK(tasks(stage).at(0).at("kind") == "key_quarterly");
        CHECK(tasks(stage).at(0).at("due_on") == "2027-03-31");
        stage.job("open_reviews");
        CHECK(tasks(stage).size() == 1);
        const auto task = id_of_task(stage);
        stage.at("2027-03-30 08:00");
        stage.gives_laptop("wangf");
        CHECK(stage.office("wangf", "review-task confirm-nochange " + task).fate() ==
              "intake.no_contact");
        stage.writes("wangf", "visit add 问候 --kind phone -c 康宁药房");
        stage.at("2027-03-31 22:00");
        stage.writes("wangf", "customer edit 康宁药房 --fax 0571-7 --website www.kn.example");
        stage.writes("wangf", "review-task confirm-changed " + task);
        stage.at("2027-04-01 21:00");
        stage.syncs("wangf");
        CHECK(tasks(stage).at(0).at("state") == "done_changed");
        stage.job("take_due_steps");
        CHECK(tasks(stage).at(0).at("state") == "done_changed");
        CHECK(stage.office("lijg", "review-task accept " + task).fate() != "ok");
        stage.done("liuy", "review-task accept " + task);
        CHECK(stage.value("liuy", "customer", "康宁药房", "next_review_on") == "2027-06-30");
        CHECK_FALSE(stage.value("liuy", "customer", "康宁药房", "last_verified_at").empty());
    }
    TEST_CASE("AS-07 what is not confirmed by the end of its quarter is overdue, and still done") {
        Stage stage;
        stage.at("2026-12-01 09:00");
        has_shop(stage);
        stage.at("2027-01-01 00:10");
        stage.job("open_reviews");
        CHECK(tasks(stage).at(0).at("kind") == "quarterly");
        stage.at("2027-03-31 23:55");
        stage.job("take_due_steps");
        CHECK(tasks(stage).at(0).at("state") == "open");
        stage.at("2027-04-01 00:05");
        stage.job("take_due_steps");
        CHECK(tasks(stage).at(0).at("state") == "overdue");
        CHECK(stage.done("wangf", "notification list").dump().find("逾期未核") !=
              std::string::npos);
        const auto task = id_of_task(stage);
        CHECK(stage.office("lijg", "review-task confirm-nochange " + task).fate() != "ok");
        stage.done("wangf", "review-task confirm-nochange " + task);
        stage.done("sunl", "review-task send-back " + task + " --reason 电话未核");
        CHECK(tasks(stage).at(0).at("state") == "open");
    }
    TEST_CASE("the next quarter's tasks come early, potential customers are asked half-yearly") {
        Stage stage;
        stage.at("2026-12-01 09:00");
        has_shop(stage);
        stage.job("restate_customers");
        stage.at("2027-01-05 00:10");
        stage.job("open_reviews");
        CHECK(tasks(stage).empty());
        stage.at("2027-03-25 00:10");
        stage.job("open_reviews");
        REQUIRE(tasks(stage).size() == 1);
        CHECK(tasks(stage).at(0).at("kind") == "half_yearly");
        CHECK(tasks(stage).at(0).at("period") == "2027Q2");
    }
    TEST_CASE("the talk that proves a contact is one with this customer, of this quarter") {
        Stage stage;
        stage.at("2026-12-01 09:00");
        has_shop(stage);
        stage.done("zhengh", "customer make-key 康宁药房");
        const auto talk = [&] {
            return stage
                .done("wangf", "communication add --customer 康宁药房 --purpose 回访 --content 好")
                .at("id")
                .get<std::string>();
        };
        const auto old = talk();
        stage.at("2027-01-01 00:10");
        stage.job("open_reviews");
        const auto confirm =
            "review-task confirm-nochange " + id_of_task(stage) + " --contact-evidence-id ";
        const auto recent = talk();
        CHECK(stage.office("wangf", confirm + old).fate() == "intake.evidence");
        stage.done("wangf", confirm + recent);
    }
    TEST_CASE("who is given a file is given what is still to be reviewed of it") {
        Stage stage;
        stage.at("2026-12-01 09:00");
        has_shop(stage);
        stage.at("2027-01-01 00:10");
        stage.job("open_reviews");
        stage.done("zhangw", "customer transfer 康宁药房 --to lijg --reason 片区调整");
        CHECK(tasks(stage).at(0).at("assignee_id") ==
              stage.done("zhengh", "user show lijg").at("id"));
        stage.done("lijg", "review-task confirm-nochange " + id_of_task(stage));
    }
}
