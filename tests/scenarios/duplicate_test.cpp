// A scenario of one customer founded twice, as the domain's page tells it. Source: domain 7, AS-05.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::string_view kFirst = "新安医院(上海)";
constexpr std::string_view kSecond = "上海新安医院";

std::string hospital(std::string_view name) {
    return "customer add " + std::string(name) +
           " --party-kind enterprise --contact 王海燕 --phone 13900001111 --source visit "
           "--business-need 检测仪 --province 上海市 --city 上海市 --district 浦东新区 "
           "--street-address 世纪大道1号 --industry-code Q84 --enterprise-nature public_inst "
           "--legal-rep 周明远 --party-role buyer --unified-code 91330106MA2AB1234G";
}

std::string step_of(std::string_view name, std::string_view verb, std::string_view rest = "") {
    return "customer " + std::string(verb) + " " + std::string(name) + (rest.empty() ? "" : " ") +
           std::string(rest);
}

/// From the laptop to the clerk's desk, by everybody whose sign it takes.
void brings_to_clerk(Stage& stage, std::string_view name) {
    stage.done("zhangw", step_of(name, "approve"));
    stage.done("hey", "field-check add --customer " + std::string(name) +
                          " --part identity --method document");
    stage.done("hey", step_of(name, "verified", "--reason 执照属实"));
}

}  // namespace

TEST_SUITE("scenarios/duplicate") {
    TEST_CASE("AS-05 one customer founded on two laptops becomes one file, decided by two people") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.gives_laptop("wangf");
        stage.at("2026-03-02 10:00");
        stage.writes("lijg", hospital(kFirst));
        stage.writes("lijg", "visit add 首次拜访 --purpose 介绍 -c " + std::string(kFirst));
        stage.writes("lijg", step_of(kFirst, "submit"));
        stage.at("2026-03-04 10:00");
        stage.writes("wangf", hospital(kSecond));
        stage.writes("wangf", "visit add 科室拜访 --purpose 介绍 -c " + std::string(kSecond));
        stage.writes("wangf", step_of(kSecond, "submit"));
        stage.at("2026-03-04 21:00");
        stage.syncs("lijg");
        brings_to_clerk(stage, kFirst);
        stage.done("liuy", step_of(kFirst, "post"));
        stage.syncs("wangf");
        brings_to_clerk(stage, kSecond);
        CHECK(stage.office("liuy", step_of(kSecond, "post")).fate() == "intake.likely_twin");
        const auto pair = stage.done("liuy", "dup list").at(0);
        CHECK(pair.at("score") == 10000);
        const auto number = std::to_string(pair.at("number").get<int>());
        const std::string provisional = stage.value("liuy", "customer", kSecond, "provisional_no");

        // Two owners: the clerk proposes, another merges (D-49).
        const std::string merge = "dup merge " + std::string(kSecond) + " " + std::string(kFirst);
        CHECK(stage.office("liuy", merge).fate() == "intake.merge_level");
        stage.done("liuy", "dup propose " + number);
        CHECK(stage.office("liuy", merge).fate() == "intake.merge_level");
        stage.done("zhangw", step_of(kFirst, "transfer", "--to wangf --reason 上海片区"));
        stage.done("zhengh", merge + " --reason 同一家医院");

        const auto survivor = stage.done("zhengh", step_of(kFirst, "show"), "查看档案");
        CHECK(survivor.at("values").at("alias_numbers").dump().find(provisional) !=
              std::string::npos);
        const auto visits =
            stage.done("zhengh", "communication list --customer " + std::string(kFirst));
        CHECK(visits.size() == 2);
        const auto made = stage.done("zhengh", "dup merges").at(0);
        CHECK(made.at("state") == "merged");
        CHECK(made.at("undo_until").get<std::string>().starts_with("2026-06-02"));
    }
}
