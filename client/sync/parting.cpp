// How a session ends well: Bye from both sides, and whether the office's audit is still the one
// this laptop was told of. Source: SPEC 11.
#include "client/store/audit_told.hpp"
#include "client/sync/engine.hpp"

namespace dossier::client {

using protocol::AuditAnswer;
using protocol::AuditPlace;

Engine::Messages Engine::part() {
    state_ = State::Parting;
    protocol::Bye bye{report_.sent, report_.received, true};
    const AuditTold told = audit_told(store_.meta);
    bye.audit_place = told.place;
    bye.audit_head = told.head;
    bye.audit_epoch = told.epoch;
    return {bye};
}

/// What this laptop was told before is one thing the office's disk cannot change.
void Engine::hear_of_audit(const protocol::Bye& message) {
    if (message.audit_answer == static_cast<std::uint8_t>(AuditAnswer::Lost)) {
        report_.audit_lost = message.audit_line;
        const std::string head = to_hex(audit_told(store_.meta).head);
        store_.note_incident("audit.differs", std::to_string(message.audit_line) + " " + head,
                             clock_.now());
        // With that line everything that came before it may be gone.
        expect_set_back();
    }
    if (message.audit_answer == static_cast<std::uint8_t>(AuditAnswer::SetBack))
        report_.audit_set_back = message.audit_line;
    if (message.audit_place != AuditPlace{}) {
        heard_.place = message.audit_place;
        heard_.head = message.audit_head;
    }
    // An office of before protocol 4 did not say which line it is.
    if (heard_.place != AuditPlace{}) keep_audit_told(store_.meta, heard_);
}

Result<Engine::Messages> Engine::bye(const protocol::Bye& message) {
    SessionLine line;
    line.id = session_;
    // In the office's time: what lies here is as of then, whatever this laptop's clock says.
    line.finished_at = clock_.now().plus(-std::chrono::milliseconds(report_.clock_off_ms));
    line.sent = report_.sent;
    line.received = report_.received;
    line.refused = report_.refused;
    line.incidents = report_.incidents;
    sqlite::Transaction tx(store_.connection());
    hear_of_audit(message);
    store_.finish_session(line);
    tx.commit();
    store_.tend_lists();
    report_.duration = std::chrono::milliseconds(clock_.ticks_ms() - started_ticks_ms_);
    state_ = State::Finished;
    log_.info("sync.finished", {{"sent", report_.sent},
                                {"received", report_.received},
                                {"refused", report_.refused},
                                {"incidents", report_.incidents}});
    return Messages{};
}

}  // namespace dossier::client
