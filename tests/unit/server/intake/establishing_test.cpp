// A new file on its way to the archive: who is skipped and who never is, what holds up posting,
// what becomes of a duplicate, and who is told. Source: WF-01, D-02, R-027, R-031 … R-033.
#include <doctest/doctest.h>

#include "common/catalog/duplicate.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/subscription.hpp"

#include "server/settings/settings.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kDuplicate;
using catalog::kNotification;
using catalog::kRegion;
using catalog::kTask;

namespace {

struct Establishing : Steps {
    SmallOffice::Person keeper = hires("keeper", "archive_keeper");

    RecordId submitted() {
        const auto file = draft(office.ann);
        REQUIRE(asks(office.ann, file, "submit") == "ok");
        return file;
    }
    RecordId at_the_clerk() {
        const auto file = submitted();
        REQUIRE(takes(chief, file, "approve") == "ok");
        office.checked_by(inspector, file);
        REQUIRE(takes(inspector, file, "verified", "电话核实") == "ok");
        return file;
    }
    void inspects(std::string_view how, std::int64_t share_bp = 0) {
        sets(kRegion, office.east, "inspection", text(how));
        sets(kRegion, office.east, "inspection_share_bp", share_bp);
    }
    RecordId pair(const RecordId& one, const RecordId& other, std::int64_t score) {
        return makes(kDuplicate, {{"number", std::int64_t{++pairs}},
                                  {"a_id", std::min(one, other)},
                                  {"b_id", std::max(one, other)},
                                  {"score", score},
                                  {"state", text("open")}});
    }
    std::string is_duplicate(const RecordId& file, const Value& of) {
        auto op = event(kCustomer, file, "is_duplicate");
        assign(op.fields, field(kCustomer, "duplicate_of_id").tag, of);
        return says(office.clerk.user, op, "同一家公司");
    }
    /// "login: text" of every notification about the record.
    std::string told(const RecordId& record) {
        std::string lines;
        server::Unit unit(*office.store);
        for (const auto& id : office.store->find(kNotification.tag,
                                                 field(kNotification, "subject_id").tag, record)) {
            const auto note = office.store->load(kNotification.tag, id).value_or(FieldValues{});
            const auto who = record_in(note, field(kNotification, "to_user_id"));
            const auto user = office.store->load(catalog::kUser.tag, who).value_or(FieldValues{});
            lines += (lines.empty() ? "" : "; ") + text_in(user, field(catalog::kUser, "login")) +
                     ": " + text_in(note, field(kNotification, "text"));
        }
        return lines;
    }
    std::int64_t pairs = 0;
};

}  // namespace

