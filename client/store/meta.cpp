#include "client/store/meta.hpp"

#include <algorithm>

#include "client/faults.hpp"

namespace dossier::client {
namespace {

constexpr std::string_view kDevice = "device";
constexpr std::string_view kUser = "user";
constexpr std::string_view kDeviceCode = "device_code";
constexpr std::string_view kUserName = "user_name";
constexpr std::string_view kServerAddress = "server_address";
constexpr std::string_view kServerKey = "server_key";
constexpr std::string_view kServerInstance = "server_instance";
constexpr std::string_view kRecoveryKey = "recovery_key";
constexpr std::string_view kDeviceState = "device_state";
constexpr std::string_view kDeviceKey = "device_key";

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(const std::optional<Bytes>& from) {
    std::array<std::uint8_t, Size> to{};
    if (from) std::copy_n(from->begin(), std::min(Size, from->size()), to.begin());
    return to;
}

}  // namespace

Result<Identity> Meta::identity() {
    const auto device = bytes(kDevice);
    if (!device) return fail(kNotEnrolled);
    Identity identity;
    identity.device.bytes = fixed<16>(device);
    identity.user.bytes = fixed<16>(bytes(kUser));
    identity.device_code = text(kDeviceCode);
    identity.user_name = text(kUserName);
    identity.server_address = text(kServerAddress);
    identity.server_key = fixed<32>(bytes(kServerKey));
    identity.server_instance = fixed<16>(bytes(kServerInstance));
    identity.recovery_key = fixed<32>(bytes(kRecoveryKey));
    identity.device_state = static_cast<std::uint8_t>(number(kDeviceState));
    return identity;
}

void Meta::set_identity(const Identity& identity) {
    set_bytes(kDevice, identity.device.view());
    set_bytes(kUser, identity.user.view());
    set_text(kDeviceCode, identity.device_code);
    set_text(kUserName, identity.user_name);
    set_text(kServerAddress, identity.server_address);
    set_bytes(kServerKey, identity.server_key);
    set_bytes(kServerInstance, identity.server_instance);
    set_bytes(kRecoveryKey, identity.recovery_key);
    set_number(kDeviceState, identity.device_state);
}

std::optional<Bytes> Meta::recovery_key() {
    auto key = bytes(kRecoveryKey);
    const bool known =
        key && std::ranges::any_of(*key, [](std::uint8_t byte) { return byte != 0; });
    return known ? key : std::nullopt;
}

std::optional<crypto::Secret> Meta::device_key() {
    auto row = db_.prepared("SELECT value FROM meta WHERE key=?1");
    if (!row.bind(kDeviceKey).step()) return std::nullopt;
    return crypto::Secret::copy(row.blob(0));
}

void Meta::set_device_key(ByteView secret) {
    set_bytes(kDeviceKey, secret);
}

std::optional<Bytes> Meta::bytes(std::string_view key) {
    auto row = db_.prepared("SELECT value FROM meta WHERE key=?1");
    if (!row.bind(key).step()) return std::nullopt;
    return row.bytes(0);
}

void Meta::set_bytes(std::string_view key, ByteView value) {
    db_.prepared(
           "INSERT INTO meta(key, value) VALUES(?1, ?2) "
           "ON CONFLICT(key) DO UPDATE SET value=excluded.value")
        .bind(key, value)
        .run();
}

std::int64_t Meta::number(std::string_view key, std::int64_t otherwise) {
    const auto value = bytes(key);
    return value && value->size() == 8 ? read_le<std::int64_t>(value->data()) : otherwise;
}

void Meta::set_number(std::string_view key, std::int64_t value) {
    Bytes raw;
    append_le(raw, value);
    set_bytes(key, raw);
}

std::string Meta::text(std::string_view key) {
    const auto value = bytes(key);
    return value ? std::string(text_of(*value)) : std::string();
}

void Meta::set_text(std::string_view key, std::string_view value) {
    set_bytes(key, bytes_of(value));
}

void Meta::erase(std::string_view key) {
    db_.prepared("DELETE FROM meta WHERE key=?1").bind(key).run();
}

}  // namespace dossier::client
