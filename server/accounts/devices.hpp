// The laptops of the office: who waits for approval, who works, who may no longer. The state lies
// in the device's row, which the channel asks, and in its catalog record, which people see; both
// change together through the door.
#pragma once

#include <vector>

#include "protocol/messages.hpp"

#include "server/office/office.hpp"
#include "server/reading/rights.hpp"

namespace dossier::server {

inline constexpr Fault kUnknownDevice{"device.unknown",
                                      ErrorCode::NotFound,
                                      {"没有终端 {}", "there is no device {}"},
                                      {"见 {do:device.list}", "see {do:device.list}"}};
inline constexpr Fault kNotPending{
    "device.not_pending",
    ErrorCode::Conflict,
    {"终端 {} 不在待批准状态", "device {} does not wait for approval"},
    {"见 {do:device.list}；已吊销或报失的终端须重新登记",
     "see {do:device.list}; a revoked or lost one is enrolled anew"}};

inline constexpr Fault kWipedAlready{
    "device.wiped",
    ErrorCode::Conflict,
    {"终端 {} 已于 {} 清除完毕", "device {} reported {} that it is wiped"},
    {"无需再清除；如需继续使用请重新登记",
     "nothing is left to wipe; to use it again, enrol it anew"}};

inline constexpr Fault kWipeOrdered{
    "device.wipe_ordered",
    ErrorCode::Conflict,
    {"终端 {} 已被下令清除", "device {} was ordered to wipe itself"},
    {"清除令不能收回；如需继续使用请重新登记",
     "the order cannot be taken back; to use the laptop again, enrol it anew"}};

/// A laptop that comes to this office, or comes back to it.
struct NewDevice {
    DeviceId device = {};  ///< of one this office had and was set back to before; none = a new one
    UserId user;
    std::string code = {};  ///< the one it had; kept unless somebody else has it now
    std::array<std::uint8_t, 32> public_key{};  ///< X25519, proven by the channel or a copy
    protocol::DeviceState state = protocol::DeviceState::Pending;
    std::string note = {};  ///< why it is there, for those who read the history
};

/// All of the below inside the caller's unit of work. `actor` needs the right to administer; none =
/// the office itself.
class Devices {
  public:
    explicit Devices(Office& office) : office_(office) {}

    /// Errors: access.denied.
    Result<std::vector<DeviceRow>> list(const UserId& actor);
    /// By code ("N07") or id. Errors: device.unknown.
    Result<DeviceRow> find(std::string_view name);
    /// Its row and its record, by the office itself: the caller has made sure that it may be here
    /// and that nothing has its identity. Errors: those of Office::change.
    Result<DeviceRow> add(const NewDevice& device);
    /// A pending or suspended device may sync from now on. Errors: device.unknown,
    /// device.not_pending, device.wipe_ordered, access.denied.
    Status approve(const UserId& actor, const DeviceId& device);
    /// Suspended, Revoked or Lost: live sessions end within a second; from now on the laptop may
    /// bring its work and gets nothing. A lost one is wiped too.
    /// Errors: device.unknown, access.denied.
    Status stop(const UserId& actor, const DeviceId& device, protocol::DeviceState to);
    /// Orders the laptop to remove everything at its next contact, after it has brought its work.
    /// One that was at work is revoked. Errors: device.unknown, device.wiped, access.denied.
    Status wipe(const UserId& actor, const DeviceId& device);

  private:
    std::string code_for(const NewDevice& device);
    bool is_code_taken(const std::string& code);
    Status change_state(const UserId& actor, DeviceRow row, protocol::DeviceState to);

    Office& office_;
};

/// The catalog's word for a state.
std::string_view state_word(protocol::DeviceState state);

}  // namespace dossier::server
