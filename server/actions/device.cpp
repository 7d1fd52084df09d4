// Laptops: invites, approval, revocation, and what their syncs did.
#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"

#include "server/accounts/devices.hpp"
#include "server/accounts/invites.hpp"
#include "server/actions/names.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using protocol::DeviceState;

inline constexpr Fault kNoAddress{
    "cli.no_address",
    ErrorCode::Usage,
    {"不知道终端从哪里连接本办公室", "it is not known where laptops reach this office"},
    {"用 {in:host} 主机:端口 指定", "say it with {in:host} HOST:PORT"}};

constexpr std::array kInvite{
    Input{"user", "LOGIN", {"谁的终端", "whose laptop"}, Give::Required},
    Input{"ttl", "HOURS", {"有效小时数，默认 72h", "lifetime in hours, by default 72h"}},
    Input{"host", "HOST:PORT", {"终端连接的地址", "where laptops connect"}},
};

Result<std::chrono::hours> lifetime(const Inputs& inputs) {
    std::string text = inputs.has("ttl") ? inputs.text("ttl") : "72h";
    if (text.ends_with('h')) text.pop_back();
    Inputs bare;
    bare.put("ttl", {text});
    const auto hours = bare.number("ttl", 0);
    const auto most = static_cast<std::uint64_t>(kInviteLifetimeMax.count());
    if (!hours || *hours == 0 || *hours > most)
        return fail(action::kWrongUsage, named_input("ttl") + " 1h … 720h");
    return std::chrono::hours(static_cast<std::int64_t>(*hours));
}

/// As said, or where the running office listens when that is an address others can use.
Result<std::string> address(const Context& context) {
    if (context.inputs.has("host")) return context.inputs.text("host");
    const auto& listening = context.place.listening;
    const bool for_all = listening.starts_with("0.0.0.0:") || listening.starts_with("[::]:");
    if (listening.empty() || for_all) return fail(kNoAddress);
    return listening;
}

Result<int> invite_create(Context& context) {
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    const auto hours = lifetime(context.inputs);
    if (!hours) return tl::unexpected(hours.error());
    const auto at = address(context);
    if (!at) return tl::unexpected(at.error());
    const auto keys = load_office_keys(context.office.store());
    if (!keys) return tl::unexpected(keys.error());
    const auto code = Invites(context.office, *keys).create(context.actor, *user, *at, *hours);
    if (!code) return tl::unexpected(code.error());
    const Instant until = context.office.now().plus(*hours);
    context.answer.plain(*code);
    context.answer.note(
        {"邀请码供 {} 使用一次，至 {}；在其终端上登记时使用",
         "for one laptop of {}, until {}; it is given when that laptop is enrolled"},
        {person_name(context.office, context.asker(), *user), office_minute(until)});
    const auto office = crypto::fingerprint(keys->channel.public_key);
    context.answer.note({"办公室指纹 {}：一并告诉本人，登记时核对",
                         "the office's fingerprint is {}: tell it with the invite, it is compared"},
                        {office});
    context.answer.document({{"code", *code},
                             {"user", context.inputs.text("user")},
                             {"office", office},
                             {"expires_at", iso_utc(until)}});
    return 0;
}

action::Json device_document(Context& context, const DeviceRow& row) {
    return {{"code", row.code},
            {"id", to_text(row.device)},
            {"user", person_name(context.office, context.asker(), row.user)},
            {"user_id", to_text(row.user)},
            {"state", std::string(state_word(static_cast<DeviceState>(row.state)))},
            {"fingerprint", crypto::fingerprint(row.public_key)},
            {"enrolled_at", iso_utc(row.enrolled_at)},
            {"last_session",
             row.last_session.ms == 0 ? action::Json() : action::Json(iso_utc(row.last_session))},
            {"applied", row.applied_oseq},
            {"clock_offset_ms", row.clock_offset_ms}};
}

Result<int> device_list(Context& context) {
    const auto rows = Devices(context.office).list(context.actor);
    if (!rows) return tl::unexpected(rows.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"终端", "Device"}), say({"使用人", "User"}), say({"状态", "State"}),
                         say({"指纹", "Fingerprint"}), say({"最近同步", "Last sync"})});
    auto list = action::Json::array();
    for (const DeviceRow& row : *rows) {
        list.push_back(device_document(context, row));
        table.row({row.code, person_name(context.office, context.asker(), row.user),
                   say(device_state(static_cast<DeviceState>(row.state))),
                   crypto::fingerprint(row.public_key),
                   row.last_session.ms == 0 ? "-" : office_minute(row.last_session)});
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

constexpr std::array kDeviceRevoke{
    kDeviceCode,
    Input{"lost", "", {"终端已遗失或被盗", "it was lost or stolen"}, Give::Flag},
    Input{
        "suspend", "", {"只是暂停，可再批准", "for a while: it may be approved again"}, Give::Flag},
};

Result<int> device_approve(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    Devices devices(context.office);
    const auto row = devices.find(context.inputs.text("code"));
    if (!row) return tl::unexpected(row.error());
    if (auto done = devices.approve(context.actor, row->device); !done) return pass(done);
    context.answer.line(
        {"已批准终端 {}（{}，指纹 {}）", "device {} is approved ({}, fingerprint {})"},
        {row->code, person_name(context.office, context.asker(), row->user),
         crypto::fingerprint(row->public_key)});
    context.answer.document({{"code", row->code}, {"state", "active"}});
    return 0;
}

Result<int> device_revoke(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    Devices devices(context.office);
    const auto row = devices.find(context.inputs.text("code"));
    if (!row) return tl::unexpected(row.error());
    const auto to = context.inputs.has("lost")      ? DeviceState::Lost
                    : context.inputs.has("suspend") ? DeviceState::Suspended
                                                    : DeviceState::Revoked;
    if (auto done = devices.stop(context.actor, row->device, to); !done) return pass(done);
    context.answer.line({"终端 {} 现在的状态：{}", "device {} is now {}"},
                        {row->code, std::string(context.answer.in(device_state(to)))});
    context.answer.document({{"code", row->code}, {"state", std::string(state_word(to))}});
    return 0;
}

constexpr std::array kDeviceActions{
    Action{"invite create",
           {"给用户的一台终端发邀请码", "make an invite for one laptop of a user"},
           "dossierd invite create --user lijg --host office.example.com:7520",
           kInvite,
           Actor::Administrator,
           Runs::InUnit,
           invite_create},
    Action{"device list",
           {"列出终端", "list laptops"},
           "dossierd device list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           device_list,
           Does::Reads},
    Action{"device approve",
           {"核对指纹后批准终端", "let a laptop sync, after comparing its fingerprint"},
           "dossierd device approve N07",
           kOneDevice,
           Actor::Administrator,
           Runs::InUnit,
           device_approve},
    Action{"device revoke",
           {"吊销终端，即刻生效", "revoke a laptop at once"},
           "dossierd device revoke N07 --lost",
           kDeviceRevoke,
           Actor::Administrator,
           Runs::AtOnce,
           device_revoke},
};

}  // namespace

std::span<const Action> device_actions() {
    return kDeviceActions;
}

}  // namespace dossier::server
