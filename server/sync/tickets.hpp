// What a laptop shows at its next handshake, before it has proven who it is: that it is one of the
// office's. It opens nothing and names nobody; it only keeps strangers of the same address from
// standing in its way. Whoever copies one gets in the way of that laptop alone. Source: SPEC.md 3.
#pragma once

#include <array>
#include <optional>

#include "common/base/ids.hpp"

#include "server/accounts/office_keys.hpp"

namespace dossier::server {

/// The number under which uses of one device's ticket are counted.
using TicketHolder = std::array<std::uint8_t, 16>;

class Tickets {
  public:
    /// Made from the office's own key: nothing is kept, and they are good for ever.
    explicit Tickets(const OfficeKeys& keys);

    /// protocol::kTicketBytes, always the same for one device.
    [[nodiscard]] Bytes of(const DeviceId& device) const;
    /// Who holds this ticket; nothing for one this office did not give.
    [[nodiscard]] std::optional<TicketHolder> holder(ByteView ticket) const;

  private:
    [[nodiscard]] crypto::Digest seal_of(const TicketHolder& holder) const;

    crypto::Secret key_;
};

}  // namespace dossier::server
