// A handshake whose messages are delivered in any order, twice, to the wrong side, or changed. Each
// step of the script is three bytes: what is delivered to whom, where it is changed, and by how
// much. Whoever believes the handshake is done must hold the same transcript as the other side had.
#include <algorithm>

#include "common/base/check.hpp"
#include "common/crypto/random.hpp"

#include "protocol/channel.hpp"

using namespace dossier;
using namespace dossier::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static crypto::SeededRandom random(1);
    static const crypto::KeyPair office = crypto::make_key_pair(random);
    static const crypto::KeyPair device = crypto::make_key_pair(random);
    constexpr std::size_t kStepsMax = 8;

    auto client = Channel::client({Purpose::Enrol, {}, office.public_key, &device, {7}}, random);
    auto server =
        Channel::server({{}, {{Purpose::Sync, &office}, {Purpose::Enrol, &office}}}, random);
    std::vector<Bytes> written{client.start().value()};
    bool server_agreed = false;
    bool client_agreed = false;
    for (std::size_t at = 0; at + 3 <= size && at < 3 * kStepsMax; at += 3) {
        Bytes message = written[(data[at] >> 1U) % written.size()];
        if (data[at + 2] != 0) {
            std::uint8_t& changed = message[data[at + 1] % message.size()];
            changed = static_cast<std::uint8_t>(changed ^ data[at + 2]);
        }
        const bool to_server = (data[at] & 1U) == 0;
        auto events = (to_server ? server : client).feed(message);
        (to_server ? server_agreed : client_agreed) |= events.agreed;
        if (!events.to_peer.empty()) written.push_back(std::move(events.to_peer));
    }
    if (server_agreed) {
        DOSSIER_CHECK(client_agreed);  // nobody else holds the device's key
        DOSSIER_CHECK(std::ranges::equal(client.transcript(), server.transcript()));
        DOSSIER_CHECK(server.peer_key() == device.public_key);
        DOSSIER_CHECK(server.client_payload() == Bytes{7});
    }
    return 0;
}
