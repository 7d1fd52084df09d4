#include "common/http/events.hpp"

#include <doctest/doctest.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::http;
using namespace dossier::test;
using namespace std::chrono_literals;

namespace {

/// A page that listens, once its stream is open.
std::unique_ptr<Peer> listener(Served& served, const std::string& user = "u") {
    auto peer = std::make_unique<Peer>(served.port());
    peer->send(get(served.port(), "/events?user=" + user));
    CHECK(peer->answer().header("content-type") == "text/event-stream");
    return peer;
}

std::string next(Peer& peer, std::size_t bytes) {
    std::string seen;
    while (peer.held().size() < bytes && peer.receive()) {
    }
    return peer.held();
}

}  // namespace

TEST_SUITE("common/http/events") {
    TEST_CASE("an event is written line by line, and no value ends it early") {
        CHECK(event_text({"changed", "a"}) == "event: changed\ndata: a\n\n");
        CHECK(event_text({"", ""}) == "data: \n\n");
        CHECK(event_text({"n", "a\nb\r\nc\rd\n", "7"}) ==
              "id: 7\nevent: n\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
        CHECK(event_text({"a\nb", "x", "1\r\n2"}) == "id: 12\nevent: ab\ndata: x\n\n");
    }
    TEST_CASE("more than may wait ends the stream, by number and by size") {
        Limits limits;
        limits.events_waiting_max = 2;
        Events by_number("u", limits);
        CHECK(by_number.post({"", "1"}));
        CHECK(by_number.post({"", "2"}));
        CHECK_FALSE(by_number.post({"", "3"}));
        CHECK(by_number.state() == Events::State::Overrun);
        CHECK(by_number.take().empty());
        limits.event_bytes_waiting_max = event_text({"", "12345"}).size();
        Events by_size("u", limits);
        CHECK(by_size.post({"", "12345"}));
        CHECK(by_size.take() == "data: 12345\n\n");
        CHECK(by_size.post({"", "12345"}));
        CHECK_FALSE(by_size.post({"", ""}));
        CHECK_FALSE(by_size.post({"", ""}));
    }
    TEST_CASE("who posts is told once that nobody reads, and may let go of the stream then") {
        auto events = std::make_shared<Events>("u");
        int told = 0;
        events->on_gone([&told, &events] {
            ++told;
            events.reset();
        });
        const auto kept = events;
        kept->leave();
        kept->leave();
        CHECK(told == 1);
        CHECK_FALSE(kept->post({"", "x"}));
        CHECK(kept->state() == Events::State::Left);
    }
    TEST_CASE("what is posted is sent, what waits when the site ends it too") {
        Served served;
        const auto peer = listener(served);
        served.on_loop([&] { CHECK(served.site.streams[0]->post({"a", "1"})); });
        CHECK(next(*peer, 1) == "event: a\ndata: 1\n\n");
        served.on_loop([&] {
            CHECK(served.site.streams[0]->post({"b", "2"}));
            served.site.streams[0]->end();
            CHECK_FALSE(served.site.streams[0]->post({"c", "3"}));
        });
        CHECK(peer->rest() == "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n");
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 1; }));
    }
    TEST_CASE("a stream without events shows that it is alive") {
        Served served({.limits = {.heartbeat = 20ms}});
        const auto peer = listener(served);
        CHECK(next(*peer, 6).starts_with(":\n\n:\n\n"));
    }
    TEST_CASE("who leaves is noticed although nothing is sent, and so is one who sends") {
        Served served;
        auto left = listener(served);
        const auto reset = listener(served);
        const auto talks = listener(served);
        left.reset();
        reset->reset();
        talks->send("x");
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 3; }));
        CHECK(served.becomes_true([&] {
            return std::none_of(served.site.streams.begin(), served.site.streams.end(),
                                [](const auto& each) {
                                    return each->post({"", "x"});
                                });
        }));
    }
    TEST_CASE("who does not read is let go of, with bounded memory") {
        Served served;
        const auto peer = listener(served);
        const std::string large(10'000, 'x');
        CHECK(served.becomes_true([&] { return !served.site.streams[0]->post({"", large}); }));
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 1; }));
        CHECK(served.site.streams[0]->state() == Events::State::Overrun);
    }
    TEST_CASE(
        "a user has so many streams, all users together so many, and one that ends makes room") {
        Served served({.limits = {.streams_max = 3, .streams_per_user = 2}});
        auto first = listener(served, "a");
        const auto second = listener(served, "a");
        CHECK(ask(served.port(), "/events?user=a").status == 429);
        const auto third = listener(served, "b");
        const Answer full = ask(served.port(), "/events?user=c");
        CHECK(full.status == 503);
        CHECK(full.body.find("http.too_many_streams") != std::string::npos);
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 2; }));
        first.reset();
        CHECK(served.becomes_true([&] { return served.site.streams_gone == 3; }));
        const auto fourth = listener(served, "a");
    }
    TEST_CASE("fifty streams that wait slow nobody down and are closed with the server") {
        Served served(
            {.limits = {.connections_per_peer = 60, .streams_max = 50, .streams_per_user = 50}});
        std::vector<std::unique_ptr<Peer>> all;
        for (int i = 0; i < 50; ++i) all.push_back(listener(served));
        CHECK(ask(served.port(), "/").body == "ok");
        served.stop();
        for (const auto& each : all) CHECK(each->closes());
    }
}
