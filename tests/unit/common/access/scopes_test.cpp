#include "common/access/scopes.hpp"

#include <algorithm>

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::access;
using namespace dossier::access::test;
using catalog::Facet;
using dossier::test::holds;

namespace {

bool is_readable(Answer answer) {
    return answer == Answer::Allow || answer == Answer::Mask;
}

bool meet(const std::vector<Scope>& a, const std::vector<Scope>& b) {
    return std::any_of(a.begin(), a.end(), [&](const Scope& scope) {
        return std::find(b.begin(), b.end(), scope) != b.end();
    });
}

std::string names(const Subject& subject, Facet facet) {
    std::string line;
    for (const auto& scope : scopes_of(subject, facet, {}, kNow)) {
        line += to_text(scope).substr(0, 4) + " ";
    }
    return line;
}

}  // namespace

TEST_SUITE("common/access/scopes") {
    TEST_CASE("a device's scopes hold exactly what decide lets its user hold offline") {
        int held = 0;
        holds(
            [&held](Draw& draw) {
                const auto viewer = any_viewer(draw);
                const auto subject = any_subject(draw);
                const auto facet = any_facet(draw);
                std::vector<OfflineGrant> grants;
                for (const auto& grant : viewer.grants) grants.push_back({viewer.user, grant});
                for (int i = draw.between(0, 3); i > 0; --i) {
                    grants.push_back({id<UserId>(9), any_grant(draw)});
                }
                const bool in_scope = meet(scopes_of(subject, facet, grants, kNow),
                                           scopes_for(viewer, kRegions, kNow));
                const auto decided = decide(viewer, Operation::View, subject, facet, {kNow, true});
                RC_ASSERT(in_scope == is_readable(decided.answer));
                held += in_scope ? 1 : 0;
            },
            50'000);
        CHECK(held > 2'000);  // the law is not held by scopes that are empty
    }
    TEST_CASE(
        "an owner's laptop holds his customers at L1 whole, at L2 by name, at L3 not at all") {
        CHECK(names(mingrun(1), Facet::Main) == "own: sum: ");
        CHECK(names(mingrun(1), Facet::Masked) == "own: ");
        CHECK(names(mingrun(1), Facet::Granted).empty());
        CHECK(names(mingrun(2), Facet::Directory) == "own: dir: ");
        CHECK(names(mingrun(2), Facet::Main).empty());
        for (const auto facet : catalog::kFacets) {
            CHECK(names(mingrun(3), facet).empty());
            CHECK_FALSE(
                is_readable(view(person(kAnn, Role::Salesperson), mingrun(3), facet, true)));
        }
    }
    TEST_CASE("a regional manager carries the customer's main facet, not its contacts or visits") {
        const auto manager = person(kBen, Role::RegionalManager);
        auto contact = mingrun();
        contact.kind = catalog::kContact.tag;
        CHECK(is_readable(view(manager, mingrun(), Facet::Main, true)));
        CHECK_FALSE(is_readable(view(manager, contact, Facet::Main, true)));
        CHECK_FALSE(is_readable(view(manager, mingrun(), Facet::Personal, true)));
        CHECK_FALSE(is_readable(view(manager, mingrun(2), Facet::Main, true)));
        CHECK(is_readable(view(manager, mingrun(2), Facet::Directory, true)));
    }
    TEST_CASE("an offline grant opens L2 to its end, and no more") {
        auto ben = person(kBen, Role::Technician);
        ben.grants.push_back({kMingrun, 2, false, true, false, {kNow.ms - 1}, {kNow.ms + 1}});
        CHECK(view(ben, mingrun(2), Facet::Granted, true) == Answer::Allow);
        CHECK(view(ben, mingrun(2), Facet::Masked, true) == Answer::Mask);
        CHECK(view(ben, mingrun(2), Facet::Closed, true) == Answer::Deny);
        CHECK(view(ben, mingrun(3), Facet::Main, true) == Answer::Deny);
        ben.grants.front().to = kNow;
        CHECK(view(ben, mingrun(2), Facet::Granted, true) == Answer::Deny);
    }
    TEST_CASE("a draft lies on its creator's laptop alone; archived and void files on none") {
        auto draft = mingrun();
        draft.file_state = "draft";
        draft.service = kBen;
        CHECK(is_readable(view(person(kAnn, Role::Salesperson), draft, Facet::Main, true)));
        CHECK_FALSE(is_readable(view(person(kBen, Role::ServiceStaff), draft, Facet::Main, true)));
        CHECK(names(draft, Facet::Directory) == "own: ");
        for (const auto* state : {"archived", "void", "destroy_pending", "destroyed", "?"}) {
            auto file = mingrun();
            file.file_state = state;
            CHECK(names(file, Facet::Directory).empty());
        }
    }
    TEST_CASE("a suspended, inactive or unsigned person holds no scope") {
        auto ann = person(kAnn, Role::Salesperson);
        CHECK(scopes_for(ann, kRegions, kNow).size() == 3);
        ann.suspended = true;
        CHECK(scopes_for(ann, kRegions, kNow).empty());
    }
    TEST_CASE("an administrator of the system holds no customer in any scope") {
        for (const auto& scope : scopes_for(person(kEve, Role::SystemAdmin), kRegions, kNow)) {
            CHECK((scope.sort == ScopeSort::Organisation || scope.sort == ScopeSort::Self));
        }
    }
}
