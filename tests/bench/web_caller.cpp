#include "tests/bench/web_caller.hpp"

#include <csignal>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "common/crypto/password.hpp"

#include "server/accounts/agreement.hpp"
#include "server/accounts/passwords.hpp"

namespace dossier::bench {
namespace {

constexpr const char* kPassword = "lake seven paper moon";

}  // namespace

Caller::Caller(std::uint16_t port, int from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port_(port) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(0x7F000000U + static_cast<unsigned>(from));
    ::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&own), sizeof own);
    sockaddr_in office{};
    office.sin_family = AF_INET;
    office.sin_port = htons(port);
    office.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ =
        ::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&office), sizeof office) == 0;
    const int at_once = 1;
    ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
}

bool Caller::send(std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Caller::ask(std::string_view method,
                 std::string_view path,
                 const std::string& cookie,
                 std::string_view body) {
    std::string text = std::string(method) + " " + std::string(path) +
                       " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
    if (method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return is_open_ && send(text + "\r\n" + std::string(body));
}

std::string Caller::answer() {
    std::string text;
    std::size_t wanted = std::string::npos;
    while (wanted == std::string::npos || text.size() < wanted) {
        char part[16 * 1024];
        const auto got = ::recv(socket_.number(), part, sizeof part, 0);
        if (got <= 0) return {};
        text.append(part, static_cast<std::size_t>(got));
        const auto end = text.find("\r\n\r\n");
        if (wanted != std::string::npos || end == std::string::npos) continue;
        const auto at = text.find("Content-Length: ");
        const auto length = at < end ? std::strtoul(text.c_str() + at + 16, nullptr, 10) : 0;
        wanted = end + 4 + length;
    }
    return text;
}

std::string Caller::head() {
    std::string text;
    char part[4096];
    while (text.find("\r\n\r\n") == std::string::npos) {
        const auto got = ::recv(socket_.number(), part, sizeof part, 0);
        if (got <= 0) return {};
        text.append(part, static_cast<std::size_t>(got));
    }
    return text;
}

bool answered_over_tls(std::uint16_t port, std::string_view path) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that are closed
    static const std::shared_ptr<SSL_CTX> kContext(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    Caller caller(port);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(kContext.get()), SSL_free);
    SSL_set_fd(ssl.get(), caller.number());
    if (SSL_connect(ssl.get()) != 1) return false;
    const std::string text = "GET " + std::string(path) +
                             " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n";
    SSL_write(ssl.get(), text.data(), static_cast<int>(text.size()));
    char answer[4096];
    const int size = SSL_read(ssl.get(), answer, sizeof answer);
    return size > 0 && std::string_view(answer, static_cast<std::size_t>(size)).find("200 OK") !=
                           std::string_view::npos;
}

void let_sign_in(BenchOffice& office, const RecordId& user) {
    // Of the least dear sort: what a password costs is measured elsewhere.
    static const auto kVerifier =
        crypto::password_verifier(kPassword, {.passes = 1, .memory_bytes = 8192 * 8});
    const auto who = user.as<UserTag>();
    server::Unit unit(office.office().store());
    server::Passwords(office.office()).set(who, kVerifier, who);
    server::promise(office.office(), who);
    unit.commit();
}

std::string signed_in(std::uint16_t port, const std::string& login, int from) {
    Caller caller(port, from);
    caller.ask("POST", "/api/v1/session", "",
               R"({"user":")" + login + R"(","password":")" + kPassword + R"("})");
    const auto answer = caller.answer();
    const auto at = answer.find("dossier_session=");
    if (at == std::string::npos) {
        std::fprintf(stderr, "benchmark stopped: nobody could sign in\n%s\n", answer.c_str());
        std::exit(1);
    }
    return answer.substr(at, answer.find(';', at) - at);
}

std::vector<std::unique_ptr<Caller>> open_pages(std::uint16_t port,
                                                const std::string& cookie,
                                                int pages,
                                                int from) {
    std::vector<std::unique_ptr<Caller>> open;
    for (int page = 0; page < pages; ++page) {
        auto& each = open.emplace_back(std::make_unique<Caller>(port, from));
        each->ask("GET", "/api/v1/events", cookie);
        if (each->head().find("200 OK") == std::string::npos) open.pop_back();
    }
    return open;
}

}  // namespace dossier::bench
