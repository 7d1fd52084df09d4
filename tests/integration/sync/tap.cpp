#include "tests/integration/sync/tap.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/check.hpp"

namespace dossier::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

sockaddr* generic(sockaddr_in& address) {
    return reinterpret_cast<sockaddr*>(&address);
}

}  // namespace

Tap::Tap(std::uint16_t port, std::size_t cut_after)
    : listener_(::socket(AF_INET, SOCK_STREAM, 0)), cut_after_(cut_after) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    DOSSIER_CHECK(::bind(listener_, generic(address), size) == 0 && ::listen(listener_, 4) == 0);
    DOSSIER_CHECK(::getsockname(listener_, generic(address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, port] { relay(port); });
}

Tap::~Tap() {
    finish();
}

void Tap::finish() {
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) ::close(listener_);
    listener_ = -1;
}

void Tap::relay(std::uint16_t to) {
    const int laptop = ::accept(listener_, nullptr, nullptr);
    const int office = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(to);
    DOSSIER_CHECK(::connect(office, generic(address), sizeof address) == 0);
    bool office_spoke = true;
    for (bool open = true; open;) {
        std::array<pollfd, 2> ready{pollfd{laptop, POLLIN, 0}, pollfd{office, POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), 20'000) <= 0) break;
        if (ready[0].revents != 0) {
            // To hang up is not to speak.
            const std::size_t before = bytes_;
            open = pass_on(laptop, office);
            if (bytes_ > before && std::exchange(office_spoke, false)) ++turns_;
        }
        if (open && ready[1].revents != 0) {
            office_spoke = true;
            open = pass_on(office, laptop);
        }
    }
    ::close(laptop);
    ::close(office);
}

bool Tap::pass_on(int from, int to) {
    std::array<char, 16'384> buffer{};
    const std::size_t room = std::min(buffer.size(), cut_after_ - bytes_);
    const ssize_t size = room == 0 ? 0 : ::read(from, buffer.data(), room);
    if (size <= 0) return false;
    bytes_ += static_cast<std::size_t>(size);
    const char* at = buffer.data();
    for (auto rest = size; rest > 0;) {
        const ssize_t written = ::send(to, at, static_cast<std::size_t>(rest), MSG_NOSIGNAL);
        if (written <= 0) return false;
        at += written;
        rest -= written;
    }
    return bytes_ < cut_after_;
}

}  // namespace dossier::test
