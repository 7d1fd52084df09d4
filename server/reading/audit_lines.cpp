#include "server/reading/audit_lines.hpp"

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/organisation.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

access::Decision reads_audit(Office& office, const Asker& asker) {
    return access::decide(office.people().viewer(asker.who, office.now()),
                          access::Operation::ReadAudit, {}, Facet::Main, {.now = office.now()});
}

/// Laptops are the administrator's own business: which one it was stands for him, too.
AuditLine without_names(const AuditLine& line) {
    AuditLine kept;
    kept.seq = line.seq;
    kept.at = line.at;
    kept.client_at = line.client_at;
    kept.action = line.action;
    kept.entity = line.entity;
    kept.result = line.result;
    if (is_of_device(line)) kept.device = line.device;
    return kept;
}

}  // namespace

bool is_of_device(const AuditLine& line) {
    // special: laptops alone are the administrator's own business.
    return line.entity == catalog::kDevice.name;
}

Result<bool> reads_whole_audit(Office& office, const Asker& asker) {
    const auto decision = reads_audit(office, asker);
    if (auto permitted = access::permit(decision, asker.purpose); !permitted)
        return pass(permitted);
    return decision.answer == access::Answer::Allow;
}

Result<std::vector<ErasedRow>> erased_records(Office& office, const Asker& asker) {
    if (reads_audit(office, asker).answer == access::Answer::Deny)
        return fail(access::kFaultDenied);
    return office.store().erased();
}

Result<AuditLines> read_audit(Office& office,
                              const Asker& asker,
                              std::optional<std::uint64_t> after,
                              std::uint64_t limit) {
    const auto whole = reads_whole_audit(office, asker);
    if (!whole) return tl::unexpected(whole.error());
    const auto last = office.store().audit_end().seq;
    const auto from = after.value_or(last > limit ? last - limit : 0);
    AuditLines read{.whole = *whole};
    for (AuditLine& line : office.store().audit(from, limit))
        read.lines.push_back(*whole ? std::move(line) : without_names(line));
    note_read(office, asker, "audit", {}, true);
    return read;
}

}  // namespace dossier::server
