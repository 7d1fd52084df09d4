// A laptop of the load bench: the real channel and messages, but no store behind them, so that a
// thousand fit beside the office they weigh on. It pushes, takes what comes, checks the counts
// against the checkpoint and parts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>

#include "protocol/link.hpp"

namespace dossier::bench {

/// How a laptop behaves.
enum class Manner : std::uint8_t {
    Plain,
    Slow,     ///< reads 16 KiB each 100 ms
    Garbage,  ///< writes noise instead of a handshake
    Silent,   ///< connects and says nothing
    Rude,     ///< breaks the order of the session after its handshake
};

/// Where the office is and how it proves itself.
struct LoadTarget {
    std::uint16_t port = 0;
    protocol::ServerInstance instance{};
    protocol::PublicKey server{};
};

class LoadLaptop {
  public:
    /// `from`: the loopback address it comes from; the office counts handshakes by address.
    LoadLaptop(crypto::KeyPair keys, Manner manner, asio::ip::address_v4 from)
        : keys_(std::move(keys)), manner_(manner), from_(from) {}

    /// What it brings, as frozen in an outbox from number 1 on, and how far it has each scope.
    void prepare(std::vector<Bytes> changesets, std::vector<protocol::ScopeCursor> cursors);
    /// One session from connect to Bye. Never throws; see `failure`.
    asio::awaitable<void> run(LoadTarget to, crypto::Random& random);

    [[nodiscard]] Manner manner() const { return manner_; }
    [[nodiscard]] bool is_hostile() const { return manner_ > Manner::Slow; }
    [[nodiscard]] double ms() const { return ms_; }
    [[nodiscard]] std::uint64_t received() const { return received_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    /// Empty when all went as it should; a hostile one's purpose is to be sent away.
    [[nodiscard]] const std::string& failure() const { return failure_; }

  private:
    asio::awaitable<std::string> converse(asio::ip::tcp::socket& socket,
                                          const LoadTarget& to,
                                          crypto::Random& random);
    asio::awaitable<std::string> annoy(asio::ip::tcp::socket& socket, crypto::Random& random);
    std::string take(const protocol::Message& message, std::vector<protocol::Message>& answers);
    std::string compare(const protocol::Checkpoint& checkpoint);
    protocol::Hello hello();

    crypto::KeyPair keys_;
    Manner manner_;
    asio::ip::address_v4 from_;
    std::vector<protocol::Frozen> outbox_;
    protocol::Digest head_{};
    std::map<protocol::ScopeKey, SSeq> cursors_;
    std::uint64_t answered_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t bytes_ = 0;
    double ms_ = 0;
    bool parted_ = false;
    std::string failure_;
};

}  // namespace dossier::bench
