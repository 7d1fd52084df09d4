// Somebody at the office's door: connects to the real listener, says one message after the other
// and hears what comes.
#pragma once

#include <optional>

#include "protocol/link.hpp"

#include "server/accounts/office_keys.hpp"

namespace dossier::test {

class Caller {
  public:
    /// On the loopback, with these keys, for this purpose; waits until it is let in or not.
    Caller(std::uint16_t port,
           const server::OfficeKeys& office,
           const crypto::KeyPair& keys,
           protocol::Purpose purpose,
           crypto::Random& random);
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller();

    /// Says it, if the office still listens.
    void say(const protocol::Message& message);
    /// The next message of the office; nothing when it closed the connection.
    std::optional<protocol::Message> hear();

  private:
    bool read();
    void write(ByteView bytes);

    int socket_ = -1;
    protocol::Link link_;
    std::vector<protocol::Message> heard_;
    std::size_t next_ = 0;
};

}  // namespace dossier::test
