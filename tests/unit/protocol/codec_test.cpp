// Messages and their bytes: golden, round trip, refused when another encoding says the same.

#include <set>

#include <doctest/doctest.h>

#include "protocol/archive.hpp"
#include "protocol/link.hpp"
#include "protocol/transport.hpp"

#include "tests/unit/protocol/codec_samples.hpp"

namespace dossier::protocol::testing {
namespace {

#include "tests/unit/protocol/codec_golden.inc"

std::string_view golden(std::string_view name) {
    for (const auto& [known, hex] : kGolden) {
        if (known == name) return hex;
    }
    return "";
}

void check_golden(std::string_view name, const Bytes& bytes) {
    CAPTURE(name);
    CHECK(to_hex(bytes) == golden(name));
}

}  // namespace

TEST_SUITE("protocol/codec") {
    TEST_CASE("every message has the bytes it always had, and its own number") {
        for (const auto& [name, message] : samples()) {
            const Bytes bytes = encode(message);
            const auto again = decode(bytes);
            REQUIRE(again.has_value());
            CHECK(again->index() == message.index());
            CHECK(encode(*again) == bytes);
        }
        std::set<std::size_t> kinds;
        for (const auto& sample : samples()) kinds.insert(sample.second.index());
        CHECK(kinds.size() == std::variant_size_v<Message>);
        for (const auto& [name, bytes] : spoken_samples()) check_golden(name, bytes);
    }
    TEST_CASE("a peer of an older protocol hears the words it knows, and is understood") {
        for (const auto& [name, message] : samples()) {
            for (auto spoken = spoken_since(message); spoken <= kProtocolMax; ++spoken) {
                CAPTURE(name);
                const Bytes bytes = encode(message, spoken);
                const auto again = decode(bytes);
                REQUIRE(again.has_value());
                CHECK(encode(*again, spoken) == bytes);
            }
        }
        const auto old = decode(encode(Welcome{.device_epoch = 3}, 1));
        REQUIRE(old.has_value());
        CHECK(std::get<Welcome>(*old).device_epoch == 1);
    }
    TEST_CASE("only an entry that is there can be sealed") {
        const Message push = Push{{{8, {}, {1}, true}, {9, {}, {2}}}, false};
        const auto again = decode(encode(push));
        REQUIRE(again.has_value());
        CHECK(std::get<Push>(*again).changesets[0].sealed);
        CHECK_FALSE(std::get<Push>(*again).changesets[1].sealed);
        Bytes bytes = encode(push);
        bytes.back() = 7;
        CHECK_FALSE(decode(bytes).has_value());
    }
    TEST_CASE("changesets, verdicts and entries have the bytes they always had") {
        check_golden("a changeset", encode_changeset(some_changeset()));
        check_golden("kept verdicts", encode_verdicts(some_verdicts()));
        check_golden("entries", encode_entries(some_entries()));
    }
    TEST_CASE("a changeset keeps its empty values and operations of the future") {
        const auto again = decode_changeset(encode_changeset(some_changeset()));
        REQUIRE(again.has_value());
        CHECK(*again == some_changeset());
        CHECK(is_empty(again->ops[0].fields[0].value));
        CHECK(again->ops[2].kind == merge::OpKind{9});
        CHECK(decode_verdicts(encode_verdicts(some_verdicts())).value() == some_verdicts());
    }
    TEST_CASE("entries follow one another without a head") {
        const auto entries = some_entries();
        Bytes one_by_one;
        for (const auto& entry : entries) append_entry(one_by_one, entry);
        CHECK(one_by_one == encode_entries(entries));
        const auto again = decode_entries(one_by_one);
        REQUIRE(again.has_value());
        REQUIRE(again->size() == 2);
        CHECK((*again)[0].content == Bytes{1, 2, 3});
        CHECK((*again)[0].fv.value == 300);
        CHECK_FALSE((*again)[1].present);
        CHECK(decode_entries({}).value().empty());
        for (std::size_t cut = 1; cut < one_by_one.size(); ++cut) {
            const auto part = decode_entries(ByteView(one_by_one).first(cut));
            if (part) CHECK(encode_entries(*part).size() == cut);
        }
    }
    TEST_CASE("what no encoder writes is refused") {
        CHECK_FALSE(decode({}).has_value());
        const auto unknown = decode(Bytes{99, 1});
        REQUIRE_FALSE(unknown.has_value());
        CHECK(unknown.error().is(kUnknownMessage));
        CHECK(decode(Bytes{12, 3, 0, 0, 0}).error().is(kNewerMessage));
        const auto newer = decode(Bytes{30, 3, 0, 0, 0});
        REQUIRE_FALSE(newer.has_value());
        CHECK(newer.error().is(kNewerMessage));
        auto changeset = some_changeset();
        std::swap(changeset.ops[0].fields[0], changeset.ops[0].fields[1]);
        CHECK_FALSE(decode_changeset(encode_changeset(changeset)).has_value());
        changeset = some_changeset();
        changeset.ops.resize(kChangesetOpsMax + 1);
        CHECK_FALSE(decode_changeset(encode_changeset(changeset)).has_value());
        // A second version that names nothing sealed, or an entry that is not there.
        CHECK_FALSE(decode(Bytes{12, 2, 0, 1, 0}).has_value());
        CHECK_FALSE(decode(Bytes{12, 2, 0, 1, 1, 9}).has_value());
        Push push;
        push.changesets.push_back({1, {}, Bytes(kChangesetBytesMax + 1)});
        CHECK_FALSE(decode(encode(Message{push})).has_value());
        push.changesets.front().sealed = true;
        CHECK(decode(encode(Message{push})).has_value());
        push = {};
        push.changesets.resize(kPushChangesetsMax + 1);
        CHECK_FALSE(decode(encode(Message{push})).has_value());
        CHECK_FALSE(decode(Bytes(kMessageBytesMax + 1, 12)).has_value());
    }
    TEST_CASE("the chain depends on everything before") {
        const Digest zero{};
        const Bytes body{1, 2, 3};
        CHECK(chain(zero, 1, body) != chain(zero, 2, body));
        CHECK(chain(chain(zero, 1, body), 2, body) != chain(zero, 2, body));
        CHECK(to_hex(chain(zero, 1, body)) == golden("chain"));
    }
}

}  // namespace dossier::protocol::testing
