#include "client/sync/reach.hpp"

#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

namespace dossier::client {

bool port_answers(const protocol::Address& address, std::chrono::milliseconds limit) {
    using asio::ip::tcp;
    asio::io_context loop(1);
    tcp::resolver resolver(loop);
    tcp::socket socket(loop);
    bool answers = false;
    resolver.async_resolve(
        address.host, address.port,
        [&](const std::error_code& unknown, const tcp::resolver::results_type& found) {
            if (unknown) return;
            asio::async_connect(socket, found, [&](const std::error_code& failed, const auto&) {
                answers = !failed;
            });
        });
    loop.run_for(limit);
    return answers;
}

}  // namespace dossier::client
