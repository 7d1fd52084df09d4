// How much of what a session writes may lie unsent in the kernel, and how much of it the peer's
// machine has acknowledged. Linux only, like the office. Source: SPEC.md 9, tcp(7).
#pragma once

#include <asio/ip/tcp.hpp>

#include "protocol/limits.hpp"

namespace dossier::server {

/// Written at once: with as much waiting at most when it is written, protocol::kUnsentBytesMax.
inline constexpr std::size_t kWriteBytes = protocol::kUnsentBytesMax / 2;

/// From now on the kernel takes no more while kWriteBytes wait to be sent.
void bound_unsent(asio::ip::tcp::socket& socket);
/// Bytes taken by the kernel that the peer's machine has not acknowledged; `unknown` when the
/// socket cannot tell.
std::uint64_t unacknowledged(asio::ip::tcp::socket& socket, std::uint64_t unknown);
/// Closes with a reset: what lies unsent is thrown away instead of being sent on.
void reset(asio::ip::tcp::socket& socket);

}  // namespace dossier::server
