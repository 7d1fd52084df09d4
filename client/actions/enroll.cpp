#include "client/actions/enroll.hpp"

#include <array>

#include <unistd.h>

#include "common/base/safe_text.hpp"
#include "common/base/told.hpp"

#include "protocol/invite_code.hpp"
#include "protocol/messages.hpp"

#include "client/actions/connect.hpp"

namespace dossier::client {
namespace {

std::string host_name() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

/// As it was given, or as it stood in the file it was given in. Errors: cli.usage.
Result<std::string> invite_code(const Context& context) {
    const auto& inputs = context.inputs;
    const auto wrong =
        fail(action::kWrongUsage,
             told(context.say({"缺少 {in:invite} 或 {in:invite_file}，二者取一",
                               "give either {in:invite} or {in:invite_file}, not both"}),
                  {}));
    if (inputs.has("invite") == inputs.has("invite_file")) return wrong;
    if (inputs.has("invite")) return inputs.text("invite");
    const auto code = canonical_text(inputs.text("invite_file"));
    if (!code || code->empty()) return wrong;
    return *code;
}

Result<int> tell_invite(Context& context, std::string_view invite) {
    const auto code = protocol::decode_invite(invite);
    if (!code) return tl::unexpected(code.error());
    const auto fingerprint = crypto::fingerprint(code->server_key);
    context.answer.line({"办公室 {}，指纹 {}。请与管理员给您的指纹逐字核对",
                         "office {}, fingerprint {}. Compare it with what your administrator "
                         "gave you, character by character"},
                        {code->address, fingerprint});
    context.answer.document({{"server", code->address}, {"office", fingerprint}});
    return 0;
}

/// The office's address and key are those of the invite now.
void tell_office(Context& context, const Identity& identity) {
    const auto fingerprint = crypto::fingerprint(identity.server_key);
    context.answer.line({"已按邀请码更新办公室的地址和密钥：{}，指纹 {}；本机数据不变",
                         "the office's address and key are those of the invite now: {}, "
                         "fingerprint {}; nothing else changed"},
                        {identity.server_address, fingerprint});
    context.answer.document({{"server", identity.server_address}, {"office", fingerprint}});
}

void tell_enrolled(Context& context, const Identity& identity) {
    const auto state = device_state(identity.device_state);
    const auto fingerprint = own_fingerprint(context.store);
    context.answer.line(
        {"已登记为终端 {}（使用人 {}），状态：{}", "enrolled as device {} of {}, state: {}"},
        {identity.device_code, identity.user_name, context.say(state)});
    using protocol::DeviceState;
    if (static_cast<DeviceState>(identity.device_state) == DeviceState::Pending)
        context.answer.line(kAskForApproval, {fingerprint});
    context.answer.document({{"device", identity.device_code},
                             {"user", identity.user_name},
                             {"fingerprint", fingerprint},
                             {"state", state.en}});
}

}  // namespace

Result<int> enroll(Context& context) {
    const auto options = connection_options(context);
    if (!options) return tl::unexpected(options.error());
    const auto invite = invite_code(context);
    if (!invite) return tl::unexpected(invite.error());
    if (context.inputs.has("check")) return tell_invite(context, *invite);
    NullLog log;
    Connection connection(context.store, context.laptop.clock, context.laptop.random, log,
                          *options);
    const auto& named = context.inputs.text("name");
    const bool is_again = [&] {
        const auto turn = context.laptop.take_turn();
        return context.store.meta.identity().has_value();
    }();
    auto identity = connection.enrol(*invite, named.empty() ? host_name() : named);
    if (!identity) return pass(identity);
    const auto turn = context.laptop.take_turn();
    if (connection.is_known_again())
        context.answer.line({"办公室重新收下了本机（终端 {}），本机的资料和记录不变",
                             "the office knows this laptop again, as device {}; everything here "
                             "stays"},
                            {identity->device_code});
    if (is_again && !connection.is_known_again()) {
        tell_office(context, *identity);
        return 0;
    }
    if (context.laptop.open_to_office) {
        if (auto added = context.laptop.open_to_office(identity->recovery_key); !added)
            return pass(added);
    }
    tell_enrolled(context, *identity);
    return 0;
}

}  // namespace dossier::client
