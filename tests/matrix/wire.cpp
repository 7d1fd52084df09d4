#include "tests/matrix/wire.hpp"

#include <doctest/doctest.h>

#include "protocol/codec.hpp"
#include "protocol/compress.hpp"
#include "protocol/refusals.hpp"

namespace dossier::test {
namespace {

using protocol::Message;
using server::Unit;

server::OfficeKeys keys_of(PeopledOffice& office) {
    Unit unit(*office.store);
    return std::move(*server::load_office_keys(*office.store));
}

}  // namespace

Wire::Wire(PeopledOffice& office, const UserId& user, protocol::DeviceState state)
    : office_(office),
      keys_(keys_of(office)),
      own_(crypto::make_key_pair(office.random)),
      user_(user) {
    row = office.device(user, state, own_.public_key);
}

void Wire::connect() {
    using namespace protocol;
    const auto instance = server_instance(keys_.instance);
    laptop_.emplace(Channel::client({Purpose::Sync, instance, keys_.channel.public_key, &own_, {}},
                                    office_.random));
    door_.emplace(Channel::server({instance, {{Purpose::Sync, &keys_.channel}}}, office_.random));
    session_ = std::make_unique<server::Session>(server::SyncDesk{office_.office, keys_, batches_},
                                                 row.device);
    const auto first = laptop_->start();
    REQUIRE(first.has_value());
    pump(*first);
    REQUIRE(laptop_->is_open());
}

std::vector<Message> Wire::say(const Message& message, Keep keep) {
    fate_ = "ok";
    Bytes out;
    REQUIRE(laptop_->send(std::span(&message, 1), out));
    Unit unit(*office_.store);
    auto answers = pump(out);
    if (keep == Keep::Yes) unit.commit();
    return answers;
}

/// Both ends until nothing moves any more.
std::vector<Message> Wire::pump(const Bytes& to_office) {
    std::vector<Message> heard;
    Bytes up = to_office;
    while (!up.empty()) {
        auto arrived = door_->feed(up);
        up.clear();
        REQUIRE(!arrived.error);
        Bytes down = std::move(arrived.to_peer);
        if (arrived.agreed) {
            REQUIRE(door_->peer_key() == own_.public_key);
            door_->admit(down);
        }
        for (const Message& message : arrived.messages) answer(message, down);
        auto events = laptop_->feed(down);
        REQUIRE(!events.error);
        up = std::move(events.to_peer);
        for (Message& message : events.messages) {
            if (const auto* refusal = std::get_if<protocol::Refusal>(&message))
                fate_ = refusal->fault;
            heard.push_back(std::move(message));
        }
    }
    return heard;
}

void Wire::answer(const Message& message, Bytes& to_laptop) {
    const auto send = [&](const std::vector<Message>& messages) {
        REQUIRE(door_->send(messages, to_laptop));
    };
    auto made = session_->on(message);
    if (!made) return send({protocol::refusal_of(made.error())});
    send(*made);
    while (session_->is_streaming()) {
        auto more = session_->next();
        if (!more) return send({protocol::refusal_of(more.error())});
        if (*more) send({std::move(**more)});
    }
}

protocol::Hello Wire::hello(std::uint64_t unsent) const {
    protocol::Hello hello{.schema = catalog::schema_version(),
                          .device_now_ms = office_.clock.now().ms};
    hello.outbox_last = unsent;
    hello.unsent = unsent;
    return hello;
}

std::vector<Message> Wire::pull() {
    connect();
    return say(hello());
}

std::vector<merge::Verdict> Wire::try_ops(const std::vector<merge::Op>& ops,
                                          std::string_view source,
                                          const UserId& author,
                                          Instant written) {
    connect();
    say(hello(ops.size()));
    REQUIRE(fate() == "ok");
    protocol::Push push;
    crypto::Digest head{};
    for (const merge::Op& op : ops) {
        const merge::Changeset changeset{
            .author = author.is_none() ? user_ : author,
            .claimed_at = written.ms == 0 ? office_.clock.now() : written,
            .schema = catalog::schema_version(),
            .source = std::string(source),
            .ops = {op}};
        push.changesets.push_back(
            {push.changesets.size() + 1, head, protocol::encode_changeset(changeset)});
        head = protocol::chain(head, push.changesets.back().oseq, push.changesets.back().body);
    }
    std::vector<merge::Verdict> verdicts;
    for (const Message& message : say(push, Keep::No)) {
        const auto* told = std::get_if<protocol::Verdicts>(&message);
        if (told == nullptr) continue;
        for (const auto& each : told->changesets) verdicts.push_back(each.verdicts.front());
    }
    CHECK(fate() == "ok");
    REQUIRE(verdicts.size() == ops.size());
    return verdicts;
}

std::vector<protocol::FacetEntry> entries_in(const std::vector<Message>& messages) {
    std::vector<protocol::FacetEntry> present;
    const auto add = [&](const Bytes& compressed) {
        const auto plain = protocol::Decompressor().decompress(compressed);
        REQUIRE(plain.has_value());
        auto entries = protocol::decode_entries(*plain);
        REQUIRE(entries.has_value());
        for (auto& entry : *entries) {
            if (entry.present) present.push_back(std::move(entry));
        }
    };
    for (const Message& message : messages) {
        if (const auto* batch = std::get_if<protocol::Batch>(&message)) add(batch->entries);
        if (const auto* one = std::get_if<protocol::Fetched>(&message)) add(one->entries);
    }
    return present;
}

}  // namespace dossier::test
