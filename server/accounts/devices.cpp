#include "server/accounts/devices.hpp"

#include "common/access/faults.hpp"
#include "common/catalog/organisation.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kDevice;
using protocol::DeviceState;

}  // namespace

std::string_view state_word(DeviceState state) {
    switch (state) {
        case DeviceState::Pending:
            return "pending";
        case DeviceState::Active:
            return "active";
        case DeviceState::Suspended:
            return "suspended";
        case DeviceState::Revoked:
            return "revoked";
        case DeviceState::Lost:
            break;
    }
    return "lost";
}

Status may_administer(Office& office, const UserId& actor) {
    if (actor.is_none()) return {};
    const access::Subject devices{.kind = kDevice.tag, .level = 0};
    const auto& viewer = office.people().viewer(actor, office.now());
    const auto decision =
        access::decide(viewer, access::Operation::Administer, devices,
                       catalog::facets_of(kDevice).front(), {.now = office.now()});
    if (decision.answer != access::Answer::Allow) return fail(access::kFaultDenied);
    return {};
}

Result<std::vector<DeviceRow>> Devices::list(const UserId& actor) {
    if (auto allowed = may_administer(office_, actor); !allowed) return pass(allowed);
    return office_.store().devices();
}

Result<DeviceRow> Devices::find(std::string_view name) {
    for (const DeviceRow& row : office_.store().devices()) {
        if (row.code == name || to_text(row.device) == name) return row;
    }
    return fail(kUnknownDevice, std::string(name));
}

Status Devices::approve(const UserId& actor, const DeviceId& device) {
    auto row = office_.store().device(device);
    if (!row) return fail(kUnknownDevice, to_text(device));
    const auto state = static_cast<DeviceState>(row->state);
    if (state != DeviceState::Pending && state != DeviceState::Suspended)
        return fail(kNotPending, row->code);
    // It may have begun: nobody can say whether it still is a laptop of this office.
    if (row->wipe != WipeState::None) return fail(kWipeOrdered, row->code);
    return change_state(actor, std::move(*row), DeviceState::Active);
}

Status Devices::stop(const UserId& actor, const DeviceId& device, DeviceState to) {
    auto row = office_.store().device(device);
    if (!row) return fail(kUnknownDevice, to_text(device));
    return change_state(actor, std::move(*row), to);
}

Status Devices::wipe(const UserId& actor, const DeviceId& device) {
    auto row = office_.store().device(device);
    if (!row) return fail(kUnknownDevice, to_text(device));
    if (row->wipe == WipeState::Done)
        return fail(kWipedAlready, row->code, office_minute(row->wiped_at));
    const auto state = static_cast<DeviceState>(row->state);
    const bool stopped = state != DeviceState::Active && state != DeviceState::Pending;
    row->wipe = WipeState::Ordered;
    return change_state(actor, std::move(*row), stopped ? state : DeviceState::Revoked);
}

Status Devices::change_state(const UserId& actor, DeviceRow row, DeviceState to) {
    merge::Op op{.kind = merge::OpKind::Set,
                 .record_kind = kDevice.tag,
                 .record = row.device.as<RecordTag>()};
    const auto tag = field(kDevice, "state").tag;
    op.base = {{tag, std::string(state_word(static_cast<DeviceState>(row.state)))}};
    op.fields = {{tag, std::string(state_word(to))}};
    merge::Changeset changeset;
    changeset.source = "device";
    changeset.ops = {std::move(op)};
    auto done = office_.change(actor, std::move(changeset));
    if (!done) return pass(done);
    // Work written before is its author's as ever; after it, it comes late.
    if (to == DeviceState::Active) row.stopped_at = {};
    if (to != DeviceState::Active && row.stopped_at.ms == 0) row.stopped_at = office_.now();
    if (to == DeviceState::Lost && row.wipe == WipeState::None) row.wipe = WipeState::Ordered;
    row.state = static_cast<std::uint8_t>(to);
    office_.store().save_device(row);
    return {};
}

}  // namespace dossier::server
