// Asks for signatures on one thing: whoever starts a workflow that needs them calls this. The
// signatures themselves are steps (common/workflow/approval.hpp). Source: domain 2.5.3 approval.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr Fault kNoChain{
    "approval.no_chain",
    ErrorCode::Malformed,
    {"审批须至少有一个审批角色", "an approval needs at least one role to sign it"},
    {"写明由谁审批", "say who signs"}};

struct ApprovalWanted {
    std::string_view kind;            ///< a code of approval.kind
    Place subject;                    ///< what is to be approved
    std::vector<access::Role> chain;  ///< who signs, in this order
    UserId asked_by;
    std::string reason;
};

/// Opens the approval and the tasks of its first signers; its id. Inside the caller's unit of work.
/// Errors: approval.no_chain, those of catalog validation.
Result<RecordId> request_approval(Office& office, const ApprovalWanted& wanted);

}  // namespace dossier::server
