// Roles as data. Source: domain 3.1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "common/base/text.hpp"
#include "common/catalog/field.hpp"

namespace dossier::access {

/// The number is on disk only through the code text; order is that of domain 3.1.
enum class Role : std::uint8_t {
    Salesperson,
    ServiceStaff,
    Technician,
    ProjectLeader,
    InfoClerk,
    ArchiveKeeper,
    MarketInspector,
    ServiceSupervisor,
    DeptManager,
    RegionalManager,
    MarketManager,
    MarketingDirector,
    ServiceManager,
    PlanningAnalyst,
    MaterialsHead,
    SurveyReviewer,
    GeneralManager,
    CreditOfficer,
    ComplaintInvestigator,
    Auditor,
    SystemAdmin,
    ExternalAgency,
};

/// How far a role reads.
enum class Reach : std::uint8_t { None, Own, Department, Region, All };

struct RoleFacts {
    Role role;
    std::string_view code;  ///< "salesperson"
    Text label;
    Reach reach;    ///< default; None = only what a grant opens, whatever the assignment says
    int clearance;  ///< highest level without further grant; -1 = no customer content
    int rank;       ///< authority in merges, domain 2.1 HA
    /// The letters of domain 2.1 this role stands for; kOwner counts only toward own customers.
    catalog::Writers writes_as;
    std::string_view aliases = {};  ///< further names, '|'-separated
};

const RoleFacts& facts(Role role);
std::span<const RoleFacts> all_roles();
/// By code, label in either language or alias, written exactly. Errors: nullopt.
std::optional<Role> role_from(std::string_view word);

}  // namespace dossier::access
