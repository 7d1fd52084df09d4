#include "common/access/openings.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"

namespace dossier::access {
namespace {

using catalog::Belongs;
using catalog::Facet;
using catalog::Kind;

constexpr int kLevels = 4;
constexpr auto& kState = catalog::field(catalog::kCustomer, "file_state");

constexpr Ties operator|(Ties ties, Tie tie) {
    return static_cast<Ties>(ties | static_cast<Ties>(tie));
}

/// A record that has these ties to the viewer and no others.
Subject example(const Kind& kind, const UserId& viewer, Ties ties, const RecordId& place) {
    Subject subject{.kind = kind.tag};
    const auto if_tied = [&](Tie tie) { return has(ties, tie) ? viewer : UserId{}; };
    subject.owner = if_tied(Tie::Owner);
    subject.service = if_tied(Tie::Service);
    subject.creator = if_tied(Tie::Creator);
    subject.person = if_tied(Tie::Person);
    if (has(ties, Tie::Asked)) subject.asked = {viewer};
    if (has(ties, Tie::Superior)) subject.superiors = {viewer};
    if (has(ties, Tie::Circle)) subject.circle = {viewer};
    if (has(ties, Tie::Region)) subject.regions = {place};
    if (has(ties, Tie::Department)) subject.departments = {place};
    if (has(ties, Tie::File)) subject.customer = place;
    return subject;
}

/// Subsets of `all`, each behind those it holds.
std::vector<Ties> subsets(Ties all) {
    std::vector<Ties> found{0};
    for (unsigned bit = 1; bit <= all; bit <<= 1U) {
        if ((all & bit) == 0) continue;
        for (std::size_t at = found.size(); at-- > 0;)
            found.push_back(static_cast<Ties>(found[at] | bit));
    }
    std::ranges::stable_sort(found, {}, [](Ties ties) { return std::popcount(ties); });
    return found;
}

/// What is asked about: one role or one grant, and the place it is for.
struct Part {
    Viewer viewer;
    Ties ties = 0;  ///< those that may matter to it
    RecordId place;
};

class Examples {
  public:
    Examples(const Kind& kind, Facet facet, Instant now, const Counts& counts)
        : kind_(kind), facet_(facet), now_(now), counts_(counts) {}

    /// Adds what the part opens: for each sort of record the fewest ties that do.
    void ask(const Part& part) {
        const bool has_state = kind_.belongs == Belongs::Customer;
        const auto states = has_state ? kState.choices : kState.choices.first(1);
        std::vector<std::vector<std::uint8_t>> opened;  // by ties, state: levels
        const auto tried = subsets(part.ties);
        opened.resize(tried.size(), std::vector<std::uint8_t>(states.size()));
        for (std::size_t state = 0; state < states.size(); ++state) {
            for (int level = 0; level < kLevels; ++level) {
                std::vector<Ties> enough;
                for (std::size_t at = 0; at < tried.size(); ++at) {
                    const bool more = std::ranges::any_of(
                        enough, [&](Ties fewer) { return (tried[at] & fewer) == fewer; });
                    if (more || !counts(part, tried[at], states[state].code, level)) continue;
                    enough.push_back(tried[at]);
                    opened[at][state] |= static_cast<std::uint8_t>(1U << unsigned(level));
                }
            }
        }
        for (std::size_t at = 0; at < tried.size(); ++at) note(part, tried[at], opened[at]);
    }

    std::vector<Opening> found;

  private:
    bool counts(const Part& part, Ties ties, std::string_view state, int level) const {
        Subject subject = example(kind_, part.viewer.user, ties, part.place);
        subject.file_state = state;
        subject.level = level;
        return counts_(decide(part.viewer, Operation::View, subject, facet_, {.now = now_}));
    }
    /// States with the same levels are one opening; parts that differ in their place alone, too.
    void note(const Part& part, Ties ties, const std::vector<std::uint8_t>& levels) {
        for (std::size_t state = 0; state < levels.size(); ++state) {
            const auto first = std::ranges::find(levels, levels[state]) - levels.begin();
            if (levels[state] == 0 || first != static_cast<std::ptrdiff_t>(state)) continue;
            Opening opening{.ties = ties, .levels = levels[state]};
            for (std::size_t each = state; each < levels.size(); ++each) {
                if (levels[each] == levels[state])
                    opening.states.push_back(kState.choices[each].code);
            }
            add(std::move(opening), part.place);
        }
    }
    void add(Opening opening, const RecordId& place) {
        const auto placed = static_cast<Ties>(Ties{} | Tie::Region | Tie::Department | Tie::File);
        const auto known = std::ranges::find_if(found, [&](const Opening& other) {
            return other.ties == opening.ties && other.states == opening.states &&
                   other.levels == opening.levels;
        });
        Opening& to = known == found.end() ? found.emplace_back(std::move(opening)) : *known;
        if ((to.ties & placed) != 0 && std::ranges::find(to.places, place) == to.places.end())
            to.places.push_back(place);
    }

