// Who signs what: the roles of each kind of approval, in their order, and who signs where nobody
// holds the role and may. Data only; whom it names the office finds (server/intake/approvals.cpp).
// Source: domain 2.5.3 approval, 3.3, D-23.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "common/access/decide.hpp"
#include "common/catalog/states.hpp"

namespace dossier::workflow {

/// The signatures one kind of approval needs.
struct Chain {
    std::string_view approval;            ///< a code of approval.kind
    std::span<const access::Role> roles;  ///< each signs once, in this order
    /// What each of them must be allowed to do with every file the subject names.
    access::Operation on_files = access::Operation::View;
    /// Who may sign in place of any of them: any one of these is enough.
    std::span<const access::Role> or_by = {};
    /// Of several chains of one kind, which: what the office says of the subject; empty = the
    /// usual one.
    std::string_view variant = {};
};

namespace chains {
using access::Role;
/// What is above the level the usual signers decide on.
inline constexpr std::string_view kOfTop = "top";
/// Statistics, and more than reading a file.
inline constexpr std::string_view kOfExtract = "extract";
inline constexpr std::array kTransferBy{Role::RegionalManager};
inline constexpr std::array kServiceManager{Role::ServiceManager};
inline constexpr std::array kDirector{Role::MarketingDirector};
inline constexpr std::array kGeneralManager{Role::GeneralManager};
inline constexpr std::array kExtractBy{Role::DeptManager, Role::ServiceManager};
inline constexpr std::array kAll{
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "file_admit"),
          .roles = kServiceManager},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "transfer"),
          .roles = kTransferBy,
          .on_files = access::Operation::Transfer},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "plan_review"),
          .roles = kServiceManager},
    // Up to 机密 the service manager or the marketing director, above it the general manager (3.3).
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "secrecy"),
          .roles = kServiceManager,
          .or_by = kDirector},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "secrecy"),
          .roles = kGeneralManager,
          .variant = kOfTop},
    // Any one of the two.
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "read_access"),
          .roles = kDirector,
          .on_files = access::Operation::ManageAccess,
          .or_by = kGeneralManager},
    // The own department's manager, then the service department.
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "read_access"),
          .roles = kExtractBy,
          .variant = kOfExtract},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "disclosure"),
          .roles = kServiceManager},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "disclosure"),
          .roles = kGeneralManager,
          .variant = kOfTop},
    Chain{.approval = catalog::code_in(catalog::choices::kApprovalKind, "policy"),
          .roles = kGeneralManager},
};
}  // namespace chains

/// The chain of a kind of approval; nullptr where none is asked for by a workflow.
constexpr const Chain* chain_of(std::string_view approval, std::string_view variant = {}) {
    for (const Chain& each : chains::kAll) {
        if (each.approval == approval && each.variant == variant) return &each;
    }
    return nullptr;
}

/// Who signs in place of a role nobody holds who may: across regions the market manager, then the
/// marketing director, at last the general manager. Source: domain 3.3 "transfer owner", D-23.
constexpr std::optional<access::Role> role_above(access::Role role) {
    using access::Role;
    switch (role) {
        case Role::RegionalManager:
        case Role::DeptManager:
            return Role::MarketManager;
        case Role::MarketManager:
            return Role::MarketingDirector;
        case Role::ServiceSupervisor:
            return Role::ServiceManager;
        case Role::MarketingDirector:
        case Role::ServiceManager:
            return Role::GeneralManager;
        default:
            return std::nullopt;
    }
}

}  // namespace dossier::workflow
