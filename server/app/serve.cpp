#include "server/app/serve.hpp"

#include <charconv>
#include <csignal>
#include <optional>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include "server/accounts/audit_anchor.hpp"
#include "server/accounts/office_keys.hpp"
#include "server/app/job_thread.hpp"
#include "server/jobs/clock_watch.hpp"
#include "server/sync/listener.hpp"

namespace dossier::server {
namespace {

inline constexpr Fault kListenAddress{
    "serve.address",
    ErrorCode::Usage,
    {"无法在 {} 上监听：不是本机可用的地址", "cannot listen on {}: not an address of this machine"},
    {"写 主机:端口，例如 0.0.0.0:7520", "write HOST:PORT, for example 0.0.0.0:7520"}};

/// A changeset is 2 MB at most: some ms of the store each.
constexpr std::size_t kReadAtOnce = 16;

/// A name becomes an address; the port a number.
Result<ListenerOptions> listener_options(asio::io_context& loop, const ServeOptions& options) {
    const auto text = options.host + ":" + options.port;
    ListenerOptions made;
    const char* end = options.port.data() + options.port.size();
    const auto read = std::from_chars(options.port.data(), end, made.port);
    if (read.ec != std::errc() || read.ptr != end) return fail(kListenAddress, text);
    std::error_code failed;
    asio::ip::tcp::resolver resolver(loop);
    const auto found = resolver.resolve(options.host, options.port, failed);
    if (failed || found.empty()) return fail(kListenAddress, text);
    made.host = found.begin()->endpoint().address().to_string();
    return made;
}

std::string written(const std::string& host, std::uint16_t port) {
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

constexpr std::chrono::hours kAnchorEvery{24};

/// What is done at the start, and an anchor of the audit in the log once a day. `wait` ends with
/// the loop.
asio::awaitable<void> keep_house(
    Office& office, StoreThread& store, asio::steady_timer& wait, const bool& stopping, Log& log) {
    std::error_code cancelled;
    for (std::size_t read = 1; read > 0 && !stopping;) {
        auto some = [&office] { return office.intake().read_withheld(kReadAtOnce); };
        read = co_await store.run(std::move(some));
    }
    for (bool more = true; more && !stopping;) {
        auto some = [&office] { return office.intake().let_in_arrived(office.now()); };
        more = co_await store.run(std::move(some));
    }
    while (!stopping) {
        // Logs often go to another machine.
        auto sign = [&office] { return to_text(make_anchor(office)); };
        const std::string anchor = co_await store.run(std::move(sign));
        log.info("audit.anchor", {{"anchor", anchor}});
        if (stopping) break;
        wait.expires_after(kAnchorEvery);
        co_await wait.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

asio::awaitable<void> watch_clock(
    Office& office, StoreThread& store, asio::steady_timer& wait, const bool& stopping, Log& log) {
    ClockWatch watch(office);
    std::error_code cancelled;
    while (!stopping) {
        auto work = [&watch] { return watch.look(); };
        const auto news = co_await store.run(std::move(work));
        for (const ClockNews& each : news)
            log.warn("office.clock", {{"what", each.what}, {"by_ms", each.by.count()}});
        if (stopping) break;
        wait.expires_after(kClockLooked);
        co_await wait.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

/// The console behind its server, where there is one.
class OpenConsole {
  public:
    OpenConsole(asio::io_context& loop, Log& log) : loop_(loop), log_(log) {}

    /// The port; 0 when none was asked for. Errors: those of http::Server::open.
    Result<std::uint16_t> open(const ServeOptions& options,
                               const MakeConsole& make,
                               StoreThread& store,
                               const std::string& listening) {
        if (!options.console) return std::uint16_t{0};
        console_ = make(store, listening);
        server_ = std::make_unique<http::Server>(loop_, *console_, clock_, log_, *options.console);
        return server_->open();
    }
    void stop() {
        if (!server_) return;
        console_->stop();
        server_->stop();
    }

  private:
    asio::io_context& loop_;
    Log& log_;
    SystemClock clock_;
    std::unique_ptr<Console> console_;
    std::unique_ptr<http::Server> server_;
};

Result<OfficeKeys> keys_of(Office& office) {
    Unit unit(office.store());
    auto keys = load_office_keys(office.store());
    unit.commit();
    return keys;
}

}  // namespace

Status serve(Office& office,
             crypto::Random& random,
             const ServeOptions& options,
             const MakeDesk& desk,
             const MakeConsole& make_console,
             const TellReady& ready) {
    const auto log = open_log(options.log_file, LogLevel::Info);
    const auto keys = keys_of(office);
    if (!keys) return tl::unexpected(keys.error());
    asio::io_context loop(1);
    auto listening = listener_options(loop, options);
    if (!listening) return pass(listening);
    const std::string host = listening->host;
    // A signal that comes while the rest is being built waits for the loop.
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    BatchCache batches;
    StoreThread store(office.store());
    Listener listener(loop, store, {office, *keys, batches}, random, *log, std::move(*listening));
    const auto port = listener.open();
    if (!port) return tl::unexpected(port.error());
    const std::string address = written(host, *port);
    auto control = control::Socket::open(options.folder, desk(store, address));
    if (!control) {
        listener.stop();
        loop.run();  // lets it end what it began
        return pass(control);
    }
    OpenConsole console(loop, *log);
    const auto console_port = console.open(options, make_console, store, address);
    if (!console_port) {
        control->reset();
        listener.stop();
        loop.run();
        return tl::unexpected(console_port.error());
    }
    asio::steady_timer daily(loop);
    bool stopping = false;
    asio::co_spawn(loop, keep_house(office, store, daily, stopping, *log),
                   [&](const std::exception_ptr& thrown) {
                       if (thrown) log->error("office.daily_failed");
                   });
    asio::steady_timer each_minute(loop);
    asio::co_spawn(loop, watch_clock(office, store, each_minute, stopping, *log),
                   [&](const std::exception_ptr& thrown) {
                       if (thrown) log->error("office.clock_unwatched");
                   });
    std::optional<JobThread> jobs(std::in_place, office, store, *log);
    signals.async_wait([&](std::error_code failed, int) {
        if (failed) return;
        stopping = true;
        jobs->stop();
        listener.stop();
        console.stop();
        daily.cancel();
        each_minute.cancel();
    });
    const auto fingerprint = crypto::fingerprint(keys->channel.public_key);
    log->info("office.ready", {{"at", address}, {"fingerprint", fingerprint}});
    ready({address, fingerprint, *console_port});
    loop.run();
    jobs.reset();
    control->reset();
    log->info("office.stopped");
    return {};
}

}  // namespace dossier::server
