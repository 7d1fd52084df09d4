// Data that are older than what was told: a disk forgot what it had reported as written. Nobody ran
// a restore, and nothing in the data shows it; but laptops know. Source: SPEC 11, sync I16.
#include <algorithm>

#include "server/sync/session.hpp"

namespace dossier::server {

/// Numbers of scopes and of answered entries only ever grow within one epoch. Only scopes this
/// office told of are compared: of others the answer would tell how far they are.
bool Session::was_told_more(const protocol::Hello& hello, const DeviceRow& device) {
    Store& store = desk_.office.store();
    const bool same_history = hello.device_epoch == device.epoch;
    if (same_history && hello.outbox_last > device.applied_oseq &&
        hello.outbox_last - device.applied_oseq > hello.unsent)
        return true;
    const auto told = store.held(device_);
    return std::ranges::any_of(hello.cursors, [&](const protocol::ScopeCursor& cursor) {
        const Scope scope = scope_of(cursor.scope);
        return std::ranges::find(told, scope) != told.end() &&
               store.summary(scope).sseq < cursor.sseq;
    });
}

/// Data come back older only when the machine went down: one new epoch a run of the program is
/// enough, and more no laptop can bring about.
void Session::notice_set_back(const protocol::Hello& hello, const DeviceRow& device) {
    Store& store = desk_.office.store();
    const auto epoch = epoch_of(store);
    if (hello.server_epoch != epoch || epoch != desk_.keys.epoch || !may_sync(device)) return;
    if (!was_told_more(hello, device)) return;
    renew_epoch(store, desk_.office.random());
    audit(device, "set_back", std::to_string(device.applied_oseq));
}

}  // namespace dossier::server
