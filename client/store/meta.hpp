// Small things a laptop must remember: who it is, where its office is, how far it got. One row a
// thing, inside the encrypted store.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/ids.hpp"
#include "common/base/result.hpp"
#include "common/crypto/secret.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

/// The office's number of this laptop's history; absent = 1 (sync 5.2).
inline constexpr std::string_view kDeviceEpochKey = "device_epoch";

/// 1 from the moment the office was found restored from a backup until everything here was
/// verified against it: its versions of facets are counted anew.
inline constexpr std::string_view kRecountedKey = "office_recounted";

/// 1 from then, or from a branch, until everything this laptop still has was offered again: another
/// copy of it, or itself before it was set back, may have brought what both had to an office that
/// judged it anew.
inline constexpr std::string_view kOffersAgainKey = "offers_again";

/// The hour of the office's day at which this laptop syncs by itself; absent = kNightHour.
inline constexpr std::string_view kNightHourKey = "night_hour";

/// Who this laptop is and which office it belongs to; known since enrolment.
struct Identity {
    DeviceId device;
    UserId user;
    std::string device_code;  ///< "N07": in provisional numbers T-N07-0001
    std::string user_name;
    std::string server_address;                 ///< "host:port"
    std::array<std::uint8_t, 32> server_key{};  ///< the office's static key, from the invite
    std::array<std::uint8_t, 16> server_instance{};
    std::array<std::uint8_t, 32> recovery_key{};  ///< the office's key of the recovery slot
    std::uint8_t device_state = 0;                ///< protocol::DeviceState, as last told
};

/// The office's key of content digests, as `Meta::bytes` keeps it.
inline constexpr std::string_view kContentKeyMeta = "content_key";

class Meta {
  public:
    explicit Meta(sqlite::Connection& db) : db_(db) {}

    /// Errors: client.not_enrolled.
    Result<Identity> identity();
    void set_identity(const Identity& identity);
    /// The office's key of the recovery slot; nullopt before enrolment.
    std::optional<Bytes> recovery_key();
    /// The X25519 secret of this laptop; made before enrolment. nullopt when there is none.
    std::optional<crypto::Secret> device_key();
    void set_device_key(ByteView secret);

    std::optional<Bytes> bytes(std::string_view key);
    void set_bytes(std::string_view key, ByteView value);
    std::int64_t number(std::string_view key, std::int64_t otherwise = 0);
    void set_number(std::string_view key, std::int64_t value);
    std::string text(std::string_view key);
    void set_text(std::string_view key, std::string_view value);
    void erase(std::string_view key);

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
