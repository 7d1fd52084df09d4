#include "common/control/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/base/check.hpp"
#include "common/base/descriptor.hpp"
#include "common/base/reason.hpp"

namespace dossier::control {
namespace {

constexpr int kRequestLimitMs = 5'000;
constexpr int kWriteLimitMs = 30'000;
constexpr std::string_view kName = "control.sock";

/// The address of the socket in `folder`. A path may be longer than an address holds: it goes
/// through the open folder instead.
sockaddr_un address_in(int folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = "/proc/self/fd/" + std::to_string(folder) + "/" + std::string(kName);
    DOSSIER_CHECK(path.size() < sizeof address.sun_path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

int open_folder(const std::string& folder) {
    return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool wait_for(int descriptor, short events, int limit_ms) {
    pollfd waiting{descriptor, events, 0};
    int ready = 0;
    do {
        ready = ::poll(&waiting, 1, limit_ms);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

bool write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        if (!wait_for(to, POLLOUT, kWriteLimitMs)) return false;
        const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Appends what comes next; 0 at the end, -1 for a failure or when nothing came in time.
ssize_t read_some(int from, std::string& to, int limit_ms) {
    if (!wait_for(from, POLLIN, limit_ms)) return -1;
    std::array<char, std::size_t{64} * 1024> part{};
    ssize_t got = 0;
    do {
        got = ::recv(from, part.data(), part.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got > 0) to.append(part.data(), static_cast<std::size_t>(got));
    return got;
}

/// One line of at most `kRequestBytesMax`, all of it within the limit of time; shorter where
/// its end does not come. What is longer is heard out and kept no further: who still writes would
/// not read the refusal. Errors: control.oversized.
Result<std::string> read_line(int from) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::milliseconds(kRequestLimitMs);
    std::string line;
    bool oversized = false;
    std::size_t end = std::string::npos;
    while ((end = line.find('\n')) == std::string::npos) {
        oversized = oversized || line.size() > kRequestBytesMax;
        if (oversized) line.clear();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0 || read_some(from, line, static_cast<int>(left.count())) <= 0) break;
    }
    if (oversized || line.size() > kRequestBytesMax + 1)
        return fail(kOversized, std::to_string(kRequestBytesMax));
    line.resize(std::min(end, line.size()));
    return line;
}

/// Tells a caller for whom there is no place, without waiting for him.
void turn_away(int peer) {
    const Error busy{&kBusy, {std::to_string(kPlaces + kUrgentPlaces)}};
    const auto answer = encode(refuse_request({.lang = Lang::Zh}, busy));
    [[maybe_unused]] const auto sent =
        ::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/// The user of the process at the other end; nobody when the kernel does not tell.
std::optional<uid_t> user_of(int peer) {
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
    return who.uid;
}

/// The user behind the socket is the one who runs this program, or root.
bool is_own_user(int peer) {
    const auto user = user_of(peer);
    return user && (*user == ::geteuid() || *user == 0);
}

/// Who listens in the open folder is its owner or root, and so is the owner of the socket's name;
/// the folder is this user's own, unless root asks.
bool is_of_owner(int folder, int peer) {
    struct stat around {};
    struct stat about {};
    if (::fstat(folder, &around) != 0 ||
        ::fstatat(folder, kName.data(), &about, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    const uid_t owner = around.st_uid;
    const auto fits = [&](uid_t user) { return user == owner || user == 0; };
    const bool may_ask = owner == ::geteuid() || ::geteuid() == 0 || owner == 0;
    const auto listener = user_of(peer);
    return may_ask && S_ISSOCK(about.st_mode) && fits(about.st_uid) && listener && fits(*listener);
}

int milliseconds_of(std::chrono::milliseconds span) {
    return static_cast<int>(span.count());
}

std::string seconds_of(const Patience& patience) {
    return std::to_string((patience.before_asking + patience.for_life).count() / 1000);
}

/// A connection to who listens in the open folder; -1 with `errno`, EAGAIN where many wait already
/// and none is let in.
int call(int folder, const Patience& patience) {
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_un address = address_in(folder);
    const auto ms = patience.for_life.count();
    const timeval limit{ms / 1000, (ms % 1000) * 1000};
    ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (socket.number() < 0 || ::connect(socket.number(), generic(address), sizeof address) != 0)
        return -1;
    return socket.release();
}

/// Whether the program says anything to another caller.
bool is_alive(int folder, const Patience& patience) {
    const Descriptor socket(call(folder, patience));
    if (socket.number() < 0) return errno != EAGAIN;  // it has ended: so will its answer
    write_all(socket.number(),
              encode(Request{.action = std::string(kAskAlive), .inputs = action::Json::object()}));
    return wait_for(socket.number(), POLLIN, milliseconds_of(patience.for_life));
}

std::string process_of(int peer) {
    ucred who{};
    socklen_t size = sizeof who;
    const bool told = ::getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0;
    return told ? std::to_string(who.pid) : "?";
}

tl::unexpected<Error> no_socket(const std::string& path) {
    return fail(kSocket, path, reason_of(errno));
}

}  // namespace

std::string control_path(const std::string& folder) {
    return folder + "/" + std::string(kName);
}

Result<std::optional<action::Outcome>> ask_running(const std::string& folder,
                                                   const Request& request,
                                                   Lang lang,
                                                   const Patience& patience) {
    const Descriptor inside(open_folder(folder));
    if (inside.number() < 0) return std::nullopt;
    const Descriptor socket(call(inside.number(), patience));
    if (socket.number() < 0) {
        if (errno != EAGAIN) return std::nullopt;
        return fail(kSilent, "?", seconds_of(patience), "PID");
    }
    // Whoever listens there hears who acts and what is asked: nobody but the folder's owner.
    if (!is_of_owner(inside.number(), socket.number())) return fail(kForeign, control_path(folder));
    if (auto whole = check_text(request); !whole) return pass(whole);
    // One who is refused at once may not be heard out: his answer counts all the same.
    write_all(socket.number(), encode(request));
    std::string bytes;
    while (true) {
        if (!wait_for(socket.number(), POLLIN, milliseconds_of(patience.before_asking))) {
            if (is_alive(inside.number(), patience)) continue;
            const auto process = process_of(socket.number());
            return fail(kSilent, process, seconds_of(patience), process);
        }
        if (read_some(socket.number(), bytes, 0) <= 0) break;
        if (bytes.size() > kAnswerBytesMax) return fail(kBroken);
    }
    auto answer = decode_answer(bytes, lang);
    if (!answer) return fail(kBroken);  // also of one that was cut off
    return answer;
}

Result<std::unique_ptr<Socket>> Socket::open(const std::string& folder, Desk desk) {
    const std::string path = control_path(folder);
    const Descriptor inside(open_folder(folder));
    if (inside.number() < 0) return no_socket(path);
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.number() < 0) return no_socket(path);
    ::unlink(path.c_str());
    const sockaddr_un address = address_in(inside.number());
    // Before bind: the name never exists with other rights.
    ::fchmod(socket.number(), S_IRUSR | S_IWUSR);
    if (::bind(socket.number(), generic(address), sizeof address) != 0) return no_socket(path);
    ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
    if (::listen(socket.number(), SOMAXCONN) != 0) return no_socket(path);
    std::array<int, 2> stop{};
    if (::pipe2(stop.data(), O_CLOEXEC) != 0) return no_socket(path);
    return std::unique_ptr<Socket>(
        new Socket(path, socket.release(), stop[0], stop[1], std::move(desk)));
}

Socket::Socket(std::string path, int listening, int stop_read, int stop_write, Desk desk)
    : path_(std::move(path)),
      listening_(listening),
      stop_read_(stop_read),
      stop_write_(stop_write),
      desk_(std::move(desk)),
      thread_([this] { loop(); }) {}

Socket::~Socket() {
    ::unlink(path_.c_str());
    ::close(stop_write_);  // wakes the loop
    thread_.join();
    std::unique_lock lock(mutex_);
    stopping_ = true;
    left_.wait(lock, [this] { return callers_ == 0; });
    ::close(stop_read_);
    ::close(listening_);
}

void Socket::loop() {
    while (true) {
        std::array<pollfd, 2> waiting{pollfd{listening_, POLLIN, 0}, pollfd{stop_read_, POLLIN, 0}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[1].revents != 0) return;
        auto peer =
            std::make_unique<Descriptor>(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
        if (peer->number() < 0 || !is_own_user(peer->number())) continue;
        if (enter(callers_, kPlaces + kUrgentPlaces)) {
            receive(std::move(peer));
        } else {
            turn_away(peer->number());
        }
    }
}

void Socket::receive(std::unique_ptr<Descriptor> peer) {
    try {
        std::thread([this, peer = std::move(peer)]() mutable {
            serve(peer->number());
            peer.reset();  // before the last sign of life: the socket may be gone afterwards
            leave(callers_);
        }).detach();
    } catch (const std::system_error&) {
        // No thread to be had: this caller finds the connection closed, the others go on.
        leave(callers_);
    }
}

bool Socket::enter(std::size_t& taken, std::size_t places) {
    const std::lock_guard lock(mutex_);
    if (taken == places) return false;
    ++taken;
    return true;
}

void Socket::leave(std::size_t& taken) {
    // Told while locked: who waits for it destroys this.
    const std::lock_guard lock(mutex_);
    --taken;
    left_.notify_all();
}

bool Socket::is_wanted(int peer) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return false;
    }
    pollfd state{peer, POLLRDHUP, 0};
    return ::poll(&state, 1, 0) == 0;
}

void Socket::serve(int peer) {
    auto line = read_line(peer);
    const auto request = line ? decode_request(*line) : Result<Request>(pass(line));
    write_all(peer, encode(request ? answered(*request, peer)
                                   : refuse_request({.lang = Lang::Zh}, request.error())));
}

action::Outcome Socket::answered(const Request& request, int peer) {
    if (request.action == kAskAlive) return {.answer = action::Answer(request.lang)};
    const StillWanted wanted = [this, peer] { return is_wanted(peer); };
    if (desk_.is_urgent(request)) return desk_.answer(request, wanted);
    if (!enter(ordinary_, kPlaces))
        return desk_.refuse(request, {&kBusy, {std::to_string(kPlaces)}});
    auto answer = desk_.answer(request, wanted);
    leave(ordinary_);
    return answer;
}

}  // namespace dossier::control
