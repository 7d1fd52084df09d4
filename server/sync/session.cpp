#include "server/sync/session.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/organisation.hpp"

#include "protocol/refusals.hpp"

#include "server/accounts/audit_told.hpp"
#include "server/jobs/expiry.hpp"
#include "server/store/settings.hpp"
#include "server/sync/tickets.hpp"

namespace dossier::server {
namespace {

using protocol::DeviceState;
using protocol::Message;

/// The protocol that brought Probe and Branch.
constexpr std::uint32_t kBranchesSince = 2;

template <class... Each>
struct Overloaded : Each... {
    using Each::operator()...;
};
template <class... Each>
Overloaded(Each...) -> Overloaded<Each...>;

/// What people need first comes first.
int priority(const Scope& scope) {
    switch (scope.sort) {
        case access::ScopeSort::Self:
            return 0;
        case access::ScopeSort::Own:
            return 1;
        case access::ScopeSort::Granted:
            return 2;
        case access::ScopeSort::Organisation:
            return 3;
        case access::ScopeSort::Directory:
            return 4;
        case access::ScopeSort::Summary:
            break;
    }
    return 5;
}

std::vector<access::RegionPath> region_paths(Office& office) {
    std::vector<access::RegionPath> paths;
    RecordId after;
    for (auto page = office.store().list(catalog::kRegion.tag, after, 500); !page.empty();
         page = office.store().list(catalog::kRegion.tag, page.back(), 500)) {
        for (const RecordId& region : page) paths.push_back(office.people().regions_above(region));
    }
    return paths;
}

bool contains(const std::vector<Scope>& scopes, const Scope& scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

std::string served_protocols(const Versions& ours) {
    return std::to_string(protocol::kProtocolMin) + "–" + std::to_string(ours.protocol);
}

/// One version away on either side is bridged.
std::string served_schemas(const Versions& ours) {
    return std::to_string(ours.schema - 1) + "–" + std::to_string(ours.schema + 1);
}

Status may_sync(const DeviceRow& device) {
    switch (static_cast<DeviceState>(device.state)) {
        case DeviceState::Active:
            return {};
        case DeviceState::Pending:
            return fail(protocol::kDevicePending);
        case DeviceState::Suspended:
            return fail(protocol::kDeviceSuspended);
        case DeviceState::Revoked:
            return fail(protocol::kDeviceRevoked);
        case DeviceState::Lost:
            break;
    }
    return fail(protocol::kDeviceLost);
}

Status may_push(const DeviceRow& device) {
    if (static_cast<DeviceState>(device.state) == DeviceState::Pending) return may_sync(device);
    return {};
}

Result<Session::Messages> Session::on(const Message& message) {
    // Roles, regions and the device's own state may have changed since the last unit of work.
    if (!is_planted(Plant::RightsKept)) desk_.office.people().forget();
    guesses_ = 0;
    if (is_working() || !ready_.empty()) {
        state_ = State::Ended;
        return fail(protocol::kOutOfOrder);
    }
    auto device = desk_.office.store().device(device_);
    if (!device) return fail(protocol::kDeviceRevoked);
    // The one gate for every message. One that is stopped may still bring what it has; `conclude`
    // gives it nothing.
    if (auto allowed = may_push(*device); !allowed) {
        state_ = State::Ended;
        return pass(allowed);
    }
    auto answers = answer(message, *device);
    if (answers) return answers;
    state_ = State::Ended;
    const auto allowed = may_sync(*device);
    if (!allowed && answers.error().is(protocol::kOutOfOrder))
        return tl::unexpected(allowed.error());
    return answers;
}

Result<Session::Messages> Session::answer(const Message& message, DeviceRow& device) {
    using namespace protocol;
    const auto out_of_order = []() -> Result<Messages> { return fail(protocol::kOutOfOrder); };
    const auto in = [&](State state, auto step) -> Result<Messages> {
        return state_ == state ? step() : out_of_order();
    };
    // What gives data asks once more whether it may: the state was told some messages ago.
    const auto checking = [&](auto step) -> Result<Messages> {
        if (auto allowed = may_sync(device); !allowed && !is_planted(Plant::RevokedGoesOn))
            return pass(allowed);
        if (state_ == State::Checking && has_lost_right(device)) return fail(kRightsChanged);
        return in(State::Checking, step);
    };
    const auto bring = [&](const auto& m) -> Result<Messages> {
        if (brings_contents_ && state_ == State::Pushing) return bring_last(m, device);
        return checking([&]() -> Result<Messages> { return contents_.on(m, device); });
    };
    return std::visit(
        Overloaded{
            [&](const Hello& m) { return in(State::New, [&] { return hello(m, device); }); },
            [&](const Push& m) { return in(State::Pushing, [&] { return push(m, device); }); },
            [&](const Probe& m) { return in(State::Pushing, [&] { return probe(m); }); },
            [&](const Branch& m) { return in(State::Pushing, [&] { return branch(m, device); }); },
            [&](const Repair& m) { return checking([&] { return repair(m); }); },
            [&](const Bring& m) { return bring(m); }, [&](const Proof& m) { return bring(m); },
            [&](const Want& m) {
                return checking([&] { return Result<Messages>(contents_.on(m, device)); });
            },
            [&](const Chunk& m) { return bring(m); },
            [&](const Compare& m) { return checking([&] { return compare(m, device); }); },
            [&](const Fetch& m) { return checking([&] { return fetch(m); }); },
            // Not even a good end: one that lost a right since is to come again and be told.
            [&](const Bye& m) { return checking([&] { return bye(m, device); }); },
            [&](const WipeDone& m) { return wipes() ? wiped(m, device) : out_of_order(); },
            [&](const auto&) { return out_of_order(); }},
        message);
}

/// After its policy a laptop may say that it was wiped, also one this office does not remember to
/// have told so.
bool Session::wipes() const {
    return state_ == State::Wiping || state_ == State::Pulling || state_ == State::Checking;
}

Result<Session::Messages> Session::hello(const protocol::Hello& message, DeviceRow& device) {
    const Versions& ours = desk_.versions;
    if (message.protocol_max < protocol::kProtocolMin)
        return fail(protocol::kVersionTooOld, served_protocols(ours), served_schemas(ours));
    if (message.protocol_min > ours.protocol || message.schema > ours.schema + 1)
        return fail(protocol::kVersionTooNew, served_protocols(ours), served_schemas(ours));
    protocol_ = std::min(message.protocol_max, ours.protocol);
    must_upgrade_ = protocol_ + 1 < ours.protocol || message.schema + 1 < ours.schema;
    const bool same_head =
        message.outbox_last != device.applied_oseq || message.outbox_head == device.outbox_head;
    branched_off_ = message.device_epoch != device.epoch ||
                    message.outbox_last < device.applied_oseq || !same_head;
    if (branched_off_ && protocol_ < kBranchesSince) return fail(protocol::kForked);
    const Instant now = desk_.office.now();
    clock_ = {{message.device_now_ms}, message.device_ticks_ms, now, device.last_session};
    row_.device = device_;
    row_.user = device.user;
    row_.started_at = now;
    row_.unsent = message.unsent;
    row_.schema = message.schema;
    row_.app_version = message.app_version;
    row_.clock_offset_ms = merge::age(now, clock_.device_now).count();
    note_clock(device);
    notice_set_back(message, device);
    record();
    for (const auto& [scope, sseq] : message.cursors) {
        claimed_.push_back(scope_of(scope));
        received_[scope_of(scope)] = sseq;
    }
    Messages answers{welcome(device)};
    // Nothing to push on either side's account: the rest follows at once.
    const bool quiet =
        !branched_off_ && message.unsent == 0 && message.outbox_last == device.applied_oseq;
    state_ = State::Pushing;
    if (quiet) conclude(device, answers);
    return answers;
}

/// A session that is cut from here on stays in the ledger as it is now.
void Session::record() {
    row_.ended_at = desk_.office.now();
    desk_.office.store().save_session(row_);
}

void Session::note_cut(const Traffic& traffic) {
    note_traffic(traffic);
    if (row_.id != 0) record();
}

/// Never said by an office whose own clock is in doubt.
bool Session::is_clock_far_off() const {
    if (desk_.office.clock().is_in_doubt()) return false;
    const auto off = std::chrono::milliseconds(row_.clock_offset_ms);
    return off > kClockConfirm || off < -kClockConfirm;
}

void Session::note_clock(const DeviceRow& device) {
    if (is_clock_far_off()) audit(device, "clock", std::to_string(row_.clock_offset_ms));
}

/// Something odd about a device, for those who read the audit.
void Session::audit(const DeviceRow& device, std::string_view action, std::string detail) {
    AuditLine line;
    line.at = desk_.office.now();
    line.client_at = clock_.device_now;
    line.user = device.user;
    line.device = device_;
    line.action = action;
    line.entity = "device";
    line.record = device_.as<RecordTag>();
    line.result = "ok";
    line.detail = std::move(detail);
    desk_.office.store().append_audit(std::move(line));
}

/// A device that may not have the office's data may not show them either.
std::chrono::milliseconds Session::lease_for(const DeviceRow& device) {
    if (!may_sync(device)) return {};
    return std::chrono::hours(24) * setting(desk_.office.store(), "offline.max_days");
}

protocol::Welcome Session::welcome(const DeviceRow& device) {
    const AuditTold audit = audit_to_tell(desk_.office);
    protocol::Welcome welcome{
        .protocol = protocol_,
        .schema = desk_.versions.schema,
        .server_now_ms = row_.started_at.ms,
        .server_epoch = epoch_of(desk_.office.store()),
        .applied_oseq = device.applied_oseq,
        .outbox_head = device.outbox_head,
        .lease_until_ms = row_.started_at.plus(lease_for(device)).ms,
        .audit_head = audit.head,
        .device_epoch = device.epoch,
        .audit_place = audit.place,
        .night_hour = static_cast<std::uint8_t>(setting(desk_.office.store(), "sync.night_hour"))};
    const auto& office_key = desk_.keys.channel.public_key;
    if (desk_.keys.former) welcome.office_key.assign(office_key.begin(), office_key.end());
    if (may_sync(device)) welcome.ticket = Tickets(desk_.keys).of(device.device);
    if (must_upgrade_)
        welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::UpgradeFirst));
    if (is_clock_far_off())
        welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::ConfirmClock));
    if (desk_.office.clock().is_in_doubt())
        welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::OfficeClock));
    brings_contents_ = !may_sync(device);
    if (brings_contents_)
        welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::BringContents));
    // Said again to one that has told it is wiped: it may not have heard that it was understood.
    if (device.wipe != WipeState::None)
        welcome.commands.push_back(static_cast<std::uint8_t>(protocol::Command::Wipe));
    return welcome;
}

