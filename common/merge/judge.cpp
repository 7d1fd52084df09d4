#include "common/merge/judge.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/merge/elements.hpp"

namespace dossier::merge {
namespace {

using catalog::Field;
using catalog::Merge;

/// Every tag any of the three lists speaks of.
std::vector<std::uint16_t> tags_of(const GroupState& current, const GroupEdit& edit) {
    std::vector<std::uint16_t> tags;
    for (const auto* list : {&current.values, &edit.base, &edit.values}) {
        for (const auto& entry : *list) tags.push_back(entry.tag);
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

/// One group on its way through the rules.
struct Matter {
    const Field& field;
    const GroupState& current;
    const GroupEdit& edit;
    int authority_days;
    std::vector<std::uint16_t> tags;

    [[nodiscard]] const Value& now(std::uint16_t tag) const {
        return value_or_empty(current.values, tag);
    }
    [[nodiscard]] const Value& next(std::uint16_t tag) const {
        return value_or_empty(edit.values, tag);
    }
    [[nodiscard]] bool base_is(const FieldValues& values) const {
        return std::all_of(tags.begin(), tags.end(), [&](std::uint16_t tag) {
            const auto* seen = find(edit.base, tag);
            return seen != nullptr && same(*seen, value_or_empty(values, tag));
        });
    }
    [[nodiscard]] bool values_agree() const {
        return std::all_of(tags.begin(), tags.end(),
                           [&](std::uint16_t tag) { return same(now(tag), next(tag)); });
    }
    /// The current value stays.
    [[nodiscard]] Judgement stays(Outcome outcome) const {
        return {outcome, current.values, current.stamp};
    }
    [[nodiscard]] Judgement takes(Outcome outcome) const {
        return {outcome, edit.values, edit.stamp};
    }
    [[nodiscard]] const Stamp& later() const {
        return edit.stamp.later_than(current.stamp) ? edit.stamp : current.stamp;
    }
};

/// Of two authors of one value, the one whose word weighs more in later merges.
Judgement converged(const Matter& matter) {
    auto result = matter.stays(Outcome::Converge);
    const auto rank = matter.edit.stamp.rank;
    const auto held = matter.current.stamp.rank;
    const bool outranks = rank > held;
    const bool is_ranked = matter.field.merge == Merge::Authority && rank != held;
    result.stamp =
        is_ranked ? (outranks ? matter.edit.stamp : matter.current.stamp) : matter.later();
    return result;
}

/// `winner` is what a win over the current value is called.
Judgement latest(const Matter& matter, Outcome winner) {
    return matter.edit.stamp.later_than(matter.current.stamp) ? matter.takes(winner)
                                                              : matter.stays(Outcome::Keep);
}

Judgement authority(const Matter& matter, Outcome winner) {
    const auto& mine = matter.edit.stamp;
    const auto& held = matter.current.stamp;
    if (mine.rank > held.rank) return matter.takes(winner);
    const bool young = age(held.at, mine.at) < std::chrono::days(matter.authority_days);
    if (mine.rank < held.rank && young) return matter.stays(Outcome::Propose);
    return latest(matter, winner);
}

/// Max and Min compare the group's first field; an empty value loses to any other.
Judgement extreme(const Matter& matter) {
    const auto& held = matter.now(matter.field.tag);
    const auto& mine = matter.next(matter.field.tag);
    if (held == mine) return latest(matter, Outcome::Override);
    if (is_empty(held)) return matter.takes(Outcome::Override);
    if (is_empty(mine)) return matter.stays(Outcome::Keep);
    const bool wins = matter.field.merge == Merge::Max ? held < mine : mine < held;
    return wins ? matter.takes(Outcome::Override) : matter.stays(Outcome::Keep);
}

Judgement unite(const Matter& matter) {
    Judgement result{Outcome::Unite, {}, matter.later()};
    for (const auto tag : matter.tags) {
        assign(
            result.values, tag,
            united(matter.field, matter.now(tag), find(matter.edit.base, tag), matter.next(tag)));
    }
    const bool unchanged =
        std::all_of(matter.tags.begin(), matter.tags.end(), [&](std::uint16_t tag) {
            return same(matter.now(tag), value_or_empty(result.values, tag));
        });
    return unchanged ? converged(matter) : result;
}

/// Append of lists: what is new is added, what is there stays, and an edit that adds nothing is
/// an attempt to change what was said.
Judgement append_elements(const Matter& matter, bool aware) {
    Judgement result{Outcome::Apply, {}, matter.edit.stamp};
    bool adds = false;
    bool agrees = true;
    for (const auto tag : matter.tags) {
        const auto& base = value_or_empty(matter.edit.base, tag);
        auto value = appended(matter.field, base, matter.next(tag));
        adds = adds || !same(value, base);
        agrees = agrees && same(value, matter.now(tag));
        if (!same(value, matter.next(tag))) result.outcome = Outcome::Unite;
        assign(result.values, tag, std::move(value));
    }
    if (!adds) return matter.stays(Outcome::Refuse);
    if (agrees) return converged(matter);
    return aware ? result : unite(matter);
}

/// Append of single values: once filled never changed; two unaware fillings are for a person.
Judgement append_single(const Matter& matter, bool aware) {
    const bool changes_said =
        std::any_of(matter.edit.base.begin(), matter.edit.base.end(), [&](const FieldValue& seen) {
            return !same(seen.value, Value{}) && !same(seen.value, matter.next(seen.tag));
        });
    if (changes_said) return matter.stays(Outcome::Refuse);
    return aware ? matter.takes(Outcome::Apply) : matter.stays(Outcome::Review);
}

/// The value he saw may have gone and come back behind his back: then he is as unaware as if it
/// were another. Where order of arrival shows in the value itself, this decides.
bool saw_this_writing(const Matter& matter) {
    return matter.current.since.value <= matter.edit.base_fv.value ||
           matter.current.stamp.device == matter.edit.stamp.device;
}

Judgement by_policy(const Matter& matter, bool base_is_current) {
    const bool aware = base_is_current && saw_this_writing(matter);
    const auto winner = base_is_current ? Outcome::Apply : Outcome::Override;
    switch (matter.field.merge) {
        case Merge::ServerOnly:
        case Merge::Immutable:
        case Merge::Computed:
            return matter.stays(Outcome::Refuse);
        case Merge::Append:
            return holds_elements(matter.field) ? append_elements(matter, aware)
                                                : append_single(matter, base_is_current);
        case Merge::Authority:
            return aware ? matter.takes(Outcome::Apply) : authority(matter, winner);
        case Merge::Latest:
            return aware ? matter.takes(Outcome::Apply) : latest(matter, winner);
        case Merge::Union:
            if (aware) return matter.takes(Outcome::Apply);
            // A single value cannot be united: a row that is itself the element (related company).
            return holds_elements(matter.field) ? unite(matter) : latest(matter, winner);
        case Merge::Max:
        case Merge::Min:
            return base_is_current ? matter.takes(Outcome::Apply) : extreme(matter);
        case Merge::Review:
        case Merge::ReviewIfBoth:
            break;
    }
    return base_is_current ? matter.takes(Outcome::Apply) : matter.stays(Outcome::Review);
}

}  // namespace

Judgement judge(const Field& policy_field,
                const GroupState& current,
                const GroupEdit& edit,
                int authority_days) {
    const Matter matter{policy_field, current, edit, authority_days, tags_of(current, edit)};
    if (matter.base_is(edit.values)) return matter.stays(Outcome::Ignore);
    if (matter.values_agree()) return converged(matter);
    return by_policy(matter, matter.base_is(current.values));
}

}  // namespace dossier::merge
