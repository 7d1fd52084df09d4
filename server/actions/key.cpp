// The channel key of the office: which one laptops call it by, changing it, and giving up the one
// before.
#include <algorithm>
#include <array>

#include "common/action/answer.hpp"

#include "server/accounts/devices.hpp"
#include "server/accounts/office_keys.hpp"
#include "server/actions/tables.hpp"

namespace dossier::server {
namespace {

constexpr Fault kServing{
    "key.serving",
    ErrorCode::Busy,
    {"服务运行时不能更换或停用密钥", "keys are not changed while the office serves"},
    {"先停止 {do:serve}，更换后再启动", "stop {do:serve}, change the key, start it again"}};
constexpr Fault kUntold{
    "key.untold",
    ErrorCode::Conflict,
    {"终端 {} 尚未得知新密钥，停用后须用邀请码重新登记",
     "laptops {} were not told the new key yet: without the former they need an invite"},
    {"等它们同步后再停用，或加 {in:all}", "wait until they have synced, or add {in:all}"}};

bool may_come_again(const DeviceRow& row) {
    const auto state = static_cast<protocol::DeviceState>(row.state);
    return state == protocol::DeviceState::Active || state == protocol::DeviceState::Suspended ||
           state == protocol::DeviceState::Pending;
}

/// Codes of the laptops that did not sync since the key was changed.
std::vector<std::string> untold(Store& store, const OfficeKeys& keys) {
    std::vector<std::string> codes;
    if (!keys.former) return codes;
    for (const DeviceRow& row : store.devices()) {
        if (may_come_again(row) && row.last_session < keys.rotated_at) codes.push_back(row.code);
    }
    std::ranges::sort(codes);
    return codes;
}

std::string joined(const std::vector<std::string>& codes) {
    std::string all;
    for (const auto& code : codes) all += (all.empty() ? "" : " ") + code;
    return all;
}

Status may_change(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed) return allowed;
    if (!context.place.listening.empty()) return fail(kServing);
    return {};
}

void audit(Context& context, std::string_view action, const OfficeKeys& keys) {
    AuditLine line;
    line.at = context.office.now();
    line.user = context.actor;
    line.action = action;
    line.entity = "office";
    line.result = "ok";
    line.detail = crypto::fingerprint(keys.channel.public_key);
    context.office.store().append_audit(std::move(line));
}

Result<int> key_show(Context& context) {
    auto keys = load_office_keys(context.office.store());
    if (!keys) return pass(keys);
    const auto waiting = untold(context.office.store(), *keys);
    const auto present = crypto::fingerprint(keys->channel.public_key);
    const auto former = keys->former ? crypto::fingerprint(keys->former->public_key) : "";
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    if (!keys->former) answer.facts({{say({"指纹", "Fingerprint"}), present}});
    if (keys->former)
        answer.facts(
            {{say({"指纹", "Fingerprint"}), present},
             {say({"更换于", "Changed"}), office_minute(keys->rotated_at)},
             {say({"旧指纹", "Former fingerprint"}), former},
             {say({"尚未得知", "Not told yet"}), waiting.empty() ? "-" : joined(waiting)}});
    answer.document({{"fingerprint", present}, {"former", former}, {"untold", waiting}});
    return 0;
}

Result<int> rotate(Context& context) {
    if (auto allowed = may_change(context); !allowed) return pass(allowed);
    auto& store = context.office.store();
    if (auto done = rotate_channel_key(store, context.office.random(), context.office.now()); !done)
        return pass(done);
    auto keys = load_office_keys(store);
    if (!keys) return pass(keys);
    audit(context, "key.rotate", *keys);
    const auto fingerprint = crypto::fingerprint(keys->channel.public_key);
    context.answer.line(
        {"已更换通道密钥，新指纹 {}\n终端下次同步时得知新密钥，在此之前用旧密钥照常同步\n"
         "全部终端得知后（{do:key.show}）停用旧密钥：{do:key.retire}",
         "the channel key is changed, its fingerprint is {}\n"
         "laptops are told at their next sync and come in by the former key until then\n"
         "once all were told ({do:key.show}) give up the former: {do:key.retire}"},
        {fingerprint});
    context.answer.document({{"fingerprint", fingerprint}});
    return 0;
}

Result<int> retire(Context& context) {
    if (auto allowed = may_change(context); !allowed) return pass(allowed);
    auto& store = context.office.store();
    auto keys = load_office_keys(store);
    if (!keys) return pass(keys);
    const auto waiting = untold(store, *keys);
    if (!waiting.empty() && !context.inputs.has("all")) return fail(kUntold, joined(waiting));
    if (auto done = retire_former_key(store); !done) return pass(done);
    audit(context, "key.retire", *keys);
    context.answer.line({"旧密钥已停用；尚未得知新密钥的终端：{}",
                         "the former key is good for nobody any more; laptops not told: {}"},
                        {waiting.empty() ? "-" : joined(waiting)});
    context.answer.document({{"untold", waiting}});
    return 0;
}

constexpr std::array kRetire{
    Input{"all",
          "",
          {"即使有终端尚未得知新密钥", "even when laptops were not told the new key yet"},
          Give::Flag},
};
constexpr std::array kKeyActions{
    Action{"key show",
           {"现用和旧的通道密钥的指纹", "fingerprints of the present and the former channel key"},
           "dossierd key show",
           {},
           Actor::Nobody,
           Runs::InUnit,
           key_show,
           Does::Reads},
    Action{
        "key rotate",
        {"更换通道密钥（服务停止时）", "change the channel key (while the office does not serve)"},
        "dossierd key rotate",
        {},
        Actor::Administrator,
        Runs::InUnit,
        rotate},
    Action{"key retire",
           {"停用旧的通道密钥（服务停止时）",
            "give up the former channel key (while the office does not serve)"},
           "dossierd key retire",
           kRetire,
           Actor::Administrator,
           Runs::InUnit,
           retire},
};

}  // namespace

std::span<const Action> key_actions() {
    return kKeyActions;
}

}  // namespace dossier::server
