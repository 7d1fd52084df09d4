#include "server/jobs/expiry.hpp"

#include "common/catalog/organisation.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAccessGrant;

bool is_over(const FieldValues& grant, Instant now) {
    const Value* to = find(grant, field(kAccessGrant, "to_at").tag);
    const bool revoked = find(grant, field(kAccessGrant, "revoked_at").tag) != nullptr;
    return !revoked && to != nullptr && as_number(*to).value_or(INT64_MAX) <= now.ms;
}

}  // namespace

std::size_t end_expired_grants(Office& office) {
    std::size_t ended = 0;
    auto& store = office.store();
    RecordId after;
    for (auto page = store.list(kAccessGrant.tag, after, 500); !page.empty();
         page = store.list(kAccessGrant.tag, page.back(), 500)) {
        for (const RecordId& id : page) {
            const auto grant = store.load(kAccessGrant.tag, id);
            if (!grant || !is_over(*grant, office.now())) continue;
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kAccessGrant.tag,
                               .record = id,
                               .event = "revoke"};
            if (office.change(UserId{}, {.reason = "到期 / expired", .source = "job", .ops = {op}}))
                ++ended;
        }
    }
    return ended;
}

}  // namespace dossier::server
