// What one device may bring in a day: a runaway or hostile laptop fills neither the disk nor the
// clerk's list. Source: sync 5.5.
#include "protocol/codec.hpp"
#include "protocol/refusals.hpp"

#include "server/store/settings.hpp"
#include "server/sync/session.hpp"

namespace dossier::server {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

Status within(Store& store, std::string_view key, std::uint64_t used) {
    const auto most = static_cast<std::uint64_t>(setting(store, key));
    if (used <= most) return {};
    return fail(protocol::kQuota, std::string(key), std::to_string(most));
}

}  // namespace

Status Session::spend(const protocol::Frozen& frozen) {
    Store& store = desk_.office.store();
    const std::int64_t day = desk_.office.now().ms / kDayMs;
    DeviceUsage usage = store.usage(device_, day);
    usage.bytes += frozen.body.size();
    if (const auto changeset = protocol::decode_changeset(frozen.body)) {
        usage.ops += changeset->ops.size();
        for (const merge::Op& op : changeset->ops)
            usage.created += op.kind == merge::OpKind::Create ? 1U : 0U;
    }
    if (auto fits = within(store, "quota.ops", usage.ops); !fits) return fits;
    if (auto fits = within(store, "quota.bytes", usage.bytes); !fits) return fits;
    if (auto fits = within(store, "quota.created", usage.created); !fits) return fits;
    // What a changeset will open is not known before: the one after the last is refused.
    if (auto fits = within(store, "quota.cases", usage.cases + 1); !fits) return fits;
    store.save_usage(device_, day, usage);
    return {};
}

Status Session::spend_epoch() {
    Store& store = desk_.office.store();
    const std::int64_t day = desk_.office.now().ms / kDayMs;
    DeviceUsage usage = store.usage(device_, day);
    if (auto fits = within(store, "quota.epochs", ++usage.epochs); !fits) return fits;
    store.save_usage(device_, day, usage);
    return {};
}

void Session::note_cases(const std::vector<merge::Verdict>& verdicts) {
    std::uint64_t cases = 0;
    for (const auto& verdict : verdicts)
        cases += verdict.kind == merge::VerdictKind::Case ? 1U : 0U;
    if (cases == 0) return;
    Store& store = desk_.office.store();
    const std::int64_t day = desk_.office.now().ms / kDayMs;
    DeviceUsage usage = store.usage(device_, day);
    usage.cases += cases;
    store.save_usage(device_, day, usage);
}

}  // namespace dossier::server
