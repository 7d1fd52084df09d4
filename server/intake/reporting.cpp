#include "server/intake/reporting.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/incident.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/refusals.hpp"

#include "protocol/messages.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kDevice;
using catalog::kIncident;

constexpr auto kLaptopLost = catalog::code_in(catalog::choices::kIncidentKind, "device_loss");
constexpr auto kLostState = catalog::code_in(catalog::choices::kDeviceState, "lost");

bool is_laptop_lost(const FieldValues& incident) {
    return text_in(incident, field(kIncident, "kind")) == kLaptopLost;
}

std::optional<DeviceRow> laptop_of(const Desk& desk, const FieldValues& incident) {
    return desk.store.device(record_in(incident, field(kIncident, "device_id")).as<DeviceTag>());
}

/// Customer files that lie in scopes the laptop holds.
std::int64_t files_on(Store& store, const DeviceId& device) {
    std::vector<RecordId> files;
    for (const Scope& scope : store.held(device)) {
        if (scope.sort == access::ScopeSort::Directory) continue;
        for (const ScopeMember& member : store.members(scope)) {
            const auto place = store.place(member.record);
            if (place && !place->customer.is_none()) files.push_back(place->customer);
        }
    }
    std::ranges::sort(files);
    const auto doubled = std::ranges::unique(files);
    return doubled.begin() - files.begin();
}

/// From now on it is let in no more, and wiped at its next contact: as `device lost` does it.
void lose(const Desk& desk, DeviceRow row) {
    using protocol::DeviceState;
    if (row.wipe == WipeState::Done || row.state == static_cast<std::uint8_t>(DeviceState::Lost))
        return;
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Changeset changeset{.source = "device"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    static_cast<void>(
        admit_set(inner, {.kind = merge::OpKind::Set,
                          .record_kind = kDevice.tag,
                          .record = row.device.as<RecordTag>(),
                          .fields = {{field(kDevice, "state").tag, std::string(kLostState)}}}));
    if (row.stopped_at.ms == 0) row.stopped_at = desk.bearer.now;
    if (row.wipe == WipeState::None) row.wipe = WipeState::Ordered;
    row.state = static_cast<std::uint8_t>(DeviceState::Lost);
    desk.store.save_device(row);
}

void lose_laptop(Hand& hand, const DeviceRow& row) {
    put(hand.after, field(kIncident, "held_there"), files_on(hand.desk.store, row.device));
    static constexpr auto& kResponsible = field(kIncident, "responsible_user_id");
    if (find(hand.after, kResponsible.tag) == nullptr)
        put(hand.after, kResponsible, row.user.as<RecordTag>());
    lose(hand.desk, row);
}

void name(Hand& hand) {
    const auto responsible =
        record_in(hand.after, field(kIncident, "responsible_user_id")).as<UserTag>();
    if (responsible.is_none()) return;
    const auto& superiors = hand.desk.people.superiors(responsible);
    static constexpr auto& kSuperior = field(kIncident, "superior_user_id");
    Value named;
    if (!superiors.empty()) named = superiors.front().as<RecordTag>();
    put(hand.after, kSuperior, std::move(named));
    std::erase_if(hand.after, [](const FieldValue& each) { return is_empty(each.value); });
}

}  // namespace

Status report_fits(const Hand& hand) {
    const auto& incident = hand.target.values;
    if (!is_laptop_lost(incident)) return {};
    return laptop_of(hand.desk, incident) ? Status{} : fail(merge::kUnknownLaptop);
}

Status take_report(Hand& hand) {
    const auto row = laptop_of(hand.desk, hand.after);
    const auto reporter = record_in(hand.after, field(kIncident, "reported_by")).as<UserTag>();
    if (is_laptop_lost(hand.after) && row && row->user == reporter) lose_laptop(hand, *row);
    name(hand);
    return {};
}

Status name_superior(Hand& hand) {
    const auto row = laptop_of(hand.desk, hand.after);
    const bool first = find(hand.target.values, field(kIncident, "held_there").tag) == nullptr;
    if (is_laptop_lost(hand.after) && row && first) lose_laptop(hand, *row);
    name(hand);
    return {};
}

Status liability_judged(const Hand& hand) {
    static constexpr auto& kLiability = field(kIncident, "superior_liability");
    static constexpr auto& kReason = field(kIncident, "liability_reason");
    const bool named =
        find(hand.target.values, field(kIncident, "superior_user_id").tag) != nullptr;
    const auto given = [&](const catalog::Field& of) {
        const Value* value = find(hand.op.fields, of.tag);
        return value != nullptr && !is_empty(*value);
    };
    if (!named || (given(kLiability) && given(kReason))) return {};
    return fail(merge::kLiability, catalog::label_of(kLiability), catalog::label_of(kReason));
}

}  // namespace dossier::server
