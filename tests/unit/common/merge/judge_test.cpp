#include "common/merge/judge.hpp"

#include <doctest/doctest.h>

#include "common/catalog/catalog.hpp"
#include "common/merge/faults.hpp"

#include "tests/unit/common/merge/office.hpp"

using namespace dossier;
using namespace dossier::merge;
using namespace dossier::merge::test;
using catalog::Merge;
using catalog::Type;

namespace {

Judgement judged(Merge policy, const Value& base, const Value& office, const Value& mine) {
    const GroupState current{one(office), stamp(100, 1), Fv{2}};
    const Fv seen{base == office ? 2U : 1U};
    const GroupEdit edit{one(base), one(mine), stamp(200, 2), seen};
    return judge(field_of(policy), current, edit);
}

Judgement judged_lists(Merge policy,
                       const std::vector<std::string>& base,
                       const std::vector<std::string>& office,
                       const std::vector<std::string>& mine) {
    const GroupState current{one(list(office)), stamp(100, 1), Fv{2}};
    const Fv seen{base == office ? 2U : 1U};
    const GroupEdit edit{one(list(base)), one(list(mine)), stamp(200, 2), seen};
    return judge(field_of(policy, Type::List), current, edit);
}

const Value kOld = std::string("旧");
const Value kTheirs = std::string("他");
const Value kMine = std::string("我");

}  // namespace

