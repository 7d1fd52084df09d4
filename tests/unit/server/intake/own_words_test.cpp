// An author's own words before he has an answer count as one edit: the first base, the last value.
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"

#include "server/intake/intake.hpp"
#include "tests/support/group_laptop.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;

namespace {

const Value kName = text("杭州明润医药有限公司");

std::size_t all_cases(SmallOffice& office) {
    return office
        .inside([&](Office& desk) {
            return server::list_cases(desk, office.manager.user, server::Which::All);
        })
        .size();
}
void give_to_ben(SmallOffice& office, const RecordId& customer) {
    office.clock.advance(std::chrono::minutes(1));
    office.inside([&](Office& desk) {
        merge::Op op{.kind = merge::OpKind::Event,
                     .record_kind = kCustomer.tag,
                     .record = customer,
                     .event = "transfer"};
        assign(op.fields, field(kCustomer, "owner_user_id").tag, office.ben.user.as<RecordTag>());
        return desk.change(UserId{}, {.source = "cli", .ops = {op}});
    });
}
FieldValues one(std::string_view name, const Value& value) {
    return {{catalog::find_field(kCustomer, name)->tag, value}};
}

}  // namespace

TEST_SUITE("server/intake/own words") {
    TEST_CASE("a slip corrected before a sync is one proposal against what the office had") {
        SmallOffice office;
        auto ann = laptop(office, office.ann,
                          office.customer_of(office.ann, "杭州明润医药有限公司"), "name");
        ann.writes(text("杭州明闰"));
        ann.writes(text("杭州明润健康"));
        const auto verdicts = ann.pushes();
        CHECK(verdicts.back().kind == VerdictKind::Proposal);
        CHECK(all_cases(office) == 0);
        const auto open = proposals(office);
        REQUIRE(open.size() == 1);
        CHECK(open.front().old_value == one("name", kName));
        CHECK(open.front().new_value == one("name", text("杭州明润健康")));
    }

    TEST_CASE("nine edits of one date are one pending value, with syncs between or without") {
        for (const bool synced : {false, true}) {
            SmallOffice office;
            auto ann = laptop(office, office.ann,
                              office.customer_of(office.ann, "杭州明润医药有限公司"), "founded_on");
            for (int day = 1; day <= 9; ++day) {
                ann.writes(text(("2001-02-0" + std::to_string(day)).c_str()));
                if (synced) ann.syncs();
            }
            ann.pushes();
            CHECK(all_cases(office) == 0);
            const auto open = proposals(office);
            REQUIRE(open.size() == 1);
            CHECK(open.front().new_value == one("founded_on", text("2001-02-09")));
            CHECK(open.front().old_value.empty());
        }
    }

    TEST_CASE(
        "a value changed and changed back leaves nothing open, with syncs between or without") {
        for (const bool synced : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            auto ann = laptop(office, office.ann, acme, "name");
            ann.writes(text("甲名"));
            if (synced) ann.syncs();
            ann.writes(kName);
            CHECK(ann.pushes().back().kind == VerdictKind::Converged);
            CHECK(proposals(office).empty());
            CHECK(all_cases(office) == 0);
            CHECK(office.value_of(acme, "name") == kName);
        }
    }

    TEST_CASE("the parts of an address corrected three times are one pending address") {
        SmallOffice office;
        auto ann = laptop(office, office.ann,
                          office.customer_of(office.ann, "杭州明润医药有限公司"), "street_address");
        const auto postcode = field(kCustomer, "postcode").tag;
        const auto street = field(kCustomer, "street_address").tag;
        ann.writes({{street, text("文三路1号")}});
        ann.writes({{postcode, text("310012")}});
        ann.writes({{street, text("文三路11号")}});
        ann.pushes();
        CHECK(all_cases(office) == 0);
        const auto open = proposals(office);
        REQUIRE(open.size() == 1);
        CHECK(open.front().new_value ==
              FieldValues{{street, text("文三路11号")}, {postcode, text("310012")}});
    }

    TEST_CASE(
        "against what somebody else wrote meanwhile the last word is one candidate, and the base "
        "of the case is what the office held") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
        ann.writes(text("错名"));
        ann.writes(text("甲名"));
        CHECK(ann.pushes().back().kind == VerdictKind::Case);
        const auto open = cases(office);
        REQUIRE(open.size() == 1);
        CHECK(open.front().base == one("name", kName));
        CHECK(open.front().candidates.size() == 2);
        CHECK(
            std::none_of(open.front().candidates.begin(), open.front().candidates.end(),
                         [](const auto& each) { return each.value == one("name", text("错名")); }));
        const auto ruled = office.inside([&](Office& desk) {
            return server::rule_case(desk, office.clerk.user, open.front().number, "base", "核实");
        });
        CHECK(ruled.has_value());
        CHECK(office.value_of(acme, "name") == kName);
    }

    TEST_CASE(
        "a take-back withdraws its author's candidate alone; a case in which nobody else says "
        "otherwise is settled") {
        for (const bool third : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            auto ann = laptop(office, office.ann, acme, "name");
            auto clerk = laptop(office, office.clerk, acme, "name");
            office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
            clerk.writes(text("丙名"));
            if (third) clerk.pushes();
            ann.writes(text("甲名"));
            ann.pushes();
            REQUIRE(cases(office).size() == 1);
            ann.writes(kName);
            CHECK(ann.pushes().back().kind == VerdictKind::Converged);
            CHECK(office.value_of(acme, "name") == text("乙名"));
            const auto open = cases(office);
            REQUIRE(open.size() == (third ? 1 : 0));
            if (!third) continue;
            CHECK(open.front().candidates.size() == 2);
            for (const auto& each : open.front().candidates) CHECK(each.author != office.ann.user);
        }
    }

    TEST_CASE("who says what somebody else made of it meanwhile withdraws his own proposal") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        ann.writes(text("甲名"));
        ann.syncs();
        office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
        CHECK(cases(office).size() == 1);
        ann.pulls();
        ann.writes(text("乙名"));
        ann.pushes();
        CHECK(cases(office).empty());
        CHECK(proposals(office).empty());
    }

    TEST_CASE(
        "a plain field changed and changed back gives way to what others wrote, whoever syncs "
        "first") {
        // Ann writes and takes back; the clerk writes before, between or after.
        for (const int minute : {1, 3, 5}) {
            for (const int order : {0, 1, 2}) {
                SmallOffice office;
                const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
                auto ann = laptop(office, office.ann, acme, "fax");
                auto clerk = laptop(office, office.clerk, acme, "fax");
                const Instant start = office.clock.now();
                ann.writes(text("0571-2222"));
                ann.writes(text("0571-1000"));
                ann.unsent[0].second = start.plus(std::chrono::minutes(2));
                ann.unsent[1].second = start.plus(std::chrono::minutes(4));
                clerk.writes(text("0571-3333"));
                clerk.unsent[0].second = start.plus(std::chrono::minutes(minute));
                office.clock.advance(std::chrono::hours(1));
                const auto second = ann.unsent.back();
                if (order == 0) clerk.pushes();
                if (order == 1) ann.unsent.pop_back();
                ann.pushes();
                if (order != 0) clerk.pushes();
                if (order == 1) ann.unsent.push_back(second);
                ann.pushes();
                CAPTURE(minute);
                CAPTURE(order);
                CHECK(office.value_of(acme, "fax") == text("0571-3333"));
                CHECK(cases(office).empty());
            }
        }
    }

    TEST_CASE("a plain field corrected against a later word of somebody else leaves one loser") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "fax");
        for (const char* number : {"0571-21", "0571-22", "0571-23"}) ann.writes(text(number));
        office.clock.advance(std::chrono::hours(1));
        office.clerk.sets(acme, "fax", text("0571-1000"), text("0571-3333"), office.clock.now());
        for (const auto& verdict : ann.pushes()) CHECK(verdict.kind == VerdictKind::Superseded);
        CHECK(office.value_of(acme, "fax") == text("0571-3333"));
        REQUIRE(all_cases(office) == 1);
        const auto only = office.inside([&](Office& desk) {
            return server::list_cases(desk, office.manager.user, server::Which::All);
        });
        CHECK(only.front().base == one("fax", text("0571-1000")));
        CHECK(only.front().candidates.front().value == one("fax", text("0571-23")));
    }

    TEST_CASE("a customer made without a network and corrected there disputes with nobody") {
        SmallOffice office;
        merge::Op made{.kind = merge::OpKind::Create,
                       .record_kind = kCustomer.tag,
                       .record = office.desk.ids().make<RecordId>()};
        assign(made.fields, field(kCustomer, "name").tag, text("衢州华择"));
        assign(made.fields, field(kCustomer, "first_contact_at").tag, office.clock.now().ms);
        Laptop ann{office, office.ann, made.record, "name"};
        ann.view = one("name", text("衢州华择"));
        ann.writes(text("衢州华泽"));
        ann.writes(text("衢州华泽器械"));
        REQUIRE(office.ann.pushes({made}, office.clock.now()).front().kind == VerdictKind::Applied);
        ann.person.oseq = office.ann.oseq;
        ann.pushes();
        CHECK(office.value_of(made.record, "name") == text("衢州华泽器械"));
        CHECK(all_cases(office) == 0);
        CHECK(proposals(office).empty());
    }

    TEST_CASE("of two laptops of one person the later word holds, and he disputes with nobody") {
        for (const bool swapped : {false, true}) {
            for (const std::string_view name : {"name", "fax"}) {
                SmallOffice office;
                const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
                auto first = laptop(office, office.manager, acme, name);
                auto second = first;
                second.person.device = office.desk.ids().make<DeviceId>();
                first.writes(text("0571-21"));
                second.writes(text("0571-22"));
                office.clock.advance(std::chrono::hours(1));
                (swapped ? second : first).pushes();
                (swapped ? first : second).pushes();
                CHECK(office.value_of(acme, name) == text("0571-22"));
                CHECK(all_cases(office) == 0);
            }
        }
    }

    TEST_CASE(
        "a correction of an own proposal that was accepted meanwhile is a proposal, no case") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        const auto before = ann.view;
        ann.writes(text("甲名"));
        ann.pushes();
        // Until the office has decided, the laptop shows what it holds.
        ann.view = before;
        ann.writes(text("乙名"));
        const auto number = proposals(office).front().number;
        office.inside([&](Office& desk) {
            return server::accept_proposal(desk, office.clerk.user, number, "");
        });
        REQUIRE(office.value_of(acme, "name") == text("甲名"));
        CHECK(ann.pushes().back().kind == VerdictKind::Proposal);
        CHECK(all_cases(office) == 0);
        REQUIRE(proposals(office).size() == 1);
        CHECK(proposals(office).front().old_value == one("name", text("甲名")));
    }

    TEST_CASE("of each element of a set the later word holds, whoever's arrives first") {
        // Ann takes an element away and puts it there again; her other laptop takes it away
        // before that, or after it.
        for (const int minute : {2, 9}) {
            for (const int order : {0, 1, 2}) {
                SmallOffice office;
                const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
                auto ann = laptop(office, office.ann, acme, "former_names");
                const Instant start = office.clock.now();
                ann.writes(text("[\"甲\",\"乙\"]"));
                ann.syncs();
                auto other = ann;
                other.person.device = office.desk.ids().make<DeviceId>();
                ann.writes(text("[\"乙\"]"));
                ann.writes(text("[\"甲\",\"乙\"]"));
                ann.unsent[0].second = start.plus(std::chrono::minutes(4));
                ann.unsent[1].second = start.plus(std::chrono::minutes(6));
                other.writes(text("[\"乙\"]"));
                other.unsent[0].second = start.plus(std::chrono::minutes(minute));
                office.clock.advance(std::chrono::hours(1));
                const auto second = ann.unsent.back();
                if (order == 0) other.pushes();
                if (order == 1) ann.unsent.pop_back();
                ann.pushes();
                if (order != 0) {
                    const bool outlived = other.pushes().back().kind == VerdictKind::Superseded;
                    CHECK(outlived == (minute == 2 && order == 2));
                }
                if (order == 1) ann.unsent.push_back(second);
                ann.pushes();
                CAPTURE(minute);
                CAPTURE(order);
                auto held = catalog::elements(office.value_of(acme, "former_names"));
                std::ranges::sort(held);
                CHECK(held == (minute == 2 ? std::vector<std::string>{"\"乙\"", "\"甲\""}
                                           : std::vector<std::string>{"\"乙\""}));
                CHECK(all_cases(office) == 0);
            }
        }
    }

    TEST_CASE("a word its author replaced on another laptop asks nobody, whatever became of that") {
        for (const bool decided : {false, true}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            auto first = laptop(office, office.ann, acme, "name");
            auto second = first;
            second.person.device = office.desk.ids().make<DeviceId>();
            first.writes(text("甲名"));
            second.writes(text("乙名"));
            CHECK(second.pushes().back().kind == VerdictKind::Proposal);
            if (decided) {
                const auto number = proposals(office).front().number;
                office.inside([&](Office& desk) {
                    return server::refuse_proposal(desk, office.clerk.user, number, "证件不符");
                });
            }
            CHECK(first.pushes().back().kind == VerdictKind::Superseded);
            CHECK(proposals(office).size() == (decided ? 0 : 1));
            CHECK(all_cases(office) == 0);
        }
    }

    TEST_CASE(
        "of a set each element added counts, also over one that waits; taken away again it "
        "waits no more") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "former_names");
        const auto held =
            office.ann.sets(acme, "former_names", Value{}, text("[\"甲\"]"), office.clock.now());
        const bool direct = held.kind == VerdictKind::Applied;
        ann.person.oseq = office.ann.oseq;
        if (!direct) CHECK(proposals(office).size() == 1);
        ann.pulls();
        auto with = ann.view;
        ann.writes(direct ? text("[\"甲\",\"乙\"]") : text("[\"乙\"]"));
        ann.pushes();
        if (direct) {
            CHECK(office.value_of(acme, "former_names") == text("[\"甲\",\"乙\"]"));
        } else {
            REQUIRE(proposals(office).size() == 1);
            CHECK(Laptop::value_or_empty(proposals(office).front().new_value, ann.of().tag) ==
                  catalog::from_elements(ann.of(), {"\"甲\"", "\"乙\""}));
        }
        CHECK(all_cases(office) == 0);
    }

    TEST_CASE("an element its author takes for proposed and that is not stands in his proposal") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "former_names");
        ann.person.late = true;
        ann.writes(text("[\"甲\"]"));
        ann.view = one("former_names", text("[\"乙\",\"甲\"]"));
        ann.writes(text("[\"丙\",\"乙\",\"甲\"]"));
        ann.view = one("former_names", text("[\"丁\",\"丙\",\"乙\",\"甲\"]"));
        ann.writes(text("[\"丁\",\"丙\",\"乙\"]"));
        CHECK(ann.pushes().back().kind == VerdictKind::Late);
        const auto open = proposals(office);
        REQUIRE(open.size() == 1);
        CHECK(catalog::elements(Laptop::value_or_empty(open.front().new_value, ann.of().tag)) ==
              std::vector<std::string>{"\"丁\"", "\"丙\"", "\"乙\""});
    }

    TEST_CASE(
        "an element that waits is not dropped by the next one its author adds, with the right to "
        "or without, in a proposal or in a case") {
        for (const bool in_case : {false, true}) {
            for (const bool late : {false, true}) {
                SmallOffice office;
                const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
                auto ann = laptop(office, office.ann, acme, "former_names");
                ann.person.late = true;
                ann.writes(text("[\"甲\"]"));
                CHECK(ann.syncs().kind == VerdictKind::Late);
                if (in_case) {
                    auto clerk = laptop(office, office.clerk, acme, "former_names");
                    clerk.writes(text("[\"丙\"]"));
                    clerk.pushes();
                }
                REQUIRE(cases(office).size() == (in_case ? 1 : 0));
                ann.pulls();
                ann.person.late = late;
                ann.writes(in_case ? text("[\"丙\",\"乙\"]") : text("[\"乙\"]"));
                ann.pushes();
                CAPTURE(in_case);
                CAPTURE(late);
                std::vector<std::string> waiting;
                for (const auto& each : proposals(office))
                    waiting =
                        catalog::elements(Laptop::value_or_empty(each.new_value, ann.of().tag));
                for (const auto& open : cases(office)) {
                    for (const auto& each : open.candidates) {
                        if (each.author == office.ann.user)
                            waiting =
                                catalog::elements(Laptop::value_or_empty(each.value, ann.of().tag));
                    }
                }
                CHECK(std::ranges::count(waiting, "\"甲\"") == 1);
                CHECK(std::ranges::count(waiting, "\"乙\"") == 1);
                CHECK(cases(office).size() == (in_case ? 1 : 0));
                CHECK(proposals(office).size() == (in_case ? 0 : 1));
            }
        }
    }

    TEST_CASE("a proposal two people made stays the other's when one of them takes it back") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        auto again = ann;
        ann.writes(text("甲名"));
        ann.syncs();
        // The same word of somebody whose word is a proposal, too.
        give_to_ben(office, acme);
        auto ben = laptop(office, office.ben, acme, "name");
        ben.writes(text("甲名"));
        CHECK(ben.pushes().back().kind == VerdictKind::Proposal);
        ann.writes(kName);
        ann.unsent.back().second = office.clock.now().plus(std::chrono::minutes(-1));
        ann.pushes();
        const auto open = proposals(office);
        REQUIRE(open.size() == 1);
        CHECK(open.front().proposed_by == office.ben.user);
    }

    TEST_CASE("a value two people proposed is each one's in the case another's word makes of it") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        ann.writes(text("甲名"));
        ann.pushes();
        give_to_ben(office, acme);
        auto ben = laptop(office, office.ben, acme, "name");
        ben.writes(text("甲名"));
        CHECK(ben.pushes().back().kind == VerdictKind::Proposal);
        office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
        REQUIRE(cases(office).size() == 1);
        ann.writes(kName);
        ann.pushes();
        REQUIRE(cases(office).size() == 1);
        const auto open = cases(office).front().candidates;
        CHECK(std::ranges::count(open, office.ann.user, &server::Candidate::author) == 0);
        const auto his = std::ranges::find(open, office.ben.user, &server::Candidate::author);
        REQUIRE(his != open.end());
        CHECK(his->value == one("name", text("甲名")));
    }

    TEST_CASE(
        "a case of a former program whose base was never in force cannot be ruled back to it") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
        ann.writes(text("错名"));
        ann.writes(text("甲名"));
        ann.pushes();
        const auto open = cases(office);
        REQUIRE(open.size() == 1);
        office.inside([&](Office&) {
            auto values = *office.store->load(catalog::kCase.tag, open.front().id);
            assign(values, field(catalog::kCase, "base_value").tag,
                   catalog::values_json(kCustomer, one("name", text("错名"))));
            office.store->save(*office.store->place(open.front().id), values);
            return true;
        });
        const auto ruled = office.inside([&](Office& desk) {
            return server::rule_case(desk, office.clerk.user, open.front().number, "base", "");
        });
        REQUIRE_FALSE(ruled.has_value());
        CHECK(ruled.error().id() == "review.never_in_force");
        CHECK(office.value_of(acme, "name") == text("乙名"));
    }

    TEST_CASE(
        "a claimed base the office never held counts as what it held at that version, or first") {
        for (const bool versioned : {true, false}) {
            SmallOffice office;
            const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
            auto ann = laptop(office, office.ann, acme, "name");
            if (!versioned) ann.version = Fv{};
            office.manager.sets(acme, "name", kName, text("乙名"), office.clock.now());
            ann.view = one("name", text("从未有过"));
            ann.writes(text("甲名"));
            ann.pushes();
            const auto open = cases(office);
            REQUIRE(open.size() == 1);
            CHECK(open.front().base == one("name", kName));
        }
    }

    TEST_CASE(
        "own words fed again to a restored office, whose versions are lower, dispute with nobody") {
        SmallOffice office;
        const auto acme = office.customer_of(office.ann, "杭州明润医药有限公司");
        auto ann = laptop(office, office.ann, acme, "name");
        ann.version = Fv{40};
        for (const char* name : {"一", "二", "三"}) ann.writes(text(name));
        ann.pushes();
        CHECK(all_cases(office) == 0);
        REQUIRE(proposals(office).size() == 1);
        CHECK(proposals(office).front().new_value == one("name", text("三")));
        ann.writes(kName);
        ann.pushes();
        CHECK(proposals(office).empty());
    }
}
