#include "tests/unit/common/http/served.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace dossier::test {

using http::Request;
using http::Response;
using http::StatusCode;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr std::size_t kLargeBytes = std::size_t{64} * 1024 * 1024;

Response text(std::string words) {
    return http::text_response(StatusCode::Ok, "text/plain; charset=utf-8", std::move(words));
}

int connected(std::uint16_t port, const std::string& source) {
    const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    ::inet_pton(AF_INET, source.c_str(), &from.sin_addr);
    sockaddr_in to = from;
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    to.sin_port = htons(port);
    const auto* from_address = reinterpret_cast<const sockaddr*>(&from);
    const auto* to_address = reinterpret_cast<const sockaddr*>(&to);
    if (::bind(number, from_address, sizeof from) != 0 ||
        ::connect(number, to_address, sizeof to) != 0)
        throw std::runtime_error(std::strerror(errno));
    return number;
}

/// No test waits for a limit it has not set itself, however busy the machine is.
http::Limits patient(http::Limits limits) {
    const http::Limits usual;
    for (const auto limit : {&http::Limits::handshake, &http::Limits::head, &http::Limits::body,
                             &http::Limits::idle, &http::Limits::handler, &http::Limits::write,
                             &http::Limits::linger, &http::Limits::stop}) {
        if (limits.*limit == usual.*limit) limits.*limit = std::chrono::milliseconds(kPatienceMs);
    }
    return limits;
}

http::ServerOptions patient(http::ServerOptions options) {
    options.limits = patient(options.limits);
    return options;
}

bool is_ready(int number, short what) {
    pollfd waiting{number, what, 0};
    if (::poll(&waiting, 1, kPatienceMs) <= 0) throw std::runtime_error("the server says nothing");
    return true;
}

}  // namespace

tl::expected<std::size_t, Response> ProbeSite::admit(const Request& head) {
    if (head.target.path == "/admit-fails") {
        ++thrown;
        throw std::runtime_error("where the secrets lie");
    }
    if (head.target.path == "/closed")
        return tl::unexpected(http::text_response(StatusCode::Unauthorized, "text/plain", "no"));
    constexpr std::size_t kSmall = 10;
    constexpr std::size_t kLarge = std::size_t{1024} * 1024;
    return head.target.path == "/small" ? kSmall : kLarge;
}

asio::awaitable<Response> ProbeSite::answer(Request request) {
    static const std::map<std::string_view, Route> kRoutes{
        {"/echo", &ProbeSite::echo},         {"/small", &ProbeSite::echo},
        {"/header", &ProbeSite::header},     {"/fail", &ProbeSite::fail},
        {"/gate", &ProbeSite::wait_at_gate}, {"/large", &ProbeSite::large},
        {"/events", &ProbeSite::events},     {"/elsewhere", &ProbeSite::elsewhere}};
    asked.push_back(request);
    const auto route = kRoutes.find(request.target.path);
    if (route == kRoutes.end()) co_return text("ok");
    co_return co_await (this->*route->second)(std::move(request));
}

asio::awaitable<Response> ProbeSite::echo(Request request) {
    co_return text(std::to_string(request.body.size()));
}

asio::awaitable<Response> ProbeSite::header(Request request) {
    Response response = text("ok");
    ++thrown;
    response.headers.set("X-Value", *request.target.asked("v"));
    --thrown;
    co_return response;
}

asio::awaitable<Response> ProbeSite::fail(Request) {
    ++thrown;
    throw std::runtime_error("where the secrets lie");
    co_return text("");
}

asio::awaitable<Response> ProbeSite::wait_at_gate(Request) {
    ++at_gate;
    std::error_code opened;
    co_await gate_.async_wait(asio::redirect_error(asio::use_awaitable, opened));
    co_return text("through");
}

asio::awaitable<Response> ProbeSite::large(Request) {
    static const auto kBytes = std::make_shared<const Bytes>(kLargeBytes, std::uint8_t{'x'});
    Response response;
    response.body = http::Body(kBytes);
    co_return response;
}

