// How this program calls the office.
#pragma once

#include "client/actions/action.hpp"
#include "client/sync/connection.hpp"

namespace dossier::client {

inline constexpr Input kServer{"server",
                               "HOST:PORT",
                               {"办公室地址 HOST:PORT（默认用邀请码里的）",
                                "office HOST:PORT (default: the one of the invite)"}};

/// Of this program.
std::string_view program_version();
/// With the address given as `server`, and the laptop's turns. Errors: cli.usage for one that is
/// no HOST:PORT.
Result<ConnectionOptions> connection_options(const Context& context);

/// What the office thinks of this laptop.
Text device_state(std::uint8_t state);
/// What the administrator compares before he approves this laptop; empty before it has a key.
std::string own_fingerprint(Store& store);

/// What is to be done while the laptop waits for approval.
inline constexpr Text kAskForApproval{"本机指纹 {}：请管理员核对并批准，然后运行 {do:sync}",
                                      "fingerprint {}: once an administrator has compared it and "
                                      "approved this laptop, run {do:sync}"};

}  // namespace dossier::client
