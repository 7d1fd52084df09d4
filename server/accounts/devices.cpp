#include "server/accounts/devices.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "common/catalog/organisation.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kDevice;
using protocol::DeviceState;

std::string device_code(std::uint64_t number) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "N%02llu", static_cast<unsigned long long>(number));
    return text.data();
}

/// As this office writes them: "N07", "N1234".
bool is_device_code(std::string_view code) {
    constexpr std::size_t kLongest = 6;
    return code.size() >= 3 && code.size() <= kLongest && code.front() == 'N' &&
           std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

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

bool Devices::is_code_taken(const std::string& code) {
    return !office_.store().find(kDevice.tag, field(kDevice, "device_code").tag, code).empty();
}

/// The code a laptop had stands in its provisional numbers: it keeps it where it can.
std::string Devices::code_for(const NewDevice& device) {
    if (is_device_code(device.code) && !is_code_taken(device.code)) return device.code;
    for (;;) {
        auto code = device_code(office_.store().next("device_code"));
        if (!is_code_taken(code)) return code;
    }
}

Result<DeviceRow> Devices::add(const NewDevice& device) {
    const bool is_new = device.device.is_none();
    DeviceRow row{.device = is_new ? office_.ids().make<DeviceId>() : device.device,
                  .user = device.user,
                  .code = code_for(device),
                  .public_key = device.public_key,
                  .state = static_cast<std::uint8_t>(device.state),
                  .enrolled_at = office_.now()};
    if (device.state != DeviceState::Pending) row.stopped_at = office_.now();
    merge::Op op{.kind = merge::OpKind::Create,
                 .record_kind = kDevice.tag,
                 .record = row.device.as<RecordTag>()};
    assign(op.fields, field(kDevice, "device_code").tag, row.code);
    assign(op.fields, field(kDevice, "user_id").tag, row.user.as<RecordTag>());
    assign(op.fields, field(kDevice, "public_key").tag, to_hex(device.public_key));
    assign(op.fields, field(kDevice, "enrolled_at").tag, office_.now().ms);
    assign(op.fields, field(kDevice, "state").tag, std::string(state_word(device.state)));
    merge::Changeset changeset;
    changeset.source = "device";
    changeset.reason = device.note;
    changeset.ops = {std::move(op)};
    auto done = office_.change(UserId{}, std::move(changeset));
    if (!done) return pass(done);
    office_.store().save_device(row);
    return row;
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
