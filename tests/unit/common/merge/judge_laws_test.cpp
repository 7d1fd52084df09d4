// What every judgement promises, whatever the values, stamps and policy.
#include <algorithm>

#include "common/catalog/canonical.hpp"

#include "tests/support/law.hpp"
#include "tests/unit/common/merge/office.hpp"

using namespace dossier;
using namespace dossier::merge;
using namespace dossier::merge::test;
using catalog::Merge;
using catalog::Type;
using dossier::test::Draw;
using dossier::test::holds;

namespace {

Merge any_policy(Draw& draw) {
    return draw.element(Merge::Latest, Merge::Authority, Merge::Union, Merge::Append, Merge::Review,
                        Merge::ServerOnly, Merge::Immutable, Merge::Computed, Merge::Max,
                        Merge::Min, Merge::ReviewIfBoth);
}

/// Sets merge by element; everything else is a group of two texts that belong together.
struct Any {
    catalog::Field field;
    GroupState current;
    GroupEdit edit;
};

FieldValues any_values(Draw& draw, Type type) {
    if (type == Type::Set) {
        std::vector<std::string> words;
        for (const auto* word : {"a", "b", "c", "d"}) {
            if (draw.coin()) words.emplace_back(word);
        }
        return one(list(words));
    }
    const auto text = [&draw] { return draw.element<std::string>("", "a", "b", "c"); };
    const auto first = text();
    return group(first, text());
}

Stamp any_stamp(Draw& draw) {
    return stamp(draw.between<std::int64_t>(0, 10), draw.between<std::uint8_t>(1, 4),
                 draw.between<std::uint64_t>(0, 3), 10 * draw.between(1, 10));
}

Any any_matter(Draw& draw, Merge policy) {
    const auto type = draw.element(Type::Text, Type::Set);
    Any any{field_of(policy, type),
            {any_values(draw, type), any_stamp(draw), Fv{draw.between<std::uint64_t>(0, 4)}},
            {}};
    any.edit = {any_values(draw, type), any_values(draw, type), any_stamp(draw),
                Fv{draw.between<std::uint64_t>(0, 4)}};
    if (draw.between(0, 4) == 0) any.edit.base = any.current.values;
    if (draw.between(0, 6) == 0) any.edit.base.clear();
    return any;
}

Judgement judged(const Any& any) {
    return judge(any.field, any.current, any.edit);
}

std::set<std::string> elements(const FieldValues& values) {
    const auto list = catalog::elements(values.front().value);
    return {list.begin(), list.end()};
}

}  // namespace

TEST_SUITE("common/merge/judge laws") {
    TEST_CASE("both sides say the same: nothing changes and nothing is lost") {
        holds([](Draw& draw) {
            auto any = any_matter(draw, any_policy(draw));
            any.edit.values = any.current.values;
            const auto result = judged(any);
            RC_ASSERT(result.values == any.current.values);
            RC_ASSERT(result.outcome == Outcome::Converge || result.outcome == Outcome::Ignore);
        });
    }
    TEST_CASE("an author who changed nothing changes nothing") {
        holds([](Draw& draw) {
            auto any = any_matter(draw, any_policy(draw));
            any.edit.base = any.edit.values;
            const auto result = judged(any);
            RC_ASSERT(result.outcome == Outcome::Ignore);
            RC_ASSERT(result.values == any.current.values);
        });
    }
    TEST_CASE("judged twice is judged once: a repeated edit finds the value it left") {
        holds([](Draw& draw) {
            auto any = any_matter(draw, any_policy(draw));
            const auto first = judged(any);
            any.current.values = first.values;
            any.current.stamp = first.stamp;
            if (first.values != any.current.values) any.current.since = Fv{9};
            RC_ASSERT(judged(any).values == first.values);
        });
    }
    TEST_CASE("groups never mix: the result is one author's whole group, or elements of both") {
        holds([](Draw& draw) {
            const auto any = any_matter(draw, any_policy(draw));
            const auto result = judged(any).values;
            if (result == any.current.values || result == any.edit.values) return;
            RC_ASSERT(any.field.type == Type::Set);
            auto expected = elements(any.current.values);
            const auto next = elements(any.edit.values);
            const auto base =
                any.edit.base.empty() ? std::set<std::string>{} : elements(any.edit.base);
            for (const auto& each : base) {
                if (next.count(each) == 0 && any.field.merge == Merge::Union) expected.erase(each);
            }
            for (const auto& each : next) {
                if (base.count(each) == 0) expected.insert(each);
            }
            RC_ASSERT(elements(result) == expected);
        });
    }
    TEST_CASE(
        "nothing vanishes: every value is held, in the history, a loser, a candidate, a "
        "proposal or in its author's tray") {
        holds([](Draw& draw) {
            const auto policy = any_policy(draw);
            Office office(field_of(policy), group("a", "a"));
            std::vector<FieldValues> written;
            const int count = draw.between(1, 8);
            for (int i = 0; i < count; ++i) {
                GroupEdit edit{draw.element(group("a", "a"), office.state.values),
                               any_values(draw, Type::Text), any_stamp(draw), Fv{1}};
                written.push_back(edit.values);
                const bool changed = edit.base != edit.values;
                office.receive(edit);
                if (!changed) written.pop_back();
            }
            for (const auto& values : written) RC_ASSERT(office.remembers(values));
        });
    }
    TEST_CASE("an element an author added is held, whatever the others do to other elements") {
        holds([](Draw& draw) {
            const auto any = any_matter(draw, Merge::Union);
            RC_PRE(any.field.type == Type::Set);
            const auto result = elements(judged(any).values);
            const auto base =
                any.edit.base.empty() ? std::set<std::string>{} : elements(any.edit.base);
            for (const auto& each : elements(any.edit.values)) {
                if (base.count(each) == 0) RC_ASSERT(result.count(each) == 1);
            }
        });
    }
    TEST_CASE("only latest and authority ask what time it is") {
        holds([](Draw& draw) {
            auto any =
                any_matter(draw, draw.element(Merge::Review, Merge::ReviewIfBoth, Merge::Append,
                                              Merge::Immutable, Merge::ServerOnly));
            const auto before = judged(any);
            any.current.stamp.at = any_stamp(draw).at;
            any.edit.stamp.at = any_stamp(draw).at;
            const auto after = judged(any);
            RC_ASSERT(before.values == after.values && before.outcome == after.outcome);
        });
    }
    TEST_CASE("a clock that is wrong for both alike changes nothing") {
        holds([](Draw& draw) {
            auto any = any_matter(draw, any_policy(draw));
            const auto before = judged(any);
            const auto shift = draw.between<std::int64_t>(-4'000'000'000'000, 4'000'000'000'000);
            any.current.stamp.at.ms += shift;
            any.edit.stamp.at.ms += shift;
            const auto after = judged(any);
            RC_ASSERT(before.values == after.values && before.outcome == after.outcome);
        });
    }
    TEST_CASE("stamps of any time are judged, without overflow") {
        holds([](Draw& draw) {
            auto any = any_matter(draw, any_policy(draw));
            any.current.stamp.at.ms = static_cast<std::int64_t>(draw.bits());
            any.edit.stamp.at.ms = draw.element(INT64_MIN, INT64_MAX, std::int64_t{0});
            const auto result = judged(any);
            RC_ASSERT(result.stamp.at == any.current.stamp.at ||
                      result.stamp.at == any.edit.stamp.at);
        });
    }
}
