#include "client/actions/connect.hpp"

#include "common/base/told.hpp"

#include "protocol/invite_code.hpp"
#include "protocol/messages.hpp"

namespace dossier::client {

std::string_view program_version() {
    return DOSSIER_VERSION;
}

Result<ConnectionOptions> connection_options(const Context& context) {
    ConnectionOptions options;
    const auto& address = context.inputs.text("server");
    if (context.inputs.has("server") && !protocol::parse_address(address))
        return fail(action::kWrongUsage, named_input("server") + " " + address + " (HOST:PORT)");
    options.engine.app_version = std::string(program_version());
    options.address = address;
    options.turns = context.laptop.turns;
    options.is_wanted = context.laptop.is_wanted;
    return options;
}

Text device_state(std::uint8_t state) {
    switch (static_cast<protocol::DeviceState>(state)) {
        case protocol::DeviceState::Pending:
            return {"待批准", "waiting for approval"};
        case protocol::DeviceState::Active:
            return {"已批准", "approved"};
        case protocol::DeviceState::Suspended:
            return {"已暂停", "suspended"};
        case protocol::DeviceState::Revoked:
            return {"已吊销", "revoked"};
        case protocol::DeviceState::Lost:
            return {"已报失", "lost"};
    }
    return {"未登记", "not enrolled"};
}

std::string own_fingerprint(Store& store) {
    const auto secret = store.meta.device_key();
    if (!secret) return {};
    return crypto::fingerprint(crypto::key_pair_of(secret->view()).public_key);
}

}  // namespace dossier::client
