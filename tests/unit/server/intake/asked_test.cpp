// What is asked of people and told to them: papers a file lacks, evaluations, tasks a superior
// gives; and what the company must always have. Source: domain 2.5.3, R-010, R-012, R-013, R-103.
#include <doctest/doctest.h>

#include "common/catalog/doc_request.hpp"
#include "common/catalog/evaluation.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/jobs/deadlines.hpp"
#include "server/settings/settings.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kAttachment;
using catalog::kDepartment;
using catalog::kDocRequest;
using catalog::kFileEvaluation;
using catalog::kNotification;
using catalog::kRoleAssignment;
using catalog::kTask;
using catalog::kUser;

namespace {

struct Firm {
    SmallOffice office;
    std::string last;  ///< what became of the record made last
    RecordId customer = office.customer_of(office.ann, "明润");
    RecordId keepers_post;
    SmallOffice::Person keeper = hires("keeper", "archive_keeper", &keepers_post);
    SmallOffice::Person market = hires("market", "market_manager");

    RecordId makes(const catalog::Kind& kind, const GivenFields& given, const UserId& who = {}) {
        const auto id = office.desk.ids().make<RecordId>();
        last = office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Create,
                               .record_kind = kind.tag,
                               .record = id,
                               .fields = values_of(kind, given)};
            const auto made = desk.change(who, {.source = "cli", .ops = {op}});
            return made ? std::string("ok") : std::string(made.error().id());
        });
        return id;
    }
    SmallOffice::Person hires(const std::string& login,
                              std::string_view role,
                              RecordId* post = nullptr) {
        const auto id = makes(kUser, {{"login", login},
                                      {"employee_no", "B-" + login},
                                      {"name", login},
                                      {"department_id", office.sales},
                                      {"region_id", office.east},
                                      {"clearance", std::int64_t{2}}});
        const auto made = makes(kRoleAssignment, {{"user_id", id}, {"role", text(role)}});
        if (post != nullptr) *post = made;
        return {&office, id.as<UserTag>(), office.desk.ids().make<DeviceId>()};
    }
    std::string sets(const UserId& who,
                     const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     const Value& value) {
        return office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Set,
                               .record_kind = kind.tag,
                               .record = record,
                               .fields = {{catalog::find_field(kind, name)->tag, value}}};
            const auto done = desk.change(who, {.source = "cli", .ops = {op}});
            return done ? std::string("ok") : std::string(done.error().id());
        });
    }
    std::string takes(const UserId& who,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      std::string_view event,
                      std::string_view reason = "") {
        return office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kind.tag,
                               .record = record,
                               .event = std::string(event)};
            const auto done =
                desk.change(who, {.reason = std::string(reason), .source = "cli", .ops = {op}});
            return done ? std::string("ok") : std::string(done.error().id());
        });
    }
    FieldValues load(const catalog::Kind& kind, const RecordId& id) {
        server::Unit unit(*office.store);
        return office.store->load(kind.tag, id).value_or(FieldValues{});
    }
    std::string word(const catalog::Kind& kind, const RecordId& id, std::string_view name) {
        return text_in(load(kind, id), kind, name);
    }
    std::vector<RecordId> all(const catalog::Kind& kind) {
        server::Unit unit(*office.store);
        return office.store->list(kind.tag, {}, 100);
    }
    /// "login due" of the open tasks.
    std::string tasks() {
        std::string told;
        for (const auto& id : all(kTask)) {
            const auto task = load(kTask, id);
            if (text_in(task, field(kTask, "state")) != catalog::TaskState::kOpen) continue;
            told += (told.empty() ? "" : ", ") +
                    word(kUser, record_in(task, field(kTask, "assignee_id")), "login") + " " +
                    text_in(task, field(kTask, "due_on"));
        }
        return told;
    }
    RecordId asks(const GivenFields& more, std::string_view kinds = R"(["tax_certificate"])") {
        GivenFields given{{"customer_id", customer}, {"missing_kinds", text(kinds)}};
        given.insert(given.end(), more.begin(), more.end());
        return makes(kDocRequest, given, keeper.user);
    }
    RecordId paper(std::string_view kind) {
        return makes(kAttachment, {{"customer_id", customer},
                                   {"doc_kind", text(kind)},
                                   {"title", text("证照")},
                                   {"file_name", text("a.pdf")},
                                   {"media_type", text("application/pdf")},
                                   {"size", std::int64_t{9}},
                                   {"content", text(std::string(64, 'a'))}});
    }
    [[nodiscard]] Value ben() const { return office.ben.user.as<RecordTag>(); }
};

}  // namespace

