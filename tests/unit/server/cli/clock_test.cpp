// The office's time at the counter, and anchors of its audit.
#include <doctest/doctest.h>

#include "common/sqlite/connection.hpp"

#include "server/accounts/audit_told.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

constexpr std::chrono::hours kYear{24 * 365};

/// Changes the database as who has its disk and key would.
void tamper(Counter& counter, const std::string& sql) {
    {
        sqlite::Connection db({.path = counter.store.path(), .vfs = {}});
        db.exec(sql);
    }
    // What the store remembers of the end goes with a unit that is undone.
    const server::Unit unit(*counter.store);
}

std::string lines(Counter& counter) {
    return std::to_string(counter.type("audit verify --json").json()["lines"].get<int>());
}

}  // namespace

TEST_SUITE("server/cli/clock") {
    TEST_CASE("a clock that is behind is told in status, and accepted only with a reason") {
        Counter counter;
        CHECK(counter.type("status --json").json()["clock_behind_ms"] == 0);
        CHECK(counter.type("--as luop clock accept --reason 试试").complains("clock.not_behind"));
        const Instant right = counter.clock.now();
        counter.clock.set(right.plus(-kYear));
        CHECK(counter.type("status").says("365.0 days behind"));
        CHECK(counter.run({"--lang", "zh", "status"}).says("校准服务器时钟"));
        const auto shown = counter.type("clock show --json").json();
        CHECK(shown["in_doubt"] == true);
        CHECK(shown["office"] == iso_utc(right));
        CHECK(counter.type("--as luop clock accept").code == 2);
        CHECK(counter.type("--as hanm clock accept --reason 试试").complains("access.denied"));
        CHECK(counter.type("--as luop clock accept --reason 曾走快一年").code == 0);
        CHECK(counter.type("clock show --json").json()["in_doubt"] == false);
        CHECK(counter.type("--as luop audit list --json").says("clock.accept"));
    }
    TEST_CASE("an invite is void when it would be good for longer than any may be") {
        Counter counter;
        counter.clock.advance(kYear);
        CHECK(counter.type("--as luop invite create --user lijg --host office:7443").code == 0);
        counter.clock.set(counter.clock.now().plus(-kYear));
        CHECK(counter.type("--as luop clock accept --reason 曾走快一年").says("invites are void"));
    }
}

TEST_SUITE("server/cli/anchor") {
    TEST_CASE("an anchor shows that the end of the audit was cut, and verify names the line") {
        Counter counter;
        const auto made = counter.type("--as luop audit anchor --json").json();
        const auto anchor = made["anchor"].get<std::string>();
        const auto file = counter.write("anchors.txt", "# 每日\n" + anchor + "\n\n");
        CHECK(counter.run({"audit", "verify", "--against", anchor}).code == 0);
        CHECK(counter.run({"audit", "verify", "--against", file}).says("agree with 2"));
        const auto head = made["head"].get<std::string>();
        CHECK(counter.run({"audit", "verify", "--against", head.substr(0, 16)}).code == 0);
        CHECK(counter.run({"audit", "verify", "--against", "0123"}).complains("not_an_anchor"));
        CHECK(counter.run({"audit", "verify", "--against", std::string(16, '0')})
                  .complains("audit.head_unknown"));
        const int last = made["lines"].get<int>();
        tamper(counter, "DELETE FROM office_audit WHERE seq>" + std::to_string(last - 2));
        // The chain alone holds; the anchors do not.
        const auto cut = counter.run({"audit", "verify", "--against", file});
        CHECK(cut.code == 17);
        CHECK(cut.complains("ends at line " + std::to_string(last - 2)));
        // The last anchor the office made speaks also when nobody kept one.
        CHECK(counter.type("audit verify").complains("audit.cut"));
        CHECK(counter.type("verify").complains("audit.cut"));
    }
    TEST_CASE("a tail that was written anew is found between two anchors") {
        Counter counter;
        const auto good = counter.type("--as luop audit anchor --json").json();
        counter.has_customer("杭州明润医药有限公司");
        const auto bad = counter.type("--as luop audit anchor --json").json();
        const auto file = counter.write("anchors.txt", good["anchor"].get<std::string>() + "\n" +
                                                           bad["anchor"].get<std::string>() + "\n");
        CHECK(counter.run({"audit", "verify", "--against", file}).code == 0);
        const int from = good["lines"].get<int>();
        tamper(counter, "DELETE FROM office_audit WHERE seq>" + std::to_string(from));
        for (int at = from; at <= bad["lines"].get<int>(); ++at)
            counter.type("--as luop audit list");
        const auto found = counter.run({"audit", "verify", "--against", file});
        CHECK(found.code == 17);
        CHECK(found.complains("what follows line " + std::to_string(from) + " was rewritten"));
    }
    TEST_CASE("the first line that was changed or is missing is named") {
        Counter counter;
        REQUIRE(std::stoi(lines(counter)) > 6);
        tamper(counter, "UPDATE office_audit SET action='x' WHERE seq=4");
        CHECK(counter.type("audit verify").complains("from line 4 on"));
        CHECK(counter.type("verify").complains("audit line 4 was changed"));
        tamper(counter, "DELETE FROM office_audit WHERE seq=3");
        CHECK(counter.type("audit verify").complains("from line 3 on"));
        CHECK(counter.type("verify").complains("audit line 3 is missing"));
    }
    TEST_CASE("an anchor nobody here signed proves nothing") {
        Counter counter;
        auto anchor =
            counter.type("--as luop audit anchor --json").json()["anchor"].get<std::string>();
        anchor.back() = anchor.back() == '0' ? '1' : '0';
        CHECK(counter.run({"audit", "verify", "--against", anchor})
                  .complains("audit.anchor_of_other"));
    }
    TEST_CASE("what a laptop remembers otherwise is told in status") {
        Counter counter;
        CHECK(counter.type("status --json").json()["audit_differs"].is_null());
        {
            server::Unit unit(*counter.store);
            server::note_differs(*counter.store, {counter.clock.now(), {}, 412});
            unit.commit();
        }
        CHECK(counter.type("status").says("412"));
        CHECK(counter.type("status --json").json()["audit_differs"]["line"] == 412);
    }
}

}  // namespace dossier::test
