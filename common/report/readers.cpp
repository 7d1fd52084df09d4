#include "common/report/readers.hpp"

#include <algorithm>

namespace dossier::report {
namespace {

using access::Held;
using access::Reach;

bool is_stopped(const access::Viewer& viewer) {
    return !viewer.active || !viewer.agreement_signed || viewer.suspended;
}

bool holds(const std::vector<RecordId>& places, const RecordId& given, const RecordId& own) {
    const RecordId& place = given.is_none() ? own : given;
    return !place.is_none() && std::ranges::find(places, place) != places.end();
}

/// How far the row and the post reach together: the shorter of the two.
Reach reach_of(Whose whose, Reach post) {
    Reach row = Reach::Own;
    if (whose == Whose::Department) row = Reach::Department;
    if (whose == Whose::Region) row = Reach::Region;
    if (whose == Whose::All) row = Reach::All;
    return std::min(row, post);
}

bool reaches(const access::Viewer& viewer, const Held& held, Whose whose, const Standing& person) {
    if (whose >= Whose::Subordinates &&
        std::ranges::find(person.superiors, viewer.user) != person.superiors.end())
        return true;
    switch (reach_of(whose, held.reach)) {
        case Reach::Department:
            return holds(person.departments, held.place, viewer.department);
        case Reach::Region:
            return holds(person.regions, held.place, viewer.region);
        case Reach::All:
            return true;
        default:
            return person.person == viewer.user;
    }
}

}  // namespace

bool may_run(std::span<const Reader> readers, const access::Viewer& viewer) {
    return !is_stopped(viewer) && std::ranges::any_of(viewer.roles, [&](const Held& held) {
        return std::ranges::find(readers, held.role, &Reader::role) != readers.end();
    });
}

bool sees_rows_of(std::span<const Reader> readers,
                  const access::Viewer& viewer,
                  const Standing& person) {
    if (person.person.is_none() || !may_run(readers, viewer)) return false;
    if (person.person == viewer.user) return true;
    return std::ranges::any_of(viewer.roles, [&](const Held& held) {
        const auto row = std::ranges::find(readers, held.role, &Reader::role);
        return row != readers.end() && reaches(viewer, held, row->whose, person);
    });
}

}  // namespace dossier::report
