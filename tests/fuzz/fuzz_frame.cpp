// What a peer may send, at every stage of a channel, cut into pieces of any size. The first byte
// chooses the stage, the second the size of the pieces. In the last two stages the peer holds the
// right keys and lies inside its frames only.
#include <algorithm>

#include "common/base/check.hpp"
#include "common/crypto/random.hpp"

#include "protocol/channel.hpp"
#include "protocol/limits.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

struct Ends {
    Ends()
        : client(
              Channel::client({Purpose::Sync, {}, office().public_key, &device(), {}}, random())),
          server(Channel::server({{}, {{Purpose::Sync, &office()}}}, random())) {}

    void open() {
        const auto second = server.feed(client.start().value());
        DOSSIER_CHECK(server.feed(client.feed(second.to_peer).to_peer).agreed);
        server.admit();
        Bytes welcome;
        DOSSIER_CHECK(server.send({}, welcome).has_value());
        DOSSIER_CHECK(client.feed(welcome).messages.size() == 1);
    }

    static crypto::Random& random() {
        static crypto::SeededRandom seeded(1);
        return seeded;
    }
    static const crypto::KeyPair& office() {
        static const crypto::KeyPair keys = crypto::make_key_pair(random());
        return keys;
    }
    static const crypto::KeyPair& device() {
        static const crypto::KeyPair keys = crypto::make_key_pair(random());
        return keys;
    }

    Channel client;
    Channel server;
};

void feed_in_pieces(Channel& channel, ByteView bytes, std::size_t piece) {
    bool failed = false;
    while (!bytes.empty()) {
        const std::size_t size = std::min(piece, bytes.size());
        const auto events = channel.feed(bytes.first(size));
        DOSSIER_CHECK(!failed || events.error.has_value());  // a failure is for good
        DOSSIER_CHECK(!failed || events.messages.empty());
        failed = events.error.has_value();
        DOSSIER_CHECK(!failed || !channel.is_open());
        bytes = bytes.subspan(size);
    }
    (void)channel.ended();
}

CipherState known_cipher() {
    CipherState cipher;
    cipher.set_key(std::array<std::uint8_t, 32>{1});
    return cipher;
}

/// Frames whose plaintext is steps(1) || ending(1) || data: the ending bytes are the input's, the
/// middle is filled up.
void feed_lying_frames(ByteView script) {
    CipherState peer = known_cipher();
    Opener opener(known_cipher());
    for (unsigned frames = 0; script.size() >= 2 && frames < 4; ++frames) {
        const std::size_t plain = kPaddingStepBytes * std::max<std::size_t>(script[0], 1);
        const std::size_t ending = std::min<std::size_t>(script[1], script.size() - 2);
        Bytes frame(plain, 0xEE);
        const ByteView end = script.subspan(2, ending);
        std::copy(end.begin(), end.end(), frame.end() - static_cast<std::ptrdiff_t>(ending));
        DOSSIER_CHECK(peer.seal(frame, 0));
        const auto message = opener.open(frame);
        if (!message) return;
        if (*message) DOSSIER_CHECK((*message)->size() <= kMessageBytesMax);
        script = script.subspan(2 + ending);
    }
}

/// Honest messages of the input's sizes come back equal.
void exchange_messages(ByteView script) {
    Sealer sealer(known_cipher());
    Opener opener(known_cipher());
    FrameReader reader(kTransportFrames);
    for (unsigned messages = 0; script.size() >= 3 && messages < 2; ++messages) {
        const std::size_t fragments = script[2] % 3U;
        const Bytes message(read_le<std::uint16_t>(script.data()) + fragments * kFragmentBytesMax,
                            script[2]);
        script = script.subspan(3);
        Bytes stream;
        DOSSIER_CHECK(sealer.seal(message, stream).has_value());
        std::optional<Bytes> seen;
        for (ByteView rest = stream; !rest.empty();)
            seen = opener.open(**reader.next(rest)).value();
        DOSSIER_CHECK(seen == message);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const ByteView bytes = ByteView{data, size}.subspan(2);
    const std::size_t piece = data[1] == 0 ? size : data[1];
    Ends ends;
    switch (data[0] % 6) {
        case 0:
            feed_in_pieces(ends.server, bytes, piece);
            break;
        case 1:
            (void)ends.client.start();
            feed_in_pieces(ends.client, bytes, piece);
            break;
        case 2:
        case 3:
            ends.open();
            feed_in_pieces(data[0] % 6 == 2 ? ends.client : ends.server, bytes, piece);
            break;
        case 4:
            feed_lying_frames(bytes);
            break;
        default:
            exchange_messages(bytes);
    }
    return 0;
}