asio::awaitable<Response> ProbeSite::events(Request request) {
    const std::string* user = request.target.asked("user");
    streams.push_back(std::make_shared<http::Events>(user == nullptr ? "u" : *user));
    streams.back()->on_gone([this] { ++streams_gone; });
    Response response;
    response.events = streams.back();
    co_return response;
}

asio::awaitable<Response> ProbeSite::elsewhere(Request) {
    asio::thread_pool pool(1);
    const auto here = std::this_thread::get_id();
    auto ask = [](std::thread::id loop) -> asio::awaitable<bool> {
        co_return std::this_thread::get_id() != loop;
    };
    const bool crossed = co_await asio::co_spawn(pool, ask(here), asio::use_awaitable);
    co_return text(crossed && std::this_thread::get_id() == here ? "there and back" : "no");
}

Served::Served(http::ServerOptions options)
    : server_(
          std::make_unique<http::Server>(loop_, site, clock_, log, patient(std::move(options)))) {
    port_ = server_->open().value();
    thread_ = std::thread([this] { loop_.run(); });
}

Served::~Served() {
    if (!thread_.joinable()) return;
    asio::post(loop_, [this] {
        server_->stop();
        site.open_gate();
    });
    thread_.join();
}

void Served::wait_until_stopped() {
    thread_.join();
}

bool Served::becomes_true(std::function<bool()> claim) {
    for (int tries = 0; tries < kPatienceMs / 5; ++tries) {
        if (on_loop(claim)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

std::string Answer::header(const std::string& name) const {
    std::string_view rest = head;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(std::min(line.size() + 2, rest.size()));
        const std::size_t colon = line.find(": ");
        if (colon != std::string_view::npos && http::same_word(line.substr(0, colon), name))
            return std::string(line.substr(colon + 2));
    }
    return {};
}

Peer::Peer(std::uint16_t port, const std::string& source) : socket_(connected(port, source)) {}

bool Peer::send(std::string_view bytes) {
    while (!bytes.empty() && is_ready(number(), POLLOUT)) {
        const auto sent = ::send(number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EAGAIN) continue;
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Peer::receive() {
    std::array<char, 65536> buffer{};
    is_ready(number(), POLLIN);
    const auto size = ::recv(number(), buffer.data(), buffer.size(), 0);
    closed_ = size <= 0;
    if (!closed_) held_.append(buffer.data(), static_cast<std::size_t>(size));
    return !closed_;
}

Answer Peer::answer(bool bodiless) {
    for (;;) {
        if (auto answer = take_answer(held_, bodiless)) return *answer;
        if (!receive()) return {};
    }
}

std::string Peer::rest() {
    while (receive()) {
    }
    return std::exchange(held_, {});
}

void Peer::end_sending() {
    ::shutdown(number(), SHUT_WR);
}

void Peer::reset() {
    const linger at_once{1, 0};
    ::setsockopt(number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket_.release());
}

std::optional<Answer> take_answer(std::string& bytes, bool bodiless) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    Answer answer;
    answer.head = bytes.substr(0, end + 2);
    answer.status = std::stoi(answer.head.substr(std::strlen("HTTP/1.1 ")));
    const std::string length = answer.header("content-length");
    const std::size_t body = bodiless || length.empty() ? 0 : std::stoul(length);
    if (bytes.size() < end + 4 + body) return std::nullopt;
    answer.body = bytes.substr(end + 4, body);
    bytes.erase(0, end + 4 + body);
    return answer;
}

std::string get(std::uint16_t port, std::string_view path, std::string_view more) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
           "\r\n" + std::string(more) + "\r\n";
}

std::string post(std::uint16_t port,
                 std::string_view path,
                 std::string_view body,
                 std::string_view more) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
           "\r\n" + std::string(more) + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

Answer ask(std::uint16_t port, std::string_view path, std::string_view more) {
    Peer peer(port);
    peer.send(get(port, path, more));
    return peer.answer();
}

}  // namespace dossier::test
