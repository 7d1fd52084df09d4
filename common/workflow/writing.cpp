#include "common/workflow/writing.hpp"

#include <algorithm>

#include "common/catalog/catalog.hpp"
#include "common/workflow/complaint.hpp"
#include "common/workflow/trade.hpp"
#include "common/workflow/work_log.hpp"

namespace dossier::workflow {
namespace {

using catalog::ComplaintState;
using catalog::ContractState;
using catalog::LogState;
using catalog::TradeState;

constexpr std::array kDraft{ContractState::kDraft};
constexpr std::array kIntent{TradeState::kIntent};
constexpr std::array kOpenOrder{TradeState::kIntent, TradeState::kConfirmed,
                                TradeState::kDelivered};
constexpr std::array kUnread{LogState::kOpen, LogState::kSubmitted};
constexpr std::array kReceived{ComplaintState::kReceived};
constexpr std::array kUnjudged{ComplaintState::kReceived, ComplaintState::kPlanned,
                               ComplaintState::kInvestigating, ComplaintState::kEscalated,
                               ComplaintState::kFound};

constexpr Writing kWritings[] = {
    {&catalog::kContract, &kContracts, kDraft},
    {&catalog::kTransaction, &kTransactions, kIntent, "subject|traded_on|amount_fen"},
    {&catalog::kTransaction, &kTransactions, kOpenOrder},
    {&catalog::kTransactionLine, &kTransactions, kIntent},
    {&catalog::kPayment, &kTransactions, kOpenOrder},
    {&catalog::kWorkLogLine, &kWorkLogs, kUnread},
    // What the complainant said stands once it was answered to; how it is classed once it is
    // judged.
    {&catalog::kComplaint, &kComplaints, kReceived,
     "complainant_name|complainant_phone|anonymous|target_user_id|target_text|incident_on|course"},
    {&catalog::kComplaint, &kComplaints, kUnjudged},
};

}  // namespace

std::vector<const Writing*> writings_of(const catalog::Kind& kind, const catalog::Field* of) {
    std::vector<const Writing*> rows;
    for (const Writing& row : kWritings) {
        const auto names = catalog::names_in(row.fields);
        const bool speaks =
            of == nullptr || names.empty() || std::ranges::find(names, of->name) != names.end();
        if (row.kind == &kind && speaks) rows.push_back(&row);
    }
    return rows;
}

}  // namespace dossier::workflow
