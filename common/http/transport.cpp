#include "common/http/transport.hpp"

#include <asio/redirect_error.hpp>
#include <asio/ssl/context.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

namespace dossier::http {

struct Transport::Tls {
    Tls(asio::ip::tcp::socket& socket, asio::ssl::context& context) : stream(socket, context) {}
    asio::ssl::stream<asio::ip::tcp::socket&> stream;
};

Transport::Transport(asio::ip::tcp::socket socket, asio::ssl::context* tls)
    : socket_(std::move(socket)),
      tls_(tls == nullptr ? nullptr : std::make_unique<Tls>(socket_, *tls)) {}

Transport::~Transport() = default;

asio::awaitable<bool> Transport::open() {
    std::error_code failed;
    if (tls_ != nullptr)
        co_await tls_->stream.async_handshake(asio::ssl::stream_base::server,
                                              asio::redirect_error(asio::use_awaitable, failed));
    co_return !failed;
}

asio::awaitable<std::size_t> Transport::read(std::span<char> into) {
    std::error_code failed;
    auto token = asio::redirect_error(asio::use_awaitable, failed);
    const asio::mutable_buffer buffer(into.data(), into.size());
    std::size_t size = 0;
    if (tls_ != nullptr) {
        size = co_await tls_->stream.async_read_some(buffer, token);
    } else {
        size = co_await socket_.async_read_some(buffer, token);
    }
    co_return failed ? 0 : size;
}

asio::awaitable<bool> Transport::write(std::array<asio::const_buffer, 2> bytes) {
    std::error_code failed;
    auto token = asio::redirect_error(asio::use_awaitable, failed);
    if (tls_ != nullptr) {
        co_await asio::async_write(tls_->stream, bytes, token);
    } else {
        co_await asio::async_write(socket_, bytes, token);
    }
    co_return !failed;
}

asio::awaitable<void> Transport::finish() {
    std::error_code failed;
    if (tls_ != nullptr) {
        // As if the peer had said that it ends: ours is sent, and its own not waited for.
        SSL_set_shutdown(tls_->stream.native_handle(), SSL_RECEIVED_SHUTDOWN);
        co_await tls_->stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failed));
    }
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failed);
}

asio::awaitable<std::size_t> Transport::discard(std::span<char> into) {
    std::error_code failed;
    const std::size_t size = co_await socket_.async_read_some(
        asio::buffer(into.data(), into.size()), asio::redirect_error(asio::use_awaitable, failed));
    co_return failed ? 0 : size;
}

void Transport::close() {
    std::error_code ignored;
    socket_.close(ignored);
}

}  // namespace dossier::http
