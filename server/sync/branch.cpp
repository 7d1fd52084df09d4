// A laptop whose outbox is not what the office has of it: its store was copied, or an old copy of
// it was put back. Both branches are kept: the laptop's goes on as a history of its own from the
// last entry both sides know. Source: sync 5.2, SPEC 11, domain C-26.
#include <algorithm>

#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"

namespace dossier::server {

/// Bounds what one session may ask; `about` must be a scope the device holds.
Status Session::question(const protocol::ScopeKey* about) {
    if (++questions_ > kSessionQuestionsMax) return fail(protocol::kOutOfOrder);
    const bool held =
        about == nullptr || std::find(held_.begin(), held_.end(), scope_of(*about)) != held_.end();
    return held ? Status{} : fail(protocol::kOutOfOrder);
}

Result<Session::Messages> Session::probe(const protocol::Probe& message) {
    if (auto allowed = question(nullptr); !allowed) return pass(allowed);
    protocol::Known known;
    // A chain that has its last place here has all before it here.
    for (auto at = message.heads.rbegin(); at != message.heads.rend(); ++at) {
        if (!desk_.office.store().verdicts(device_, at->oseq, at->head)) continue;
        known.oseq = at->oseq;
        break;
    }
    return Messages{known};
}

Result<Session::Messages> Session::branch(const protocol::Branch& message, DeviceRow& device) {
    if (branched_ || row_.changesets > 0) return fail(protocol::kOutOfOrder);
    if (auto fits = spend_epoch(); !fits) return pass(fits);
    audit(device, "fork",
          std::to_string(device.epoch) + "/" + std::to_string(device.applied_oseq) + " " +
              std::to_string(device.epoch + 1) + "/" + std::to_string(message.from.oseq));
    ++device.epoch;
    device.applied_oseq = message.from.oseq;
    device.outbox_head = message.from.head;
    desk_.office.store().save_device(device);
    branched_ = true;
    branched_off_ = false;
    return Messages{protocol::Branched{device.epoch}};
}

}  // namespace dossier::server
