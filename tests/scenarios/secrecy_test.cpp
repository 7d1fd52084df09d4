// Scenarios of secrecy as the domain's page tells them: a mark and its end, the highest level and
// its circle, a proposal that lost to the calendar. Source: domain 7, AS-11, AS-12, C-16, C-17.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::string_view kMarkedFile = "杭州明润医药有限公司";

std::string of_marked(std::string_view verb, std::string_view rest = "") {
    return "customer " + std::string(verb) + " " + std::string(kMarkedFile) +
           (rest.empty() ? "" : " ") + std::string(rest);
}

/// A posted file of 李建国's in 华东, on his laptop.
void begin_marking(Stage& stage) {
    stage.at("2026-03-20 08:00");
    stage.gives_laptop("lijg");
    stage.done("liuy", of_marked("add",
                                 "--set owner_user_id=lijg --set region_id=HD --phone-main 0571-9 "
                                 "--business-need 天平 --source visit"));
    stage.done("liuy", of_marked("post"));
    stage.syncs("lijg");
}

std::string proposes_mark(Stage& stage, std::string_view who, std::string_view rest) {
    return stage
        .done(who, "secrecy-marking add --customer " + std::string(kMarkedFile) +
                       " --basis 重要业务往来 " + std::string(rest))
        .at("id")
        .get<std::string>();
}

void signs_mark(Stage& stage, std::string_view who) {
    for (const auto& each : stage.done(who, "approval list"))
        if (each.at("state") == "open")
            stage.done(who, "approval approve " + each.at("id").get<std::string>());
}

std::string level_of_marked(Stage& stage) {
    return stage.value("zhengh", "customer", kMarkedFile, "secrecy_level");
}

}  // namespace

TEST_SUITE("scenarios/secrecy") {
    TEST_CASE("AS-11 a mark takes a file off the laptop, and its end brings it back by itself") {
        Stage stage;
        begin_marking(stage);
        CHECK(
            stage.laptop("lijg", of_marked("show")).json().at("values").contains("business_need"));
        const auto mark = proposes_mark(stage, "zhangw", "--level 2 --expires-on 2026-06-30");
        CHECK(level_of_marked(stage) == "1");
        signs_mark(stage, "zhengh");
        CHECK(level_of_marked(stage) == "2");

        // Until N07 syncs it may still show the file: the service manager knows.
        const auto residue = stage.done("zhengh", "secrecy residue");
        REQUIRE(residue.size() == 1);
        CHECK(residue.at(0).at("user") == "李建国");
        CHECK(stage.office("lijg", "secrecy residue").fate() == "access.denied");
        stage.at("2026-03-20 21:00");
        stage.syncs("lijg");
        CHECK(stage.done("zhengh", "secrecy residue").empty());
        const auto left = stage.laptop("lijg", of_marked("show")).json().at("values");
        CHECK(left.at("name") == kMarkedFile);
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
        CHECK(level_of_marked(stage) == "2");
        stage.at("2026-07-01 00:05");
        stage.job("declassify");
        CHECK(level_of_marked(stage) == "1");
        CHECK(stage.value("zhengh", "secrecy-marking", mark, "state") == "expired");
        stage.syncs("lijg");
        CHECK(
            stage.laptop("lijg", of_marked("show")).json().at("values").contains("business_need"));
    }

    TEST_CASE("AS-12 of a top secret file a laptop has not even the name, whoever owns it") {
        Stage stage;
        begin_marking(stage);
        stage.gives_laptop("wangf");
        proposes_mark(stage, "zhengh", "--level 3 --circle xug、fengl、zhengh、wangf");
        CHECK(level_of_marked(stage) == "1");
        CHECK(stage.office("fengl", "approval list").json().empty());
        signs_mark(stage, "xug");
        CHECK(level_of_marked(stage) == "3");
        stage.at("2026-03-20 21:00");
        stage.syncs("lijg");
        stage.syncs("wangf");
        for (const char* each : {"lijg", "wangf"}) {
            CHECK(stage.laptop(each, of_marked("show")).fate() == "client.unknown_customer");
            CHECK(stage.laptop(each, "customer list").out.find("明润") == std::string::npos);
        }
        // Outside the circle nobody at the office knows it either, be it his region or his file.
        for (const char* each : {"zhangw", "lijg", "qianj"}) {
            CHECK(stage.office(each, of_marked("show"), "查看档案").fate() != "ok");
            CHECK(stage.office(each, "customer list", "查看档案").out.find("明润") ==
                  std::string::npos);
        }
        CHECK(stage.office("wangf", of_marked("show"), "商务谈判").out.find("明润") !=
              std::string::npos);
        CHECK(stage.office("wangf", "customer list", "商务谈判").out.find("明润") !=
              std::string::npos);
        CHECK(stage.office("xug", "export customer out.csv", "商务谈判").out.find("明润") ==
              std::string::npos);
    }

    TEST_CASE(
        "AS-11 an owner proposes a mark on his laptop, and the office asks who may approve it") {
        Stage stage;
        begin_marking(stage);
        stage.writes("lijg", "secrecy-marking add --customer " + std::string(kMarkedFile) +
                                 " --level 2 --basis 重要业务往来");
        CHECK(level_of_marked(stage) == "1");
        stage.syncs("lijg");
        signs_mark(stage, "zhengh");
        CHECK(level_of_marked(stage) == "2");
        const auto mark = stage.done("zhengh", "secrecy-marking list", "密级核对").at(0);
        CHECK(mark.at("expires_on") == "2031-03-20");
    }

    TEST_CASE(
        "C-17 a prolongation approved before the night holds, one approved after it does not") {
        for (const bool in_time : {true, false}) {
            Stage stage;
            begin_marking(stage);
            proposes_mark(stage, "zhangw", "--level 2 --expires-on 2026-06-30");
            signs_mark(stage, "zhengh");
            stage.at("2026-06-29 10:00");
            const auto longer = proposes_mark(stage, "zhangw", "--level 2 --expires-on 2027-06-30");
            if (in_time) signs_mark(stage, "zhengh");
            stage.at("2026-07-01 00:05");
            stage.job("declassify");
            CHECK(level_of_marked(stage) == (in_time ? "2" : "1"));
            CHECK(stage.value("zhengh", "secrecy-marking", longer, "state") ==
                  (in_time ? "marked" : "lapsed"));
        }
    }
}
