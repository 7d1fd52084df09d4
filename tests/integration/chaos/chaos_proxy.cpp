// A bad network between laptops and the office: passes TCP connections on to 127.0.0.1:PORT and
// does to each, by a seeded draw, one thing that networks do. Prints its own port, then a line a
// connection: what it did. Serves until killed.
//   chaos_proxy PORT SEED [RECORD]     RECORD: file that gets every byte that passes, both ways
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

namespace {

using asio::ip::tcp;
using Draw = std::mt19937_64;

enum class Fault : unsigned char { None, Delay, Reset, HalfClose, Stall, OneByte, Flip, Count };
constexpr std::array<const char*, 7> kNames{"none",  "delay",    "reset", "half-close",
                                            "stall", "one-byte", "flip"};
constexpr std::chrono::milliseconds kDelay{20};
constexpr std::chrono::milliseconds kStall{1500};

/// One connection through the proxy: its two sockets and what happens to it after `after` bytes.
struct Passage {
    Passage(tcp::socket from, Draw& draw)
        : laptop(std::move(from)),
          office(laptop.get_executor()),
          fault(static_cast<Fault>(draw() % static_cast<unsigned>(Fault::Count))),
          upward(draw() % 2 == 0),
          after(draw() % 1200) {}

    void cut(bool rudely) {
        std::error_code ignored;
        for (tcp::socket* each : {&laptop, &office}) {
            if (rudely) each->set_option(asio::socket_base::linger(true, 0), ignored);
            each->close(ignored);
        }
    }

    tcp::socket laptop;
    tcp::socket office;
    Fault fault;
    bool upward;          ///< the direction it happens in
    std::uint64_t after;  ///< bytes of that direction that pass before it
};
using Shared = std::shared_ptr<Passage>;

asio::awaitable<void> pause(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(time);
    co_await timer.async_wait(asio::use_awaitable);
}

/// What happens to a piece that reached the place of the fault. False ends the connection.
asio::awaitable<bool> suffer(Shared passage, tcp::socket& to, std::string& piece) {
    switch (passage->fault) {
        case Fault::Delay:
            co_await pause(kDelay);
            break;
        case Fault::Reset:
            passage->cut(true);
            co_return false;
        case Fault::HalfClose: {
            std::error_code ignored;
            to.shutdown(tcp::socket::shutdown_send, ignored);
            co_return false;
        }
        case Fault::Stall:
            co_await pause(kStall);
            break;
        case Fault::OneByte:
            for (const char& byte : piece)
                co_await asio::async_write(to, asio::buffer(&byte, 1), asio::use_awaitable);
            piece.clear();
            break;
        case Fault::Flip:
            piece[piece.size() / 2] = static_cast<char>(piece[piece.size() / 2] ^ 0x10);
            break;
        default:
            break;
    }
    co_return true;
}

asio::awaitable<void> pump(Shared passage, bool up, std::ofstream* record) {
    tcp::socket& from = up ? passage->laptop : passage->office;
    tcp::socket& to = up ? passage->office : passage->laptop;
    std::array<char, 4096> buffer{};
    std::uint64_t passed = 0;
    bool struck = false;
    try {
        for (;;) {
            const auto size =
                co_await from.async_read_some(asio::buffer(buffer), asio::use_awaitable);
            std::string piece(buffer.data(), size);
            if (record != nullptr) *record << piece << std::flush;
            passed += size;
            const bool again = passage->fault == Fault::Delay || passage->fault == Fault::OneByte;
            if (up == passage->upward && passed > passage->after && (!struck || again)) {
                struck = true;
                if (!co_await suffer(passage, to, piece)) co_return;
            }
            co_await asio::async_write(to, asio::buffer(piece), asio::use_awaitable);
        }
    } catch (const std::exception&) {
        // Either side is gone: so is the other.
        passage->cut(false);
    }
}

asio::awaitable<void> serve(tcp::acceptor& acceptor,
                            tcp::endpoint office,
                            Draw& draw,
                            std::ofstream* record) {
    for (;;) {
        auto socket = co_await acceptor.async_accept(asio::use_awaitable);
        auto passage = std::make_shared<Passage>(std::move(socket), draw);
        std::printf("%s %s after %llu\n", kNames[static_cast<std::size_t>(passage->fault)],
                    passage->upward ? "up" : "down",
                    static_cast<unsigned long long>(passage->after));
        std::fflush(stdout);
        std::error_code failed;
        co_await passage->office.async_connect(office,
                                               asio::redirect_error(asio::use_awaitable, failed));
        if (failed) continue;
        const auto executor = co_await asio::this_coro::executor;
        asio::co_spawn(executor, pump(passage, true, record), asio::detached);
        asio::co_spawn(executor, pump(passage, false, record), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) {
        std::fprintf(stderr, "usage: %s PORT SEED [RECORD]\n", argv[0]);
        return 2;
    }
    std::ofstream record;
    if (argc == 4) record.open(argv[3], std::ios::binary);
    asio::io_context loop{1};
    const auto address = asio::ip::address_v4::loopback();
    tcp::acceptor acceptor(loop, {address, 0});
    std::printf("%u\n", unsigned{acceptor.local_endpoint().port()});
    std::fflush(stdout);
    Draw draw(std::stoull(argv[2]));
    const auto port = static_cast<std::uint16_t>(std::stoul(argv[1]));
    asio::co_spawn(loop, serve(acceptor, {address, port}, draw, argc == 4 ? &record : nullptr),
                   asio::detached);
    loop.run();
    return 0;
}