std::vector<Scope> Session::scopes_now(const DeviceRow& device) {
    const Instant now = desk_.office.now();
    const auto& viewer = desk_.office.people().viewer(device.user, now);
    return access::scopes_for(viewer, region_paths(desk_.office), now);
}

protocol::Policy Session::policy(const DeviceRow& device) {
    Store& store = desk_.office.store();
    // Before anything is sent: what a grant opened must be gone when its time is over.
    end_expired_grants(desk_.office);
    held_ = scopes_now(device);
    const auto told = store.held(device_);
    protocol::Policy policy;
    for (const Scope& scope : held_) {
        policy.held.push_back(key_of(scope));
        if (contains(claimed_, scope)) continue;
        policy.gained.push_back(key_of(scope));
        received_[scope] = {};
    }
    std::vector<Scope> before = claimed_;
    before.insert(before.end(), told.begin(), told.end());
    std::sort(before.begin(), before.end());
    before.erase(std::unique(before.begin(), before.end()), before.end());
    // What it was told of, claims and loses is its until it comes without: a disk may forget this
    // session, and the log must then still go on from where it was. What it claims alone leaves
    // nothing here: anybody can name any scope.
    std::vector<Scope> kept = held_;
    for (const Scope& scope : before) {
        if (contains(held_, scope)) continue;
        policy.lost.push_back(key_of(scope));
        if (contains(claimed_, scope) && contains(told, scope)) kept.push_back(scope);
    }
    std::sort(kept.begin(), kept.end());
    if (told != kept) store.set_held(device_, kept);
    note_rights(device);
    std::stable_sort(held_.begin(), held_.end(),
                     [](const Scope& a, const Scope& b) { return priority(a) < priority(b); });
    return policy;
}

Result<Session::Messages> Session::repair(const protocol::Repair& message) {
    if (++row_.repairs > kSessionRepairsMax) return fail(protocol::kOutOfOrder);
    for (const auto& key : message.scopes) {
        if (!contains(held_, scope_of(key))) return fail(protocol::kOutOfOrder);
        received_[scope_of(key)] = {};
    }
    state_ = State::Pulling;
    return Messages{};
}

Result<Session::Messages> Session::bye(const protocol::Bye& message, DeviceRow& device) {
    row_.finished = true;
    if (message.verified) row_.facets_acked = row_.facets_sent;
    record_end(device, message.verified ? "ok" : "differs", message.verified);
    if (message.verified) desk_.office.store().set_received(device_, received_);
    state_ = State::Finished;
    protocol::Bye answer{row_.facets_sent, row_.changesets, message.verified};
    recall_audit(message, device, answer);
    // Whatever this session brought lies before that line: without the line, it may be gone too.
    const AuditTold audit = audit_to_tell(desk_.office);
    answer.audit_head = audit.head;
    answer.audit_place = audit.place;
    return Messages{answer};
}

}  // namespace dossier::server
