#include "common/http/session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include "common/http/faults.hpp"
#include "common/net/spawn.hpp"

namespace dossier::http {

using State = RequestParser::State;

/// A request the site answers, which may take longer than the session waits.
struct Session::Work {
    explicit Work(const asio::any_io_executor& executor) : done(executor) {}

    static asio::awaitable<void> run(std::shared_ptr<Work> work,
                                     Service& service,
                                     Request request) {
        Response response = refusal_response({StatusCode::ServerError, &kBroken});
        try {
            response = co_await service.site.answer(std::move(request));
        } catch (const std::exception& error) {
            service.log.error("http.answer_failed", {{"why", error.what()}});
        }
        if (work->given_up && response.events) response.events->leave();
        work->response = std::move(response);
        work->done.cancel();
    }

    asio::steady_timer done;
    std::optional<Response> response;
    bool given_up = false;
};

Session::Session(asio::ip::tcp::socket socket, asio::ip::address peer, Service& service)
    : service_(service),
      peer_(std::move(peer)),
      transport_(std::move(socket), service.tls.get()),
      watchdog_(transport_.socket(), service.rules.limits.age),
      wake_(transport_.socket().get_executor()),
      buffer_(service.rules.limits.head_bytes_max + service.rules.limits.line_bytes_max) {
    begin(Step::Handshake, limits().handshake);
}

void Session::begin(Step step, Limits::Time limit) {
    step_ = step;
    step_number_ = ++service_.steps;
    watchdog_.allow(limit);
}

void Session::stop() {
    const bool is_waiting = step_ == Step::Handshake || step_ == Step::Head ||
                            step_ == Step::Idle || step_ == Step::Stream;
    if (is_waiting) cut();
}

asio::awaitable<void> Session::run() {
    std::error_code ignored;
    transport_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    if (!co_await transport_.open()) co_return;
    while (co_await serve_one()) {
    }
    co_await linger();
    cut();
}

/// A browser reads no answer before it has sent all of a file that is too large; what comes without
/// end is soon cut.
asio::awaitable<void> Session::linger() {
    begin(Step::Finish, limits().linger);
    co_await transport_.finish();
    const std::size_t declared =
        std::min(parser_->declared_bytes(), limits().linger_declared_bytes_max);
    const std::size_t most = std::max(declared, limits().linger_bytes_max);
    std::size_t next_step = limits().body_step_bytes;
    for (std::size_t total = 0; total < most;) {
        const std::size_t size = co_await transport_.discard(buffer_);
        if (size == 0) co_return;
        total += size;
        if (total < next_step) continue;
        next_step += limits().body_step_bytes;
        begin(Step::Finish, limits().linger);
    }
}

asio::awaitable<bool> Session::serve_one() {
    parser_ = std::make_unique<RequestParser>(limits());
    if (!co_await read_head()) co_return false;
    method_ = method_from(parser_->head().method);
    if (const auto refusal = judge()) co_return co_await refuse(*refusal);
    Request request = take_request();
    auto admitted = admit(request);
    if (!admitted) co_return co_await send(std::move(admitted.error()), false);
    if (!co_await read_body(*admitted)) co_return false;
    if (parser_->state() == State::Refused) co_return co_await refuse(parser_->refusal());
    request.body = parser_->take_body();
    auto response = co_await ask_site(std::move(request));
    if (!response) co_return co_await refuse({StatusCode::ServiceUnavailable, &kTooSlow});
    co_return co_await send(std::move(*response), parser_->keeps_alive());
}

/// The limit for the whole head begins with its first byte; a new connection's at once.
asio::awaitable<bool> Session::read_head() {
    const bool waits = !is_first_ && held_ == 0;
    begin(waits ? Step::Idle : Step::Head, waits ? limits().idle : limits().head);
    is_first_ = false;
    if (waits && service_.stopping) co_return false;
    feed();
    while (parser_->state() == State::Head) {
        if (!co_await fill()) co_return false;
        if (step_ == Step::Idle) begin(Step::Head, limits().head);
        feed();
    }
    co_return true;
}

asio::awaitable<bool> Session::read_body(std::size_t bytes_max) {
    parser_->allow_body(bytes_max);
    begin(Step::Body, limits().body);
    feed();
    if (parser_->state() != State::Body) co_return true;
    const Head& head = parser_->head();
    const bool waits_for_word = head.minor == 1 && count_of(head.headers, "Expect") > 0;
    if (waits_for_word && parser_->body_bytes() == 0 && held_ == 0) {
        if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return false;
        begin(Step::Body, limits().body);
    }
    std::size_t next_step = limits().body_step_bytes;
    while (parser_->state() == State::Body) {
        if (!co_await fill()) co_return false;
        feed();
        if (parser_->body_bytes() < next_step) continue;
        next_step += limits().body_step_bytes;
        begin(Step::Body, limits().body);
    }
    co_return true;
}

/// More bytes behind those held: the parser leaves less than the buffer has room for.
asio::awaitable<bool> Session::fill() {
    const std::size_t size = co_await transport_.read(std::span(buffer_).subspan(held_));
    held_ += size;
    co_return size > 0;
}

void Session::feed() {
    const std::size_t taken = parser_->take({buffer_.data(), held_});
    held_ -= taken;
    std::memmove(buffer_.data(), buffer_.data() + taken, held_);
}

std::optional<Refusal> Session::judge() const {
    if (parser_->state() == State::Refused) return parser_->refusal();
    const auto refusal = refusal_of(parser_->head(), service_.rules);
    return refusal ? refusal : cross_site_refusal_of(parser_->head(), service_.rules);
}

Request Session::take_request() {
    const Head& head = parser_->head();
    return {.method = *method_,
            .target = *parse_target(head.target),
            .headers = head.headers,
            .body = {},
            .peer = peer_.to_string(),
            .is_tls = transport_.is_tls(),
            .user = user_};
}

tl::expected<std::size_t, Response> Session::admit(const Request& request) {
    try {
        return service_.site.admit(request);
    } catch (const std::exception& error) {
        service_.log.error("http.admit_failed", {{"why", error.what()}});
        return tl::unexpected(refusal_response({StatusCode::ServerError, &kBroken}));
    }
}

/// Nothing when it takes too long.
asio::awaitable<std::optional<Response>> Session::ask_site(Request request) {
    begin(Step::Answer, limits().age);
    const auto executor = transport_.socket().get_executor();
    const auto work = std::make_shared<Work>(executor);
    net::spawn(executor, Work::run(work, service_, std::move(request)), service_.log,
               "http.answer");
    if (!work->response) {
        std::error_code ignored;
        work->done.expires_after(limits().handler);
        co_await work->done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    work->given_up = !work->response;
    if (work->given_up) service_.log.warn("http.answer_late");
    co_return std::move(work->response);
}

}  // namespace dossier::http
