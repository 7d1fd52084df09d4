// How rights are read from records: what holds at a time counts, everything else does not.
#include "common/access/viewer_of.hpp"

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"

namespace dossier::access {
namespace {

using catalog::field;
using catalog::kAccessGrant;
using catalog::kRoleAssignment;
using catalog::kUser;

const Instant kNoon = *instant_from("2026-03-02 12:00");
const UserId kHolder{{7}};
const RecordId kAcme{{9}};

FieldValues person(std::string_view to = "") {
    FieldValues values;
    assign(values, field(kUser, "active_from").tag, std::string("2026-01-01"));
    if (!to.empty()) assign(values, field(kUser, "active_to").tag, std::string(to));
    assign(values, field(kUser, "clearance").tag, std::int64_t{2});
    return values;
}

FieldValues post(std::string_view role) {
    FieldValues values;
    assign(values, field(kRoleAssignment, "role").tag, std::string(role));
    return values;
}

FieldValues grant(std::string_view ops) {
    FieldValues values;
    assign(values, field(kAccessGrant, "scope_ids").tag, "[\"" + to_text(kAcme) + "\"]");
    assign(values, field(kAccessGrant, "max_level").tag, std::int64_t{2});
    assign(values, field(kAccessGrant, "ops").tag, std::string(ops));
    assign(values, field(kAccessGrant, "from_at").tag, kNoon.plus(std::chrono::hours(-1)).ms);
    assign(values, field(kAccessGrant, "to_at").tag, kNoon.plus(std::chrono::hours(1)).ms);
    return values;
}

Viewer viewer(const FieldValues& record,
              const std::vector<FieldValues>& posts,
              const std::vector<FieldValues>& grants,
              Instant at = kNoon) {
    return viewer_of(kHolder, record, posts, grants, at);
}

TEST_SUITE("common/access/viewer_of") {
    TEST_CASE("a grant gives what it names, on what it names, within its time") {
        const auto all = viewer(person(), {}, {grant(R"(["edit","offline","view"])")});
        REQUIRE(all.grants.size() == 1);
        CHECK(all.grants[0].target == kAcme);
        CHECK(all.grants[0].max_level == 2);
        CHECK(all.grants[0].edit);
        CHECK(all.grants[0].offline);
        const auto view = viewer(person(), {}, {grant(R"(["view"])")});
        REQUIRE(view.grants.size() == 1);
        CHECK_FALSE(view.grants[0].edit);
        CHECK_FALSE(view.grants[0].offline);
        for (const auto hours : {-2, 1, 2}) {
            const Instant at = kNoon.plus(std::chrono::hours(hours));
            CHECK(viewer(person(), {}, {grant(R"(["view"])")}, at).grants.empty());
        }
    }

    TEST_CASE("a revoked grant holds until it was revoked") {
        auto revoked = grant(R"(["view"])");
        assign(revoked, field(kAccessGrant, "revoked_at").tag, kNoon.ms);
        CHECK(viewer(person(), {}, {revoked}).grants.empty());
        CHECK(viewer(person(), {}, {revoked}, Instant{kNoon.ms - 1}).grants.size() == 1);
    }

    TEST_CASE("a post counts within its time, with the reach of its role unless it names one") {
        auto wider = post("salesperson");
        assign(wider, field(kRoleAssignment, "scope").tag, std::string("all"));
        auto over = post("info_clerk");
        assign(over, field(kRoleAssignment, "to_at").tag, kNoon.ms);
        const auto ann = viewer(person(), {post("salesperson"), wider, over, post("king")}, {});
        REQUIRE(ann.roles.size() == 2);
        CHECK(ann.roles[0].reach == Reach::Own);
        CHECK(ann.roles[1].reach == Reach::All);
    }

    TEST_CASE("nobody acts before the first day, from the last on, or from an outside agency") {
        CHECK(viewer(person(), {post("salesperson")}, {}).active);
        CHECK_FALSE(viewer(person("2026-03-02"), {post("salesperson")}, {}).active);
        CHECK_FALSE(viewer(person(), {}, {}, *instant_from("2025-12-31 12:00")).active);
        CHECK_FALSE(viewer(person(), {post("external_agency")}, {}).active);
        CHECK(viewer(person(), {post("external_agency"), post("salesperson")}, {}).active);
    }
}

}  // namespace
}  // namespace dossier::access
