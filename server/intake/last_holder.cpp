#include "server/intake/last_holder.hpp"

#include <algorithm>
#include <array>

#include "common/base/reason.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

constexpr std::array kNeverEmpty{access::Role::ArchiveKeeper};

/// A new record takes nobody's post away.
bool changes_rights(const merge::Changeset& changeset) {
    return std::ranges::any_of(changeset.ops, [](const merge::Op& op) {
        const auto* kind = catalog::find_kind(op.record_kind);
        return kind != nullptr && kind->decides_rights && op.kind != merge::OpKind::Create;
    });
}

}  // namespace

std::vector<access::Role> held_posts(const Desk& desk) {
    std::vector<access::Role> held;
    if (desk.is_system() || !changes_rights(desk.changeset)) return held;
    for (const auto role : kNeverEmpty) {
        if (!holders_now(desk, role).empty()) held.push_back(role);
    }
    return held;
}

Status check_posts(const Desk& desk, const std::vector<access::Role>& held) {
    if (held.empty()) return {};
    desk.people.forget();
    for (const auto role : held) {
        if (holders_now(desk, role).empty())
            return fail(merge::kLastHolder, dossier::pair_of(access::facts(role).label));
    }
    return {};
}

}  // namespace dossier::server
