#include "protocol/noise.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/protocol/patterns.hpp"

using namespace dossier;
using namespace dossier::protocol;
using Json = nlohmann::json;

namespace {

/// Gives out one prepared key: how the vectors fix the ephemeral.
class FixedRandom final : public crypto::Random {
  public:
    explicit FixedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(std::span<std::uint8_t> to) override {
        REQUIRE(to.size() == bytes_.size());
        std::copy(bytes_.begin(), bytes_.end(), to.begin());
    }

  private:
    Bytes bytes_;
};

Bytes hex_at(const Json& vector, const std::string& key) {
    return vector.contains(key) ? from_hex(vector[key].get<std::string>()).value() : Bytes{};
}

/// One side of a vector and everything its handshake refers to.
struct Side {
    Side(const Json& vector, const std::string& who, const Pattern& pattern, NoiseHash hash)
        : prologue(hex_at(vector, who + "_prologue")), random(hex_at(vector, who + "_ephemeral")) {
        const Bytes secret = hex_at(vector, who + "_static");
        if (!secret.empty()) keys.emplace(crypto::key_pair_of(secret));
        HandshakeParty party{who == "init", prologue, keys ? &*keys : nullptr,
                             std::nullopt,  &random,  {}};
        const Bytes peer = hex_at(vector, who + "_remote_static");
        if (!peer.empty()) std::copy(peer.begin(), peer.end(), party.peer.emplace().begin());
        if (vector.contains(who + "_psks")) {
            for (const auto& psk : vector[who + "_psks"]) {
                psks.push_back(from_hex(psk.get<std::string>()).value());
            }
        }
        for (const Bytes& psk : psks) party.psks.emplace_back(psk);
        state.emplace(pattern, hash, std::move(party));
    }

    Bytes prologue;
    std::optional<crypto::KeyPair> keys;
    FixedRandom random;
    std::vector<Bytes> psks;
    std::optional<HandshakeState> state;
    std::pair<CipherState, CipherState> ciphers;
};

std::string name_of(const Json& vector) {
    return vector.contains("protocol_name") ? vector["protocol_name"] : vector["name"];
}

/// Writes on one side, reads on the other; true when bytes and payload are those of the vector.
bool message_agrees(Side& writer, Side& reader, const Bytes& payload, const Bytes& expected) {
    Bytes written;
    if (!writer.state->finished()) {
        if (!writer.state->write(payload, written) || written != expected) return false;
        const auto read = reader.state->read(written);
        if (!read || *read != payload) return false;
        if (writer.state->finished()) {
            writer.ciphers = writer.state->split();
            reader.ciphers = reader.state->split();
        }
        return true;
    }
    written = payload;
    Bytes read;
    return writer.ciphers.first.seal(written, 0) && written == expected &&
           reader.ciphers.second.open(written, read) && read == payload;
}

/// Number of messages that agreed; all of them, or the vector fails.
std::size_t run_vector(const Json& vector) {
    const std::string name = name_of(vector);
    const std::size_t pattern_end = name.find('_', 6);
    const auto hash =
        name.find("BLAKE2b") != std::string::npos ? NoiseHash::Blake2b : NoiseHash::Sha256;
    const auto pattern = protocol::testing::pattern_named(name.substr(6, pattern_end - 6));
    const bool one_way = pattern.lines.size() == 1;
    Side initiator(vector, "init", pattern.view(), hash);
    Side responder(vector, "resp", pattern.view(), hash);
    std::size_t count = 0;
    for (const auto& message : vector["messages"]) {
        const bool forth = one_way || count % 2 == 0;
        INFO(name, ", message ", count);
        REQUIRE(message_agrees(forth ? initiator : responder, forth ? responder : initiator,
                               hex_at(message, "payload"), hex_at(message, "ciphertext")));
        ++count;
    }
    const auto transcript = initiator.state->transcript();
    CHECK(std::ranges::equal(transcript, responder.state->transcript()));
    if (vector.contains("handshake_hash")) {
        CHECK(to_hex(transcript) == vector["handshake_hash"].get<std::string>());
    }
    return count;
}

// From cacophony's vectors (Unlicense): the product's own suite.
constexpr const char* kXkVector = R"json({
 "protocol_name": "Noise_XK_25519_ChaChaPoly_BLAKE2b",
 "init_prologue": "4a6f686e2047616c74",
 "init_static": "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1",
 "init_ephemeral": "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a",
 "init_remote_static": "31e0303fd6418d2f8c0e78b91f22e8caed0fbe48656dcf4767e4834f701b8f62",
 "resp_prologue": "4a6f686e2047616c74",
 "resp_static": "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893",
 "resp_ephemeral": "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b",
 "handshake_hash": "d34784be40e90f33c524e69a3d1dc4155e159d86bf42f01c615d40beb0816b880f0a3e20825fec22de1d607231a315d90d355cd9e5ba7205a17b6e0e9f4b490d",
 "messages": [
  {
   "payload": "4c756477696720766f6e204d69736573",
   "ciphertext": "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79442806e28405ac4325fcf83607489496d6d326ab3fe084dbb1634f801405a69297"
  },
  {
   "payload": "4d757272617920526f746862617264",
   "ciphertext": "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f1448088430ea4de2eff2cd3b1e7be5f7e792d87395f0863722ab04ec030529d6c5820de"
  },
  {
   "payload": "462e20412e20486179656b",
   "ciphertext": "ec9136de99472b49eda3ba9fe84882d48f131b27386784b3f45e9f103ad1b6efa2f2e95f0afce5d0d4c8052aed81438500be54a8fd8dd4f5ba04f7907b312701d0d687716a30b23c22f568"
  },
  {
   "payload": "4361726c204d656e676572",
   "ciphertext": "d6ea0c3364ed480b415d44c3235fdb311dfa8d6e1dc1e6f3a76ee3"
  },
  {
   "payload": "4a65616e2d426170746973746520536179",
   "ciphertext": "59f41ca9ea14a8305bae379bbdd8b4d5cf9bd308d2d7e042e2bf03c48dd910b37b"
  },
  {
   "payload": "457567656e2042f6686d20766f6e2042617765726b",
   "ciphertext": "fa23ba8af343a3934c64219d3d0206d66894f7cdb180b738324608e15b0102095ed2f44d4b"
  }
 ]
})json";

