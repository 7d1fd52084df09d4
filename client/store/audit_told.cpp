#include "client/store/audit_told.hpp"

#include <algorithm>

namespace dossier::client {
namespace {

/// Layout: place(8) || head(32) || epoch(16).
constexpr std::string_view kAuditTold = "audit_told";
constexpr std::size_t kBytes = 56;

}  // namespace

AuditTold audit_told(Meta& meta) {
    AuditTold told;
    const auto kept = meta.bytes(kAuditTold);
    if (!kept || kept->size() != kBytes) return told;
    const auto* from = kept->data();
    std::copy_n(from, told.place.size(), told.place.begin());
    std::copy_n(from + 8, told.head.size(), told.head.begin());
    std::copy_n(from + 40, told.epoch.size(), told.epoch.begin());
    return told;
}

void keep_audit_told(Meta& meta, const AuditTold& told) {
    Bytes kept;
    append(kept, told.place);
    append(kept, told.head);
    append(kept, told.epoch);
    meta.set_bytes(kAuditTold, kept);
}

}  // namespace dossier::client
