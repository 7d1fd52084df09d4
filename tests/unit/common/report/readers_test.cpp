// Whose rows of a report somebody sees: as its row says, and no farther than his post reaches.
#include "common/report/readers.hpp"

#include <array>

#include <doctest/doctest.h>

#include "common/report/reports.hpp"
#include "common/report/timeliness.hpp"

using namespace dossier;
using namespace dossier::report;
using access::Held;
using access::Reach;
using access::Role;

namespace {

template <class IdType>
IdType id(std::uint8_t number) {
    IdType made;
    made.bytes[15] = number;
    return made;
}

const auto kAnn = id<UserId>(1);
const auto kBoss = id<UserId>(2);
const auto kEast = id<RecordId>(11);
const auto kChina = id<RecordId>(10);
const auto kSales = id<RecordId>(21);
const Standing kOfAnn{kAnn, {kBoss}, {kEast, kChina}, {kSales}};

access::Viewer viewer(const UserId& user, Role role, Reach reach, const RecordId& place = {}) {
    access::Viewer viewer{.user = user, .active = true, .agreement_signed = true};
    viewer.roles = {Held{role, reach, place}};
    return viewer;
}
bool sees_ann(const access::Viewer& viewer) {
    return sees_rows_of(kTimeliness.readers, viewer, kOfAnn);
}

}  // namespace

TEST_SUITE("common/report/readers") {
    TEST_CASE("a salesperson sees the own rows and those of whom he stands above, nobody else's") {
        CHECK(sees_ann(viewer(kAnn, Role::Salesperson, Reach::Own)));
        CHECK(sees_ann(viewer(kBoss, Role::Salesperson, Reach::Own)));
        CHECK_FALSE(sees_ann(viewer(id<UserId>(3), Role::Salesperson, Reach::Own)));
        // However far a post of his may reach: the row says whose.
        CHECK_FALSE(sees_ann(viewer(id<UserId>(3), Role::Salesperson, Reach::All)));
    }

    TEST_CASE(
        "a regional manager sees his region with all below it, a department manager his own") {
        const auto other = id<UserId>(3);
        CHECK(sees_ann(viewer(other, Role::RegionalManager, Reach::Region, kChina)));
        CHECK_FALSE(
            sees_ann(viewer(other, Role::RegionalManager, Reach::Region, id<RecordId>(12))));
        CHECK(sees_ann(viewer(other, Role::DeptManager, Reach::Department, kSales)));
        CHECK_FALSE(sees_ann(viewer(other, Role::DeptManager, Reach::Department, kEast)));
        auto at_home = viewer(other, Role::RegionalManager, Reach::Region);
        CHECK_FALSE(sees_ann(at_home));
        at_home.region = kEast;
        CHECK(sees_ann(at_home));
    }

    TEST_CASE("who reads everybody's does so as far as his post was given") {
        const auto other = id<UserId>(3);
        CHECK(sees_ann(viewer(other, Role::ServiceManager, Reach::All)));
        CHECK(sees_ann(viewer(other, Role::GeneralManager, Reach::All)));
        CHECK(sees_ann(viewer(other, Role::ServiceManager, Reach::Region, kEast)));
        CHECK_FALSE(sees_ann(viewer(other, Role::ServiceManager, Reach::Own)));
    }

    TEST_CASE("who is no reader sees nothing, not even of himself; nor who may do nothing at all") {
        for (const Role role : {Role::SystemAdmin, Role::Auditor, Role::ExternalAgency}) {
            CHECK_FALSE(may_run(kTimeliness.readers, viewer(kAnn, role, Reach::All)));
            CHECK_FALSE(sees_ann(viewer(kAnn, role, Reach::All)));
            CHECK_FALSE(sees_ann(viewer(kBoss, role, Reach::All)));
        }
        auto stopped = viewer(kAnn, Role::Salesperson, Reach::Own);
        stopped.agreement_signed = false;
        CHECK_FALSE(sees_ann(stopped));
        stopped.agreement_signed = true;
        stopped.suspended = true;
        CHECK_FALSE(sees_ann(stopped));
    }

    TEST_CASE("where a row gives nothing but one's own, a superior sees none of his people's") {
        constexpr std::array kOwn{Reader{Role::Salesperson, Whose::Own}};
        CHECK(sees_rows_of(kOwn, viewer(kAnn, Role::Salesperson, Reach::Own), kOfAnn));
        CHECK_FALSE(sees_rows_of(kOwn, viewer(kBoss, Role::Salesperson, Reach::Own), kOfAnn));
    }

    TEST_CASE("what is nobody's stands in nobody's rows") {
        CHECK_FALSE(sees_rows_of(kTimeliness.readers, viewer({}, Role::ServiceManager, Reach::All),
                                 Standing{}));
    }

    TEST_CASE("every report is found by its code, whole and able to run") {
        for (const Report* each : reports()) {
            CAPTURE(each->code);
            CHECK(*find_report(each->code) == each);
            CHECK((each->fold != nullptr));
            CHECK_FALSE(each->readers.empty());
            for (const auto& text : {each->label, each->help}) {
                CHECK_FALSE(text.zh.empty());
                CHECK_FALSE(text.en.empty());
            }
            for (const auto& measure : each->measures) {
                CHECK(catalog::find_field(*measure.over, measure.person) != nullptr);
                CHECK(catalog::find_field(*measure.over, measure.started)->type ==
                      catalog::Type::Time);
                CHECK((measure.limit.days > 0) != (measure.limit.hours > 0));
            }
            CHECK(each->fold(*each, {}, {*period_from("2026Q1"), {}}).size() ==
                  each->sections.size());
        }
        CHECK(*find_report("rp-14") == &kTimeliness);
        CHECK(find_report("RP-99").error().is(kUnknownReport));
    }
}
