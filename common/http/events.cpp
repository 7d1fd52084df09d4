#include "common/http/events.hpp"

#include <algorithm>
#include <utility>

namespace dossier::http {
namespace {

void append_line(std::string& text, std::string_view field, std::string_view value) {
    text.append(field).append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(text),
                 [](char c) { return c != '\n' && c != '\r' && c != '\0'; });
    text += '\n';
}

}  // namespace

std::string event_text(const Event& event) {
    std::string text;
    if (!event.id.empty()) append_line(text, "id", event.id);
    if (!event.name.empty()) append_line(text, "event", event.name);
    std::string_view rest = event.data;
    for (bool more = true; more;) {
        const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
        append_line(text, "data", rest.substr(0, end));
        more = end < rest.size();
        rest.remove_prefix(end);
        rest.remove_prefix(rest.starts_with("\r\n") ? 2 : more ? 1 : 0);
    }
    return text += '\n';
}

Events::Events(std::string user, const Limits& limits)
    : user_(std::move(user)),
      events_max_(limits.events_waiting_max),
      bytes_max_(limits.event_bytes_waiting_max) {}

bool Events::post(const Event& event) {
    if (state_ != State::Open) return false;
    std::string text = event_text(event);
    if (waiting_.size() >= events_max_ || bytes_ + text.size() > bytes_max_) {
        waiting_.clear();
        bytes_ = 0;
        become(State::Overrun);
        return false;
    }
    bytes_ += text.size();
    waiting_.push_back(std::move(text));
    if (changed_) changed_();
    return true;
}

void Events::end() {
    if (state_ == State::Open) become(State::Ended);
}

std::string Events::take() {
    std::string all;
    for (const std::string& each : std::exchange(waiting_, {})) all += each;
    bytes_ = 0;
    return all;
}

void Events::leave() {
    if (state_ == State::Open || state_ == State::Ended) become(State::Left);
    changed_ = nullptr;
    if (const auto gone = std::exchange(gone_, nullptr)) gone();
}

void Events::become(State state) {
    state_ = state;
    if (changed_) changed_();
}

}  // namespace dossier::http