TEST_SUITE("server/intake/asked") {
    TEST_CASE("who is asked for papers has a task until the day the company allows") {
        Firm firm;
        firm.asks({{"asked_user_id", firm.ben()}});
        REQUIRE(firm.last == "ok");
        CHECK(firm.tasks() == "ben 2026-03-07");
        firm.office.inside([](Office& desk) {
            return server::change_setting(desk.store(), "doc_request.days", 9).has_value();
        });
        firm.asks({{"asked_user_id", firm.office.ann.user.as<RecordTag>()}});
        CHECK(firm.tasks() == "ben 2026-03-07, ann 2026-03-11");
    }
    TEST_CASE("a department is asked through its manager, and not at all where it has none") {
        Firm firm;
        firm.asks({{"asked_department_id", firm.office.sales}});
        CHECK(firm.last == merge::kNobodyAsked.id);
        REQUIRE(firm.sets({}, kDepartment, firm.office.sales, "manager_user_id", firm.ben()) ==
                "ok");
        firm.asks({{"asked_department_id", firm.office.sales}});
        CHECK(firm.tasks() == "ben 2026-03-07");
    }
    TEST_CASE("keeper and clerk ask for papers, nobody else does") {
        Firm firm;
        const GivenFields given{{"customer_id", firm.customer},
                                {"missing_kinds", text(R"(["survey"])")},
                                {"asked_user_id", firm.ben()}};
        for (const auto& [who, outcome] :
             {std::pair{firm.keeper.user, "ok"}, std::pair{firm.office.clerk.user, "ok"},
              std::pair{firm.office.ann.user, "access.denied"},
              std::pair{firm.market.user, "access.denied"}}) {
            firm.makes(kDocRequest, given, who);
            CHECK(firm.last == outcome);
        }
    }
    TEST_CASE("papers that are all there end the request and its task by themselves") {
        Firm firm;
        const auto request =
            firm.asks({{"asked_user_id", firm.ben()}}, R"(["business_licence","tax_certificate"])");
        firm.paper("business_licence");
        REQUIRE(firm.last == "ok");
        CHECK(firm.word(kDocRequest, request, "state") == catalog::DocRequestState::kOpen);
        const auto other = firm.paper("other");
        CHECK(firm.word(kDocRequest, request, "state") == catalog::DocRequestState::kOpen);
        // Filed under the wrong name, and corrected.
        REQUIRE(firm.sets({}, kAttachment, other, "doc_kind", text("tax_certificate")) == "ok");
        CHECK(firm.word(kDocRequest, request, "state") == catalog::DocRequestState::kFulfilled);
        CHECK(find(firm.load(kDocRequest, request), field(kDocRequest, "fulfilled_at").tag) !=
              nullptr);
        CHECK(firm.tasks().empty());
    }
    TEST_CASE("the keeper fulfils or withdraws a request, who is asked does neither") {
        Firm firm;
        const auto one = firm.asks({{"asked_user_id", firm.ben()}});
        const auto two = firm.asks({{"asked_user_id", firm.ben()}});
        CHECK(firm.takes(firm.office.ben.user, kDocRequest, one, "fulfil") == "access.denied");
        CHECK(firm.takes(firm.keeper.user, kDocRequest, one, "fulfil") == "ok");
        CHECK(firm.takes(firm.keeper.user, kDocRequest, two, "withdraw") ==
              merge::kReasonNeeded.id);
        CHECK(firm.takes(firm.keeper.user, kDocRequest, two, "withdraw", "不再需要") == "ok");
        CHECK(firm.word(kDocRequest, two, "state") == catalog::DocRequestState::kWithdrawn);
        CHECK(firm.tasks().empty());
    }
    TEST_CASE("a request lies on the laptop of who is asked, whosever file it is about") {
        Firm firm;
        const auto request = firm.asks({{"asked_user_id", firm.ben()}});
        server::Unit unit(*firm.office.store);
        const auto log = firm.office.store->log(
            {access::ScopeSort::Self, firm.office.ben.user.as<RecordTag>()}, SSeq{0}, 1000);
        CHECK(std::ranges::any_of(
            log, [&](const auto& entry) { return entry.record == request && entry.present; }));
    }
    TEST_CASE("reminders of a request go to who is asked, then to his superior") {
        Firm firm;
        firm.sets({}, kUser, firm.office.ben.user.as<RecordTag>(), "superior_user_id",
                  firm.office.manager.user.as<RecordTag>());
        firm.asks({{"asked_user_id", firm.ben()}});
        firm.office.clock.advance(std::chrono::hours(24 * 7));
        CHECK(firm.office.inside([](Office& desk) { return remind_of_deadlines(desk); }) == 2);
    }
    TEST_CASE("an evaluation goes to the market managers, from the clerk alone") {
        Firm firm;
        const GivenFields given{{"customer_id", firm.customer}, {"findings", text("账期偏长")}};
        firm.makes(kFileEvaluation, given, firm.office.ann.user);
        CHECK(firm.last == "access.denied");
        const auto made = firm.makes(kFileEvaluation, given, firm.office.clerk.user);
        REQUIRE(firm.last == "ok");
        CHECK(firm.word(kFileEvaluation, made, "sent_to") ==
              R"([")" + to_text(firm.market.user) + R"("])");
        REQUIRE(firm.all(kNotification).size() == 1);
        const auto note = firm.load(kNotification, firm.all(kNotification).front());
        CHECK(record_in(note, field(kNotification, "to_user_id")) ==
              firm.market.user.as<RecordTag>());
        CHECK(record_in(note, field(kNotification, "subject_id")) == made);
    }
    TEST_CASE("a superior gives a task to those below him, who finish it; others give none") {
        Firm firm;
        firm.sets({}, kUser, firm.office.ben.user.as<RecordTag>(), "superior_user_id",
                  firm.office.manager.user.as<RecordTag>());
        const GivenFields given{{"assignee_id", firm.ben()},
                                {"text", text("核对地址")},
                                {"due_on", text("2026-03-09")},
                                {"customer_id", firm.customer}};
        firm.makes(kTask, given, firm.office.ann.user);
        CHECK(firm.last == "access.denied");
        firm.makes(kTask, given, firm.office.ben.user);
        CHECK(firm.last == "access.denied");
        const auto task = firm.makes(kTask, given, firm.office.manager.user);
        REQUIRE(firm.last == "ok");
        CHECK(firm.word(kTask, task, "kind") == "adhoc");
        CHECK(firm.tasks() == "ben 2026-03-09");
        CHECK(firm.takes(firm.office.ann.user, kTask, task, "finish") != "ok");
        CHECK(firm.takes(firm.office.ben.user, kTask, task, "finish") == "ok");
        CHECK(firm.word(kTask, task, "state") == catalog::TaskState::kDone);
    }
    TEST_CASE("of a task nobody sets a state, names a step or changes the words") {
        Firm firm;
        firm.sets({}, kUser, firm.office.ben.user.as<RecordTag>(), "superior_user_id",
                  firm.office.manager.user.as<RecordTag>());
        const GivenFields given{{"assignee_id", firm.ben()}, {"text", text("核对地址")}};
        auto done = given;
        done.push_back({"state", text("done")});
        firm.makes(kTask, done, firm.office.manager.user);
        CHECK(firm.last == merge::kServerOnly.id);
        const auto task = firm.makes(kTask, given, firm.office.manager.user);
        CHECK(firm.sets(firm.office.manager.user, kTask, task, "text", text("别的")) != "ok");
    }
    TEST_CASE("one department keeps the files: the first, until another is named") {
        Firm firm;
        const auto keeps = [&](const RecordId& id) {
            return number_in(firm.load(kDepartment, id), kDepartment, "is_archive_owner") != 0;
        };
        CHECK(keeps(firm.office.sales));
        const auto service =
            firm.makes(kDepartment, {{"code", text("KF")}, {"name", text("客户服务部")}});
        CHECK_FALSE(keeps(service));
        firm.office.clock.advance(std::chrono::hours(1));
        const UserId& admin = firm.office.admin.user;
        CHECK(firm.sets(admin, kDepartment, firm.office.sales, "is_archive_owner",
                        std::int64_t{0}) == merge::kFlagStays.id);
        CHECK(firm.sets(admin, kDepartment, service, "is_archive_owner", std::int64_t{1}) == "ok");
        CHECK(keeps(service));
        CHECK_FALSE(keeps(firm.office.sales));
    }
    TEST_CASE("the last keeper stays: neither his post nor he himself is ended before another is") {
        Firm firm;
        const UserId& admin = firm.office.admin.user;
        const Value now = firm.office.clock.now().ms;
        const auto keeper = firm.keeper.user.as<RecordTag>();
        CHECK(firm.sets(admin, kRoleAssignment, firm.keepers_post, "to_at", now) ==
              merge::kLastHolder.id);
        CHECK(firm.sets(admin, kUser, keeper, "active_to", text("2026-03-01")) ==
              merge::kLastHolder.id);
        // Other posts may be empty.
        CHECK(firm.sets(admin, kUser, firm.market.user.as<RecordTag>(), "active_to",
                        text("2026-03-01")) == "ok");
        firm.hires("deputy", "archive_keeper");
        CHECK(firm.sets(admin, kRoleAssignment, firm.keepers_post, "to_at", now) == "ok");
    }
}
