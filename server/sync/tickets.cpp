#include "server/sync/tickets.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kKeyOf = "dossier ticket key";
constexpr std::string_view kHolderOf = "holder";
constexpr std::string_view kSealOf = "ticket";
static_assert(std::tuple_size_v<TicketHolder> + std::tuple_size_v<crypto::Digest> ==
              protocol::kTicketBytes);

crypto::Secret key_of(const OfficeKeys& keys) {
    auto key = crypto::blake2b({bytes_of(kKeyOf)}, keys.recovery.secret_key.view());
    auto kept = crypto::Secret::copy(key);
    crypto::wipe(key);
    return kept;
}

}  // namespace

Tickets::Tickets(const OfficeKeys& keys) : key_(key_of(keys)) {}

crypto::Digest Tickets::seal_of(const TicketHolder& holder) const {
    return crypto::blake2b({bytes_of(kSealOf), holder}, key_.view());
}

Bytes Tickets::of(const DeviceId& device) const {
    const auto hidden = crypto::blake2b({bytes_of(kHolderOf), device.view()}, key_.view());
    TicketHolder holder{};
    std::copy_n(hidden.begin(), holder.size(), holder.begin());
    Bytes ticket(holder.begin(), holder.end());
    append(ticket, seal_of(holder));
    return ticket;
}

std::optional<TicketHolder> Tickets::holder(ByteView ticket) const {
    if (ticket.size() != protocol::kTicketBytes) return std::nullopt;
    TicketHolder holder{};
    std::copy_n(ticket.begin(), holder.size(), holder.begin());
    const bool ours =
        crypto::equal_in_constant_time(ticket.subspan(holder.size()), seal_of(holder));
    return ours ? std::optional(holder) : std::nullopt;
}

}  // namespace dossier::server
