#include "common/access/rules.hpp"

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::access;
using namespace dossier::access::test;

namespace {

Answer write(const Viewer& viewer, std::string_view field, const Subject& subject = mingrun()) {
    const auto* kind = catalog::find_kind(subject.kind);
    REQUIRE(kind != nullptr);
    const auto* found = catalog::find_field(*kind, field);
    REQUIRE(found != nullptr);
    return decide_write(viewer, subject, *found, {kNow, false}).answer;
}

Subject in_state(std::string_view state) {
    auto file = mingrun();
    file.file_state = state;
    return file;
}

}  // namespace

TEST_SUITE("common/access/write") {
    TEST_CASE("an owner writes free fields at once and controlled ones as proposals") {
        const auto ann = person(kAnn, Role::Salesperson);
        CHECK(write(ann, "fax") == Answer::Allow);
        CHECK(write(ann, "name") == Answer::Propose);
        CHECK(write(ann, "id_no") == Answer::Propose);  // his to give though above his clearance
        CHECK(write(person(kBen, Role::Salesperson), "fax") == Answer::Deny);
    }
    TEST_CASE("a service user writes as owner and as service") {
        auto file = mingrun();
        file.service = kBen;
        const auto ben = person(kBen, Role::ServiceStaff);
        CHECK(write(ben, "fax", file) == Answer::Allow);
        CHECK(write(ben, "coop_intention", file) == Answer::Allow);
        CHECK(write(ben, "coop_intention") == Answer::Deny);
    }
    TEST_CASE("clerk, service supervisor and service manager write controlled fields directly") {
        for (const auto role : {Role::InfoClerk, Role::ServiceSupervisor, Role::ServiceManager}) {
            CHECK(write(person(kBen, role), "name") == Answer::Allow);
            CHECK(write(person(kBen, role), "fax") == Answer::Allow);
        }
    }
    TEST_CASE("inspector and managers propose, free fields too, within their reach") {
        for (const auto role : {Role::MarketInspector, Role::DeptManager, Role::RegionalManager,
                                Role::MarketManager}) {
            CHECK(write(person(kBen, role), "name") == Answer::Propose);
            CHECK(write(person(kBen, role), "fax") == Answer::Propose);
        }
        CHECK(write(person(kBen, {{Role::RegionalManager, Reach::Region, kNorth}}, 2), "fax") ==
              Answer::Deny);
    }
    TEST_CASE("a field that names a role gives it the right itself") {
        CHECK(write(person(kBen, Role::MarketingDirector), "marketing_strategy_note") ==
              Answer::Allow);
        CHECK(write(person(kBen, Role::MarketManager), "marketing_strategy_note") == Answer::Allow);
        CHECK(write(person(kBen, Role::GeneralManager), "marketing_strategy_note") == Answer::Deny);
        CHECK(write(person(kAnn, Role::Salesperson), "marketing_strategy_note") == Answer::Deny);
    }
    TEST_CASE("nobody writes what the office or a workflow sets") {
        for (const auto& role : all_roles()) {
            CHECK(write(person(kAnn, role.role), "customer_no") == Answer::Deny);
            CHECK(write(person(kAnn, role.role), "owner_user_id") == Answer::Deny);
            CHECK(write(person(kAnn, role.role), "secrecy_level") == Answer::Deny);
        }
    }
    TEST_CASE("until it is posted a file's creator fills in controlled fields himself") {
        const auto ann = person(kAnn, Role::Salesperson);
        CHECK(write(ann, "name", in_state("draft")) == Answer::Allow);
        CHECK(write(ann, "name", in_state("returned")) == Answer::Allow);
        CHECK(write(ann, "name", in_state("superior_review")) == Answer::Propose);
        CHECK(write(ann, "fax", in_state("superior_review")) == Answer::Allow);
        CHECK(write(person(kAnn, Role::MarketInspector), "name", in_state("draft")) ==
              Answer::Allow);
    }
    TEST_CASE("a grant for editing opens free fields of the owner, and no controlled one") {
        auto ben = person(kBen, Role::ProjectLeader);
        ben.grants.push_back({kMingrun, 1, true, false, false, {kNow.ms - 1}, {kNow.ms + 1}});
        CHECK(write(ben, "fax") == Answer::Allow);
        CHECK(write(ben, "name") == Answer::Deny);
    }
    TEST_CASE("a work log is written by the person it is about") {
        Subject log{.kind = catalog::kWorkLog.tag, .person = kAnn, .superiors = {kBen, kEve}};
        CHECK(write(person(kAnn, Role::Salesperson), "summary", log) == Answer::Allow);
        CHECK(write(person(kAnn, Role::Salesperson), "remark", log) == Answer::Allow);
        CHECK(write(person(kBen, Role::DeptManager), "remark", log) == Answer::Allow);
        CHECK(write(person(kBen, Role::DeptManager), "summary", log) == Answer::Deny);
        CHECK(write(person(kEve, Role::GeneralManager), "remark", log) == Answer::Deny);
    }
    TEST_CASE("authority in merges is that of the highest role that reaches the file") {
        CHECK(rank_of(person(kAnn, Role::Salesperson), mingrun()) == 30);
        CHECK(rank_of(person(kBen, Role::Salesperson), mingrun()) == 10);
        CHECK(rank_of(person(kBen, Role::GeneralManager), mingrun()) == 90);
        CHECK(rank_of(person(kBen,
                             {{Role::RegionalManager, Reach::Region, kNorth},
                              {Role::InfoClerk, Reach::All, {}}},
                             2),
                      mingrun()) == 50);
    }
}