    const Kind& kind_;
    Facet facet_;
    Instant now_;
    const Counts& counts_;
};

/// A role alone.
Part of_role(const Viewer& viewer, const Held& held) {
    Part part{viewer,
              Ties{} | Tie::Owner | Tie::Service | Tie::Creator | Tie::Superior | Tie::Circle,
              held.place};
    part.viewer.roles = {held};
    part.viewer.grants.clear();
    if (held.reach == Reach::Region) part.ties = part.ties | Tie::Region;
    if (held.reach == Reach::Department) part.ties = part.ties | Tie::Department;
    if (part.place.is_none())
        part.place = held.reach == Reach::Department ? viewer.department : viewer.region;
    return part;
}

}  // namespace

std::optional<std::vector<Opening>> openings(
    const Viewer& viewer, const Kind& kind, Facet facet, Instant now, const Counts& counts) {
    Examples examples(kind, facet, now, counts);
    if (kind.belongs == Belongs::Person) {
        const auto* parent = catalog::find_field(kind, kind.parent);
        if (parent == nullptr || !catalog::names_person(*parent)) return std::nullopt;
        examples.ask({viewer, Ties{} | Tie::Person | Tie::Superior, {}});
        if (!kind.asks.empty()) examples.ask({viewer, Ties{} | Tie::Asked, {}});
        return std::move(examples.found);
    }
    if (kind.belongs != Belongs::Customer) return std::nullopt;
    for (const Held& held : viewer.roles) examples.ask(of_role(viewer, held));
    if (!kind.asks.empty()) examples.ask({viewer, Ties{} | Tie::Asked, {}});
    for (const Grant& grant : viewer.grants) {
        // A grant opens nothing to somebody without a role, so they stay.
        Part part{viewer, Ties{} | Tie::File | Tie::Region | Tie::Circle, grant.target};
        part.viewer.grants = {grant};
        if (!grant.target.is_none()) examples.ask(part);
    }
    return std::move(examples.found);
}

bool lies_in(const Opening& opening, const Viewer& viewer, const Subject& subject) {
    const auto holds = [&](const auto& list, const auto& item) {
        return std::ranges::find(list, item) != list.end();
    };
    const auto any_place = [&](const std::vector<RecordId>& among) {
        return std::ranges::any_of(opening.places,
                                   [&](const RecordId& place) { return holds(among, place); });
    };
    const auto& me = viewer.user;
    const auto if_tied = [&](Tie tie, bool is_so) { return !has(opening.ties, tie) || is_so; };
    const auto* kind = catalog::find_kind(subject.kind);
    const bool has_state = kind != nullptr && kind->belongs == Belongs::Customer;
    return (opening.levels & (1U << unsigned(subject.level))) != 0 &&
           (!has_state || holds(opening.states, subject.file_state)) &&
           if_tied(Tie::Owner, subject.owner == me) &&
           if_tied(Tie::Service, subject.service == me) &&
           if_tied(Tie::Creator, subject.creator == me) &&
           if_tied(Tie::Person, subject.person == me) &&
           if_tied(Tie::Asked, holds(subject.asked, me)) &&
           if_tied(Tie::Superior, holds(subject.superiors, me)) &&
           if_tied(Tie::Circle, holds(subject.circle, me)) &&
           if_tied(Tie::Region, any_place(subject.regions)) &&
           if_tied(Tie::Department, any_place(subject.departments)) &&
           if_tied(Tie::File, holds(opening.places, subject.customer));
}

}  // namespace dossier::access
