// Scenarios of secrecy as the domain's page tells them: a mark and its end, the highest level and
// its circle, a proposal that lost to the calendar. Source: domain 7, AS-11, AS-12, C-16, C-17.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::string_view kFile = "杭州明润医药有限公司";

std::string about(std::string_view verb, std::string_view rest = "") {
    return "customer " + std::string(verb) + " " + std::string(kFile) + (rest.empty() ? "" : " ") +
           std::string(rest);
}

/// A posted file of 李建国's in 华东, on his laptop.
void begin(Stage& stage) {
    stage.at("2026-03-20 08:00");
    stage.gives_laptop("lijg");
    stage.done("liuy", about("add",
                             "--set owner_user_id=lijg --set region_id=HD --phone-main 0571-9 "
                             "--business-need 天平 --source visit"));
    stage.done("liuy", about("post"));
    stage.syncs("lijg");
}

std::string proposes(Stage& stage, std::string_view who, std::string_view rest) {
    return stage
        .done(who, "secrecy-marking add --customer " + std::string(kFile) +
                       " --basis 重要业务往来 " + std::string(rest))
        .at("id")
        .get<std::string>();
}

void signs(Stage& stage, std::string_view who) {
    for (const auto& each : stage.done(who, "approval list"))
        if (each.at("state") == "open")
            stage.done(who, "approval approve " + each.at("id").get<std::string>());
}

std::string level(Stage& stage) {
    return stage.value("zhengh", "customer", kFile, "secrecy_level");
}

}  // namespace

TEST_SUITE("scenarios/secrecy") {
    TEST_CASE("AS-11 a mark takes a file off the laptop, and its end brings it back by itself") {
        Stage stage;
        begin(stage);
        CHECK(stage.laptop("lijg", about("show")).json().at("values").contains("business_need"));
        const auto mark = proposes(stage, "zhangw", "--level 2 --expires-on 2026-06-30");
        CHECK(level(stage) == "1");
        signs(stage, "zhengh");
        CHECK(level(stage) == "2");

        // Until N07 syncs it may still show the file: the service manager knows.
        const auto residue = stage.done("zhengh", "secrecy residue");
        REQUIRE(residue.size() == 1);
        CHECK(residue.at(0).at("user") == "李建国");
        CHECK(stage.office("lijg", "secrecy residue").fate() == "access.denied");
        stage.at("2026-03-20 21:00");
        stage.syncs("lijg");
        CHECK(stage.done("zhengh", "secrecy residue").empty());
        const auto left = stage.laptop("lijg", about("show")).json().at("values");
        CHECK(left.at("name") == kFile);
        CHECK_FALSE(left.contains("business_need"));

        const auto told = [&](std::string_view who) {
            std::size_t count = 0;
            for (const auto& each : stage.done(who, "notification list"))
                count += each.at("kind") == "due_soon" ? 1 : 0;
            return count;
        };
        stage.at("2026-05-31 00:05");
        stage.job("declassify");
        CHECK(told("lijg") == 1);
        stage.at("2026-06-23 00:05");
        stage.job("declassify");
        CHECK(told("lijg") == 2);
        CHECK(told("zhengh") == 2);

        stage.at("2026-06-30 23:59");
        stage.job("declassify");
        CHECK(level(stage) == "2");
        stage.at("2026-07-01 00:05");
        stage.job("declassify");
        CHECK(level(stage) == "1");
        CHECK(stage.value("zhengh", "secrecy-marking", mark, "state") == "expired");
        stage.syncs("lijg");
        CHECK(stage.laptop("lijg", about("show")).json().at("values").contains("business_need"));
    }

    TEST_CASE("AS-12 of a top secret file a laptop has not even the name, whoever owns it") {
        Stage stage;
        begin(stage);
        stage.gives_laptop("wangf");
        proposes(stage, "zhengh", "--level 3 --circle xug、fengl、zhengh、wangf");
        CHECK(level(stage) == "1");
        CHECK(stage.office("fengl", "approval list").json().empty());
        signs(stage, "xug");
        CHECK(level(stage) == "3");
        stage.at("2026-03-20 21:00");
        stage.syncs("lijg");
        stage.syncs("wangf");
        for (const char* each : {"lijg", "wangf"}) {
            CHECK(stage.laptop(each, about("show")).fate() == "client.unknown_customer");
            CHECK(stage.laptop(each, "customer list").out.find("明润") == std::string::npos);
        }
        // Outside the circle nobody at the office knows it either, be it his region or his file.
        for (const char* each : {"zhangw", "lijg", "qianj"}) {
            CHECK(stage.office(each, about("show"), "查看档案").fate() != "ok");
            CHECK(stage.office(each, "customer list", "查看档案").out.find("明润") ==
                  std::string::npos);
        }
        CHECK(stage.office("wangf", about("show"), "商务谈判").out.find("明润") !=
              std::string::npos);
        CHECK(stage.office("wangf", "customer list", "商务谈判").out.find("明润") !=
              std::string::npos);
        CHECK(stage.office("xug", "export customer out.csv", "商务谈判").out.find("明润") ==
              std::string::npos);
    }

    TEST_CASE(
        "C-17 a prolongation approved before the night holds, one approved after it does not") {
        for (const bool in_time : {true, false}) {
            Stage stage;
            begin(stage);
            proposes(stage, "zhangw", "--level 2 --expires-on 2026-06-30");
            signs(stage, "zhengh");
            stage.at("2026-06-29 10:00");
            const auto longer = proposes(stage, "zhangw", "--level 2 --expires-on 2027-06-30");
            if (in_time) signs(stage, "zhengh");
            stage.at("2026-07-01 00:05");
            stage.job("declassify");
            CHECK(level(stage) == (in_time ? "2" : "1"));
            CHECK(stage.value("zhengh", "secrecy-marking", longer, "state") ==
                  (in_time ? "marked" : "lapsed"));
        }
    }
}
