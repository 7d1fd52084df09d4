// The office's console as the real program serves it: small reads of somebody signed in, many open
// pages, and senders who mean no good. Without TLS, but where handshakes are what is measured.
#include <algorithm>
#include <atomic>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/benches.hpp"
#include "tests/bench/office_process.hpp"
#include "tests/bench/web_caller.hpp"

namespace dossier::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPeople = 25;
constexpr int kPagesEach = 8;
constexpr int kReaders = 4;
constexpr std::chrono::seconds kSpan{4};

double ms_since(Clock::time_point then) {
    return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

std::string login_of(int person) {
    return "w" + std::to_string(person);
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
    for (int person = 0; person < kPeople; ++person)
        let_sign_in(office, office.add_salesperson(login_of(person)));
}

/// What an honest answer takes beside 128 who begin to shake hands over TLS and say no more.
double slowest_beside_stalled_handshakes(std::uint16_t port) {
    std::vector<std::unique_ptr<Caller>> stalled;
    for (int i = 0; i < 128; ++i) stalled.push_back(std::make_unique<Caller>(port, 100 + i % 16));
    double slowest = 0;
    for (const auto until = Clock::now() + kSpan; Clock::now() < until;) {
        const auto from = Clock::now();
        if (!answered_over_tls(port, "/api/v1/health")) return -1;
        slowest = std::max(slowest, ms_since(from));
    }
    return slowest;
}

void of_honest_people(std::ostream& out,
                      OfficeProcess& office,
                      std::uint16_t port,
                      const std::vector<std::string>& cookies) {
    const double before = office.resident_mb();
    out << "web: the console, " << kReaders << " connections that are kept\n";
    tell(out, "small reads of nobody (floor)",
         read_for(office, port, "/api/v1/health", "", kReaders));
    tell(out, "small reads of somebody signed in (bar: 5000 a second of one core)",
         read_for(office, port, "/api/v1/session", cookies[0], kReaders));
    std::vector<std::unique_ptr<Caller>> pages;
    for (int person = 0; person < kPeople; ++person) {
        for (auto& page :
             open_pages(port, cookies[static_cast<std::size_t>(person)], kPagesEach, 10 + person))
            pages.push_back(std::move(page));
    }
    std::this_thread::sleep_for(std::chrono::seconds(5));
    out << "  " << pages.size() << " open pages: " << office.resident_mb() - before
        << " MB more (bar: 60)\n";
    tell(out, "small reads beside them",
         read_for(office, port, "/api/v1/session", cookies[0], kReaders));
}

}  // namespace

void run_web_bench(std::ostream& out) {
    BenchOffice made;
    add_people(made);
    made.leave();
    {
        OfficeProcess office(made.folder(), {"--console", "127.0.0.1:0", "--plain"});
        const auto port = office.port(1);
        std::vector<std::string> cookies;
        for (int person = 0; person < kPeople; ++person)
            cookies.push_back(signed_in(port, login_of(person), 10 + person));
        of_honest_people(out, office, port, cookies);
        const double quiet = office.resident_mb();
        const Senders senders(port);
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        const auto honest = read_for(office, port, "/api/v1/session", cookies[0], 1);
        tell(out, "beside 64 slow heads and a line of 100 MiB (bar: slowest 1000 ms)", honest);
        out << "  memory beside them: " << office.resident_mb() - quiet << " MB more (bar: 50)\n";
    }
    OfficeProcess office(made.folder(), {"--console", "127.0.0.1:0"});
    const auto port = office.port(1);
    const double quiet = office.resident_mb();
    out << "  over TLS, each a handshake and an answer, beside 128 stalled handshakes: slowest "
        << slowest_beside_stalled_handshakes(port) << " ms (bar: 1000), "
        << office.resident_mb() - quiet << " MB more (bar: 50)\n";
}

}  // namespace dossier::bench
