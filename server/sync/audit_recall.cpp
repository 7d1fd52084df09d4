// Whether the audit still holds what a laptop was told of it in an earlier session. Source:
// SPEC 11.
#include "server/accounts/audit_told.hpp"
#include "server/sync/session.hpp"

namespace dossier::server {

using protocol::AuditAnswer;

void Session::recall_audit(const protocol::Bye& message,
                           const DeviceRow& device,
                           protocol::Bye& answer) {
    const AuditTold told{message.audit_head, message.audit_place};
    const auto recalled = recall(desk_.office, told, message.audit_epoch);
    audit_answer_ = recalled.answer;
    answer.audit_answer = static_cast<std::uint8_t>(recalled.answer);
    answer.audit_line = recalled.line;
    const bool lost = recalled.answer == AuditAnswer::Lost;
    if (!lost && recalled.answer != AuditAnswer::SetBack) return;
    audit(device, lost ? "audit_differs" : "audit_set_back",
          std::to_string(recalled.line) + "/" + to_hex(told.head));
    if (lost)
        note_differs(desk_.office.store(), {desk_.office.now(), device.device, recalled.line});
}

}  // namespace dossier::server
