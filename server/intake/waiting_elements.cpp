#include "server/intake/waiting_elements.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/canonical.hpp"
#include "common/merge/elements.hpp"

namespace dossier::server {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& element) {
    return std::ranges::find(list, element) != list.end();
}

/// What somebody said last of an element: that it is there, and whether that went to people.
struct Said {
    merge::Stamp stamp;
    bool there = false;
    bool waits = false;
    std::uint64_t proposal = 0;  ///< that it went to; 0 = to none
};
using LastSaid = std::map<std::string, Said>;

void note_step(LastSaid& last,
               const FieldValues& seen,
               const Said& said,
               const FieldValues& made,
               std::uint16_t tag) {
    const auto before = catalog::elements(merge::value_or_empty(seen, tag));
    const auto after = catalog::elements(merge::value_or_empty(made, tag));
    const auto note = [&](const auto& here, const auto& not_here, bool there) {
        for (const std::string& each : here) {
            if (holds(not_here, each)) continue;
            auto& noted = last[each];
            if (noted.stamp.later_than(said.stamp)) continue;
            noted = said;
            noted.there = there;
        }
    };
    note(after, before, true);
    note(before, after, false);
}

LastSaid said_by(const Desk& desk, const Target& target, const UserId& author, std::uint16_t tag) {
    LastSaid last;
    for (const auto& line : desk.store.history(target.place.record, target.group.front()->tag)) {
        if (line.op != merge::OpKind::Set || line.group == 0 || line.stamp.author != author)
            continue;
        const bool proposed = !line.won && (line.verdict == merge::VerdictKind::Proposal ||
                                            line.verdict == merge::VerdictKind::Late);
        const bool in_case = !line.won && line.verdict == merge::VerdictKind::Case;
        note_step(last, line.base,
                  {.stamp = line.stamp,
                   .waits = proposed || in_case,
                   .proposal = proposed ? line.matter : 0},
                  line.value, tag);
    }
    return last;
}

}  // namespace

bool same_value(const Target& target, const FieldValues& one, const FieldValues& other) {
    return std::ranges::all_of(target.group, [&](const catalog::Field* member) {
        const Value& left = merge::value_or_empty(one, member->tag);
        const Value& right = merge::value_or_empty(other, member->tag);
        return left == right ||
               (merge::holds_elements(*member) && merge::same_elements(left, right));
    });
}

FieldValues carried_on(const Target& target, const FieldValues& onto, const Step& step) {
    FieldValues both;
    for (const auto* member : target.group) {
        Value value = merge::united(*member, merge::value_or_empty(onto, member->tag),
                                    find(step.seen, member->tag),
                                    merge::value_or_empty(step.said, member->tag));
        for (const auto* list : {&onto, &step.said}) {
            const Value& written = merge::value_or_empty(*list, member->tag);
            if (merge::same_elements(value, written)) value = written;
        }
        assign(both, member->tag, std::move(value));
    }
    return target.part(both);
}

std::optional<FieldValues> still_waiting(const Desk& desk,
                                         const Target& target,
                                         const Candidate& asked,
                                         const FieldValues& over,
                                         const Words& words) {
    bool waits = false;
    FieldValues result = over;
    for (const auto* member : target.group) {
        if (!merge::holds_elements(*member)) continue;
        const auto wanted = catalog::elements(merge::value_or_empty(asked.value, member->tag));
        auto elements = catalog::elements(merge::value_or_empty(over, member->tag));
        auto last = said_by(desk, target, asked.author, member->tag);
        if (const auto& next = words.next)
            note_step(last, next->step.seen, {.stamp = next->stamp}, next->step.said, member->tag);
        for (const auto& [element, said] : last) {
            const bool asks = said.waits && said.there == holds(wanted, element) &&
                              (words.proposal == 0 || words.proposal == said.proposal);
            if (!asks || said.there == holds(elements, element)) continue;
            waits = true;
            if (said.there)
                elements.push_back(element);
            else
                std::erase(elements, element);
        }
        assign(result, member->tag, catalog::from_elements(*member, std::move(elements)));
    }
    if (!waits) return std::nullopt;
    return target.part(result);
}

}  // namespace dossier::server
