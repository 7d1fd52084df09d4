#include <doctest/doctest.h>

#include "protocol/messages.hpp"

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

/// A laptop of the person, active since the clock's present.
DeviceId laptop_of(Counter& counter, std::string_view login, std::string_view code) {
    server::Unit unit(*counter.store);
    server::DeviceRow row;
    row.device = counter.office.ids().make<DeviceId>();
    row.user = *counter.office.people().user_by_login(login);
    row.code = code;
    row.public_key.fill(static_cast<std::uint8_t>(code.back()));
    row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    row.enrolled_at = counter.clock.now();
    counter.store->save_device(row);
    unit.commit();
    return row.device;
}

void synced(Counter& counter, server::SessionRow row) {
    server::Unit unit(*counter.store);
    row.user = counter.store->device(row.device)->user;
    row.started_at = counter.clock.now();
    row.ended_at = row.started_at.plus(std::chrono::milliseconds(2500));
    counter.store->save_session(row);
    unit.commit();
}

TEST_SUITE("server/cli/syncs") {
    TEST_CASE("a session says who, when, how much and whether it was cut") {
        Counter counter;
        const auto device = laptop_of(counter, "lijg", "N07");
        synced(counter, {.device = device,
                         .finished = true,
                         .verified = true,
                         .changesets = 3,
                         .ops = 5,
                         .applied = 4,
                         .merged = 1,
                         .bytes_in = 2000,
                         .clock_offset_ms = 2100});
        synced(counter, {.device = device, .unsent = 4, .changesets = 1, .ops = 1});
        const auto list = counter.type("session list --json").json();
        REQUIRE(list.size() == 2);
        CHECK(list[0]["finished"] == false);
        CHECK(list[0]["unsent_at_start"] == 4);
        CHECK(list[1]["user"] == "李建国");
        CHECK(list[1]["merged"] == 1);
        CHECK(list[1]["duration_ms"] == 2500);
        CHECK(counter.type("session list").says("cut, or under way"));
        CHECK(counter.type("session show 1").says("2100 ms"));
        CHECK(counter.type("session show 9").complains("(session.unknown)"));
        CHECK(counter.type("session list --as lijg").code == 20);
        CHECK(counter.type("session list --as hanm").code == 0);
        const auto ledger = counter.type("device ledger N07 --json").json();
        CHECK(ledger["sessions"] == 2);
        CHECK(ledger["cut"] == 1);
        CHECK(ledger["ops"] == 6);
        CHECK(ledger["unsent"] == 3);
        CHECK(ledger["bytes_in"] == 2000);
    }
    TEST_CASE("late names overdue laptops, unsent work and waiting matters, oldest first") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        laptop_of(counter, "wangf", "N11");
        const auto device = laptop_of(counter, "lijg", "N07");
        CHECK(counter.type("late").says("nothing is late"));
        counter.clock.set(counter.clock.now().plus(std::chrono::hours(24 * 4)));
        counter.edit("lijg", "精密", "legal_rep", "", "赵钱");
        synced(counter, {.device = device, .unsent = 2});
        const auto late = counter.type("late --days 3 --as hanm --json").json();
        REQUIRE(late.size() == 4);
        CHECK(late[0]["what"] == "overdue");
        CHECK(late[0]["since"].get<std::string>() <= late[3]["since"].get<std::string>());
        CHECK(late.dump().find("\"unsent\"") != std::string::npos);
        CHECK(late.dump().find("\"proposal\"") != std::string::npos);
        CHECK(counter.type("late --days 9 --as hanm --json").json().size() == 2);
        CHECK(counter.type("late --as lijg").code == 20);
    }
}

