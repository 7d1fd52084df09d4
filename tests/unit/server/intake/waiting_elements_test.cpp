// Of a list each element counts: what its author added and nobody decided stands for him in a
// proposal or case, whatever else of his holds and whoever is heard first. Source: C-05.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"

#include "tests/support/group_laptop.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;

namespace {

using Names = std::vector<std::string>;

/// A customer whose former names Ann, his owner, and the clerk write.
struct FormerNames {
    SmallOffice office = {};
    RecordId acme = office.customer_of(office.ann, "杭州明润医药有限公司");

    Laptop laptop_of(const SmallOffice::Person& person, bool late = false) {
        auto made = laptop(office, person, acme, "former_names");
        made.person.device = office.desk.ids().make<DeviceId>();
        made.person.late = late;
        return made;
    }
    Names held() {
        auto all = catalog::elements(office.value_of(acme, "former_names"));
        std::ranges::sort(all);
        return all;
    }
    /// What somebody stands for in open proposals and cases beyond what holds, sorted.
    Names asked_by(const SmallOffice::Person& person) {
        const auto tag = catalog::find_field(kCustomer, "former_names")->tag;
        const Names now = held();
        Names all;
        const auto add = [&](const UserId& author, const FieldValues& value) {
            auto wanted = catalog::elements(Laptop::value_or_empty(value, tag));
            std::ranges::sort(wanted);
            if (author == person.user)
                std::ranges::set_difference(wanted, now, std::back_inserter(all));
        };
        for (const auto& each : proposals(office)) add(each.proposed_by, each.new_value);
        for (const auto& open : cases(office)) {
            for (const auto& each : open.candidates) add(each.author, each.value);
        }
        std::ranges::sort(all);
        return all;
    }
    /// Whoever is followed, nothing that holds goes.
    bool nothing_held_is_at_stake() {
        const auto tag = catalog::find_field(kCustomer, "former_names")->tag;
        const auto keeps = [&](const FieldValues& value) {
            auto wanted = catalog::elements(Laptop::value_or_empty(value, tag));
            std::ranges::sort(wanted);
            return std::ranges::includes(wanted, held());
        };
        bool all = true;
        for (const auto& each : proposals(office)) all = all && keeps(each.new_value);
        for (const auto& open : cases(office)) {
            for (const auto& each : open.candidates) all = all && keeps(each.value);
        }
        return all;
    }
};

Value names(const char* list) {
    return std::string(list);
}

}  // namespace

