// A scenario of files that pass to another owner, as the domain's page tells it. Source: domain 7,
// AS-27.
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

}  // namespace

TEST_SUITE("scenarios/handover") {
    TEST_CASE(
        "AS-27 the files of who leaves pass on their day; what he wrote before counts as his") {
        Stage stage;
        stage.at("2026-04-01 08:00");
        stage.gives_laptop("lijg");
        stage.gives_laptop("wangf");
        stage.writes("lijg", about("add",
                                   "--party-kind enterprise --contact 王海燕 --phone "
                                   "13900001111 --business-need 天平 --source visit"));
        stage.syncs("lijg");
        stage.done("liuy", about("edit", "--fax 0571-1"));
        stage.at("2026-04-20 09:00");
        stage.done("zhengh",
                   "handover add 离职 --user lijg --to-user-id wangf --kind leaver --effective-on "
                   "2026-05-01");
        const auto state = [&] {
            return stage.done("zhengh", "handover list").at(0).at("state").get<std::string>();
        };
        MESSAGE(stage.office("zhengh", "handover list").out);
        MESSAGE(stage.office("zhangw", "approval list").out);
        MESSAGE(stage.office("zhangw", "task list").out);
        MESSAGE(stage.office("zhangw", "handover show 离职").out);
        CHECK(state() == "requested");
    }
}
