// Reports as people run them: whose rows they get, what they may not know of, and what is noted.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "common/catalog/organisation.hpp"

#include "tests/support/values.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

using action::Json;

/// An office in which three salespeople of two regions first met one customer each on 2 March:
/// 王芳 of 华东 has not handed hers in by the 10th, 李建国 has, 赵强 of 华南 has not.
struct Reporting : Counter {
    Reporting() {
        for (const char* line :
             {"region add HN 华南",
              "user add hejun --name 何军 --department ZB --region HN --clearance 2 --role "
              "regional_manager",
              "user add zhaoq --name 赵强 --department YQ --region HN --superior hejun --role "
              "salesperson",
              "user add xug --name 许刚 --department ZB --region ZB --clearance 3 --role "
              "general_manager"})
            REQUIRE(type(line).code == 0);
        mingrun = meets("lijg", "杭州明润医药");
        kangning = meets("wangf", "康宁药房");
        yuanhang = meets("zhaoq", "远航零售");
        clock.set(at("2026-03-05 15:00"));
        REQUIRE(submits("lijg", mingrun) == "ok");
        clock.set(at("2026-03-10 08:00"));
    }

    RecordId meets(std::string_view login, std::string_view name) {
        const auto id = office.ids().make<RecordId>();
        const auto done = does(
            login, {.kind = merge::OpKind::Create,
                    .record_kind = kCustomer.tag,
                    .record = id,
                    .fields = values_of(kCustomer, {{"name", words(name)},
                                                    {"party_kind", words("person")},
                                                    {"phone_main", words("0571-1000")},
                                                    {"business_need", words("天平")},
                                                    {"source", words("visit")},
                                                    {"street_address", words("文三路 1 号")}})});
        DOSSIER_CHECK(done == "ok");
        return id;
    }
    std::string submits(std::string_view login, const RecordId& file) {
        return does(login, {.kind = merge::OpKind::Event,
                            .record_kind = kCustomer.tag,
                            .record = file,
                            .event = "submit"});
    }
    Said runs(std::string_view login, std::string_view rest = "") {
        return type("report run RP-14 " + std::string(rest) + " --json --as " + std::string(login));
    }
    static Json section(const Said& said, std::size_t at) {
        return said.json()["sections"][at]["rows"];
    }
    /// Whose rows somebody gets, by name.
    std::set<std::string> people(std::string_view login, std::string_view rest = "") {
        std::set<std::string> names;
        for (const auto& row : section(runs(login, rest), 0)) {
            if (row["person"].is_object()) names.insert(row["person"]["name"].get<std::string>());
        }
        return names;
    }
    std::vector<std::string> late(std::string_view login, std::string_view rest = "") {
        std::vector<std::string> titles;
        for (const auto& row : section(runs(login, rest), 2)) {
            const auto& subject = row["subject"];
            titles.push_back(subject.contains("title") ? subject["title"].get<std::string>()
                                                       : "+" + subject["others"].dump());
        }
        return titles;
    }
    std::vector<server::AuditLine> audit() {
        const server::Unit unit(*store);
        return store->audit(0, 10'000);
    }

    RecordId mingrun, kangning, yuanhang;

  private:
    std::string does(std::string_view login, merge::Op op) {
        server::Unit unit(*store);
        office.people().forget();
        const auto author = *office.people().user_by_login(login);
        const auto done = office.change(author, {.source = "cli", .ops = {std::move(op)}});
        unit.commit();
        return done ? "ok" : std::string(done.error().id());
    }
};

using Names = std::set<std::string>;
using Titles = std::vector<std::string>;

}  // namespace