TEST_SUITE("server/cli/duplicates") {
    TEST_CASE("a pair is found, shown, merged after a preview and taken back") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.has_customer("上海精密仪器股份有限公司");
        CHECK(counter.type("dup scan").says("0 new"));  // no pair is the administrator's
        CHECK(counter.type("dup list --as hanm --json").json().size() == 1);
        const auto list = counter.type("dup list --as hanm --json").json();
        REQUIRE(list.size() == 1);
        CHECK(list[0]["score"] == 10'000);
        const auto a = list[0]["a"]["number"].get<std::string>();
        const auto b = list[0]["b"]["number"].get<std::string>();
        CHECK(counter.type("dup list --as lijg --json").json().empty());
        CHECK(counter.type("dup show 1 --as hanm").says("Customer name"));
        const std::string merge = "dup merge " + b + " " + a + " --take name --as hanm";
        CHECK(counter.type(merge + " --dry-run").code == 0);
        CHECK(counter.type("customer list --as hanm --json").json().size() == 2);
        const auto said = counter.type(merge + " --reason 同一家");
        CHECK(said.says("merged as number 1"));
        CHECK(counter.type("customer list --as hanm --json").json().size() == 1);
        // The absorbed number is an alias.
        CHECK(counter.run({"customer", "show", b, "--as", "hanm"}).says(a));
        CHECK(counter.type("dup merges --as hanm --json").json()[0]["state"] == "merged");
        CHECK(counter.type("dup list --as hanm --json").json().empty());
        CHECK(counter.type("dup unmerge 1 --as hanm").code == 20);
        CHECK(counter.type(merge).complains("(intake.merge_cycle)"));
        CHECK(counter.type("verify").code == 0);
    }
    TEST_CASE("posting a file that looks like another keeps both and tells the clerk") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(counter
                  .run({"customer", "add", "上海精密仪器股份有限公司", "--party-kind", "enterprise",
                        "--as", "hanm"})
                  .code == 0);
        const auto posted =
            counter.run({"customer", "post", "上海精密仪器股份有限公司", "--as", "hanm"});
        CHECK(posted.code == 0);
        CHECK(posted.complains("1 possible duplicates"));
        CHECK(counter.type("dup list --as hanm --json").json().size() == 1);
        CHECK(counter.type("customer list --as hanm --json").json().size() == 2);
    }
    TEST_CASE(
        "a file that is most likely another is held up at posting until the pair is decided") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(counter
                  .run({"customer", "add", "上海精密仪器股份有限公司", "--party-kind", "enterprise",
                        "--phone-main", "021-55550001", "--as", "hanm"})
                  .code == 0);
        const auto posted =
            counter.run({"customer", "post", "上海精密仪器股份有限公司", "--as", "hanm"});
        CHECK(posted.complains("(intake.likely_twin)"));
        CHECK(counter.type("dup list --as hanm --json").json().size() == 1);
        CHECK(counter.type("dup not-dup 1 --as hanm --reason 两家").code == 0);
        CHECK(counter.run({"customer", "post", "上海精密仪器股份有限公司", "--as", "hanm"}).code ==
              0);
    }
    TEST_CASE("a pair that is two customers is remembered") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.has_customer("上海精密仪器股份有限公司");
        counter.type("dup scan");
        CHECK(counter.type("dup not-dup 1 --as hanm --reason 两家").code == 0);
        CHECK(counter.type("dup scan").says("0 new, 0 changed"));
        CHECK(counter.type("dup list --as hanm --json").json().empty());
        CHECK(counter.type("dup list --all --as hanm --json").json()[0]["state"] ==
              "not_duplicate");
    }
}

