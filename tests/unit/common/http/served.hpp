// A site of the tests behind the real server on a loopback port, and raw sockets to ask it with.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

#include "common/base/descriptor.hpp"
#include "common/http/server.hpp"

namespace dossier::test {

/// What the probes need: short and long answers, one that fails, one that waits, streams.
class ProbeSite final : public http::Site {
  public:
    explicit ProbeSite(asio::io_context& loop) : loop_(loop), gate_(loop) {
        gate_.expires_at(asio::steady_timer::time_point::max());
    }

    tl::expected<std::size_t, http::Response> admit(const http::Request& head) override;
    asio::awaitable<http::Response> answer(http::Request request) override;

    // On the loop's thread only.
    void open_gate() { gate_.cancel(); }  ///< lets everybody through who waits at /gate
    std::size_t at_gate = 0;
    std::size_t thrown = 0;
    std::vector<std::shared_ptr<http::Events>> streams;
    std::size_t streams_gone = 0;
    std::vector<http::Request> asked;

  private:
    using Route = asio::awaitable<http::Response> (ProbeSite::*)(http::Request);
    asio::awaitable<http::Response> echo(http::Request request);
    asio::awaitable<http::Response> header(http::Request request);
    asio::awaitable<http::Response> fail(http::Request request);
    asio::awaitable<http::Response> wait_at_gate(http::Request request);
    asio::awaitable<http::Response> large(http::Request request);
    asio::awaitable<http::Response> events(http::Request request);
    asio::awaitable<http::Response> elsewhere(http::Request request);

    asio::io_context& loop_;
    asio::steady_timer gate_;
};

/// Counts what is told, by its event; for any thread once the loop has stopped, else on the loop.
class CountingLog final : public Log {
  public:
    std::map<std::string, std::size_t, std::less<>> told;
    std::size_t errors = 0;

  protected:
    void write(LogLevel level, std::string_view event, std::initializer_list<Fact>) override {
        ++told[std::string(event)];
        if (level == LogLevel::Error) ++errors;
    }
};

class Served {
  public:
    /// Limits of time that `options` leaves as they are become a minute.
    explicit Served(http::ServerOptions options = {});
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    ~Served();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Runs `work` on the loop's thread and gives what it gives.
    template <class Work>
    auto on_loop(Work work) {
        std::packaged_task<decltype(work())()> task(std::move(work));
        auto result = task.get_future();
        asio::post(loop_, std::move(task));
        return result.get();
    }
    /// Waits until it is so, asked on the loop's thread; false after a minute.
    bool becomes_true(std::function<bool()> claim);
    std::size_t connections() {
        return on_loop([this] { return server_->connections(); });
    }
    /// Errors the log was told: what a site threw, or what should never happen.
    std::size_t failures() {
        return on_loop([this] { return log.errors; });
    }
    void stop() {
        on_loop([this] { server_->stop(); });
    }
    /// After `stop`: every answer under way has ended.
    void wait_until_stopped();

    CountingLog log;

  private:
    asio::io_context loop_{1};
    SystemClock clock_;

  public:
    ProbeSite site{loop_};

  private:
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

struct Answer {
    int status = 0;
    std::string head;
    std::string body;

    /// The value of a header, its name in lower case; empty when there is none.
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// A socket that sends what it is told and waits a minute at most for what comes.
class Peer {
  public:
    /// Another `source` is another peer to the server: all of 127/8 is this machine.
    explicit Peer(std::uint16_t port, const std::string& source = "127.0.0.1");

    /// False when the other end has closed.
    bool send(std::string_view bytes);
    /// The next answer; a status of 0 when the connection ends first. `bodiless`: to HEAD.
    Answer answer(bool bodiless = false);
    /// Everything until the other end closes.
    std::string rest();
    /// Whether the other end closes without another byte.
    bool closes() { return rest().empty() && closed_; }
    /// Waits for at least one byte more, or the end; false at the end.
    bool receive();
    [[nodiscard]] const std::string& held() const { return held_; }
    [[nodiscard]] int number() const { return socket_.number(); }
    void end_sending();
    /// Closes with a reset.
    void reset();

  private:
    Descriptor socket_;
    std::string held_;
    bool closed_ = false;
};

/// Splits what a server sent into answers.
std::optional<Answer> take_answer(std::string& bytes, bool bodiless);

/// "GET /path HTTP/1.1" with a Host this server takes, and more lines.
std::string get(std::uint16_t port, std::string_view path, std::string_view more = "");
std::string post(std::uint16_t port,
                 std::string_view path,
                 std::string_view body,
                 std::string_view more = "");
/// Of a whole connection for one request.
Answer ask(std::uint16_t port, std::string_view path, std::string_view more = "");

}  // namespace dossier::test
