#include "protocol/frame.hpp"

#include <doctest/doctest.h>

#include "common/crypto/random.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

Bytes frame_of(ByteView body) {
    Bytes frame;
    append_frame_length(frame, body.size());
    append(frame, body);
    return frame;
}

}  // namespace

TEST_SUITE("protocol/frame") {
    TEST_CASE("frames come out whole and in order, however the stream is cut") {
        crypto::SeededRandom random(1);
        std::vector<Bytes> bodies;
        Bytes stream;
        for (std::size_t size = 0; size < 300; size += 7) {
            Bytes body(size);
            random.fill(body);
            append(stream, frame_of(body));
            bodies.push_back(std::move(body));
        }
        for (std::size_t piece = 1; piece < 700; piece += 13) {
            FrameReader reader({0, 300});
            std::vector<Bytes> seen;
            for (std::size_t at = 0; at < stream.size(); at += piece) {
                ByteView input = ByteView(stream).subspan(at, std::min(piece, stream.size() - at));
                while (!input.empty()) {
                    const auto frame = reader.next(input);
                    REQUIRE(frame.has_value());
                    if (*frame) seen.emplace_back((*frame)->begin(), (*frame)->end());
                }
            }
            CHECK(seen == bodies);
            CHECK(reader.at_boundary());
        }
    }
    TEST_CASE("a length that is not allowed is refused at its second byte") {
        const FrameLengths lengths{272, 65'296, 256};
        for (const std::size_t length : {0U, 1U, 271U, 273U, 65'295U, 65'535U}) {
            Bytes prefix;
            append_frame_length(prefix, length);
            FrameReader reader(lengths);
            ByteView input = ByteView(prefix).first(1);
            CHECK(reader.next(input).has_value());
            CHECK_FALSE(reader.at_boundary());
            input = ByteView(prefix).subspan(1);
            const auto refused = reader.next(input);
            REQUIRE_FALSE(refused.has_value());
            CHECK(refused.error().is(kFrameLength));
        }
        for (const std::size_t length : {272U, 528U, 65'296U}) CHECK(lengths.allow(length));
    }
}
