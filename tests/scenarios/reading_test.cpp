// Scenarios of who reads what, what leaves the house, and what happens when something is lost, as
// the domain's page tells them. Source: domain 7, AS-10, AS-30 (its query), AS-37, AS-40 (its
// report).
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::string_view kReadFile = "杭州明润医药有限公司";

std::string of_read(std::string_view verb, std::string_view rest = "") {
    return "customer " + std::string(verb) + " " + std::string(kReadFile) +
           (rest.empty() ? "" : " ") + std::string(rest);
}

void begin_reading(Stage& stage) {
    stage.at("2026-03-20 08:00");
    stage.done("liuy", of_read("add",
                               "--set owner_user_id=lijg --set service_user_id=chenj --set "
                               "region_id=HD --phone-main 0571-9 --fax "
                               "0571-1 --business-need 天平 --source visit"));
    stage.done("liuy", of_read("post"));
}

void signs_all(Stage& stage, std::string_view who) {
    for (const auto& each : stage.done(who, "approval list"))
        if (each.at("state") == "open")
            stage.done(who, "approval approve " + each.at("id").get<std::string>());
}

bool reads_file(Stage& stage, std::string_view who) {
    const auto said = stage.office(who, of_read("show"), "核对客户资料");
    return said.code == 0 && said.json().at("values").contains("business_need");
}

}  // namespace

TEST_SUITE("scenarios/reading") {
    TEST_CASE("AS-10 who may see a file, and who asks for it") {
        Stage stage;
        begin_reading(stage);
        for (const char* each : {"lijg", "zhangw", "qianj", "fengl", "zhengh", "hanm", "xug"})
            CHECK_MESSAGE(reads_file(stage, each), each);
        for (const char* each : {"wangf", "zhaom", "luop"}) CHECK_FALSE(reads_file(stage, each));
        // Who is refused is told that he may ask.
        const auto refused = stage.office("zhaom", of_read("show"), "售后排查").json();
        REQUIRE(!refused.at("withheld").empty());

        const auto request =
            stage
                .done("zhaom", "access-request add 设备清单 --customer-ids " +
                                   std::string(kReadFile) + " --use 售后排查 --days 1")
                .at("id")
                .get<std::string>();
        CHECK_FALSE(reads_file(stage, "zhaom"));
        signs_all(stage, "fengl");
        CHECK(stage.value("zhaom", "access-request", request, "state") == "granted");
        CHECK(reads_file(stage, "zhaom"));
        CHECK(stage.office("zhaom", of_read("edit", "--fax 0571-2")).fate() != "ok");
        stage.at("2026-03-21 08:05");
        stage.job("expire_grants");
        CHECK_FALSE(reads_file(stage, "zhaom"));
    }

    TEST_CASE(
        "AS-30 who read a file in March is told with time and purpose, and the asking is kept") {
        Stage stage;
        begin_reading(stage);
        REQUIRE(reads_file(stage, "hanm"));
        const auto asked = [&] {
            std::size_t views = 0;
            std::size_t queries = 0;
            for (const auto& line :
                 stage.done("zhengh", "audit list --limit 500", "月度查阅核对")) {
                views += line.at("action") == "view" && line.value("purpose", "") == "核对客户资料";
                queries += line.at("action") == "audit";
            }
            return std::pair(views, queries);
        };
        CHECK(asked().first == 1);
        CHECK(asked().second == 1);
        CHECK(asked().second == 2);
    }

    TEST_CASE("AS-37 an outsider is given what the office has, on the customer's word alone") {
        Stage stage;
        begin_reading(stage);
        CHECK(stage.office("wangf", "export customer out.csv", "银行索取").fate() != "ok");
        const std::string asks = "disclosure add 某银行 --customer " + std::string(kReadFile) +
                                 " --use 授信核验 --given-fields fax";
        CHECK(stage.office("chenj", asks).fate() == "disclosure.basis");
        const auto consent =
            stage
                .done("liuy", "consent add 周明远 --customer " + std::string(kReadFile) +
                                  " --capacity legal_rep --scope disclosure --given-on 2026-03-19")
                .at("id")
                .get<std::string>();
        const auto id =
            stage.done("chenj", asks + " --consent-id " + consent).at("id").get<std::string>();
        signs_all(stage, "zhengh");
        stage.done("chenj", "disclosure give " + id, "授信核验");
        CHECK(stage.value("zhengh", "disclosure", id, "given_values").find("0571-1") !=
              std::string::npos);
        CHECK(stage.value("zhengh", "disclosure", id, "values_hash").size() == 64);
    }

    TEST_CASE("AS-40 a laptop that is lost is stopped by its report, and the superior answers") {
        Stage stage;
        stage.at("2026-04-10 08:00");
        stage.gives_laptop("wangf");
        stage.done("liuy",
                   of_read("add",
                           "--set owner_user_id=wangf --set region_id=HD --phone-main 0571-9 "
                           "--business-need 天平 --source visit"));
        stage.done("liuy", of_read("post"));
        stage.syncs("wangf");
        const auto code = stage.done("luop", "device list").at(0).at("code").get<std::string>();
        CHECK(stage
                  .laptop("wangf", "access-request add 设备清单 --customer-ids " +
                                       std::string(kReadFile) + " --use 拜访准备")
                  .fate() == "ok");
        stage.writes("wangf", "breach add 借阅件逾期 --kind late_return");
        stage.syncs("wangf");
        CHECK(stage.done("zhengh", "breach list").size() == 1);
        stage.done("wangf", "breach add 遗忘在列车上 --kind device_loss --device-id " + code);
        CHECK(stage.done("luop", "device show " + code).at("state") == "lost");
        std::string id;
        for (const auto& each : stage.done("zhengh", "breach list"))
            if (each.at("kind") == "device_loss") id = each.at("id").get<std::string>();
        CHECK(stage.value("zhengh", "breach", id, "held_there") == "1");
        const auto zhangw = stage.done("zhengh", "user show zhangw").at("id").get<std::string>();
        CHECK(stage.value("zhengh", "breach", id, "superior_user_id") == zhangw);
        stage.done("zhengh", "breach assign " + id + " --investigator-id wum");
        stage.done("wum", "breach investigate " + id + " --findings 属实");
        CHECK(stage.office("zhengh", "breach decide " + id + " --measures 重新培训").fate() ==
              "incident.liability");
        stage.done("zhengh", "breach decide " + id +
                                 " --measures 重新培训 --superior-liability no "
                                 "--liability-reason 已按规定检查");
        stage.done("zhengh", "breach close " + id);
    }
}