TEST_SUITE("server/intake/establishing") {
    TEST_CASE("a region that does not inspect leaves out the inspector, never the superior") {
        Establishing world;
        world.inspects("off");
        const auto file = world.submitted();
        CHECK(world.state(file) == "superior_review");
        CHECK(world.takes(world.office.clerk, file, "post") == "intake.out_of_turn");
        CHECK(world.takes(world.chief, file, "approve") == "ok");
        CHECK(world.state(file) == "clerk_posting");
        CHECK(world.takes(world.office.clerk, file, "post") == "ok");
        world.inspects("all");
        const auto other = world.submitted();
        CHECK(world.takes(world.chief, other, "approve") == "ok");
        CHECK(world.state(other) == "inspection");
    }
    TEST_CASE("a region that samples inspects all at a share of one, none at nothing") {
        Establishing world;
        world.inspects("sampled", 10'000);
        const auto every = world.submitted();
        REQUIRE(world.takes(world.chief, every, "approve") == "ok");
        CHECK(world.state(every) == "inspection");
        world.inspects("sampled", 0);
        const auto none = world.submitted();
        REQUIRE(world.takes(world.chief, none, "approve") == "ok");
        CHECK(world.state(none) == "clerk_posting");
        // A region that has come to inspect all inspects what comes again, too.
        REQUIRE(world.takes(world.office.clerk, none, "return", "补门牌号") == "ok");
        world.inspects("all");
        REQUIRE(world.asks(world.office.ann, none, "resubmit") == "ok");
        REQUIRE(world.takes(world.chief, none, "approve") == "ok");
        CHECK(world.state(none) == "inspection");
    }
    TEST_CASE("a lot is drawn once, and what the region asks for decides each time") {
        Establishing world;
        world.inspects("sampled", 5'000);
        const auto file = world.submitted();
        const auto lot = world.office.value_of(file, "inspection_lot");
        const auto comes_again = [&](std::string_view how, std::int64_t share_bp) {
            REQUIRE(world.takes(world.chief, file, "return", "补门牌号") == "ok");
            world.inspects(how, share_bp);
            REQUIRE(world.asks(world.office.ann, file, "resubmit") == "ok");
            CHECK(world.office.value_of(file, "inspection_lot") == lot);
            return is_empty(world.office.value_of(file, "inspection_waived"));
        };
        const std::int64_t place = as_number(lot).value_or(-1);
        CHECK(comes_again("sampled", 10'000));
        CHECK_FALSE(comes_again("sampled", 0));
        CHECK(comes_again("sampled", place + 1));
        CHECK_FALSE(comes_again("sampled", place));
        CHECK(comes_again("all", 0));
        CHECK_FALSE(comes_again("off", 10'000));
        CHECK(comes_again("sampled", 10'000));
    }
    TEST_CASE("a check from before the office took the superior's signature does not count") {
        Establishing world;
        const auto file = world.submitted();
        const auto signed_at = world.office.clock.now();
        world.office.clock.advance(std::chrono::hours(2));
        world.office.checked_by(world.inspector, file);
        world.office.clock.advance(std::chrono::hours(2));
        const auto verdict =
            world.chief.pushes({Steps::event(kCustomer, file, "approve")}, signed_at).front();
        REQUIRE(verdict.kind == merge::VerdictKind::Applied);
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "intake.unchecked");
        world.office.checked_by(world.inspector, file);
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "ok");
    }
    TEST_CASE("an inspector signs for what he checked himself, after it was submitted") {
        Establishing world;
        const auto file = world.draft(world.office.ann);
        world.office.checked_by(world.inspector, file);
        world.office.clock.advance(std::chrono::minutes(1));
        REQUIRE(world.asks(world.office.ann, file, "submit") == "ok");
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        world.office.checked_by(world.office.ann, file);
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "intake.unchecked");
        CHECK(world.state(file) == "inspection");
        world.office.checked_by(world.inspector, file);
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "ok");
    }
    TEST_CASE("what an inspector refuted he looks at again, after it was mended") {
        Establishing world;
        const auto file = world.submitted();
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        world.office.checked_by(world.inspector, file);
        REQUIRE(world.takes(world.inspector, file, "refuted", "地址不符") == "ok");
        world.office.clock.advance(std::chrono::minutes(1));
        REQUIRE(world.asks(world.office.ann, file, "resubmit") == "ok");
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "intake.unchecked");
        world.office.checked_by(world.inspector, file);
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "ok");
    }
    TEST_CASE("a customer that is not there ends in the inspector's hands, with a reason") {
        Establishing world;
        const auto file = world.submitted();
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        CHECK(world.takes(world.inspector, file, "nonexistent") == "intake.reason_needed");
        CHECK(world.takes(world.inspector, file, "nonexistent", "地址无此公司") == "ok");
        CHECK(world.state(file) == "void");
        CHECK(world.told(file) == "ann: 查无此户/no such customer: 地址无此公司");
    }
    TEST_CASE("a likely duplicate is not posted until somebody decided on the pair") {
        Establishing world;
        const auto file = world.at_the_clerk();
        const auto other = world.office.customer_of(world.office.ben, "上海新安医院");
        const auto pair = world.pair(file, other, 9'000);
        CHECK(world.takes(world.office.clerk, file, "post") == "intake.likely_twin");
        CHECK(is_empty(world.office.value_of(file, "customer_no")));
        CHECK(world.says(world.office.clerk.user, Steps::event(kDuplicate, pair, "not_duplicate"),
                         "两家") == "ok");
        CHECK(world.takes(world.office.clerk, file, "post") == "ok");
    }
    TEST_CASE("a pair that looks less alike than the company says holds up nothing") {
        Establishing world;
        const auto file = world.at_the_clerk();
        world.pair(file, world.office.customer_of(world.office.ben, "上海新安医院"), 8'999);
        CHECK(world.takes(world.office.clerk, file, "post") == "ok");
    }
    TEST_CASE("a file sent on as a duplicate is void, and the merge with the other is proposed") {
        Establishing world;
        const auto file = world.at_the_clerk();
        const auto twin = world.office.customer_of(world.office.ben, "张三");
        CHECK(world.is_duplicate(file, Value{}) == "intake.missing_input");
        CHECK(world.is_duplicate(file, file) == "intake.no_twin");
        CHECK(world.state(file) == "clerk_posting");
        CHECK(world.is_duplicate(file, twin) == "ok");
        CHECK(world.state(file) == "void");
        server::Unit unit(*world.office.store);
        const auto pairs = world.office.store->list(kDuplicate.tag, {}, 10);
        REQUIRE(pairs.size() == 1);
        const auto pair =
            world.office.store->load(kDuplicate.tag, pairs.front()).value_or(FieldValues{});
        CHECK(text_in(pair, field(kDuplicate, "state")) == catalog::PairState::kProposed);
        CHECK(record_in(pair, field(kDuplicate, "decided_by")).as<UserTag>() ==
              world.office.clerk.user);
    }
    TEST_CASE("a pair that was found already is the one that is proposed") {
        Establishing world;
        const auto file = world.at_the_clerk();
        const auto twin = world.office.customer_of(world.office.ben, "张三");
        const auto pair = world.pair(file, twin, 9'500);
        CHECK(world.is_duplicate(file, twin) == "ok");
        CHECK(text_in(world.all(kDuplicate, pair), field(kDuplicate, "state")) ==
              catalog::PairState::kProposed);
        server::Unit unit(*world.office.store);
        CHECK(world.office.store->list(kDuplicate.tag, {}, 10).size() == 1);
    }
    TEST_CASE("whose file comes back is told why; of a posted one the keepers hear, too") {
        Establishing world;
        const auto file = world.submitted();
        REQUIRE(world.takes(world.chief, file, "return", "缺门牌号") == "ok");
        CHECK(world.told(file) == "ann: 退回/return: 缺门牌号");
        const auto posted = world.at_the_clerk();
        REQUIRE(world.takes(world.office.clerk, posted, "post") == "ok");
        CHECK(world.told(posted) == "ann: 入库/post; keeper: 入库/post");
    }
    TEST_CASE("words about a file reach who reads it freely; who may not know it hears nothing") {
        Establishing world;
        const auto posted = world.at_the_clerk();
        REQUIRE(world.takes(world.office.clerk, posted, "post", "并购标的") == "ok");
        CHECK(world.told(posted) == "ann: 入库/post: 并购标的; keeper: 入库/post");
        const auto secret = world.at_the_clerk();
        world.office.marks(secret, 3);
        REQUIRE(world.takes(world.office.manager, secret, "post", "并购标的") == "ok");
        CHECK(world.told(secret) == "");
    }
    TEST_CASE("owner and subscribed departments hear of a verified change in their region") {
        Establishing world;
        const auto market = world.hires("market", "market_manager");
        world.sets(catalog::kDepartment, world.office.sales, "manager_user_id",
                   market.user.as<RecordTag>());
        world.makes(catalog::kSubscription,
                    {{"department_id", world.office.sales}, {"region_id", world.office.east}});
        world.makes(catalog::kSubscription, {{"department_id", world.office.sales},
                                             {"user_id", world.inspector.user.as<RecordTag>()},
                                             {"region_id", world.office.north}});
        const auto file = world.office.customer_of(world.office.ann, "明润");
        const auto verdict = world.office.ann.sets(file, "name", text("明润"), text("明润集团"),
                                                   world.office.clock.now());
        REQUIRE(world.office.inside([&](Office& desk) {
            return server::accept_proposal(desk, world.office.clerk.user, verdict.matter, "")
                .has_value();
        }));
        CHECK(world.told(file) ==
              "ann: 采纳“客户名称”/accept \"Customer name\"; "
              "market: 采纳“客户名称”/accept \"Customer name\"");
    }
    TEST_CASE("a file that was verified is a task of the clerk") {
        Establishing world;
        const auto file = world.at_the_clerk();
        std::vector<RecordId> asked;
        for (const auto& id : world.office.inside([&](Office& desk) {
                 return desk.store().find(kTask.tag, field(kTask, "subject_id").tag, file);
             })) {
            const auto task = world.all(kTask, id);
            if (text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen)
                asked.push_back(record_in(task, field(kTask, "assignee_id")));
        }
        CHECK(asked == std::vector{world.office.clerk.user.as<RecordTag>()});
    }
    TEST_CASE("an inspector does not sign against what he found himself") {
        Establishing world;
        const auto file = world.submitted();
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        const auto finds = [&](std::string_view result) {
            world.office.clock.advance(std::chrono::minutes(1));
            const merge::Op op{
                .kind = merge::OpKind::Create,
                .record_kind = catalog::kFieldCheck.tag,
                .record = world.office.desk.ids().make<RecordId>(),
                .fields = values_of(catalog::kFieldCheck, {{"customer_id", file},
                                                           {"part", text("phone")},
                                                           {"method", text("phone")},
                                                           {"result", text(result)}})};
            REQUIRE(world.says(world.inspector.user, op) == "ok");
        };
        finds("agrees");
        finds("differs");
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "intake.unchecked");
        finds("agrees");
        CHECK(world.takes(world.inspector, file, "verified", "看过") == "ok");
    }
    TEST_CASE("a reason says something, in characters that can be kept") {
        Establishing world;
        const auto file = world.submitted();
        CHECK(world.takes(world.chief, file, "return", " \t ") == "intake.reason_needed");
        CHECK(world.takes(world.chief, file, "return", "甲\x01乙") == "field.forbidden_character");
        CHECK(world.told(file) == "");
        CHECK(world.takes(world.chief, file, "return", "缺门牌号") == "ok");
    }
    TEST_CASE("the days of each step are the company's") {
        Establishing world;
        world.office.inside([](Office& desk) {
            REQUIRE(server::change_setting(desk.store(), "est.review_days", 4));
            REQUIRE(server::change_setting(desk.store(), "est.inspection_days", 9));
            return true;
        });
        const auto file = world.submitted();
        const auto due = [&] {
            std::string days;
            server::Unit unit(*world.office.store);
            for (const auto& id :
                 world.office.store->find(kTask.tag, field(kTask, "subject_id").tag, file)) {
                const auto task = world.office.store->load(kTask.tag, id).value_or(FieldValues{});
                if (text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen)
                    days += text_in(task, field(kTask, "due_on"));
            }
            return days;
        };
        CHECK(due() == "2026-03-06");
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        CHECK(due() == "2026-03-11");
    }
    TEST_CASE("a file counts as submitted when its author did it, however late it came in") {
        Establishing world;
        const auto file = world.draft(world.office.ann);
        const auto did = world.office.clock.now().plus(std::chrono::hours(2));
        world.office.clock.advance(std::chrono::hours(48));
        const auto verdict =
            world.office.ann.pushes({Steps::event(kCustomer, file, "submit")}, did).front();
        REQUIRE(verdict.kind == merge::VerdictKind::Applied);
        CHECK(world.office.value_of(file, "submitted_at") == Value(did.ms));
        REQUIRE(world.takes(world.chief, file, "return", "缺门牌号") == "ok");
        world.office.clock.advance(std::chrono::hours(1));
        REQUIRE(world.asks(world.office.ann, file, "resubmit") == "ok");
        CHECK(world.office.value_of(file, "submitted_at") == Value(did.ms));
    }
}
