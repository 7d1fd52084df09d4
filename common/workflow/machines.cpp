#include "common/workflow/machines.hpp"

#include <algorithm>

#include "common/workflow/access_request.hpp"
#include "common/workflow/approval.hpp"
#include "common/workflow/complaint.hpp"
#include "common/workflow/disclosure.hpp"
#include "common/workflow/dispute.hpp"
#include "common/workflow/doc_request.hpp"
#include "common/workflow/duplicate.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/grant.hpp"
#include "common/workflow/handover.hpp"
#include "common/workflow/import_batch.hpp"
#include "common/workflow/incident.hpp"
#include "common/workflow/marking.hpp"
#include "common/workflow/plan_review.hpp"
#include "common/workflow/policy.hpp"
#include "common/workflow/proposal.hpp"
#include "common/workflow/review_task.hpp"
#include "common/workflow/secrecy_marking.hpp"
#include "common/workflow/step.hpp"
#include "common/workflow/task.hpp"
#include "common/workflow/trade.hpp"
#include "common/workflow/transfer.hpp"
#include "common/workflow/work_log.hpp"

namespace dossier::workflow {
namespace {

constexpr std::array kMachines{
    &kEstablishment,    &kMarking,         &kTransfer,       &kGrant,       &kDispute,
    &kControlledChange, &kDuplicatePair,   &kMerging,        &kTasks,       &kApprovals,
    &kNotices,          &kDocRequests,     &kHandovers,      &kPlanReview,  &kImportBatches,
    &kWorkLogs,         &kContracts,       &kTransactions,   &kReviews,     &kComplaints,
    &kAssistance,       &kSecrecyMarkings, &kAccessRequests, &kDisclosures, &kIncidents,
    &kPolicies,         &kAcknowledgements};

}  // namespace

std::span<const Machine* const> machines() {
    return kMachines;
}

std::vector<const Machine*> machines_of(const catalog::Kind& kind, const FieldValues& values) {
    std::vector<const Machine*> found;
    for (const Machine* machine : kMachines) {
        if (machine->kind == &kind && concerns(*machine, values)) found.push_back(machine);
    }
    return found;
}

const Machine* find_machine(std::string_view name) {
    const auto* at = std::ranges::find(kMachines, name, &Machine::name);
    return at == kMachines.end() ? nullptr : *at;
}

const Machine* machine_of(const catalog::Kind& named, std::string_view event) {
    const auto* at = std::ranges::find_if(kMachines, [&](const Machine* machine) {
        return machine->named().tag == named.tag &&
               std::ranges::find(machine->steps, event, &Step::event) != machine->steps.end();
    });
    return at == kMachines.end() ? nullptr : *at;
}

}  // namespace dossier::workflow
