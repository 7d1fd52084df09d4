// How a session goes on after its push, and how it ends: with the scopes of a device that may have
// them, or with its state and nothing more; in the middle, when a right is taken meanwhile.
#include <algorithm>

#include "protocol/refusals.hpp"

#include "server/accounts/devices.hpp"
#include "server/sync/session.hpp"

namespace dossier::server {

using protocol::DeviceState;

void Session::conclude(DeviceRow& device, Messages& answers) {
    desk_.office.intake().report_orphans(desk_.office.now());
    if (!may_sync(device)) return send_away(device, answers);
    // Its work is here; what it would receive it could not keep whole.
    if (must_upgrade_) {
        state_ = State::Ended;
        answers.emplace_back(protocol::refusal_of(
            {&protocol::kVersionTooOld,
             {served_protocols(desk_.versions), served_schemas(desk_.versions)}}));
        return;
    }
    state_ = State::Pulling;
    answers.emplace_back(policy(device));
}

/// Contents of a stopped device: they come before its last Push, as there is no lane after it. It
/// may bring and is told nothing else.
Result<Session::Messages> Session::bring_last(const protocol::Message& message,
                                              const DeviceRow& device) {
    if (branched_off_) return fail(protocol::kForked);
    Messages answers;
    if (const auto* bring = std::get_if<protocol::Bring>(&message)) {
        if (!bring->wanted.empty()) return fail(protocol::kOutOfOrder);
        answers = contents_.on(*bring, device);
        std::get<protocol::Have>(answers.front()).key.clear();
    }
    if (const auto* proof = std::get_if<protocol::Proof>(&message))
        answers = contents_.on(*proof, device);
    if (const auto* chunk = std::get_if<protocol::Chunk>(&message)) {
        auto taken = contents_.on(*chunk, device);
        if (!taken) return taken;
        answers = std::move(*taken);
    }
    return note_brought(std::move(answers));
}

/// The ledger counts as unsent what is not here at the end.
Result<Session::Messages> Session::note_brought(Result<Messages> answers) {
    if (!answers) return answers;
    const auto whole = static_cast<std::uint8_t>(protocol::ContentState::Whole);
    for (const auto& answer : *answers) {
        for (const auto& each : std::get<protocol::Have>(answer).answers) {
            if (each.state == whole && row_.unsent > row_.changesets) --row_.unsent;
        }
    }
    return answers;
}

/// Everything pushed is judged and kept by now. What is held leaves the laptop, but for one that
/// is only suspended: it keeps what it may not read until it is let in again.
void Session::send_away(DeviceRow& device, Messages& answers) {
    const bool wipes = device.wipe != WipeState::None;
    const bool keeps = static_cast<DeviceState>(device.state) == DeviceState::Suspended && !wipes;
    if (!keeps) {
        Store& store = desk_.office.store();
        std::vector<Scope> before = claimed_;
        for (const Scope& told : store.held(device_)) before.push_back(told);
        std::sort(before.begin(), before.end());
        before.erase(std::unique(before.begin(), before.end()), before.end());
        protocol::Policy policy;
        for (const Scope& scope : before) policy.lost.push_back(key_of(scope));
        answers.emplace_back(std::move(policy));
        store.set_held(device_, {});
    }
    record_end(device, "stopped", false);
    state_ = wipes ? State::Wiping : State::Ended;
    if (!wipes) answers.emplace_back(protocol::refusal_of(may_sync(device).error()));
}

Result<Session::Messages> Session::wiped(const protocol::WipeDone& message, DeviceRow& device) {
    if (device.wipe == WipeState::None) {
        // Ordered before this office was set back to a backup: the laptop knows, and is empty.
        if (auto ordered = Devices(desk_.office).wipe({}, device_); !ordered) return pass(ordered);
        device = *desk_.office.store().device(device_);
    }
    device.wipe = WipeState::Done;
    device.wiped_at = desk_.office.now();
    desk_.office.store().save_device(device);
    AuditLine line;
    line.at = device.wiped_at;
    line.user = device.user;
    line.device = device_;
    line.action = "wiped";
    line.entity = "device";
    line.record = device_.as<RecordTag>();
    line.result = "ok";
    line.detail = std::to_string(message.records) + "/" + std::to_string(message.unsent);
    desk_.office.store().append_audit(std::move(line));
    state_ = State::Finished;
    return Messages{protocol::WipeNoted{}};
}

void Session::record_end(DeviceRow& device, std::string_view result, bool verified) {
    Store& store = desk_.office.store();
    row_.verified = verified;
    record();
    device.last_session = row_.ended_at;
    // Measured by a clock that is known to be wrong it would say nothing of the laptop's.
    if (!desk_.office.clock().is_in_doubt()) device.clock_offset_ms = row_.clock_offset_ms;
    device.schema = row_.schema;
    store.save_device(device);
    AuditLine line;
    line.at = row_.ended_at;
    line.user = device.user;
    line.device = device_;
    line.action = "sync";
    line.entity = "device";
    line.record = device_.as<RecordTag>();
    line.result = result;
    line.detail = std::to_string(row_.changesets) + "/" + std::to_string(row_.facets_sent);
    store.append_audit(std::move(line));
}

/// What this session lives by from now on.
void Session::note_rights(const DeviceRow& device) {
    auto& people = desk_.office.people();
    const Instant now = desk_.office.now();
    rights_ = people.rights();
    rights_until_ = people.good_until(device.user, now);
    granted_ = people.viewer(device.user, now).grants;
    std::erase_if(granted_, [](const access::Grant& grant) { return !grant.offline; });
}

/// Cheap while nobody's rights were changed since the scopes were told, and none has run out.
bool Session::has_lost_right(const DeviceRow& device) {
    auto& people = desk_.office.people();
    const Instant at = desk_.office.now();
    if (people.rights() == rights_ && at < rights_until_) return false;
    people.forget();
    const auto now = scopes_now(device);
    const auto& grants = people.viewer(device.user, at).grants;
    const bool lost = std::ranges::any_of(held_,
                                          [&](const Scope& scope) {
                                              return std::ranges::find(now, scope) == now.end();
                                          }) ||
                      std::ranges::any_of(granted_, [&](const access::Grant& grant) {
                          return std::ranges::find(grants, grant) == grants.end();
                      });
    if (!lost) note_rights(device);
    return lost;
}

bool Session::outlived() {
    const auto device = desk_.office.store().device(device_);
    if (!device) return true;
    // Only these two have received anything, or will.
    if (state_ != State::Pulling && state_ != State::Checking) return false;
    return !may_sync(*device) || has_lost_right(*device);
}

}  // namespace dossier::server
