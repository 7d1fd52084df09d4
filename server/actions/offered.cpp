#include "server/actions/offered.hpp"

#include <algorithm>
#include <array>

namespace dossier::server {
namespace {

using access::Role;

// The words by which the table of roles speaks. Source: domain 3.3.
constexpr std::array kAdministers{Role::SystemAdmin};
constexpr std::array kWatchesSyncs{Role::SystemAdmin, Role::InfoClerk, Role::ServiceSupervisor,
                                   Role::ServiceManager};
constexpr std::array kVerifies{Role::InfoClerk, Role::ServiceSupervisor, Role::ServiceManager};
constexpr std::array kUnites{Role::InfoClerk, Role::ServiceSupervisor, Role::RegionalManager,
                             Role::ServiceManager};
constexpr std::array kScans{Role::InfoClerk, Role::ServiceSupervisor, Role::RegionalManager,
                            Role::ServiceManager, Role::SystemAdmin};
constexpr std::array kMarks{Role::MarketingDirector, Role::ServiceManager, Role::GeneralManager};
constexpr std::array kErases{Role::ServiceManager, Role::GeneralManager};
constexpr std::array kReadsErased{Role::Auditor, Role::ServiceManager, Role::GeneralManager,
                                  Role::SystemAdmin};
constexpr std::array kListsHeld{Role::ServiceManager, Role::GeneralManager, Role::SystemAdmin};

struct Row {
    std::span<const Role> roles;
    std::string_view actions;  ///< names of actions, '|' between; "region.*" = all of the group
                               ///< that change something
};
const std::array kRows{
    Row{kAdministers,
        "user.add|user.disable|user.password|user.reset-link|user.reset-2fa|user.agreements|role."
        "assign|role.revoke|region.*|department.*|invite.create|device.list|device.show|device.*|"
        "config.set|key.rotate|key.retire|clock.accept|audit.anchor|job.list|job.run"},
    Row{kWatchesSyncs, "late|session.list|session.show|device.ledger"},
    Row{kReadsErased, "audit.list|erased.list|access.as-of"},
    Row{kVerifies, "customer.post|proposal.accept|proposal.refuse"},
    Row{kUnites,
        "case.rule|case.undo|dup.show|dup.propose|dup.not-dup|dup.related|dup.merge|dup.unmerge"},
    Row{kScans, "dup.scan"},
    Row{kMarks, "customer.mark"},
    Row{kErases, "customer.erase|contact.erase|erased.apply|held.show|held.admit|held.dismiss"},
    Row{kListsHeld, "held.list"},
};

bool speaks_of(std::string_view pattern, const Action& action) {
    const auto name = action::name_of(action);
    if (pattern == name) return true;
    const bool is_change = action.does != Does::Reads && !name.ends_with(".export");
    if (!pattern.ends_with(".*") || !is_change) return false;
    pattern.remove_suffix(1);
    return name.starts_with(pattern);
}

bool speaks_of(const Row& row, const Action& action) {
    const auto names = catalog::names_in(row.actions);
    return std::ranges::any_of(names, [&](auto name) { return speaks_of(name, action); });
}

}  // namespace

bool is_offered(const Action& action, std::span<const Role> roles) {
    const auto row =
        std::ranges::find_if(kRows, [&](const Row& each) { return speaks_of(each, action); });
    if (row == kRows.end()) return !roles.empty();
    return std::ranges::any_of(
        roles, [&](Role role) { return std::ranges::find(row->roles, role) != row->roles.end(); });
}

}  // namespace dossier::server
