// Scenarios of complaints, as the domain's page tells them. Source: domain 7, AS-18, AS-19, AS-20.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

void has_customer(Stage& stage) {
    stage.done("liuy",
               "customer add 明润医药 --phone-main 0571-9 --business-need 天平 --source visit "
               "--set region_id=HD --set owner_user_id=lijg --set service_user_id=chenj");
    stage.done("liuy", "customer post 明润医药");
}

std::string registered(Stage& stage, std::string_view more) {
    return stage
        .done("chenj",
              "complaint add --customer 明润医药 --complainant-name 刘先生 "
              "--complainant-phone 13800002222 --target-text 送货组 " +
                  std::string(more))
        .at("id");
}

std::string of(Stage& stage, std::string_view id, std::string_view field) {
    return stage.value("zhengh", "complaint", id, field);
}

std::size_t alerts(Stage& stage) {
    return stage.done("zhengh", "notification list").size();
}

/// To where it is judged: planned, answered, given to the investigator, found out.
void brings_to_judgement(Stage& stage, const std::string& id, std::string_view investigator) {
    stage.done("chenj", "complaint propose-plan " + id + " --plan-text 核查后答复");
    stage.done("chenj", "complaint reply " + id);
    stage.done("zhengh",
               "complaint assign " + id + " --investigator-id " + std::string(investigator));
    stage.done(investigator,
               "complaint find " + id +
                   " --findings 已查明 --management-gap 无 --informed complainant、superior");
}

}  // namespace

