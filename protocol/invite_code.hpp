// The invite an administrator hands to the user of a new laptop, as people type it:
// base32(version || server key || instance || invite id || secret || checksum) "@" host ":" port.
// Source: security 2.1.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

#include "protocol/channel.hpp"

namespace dossier::protocol {

inline constexpr Fault kInviteCode{"enrol.code",
                                   ErrorCode::Usage,
                                   {"邀请码书写有误", "the invite is not written correctly"},
                                   {"从管理员处完整复制邀请码，包括 @ 及其后的地址",
                                    "copy the whole invite, with the @ and the address after it"}};
inline constexpr Fault kInviteVersion{
    "enrol.code_version",
    ErrorCode::Version,
    {"邀请码的版本 {} 比本程序新", "the invite has version {}, newer than this program"},
    {"升级本机程序", "upgrade this program"}};

/// Names one installation of the server; the channel's prologue has it with 16 zeros after it.
using InstanceId = std::array<std::uint8_t, 16>;

struct InviteCode {
    std::array<std::uint8_t, 32> server_key{};
    InstanceId instance{};
    std::array<std::uint8_t, 8> invite{};
    std::array<std::uint8_t, 16> secret{};
    std::string address;  ///< "host:port"
};

/// The instance as the channel's prologue names it.
ServerInstance server_instance(const InstanceId& instance);

std::string encode_invite(const InviteCode& code);
/// Takes either case, spaces and hyphens. Errors: enrol.code, enrol.code_version.
Result<InviteCode> decode_invite(std::string_view text);

/// Host and port of "host:port" or "[v6]:port". Errors: enrol.code.
struct Address {
    std::string host;
    std::string port;
};
Result<Address> parse_address(std::string_view text);

}  // namespace dossier::protocol
