// The office's console as the real program serves it: small reads of somebody signed in, many open
// pages, and senders who mean no good. Without TLS: what is measured is the office.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/crypto/password.hpp"

#include "server/accounts/agreement.hpp"
#include "server/accounts/passwords.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/office_process.hpp"

namespace dossier::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kPassword = "lake seven paper moon";
constexpr int kPeople = 25;
constexpr int kPagesEach = 8;
constexpr int kReaders = 4;
constexpr std::chrono::seconds kSpan{4};

double ms_since(Clock::time_point then) {
    return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

/// A connection of a browser; `from` = the last byte of the address it calls from, for each address
/// has only so many.
class Caller {
  public:
    explicit Caller(std::uint16_t port, int from = 1)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port_(port) {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_addr.s_addr = htonl(0x7F000000U + static_cast<unsigned>(from));
        ::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&own), sizeof own);
        sockaddr_in office{};
        office.sin_family = AF_INET;
        office.sin_port = htons(port);
        office.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_open_ = ::connect(socket_.number(), reinterpret_cast<const sockaddr*>(&office),
                             sizeof office) == 0;
        const int at_once = 1;
        ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    }

    bool send(std::string_view text) {
        while (!text.empty()) {
            const auto sent = ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool ask(std::string_view method,
             std::string_view path,
             const std::string& cookie,
             std::string_view body = {}) {
        std::string text = std::string(method) + " " + std::string(path) +
                           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n";
        if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
        if (method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        return is_open_ && send(text + "\r\n" + std::string(body));
    }
    /// Head and body of an answer; empty when it was cut.
    std::string answer() {
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
    /// The head of a stream, which stays open.
    std::string head() {
        std::string text;
        char part[4096];
        while (text.find("\r\n\r\n") == std::string::npos) {
            const auto got = ::recv(socket_.number(), part, sizeof part, 0);
            if (got <= 0) return {};
            text.append(part, static_cast<std::size_t>(got));
        }
        return text;
    }

  private:
    Descriptor socket_;
    std::uint16_t port_;
    bool is_open_ = false;
};

std::string login_of(int person) {
    return "w" + std::to_string(person);
}

std::string signed_in(std::uint16_t port, int person) {
    Caller caller(port, 10 + person);
    caller.ask("POST", "/api/v1/session", "",
               R"({"user":")" + login_of(person) + R"(","password":")" + kPassword + R"("})");
    const auto answer = caller.answer();
    const auto at = answer.find("dossier_session=");
    if (at == std::string::npos) {
        std::fprintf(stderr, "benchmark stopped: nobody could sign in\n%s\n", answer.c_str());
        std::exit(1);
    }
    return answer.substr(at, answer.find(';', at) - at);
}

struct Reading {
    std::size_t answers = 0;
    double worst_ms = 0;
    double cpu_ms = 0;
};

/// Small reads over and over, on connections that are kept.
Reading read_for(OfficeProcess& office,
                 std::uint16_t port,
                 const std::string& path,
                 const std::string& cookie,
                 int readers) {
    std::atomic<std::size_t> answers{0};
    std::vector<double> worst(static_cast<std::size_t>(readers), 0);
    const double before = office.cpu_ms();
    const auto until = Clock::now() + kSpan;
    std::vector<std::thread> threads;
    for (int reader = 0; reader < readers; ++reader) {
        threads.emplace_back([&, reader] {
            auto caller = std::make_unique<Caller>(port, 2 + reader);
            while (Clock::now() < until) {
                const auto from = Clock::now();
                const bool came = caller->ask("GET", path, cookie) &&
                                  caller->answer().find("200 OK") != std::string::npos;
                if (!came) {
                    caller = std::make_unique<Caller>(port, 2 + reader);
                    continue;
                }
                auto& slowest = worst[static_cast<std::size_t>(reader)];
                slowest = std::max(slowest, ms_since(from));
                ++answers;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    return {answers, std::ranges::max(worst), office.cpu_ms() - before};
}

void tell(std::ostream& out, const char* what, const Reading& reading) {
    const double seconds = std::chrono::duration<double>(kSpan).count();
    out << "  " << what << ": " << static_cast<long>(static_cast<double>(reading.answers) / seconds)
        << " a second, "
        << static_cast<long>(static_cast<double>(reading.answers) * 1000 /
                             std::max(reading.cpu_ms, 1.0))
        << " a second of its processor, slowest " << reading.worst_ms << " ms\n";
}

/// Heads that come a byte at a time, and a request line that does not end.
class Senders {
  public:
    explicit Senders(std::uint16_t port) {
        for (int i = 0; i < 64; ++i) slow_.push_back(std::make_unique<Caller>(port, 100 + i % 8));
        slow_thread_ = std::thread([this] {
            while (!is_over_) {
                for (auto& each : slow_) each->send("G");
                std::this_thread::sleep_for(std::chrono::milliseconds(500));
            }
        });
        long_thread_ = std::thread([this, port] {
            Caller caller(port, 120);
            const std::string part(1U << 20U, 'x');
            for (int i = 0; i < 100 && !is_over_ && caller.send(part); ++i) {
            }
        });
    }
    ~Senders() {
        is_over_ = true;
        slow_thread_.join();
        long_thread_.join();
    }

  private:
    std::vector<std::unique_ptr<Caller>> slow_;
    std::atomic<bool> is_over_{false};
    std::thread slow_thread_;
    std::thread long_thread_;
};

void add_people(BenchOffice& office) {
    // Of the least dear sort: what a password costs is measured elsewhere.
    const auto verifier =
        crypto::password_verifier(kPassword, {.passes = 1, .memory_bytes = 8192 * 8});
    for (int person = 0; person < kPeople; ++person) {
        const auto user = office.add_salesperson(login_of(person)).as<UserTag>();
        server::Unit unit(office.office().store());
        server::Passwords(office.office()).set(user, verifier, user);
        server::promise(office.office(), user);
        unit.commit();
    }
}

}  // namespace

void run_web_bench(std::ostream& out) {
    BenchOffice made;
    add_people(made);
    made.leave();
    OfficeProcess office(made.folder(), {"--console", "127.0.0.1:0", "--plain"});
    const auto port = office.port(1);
    std::vector<std::string> cookies;
    for (int person = 0; person < kPeople; ++person) cookies.push_back(signed_in(port, person));
    const double before = office.resident_mb();
    out << "web: the console, " << kReaders << " connections that are kept\n";
    tell(out, "small reads of nobody (floor)",
         read_for(office, port, "/api/v1/health", "", kReaders));
    tell(out, "small reads of somebody signed in (bar: 5000 a second of one core)",
         read_for(office, port, "/api/v1/session", cookies[0], kReaders));
    {
        std::vector<std::unique_ptr<Caller>> pages;
        for (int person = 0; person < kPeople; ++person) {
            for (int page = 0; page < kPagesEach; ++page) {
                auto& each = pages.emplace_back(std::make_unique<Caller>(port, 10 + person));
                each->ask("GET", "/api/v1/events", cookies[static_cast<std::size_t>(person)]);
                if (each->head().find("200 OK") == std::string::npos) pages.pop_back();
            }
        }
        std::this_thread::sleep_for(std::chrono::seconds(5));
        out << "  " << pages.size() << " open pages: " << office.resident_mb() - before
            << " MB more (bar: 60)\n";
        tell(out, "small reads beside them",
             read_for(office, port, "/api/v1/session", cookies[0], kReaders));
    }
    const double quiet = office.resident_mb();
    const Senders senders(port);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto honest = read_for(office, port, "/api/v1/session", cookies[0], 1);
    tell(out, "beside 64 slow heads and a line of 100 MiB (bar: slowest 1000 ms)", honest);
    out << "  memory beside them: " << office.resident_mb() - quiet << " MB more (bar: 50)\n";
}

}  // namespace dossier::bench