TEST_SUITE("common/merge/judge") {
    TEST_CASE("only the author changed a value: it is taken") {
        for (const auto policy : {Merge::Latest, Merge::Authority, Merge::Review, Merge::Max,
                                  Merge::Min, Merge::ReviewIfBoth}) {
            const auto result = judged(policy, kOld, kOld, kMine);
            CHECK(result.outcome == Outcome::Apply);
            CHECK(result.values == one(kMine));
        }
    }
    TEST_CASE("two unaware edits of a reviewed field go to review, in either order") {
        CHECK(judged(Merge::Review, kOld, kTheirs, kMine).outcome == Outcome::Review);
        CHECK(judged(Merge::Review, kOld, kMine, kTheirs).outcome == Outcome::Review);
        CHECK(judged(Merge::ReviewIfBoth, kOld, kTheirs, kMine).values == one(kTheirs));
    }
    TEST_CASE("spelling noise is no conflict: composed and decomposed, trimmed or not") {
        const auto result =
            judged(Merge::Review, kOld, std::string("Caf\xC3\xA9"), std::string("Cafe\xCC\x81 "));
        CHECK(result.outcome == Outcome::Converge);
        CHECK(result.values == one(std::string("Caf\xC3\xA9")));
        CHECK(judged(Merge::Review, {}, std::string("x"), std::string("")).outcome ==
              Outcome::Ignore);
    }
    TEST_CASE("a lower rank never overrides a younger value of a higher one, unless it is old") {
        const GroupState chief{one(kTheirs), stamp(0, 1, 0, 70), Fv{2}};
        const auto in_days = [](std::int64_t days) { return days * 86'400'000; };
        const auto field = field_of(Merge::Authority);
        const auto at = [&](std::int64_t ms, int rank) {
            const GroupEdit edit{one(kOld), one(kMine), stamp(ms, 2, 0, rank), Fv{1}};
            return judge(field, chief, edit, 90).outcome;
        };
        CHECK(at(in_days(90) - 1, 30) == Outcome::Propose);
        CHECK(at(in_days(90), 30) == Outcome::Override);
        CHECK(at(-1, 30) == Outcome::Propose);
        CHECK(at(1, 70) == Outcome::Override);
        CHECK(at(-1, 70) == Outcome::Keep);
        CHECK(at(-1, 90) == Outcome::Override);
    }
    TEST_CASE("an author who saw the higher-ranked value may change it") {
        const GroupState chief{one(kTheirs), stamp(0, 1, 0, 90), Fv{2}};
        const GroupEdit aware{one(kTheirs), one(kMine), stamp(1, 2, 0, 30), Fv{2}};
        CHECK(judge(field_of(Merge::Authority), chief, aware).outcome == Outcome::Apply);
    }
    TEST_CASE("both sides' elements stay; a removal wins against an element nobody touched") {
        const auto result = judged_lists(Merge::Union, {"a", "b"}, {"a", "b", "c"}, {"b", "d"});
        CHECK(result.outcome == Outcome::Unite);
        CHECK(result.values == one(list({"b", "c", "d"})));
    }
    TEST_CASE("an element one side rewrote survives the other side's removal of its old form") {
        const auto result = judged_lists(Merge::Union, {"a"}, {"a2"}, {"b"});
        CHECK(result.values == one(list({"a2", "b"})));
    }
    TEST_CASE("what is appended stays for ever: no removal, no rewriting") {
        CHECK(judged_lists(Merge::Append, {"a", "b"}, {"a", "b"}, {"a"}).outcome ==
              Outcome::Refuse);
        CHECK(judged_lists(Merge::Append, {"b", "a"}, {"b", "a"}, {"b", "c"}).values ==
              one(list({"b", "a", "c"})));
        CHECK(judged_lists(Merge::Append, {"b"}, {"b", "x"}, {"b", "c"}).values ==
              one(list({"b", "c", "x"})));
        CHECK(judged(Merge::Append, kOld, kOld, kMine).outcome == Outcome::Refuse);
        CHECK(judged(Merge::Append, {}, {}, kMine).outcome == Outcome::Apply);
        CHECK(judged(Merge::Append, {}, kTheirs, kMine).outcome == Outcome::Review);
    }
    TEST_CASE("an addition that dropped what was there agrees with the list it would have made") {
        CHECK(judged_lists(Merge::Append, {"g"}, {"g", "b"}, {"b"}).values ==
              one(list({"g", "b"})));
    }
    TEST_CASE("nobody writes what the office, a workflow or the creation sets, seen or not") {
        for (const auto policy : {Merge::ServerOnly, Merge::Computed, Merge::Immutable}) {
            CHECK(judged(policy, kOld, kOld, kMine).outcome == Outcome::Refuse);
            CHECK(judged(policy, {}, {}, kMine).outcome == Outcome::Refuse);
            CHECK(judged(policy, kOld, kMine, kMine).outcome == Outcome::Converge);
            CHECK(judged(policy, kOld, kTheirs, kOld).outcome == Outcome::Ignore);
        }
    }
    TEST_CASE("who could not see the value is unaware of it, unless he says the same") {
        const GroupState current{one(kTheirs), stamp(100, 1), Fv{2}};
        const auto outcome = [&](Merge policy, const Value& mine, std::int64_t at) {
            return judge(field_of(policy), current, {{}, one(mine), stamp(at, 2), Fv{9}}).outcome;
        };
        CHECK(outcome(Merge::Latest, kMine, 200) == Outcome::Override);
        CHECK(outcome(Merge::Latest, kMine, 50) == Outcome::Keep);
        CHECK(outcome(Merge::Review, kMine, 200) == Outcome::Review);
        CHECK(outcome(Merge::Review, kTheirs, 200) == Outcome::Converge);
    }
    TEST_CASE("a value that went and came back unseen does not lose to an older edit") {
        // Theirs changed it and changed it back at 100; mine, unaware of both, is of 90.
        const GroupState current{one(kOld), stamp(100, 1), Fv{3}};
        const auto outcome = [&](std::int64_t at, std::uint8_t device, Fv seen) {
            return judge(field_of(Merge::Latest), current,
                         {one(kOld), one(kMine), stamp(at, device), seen})
                .outcome;
        };
        CHECK(outcome(90, 2, Fv{1}) == Outcome::Keep);
        CHECK(outcome(110, 2, Fv{1}) == Outcome::Apply);
        CHECK(outcome(90, 2, Fv{3}) == Outcome::Apply);
        CHECK(outcome(90, 1, Fv{1}) == Outcome::Apply);
    }
    TEST_CASE("a list that two reorderings put back is not taken for the list an author saw") {
        Office office(field_of(Merge::Union, Type::List), one(list({"a", "b", "d"})));
        const auto base = office.state.values;
        office.receive({base, one(list({"d", "a", "b"})), stamp(60, 1), Fv{1}});
        office.receive({base, one(list({"b", "d", "a"})), stamp(61, 2), Fv{1}});
        REQUIRE(office.state.values == base);
        office.receive({base, one(list({"d", "b"})), stamp(62, 3), Fv{1}});
        CHECK(office.state.values == one(list({"b", "d"})));
    }
    TEST_CASE("the greater or the smaller of two unaware values wins, and any beats none") {
        const auto number = [](std::int64_t n) { return Value(n); };
        CHECK(judged(Merge::Max, number(1), number(7), number(5)).outcome == Outcome::Keep);
        CHECK(judged(Merge::Max, number(1), number(5), number(7)).values == one(number(7)));
        CHECK(judged(Merge::Min, number(9), number(7), number(5)).values == one(number(5)));
        CHECK(judged(Merge::Min, number(9), number(5), {}).outcome == Outcome::Keep);
        CHECK(judged(Merge::Min, number(9), {}, number(5)).outcome == Outcome::Override);
    }
    TEST_CASE("every field that merges by element stands alone: elements of two fields never mix") {
        for (const auto* kind : catalog::kinds()) {
            for (const auto& field : kind->fields) {
                const bool by_element = field.merge == Merge::Union || field.merge == Merge::Append;
                if (by_element) CHECK_MESSAGE(field.group.empty(), kind->name, ".", field.name);
            }
        }
    }
    TEST_CASE("the fields of one group have one policy") {
        for (const auto* kind : catalog::kinds()) {
            for (const auto& field : kind->fields) {
                for (const auto* other : catalog::group_of(*kind, field)) {
                    CHECK_MESSAGE(other->merge == field.merge, kind->name, ".", field.name);
                }
            }
        }
    }
    TEST_CASE("every fault has its own id and both languages") {
        std::set<std::string_view> ids;
        for (const auto* fault : faults()) {
            CHECK(ids.insert(fault->id).second);
            CHECK_FALSE(fault->what.zh.empty());
            CHECK_FALSE(fault->remedy.en.empty());
        }
    }
}
