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
        stage.done(
            "liuy",
            about("add",
                  "--set owner_user_id=lijg --set region_id=HD --phone-main 0571-9 --business-need "
                  "天平 --source visit"));
        stage.done("liuy", about("post"));
        stage.done("liuy", about("edit", "--fax 0571-1"));
        stage.at("2026-04-27 09:00");
        stage.syncs("lijg");
        stage.done("zhengh",
                   "handover add 离职 --user lijg --to-user-id wangf --kind leaver --effective-on "
                   "2026-05-01");
        const auto state = [&] {
            return stage.done("zhengh", "handover list").at(0).at("state").get<std::string>();
        };
        CHECK(state() == "requested");
        const auto sign = stage.done("zhangw", "approval list").at(0).at("id").get<std::string>();
        stage.done("zhangw", "approval approve " + sign);
        CHECK(state() == "approved");
        const auto handover =
            stage.done("zhengh", "handover list").at(0).at("id").get<std::string>();
        stage.syncs("lijg");
        stage.writes("lijg", "handover hand-over " + handover);
        stage.syncs("lijg");
        stage.done("wangf", "handover take-over " + handover);
        CHECK(state() == "taken_over");

        const auto wangf = stage.done("zhengh", "user show wangf").at("id").get<std::string>();

        // What he writes until the day is his; what he writes after it waits for the new owner.
        stage.at("2026-04-29 10:00");
        stage.writes("lijg", "visit add 交接新负责人 --purpose 告别拜访 -c " + std::string(kFile));
        stage.at("2026-04-30 10:00");
        stage.writes("lijg", about("edit", "--fax 0571-2"));
        stage.at("2026-05-01 00:05");
        stage.job("take_due_steps");
        CHECK(state() == "effective");
        CHECK(stage.value("zhengh", "customer", kFile, "owner_user_id") == wangf);
        stage.at("2026-05-02 10:00");
        stage.laptop("lijg", about("edit", "--phone-main 0571-3"));
        stage.at("2026-05-03 21:00");
        stage.syncs("lijg");
        CHECK(stage.value("zhengh", "customer", kFile, "fax") == "0571-2");
        CHECK(stage.value("zhengh", "customer", kFile, "phone_main") == "0571-9");
        const auto proposal = stage.done("zhengh", "proposal list").at(0);
        CHECK(proposal.at("field") == "phone_main");
        CHECK(proposal.at("proposed_by") == "李建国");
        CHECK(stage.done("zhengh", "communication list --customer " + std::string(kFile)).size() ==
              1);
        // The file leaves his laptop and comes to hers.
        stage.syncs("lijg");
        stage.syncs("wangf");
        CHECK(stage.laptop("lijg", about("show")).fate() == "client.unknown_customer");
        CHECK(stage.laptop("wangf", about("show")).fate() == "ok");
    }
}
