#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

TEST_SUITE("server/cli/organisation") {
    TEST_CASE("people are listed in aligned columns in both languages") {
        Counter counter;
        CHECK(counter.type("region list").out ==
              "Region code  Region name  Parent region  Manager\n"
              "ZB           总部         -              -\n"
              "HD           华东         -              -\n");
        CHECK(counter.type("region list --lang zh-CN").out ==
              "区域代码  区域名称  上级区域  负责人\n"
              "ZB        总部      -         -\n"
              "HD        华东      -         -\n");
        CHECK(counter.type("user show zhangw").out ==
              "Login            zhangw\n"
              "Employee number  zhangw\n"
              "Name             张伟\n"
              "Department       仪器销售部\n"
              "Region           华东\n"
              "Rank             staff\n"
              "Clearance        secret\n"
              "State            active\n"
              "Roles            regional manager\n");
    }

    TEST_CASE("under --json a command prints exactly one document") {
        Counter counter;
        const auto regions = counter.type("region list --json").json();
        REQUIRE(regions.size() == 2);
        CHECK(regions[1]["code"] == "HD");
        CHECK(regions[1]["name"] == "华东");
        const auto user = counter.type("user show lijg --json").json();
        CHECK(user["login"] == "lijg");
        CHECK(user["active"] == true);
        CHECK(user["roles"][0]["role"] == "salesperson");
        const auto added =
            counter.type("user add new --name 新人 --department YQ --region 华东 --json");
        CHECK(added.json()["login"] == "new");
    }

    TEST_CASE("roles are given by code or name and end at once") {
        Counter counter;
        CHECK(counter.type("role assign --user lijg --role 信息员").code == 0);
        CHECK(counter.type("user show lijg").says("salesperson、information clerk"));
        CHECK(counter.type("role revoke --user lijg --role info_clerk").code == 0);
        CHECK(!counter.type("user show lijg").says("information clerk"));
        CHECK(counter.type("role revoke --user lijg --role info_clerk")
                  .complains("(cli.role_not_held)"));
        CHECK(counter.type("role assign --user lijg --role king").complains("salesperson"));
        CHECK(counter.type("role list --user hanm --json").json().size() == 1);
    }

    TEST_CASE("regions get a new name, codes and logins stay unique") {
        Counter counter;
        CHECK(counter.type("region rename HD 华东大区").code == 0);
        CHECK(counter.type("region list").says("华东大区"));
        CHECK(counter.type("region add HD 又一个").code == 1);
        CHECK(counter.type("region add XX 新区 --parent 没有").complains("(cli.unknown_place)"));
        CHECK(counter.type("user add hanm --name 重名 --department YQ --region HD").code == 1);
        CHECK(counter.type("department add KF 客服部 --parent ZB").code == 0);
    }
}

}  // namespace
}  // namespace dossier::test