TEST_SUITE("server/intake/waiting elements") {
    TEST_CASE(
        "an element that waits stands in the case another's word opens, over what its author put "
        "in force since") {
        FormerNames of;
        auto ann = of.laptop_of(of.office.ann, true);
        auto clerk = of.laptop_of(of.office.clerk, true);
        ann.writes(names("[\"甲\"]"));
        REQUIRE(ann.syncs().kind == VerdictKind::Late);
        ann.person.late = false;
        ann.writes(names("[\"乙\"]"));
        REQUIRE(ann.syncs().kind == VerdictKind::Applied);
        clerk.writes(names("[\"丙\"]"));
        REQUIRE(clerk.syncs().kind == VerdictKind::Case);
        CHECK(of.asked_by(of.office.ann) == Names{"\"甲\""});
        CHECK(of.asked_by(of.office.clerk) == Names{"\"丙\""});
        CHECK(of.nothing_held_is_at_stake());
        CHECK(proposals(of.office).empty());
    }

    TEST_CASE(
        "who holds one element and has another waiting stands for both, whichever of his laptops "
        "is heard first and whichever wrote later, before another's word or after it") {
        for (const bool late_wrote_first : {true, false}) {
            for (const bool late_heard_first : {true, false}) {
                for (const std::size_t clerk_after : {0U, 1U, 2U}) {
                    CAPTURE(late_wrote_first);
                    CAPTURE(late_heard_first);
                    CAPTURE(clerk_after);
                    FormerNames of;
                    auto late = of.laptop_of(of.office.ann, true);
                    auto direct = of.laptop_of(of.office.ann);
                    auto clerk = of.laptop_of(of.office.clerk, true);
                    if (late_wrote_first) late.writes(names("[\"甲\"]"));
                    direct.writes(names("[\"乙\"]"));
                    if (!late_wrote_first) late.writes(names("[\"甲\"]"));
                    clerk.writes(names("[\"丙\"]"));
                    std::vector<Laptop*> heard{&direct};
                    heard.insert(late_heard_first ? heard.begin() : heard.end(), &late);
                    heard.insert(heard.begin() + static_cast<std::ptrdiff_t>(clerk_after), &clerk);
                    for (Laptop* each : heard) each->pushes();
                    CHECK(cases(of.office).size() == 1);
                    CHECK(proposals(of.office).empty());
                    CHECK(of.office.value_of(of.acme, "former_names") == names("[\"乙\"]"));
                    CHECK(of.asked_by(of.office.ann) == Names{"\"甲\""});
                    CHECK(of.asked_by(of.office.clerk) == Names{"\"丙\""});
                }
            }
        }
    }

    TEST_CASE("nobody disputes with himself over a list, whichever of his words is later") {
        for (const bool late_wrote_first : {true, false}) {
            for (const bool late_heard_first : {true, false}) {
                CAPTURE(late_wrote_first);
                CAPTURE(late_heard_first);
                FormerNames of;
                auto late = of.laptop_of(of.office.ann, true);
                auto direct = of.laptop_of(of.office.ann);
                if (late_wrote_first) late.writes(names("[\"甲\"]"));
                direct.writes(names("[\"乙\"]"));
                if (!late_wrote_first) late.writes(names("[\"甲\"]"));
                if (late_heard_first) late.pushes();
                direct.pushes();
                if (!late_heard_first) late.pushes();
                CHECK(cases(of.office).empty());
                REQUIRE(proposals(of.office).size() == 1);
                CHECK(of.asked_by(of.office.ann) == Names{"\"甲\""});
                CHECK(of.nothing_held_is_at_stake());
            }
        }
    }

    TEST_CASE("an element that comes late joins a case in which its author lost another since") {
        FormerNames of;
        auto late = of.laptop_of(of.office.ann, true);
        auto direct = of.laptop_of(of.office.ann);
        auto clerk = of.laptop_of(of.office.clerk, true);
        late.writes(names("[\"甲\"]"));
        direct.writes(names("[\"乙\"]"));
        clerk.writes(names("[\"丙\"]"));
        clerk.pushes();
        direct.pushes();
        REQUIRE(cases(of.office).size() == 1);
        auto aware = of.laptop_of(of.office.clerk);
        aware.writes(names("[\"丁\"]"));
        REQUIRE(aware.syncs().kind == VerdictKind::Applied);
        late.pushes();
        CHECK(of.asked_by(of.office.ann) == Names{"\"乙\"", "\"甲\""});
    }

    TEST_CASE(
        "an element two people propose stays each one's when one of them adds another or takes "
        "one back") {
        for (const bool adds : {true, false}) {
            CAPTURE(adds);
            FormerNames of;
            auto ann = of.laptop_of(of.office.ann, true);
            auto clerk = of.laptop_of(of.office.clerk, true);
            ann.writes(names("[\"甲\",\"丁\"]"));
            ann.pushes();
            clerk.writes(names("[\"甲\",\"丁\"]"));
            clerk.pushes();
            REQUIRE(proposals(of.office).size() == 1);
            if (adds) ann.pulls();
            ann.person.late = !adds;
            ann.writes(names(adds ? "[\"乙\"]" : "[\"甲\"]"));
            ann.pushes();
            CHECK(of.asked_by(of.office.ann) ==
                  (adds ? Names{"\"丁\"", "\"甲\""} : Names{"\"甲\""}));
            CHECK(of.asked_by(of.office.clerk) == Names{"\"丁\"", "\"甲\""});
        }
    }

    TEST_CASE("what waits besides an element its author puts in force waits on as it is") {
        FormerNames of;
        auto late = of.laptop_of(of.office.ann, true);
        auto direct = of.laptop_of(of.office.ann);
        late.writes(names("[\"甲\",\"丁\"]"));
        late.pushes();
        direct.writes(names("[\"甲\"]"));
        direct.pushes();
        CHECK(cases(of.office).empty());
        REQUIRE(proposals(of.office).size() == 1);
        CHECK(Laptop::value_or_empty(proposals(of.office).front().old_value, late.of().tag) ==
              names("[\"甲\"]"));
        CHECK(of.asked_by(of.office.ann) == Names{"\"丁\""});
    }

    TEST_CASE(
        "an element its author took back waits no more, though he said something else later on "
        "another laptop") {
        for (const bool in_case : {true, false}) {
            CAPTURE(in_case);
            FormerNames of;
            auto late = of.laptop_of(of.office.ann, true);
            auto direct = of.laptop_of(of.office.ann);
            auto clerk = of.laptop_of(of.office.clerk, true);
            late.writes(names("[\"甲\"]"));
            late.writes(Value{});
            direct.writes(names("[\"乙\"]"));
            clerk.writes(names("[\"丙\"]"));
            if (in_case) clerk.pushes();
            direct.pushes();
            late.pushes();
            CHECK(of.asked_by(of.office.ann).empty());
            CHECK(cases(of.office).size() == (in_case ? 1 : 0));
        }
    }

    TEST_CASE("what two people propose stands for each of them when either says more") {
        for (const bool adds : {true, false}) {
            CAPTURE(adds);
            FormerNames of;
            auto ann = of.laptop_of(of.office.ann, true);
            auto clerk = of.laptop_of(of.office.clerk, true);
            ann.writes(names("[\"甲\"]"));
            ann.pushes();
            clerk.writes(names("[\"甲\"]"));
            clerk.pushes();
            REQUIRE(proposals(of.office).size() == 1);
            // Put in force, or late as well.
            clerk.person.late = !adds;
            clerk.view = {{clerk.of().tag, Value{}}};
            clerk.writes(names("[\"乙\"]"));
            clerk.pushes();
            CHECK(cases(of.office).size() == 1);
            CHECK(of.asked_by(of.office.ann) == Names{"\"甲\""});
            CHECK(of.asked_by(of.office.clerk) ==
                  (adds ? Names{"\"甲\""} : Names{"\"乙\"", "\"甲\""}));
        }
    }

    TEST_CASE("what two people propose stays the other's when one of them takes it back") {
        for (const bool whole : {true, false}) {
            CAPTURE(whole);
            FormerNames of;
            auto ann = of.laptop_of(of.office.ann, true);
            auto clerk = of.laptop_of(of.office.clerk, true);
            ann.writes(names("[\"甲\",\"丁\"]"));
            ann.pushes();
            clerk.writes(names("[\"甲\",\"丁\"]"));
            clerk.pushes();
            ann.writes(Value{});
            ann.pushes();
            CHECK(cases(of.office).empty());
            CHECK(of.asked_by(of.office.ann).empty());
            CHECK(of.asked_by(of.office.clerk) == Names{"\"丁\"", "\"甲\""});
            clerk.writes(whole ? Value{} : names("[\"丁\"]"));
            clerk.pushes();
            CHECK(of.asked_by(of.office.clerk) == (whole ? Names{} : Names{"\"丁\""}));
            CHECK(of.asked_by(of.office.ann).empty());
        }
    }

    TEST_CASE("an element that waits is accepted beside what holds, not in its place") {
        FormerNames of;
        auto ann = of.laptop_of(of.office.ann, true);
        auto clerk = of.laptop_of(of.office.clerk);
        ann.writes(names("[\"甲\"]"));
        clerk.writes(names("[\"乙\"]"));
        clerk.pushes();
        ann.pushes();
        REQUIRE(proposals(of.office).size() == 1);
        const auto number = proposals(of.office).front().number;
        CHECK(of.office.inside([&](Office& desk) {
            return server::accept_proposal(desk, of.office.clerk.user, number, "营业执照")
                .has_value();
        }));
        CHECK(of.held() == Names{"\"乙\"", "\"甲\""});
    }

    TEST_CASE("what waits is accepted by whoever puts it in force, with more or alone") {
        for (const char* list : {"[\"甲\"]", "[\"丙\",\"乙\",\"甲\"]"}) {
            CAPTURE(list);
            FormerNames of;
            auto ann = of.laptop_of(of.office.ann, true);
            auto clerk = of.laptop_of(of.office.clerk);
            ann.writes(names("[\"甲\"]"));
            ann.pushes();
            clerk.writes(names(list));
            clerk.pushes();
            CHECK(cases(of.office).empty());
            CHECK(proposals(of.office).empty());
        }
    }

    TEST_CASE("a list waits in the order in which it was written, and in any order is the same") {
        FormerNames of;
        auto ann = of.laptop_of(of.office.ann, true);
        auto clerk = of.laptop_of(of.office.clerk, true);
        ann.writes(names("[\"丙\",\"甲\",\"乙\"]"));
        ann.pushes();
        clerk.writes(names("[\"甲\",\"乙\",\"丙\"]"));
        clerk.pushes();
        CHECK(cases(of.office).empty());
        REQUIRE(proposals(of.office).size() == 1);
        CHECK(Laptop::value_or_empty(proposals(of.office).front().new_value, ann.of().tag) ==
              names("[\"丙\",\"甲\",\"乙\"]"));
    }
}
