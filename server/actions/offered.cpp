#include "server/actions/offered.hpp"

#include <algorithm>
#include <array>

#include "common/access/matrix.hpp"
#include "common/action/steps.hpp"
#include "common/report/reports.hpp"

#include "server/actions/records.hpp"

namespace dossier::server {
namespace {

using access::Cell;
using access::Operation;
using access::Role;

// The words by which the table of roles speaks. Source: domain 3.3.
constexpr std::array kAdministers{Role::SystemAdmin};
constexpr std::array kWatchesSyncs{Role::SystemAdmin, Role::InfoClerk, Role::ServiceSupervisor,
                                   Role::ServiceManager};
constexpr std::array kVerifies{Role::InfoClerk, Role::ServiceSupervisor, Role::ServiceManager};
constexpr std::array kUnites{Role::InfoClerk, Role::ServiceSupervisor, Role::RegionalManager,
                             Role::ServiceManager};
constexpr std::array kUnmerges{Role::ServiceManager};
constexpr std::array kGrants{Role::RegionalManager, Role::MarketingDirector, Role::ServiceManager,
                             Role::GeneralManager};
constexpr std::array kScans{Role::InfoClerk, Role::ServiceSupervisor, Role::RegionalManager,
                            Role::ServiceManager, Role::SystemAdmin};
constexpr std::array kMarks{Role::MarketingDirector, Role::ServiceManager, Role::GeneralManager};
constexpr std::array kErases{Role::ServiceManager, Role::GeneralManager};
constexpr std::array kReadsErased{Role::Auditor, Role::ServiceManager, Role::GeneralManager,
                                  Role::SystemAdmin};
constexpr std::array kListsHeld{Role::ServiceManager, Role::GeneralManager, Role::SystemAdmin};
/// Whoever is among the readers of a report, as its row says.
std::span<const Role> readers() {
    static const auto kReaders = [] {
        std::vector<Role> roles;
        for (const auto* each : report::reports()) {
            for (const auto& reader : each->readers) roles.push_back(reader.role);
        }
        return roles;
    }();
    return kReaders;
}

constexpr std::array kEntrusts{Role::DeptManager,    Role::RegionalManager,
                               Role::MarketManager,  Role::MarketingDirector,
                               Role::ServiceManager, Role::GeneralManager};

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
        "case.rule|case.undo|dup.show|dup.propose|dup.not-dup|dup.related|dup.merge|removed."
        "restore"},
    Row{kUnmerges, "dup.unmerge"},
    Row{kEntrusts, "customer.entrust"},
    Row{kGrants, "grant.add|grant.revoke"},
    Row{kScans, "dup.scan"},
    Row{kMarks, "customer.mark"},
    Row{kErases, "customer.erase|contact.erase|erased.apply|held.show|held.admit|held.dismiss"},
    Row{kListsHeld, "held.list"},
    Row{readers(), "report.run"},
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

/// Of a customer's records the table of operations decides; nullopt = this action is not of that.
/// Who is to record nothing is widened by no grant either, and a copy that somebody has to approve
/// first is refused as long as nobody can.
std::optional<bool> may_do_to_files(const Action& action, Role role) {
    const auto name = action::name_of(action);
    const bool is_general = name == "import" || name == "export";
    const bool is_of_file =
        action.about != nullptr && action.about->belongs == catalog::Belongs::Customer;
    const bool is_card = name == "customer.card";
    if (!is_general && !is_of_file && !is_card && name != "customer.transfer") return std::nullopt;
    const auto cell = [role](Operation operation) { return access::cell_of(role, operation); };
    if (name.ends_with("export")) return cell(Operation::Export) == Cell::Yes;
    // Of a file of one's own the card needs nobody's approval.
    if (is_card) return cell(Operation::Export) != Cell::No;
    if (name == "customer.transfer") return cell(Operation::Transfer) != Cell::No;
    // What a kind's letters alone let one make, they alone offer.
    if (name.ends_with(".add") && action.about != nullptr &&
        action.about->made_by == catalog::MadeBy::Letters) {
        return std::ranges::any_of(action.about->fields, [role](const catalog::Field& of) {
            return (of.writers & access::facts(role).writes_as) != 0;
        });
    }
    if (name.ends_with(".add") || name.ends_with("import")) {
        const bool makes_files = is_general || catalog::is_file(*action.about);
        return cell(makes_files ? Operation::Create : Operation::Record) != Cell::No;
    }
    if (action.does == Does::Reads) return std::nullopt;
    return cell(Operation::Record) != Cell::No;
}

/// Whether somebody with these roles takes such a step of some record; nullopt = it is no step.
/// What hangs on the record (whose it is, who is above him) its page tells of each.
std::optional<bool> may_take_step(const Action& action, std::span<const Role> roles) {
    if (action.run != take_step) return std::nullopt;
    const auto step = action::step_of(action);
    return std::ranges::any_of(workflow::steps_of(*step.machine, step.event), [&](const auto* row) {
        return std::ranges::any_of(row->who, [&](const workflow::Right& right) {
            return std::ranges::any_of(roles, [&](Role role) {
                const bool named = right.roles.empty() ||
                                   std::ranges::find(right.roles, role) != right.roles.end();
                const bool decided = right.by != workflow::Authority::Operation ||
                                     access::cell_of(role, right.operation) == Cell::Yes;
                return named && decided && right.by != workflow::Authority::Office;
            });
        });
    });
}

}  // namespace

bool is_offered(const Action& action, std::span<const Role> roles) {
    if (const auto takes = may_take_step(action, roles)) return *takes;
    const bool is_refused = !roles.empty() && std::ranges::all_of(roles, [&](Role role) {
        return may_do_to_files(action, role) == false;
    });
    if (is_refused) return false;
    const auto row =
        std::ranges::find_if(kRows, [&](const Row& each) { return speaks_of(each, action); });
    if (row == kRows.end()) return !roles.empty();
    return std::ranges::any_of(
        roles, [&](Role role) { return std::ranges::find(row->roles, role) != row->roles.end(); });
}

}  // namespace dossier::server
