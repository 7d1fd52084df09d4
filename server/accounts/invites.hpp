// Invites and what comes of them: an administrator makes one for a user, the new laptop spends it,
// and a device stands there that waits for approval. The secret is kept as a hash only.
#pragma once

#include <chrono>

#include "protocol/invite_code.hpp"
#include "protocol/messages.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr std::chrono::hours kInviteLifetime{72};

/// All of the below inside the caller's unit of work.
/// No invite is good for longer.
inline constexpr std::chrono::hours kInviteLifetimeMax{24 * 30};

class Invites {
  public:
    Invites(Office& office, const OfficeKeys& keys) : office_(office), keys_(keys) {}

    /// A code for one laptop of `user`, good for `lifetime`. `address` is where laptops reach this
    /// office ("host:port"). Errors: access.denied, access.inactive (the user), enrol.code.
    Result<std::string> create(const UserId& actor,
                               const UserId& user,
                               std::string_view address,
                               std::chrono::milliseconds lifetime = kInviteLifetime);
    /// Binds the key the channel has proven to a new pending device. A laptop that did not hear
    /// the answer may ask again with the same key. Commit also after an error: wrong secrets count.
    /// A laptop this office knew before it was set back to a backup becomes the same device again,
    /// with its identity and, where nobody has it now, its code, and waits for approval like a new
    /// one: it must prove the key it always had, and the invite be for its user.
    /// Errors: enrol.wrong, enrol.used, enrol.expired, enrol.attempts, enrol.known_key,
    /// enrol.other_user.
    Result<protocol::Enrolled> spend(const protocol::Enrol& enrol,
                                     const protocol::PublicKey& device_key);

  private:
    Result<InviteRow> checked(const protocol::Enrol& enrol);
    Result<DeviceRow> make_device(const InviteRow& invite,
                                  const protocol::Enrol& enrol,
                                  const protocol::PublicKey& device_key);
    Status check_former(const InviteRow& invite, const protocol::FormerDevice& former);
    protocol::Enrolled answer(const DeviceRow& row);

    Office& office_;
    const OfficeKeys& keys_;
};

}  // namespace dossier::server