// 32 zero bytes sealed with key 05 00 … and nonce 2^64-1 by another implementation (OpenSSL).
constexpr const char* kSealedUnderLastNonce =
    "0488b1d280b8052cc1f1ef2395b03185e1e43ac72756433693b2b73668728dd0"
    "bce2c1f432ec55d61111dba82b5c005e";

std::filesystem::path vectors_folder() {
    const char* shared = std::getenv("DOSSIER_SHARED");
    return std::filesystem::path(shared != nullptr ? shared : DOSSIER_SHARED) / "noise-vectors";
}

}  // namespace

TEST_SUITE("protocol/noise") {
    TEST_CASE("the product's suite gives the bytes of the public vector") {
        CHECK(run_vector(Json::parse(kXkVector)) == 6);
    }
    TEST_CASE("every public vector of the patterns and hashes we know is met byte for byte") {
        const auto folder = vectors_folder();
        if (!std::filesystem::exists(folder)) {
            std::printf("skipped: no %s (set DOSSIER_SHARED)\n", folder.c_str());
            return;
        }
        std::size_t vectors = 0;
        std::size_t messages = 0;
        for (const char* source : {"cacophony", "noise-c-basic", "snow"}) {
            std::ifstream file(folder / (std::string(source) + ".25519_ChaChaPoly.json"));
            const Json document = Json::parse(file);
            for (const auto& vector : document["vectors"]) {
                messages += run_vector(vector);
                ++vectors;
            }
        }
        CHECK(vectors == 56);
        CHECK(messages == 302);
    }
    TEST_CASE("a cipher refuses to count past the last nonce, in both directions, for good") {
        const std::array<std::uint8_t, 32> key{1, 2, 3};
        CipherState sender;
        CipherState receiver;
        sender.set_key(key);
        receiver.set_key(key);
        sender.set_nonce(~std::uint64_t{0} - 1);
        receiver.set_nonce(~std::uint64_t{0} - 1);
        Bytes sealed{42};
        Bytes opened;
        REQUIRE(sender.seal(sealed, 0));
        REQUIRE(receiver.open(sealed, opened));
        CHECK(opened == Bytes{42});
        Bytes next{43};
        CHECK_FALSE(sender.seal(next, 0));
        CHECK_FALSE(sender.seal(next, 0));
        CHECK(next == Bytes{43});
        CHECK_FALSE(receiver.open(sealed, opened));
        // What rekey makes with the last nonce is never a message: 32 zeros under key 05 00 …
        CipherState tempted;
        tempted.set_key(std::array<std::uint8_t, 32>{5});
        tempted.set_nonce(~std::uint64_t{0});
        CHECK_FALSE(tempted.open(from_hex(kSealedUnderLastNonce).value(), opened));
    }
    TEST_CASE("a failed opening leaves counter and output as they were") {
        const std::array<std::uint8_t, 32> key{7};
        CipherState sender;
        CipherState receiver;
        sender.set_key(key);
        receiver.set_key(key);
        Bytes sealed{1, 2, 3};
        REQUIRE(sender.seal(sealed, 0));
        Bytes bad = sealed;
        bad[1] ^= 1U;
        Bytes opened{9};
        CHECK_FALSE(receiver.open(bad, opened));
        CHECK(opened == Bytes{9});
        CHECK(receiver.nonce() == 0);
        CHECK(receiver.open(sealed, opened));
        CHECK(opened == Bytes{9, 1, 2, 3});
    }
    TEST_CASE("rekey is the specification's: 32 zero bytes sealed under the last nonce") {
        const std::array<std::uint8_t, 32> key{5};
        CipherState rekeyed;
        rekeyed.set_key(key);
        rekeyed.rekey();
        CipherState expected;
        const auto known = from_hex(std::string_view(kSealedUnderLastNonce).substr(0, 64)).value();
        expected.set_key(std::span<const std::uint8_t, 32>(known));
        Bytes one{1};
        Bytes two{1};
        REQUIRE(rekeyed.seal(one, 0));
        REQUIRE(expected.seal(two, 0));
        CHECK(one == two);
    }
    TEST_CASE("low-order keys of a peer are refused") {
        crypto::SeededRandom random(3);
        const auto server = crypto::make_key_pair(random);
        const auto device = crypto::make_key_pair(random);
        Bytes message;
        auto fooled = xk_initiator({}, device, PublicKey{}, random);
        CHECK_FALSE(fooled.write({}, message));
        CHECK_FALSE(fooled.write({}, message));
        auto responder = xk_responder({}, server, random);
        CHECK_FALSE(responder.read(Bytes(48)).has_value());
        CHECK_FALSE(responder.read(Bytes(48)).has_value());
    }
}
