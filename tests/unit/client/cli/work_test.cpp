#include <doctest/doctest.h>

#include "common/catalog/review.hpp"

#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

merge::Verdict answer(merge::VerdictKind kind, std::string reason = "") {
    merge::Verdict verdict;
    verdict.kind = kind;
    verdict.matter = 7;
    verdict.reason = std::move(reason);
    return verdict;
}

TEST_SUITE("client/cli/work") {
    TEST_CASE("a visit is one line, and says that it is safe and waits") {
        Desk desk;
        const auto said = desk.type("visit add -c hzmr --purpose 新品介绍 客户询问保修期");
        CHECK(said.code == 0);
        CHECK(said.out == "已保存拜访记录：杭州明润医药有限公司（本机安全保存，待上传 1 条）\n");
        CHECK(desk.type("visit list").says("客户询问保修期"));
        CHECK(desk.type("pending").says("新建沟通记录 杭州明润医药有限公司 新品介绍"));
    }

    TEST_CASE("a visit without its purpose asks for the option, and nothing is saved") {
        Desk desk;
        const auto said = desk.type("visit add -c hzmr 客户询问保修期");
        CHECK(said.code == 2);
        CHECK(said.complains("还要填写“目的”（cli.missing_field）。处理：填写 --purpose"));
        CHECK(desk.type("visit add -c hzmr x --lang en").complains("fill in --purpose"));
        CHECK(desk.type("status --json").json()["unsent"] == 0);
    }

    TEST_CASE("a visit may be piped in, and is amended by the end of its identity") {
        Desk desk;
        CHECK(desk.run({"visit", "add", "-c", "明润", "--purpose", "x", "-"}, "两行\n文字").code ==
              0);
        const auto list = desk.type("visit list --json").json()["visits"];
        CHECK(list[0]["content"] == "两行\n文字");
        const auto id = list[0]["id"].get<std::string>();
        const auto end = id.substr(id.size() - 8);
        CHECK(desk.type("visit list").says(end));
        CHECK(desk.type("visit amend " + end + " --add 补充").code == 0);
        CHECK(desk.type("visit amend deadbeef --add 补充").complains("client.unknown_visit"));
    }

    TEST_CASE("whom a visit met is told by name, when it is recorded and when it is amended") {
        Desk desk;
        for (const char* name : {"王海燕", "张伟"})
            CHECK(desk.type("contact add -c hzmr " + std::string(name)).code == 0);
        CHECK(desk.type("visit add -c hzmr --purpose x --with 王海燕 签约").code == 0);
        const auto visit = [&] { return desk.type("visit list --json").json()["visits"][0]; };
        CHECK(visit()["contact_ids"].size() == 1);
        const auto id = visit()["id"].get<std::string>();
        CHECK(desk.type("visit amend " + id + " --with 王海燕 --with 张伟").code == 0);
        CHECK(visit()["contact_ids"].size() == 2);
        CHECK(desk.type("visit amend " + id + " --with 没有").complains("client.unknown_contact"));
    }

    TEST_CASE("a contact that is named by its identity needs no customer beside it") {
        Desk desk;
        const auto id =
            desk.type("contact add 王海燕 -c hzmr --json").json()["record"].get<std::string>();
        CHECK(desk.type("contact edit " + id + " --job-title 经理").code == 0);
        CHECK(desk.type("contact list hzmr").says("经理"));
        CHECK(desk.type("contact remove " + id + " --reason 误录").code == 0);
        CHECK_FALSE(desk.type("contact list hzmr").says("王海燕"));
    }

    TEST_CASE("what is told of a new record is the identity under which it is kept") {
        Desk desk;
        const auto told = [&](std::string_view line) {
            const auto said = desk.type(std::string(line) + " --json");
            CHECK_MESSAGE(said.code == 0, line << said.err);
            return said.json()["record"];
        };
        const auto kept_as_told = [&](std::string_view line, std::string_view list) {
            const auto record = told(line);
            const auto kept = desk.type(std::string(list) + " --json").json();
            return kept.size() == 1 && kept[0]["id"] == record;
        };
        CHECK(kept_as_told("work-log add --summary 拜访两家", "work-log list"));
        CHECK(kept_as_told("customer-feature add -c hzmr --service-area 华东",
                           "customer-feature list"));
        CHECK(kept_as_told("demand-plan add 检测仪 -c hzmr", "demand-plan list"));
        const auto line = told("worklog summary --date 2026-03-01 拜访一家");
        CHECK(desk.type("work-log show " + line.get<std::string>()).says("拜访一家"));
    }

    TEST_CASE("a linked company on file is called as it is, one that is not by its own name") {
        Desk desk;
        CHECK(desk.type("customer add 宁波仁和医药有限公司").code == 0);
        CHECK(
            desk.type("customer-link add -c hzmr --other-customer-id 宁波仁和 --kind 关联").code ==
            0);
        CHECK(desk.type("customer-link add 上海某厂 -c hzmr --kind 分厂").code == 0);
        const auto list = desk.type("customer-link list");
        CHECK(list.says("宁波仁和医药有限公司"));
        CHECK(list.says("上海某厂"));
        const auto neither = desk.type("customer-link add -c hzmr --kind 关联");
        CHECK(neither.complains("field.one_of_two"));
        CHECK(neither.complains("关联客户"));
        CHECK(desk.type("customer-link edit 上海某厂 --clear 关联方名称")
                  .complains("field.one_of_two"));
    }

    TEST_CASE("a visit locked after a week keeps its words and takes remarks, whole") {
        Desk desk;
        const auto id = World::id(40);
        desk.world.office.put(
            desk.world.own, kVisit, id,
            values_of(kVisit, {{"customer_id", desk.world.acme},
                               {"kind", words("visit")},
                               {"created_by", desk.world.me.as<RecordTag>()},
                               {"created_at", kMorning.plus(-std::chrono::hours(24 * 8)).ms},
                               {"purpose", words("回访")},
                               {"content", words("上周的拜访")}}));
        desk.sync();
        const auto text = to_text(id);
        const auto end = text.substr(text.size() - 8);
        CHECK(desk.type("visit amend " + end + " --content 别的话").complains("client.locked"));
        CHECK(desk.type("visit amend " + end + " --add 数量、单价均有误；以合同为准").code == 0);
        CHECK(desk.type("visit amend " + end + " --add 合同已寄出").code == 0);
        const auto shown = desk.type("visit show " + end);
        CHECK(shown.says("上周的拜访"));
        CHECK(shown.says("数量、单价均有误；以合同为准"));
        CHECK(shown.says("合同已寄出"));
        const auto list = desk.type("visit list --json").json()["visits"];
        CHECK(list[0]["content"] == "上周的拜访");
        CHECK(list[0]["remark"].size() == 2);
    }

    TEST_CASE("a new customer brings its main contact, and both are found by pinyin and phone") {
        Desk desk;
        CHECK(desk.type("customer add 宁波仁和医药有限公司 --contact 王海燕 --phone 13900001111")
                  .code == 0);
        CHECK(desk.type("search nbrh").says("宁波仁和医药有限公司"));
        CHECK(desk.type("search renhe").says("宁波仁和医药有限公司"));
        CHECK(desk.type("search 13900001111").says("王海燕"));
        CHECK(desk.type("contact list 仁和").says("手机 13900001111"));
        CHECK(desk.type("customer show 仁和").says("王海燕"));
    }

    TEST_CASE("elements are added to and taken from a field with several, the others stay") {
        Desk desk;
        const auto roles = [&] { return desk.type("customer show 明润 --json").out; };
        CHECK(desk.run({"customer", "edit", "明润", "--add", "往来角色=采购方"}).code == 0);
        CHECK(desk.run({"customer", "edit", "明润", "--add", "party_role=dealer"}).code == 0);
        CHECK(roles().find("buyer") != std::string::npos);
        CHECK(roles().find("dealer") != std::string::npos);
        CHECK(desk.run({"customer", "edit", "明润", "--remove", "往来角色=采购方"}).code == 0);
        CHECK(roles().find("buyer") == std::string::npos);
        CHECK(roles().find("dealer") != std::string::npos);
        CHECK(desk.run({"customer", "edit", "明润", "--add", "传真=1"}).code == 2);
        CHECK(desk.run({"customer", "edit", "明润", "--add", "dealer"}).code == 2);
    }

    TEST_CASE("a new customer that looks like a known one is kept, and its author is told") {
        Desk desk;
        const auto said = desk.run({"customer", "add", "杭州明润医药股份有限公司", "--phone-main",
                                    "0571-88990011", "--business-need", "冷链"});
        CHECK(said.code == 0);
        CHECK(said.complains("杭州明润医药有限公司"));
        CHECK(said.complains("可能是同一家（名称相同"));
        CHECK(desk.type("status --json").json()["unsent"] == 1);
        const auto other = desk.run({"customer", "add", "宁波远航零售有限公司", "--phone-main",
                                     "0574-11112222", "--business-need", "冷链"});
        CHECK_FALSE(other.complains("可能是同一家"));
        CHECK(desk.run({"customer", "add", "杭州明润医药", "--lang", "en", "--phone-main",
                        "0571-1234567", "--business-need", "x"})
                  .complains("may be the same customer"));
    }

    TEST_CASE("what waits stands beside the office's value, until the office has it") {
        Desk desk;
        CHECK(desk.type("customer edit 明润 --fax 0571-11112222").code == 0);
        CHECK(desk.type("customer show 明润")
                  .says("0571-11112222　〔待上传，办公室：0571-88990012〕"));
        CHECK(desk.type("diff").says("传真：0571-88990012 → 0571-11112222  待上传"));
        CHECK(desk.type("customer list").says("待上传"));
        desk.sync();
        CHECK(desk.type("diff").says("没有差别"));
        CHECK(desk.type("log").says("已采纳"));
    }

    TEST_CASE(
        "a value that waits for a person stands beside the office's, even over an empty one") {
        struct Case {
            merge::VerdictKind kind;
            const char* word;
        };
        for (const Case& each : {Case{merge::VerdictKind::Proposal, "待核"},
                                 Case{merge::VerdictKind::Case, "冲突待处理"},
                                 Case{merge::VerdictKind::Rejected, "未采纳"}}) {
            Desk desk;
            desk.world.office.judge = [&](const merge::Op&) { return answer(each.kind); };
            CHECK(desk.type("customer edit 明润 --legal-rep 周明远").code == 0);
            desk.sync();
            const std::string word = each.word;
            CHECK(desk.type("customer show 明润").says("-　〔" + word + "：周明远〕"));
            CHECK(desk.type("customer list").says(word));
            CHECK(desk.type("tray list").says("[1] " + word));
            CHECK(desk.type("tray list --lang en").says("Legal representative 周明远"));
        }
    }

    TEST_CASE("however often a field was corrected, one value of it waits") {
        Desk desk;
        desk.world.office.judge = [](const merge::Op&) {
            return answer(merge::VerdictKind::Proposal);
        };
        const auto waiting = [&](const char* word) {
            const std::string shown = desk.type("customer show 明润").out;
            std::size_t count = 0;
            for (auto at = shown.find(word); at != std::string::npos; at = shown.find(word, at + 1))
                ++count;
            return count;
        };
        for (const char* name : {"周明", "周明元", "周明远"}) {
            CHECK(desk.type("customer edit 明润 --legal-rep " + std::string(name)).code == 0);
            desk.sync();
        }
        CHECK(waiting("〔待核") == 1);
        CHECK(desk.type("customer show 明润").says("〔待核：周明远〕"));
        CHECK(desk.type("customer edit 明润 --legal-rep 周一").code == 0);
        CHECK(desk.type("customer edit 明润 --legal-rep 周二").code == 0);
        CHECK(waiting("〔待核") == 0);
        CHECK(waiting("〔待上传") == 1);
    }

    TEST_CASE("a settled proposal says in the tray who decided it, how and why") {
        Desk desk;
        desk.world.office.judge = [](const merge::Op&) {
            return answer(merge::VerdictKind::Proposal);
        };
        CHECK(desk.type("customer edit 明润 --legal-rep 周明远").code == 0);
        desk.sync();
        CHECK(desk.type("tray list").says("等待信息员核实"));
        desk.world.office.put(
            desk.world.self, catalog::kProposal, World::id(41),
            values_of(catalog::kProposal, {{"number", std::int64_t{7}},
                                           {"entity", words("customer")},
                                           {"record_id", desk.world.acme},
                                           {"state", words("refused")},
                                           {"verified_by", desk.world.me.as<RecordTag>()},
                                           {"verified_at", kMorning.ms},
                                           {"reason", words("与营业执照不符")}}));
        desk.sync();
        const auto told = desk.type("tray list");
        CHECK(told.says("待核（已了结）"));
        CHECK(told.says("提议 7 已拒绝，李建国"));
        CHECK(told.says("：与营业执照不符"));
        CHECK_FALSE(told.says("等待信息员核实"));
    }

    TEST_CASE("a refused change is shown until its author has read why") {
        Desk desk;
        desk.world.office.judge = [](const merge::Op&) {
            return answer(merge::VerdictKind::Rejected, "access.denied");
        };
        CHECK(desk.type("customer edit 明润 --fax 0571-11112222").code == 0);
        desk.sync();
        CHECK(desk.type("tray read 1").code == 0);
        CHECK(desk.type("customer list").says("已同步"));
        CHECK(desk.type("tray list").says("没有未采纳"));
        CHECK(desk.type("tray list --all").says("[1]"));
        CHECK(desk.type("tray read 1 99").complains("client.no_tray_item"));
    }

    TEST_CASE("a work log is made by its first line; a day without one is said plainly") {
        Desk desk;
        CHECK(desk.type("worklog show").out == "2026-03-02 还没有工作日志\n");
        CHECK(desk.type("worklog line 上门 演示 --minutes 45 -c hzmr").code == 0);
        CHECK(desk.type("worklog summary 一家有意向 --plan 报价").code == 0);
        const auto shown = desk.type("worklog show");
        CHECK(shown.says("上门 演示"));
        CHECK(shown.says("一家有意向"));
    }

    TEST_CASE("a short list says that there is more") {
        Desk desk;
        CHECK(desk.type("customer add 第二家").code == 0);
        CHECK(desk.type("customer list --limit 1").says("前 1 条，后面还有"));
        CHECK(desk.type("customer list --limit 2").says("共 2 条"));
    }

    TEST_CASE("every answer under --json is one document") {
        Desk desk;
        for (const auto* line : {"status",
                                 "customer list",
                                 "customer show 明润",
                                 "search hzmr",
                                 "visit add -c hzmr --purpose x y",
                                 "visit list",
                                 "contact add 王海燕 -c hzmr",
                                 "contact list 明润",
                                 "customer edit 明润 --fax 0571-11112222",
                                 "customer add 第二家",
                                 "worklog line x",
                                 "worklog show",
                                 "pending",
                                 "log",
                                 "diff",
                                 "tray list",
                                 "case list",
                                 "check",
                                 "version",
                                 "schema"}) {
            CAPTURE(line);
            const auto said = desk.type(std::string(line) + " --json");
            CHECK(said.code == 0);
            CHECK_NOTHROW(said.json());
        }
    }

    TEST_CASE("what is stored cannot steer the terminal") {
        Desk desk;
        CHECK(desk.run({"visit", "add", "-c", "hzmr", "--purpose", "x", "a\x1b[2Jb"})
                  .complains("field.forbidden_character"));
        CHECK(desk.type("visit list --json").json()["visits"].empty());
    }

    TEST_CASE("the main commands read like this") {
        Desk desk;
        CHECK(desk.type("status").out ==
              "终端 N07　使用人 李建国　办公室 　未登记\n"
              "客户 1 条　待上传 0 条　未采纳/待处理 0 条未读\n"
              "最近同步：2026-03-02 10:00\n");
        CHECK(desk.type("customer edit 明润 --fax 0571-11112222").out ==
              "已保存修改：杭州明润医药有限公司（本机安全保存，待上传 1 条）\n");
        CHECK(desk.type("customer list").out ==
              "编号  名称                  负责人  区域  状态  同步\n"
              "      杭州明润医药有限公司  李建国  华东  正式  待上传\n"
              "共 1 条\n");
        CHECK(desk.type("pending").out ==
              "序号  时间              状态    内容\n"
              "1     2026-03-02 10:00  待上传  修改客户 杭州明润医药有限公司：传真 "
              "0571-11112222\n");
        CHECK(desk.type("pending --lang en").out ==
              "No.  When              State             What\n"
              "1    2026-03-02 10:00  waiting for sync  set Customer 杭州明润医药有限公司: Fax "
              "0571-11112222\n");
        CHECK(desk.type("diff --lang en").out ==
              "杭州明润医药有限公司  Fax: 0571-88990012 → 0571-11112222  waiting for sync\n");
        CHECK(desk.type("check").out == "检查通过：客户 1 条，待上传 1 条\n");
    }
}

}  // namespace
}  // namespace dossier::test
