#include "common/access/role.hpp"

#include <doctest/doctest.h>

#include "common/catalog/choices_work.hpp"

using namespace dossier;
using namespace dossier::access;

TEST_SUITE("common/access/role") {
    TEST_CASE("the roles are those of the catalog, code by code and label by label") {
        const auto roles = all_roles();
        const auto& choices = catalog::choices::kRole;
        REQUIRE(roles.size() == choices.size());
        for (std::size_t i = 0; i < roles.size(); ++i) {
            CHECK(roles[i].code == choices[i].code);
            CHECK(roles[i].label == choices[i].label);
            CHECK(facts(roles[i].role).code == roles[i].code);
        }
    }
    TEST_CASE("a role is found by its code, its names and the names of the office's old rules") {
        CHECK(role_from("info_clerk") == Role::InfoClerk);
        CHECK(role_from("信息员") == Role::InfoClerk);
        CHECK(role_from("内勤") == Role::ServiceStaff);
        CHECK(role_from("市场主管") == Role::MarketManager);
        CHECK(role_from("general manager") == Role::GeneralManager);
        CHECK_FALSE(role_from("").has_value());
        CHECK_FALSE(role_from("内勤|客服人员").has_value());
    }
    TEST_CASE("no two roles share a name") {
        for (const auto& role : all_roles()) {
            CHECK(role_from(role.code) == role.role);
            CHECK(role_from(role.label.zh) == role.role);
            CHECK(role_from(role.label.en) == role.role);
        }
    }
}