TEST_SUITE("server/reports") {
    TEST_CASE("a draft not handed in stands with its author and his superior from the 8th day on") {
        Reporting office;
        for (const auto* login : {"wangf", "zhangw"}) {
            CAPTURE(login);
            const auto rows = Reporting::section(office.runs(login), 2);
            REQUIRE(rows.size() == 1);
            CHECK(rows[0]["subject"]["title"] == "康宁药房");
            CHECK(rows[0]["person"]["name"] == "王芳");
            CHECK(rows[0]["limit"] == "2026-03-09");
            CHECK(rows[0]["days_late"] == 1);
            CHECK(rows[0]["done"].is_null());
        }
        CHECK(office.late("wangf", "--as-of 2026-03-09").empty());
        CHECK(office.people("wangf", "--as-of 2026-03-09").empty());
    }

    TEST_CASE("handed in on the 10th day it is taken, and late") {
        Reporting office;
        office.clock.set(at("2026-03-12 09:00"));
        CHECK(office.submits("wangf", office.kangning) == "ok");
        office.clock.set(at("2026-03-20 09:00"));
        const auto said = office.runs("zhangw");
        const auto rows = Reporting::section(said, 2);
        REQUIRE(rows.size() == 1);
        CHECK(rows[0]["done"] == "2026-03-12");
        CHECK(rows[0]["days_late"] == 3);
        const auto people = Reporting::section(said, 0);
        REQUIRE(people.size() == 3);
        CHECK(people[2]["due"] == 2);
        CHECK(people[2]["in_time"] == 1);
        CHECK(people[2]["score"] == 500);
        CHECK(office.type("report run RP-14 --as zhangw").says("50.0"));
        // As things stood before it was handed in.
        CHECK(Reporting::section(office.runs("zhangw", "--as-of 2026-03-11"), 2)[0]["done"]
                  .is_null());
    }

    TEST_CASE("everybody gets the rows that domain 3.3 gives him, and no other") {
        Reporting office;
        CHECK(office.people("lijg") == Names{"李建国"});
        CHECK(office.people("wangf") == Names{"王芳"});
        CHECK(office.people("zhangw") == Names{"李建国", "王芳"});
        CHECK(office.people("hejun") == Names{"赵强"});
        const Names all{"李建国", "王芳", "赵强"};
        CHECK(office.people("sunli") == all);
        CHECK(office.people("xug") == all);
        CHECK(office.late("hejun") == Titles{"远航零售"});
        // The administrator keeps the machines and reads nobody's scores.
        CHECK(office.runs("luop").complains("(access.denied)"));
        CHECK(office.type("report list --json --as luop").json().empty());
        CHECK(office.type("report list --json --as lijg").json().size() == 2);
    }

    TEST_CASE("one person alone is asked for by whoever sees his rows") {
        Reporting office;
        CHECK(office.people("sunli", "--person wangf") == Names{"王芳"});
        CHECK(office.people("zhangw", "--person lijg") == Names{"李建国"});
        CHECK(office.runs("hejun", "--person lijg").complains("(access.denied)"));
        CHECK(office.runs("lijg", "--person wangf").complains("(access.denied)"));
    }

    TEST_CASE("a file the reader may not know of counts, and stands in the list without its name") {
        Reporting office;
        // The general manager reads no draft: scores are his all the same.
        CHECK(office.late("xug") == Titles{"+1", "+1"});
        CHECK_FALSE(office.type("report run RP-14 --as xug").says("康宁"));
        CHECK(office.late("sunli") == Titles{"康宁药房", "远航零售"});
        office.system_sets("康宁药房", "file_state", "superior_review");
        CHECK(office.late("sunli") == Titles{"远航零售"});  // never handed in: no event
    }

    TEST_CASE("the period decides what counts, and what waits from an earlier one stays listed") {
        Reporting office;
        office.clock.set(at("2026-04-02 08:00"));
        CHECK(office.people("wangf").empty());
        CHECK(office.late("wangf") == Titles{"康宁药房"});
        CHECK(office.people("wangf", "--period 2026Q1") == Names{"王芳"});
        CHECK(office.people("wangf", "--period 2026-03") == Names{"王芳"});
        CHECK(office.people("wangf", "--period 2026-02").empty());
        CHECK(office.people("wangf", "--period 2026") == Names{"王芳"});
        CHECK(office.runs("wangf", "--period 2026Q7").complains("(report.period)"));
        CHECK(office.type("report run RP-99 --as wangf").complains("(report.unknown)"));
        CHECK(office.runs("wangf", "--as-of soon").complains("(cli.usage)"));
    }

    TEST_CASE("a run is noted with what was asked, a refused one too") {
        Reporting office;
        REQUIRE(office.runs("zhangw", "--period 2026Q1 --purpose 季度考核").code == 0);
        REQUIRE(office.runs("luop").code != 0);
        std::vector<server::AuditLine> lines;
        for (const auto& line : office.audit()) {
            if (line.action == "report") lines.push_back(line);
        }
        REQUIRE(lines.size() == 2);
        CHECK(lines[0].entity == "customer");
        CHECK(lines[0].detail == "RP-14 2026Q1 2026-03-10");
        CHECK(lines[0].purpose == "季度考核");
        CHECK(lines[0].result == "ok");
        CHECK(lines[1].result == "denied");
        CHECK(office.type("audit list --as sunli --purpose 月度审核").says("run a report"));
    }

    TEST_CASE("the table says in words what the document says as data") {
        Reporting office;
        const auto said = office.type("report run RP-14 --as wangf --lang zh-CN");
        CHECK(said.says("RP-14 及时性：2026Q1，截至 2026-03-10 08:00"));
        CHECK(said.says("未办"));
        CHECK(said.says("0.00%"));
        const auto document = office.runs("wangf").json();
        CHECK(document["report"] == "RP-14");
        CHECK(document["period"] == "2026Q1");
        CHECK(document["sections"][1]["columns"][4]["unit"] == "share");
        CHECK(document["sections"][1]["rows"][0]["share"] == 0);
    }
}

}  // namespace dossier::test
