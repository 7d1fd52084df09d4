#include "common/access/decide.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/find_fault.hpp"
#include "common/access/rules.hpp"

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::access;
using namespace dossier::access::test;
using catalog::Facet;

TEST_SUITE("common/access/decide") {
    TEST_CASE("a salesperson reads his own customers and asks approval for another's") {
        CHECK(view(person(kAnn, Role::Salesperson), mingrun()) == Answer::Allow);
        CHECK(view(person(kBen, Role::Salesperson), mingrun()) == Answer::NeedsApproval);
        CHECK(view(person(kBen, Role::Salesperson), mingrun(2), Facet::Directory) == Answer::Allow);
    }
    TEST_CASE("who is responsible for a customer reads it at any time, without asking") {
        auto file = mingrun();
        file.service = kBen;
        for (const auto& viewer :
             {person(kAnn, Role::Salesperson), person(kBen, Role::ServiceStaff)}) {
            for (const auto facet : {Facet::Directory, Facet::Main, Facet::Personal}) {
                const auto decided = decide(viewer, Operation::View, file, facet, {kNow, false});
                CHECK(decided.answer == Answer::Allow);
                CHECK_FALSE(decided.purpose_needed);
                CHECK(view(viewer, file, facet, true) == Answer::Allow);
            }
        }
        CHECK(view(person(kEve, Role::ServiceStaff), file) == Answer::NeedsApproval);
    }
    TEST_CASE("a regional manager reads his region and all below it, and no other") {
        const auto of = [](const RecordId& region) {
            return person(kBen, {{Role::RegionalManager, Reach::Region, region}}, 2);
        };
        auto file = mingrun();
        for (const auto& path : kRegions) {
            file.regions = path;
            for (const auto& region : {kEast, kHangzhou, kNorth}) {
                const bool below = std::ranges::find(path, region) != path.end();
                CHECK((view(of(region), file) == Answer::Allow) == below);
            }
        }
    }
    TEST_CASE("the posts that see every customer see it whoever and wherever it is") {
        auto file = mingrun();
        file.regions = {kNorth};
        file.departments = {kService};
        for (const auto role : {Role::GeneralManager, Role::MarketingDirector, Role::MarketManager,
                                Role::ServiceManager, Role::PlanningAnalyst}) {
            CHECK(view(person(kBen, role), file) == Answer::Allow);
            CHECK(facts(role).reach == Reach::All);
            CHECK(facts(role).clearance >= 2);
        }
        for (const auto role : {Role::Salesperson, Role::DeptManager, Role::RegionalManager})
            CHECK(view(person(kBen, role), file) == Answer::NeedsApproval);
    }
    TEST_CASE("an own L2 customer is read online with a purpose, by sales and service only") {
        const auto decided = decide(person(kAnn, Role::Salesperson), Operation::View, mingrun(2),
                                    Facet::Main, {kNow, false});
        CHECK(decided.answer == Answer::Allow);
        CHECK(decided.purpose_needed);
        CHECK(view(person(kAnn, Role::ProjectLeader), mingrun(2)) == Answer::NeedsApproval);
    }
    TEST_CASE("the department and the region of an assignment decide, not the user's own") {
        CHECK(view(person(kBen, Role::DeptManager), mingrun()) == Answer::Allow);
        CHECK(view(person(kBen, {{Role::DeptManager, Reach::Department, kService}}, 2),
                   mingrun()) == Answer::NeedsApproval);
        CHECK(view(person(kBen, {{Role::RegionalManager, Reach::Region, kHangzhou}}, 2),
                   mingrun()) == Answer::Allow);
        CHECK(view(person(kBen, {{Role::RegionalManager, Reach::Region, kNorth}}, 2), mingrun()) ==
              Answer::NeedsApproval);
    }
    TEST_CASE("a field above the clearance is masked where the record is open") {
        CHECK(view(person(kBen, Role::MarketInspector), mingrun(), Facet::Masked) == Answer::Mask);
        CHECK(view(person(kBen, Role::InfoClerk), mingrun(), Facet::Masked) == Answer::Allow);
        CHECK(view(person(kBen, Role::Auditor), mingrun()) == Answer::Mask);
        CHECK(view(person(kBen, Role::PlanningAnalyst), mingrun(), Facet::Masked) == Answer::Mask);
        CHECK(view(person(kBen, Role::PlanningAnalyst), mingrun()) == Answer::Allow);
    }
    TEST_CASE("L3 is not even in the directory but for its circle; named owners see it") {
        auto secret = mingrun(3);
        CHECK(view(person(kAnn, Role::Salesperson), secret, Facet::Directory) == Answer::Deny);
        CHECK(view(person(kBen, Role::InfoClerk), secret, Facet::Directory) == Answer::Deny);
        CHECK(view(person(kBen, Role::ServiceManager), secret) == Answer::Allow);
        secret.circle = {kAnn, kBen};
        CHECK(view(person(kAnn, Role::Salesperson), secret) == Answer::Allow);
        CHECK(view(person(kBen, Role::InfoClerk), secret) == Answer::Deny);
    }
    TEST_CASE("the keeper states a purpose for content and handles L2 by grant") {
        const auto keeper = person(kBen, Role::ArchiveKeeper);
        const auto decided = decide(keeper, Operation::View, mingrun(), Facet::Main, {kNow, false});
        CHECK(decided.answer == Answer::Allow);
        CHECK(decided.purpose_needed);
        CHECK(view(keeper, mingrun(2)) == Answer::NeedsApproval);
    }
    TEST_CASE("a draft is open to creator, superiors, clerk, inspector and service manager") {
        auto draft = mingrun();
        draft.file_state = "draft";
        draft.superiors = {kEve};
        CHECK(view(person(kAnn, Role::Salesperson), draft) == Answer::Allow);
        CHECK(view(person(kEve, Role::DeptManager), draft) == Answer::Allow);
        CHECK(view(person(kBen, Role::InfoClerk), draft) == Answer::Allow);
        CHECK(view(person(kBen, Role::MarketManager), draft) == Answer::Deny);
        CHECK(view(person(kBen, Role::MarketManager), draft, Facet::Directory) == Answer::Deny);
        CHECK(act(person(kBen, Role::Salesperson), Operation::Record, draft) == Answer::Deny);
    }
    TEST_CASE("a grant to copy opens exports for a purpose, up to its level, and no edit") {
        auto ben = person(kBen, Role::Technician);
        ben.grants.push_back({kMingrun, 2, false, false, true, {kNow.ms - 5}, {kNow.ms + 5}});
        CHECK(act(ben, Operation::Export, mingrun(2)) == Answer::Allow);
        CHECK(act(ben, Operation::Export, mingrun(3)) == Answer::Deny);
        CHECK(act(ben, Operation::EditPlain, mingrun()) == Answer::Deny);
        ben.grants.front().copy = false;
        CHECK(act(ben, Operation::Export, mingrun()) != Answer::Allow);
    }
    TEST_CASE("a grant opens one customer up to its level until it ends") {
        auto ben = person(kBen, Role::Technician);
        ben.grants.push_back({kMingrun, 1, false, false, false, {kNow.ms - 5}, {kNow.ms + 5}});
        CHECK(view(ben, mingrun()) == Answer::Allow);
        CHECK(view(ben, mingrun(), Facet::Masked) == Answer::Mask);
        CHECK(view(ben, mingrun(2)) != Answer::Allow);
        CHECK(act(ben, Operation::EditPlain, mingrun()) == Answer::Deny);
        ben.grants.front().edit = true;
        CHECK(act(ben, Operation::EditPlain, mingrun()) == Answer::Allow);
        CHECK(act(ben, Operation::EditControlled, mingrun()) == Answer::Deny);
        ben.grants.front().to = kNow;
        CHECK(view(ben, mingrun()) == Answer::NeedsApproval);
    }
    TEST_CASE("a communication on another's customer is taken and flagged, never refused") {
        const auto decided = decide(person(kBen, Role::Salesperson), Operation::Record, mingrun(),
                                    Facet::Main, {kNow, true});
        CHECK(decided.answer == Answer::Allow);
        CHECK(decided.flagged);
        auto visit = mingrun();
        visit.kind = catalog::kCommunication.tag;
        CHECK(act(person(kBen, Role::ServiceStaff), Operation::Create, visit) == Answer::Allow);
        CHECK(act(person(kBen, Role::Technician), Operation::Create, visit) == Answer::Deny);
        CHECK_FALSE(decide(person(kAnn, Role::Salesperson), Operation::Record, mingrun(3),
                           Facet::Main, {kNow, true})
                        .flagged);
    }
    TEST_CASE("edits of an archived file are proposals; of a destroyed one nothing") {
        auto file = mingrun();
        file.file_state = "archived";
        CHECK(act(person(kAnn, Role::Salesperson), Operation::EditPlain, file) == Answer::Propose);
        CHECK(act(person(kBen, Role::InfoClerk), Operation::EditControlled, file) ==
              Answer::Propose);
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Record, file) == Answer::Allow);
        file.file_state = "destroyed";
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Record, file) == Answer::Deny);
        CHECK(view(person(kBen, Role::ServiceManager), file, Facet::Directory) == Answer::Allow);
        CHECK(view(person(kBen, Role::ServiceManager), file) == Answer::Deny);
    }
    TEST_CASE("an owner's edits stay his right when the level was raised above him") {
        CHECK(act(person(kAnn, Role::Salesperson), Operation::EditPlain, mingrun(3)) ==
              Answer::Allow);
        CHECK(act(person(kBen, Role::InfoClerk), Operation::EditPlain, mingrun(3)) == Answer::Deny);
    }
    TEST_CASE("who verifies, rules, transfers and grants is what the table says") {
        const auto file = mingrun();
        CHECK(act(person(kBen, Role::InfoClerk), Operation::Verify, file) == Answer::Allow);
        CHECK(act(person(kBen, Role::MarketInspector), Operation::Verify, file) == Answer::Propose);
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Verify, file) == Answer::Deny);
        CHECK(act(person(kBen, Role::RegionalManager), Operation::Rule, file) == Answer::Allow);
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Rule, file) == Answer::Deny);
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Transfer, file) == Answer::Propose);
        CHECK(act(person(kBen, Role::RegionalManager), Operation::Transfer, file) == Answer::Allow);
        CHECK(act(person(kBen, Role::InfoClerk), Operation::ManageAccess, file) == Answer::Deny);
        CHECK(act(person(kBen, Role::MarketingDirector), Operation::ManageAccess, file) ==
              Answer::Allow);
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Export, file) ==
              Answer::NeedsApproval);
        CHECK(act(person(kBen, Role::ServiceManager), Operation::Export, mingrun(3)) ==
              Answer::Deny);
    }
    TEST_CASE("the card of one's own customer may be copied up to level 1, with a purpose") {
        const auto card = [](const Viewer& viewer, const Subject& subject, Facet facet) {
            const auto offline = decide(viewer, Operation::CopyCard, subject, facet, {kNow, true});
            CHECK(offline == decide(viewer, Operation::CopyCard, subject, facet, {kNow, false}));
            CHECK((offline.answer == Answer::Allow) == offline.purpose_needed);
            return offline.answer;
        };
        const auto ann = person(kAnn, Role::Salesperson);
        for (const Facet facet : {Facet::Directory, Facet::Main, Facet::Personal})
            CHECK(card(ann, mingrun(1), facet) == Answer::Allow);
        for (const Facet facet : {Facet::Masked, Facet::Granted, Facet::Closed})
            CHECK(card(ann, mingrun(1), facet) == Answer::Deny);
        CHECK(card(ann, mingrun(2), Facet::Directory) == Answer::Deny);
        CHECK(card(person(kBen, Role::Salesperson), mingrun(1), Facet::Directory) == Answer::Deny);
        CHECK(card(person(kBen, Role::ServiceManager), mingrun(1), Facet::Main) == Answer::Deny);
        CHECK(card(person(kAnn, Role::Auditor), mingrun(1), Facet::Main) == Answer::Deny);
        Subject contact = mingrun(1);
        contact.kind = catalog::kContact.tag;
        CHECK(card(ann, contact, Facet::Main) == Answer::Deny);
    }
    TEST_CASE("the administrator keeps users and devices and proves the audit without reading it") {
        const auto admin = person(kEve, Role::SystemAdmin);
        Subject device{.kind = catalog::kDevice.tag, .person = kAnn, .level = 0};
        CHECK(act(admin, Operation::Administer, {}) == Answer::Allow);
        CHECK(act(person(kBen, Role::GeneralManager), Operation::Administer, {}) == Answer::Deny);
        CHECK(act(admin, Operation::EditPlain, device) == Answer::Allow);
        CHECK(view(person(kAnn, Role::Salesperson), device) == Answer::Allow);
        CHECK(view(person(kBen, Role::Salesperson), device) == Answer::Deny);
        CHECK(act(admin, Operation::ReadAudit, {}) == Answer::Mask);
        CHECK(act(person(kBen, Role::Auditor), Operation::ReadAudit, {}) == Answer::Allow);
        device.customer = kMingrun;  // what quotes a customer is customer content
        CHECK(view(admin, device) == Answer::Deny);
    }
    TEST_CASE("a work log is its author's; superiors read it") {
        Subject log{
            .kind = catalog::kWorkLog.tag, .person = kAnn, .superiors = {kBen, kEve}, .level = 0};
        CHECK(act(person(kAnn, Role::Salesperson), Operation::Create, log) == Answer::Allow);
        CHECK(view(person(kEve, Role::GeneralManager), log) == Answer::Allow);
        CHECK(view(person(id<UserId>(8), Role::InfoClerk), log) == Answer::Deny);
        CHECK(view(person(kAnn, Role::Salesperson), log, Facet::Main, true) == Answer::Allow);
        CHECK(view(person(kBen, Role::DeptManager), log, Facet::Main, true) == Answer::Deny);
    }
    TEST_CASE("an explanation says what, on which terms, and by which rule") {
        const auto decided = decide(person(kAnn, Role::Salesperson), Operation::View, mingrun(2),
                                    Facet::Main, {kNow, false});
        CHECK(explain(decided, Lang::Zh) ==
              "允许，须说明目的：本人客户的机密资料，联网并说明目的可阅（3.2-5 own）");
        CHECK(permit(decided, "回访").error().is(kFaultPurposeNeeded));
        CHECK(permit(decided, "季度核定回访").has_value());
        CHECK(permit(decide(person(kBen, Role::Salesperson), Operation::View, mingrun(),
                            Facet::Main, {kNow, false}),
                     "")
                  .error()
                  .is(kFaultNeedsApproval));
    }
    TEST_CASE("every fault is found by its id") {
        for (const auto* fault : faults()) CHECK(find_fault(fault->id) == fault);
        CHECK(find_fault("merge.immutable") != nullptr);
        CHECK(find_fault("no.such") == nullptr);
    }
}
