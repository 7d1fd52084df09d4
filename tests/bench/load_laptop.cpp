#include "tests/bench/load_laptop.hpp"

#include <chrono>

#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include "common/catalog/catalog.hpp"
#include "common/catalog/field.hpp"

namespace dossier::bench {
namespace {

using asio::ip::tcp;
using protocol::Message;

constexpr std::size_t kReadBytes = 64U * 1024U;
constexpr std::size_t kSlowReadBytes = 16U * 1024U;
constexpr std::chrono::milliseconds kSlowPause{100};

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

asio::awaitable<void> pause(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(time);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

void LoadLaptop::prepare(std::vector<Bytes> changesets,
                         std::vector<protocol::ScopeCursor> cursors) {
    for (Bytes& body : changesets) {
        const std::uint64_t oseq = outbox_.size() + 1;
        const auto next = protocol::chain(head_, oseq, body);
        outbox_.push_back({.oseq = oseq, .prev = head_, .body = std::move(body)});
        head_ = next;
    }
    for (const auto& [scope, sseq] : cursors) cursors_[scope] = sseq;
}

protocol::Hello LoadLaptop::hello() {
    protocol::Hello hello;
    hello.schema = catalog::schema_version();
    hello.app_version = "load";
    hello.device_now_ms = now_ms();
    hello.device_ticks_ms = hello.device_now_ms;
    hello.outbox_last = outbox_.size();
    hello.outbox_head = head_;
    hello.unsent = outbox_.size();
    for (const auto& [scope, sseq] : cursors_) hello.cursors.push_back({scope, sseq});
    return hello;
}

asio::awaitable<void> LoadLaptop::run(LoadTarget to, crypto::Random& random) {
    const auto from = std::chrono::steady_clock::now();
    try {
        tcp::socket socket(co_await asio::this_coro::executor, tcp::v4());
        socket.bind({from_, 0});
        const tcp::endpoint office(asio::ip::address_v4::loopback(), to.port);
        co_await socket.async_connect(office, asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        auto work = manner_ == Manner::Garbage || manner_ == Manner::Silent
                        ? annoy(socket, random)
                        : converse(socket, to, random);
        failure_ = co_await std::move(work);
    } catch (const std::exception& error) {
        if (!is_hostile()) failure_ = error.what();
    }
    ms_ =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

/// Until the office has had enough.
asio::awaitable<std::string> LoadLaptop::annoy(tcp::socket& socket, crypto::Random& random) {
    Bytes noise(manner_ == Manner::Garbage ? 4096 : 0);
    random.fill(noise);
    co_await asio::async_write(socket, asio::buffer(noise), asio::use_awaitable);
    std::error_code closed;
    Bytes buffer(64);
    const auto size = co_await socket.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, closed));
    co_return size == 0 ? "" : "the office answered noise";
}

asio::awaitable<std::string> LoadLaptop::converse(tcp::socket& socket,
                                                  const LoadTarget& to,
                                                  crypto::Random& random) {
    protocol::Link link(protocol::Channel::client(
        {protocol::Purpose::Sync, to.instance, to.server, &keys_, {}}, random));
    auto first = link.start();
    if (!first) co_return std::string(first.error().id());
    co_await asio::async_write(socket, asio::buffer(*first), asio::use_awaitable);
    Bytes buffer(manner_ == Manner::Slow ? kSlowReadBytes : kReadBytes);
    bool greeted = false;
    while (!parted_) {
        const auto size =
            co_await socket.async_read_some(asio::buffer(buffer), asio::use_awaitable);
        bytes_ += size;
        auto events = link.feed(ByteView(buffer).first(size));
        if (events.error) co_return std::string(events.error->id());
        std::vector<Message> answers;
        if (link.is_open() && !greeted) {
            greeted = true;
            answers.emplace_back(hello());
            if (manner_ == Manner::Rude) answers.emplace_back(protocol::Bye{});
        }
        for (const Message& message : events.messages) {
            auto wrong = take(message, answers);
            if (!wrong.empty()) co_return is_hostile() ? "" : wrong;
        }
        if (auto sent = link.send(answers, events.to_peer); !sent)
            co_return std::string(sent.error().id());
        co_await asio::async_write(socket, asio::buffer(events.to_peer), asio::use_awaitable);
        if (manner_ == Manner::Slow) co_await pause(kSlowPause);
    }
    co_return "";
}

std::string LoadLaptop::take(const Message& message, std::vector<Message>& answers) {
    if (std::holds_alternative<protocol::Welcome>(message)) {
        answers.emplace_back(protocol::Push{.changesets = outbox_, .last = true});
    } else if (const auto* verdicts = std::get_if<protocol::Verdicts>(&message)) {
        for (const auto& answer : verdicts->changesets) {
            for (const auto& verdict : answer.verdicts) {
                if (verdict.kind != merge::VerdictKind::Applied) return "refused " + verdict.reason;
            }
            ++answered_;
        }
    } else if (const auto* policy = std::get_if<protocol::Policy>(&message)) {
        if (answered_ != outbox_.size()) return "not everything was answered";
        if (!policy->lost.empty()) return "lost a scope";
    } else if (const auto* batch = std::get_if<protocol::Batch>(&message)) {
        if (batch->to <= cursors_[batch->scope]) return "a batch that was here before";
        cursors_[batch->scope] = batch->to;
        received_ += batch->count;
    } else if (const auto* checkpoint = std::get_if<protocol::Checkpoint>(&message)) {
        answers.emplace_back(protocol::Bye{outbox_.size(), received_, true});
        return compare(*checkpoint);
    } else if (std::holds_alternative<protocol::Bye>(message)) {
        parted_ = true;
    } else if (const auto* refusal = std::get_if<protocol::Refusal>(&message)) {
        return refusal->fault;
    }
    return {};
}

std::string LoadLaptop::compare(const protocol::Checkpoint& checkpoint) {
    for (const auto& state : checkpoint.scopes) {
        if (cursors_[state.scope] != state.sseq) return "a scope that did not arrive whole";
    }
    return {};
}

}  // namespace dossier::bench
