// Bundles of messages as a hostile peer would fill them, in either direction.
#include "protocol/link.hpp"

#include "common/base/varint.hpp"

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "protocol/refusals.hpp"

#include "tests/unit/protocol/allocations.hpp"
#include "tests/unit/protocol/pair.hpp"

namespace dossier::protocol::testing {
namespace {

Bytes bundle_of(std::size_t count, const Message& message) {
    const Bytes encoded = encode(message);
    Bytes bundle;
    for (std::size_t i = 0; i < count; ++i) {
        append_varint(bundle, encoded.size());
        append(bundle, encoded);
    }
    return bundle;
}

/// What the other side makes of one channel message of `by`.
LinkEvents heard(Channel& by, Channel& to, const Bytes& bundle) {
    Link link(std::move(to));
    return link.feed(Pair::sealed(by, bundle));
}

void check_refused(const LinkEvents& events, const Fault& fault) {
    REQUIRE(events.error.has_value());
    CHECK(events.error->is(fault));
}

}  // namespace

TEST_SUITE("protocol/link") {
    TEST_CASE("millions of tiny messages in one are refused, by either side, for little memory") {
        const Bytes bundle = bundle_of((kMessageBytesMax - 1) / 3, WipeNoted{});
        for (const bool to_office : {true, false}) {
            Pair pair;
            pair.open();
            Channel& by = to_office ? pair.client : pair.server;
            Channel& to = to_office ? pair.server : pair.client;
            const Bytes sealed = Pair::sealed(by, bundle);
            Link link(std::move(to));
            const auto before = allocated_bytes();
            check_refused(link.feed(sealed), kBundleOversized);
            // The message itself, grown in steps, and next to nothing else.
            CHECK(allocated_bytes() - before < 3 * kMessageBytesMax);
        }
    }
    TEST_CASE("of messages that share a bundle there are so many, also where it is short") {
        Pair most;
        most.open();
        const auto all =
            heard(most.client, most.server, bundle_of(kBundleMessagesMax, WipeNoted{}));
        CHECK_FALSE(all.error.has_value());
        CHECK(all.messages.size() == kBundleMessagesMax);
        Pair one_more;
        one_more.open();
        check_refused(
            heard(one_more.client, one_more.server, bundle_of(kBundleMessagesMax + 1, WipeNoted{})),
            kBundleOversized);
    }
    TEST_CASE("what is longer than a frame travels alone") {
        const Batch batch{.scope = {}, .to = {1}, .count = 1, .entries = Bytes(kBundleBytesMax)};
        Pair alone;
        alone.open();
        CHECK(heard(alone.server, alone.client, bundle_of(1, batch)).messages.size() == 1);
        Pair two;
        two.open();
        check_refused(heard(two.server, two.client, bundle_of(2, batch)), kBundleOversized);
    }
    TEST_CASE("a sender keeps to what a receiver takes, whatever it is given at once") {
        const std::vector<Message> many(3 * kBundleMessagesMax + 1, WipeNoted{});
        std::vector<Message> long_ones(5, Refusal{"sync.gap", {std::string(kProseBytesMax, 'x')}});
        for (const auto& messages : {many, long_ones}) {
            Pair pair;
            pair.open();
            Link office(std::move(pair.server));
            Link laptop(std::move(pair.client));
            Bytes out;
            REQUIRE(office.send(messages, out).has_value());
            const auto heard = laptop.feed(out);
            CHECK_FALSE(heard.error.has_value());
            CHECK(heard.messages.size() == messages.size());
        }
    }
    TEST_CASE("whoever enrols says one frame, and no more is kept of him") {
        const Message longest = Enrol{.device_name = std::string(kNameBytesMax, 'x'),
                                      .app_version = std::string(kNameBytesMax, 'x')};
        Pair honest(Purpose::Enrol);
        honest.open();
        CHECK(heard(honest.client, honest.server, bundle_of(1, longest)).messages.size() == 1);
        Pair babbling(Purpose::Enrol);
        babbling.open();
        Link office(std::move(babbling.server));
        const Bytes sealed = Pair::sealed(babbling.client, Bytes(kMessageBytesMax));
        check_refused(office.feed(ByteView(sealed).first(2)), kFrameLength);
        CHECK(office.held_bytes() <= kStrangerFrameBytesMax);
    }
}

}  // namespace dossier::protocol::testing