TEST_SUITE("scenarios/complaint") {
    TEST_CASE("AS-18 a plan within half an hour is in time, a later one is noted and alerted") {
        Stage stage;
        stage.at("2026-03-05 09:00");
        has_customer(stage);
        stage.at("2026-03-05 10:00");
        const auto first = registered(
            stage, "--course 货少2件 --content-kind business --business-kind cargo_discrepancy");
        CHECK(of(stage, first, "complaint_no") == "TS-202603-0001");
        stage.at("2026-03-05 10:22");
        stage.job("watch_complaints");
        const auto before = alerts(stage);
        stage.done("chenj", "complaint propose-plan " + first + " --plan-text 今日补发2件");
        CHECK(of(stage, first, "breached") == "false");
        CHECK(of(stage, first, "state") == "planned");

        stage.at("2026-03-05 11:05");
        const auto second = registered(stage, "--course 货损");
        stage.at("2026-03-05 11:24");
        stage.job("watch_complaints");
        CHECK(alerts(stage) == before);
        stage.at("2026-03-05 11:25");
        stage.job("watch_complaints");
        stage.job("watch_complaints");
        CHECK(alerts(stage) == before + 1);
        stage.at("2026-03-05 11:35");
        stage.job("watch_complaints");
        CHECK(alerts(stage) == before + 2);
        stage.at("2026-03-05 11:41");
        stage.done("chenj", "complaint propose-plan " + second + " --plan-text 换货");
        CHECK(of(stage, second, "breached") == "true");

        // What cannot be solved goes to the direct leader, and the customer is told until when.
        CHECK(stage.office("chenj", "complaint escalate " + second + " --reason 无货可换").fate() ==
              "cli.usage");
        stage.done("chenj", "complaint escalate " + second +
                                " --reason 无货可换 --wait-reply-at 2026-03-06T12:00");
        CHECK(of(stage, second, "state") == "escalated");
        stage.done("zhengh", "complaint take-over " + second);
        CHECK(of(stage, second, "state") == "investigating");
    }
    TEST_CASE(
        "AS-19 what is invalid fits its reason, what is malignant has a basis and is secret") {
        Stage stage;
        stage.at("2026-03-20 09:00");
        has_customer(stage);
        const auto attitude = [&](std::string_view happened) {
            const auto id = registered(stage,
                                       "--course 态度恶劣 --content-kind service "
                                       "--service-traits rude --incident-on " +
                                           std::string(happened));
            brings_to_judgement(stage, id, "hey");
            return id;
        };
        const auto invalid = [&](const std::string& id) {
            return stage
                .office("zhengh", "complaint judge-invalid " + id +
                                      " --invalid-reason 6 --invalid-motive ordinary_invalid")
                .fate();
        };
        // The same day of the next month is still in time.
        CHECK(invalid(attitude("2026-02-20")) == "intake.not_late");
        CHECK(invalid(attitude("2026-02-19")) == "ok");
        const auto media = attitude("2026-03-18");
        CHECK(stage.office("zhengh", "complaint judge-valid " + media + " --severity malignant")
                  .fate() == "intake.no_basis");
        const auto told = stage.done("xug", "notification list").size();
        stage.done("zhengh", "complaint judge-valid " + media +
                                 " --severity malignant --malignant-basis media");
        CHECK(of(stage, media, "secrecy_level") == "2");
        CHECK(of(stage, media, "validity") == "valid");
        CHECK(stage.done("xug", "notification list").size() == told + 1);
    }
    TEST_CASE("an investigator is nobody's own man, informs both sides and names the gap") {
        Stage stage;
        stage.at("2026-03-05 10:00");
        has_customer(stage);
        const auto id = stage
                            .done("chenj",
                                  "complaint add --customer 明润医药 --complainant-name 刘先生 "
                                  "--target-user-id zhangw --course 承诺未兑现")
                            .at("id")
                            .get<std::string>();
        stage.done("chenj", "complaint propose-plan " + id + " --plan-text 核查");
        stage.done("chenj", "complaint reply " + id);
        for (const char* one_of_his : {"zhangw", "lijg"})
            CHECK(stage
                      .office("zhengh", "complaint assign " + id + " --investigator-id " +
                                            std::string(one_of_his))
                      .fate() == "intake.not_independent");
        stage.done("zhengh", "complaint assign " + id + " --investigator-id hey");
        CHECK(stage
                  .office("hey", "complaint find " + id +
                                     " --findings 属实 --management-gap 无 --informed complainant")
                  .fate() == "intake.not_informed");
        CHECK(stage
                  .office("hey", "complaint find " + id +
                                     " --findings 属实 --informed complainant、superior")
                  .fate() == "cli.usage");
        CHECK(
            stage
                .office("chenj",
                        "complaint find " + id +
                            " --findings 属实 --management-gap 无 --informed complainant、superior")
                .fate() == "access.denied");
        // Others owe their help, and answer it.
        const auto asked = stage.done(
            "zhengh", "assist-request add 核对承诺 --complaint " + id + " --asked-user-id lijg");
        const auto request = asked.at("id").get<std::string>();
        CHECK(stage.done("lijg", "task list").dump().find("答复协查") != std::string::npos);
        stage.done("lijg", "assist-request answer " + request + " --answer 曾承诺三日");
        CHECK(stage.value("zhengh", "assist-request", request, "state") == "answered");
    }
    TEST_CASE("who is complained about leaves his complaint to others, whatever his post") {
        Stage stage;
        stage.at("2026-03-05 10:00");
        has_customer(stage);
        const auto about = [&](std::string_view login) {
            return stage
                .done("liuy",
                      "complaint add --customer 明润医药 --complainant-name 刘先生 --course 态度差 "
                      "--content-kind business --business-kind cargo_discrepancy "
                      "--target-user-id " +
                          std::string(login))
                .at("id")
                .get<std::string>();
        };
        const auto of_server = about("chenj");
        CHECK(stage.office("chenj", "complaint propose-plan " + of_server + " --plan-text 无事")
                  .fate() == "intake.respondent");
        CHECK(stage.office("chenj", "complaint edit " + of_server + " --course 态度很好").fate() ==
              "intake.respondent");
        CHECK(stage.office("chenj", "complaint remove " + of_server).fate() == "intake.respondent");
        CHECK(of(stage, of_server, "course") == "态度差");

        // The general manager decides where the service manager may not.
        const auto of_manager = about("zhengh");
        stage.done("wum", "complaint propose-plan " + of_manager + " --plan-text 核查");
        stage.done("wum", "complaint reply " + of_manager);
        const auto assign = "complaint assign " + of_manager + " --investigator-id ";
        CHECK(stage.office("zhengh", assign + "hey").fate() == "intake.respondent");
        CHECK(stage.office("xug", assign + "wum").fate() == "intake.not_independent");
        stage.done("xug", assign + "hey");
        stage.done("hey", "complaint find " + of_manager +
                              " --findings 已查明 --management-gap 无 --informed "
                              "complainant、superior");
        CHECK(stage
                  .office("zhengh", "complaint judge-invalid " + of_manager +
                                        " --invalid-reason 1 --invalid-motive ordinary_invalid")
                  .fate() == "intake.respondent");
        stage.done("xug", "complaint judge-valid " + of_manager + " --severity ordinary");
    }
    TEST_CASE("what a complaint says is changed by proposal once it was answered to") {
        Stage stage;
        stage.at("2026-03-05 10:00");
        has_customer(stage);
        const auto id = registered(stage, "--course 货少2件");
        stage.done("chenj", "complaint edit " + id + " --course 货少3件");
        CHECK(of(stage, id, "course") == "货少3件");
        stage.done("chenj", "complaint propose-plan " + id + " --plan-text 补发");
        stage.done("chenj", "complaint edit " + id + " --course 没有少货");
        CHECK(of(stage, id, "course") == "货少3件");
        CHECK(stage.done("zhengh", "proposal list").at(0).at("field") == "course");
        CHECK(stage.office("chenj", "complaint remove " + id).fate() == "intake.fixed");
    }
    TEST_CASE("a complaint that is opened again is judged anew, and a wait that is over is none") {
        Stage stage;
        stage.at("2026-03-05 10:00");
        has_customer(stage);
        const auto id = registered(
            stage, "--course 货少2件 --content-kind business --business-kind cargo_discrepancy");
        brings_to_judgement(stage, id, "hey");
        stage.done("zhengh", "complaint judge-valid " + id + " --severity ordinary");
        stage.done("zhengh", "complaint close " + id + " --result 已补发 --measures 复核装车");
        CHECK(of(stage, id, "validity") == "valid");
        stage.done("zhengh", "complaint reopen " + id + " --reason 客户再次来电");
        CHECK(of(stage, id, "validity") == "undecided");
        CHECK(of(stage, id, "closed_at").empty());
        CHECK(stage
                  .office("chenj", "complaint escalate " + id +
                                       " --reason 无货可换 --wait-reply-at 2026-03-04T12:00")
                  .fate() == "intake.wait_past");
    }
    TEST_CASE("a customer whose complaint is open is not archived, and his file is not void") {
        Stage stage;
        stage.at("2026-03-05 10:00");
        has_customer(stage);
        const auto id = registered(stage, "--course 货少2件");
        CHECK(stage.office("zhengh", "customer archive 明润医药 --reason 不再往来").fate() ==
              "intake.complaint_open");
        CHECK(stage.office("zhengh", "customer void 明润医药 --reason 误建").fate() ==
              "intake.dealt_with");
    }
    TEST_CASE("a step that comes late from a laptop leaves what was removed as it was") {
        Stage stage;
        stage.at("2026-03-05 08:00");
        has_customer(stage);
        stage.gives_laptop("lijg");
        stage.writes("lijg",
                     "complaint add --customer 明润医药 --complainant-name 刘先生 "
                     "--target-text 送货组 --course 货少2件");
        const auto id = stage.writes("lijg", "complaint list").at(0).at("id").get<std::string>();
        stage.syncs("lijg");
        stage.done("zhengh", "complaint remove " + id);
        stage.writes("lijg", "complaint propose-plan " + id + " --plan-text 明日补发");
        stage.syncs("lijg");
        stage.done("zhengh", "removed restore " + id + " --reason 误删");
        CHECK(of(stage, id, "state") == "received");
    }
    TEST_CASE("AS-20 a complaint heard and planned without network is in time by its own clock") {
        Stage stage;
        stage.at("2026-03-05 08:00");
        has_customer(stage);
        stage.gives_laptop("lijg");
        stage.at("2026-03-05 09:40");
        stage.writes("lijg",
                     "complaint add --customer 明润医药 --complainant-name 刘先生 "
                     "--target-text 送货组 --course 货少2件 --channel visit");
        const auto id = stage.writes("lijg", "complaint list").at(0).at("id").get<std::string>();
        stage.at("2026-03-05 09:55");
        stage.writes("lijg", "complaint propose-plan " + id + " --plan-text 明日补发");
        stage.at("2026-03-05 21:00");
        stage.syncs("lijg");
        CHECK(of(stage, id, "breached") == "false");
        CHECK(of(stage, id, "plan_text") == "明日补发");
        CHECK(of(stage, id, "complaint_no").starts_with("TS-202603-"));
    }
}
