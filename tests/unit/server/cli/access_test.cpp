#include <array>

#include <doctest/doctest.h>

#include "server/actions/audit_words.hpp"
#include "server/actions/offered.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

TEST_SUITE("server/cli/access") {
    TEST_CASE("what a role may not do is refused with exit code 20 and changes nothing") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        for (const char* line :
             {"user add x --name 某人 --department YQ --region HD --as lijg",
              "region add HB 华北 --as hanm", "device list --as hanm",
              "customer transfer 精密 --to wangf --as hanm",
              "grant add --user wangf --customer 精密 --purpose 展会拜访 --as hanm",
              "audit list --as lijg --purpose 随便看看", "session list --as lijg",
              "export customer out.csv --as lijg --purpose 随便看看"}) {
            CAPTURE(line);
            const auto said = counter.type(line);
            CHECK(said.code == 20);
            CHECK(said.out.empty());
            CHECK(said.complains("(access."));
        }
        CHECK(counter.type("user list --json").json().size() == 6);
        CHECK(counter.type("grant list --as sunli --json").json().empty());
    }

    TEST_CASE("who shows or changes customers must be named, and must be in service") {
        Counter counter;
        CHECK(counter.type("customer list").code == 2);
        CHECK(counter.type("customer list").complains("(cli.who_acts)"));
        CHECK(counter.type("customer list --as nobody").code == 1);
        CHECK(counter.type("user disable lijg").code == 0);
        const auto said = counter.type("customer list --as lijg");
        CHECK(said.code == 20);
        CHECK(said.complains("(access.inactive)"));
    }

    TEST_CASE(
        "a secret file asks for a purpose, is withheld from others, and every read is noted") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.marks("精密", 2);
        const auto without = counter.type("customer show 精密 --as sunli");
        CHECK(without.complains("access.purpose_needed"));
        CHECK(!without.says("021-55550001"));
        const auto with = counter.type("customer show 精密 --as sunli --purpose 季度核定");
        CHECK(with.code == 0);
        CHECK(with.says("021-55550001"));
        const auto other = counter.type("customer show 精密 --as wangf --json");
        CHECK(other.code == 0);
        CHECK(!other.says("021-55550001"));
        CHECK(!other.json()["withheld"].empty());
        const auto lines = counter.type("audit list --as sunli --purpose 月度审核 --json").json();
        const auto views = std::count_if(lines.begin(), lines.end(), [](const auto& line) {
            return line["action"] == "view" && line["purpose"] == "季度核定";
        });
        CHECK(views == 1);
    }

    TEST_CASE("the administrator sees that things happened, not to whom") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto said = counter.type("audit list --json");
        REQUIRE(said.code == 0);
        CHECK(said.json().back()["action"] == "post");
        CHECK(!said.json().back().contains("record"));
        CHECK(counter.type("customer list --as luop --json").json().empty());
        CHECK(counter.type("audit verify").says("audit lines hold together"));
    }

    TEST_CASE("the audit is read in words of either language and kept in codes") {
        Counter counter;
        counter.has_customer("杭州明润医药有限公司");
        counter.edit("lijg", "杭州明润医药有限公司", "name", "杭州明润医药有限公司", "明润集团");
        counter.marks("杭州", 2);
        for (const char* line :
             {"customer list --as hanm", "customer show 杭州 --as lijg",
              "user reset-link lijg --as luop", "dup scan --as luop",
              "access explain --user lijg --customer 杭州 --as hanm",
              "config set offline.max_days 5 --as luop", "job run scan_duplicates --as luop"})
            counter.type(line);
        const std::string asked = "audit list --limit 500 --as sunli --purpose 月度审核";
        const auto told = counter.type("--lang zh-CN " + asked);
        std::size_t lines = 0;
        for (const auto& line : counter.type(asked + " --json").json()) {
            const auto action = line["action"].get<std::string>();
            const auto result = line["result"].get<std::string>();
            CHECK_MESSAGE(server::audit_action_words(action), action);
            CHECK_MESSAGE(server::audit_result_words(result), result);
            ++lines;
        }
        CHECK(lines > 20);
        for (const char* code : {"reset_link", "  ok", "duplicate_candidate", "config  "})
            CHECK_MESSAGE(!told.says(code), code);
        CHECK(told.says("发重设链接"));
    }

    TEST_CASE("of customer files nobody is offered what none of his roles may do") {
        const auto offered = [](const char* name, access::Role role) {
            return server::is_offered(*server::find_action(name), std::array{role});
        };
        using access::Role;
        for (const char* name : {"customer.add", "customer.import", "import", "export",
                                 "customer.export", "contact.edit", "communication.add"})
            CHECK_MESSAGE(!offered(name, Role::SystemAdmin), name);
        CHECK(offered("region.export", Role::SystemAdmin));
        CHECK(offered("customer.add", Role::Salesperson));
        CHECK_FALSE(offered("customer.export", Role::InfoClerk));
        CHECK_FALSE(offered("dup.unmerge", Role::InfoClerk));
        CHECK_FALSE(offered("customer.transfer", Role::InfoClerk));
        CHECK(offered("dup.unmerge", Role::ServiceManager));
        CHECK(offered("customer.export", Role::ServiceManager));
        CHECK(offered("customer.card", Role::Salesperson));
        CHECK_FALSE(offered("customer.card", Role::Auditor));
        CHECK(offered("customer.transfer", Role::Salesperson));
    }

    TEST_CASE("a grant opens a file for a time and can be taken back") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(!counter.type("customer show 精密 --as wangf").says("021-55550001"));
        CHECK(counter.type("grant add --user wangf --customer 精密 --as zhangw")
                  .complains("(grant.purpose)"));
        const auto added = counter.type(
            "grant add --user wangf --customer 精密 --ops view,offline --days 5 --purpose 展会拜访 "
            "--as zhangw --json");
        REQUIRE(added.code == 0);
        CHECK(counter.type("customer show 精密 --as wangf").says("021-55550001"));
        const auto id = added.json()["id"].get<std::string>();
        CHECK(counter.type("grant list --as zhangw").says(id));
        CHECK(counter.run({"grant", "revoke", id, "--as", "zhangw"}).code == 0);
        CHECK(!counter.type("customer show 精密 --as wangf").says("021-55550001"));
        CHECK(counter
                  .type("grant add --user wangf --customer 精密 --ops offline --days 8 --purpose "
                        "展会拜访 --as zhangw")
                  .complains("(grant.limits)"));
    }

    TEST_CASE("explain names the rule for every part and the scopes on the laptop") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto own =
            counter.type("access explain --user lijg --customer 精密 --as hanm --json").json();
        CHECK(own[0]["facet"] == "directory");
        CHECK(own[0]["view"]["rule"] == "3.3 directory");
        CHECK(own[1]["view"]["rule"] == "3.2-4 scope");
        CHECK(own[1]["edit"]["rule"] == "3.3 matrix");
        CHECK(own[1]["edit_controlled"]["rule"] == "WF-17 proposal");
        CHECK(own[1]["offline_scopes"].size() == 1);
        const auto others =
            counter.type("access explain --user wangf --customer 精密 --as hanm --json").json();
        CHECK(others[1]["offline_scopes"].empty());
        const auto words =
            counter.type("access explain --user lijg --customer 精密 --as hanm --lang zh-CN");
        CHECK(words.says("允许：按归属与职责范围（3.2-4 scope）"));
    }
}

}  // namespace
}  // namespace dossier::test
