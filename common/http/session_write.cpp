#include <algorithm>
#include <numeric>
#include <utility>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/http/date.hpp"
#include "common/http/faults.hpp"
#include "common/http/session.hpp"
#include "common/net/spawn.hpp"

namespace dossier::http {
namespace {

constexpr std::string_view kHeartbeat = ":\n\n";
/// What the kernel may hold of a stream besides: a page that does not read is noticed early.
constexpr int kStreamSendBytes = 64 * 1024;

/// Whatever becomes of a stream, its site is told that it is gone.
class Parting {
  public:
    explicit Parting(std::shared_ptr<Events> events) : events_(std::move(events)) {}
    Parting(const Parting&) = delete;
    Parting& operator=(const Parting&) = delete;
    ~Parting() {
        if (events_ != nullptr) events_->leave();
    }

  private:
    std::shared_ptr<Events> events_;
};

/// One of the streams there may be at once, as long as it lives.
class Place {
  public:
    Place(Service& service, std::string user) : service_(service), user_(std::move(user)) {
        ++service_.streams[user_];
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        if (--service_.streams[user_] == 0) service_.streams.erase(user_);
    }

  private:
    Service& service_;
    std::string user_;
};

/// Why no further stream is opened for this user.
std::optional<Refusal> stream_refusal(const Service& service, const std::string& user) {
    const auto& streams = service.streams;
    const auto own = streams.find(user);
    if (own != streams.end() && own->second >= service.rules.limits.streams_per_user)
        return Refusal{StatusCode::TooManyRequests, &kTooManyStreams};
    const std::size_t all =
        std::accumulate(streams.begin(), streams.end(), std::size_t{0},
                        [](std::size_t sum, const auto& each) { return sum + each.second; });
    if (all >= service.rules.limits.streams_max)
        return Refusal{StatusCode::ServiceUnavailable, &kTooManyStreams};
    return std::nullopt;
}

}  // namespace

asio::awaitable<bool> Session::refuse(Refusal refusal) {
    service_.log.debug("http.refused", {{"status", static_cast<unsigned>(refusal.status)},
                                        {"why", refusal.why->id}});
    co_return co_await send(refusal_response(refusal), false);
}

asio::awaitable<bool> Session::send(Response response, bool keeps_alive) {
    const Parting parting(response.events);
    std::optional<Place> place;
    if (response.events != nullptr) {
        const std::string& user = response.events->user();
        if (const auto refusal = stream_refusal(service_, user))
            co_return co_await refuse(*refusal);
        place.emplace(service_, user);
        response.headers.set("Content-Type", "text/event-stream");
    }
    keeps_alive = keeps_alive && !service_.stopping && response.events == nullptr;
    add_standing_headers(response.headers);
    Framing framing{.keeps_alive = keeps_alive, .date = http_date(service_.clock.now())};
    if (response.events == nullptr) framing.body_bytes = response.body.bytes().size();
    std::string head = response_head(response.status, response.headers, framing);
    const bool is_headless = method_ == Method::Head || is_bodiless(response.status);
    if (is_headless) response.body = {};
    if (response.events != nullptr && !is_headless) {
        co_await stream(std::move(head), std::move(response.events));
        co_return false;
    }
    if (!co_await write(std::move(head), std::move(response.body))) co_return false;
    co_return keeps_alive;
}

/// Step by step, each in its own time: a large answer may take long, a stalled reader may not.
asio::awaitable<bool> Session::write(std::string head, Body body) {
    ByteView rest = body.bytes();
    do {
        const ByteView piece = rest.first(std::min(rest.size(), limits().write_step_bytes));
        const std::array<asio::const_buffer, 2> both{asio::buffer(head),
                                                     asio::buffer(piece.data(), piece.size())};
        begin(Step::Write, limits().write);
        if (!co_await transport_.write(both)) co_return false;
        head.clear();
        rest = rest.subspan(piece.size());
    } while (!rest.empty());
    co_return true;
}

asio::awaitable<void> Session::stream(std::string head, std::shared_ptr<Events> events) {
    std::error_code ignored;
    transport_.socket().set_option(asio::socket_base::send_buffer_size(kStreamSendBytes), ignored);
    if (co_await write(std::move(head), {})) {
        net::spawn(transport_.socket().get_executor(), watch(shared_from_this(), events),
                   service_.log, "http.watch");
        co_await pump(events);
    }
    cut();
}

/// What is posted, as it is posted, and a sign of life when nothing is.
asio::awaitable<void> Session::pump(std::shared_ptr<Events> events) {
    events->on_change([this, &stream = *events] {
        wake_.cancel();
        if (stream.state() == Events::State::Overrun) cut();  // also out of a write that waits
    });
    while (!service_.stopping) {
        std::string text = events->take();
        if (text.empty()) {
            if (events->state() != Events::State::Open) co_return;
            begin(Step::Stream, limits().age);
            std::error_code woken;
            wake_.expires_after(limits().heartbeat);
            co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
            if (woken) continue;
            text = kHeartbeat;
        }
        if (!co_await write({}, Body(std::move(text)))) co_return;
    }
}

/// A page says nothing on this connection any more: whatever is read is its end.
asio::awaitable<void> Session::watch(std::shared_ptr<Session> session,
                                     std::shared_ptr<Events> events) {
    char byte = 0;
    co_await session->transport_.read({&byte, 1});
    events->leave();
}

}  // namespace dossier::http
