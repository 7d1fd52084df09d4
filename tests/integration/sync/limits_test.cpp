// What the listener does not put up with, and how the laptop tells the reasons apart.
#include "protocol/refusals.hpp"

#include "tests/integration/sync/stranger.hpp"

namespace dossier::test {

using namespace std::chrono_literals;
namespace {

/// One more than `two_handshakes` allows.
class Strangers {
  public:
    explicit Strangers(const Server& server)
        : oldest_(server.port()), second_(server.port()), third_(server.port()) {}
    bool only_the_oldest_goes() {
        return oldest_.is_cut_within(5s) && !second_.is_cut_within(50ms) &&
               !third_.is_cut_within(50ms);
    }

  private:
    Stranger oldest_;
    Stranger second_;
    Stranger third_;
};

}  // namespace

TEST_SUITE("integration/sync/limits") {
    TEST_CASE("a silent peer and a babbling one are cut without a word") {
        Field field;
        const Server server(field.office, {.handshake_limit = 150ms});
        Stranger silent(server.port());
        CHECK(silent.is_cut_within(5s));
        Stranger babbling(server.port());
        babbling.say("GET / HTTP/1.1\r\nHost: office\r\n\r\n");
        CHECK(babbling.is_cut_within(100ms));
    }
    TEST_CASE("with too many handshakes under way the oldest goes") {
        Field field;
        const Server server(field.office, two_handshakes());
        Strangers three(server);
        CHECK(three.only_the_oldest_goes());
    }
    TEST_CASE("a laptop of ours that has proven itself is no handshake under way") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        const Server server(field.office, two_handshakes());
        const auto keys = crypto::key_pair_of(laptop->store().meta.device_key()->view());
        Idler ours(server, keys);
        Strangers three(server);
        CHECK(three.only_the_oldest_goes());
        CHECK_FALSE(ours.is_cut_within(50ms));
    }
    TEST_CASE("an address that comes too often waits for its turn") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        const Server server(field.office, {.handshakes_per_second = 20, .handshakes_burst = 1});
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < 5; ++i) {
            laptop->store().meta.erase(client::kTicketKey);
            REQUIRE(laptop->sync(server.address()));
        }
        // Four of them wait for a token: 50 ms each at 20 a second.
        CHECK(std::chrono::steady_clock::now() - begin > 150ms);
    }
    TEST_CASE("an office that stops does not wait for those whom it makes wait") {
        Field field;
        auto server = std::make_unique<Server>(
            field.office, server::ListenerOptions{.handshake_limit = 10h,
                                                  .handshakes_per_second = 0.0001,
                                                  .handshakes_burst = 1,
                                                  .turn_wait_max = 10h});
        crypto::SystemRandom random;
        const auto keys = crypto::make_key_pair(random);
        const Idler first(*server, keys, Bytes{});
        Idler second(*server, keys, Bytes{});
        REQUIRE_FALSE(second.is_cut_within(100ms));
        server.reset();
        CHECK(second.is_cut_within(5s));
    }
    TEST_CASE("an unknown laptop is not admitted, a wrong office is told from no office") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        Field other(43);
        auto stranger = other.laptop(other.office.ann);
        const Server server(field.office);
        const auto wrong = stranger->sync(server.address());
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().code() == ErrorCode::WrongServer);
        const auto nobody = laptop->sync("127.0.0.1:1");
        REQUIRE_FALSE(nobody);
        CHECK(nobody.error().code() == ErrorCode::Unreachable);
        // The right office, another key: as after a store was made anew.
        laptop->store().meta.set_device_key(
            crypto::make_key_pair(laptop->random).secret_key.view());
        const auto unknown = laptop->sync(server.address());
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error().code() == ErrorCode::DeviceRefused);
        CHECK(unknown.error().is(protocol::kDeviceUnknown));
    }
    TEST_CASE("an office that does not answer is given up in time") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        laptop->options.handshake_limit = 150ms;
        const int deaf = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(deaf, generic, size) == 0);
        REQUIRE(::listen(deaf, 1) == 0);
        REQUIRE(::getsockname(deaf, generic, &size) == 0);
        const auto tried = laptop->sync("127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
        ::close(deaf);
        REQUIRE_FALSE(tried);
        CHECK(tried.error().code() == ErrorCode::TimedOut);
    }
    TEST_CASE("a taken port is reported, not fought over") {
        Field field;
        Server server(field.office);
        NullLog log;
        asio::io_context loop(1);
        crypto::SystemRandom random;
        server::BatchCache batches;
        server::Listener second(loop, server.store(), {field.office.office, server.keys(), batches},
                                random, log, {.host = "127.0.0.1", .port = server.port()});
        const auto opened = second.open();
        REQUIRE_FALSE(opened);
        CHECK(opened.error().is(server::kPortTaken));
    }
    TEST_CASE("a device stopped during its session is cut within a second") {
        Field field;
        auto laptop = field.laptop(field.office.ann);
        Server server(field.office);
        const auto device = laptop->store().meta.identity()->device;
        const crypto::KeyPair keys = crypto::key_pair_of(laptop->store().meta.device_key()->view());
        Idler idler(server, keys);
        idler.say_hello();
        REQUIRE(idler.is_greeted());
        server.store().run_and_wait([&] {
            field.office.office.people().forget();
            return server::Devices(field.office.office)
                .stop(UserId{}, device, protocol::DeviceState::Revoked)
                .has_value();
        });
        CHECK(idler.is_cut_within(2s));
    }
}

}  // namespace dossier::test
