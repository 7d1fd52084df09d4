#include "common/http/codec.hpp"

#include <algorithm>

#include <boost/beast/http/basic_parser.hpp>

#include "common/base/check.hpp"
#include "common/http/faults.hpp"

namespace dossier::http {
namespace {

namespace beast = boost::beast;

using Failure = beast::error_code;
using Piece = beast::string_view;

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

/// Of the control characters a head holds only tabs and line ends. Source: RFC 9110, 5.5.
bool is_control(char byte) {
    return (byte >= 0 && byte < ' ' && byte != '\t' && byte != '\r' && byte != '\n') ||
           byte == '\x7F';
}

std::string text_in(Piece piece) {
    return {piece.data(), piece.size()};
}

Refusal refusal_for(const Failure& failure) {
    if (failure == beast::http::error::body_limit)
        return {StatusCode::ContentTooLarge, &kBodyTooLarge};
    if (failure == beast::http::error::header_limit)
        return {StatusCode::HeadersTooLarge, &kHeadTooLarge};
    return {StatusCode::BadRequest, &kMalformed};
}

}  // namespace

class RequestParser::Machine final : private beast::http::basic_parser<true> {
  public:
    explicit Machine(const Limits& limits) : limits_(limits) {
        header_limit(static_cast<std::uint32_t>(limits.head_bytes_max));
        body_limit({});  // known once the head is
    }

    std::size_t take(std::string_view input) {
        std::size_t taken = 0;
        if (state_ == State::Head) look_at(input);
        while (wants_more() && taken < input.size()) {
            const std::string_view rest = input.substr(taken);
            const bool in_head = state_ == State::Head;
            Failure failure;
            const std::size_t size = put({rest.data(), rest.size()}, failure);
            taken += size;
            looked_ -= std::min(looked_, size);
            if (in_head) head_bytes_ += size;
            if (failure == beast::http::error::need_more) {
                refuse_if_too_long(input.size() - taken);
                break;
            }
            if (failure) {
                refuse(refusal_for(failure));
            } else if (in_head && is_header_done()) {
                state_ = State::Decide;
                refuse_if_too_long(0);
            } else if (is_done()) {
                state_ = State::Done;
            }
        }
        return taken;
    }

    void allow_body(std::size_t bytes_max) {
        DOSSIER_CHECK(state_ == State::Decide);
        const auto length = content_length();
        if (length && *length > bytes_max)
            return refuse({StatusCode::ContentTooLarge, &kBodyTooLarge});
        body_limit(bytes_max);
        state_ = is_done() ? State::Done : State::Body;
    }

    [[nodiscard]] std::size_t declared_bytes() const {
        if (!is_header_done()) return 0;
        const auto length = content_length();
        return length && *length > body.size() ? static_cast<std::size_t>(*length) - body.size()
                                               : 0;
    }
    [[nodiscard]] bool keeps_alive() const { return head.minor == 1 && keep_alive(); }
    [[nodiscard]] State state() const { return state_; }

    Head head;
    std::string body;
    Refusal refusal{};

  private:
    [[nodiscard]] bool wants_more() const { return state_ == State::Head || state_ == State::Body; }
    void refuse(const Refusal& why) {
        state_ = State::Refused;
        refusal = why;
    }
    /// Whether the head ends with `seen`: its lines before that may have been taken.
    [[nodiscard]] bool is_whole(std::string_view seen) const {
        return seen.ends_with(kHeadEnd) || (head_bytes_ > 0 && seen == kLineEnd);
    }
    /// The library looks at a head that came in pieces when its end has come: of one that holds
    /// what no head may, the end need never come. `input` = what is not taken yet, seen up to
    /// `looked_`.
    void look_at(std::string_view input) {
        for (; looked_ < input.size() && !is_whole(input.substr(0, looked_)); ++looked_) {
            const char byte = input[looked_];
            const bool is_bare = byte == '\n' && (looked_ == 0 || input[looked_ - 1] != '\r');
            if (is_control(byte) || is_bare) return refuse({StatusCode::BadRequest, &kMalformed});
        }
    }
    /// The library's own limit counts what it is given at once, not what it was given before.
    /// `waiting` bytes are the beginning of a line, or of the fields, whose end has not come.
    void refuse_if_too_long(std::size_t waiting) {
        const bool too_long = state_ == State::Body
                                  ? waiting > limits_.line_bytes_max
                                  : head_bytes_ + waiting > limits_.head_bytes_max;
        if (too_long) refuse({StatusCode::HeadersTooLarge, &kHeadTooLarge});
    }

    void on_request_impl(
        beast::http::verb, Piece method, Piece target, int version, Failure&) override {
        head.method = text_in(method);
        head.target = text_in(target);
        head.minor = version % 10;
    }
    void on_field_impl(beast::http::field, Piece name, Piece value, Failure&) override {
        if (state_ == State::Head) head.headers.push_back({text_in(name), text_in(value)});
    }
    std::size_t on_body_impl(Piece piece, Failure&) override {
        body.append(piece.data(), piece.size());
        return piece.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, Piece piece, Failure& failure) override {
        return on_body_impl(piece, failure);
    }
    void on_response_impl(int, Piece, int, Failure&) override {}
    void on_header_impl(Failure&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Failure&) override {}
    void on_chunk_header_impl(std::uint64_t, Piece, Failure&) override {}
    void on_finish_impl(Failure&) override {}

    Limits limits_;
    State state_ = State::Head;
    std::size_t head_bytes_ = 0;
    std::size_t looked_ = 0;
};

RequestParser::RequestParser(const Limits& limits) : machine_(std::make_unique<Machine>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::take(std::string_view input) {
    return machine_->take(input);
}
RequestParser::State RequestParser::state() const {
    return machine_->state();
}
const Head& RequestParser::head() const {
    return machine_->head;
}
bool RequestParser::keeps_alive() const {
    return machine_->keeps_alive();
}
void RequestParser::allow_body(std::size_t bytes_max) {
    machine_->allow_body(bytes_max);
}
std::size_t RequestParser::body_bytes() const {
    return machine_->body.size();
}
std::size_t RequestParser::declared_bytes() const {
    return machine_->declared_bytes();
}
std::string RequestParser::take_body() {
    return std::move(machine_->body);
}
Refusal RequestParser::refusal() const {
    return machine_->refusal;
}

std::string response_head(StatusCode status, const Headers& headers, const Framing& framing) {
    std::string head = "HTTP/1.1 " + std::to_string(static_cast<unsigned>(status)) + " ";
    head += reason_phrase(status);
    head += "\r\n";
    const auto line = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    for (const Header& each : headers.all()) line(each.name, each.value);
    if (!framing.date.empty()) line("Date", framing.date);
    if (framing.body_bytes && !is_bodiless(status))
        line("Content-Length", std::to_string(*framing.body_bytes));
    line("Connection", framing.keeps_alive ? "keep-alive" : "close");
    return head += "\r\n";
}

}  // namespace dossier::http
