// A stream of events to one page: what a site posts and the session sends. Bounded: a page that
// does not read what is posted is let go of, and loads everything anew when it comes back.
// Source: HTML Living Standard, 9.2 (server-sent events).
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "common/http/limits.hpp"

namespace dossier::http {

struct Event {
    std::string name;     ///< what the page listens for; empty = "message"
    std::string data;     ///< any text
    std::string id = {};  ///< comes back as Last-Event-ID when the page reconnects
};

/// As it goes over the wire: every line of the data a line of its own. Line ends in name and id are
/// left out.
std::string event_text(const Event& event);

/// Held by the site as long as it may post, and by the session as long as somebody reads.
/// Thread: the loop.
class Events {
  public:
    enum class State : unsigned char {
        Open,
        Ended,    ///< the site has ended it: what waits is still sent
        Left,     ///< nobody reads any more
        Overrun,  ///< more waits than may: what waits is gone
    };

    /// `user` is whoever reads; how many streams each may have is limited.
    explicit Events(std::string user, const Limits& limits = {});
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;
    ~Events() = default;

    /// Waits to be sent. False when it is not open, or no longer, for want of room.
    bool post(const Event& event);
    /// Nothing more will be posted.
    void end();
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const std::string& user() const { return user_; }
    /// Told once, when the session has let go of it, for whatever reason; before that it may be
    /// given to no session at all. May destroy what it is told by.
    void on_gone(std::function<void()> told) { gone_ = std::move(told); }

    // For the session.

    /// Woken by every change of what waits and of the state.
    void on_change(std::function<void()> woken) { changed_ = std::move(woken); }
    /// All that waits, as it goes over the wire.
    std::string take();
    /// Nobody reads, or ever will.
    void leave();

  private:
    void become(State state);

    std::string user_;
    std::size_t events_max_;
    std::size_t bytes_max_;
    State state_ = State::Open;
    std::deque<std::string> waiting_;
    std::size_t bytes_ = 0;
    std::function<void()> gone_;
    std::function<void()> changed_;
};

}  // namespace dossier::http
