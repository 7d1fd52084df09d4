#include "server/sync/socket_limits.hpp"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>

namespace dossier::server {

void bound_unsent(asio::ip::tcp::socket& socket) {
    using Unsent = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
    std::error_code ignored;
    socket.set_option(Unsent(static_cast<int>(kWriteBytes)), ignored);
}

std::uint64_t unacknowledged(asio::ip::tcp::socket& socket, std::uint64_t unknown) {
    int waiting = 0;
    const bool told = ::ioctl(socket.native_handle(), SIOCOUTQ, &waiting) == 0 && waiting >= 0;
    return told ? static_cast<std::uint64_t>(waiting) : unknown;
}

void reset(asio::ip::tcp::socket& socket) {
    std::error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

}  // namespace dossier::server
