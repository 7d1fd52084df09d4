#include "server/jobs/expiry.hpp"

#include "common/catalog/organisation.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAccessGrant;

/// Not taken back, and their time is over.
query::Query over_at(Instant now) {
    return {.kind = &kAccessGrant,
            .where = {{&field(kAccessGrant, "to_at"), query::Test::AtMost, {now.ms}},
                      {&field(kAccessGrant, "revoked_at"), query::Test::Empty, {}}},
            .limit = 500};
}

}  // namespace

std::size_t end_expired_grants(Office& office) {
    std::size_t ended = 0;
    auto& store = office.store();
    query::Query over = over_at(office.now());
    for (auto page = store.page(over); !page.empty(); page = store.page(over)) {
        for (const query::Hit& hit : page) {
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kAccessGrant.tag,
                               .record = hit.record,
                               .event = "revoke"};
            if (office.change(UserId{}, {.reason = "到期 / expired", .source = "job", .ops = {op}}))
                ++ended;
        }
        over.after = page.back().key();
    }
    return ended;
}

}  // namespace dossier::server
