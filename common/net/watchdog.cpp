#include "common/net/watchdog.hpp"

#include <algorithm>

namespace dossier::net {

/// The timer runs on by itself and looks at the deadline when it fires: moving the deadline, which
/// happens with every piece read, costs nothing.
struct Watchdog::State {
    using Time = asio::steady_timer::time_point;

    explicit State(asio::ip::tcp::socket& guarded)
        : socket(&guarded), timer(guarded.get_executor()) {}

    static void wait(const std::shared_ptr<State>& state) {
        state->timer.expires_at(state->deadline);
        state->timer.async_wait([state](const std::error_code& replaced) {
            if (replaced || state->socket == nullptr) return;  // the watchdog is gone
            if (asio::steady_timer::clock_type::now() < state->deadline) return wait(state);
            state->fired = true;
            std::error_code ignored;
            state->socket->close(ignored);
        });
    }

    void move_to(Time to, const std::shared_ptr<State>& self) {
        const bool earlier = to < deadline;
        deadline = to;
        if (earlier && !fired) wait(self);  // takes the place of the later wait
    }

    asio::ip::tcp::socket* socket;
    asio::steady_timer timer;
    Time death;
    Time deadline;
    bool fired = false;
};

Watchdog::Watchdog(asio::ip::tcp::socket& socket, Duration age_limit)
    : state_(std::make_shared<State>(socket)) {
    state_->death = asio::steady_timer::clock_type::now() + age_limit;
    state_->deadline = state_->death;
    State::wait(state_);
}

Watchdog::~Watchdog() {
    state_->socket = nullptr;
    state_->timer.cancel();
}

void Watchdog::allow(Duration limit) {
    state_->move_to(std::min(asio::steady_timer::clock_type::now() + limit, state_->death), state_);
}

void Watchdog::pause() {
    state_->move_to(state_->death, state_);
}

bool Watchdog::fired() const {
    return state_->fired;
}

}  // namespace dossier::net
