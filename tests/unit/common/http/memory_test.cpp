// What a client sends without end costs the server next to nothing.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/unit/common/http/served.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

constexpr std::size_t kMiB = std::size_t{1024} * 1024;
constexpr std::size_t kGrowthMax = 50 * kMiB;

std::size_t kilobytes_of(const char* name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word != name) continue;
        std::size_t value = 0;
        status >> value;
        return value;
    }
    return 0;
}

/// The most this process has had in memory since the last call, beyond what it had then.
class Growth {
  public:
    Growth() {
        std::ofstream("/proc/self/clear_refs") << "5";
        before_ = kilobytes_of("VmRSS:");
    }
    [[nodiscard]] std::size_t bytes() const {
        const std::size_t peak = kilobytes_of("VmHWM:");
        return peak > before_ ? (peak - before_) * 1024 : 0;
    }

  private:
    std::size_t before_ = 0;
};

struct Flood {
    const char* name;
    std::string start;
    std::string again;  ///< sent until `bytes` are, or the server closes
    std::size_t bytes;
    std::size_t enough;  ///< of it to be refused, with less beyond it than is thrown away
    int status;
};

std::vector<Flood> floods(const std::string& host) {
    const std::string chunked =
        "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n";
    const std::string filling(65'536, 'a');
    std::string tiny;
    for (int i = 0; i < 10'000; ++i) tiny += "1\r\na\r\n";
    constexpr std::size_t kHead = 40'000;
    return {
        {"a line of 100 MiB", "GET /", filling, 100 * kMiB, kHead, 431},
        {"a value of 100 MiB", "GET / HTTP/1.1\r\n" + host + "A: ", filling, 100 * kMiB, kHead,
         431},
        {"fields without end", "GET / HTTP/1.1\r\n" + host,
         "A: " + filling.substr(0, 1'000) + "\r\n", 100 * kMiB, kHead, 431},
        {"chunks of 200 MiB", chunked, "10000\r\n" + filling + "\r\n", 200 * kMiB, kMiB + 10'000,
         413},
        {"chunks of one byte each without end", chunked, tiny, 100 * kMiB, 6 * kMiB + 10'000, 413},
        {"an extension of 50 MiB", chunked + "1;a=", filling, 50 * kMiB, kHead, 431},
        {"trailers of 50 MiB", chunked + "0\r\n", "A: b\r\n" + filling.substr(0, 100) + ": c\r\n",
         50 * kMiB, kHead, 431},
        {"a chunk's size of 50 MiB", chunked + "1", "0000000000000000", 50 * kMiB, kHead, 431},
    };
}

}  // namespace

TEST_SUITE("common/http/memory") {
    TEST_CASE("what comes without end is refused early and costs bounded memory") {
        Served served;
        const std::string host = "Host: localhost:" + std::to_string(served.port()) + "\r\n";
        for (const Flood& each : floods(host)) {
            CAPTURE(each.name);
            const Growth growth;
            Peer peer(served.port());
            bool open = peer.send(each.start);
            std::size_t sent = 0;
            for (; open && sent < each.bytes; sent += each.again.size())
                open = peer.send(each.again);
            CHECK(sent < each.bytes);
            CHECK(growth.bytes() < kGrowthMax);
        }
        CHECK(ask(served.port(), "/").body == "ok");
    }
    TEST_CASE("the refusal of what comes without end reaches who stops to listen") {
        Served served;
        const std::string host = "Host: localhost:" + std::to_string(served.port()) + "\r\n";
        for (const Flood& each : floods(host)) {
            CAPTURE(each.name);
            Peer peer(served.port());
            peer.send(each.start);
            for (std::size_t sent = 0; sent < each.enough; sent += each.again.size())
                peer.send(each.again);
            CHECK(peer.answer().status == each.status);
        }
    }
    TEST_CASE("a million chunks of a byte are a body of a million bytes") {
        Served served;
        const Growth growth;
        Peer peer(served.port());
        std::string tiny;
        for (int i = 0; i < 1'000; ++i) tiny += "1\r\na\r\n";
        peer.send("POST /echo HTTP/1.1\r\nHost: localhost:" + std::to_string(served.port()) +
                  "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 1'000; ++i) peer.send(tiny);
        peer.send("0\r\n\r\n");
        CHECK(peer.answer().body == "1000000");
        CHECK(growth.bytes() < kGrowthMax);
    }
    TEST_CASE("a large answer lies in memory once, however many do not read it") {
        Served served;
        CHECK(ask(served.port(), "/").body == "ok");
        {
            Peer first(served.port());
            first.send(get(served.port(), "/large"));
            first.receive();
        }
        const Growth growth;
        std::vector<std::unique_ptr<Peer>> deaf;
        for (int i = 0; i < 8; ++i) {
            deaf.push_back(std::make_unique<Peer>(served.port()));
            deaf.back()->send(get(served.port(), "/large"));
            deaf.back()->receive();
        }
        CHECK(growth.bytes() < kGrowthMax);
    }
}
