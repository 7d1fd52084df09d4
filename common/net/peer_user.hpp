// Which user of this machine is at the other end of a loopback connection: the kernel keeps it
// beside each socket. Source: proc(5), /proc/net/tcp.
#pragma once

#include <cstdint>
#include <optional>

#include <asio/ip/tcp.hpp>

namespace dossier::net {

/// The user whose socket is bound to `peer` and connected to `own`; nothing when the kernel lists
/// none: the connection comes from elsewhere, or is over.
std::optional<std::uint32_t> user_of(const asio::ip::tcp::endpoint& peer,
                                     const asio::ip::tcp::endpoint& own);

}  // namespace dossier::net
