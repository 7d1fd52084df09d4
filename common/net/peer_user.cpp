#include "common/net/peer_user.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace dossier::net {
namespace {

/// As the kernel writes an IPv4 endpoint: the address as a number of this machine, in hexadecimal.
std::string written(const asio::ip::tcp::endpoint& endpoint) {
    const auto bytes = endpoint.address().to_v4().to_bytes();
    char text[16];
    std::snprintf(text, sizeof text, "%02X%02X%02X%02X:%04X", bytes[3], bytes[2], bytes[1],
                  bytes[0], endpoint.port());
    return text;
}

/// The user in the line of a table whose addresses end in these: of an IPv6 socket that speaks
/// IPv4 the last four bytes are the address.
std::optional<std::uint32_t> user_in(const char* table,
                                     const std::string& local,
                                     const std::string& remote) {
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string number;
        std::string from;
        std::string to;
        std::string skipped;
        std::uint32_t user = 0;
        words >> number >> from >> to >> skipped >> skipped >> skipped >> skipped >> user;
        if (words && from.ends_with(local) && to.ends_with(remote)) return user;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> user_of(const asio::ip::tcp::endpoint& peer,
                                     const asio::ip::tcp::endpoint& own) {
    if (!peer.address().is_v4() || !own.address().is_v4()) return std::nullopt;
    const auto local = written(peer);
    const auto remote = written(own);
    if (auto user = user_in("/proc/net/tcp", local, remote)) return user;
    return user_in("/proc/net/tcp6", local, remote);
}

}  // namespace dossier::net