TEST_SUITE("server/cli/batch") {
    TEST_CASE("many cases are previewed, ruled by one rule, and each can be taken back") {
        Counter counter;
        for (const auto* name : {"上海精密仪器有限公司", "宁波远航零售有限公司"}) {
            counter.has_customer(name);
            counter.edit("hanm", name, "name", name, std::string(name) + "甲");
            counter.edit("lijg", name, "name", name, std::string(name) + "乙");
        }
        counter.edit("hanm", "精密", "tax_no", "", "330100123456789");
        counter.edit("lijg", "精密", "tax_no", "", "330100123456780");
        const std::string order = "case batch --rule candidate-of --of lijg --as hanm";
        const auto preview = counter.type(order + " --dry-run --json").json();
        REQUIRE(preview["cases"].size() == 2);
        CHECK(preview["excluded"].size() == 1);
        CHECK(preview["settled"] == 0);
        CHECK(counter.type("case list --as hanm --json").json().size() == 3);
        const auto done = counter.type(order + " --reason 以负责人为准 --json").json();
        CHECK(done["settled"] == 2);
        CHECK(counter.type("case list --as hanm --json").json().size() == 1);
        CHECK(counter.type("customer show 精密 --as hanm").says("上海精密仪器有限公司乙"));
        CHECK(counter.type("case undo 1 --as hanm").code == 0);
        CHECK(counter.type("customer show 精密 --as hanm").says("上海精密仪器有限公司甲"));
        CHECK(counter.type("case batch --rule newest --as lijg --json").json()["settled"] == 0);
        CHECK(counter.type("case batch --rule oldest --as hanm").code == 2);
        CHECK(counter.type("case batch --rule current --field 客户名称 --as hanm --json")
                  .json()["settled"] == 1);
        CHECK(counter.type("audit list --json").out.find("\"batch\"") != std::string::npos);
    }
}

TEST_SUITE("server/cli/as_of") {
    TEST_CASE("what somebody could see then is answered from what the office had received then") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto day = std::chrono::hours(24);
        counter.clock.advance(day);
        CHECK(counter.type("customer transfer 精密 --to wangf --as zhangw").code == 0);
        counter.clock.advance(day);
        CHECK(counter.type("grant add --user lijg --customer 精密 --purpose 展会拜访 --as zhangw")
                  .code == 0);
        counter.clock.advance(day);
        const auto view = [&](std::string_view date, std::string_view login) {
            const auto said = counter.run({"access", "as-of", std::string(date), "--user",
                                           std::string(login), "--customer", "精密", "--json",
                                           "--as", "sunli", "--purpose", "内部核查"});
            CHECK(said.code == 0);
            return said.json();
        };
        const auto rule = [&](std::string_view date, std::string_view login) {
            return view(date, login)["parts"][1]["view"]["answer"].get<std::string>();
        };
        CHECK(view("2026-03-01", "lijg")["existed"] == false);
        CHECK(rule("2026-03-02", "lijg").find("3.2-4 scope") != std::string::npos);
        CHECK(rule("2026-03-02", "lijg") != rule("2026-03-03", "lijg"));
        CHECK(rule("2026-03-02", "wangf") == rule("2026-03-03", "lijg"));
        CHECK(rule("2026-03-03", "wangf") == rule("2026-03-02", "lijg"));
        CHECK(rule("2026-03-04", "lijg").find("3.2-4 grant") != std::string::npos);
        // Looking back changes nothing.
        CHECK(counter.type("verify").code == 0);
        CHECK(counter.type("customer show 精密 --as wangf").code == 0);
    }
    TEST_CASE("counts are by region and level, and only who reads the audit may ask") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto counts =
            counter.type("access as-of 2026-03-02 --user lijg --json --as luop").json();
        REQUIRE(counts["counts"].size() == 1);
        CHECK(counts["counts"][0]["readable"] == 1);
        CHECK(counts["counts"][0]["editable"] == 1);
        CHECK(counts["roles"] == "salesperson");
        const auto before =
            counter.type("access as-of 2026-03-01 --user lijg --json --as luop").json();
        CHECK(before["active"] == false);
        CHECK(before["counts"].empty());
        CHECK(counter.type("access as-of 2026-03-02 --user lijg --as wangf").code == 20);
        CHECK(counter.type("access as-of heute --user lijg").code == 2);
    }
}

}  // namespace
}  // namespace dossier::test
