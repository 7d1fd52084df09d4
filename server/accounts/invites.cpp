#include "server/accounts/invites.hpp"

#include "common/access/faults.hpp"

#include "protocol/refusals.hpp"

#include "server/accounts/devices.hpp"

namespace dossier::server {
namespace {

Digest secret_hash(ByteView invite, ByteView secret) {
    return crypto::blake2b({bytes_of("dossier invite secret"), invite, secret});
}

/// A stranger's word for his laptop, as far as people may be shown it.
std::string readable_name(const std::string& given) {
    const auto name = canonical_text(given);
    return name && !has_forbidden_character(*name) ? std::string(head(*name, 60)) : std::string();
}

AuditLine audit_line(const Office& office, std::string_view action, const UserId& user) {
    AuditLine line;
    line.at = office.now();
    line.user = user;
    line.action = action;
    line.entity = "invite";
    line.result = "ok";
    return line;
}

}  // namespace

Result<std::string> Invites::create(const UserId& actor,
                                    const UserId& user,
                                    std::string_view address,
                                    std::chrono::milliseconds lifetime) {
    if (auto allowed = may_administer(office_, actor); !allowed) return pass(allowed);
    if (!office_.people().viewer(user, office_.now()).active) return fail(access::kFaultInactive);
    if (auto place = protocol::parse_address(address); !place) return pass(place);
    protocol::InviteCode code{.server_key = keys_.channel.public_key,
                              .instance = keys_.instance,
                              .address = std::string(address)};
    office_.random().fill(code.invite);
    office_.random().fill(code.secret);
    office_.store().save_invite({.id = code.invite,
                                 .secret_hash = secret_hash(code.invite, code.secret),
                                 .user = user,
                                 .expires_at = office_.now().plus(lifetime),
                                 .made_by = actor});
    auto line = audit_line(office_, "invite", actor);
    line.record = user.as<RecordTag>();
    office_.store().append_audit(std::move(line));
    return protocol::encode_invite(code);
}

Result<InviteRow> Invites::checked(const protocol::Enrol& enrol) {
    auto invite = office_.store().invite(enrol.invite);
    if (!invite) return fail(protocol::kInviteWrong);
    if (invite->attempts_left <= 0) return fail(protocol::kInviteAttempts);
    const Digest hash = secret_hash(enrol.invite, enrol.secret);
    if (!crypto::equal_in_constant_time(hash, invite->secret_hash)) {
        --invite->attempts_left;
        office_.store().save_invite(*invite);
        auto line = audit_line(office_, "enrol", invite->user);
        line.result = "denied";
        office_.store().append_audit(std::move(line));
        return fail(protocol::kInviteWrong);
    }
    // One that is good for longer than any was given while the office's clock ran ahead.
    const auto left = merge::age(office_.now(), invite->expires_at);
    if (left.count() <= 0 || left > kInviteLifetimeMax) return fail(protocol::kInviteExpired);
    return *invite;
}

Result<protocol::Enrolled> Invites::spend(const protocol::Enrol& enrol,
                                          const protocol::PublicKey& device_key) {
    office_.people().forget();
    auto invite = checked(enrol);
    if (!invite) return pass(invite);
    const auto known = office_.store().device_by_key(device_key);
    if (known && known->device == invite->used_by) return answer(*known);
    if (!invite->used_by.is_none()) return fail(protocol::kInviteUsed);
    if (known) return fail(protocol::kEnrolledElsewhere);
    if (enrol.former) {
        if (auto fit = check_former(*invite, *enrol.former); !fit) return pass(fit);
    }
    if (!office_.people().viewer(invite->user, office_.now()).active)
        return fail(protocol::kInviteWrong);
    auto row = make_device(*invite, enrol, device_key);
    if (!row) return pass(row);
    invite->used_by = row->device;
    office_.store().save_invite(*invite);
    return answer(*row);
}

/// An identity that is somebody's already stays his, whoever claims it.
Status Invites::check_former(const InviteRow& invite, const protocol::FormerDevice& former) {
    if (former.user != invite.user) return fail(protocol::kInviteOtherUser, to_text(former.user));
    const bool is_taken = former.device.is_none() ||
                          office_.store().device(former.device).has_value() ||
                          office_.store().place(former.device.as<RecordTag>()).has_value();
    return is_taken ? fail(protocol::kEnrolledElsewhere) : Status{};
}

Result<DeviceRow> Invites::make_device(const InviteRow& invite,
                                       const protocol::Enrol& enrol,
                                       const protocol::PublicKey& device_key) {
    NewDevice device{
        .user = invite.user, .public_key = device_key, .note = readable_name(enrol.device_name)};
    if (enrol.former) {
        device.device = enrol.former->device;
        device.code = enrol.former->device_code;
    }
    auto row = Devices(office_).add(device);
    if (row && enrol.former) {
        auto line = audit_line(office_, "enrol_again", row->user);
        line.device = row->device;
        line.record = row->device.as<RecordTag>();
        office_.store().append_audit(std::move(line));
    }
    return row;
}

protocol::Enrolled Invites::answer(const DeviceRow& row) {
    return {.device = row.device,
            .user = row.user,
            .device_code = row.code,
            .user_name = office_.people().name(row.user),
            .state = row.state,
            .recovery_key = keys_.recovery.public_key};
}

}  // namespace dossier::server
