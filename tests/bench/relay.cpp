#include "tests/bench/relay.hpp"

#include <array>

#include <asio/buffer.hpp>
#include <asio/write.hpp>

namespace dossier::bench {

using asio::ip::tcp;

Relay::Relay(std::uint16_t office_port)
    : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()),
      office_port_(office_port),
      thread_([this] {
          tcp::socket laptop(io_);
          tcp::socket office(io_);
          std::error_code error;
          acceptor_.accept(laptop, error);
          if (!error)
              office.connect(tcp::endpoint(asio::ip::address_v4::loopback(), office_port_), error);
          if (error) return;
          laptop.set_option(tcp::no_delay(true));
          office.set_option(tcp::no_delay(true));
          std::thread back([&] { pump(office, laptop, false); });
          pump(laptop, office, true);
          back.join();
      }) {}

Relay::~Relay() {
    std::error_code ignored;
    acceptor_.close(ignored);
    if (thread_.joinable()) thread_.join();
}

void Relay::pump(tcp::socket& from, tcp::socket& to, bool up) {
    std::array<std::uint8_t, 65536> buffer{};
    std::error_code error;
    while (true) {
        const std::size_t size = from.read_some(asio::buffer(buffer), error);
        if (error || size == 0) break;
        (up ? up_ : down_) += size;
        if (up && !last_up_.exchange(true)) ++turns_;
        if (!up) last_up_ = false;
        asio::write(to, asio::buffer(buffer.data(), size), error);
        if (error) break;
    }
    to.shutdown(tcp::socket::shutdown_send, error);
}

Traffic Relay::finish() {
    thread_.join();
    return {up_, down_, turns_};
}

}  // namespace dossier::bench
