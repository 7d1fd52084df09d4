// One connection's bytes, with TLS or without. No limit of its own: whoever waits on it has a
// watchdog that closes the socket, and every wait here then ends.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include <asio/awaitable.hpp>
#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>

namespace asio::ssl {
class context;
}

namespace dossier::http {

class Transport {
  public:
    /// `tls` outlives it; nullptr = without TLS.
    Transport(asio::ip::tcp::socket socket, asio::ssl::context* tls);
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    ~Transport();

    /// The handshake of TLS. False when it fails.
    asio::awaitable<bool> open();
    /// At least one byte; 0 when there will be none. At most one read at a time, and one write
    /// beside it.
    asio::awaitable<std::size_t> read(std::span<char> into);
    /// All of both. False when the peer did not take it.
    asio::awaitable<bool> write(std::array<asio::const_buffer, 2> bytes);
    /// Says that nothing more is sent. Only when nothing is being read.
    asio::awaitable<void> finish();
    /// After it: some of what still comes, to be thrown away; 0 when there will be none. Closed
    /// with bytes unread, the socket would be reset, and the peer lose the answer that is on its
    /// way.
    asio::awaitable<std::size_t> discard(std::span<char> into);
    void close();
    [[nodiscard]] asio::ip::tcp::socket& socket() { return socket_; }
    [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }

  private:
    struct Tls;
    asio::ip::tcp::socket socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace dossier::http
