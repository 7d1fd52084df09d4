// Bytes between the engines: late, in order, cut at any byte. What the loops of both programs do
// with messages, errors and the end of a connection is done here in the same way.
#include "tests/sim/network.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/compress.hpp"
#include "protocol/refusals.hpp"

#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

using Shared = std::shared_ptr<Connection>;
using Messages = std::vector<protocol::Message>;

constexpr std::int64_t kIdle = 90'000;
constexpr std::size_t kSessionsPerDevice = 2;

/// The key this laptop knows; of an office that was set back to before its key was changed, that of
/// an invite.
protocol::PublicKey key_called_by(LaptopMachine& machine, World& world) {
    const auto known = machine.store().meta.identity()->server_key;
    const auto offers = server::channel_offers(world.office.keys());
    const bool is_good = std::ranges::any_of(
        offers, [&](const protocol::Offer& offer) { return offer.keys->public_key == known; });
    return is_good || !world.restored ? known : world.office.keys().channel.public_key;
}

void to_laptop(World& world, const Shared& connection, const Bytes& bytes);
void to_office(World& world, const Shared& connection, const Bytes& bytes);
void laptop_left(World& world, const Shared& connection);
void office_left(World& world, const Shared& connection);

std::int64_t delay(World& world) {
    return world.calm || world.calm_network ? 1 : world.net.between(1, world.plan.net.delay_max_ms);
}

/// Neither side hears anything any more; each learns it in its own time, a half-open one late.
void break_line(World& world, const Shared& connection) {
    ++world.counts.cuts;
    connection->up.cut_at = std::min(connection->up.cut_at, connection->up.sent);
    connection->down.cut_at = std::min(connection->down.cut_at, connection->down.sent);
    const std::int64_t late = connection->half_open ? kIdle : 5;
    const bool office_first = world.net.chance(500);
    world.at(world.now() + (office_first ? 5 : late),
             [&world, connection] { office_left(world, connection); });
    world.at(world.now() + (office_first ? late : 5),
             [&world, connection] { laptop_left(world, connection); });
}

/// Puts bytes on the way; those behind the cut are lost, and the line with them.
void carry(World& world, const Shared& connection, Way& way, Bytes bytes, bool up) {
    if (bytes.empty() || way.sent >= way.cut_at) return;
    const std::uint64_t before = way.sent;
    way.sent += bytes.size();
    const bool cut = way.sent > way.cut_at;
    if (cut) {
        // Through the real channel a part of the bytes arrives; a message alone comes whole or
        // not at all.
        bytes.resize(connection->near ? way.cut_at - before : 0);
    }
    way.last_at = std::max(way.last_at, world.now() + delay(world));
    if (!bytes.empty()) {
        world.at(way.last_at, [&world, connection, moved = std::move(bytes), up] {
            up ? to_office(world, connection, moved) : to_laptop(world, connection, moved);
        });
    }
    if (cut) break_line(world, connection);
}

std::string described_entries(const Bytes& compressed) {
    protocol::Decompressor decompressor;
    const auto plain = decompressor.decompress(compressed);
    const auto entries = plain ? protocol::decode_entries(*plain) : fail(protocol::kUnknownMessage);
    std::string words;
    for (const auto& each : entries.value_or(std::vector<protocol::FacetEntry>{}))
        words += "\n      " + to_text(each.record) + " kind " + std::to_string(each.kind) +
                 " facet " + std::to_string(int{each.facet}) +
                 (each.present ? " fv " + std::to_string(each.fv.value) : " gone");
    return words;
}

std::string described(const Bytes& encoded) {
    std::string words = "message " + std::to_string(int{encoded.front()});
    const auto message = protocol::decode(encoded);
    if (!message) return words;
    if (const auto* push = std::get_if<protocol::Push>(&*message)) {
        for (const auto& each : push->changesets) words += " " + std::to_string(each.oseq);
    }
    if (const auto* answer = std::get_if<protocol::Verdicts>(&*message)) {
        for (const auto& each : answer->changesets) {
            words += " " + std::to_string(each.oseq) + ":";
            for (const auto& verdict : each.verdicts)
                words += std::to_string(static_cast<int>(verdict.kind)) + verdict.reason;
        }
    }
    if (const auto* policy = std::get_if<protocol::Policy>(&*message)) {
        for (const auto& scope : policy->held) words += " " + std::to_string(int{scope.sort});
        for (const auto& scope : policy->lost) words += " -" + std::to_string(int{scope.sort});
    }
    if (const auto* batch = std::get_if<protocol::Batch>(&*message)) {
        words += " scope " + std::to_string(int{batch->scope.sort}) + " to " +
                 std::to_string(batch->to.value);
        words += described_entries(batch->entries);
    }
    if (const auto* compare = std::get_if<protocol::Compare>(&*message))
        words += " scope " + std::to_string(int{compare->scope.sort});
    if (const auto* fetched = std::get_if<protocol::Fetched>(&*message))
        words += described_entries(fetched->entries);
    if (const auto* welcome = std::get_if<protocol::Welcome>(&*message))
        words += " applied " + std::to_string(welcome->applied_oseq) + " epoch " +
                 std::to_string(welcome->device_epoch);
    if (const auto* known = std::get_if<protocol::Known>(&*message))
        words += " known " + std::to_string(known->oseq);
    if (const auto* branch = std::get_if<protocol::Branch>(&*message))
        words += " from " + std::to_string(branch->from.oseq);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&*message)) words += refusal->fault;
    return words;
}

void note_message(World& world, const Connection& connection, const Bytes& encoded, bool up) {
    ++world.counts.messages;
    if (world.told) {
        world.tell(connection.laptop, std::string(up ? "-> " : "<- ") + described(encoded));
    }
    Bytes line{static_cast<std::uint8_t>(up ? 1 : 0)};
    append_le(line, static_cast<std::uint64_t>(world.now()));
    append_le(line, connection.number);
    append(line, encoded);
    world.mix(line);
    if (connection.laptop == world.observed) {
        world.transcript.push_back({static_cast<std::uint8_t>(up ? 1 : 0)});
        append(world.transcript.back(), encoded);
    }
}

void say(World& world, const Shared& connection, const Messages& messages, bool up) {
    Way& way = up ? connection->up : connection->down;
    for (const auto& message : messages) {
        note_message(world, *connection, protocol::encode(message), up);
        if (!up) check_said(world, connection->laptop, message);
    }
    if (connection->near) {
        Bytes out;
        auto& end = up ? *connection->near : *connection->far;
        if (end.send(messages, out)) carry(world, connection, way, std::move(out), up);
        return;
    }
    const bool old = world.laptops[connection->laptop]->old_program;
    const auto protocol = old ? protocol::kProtocolMax - 1 : protocol::kProtocolMax;
    for (const auto& message : messages) {
        carry(world, connection, way, protocol::encode(message, protocol), up);
    }
}

// ---- the laptop's end -----------------------------------------------------------------------

void laptop_left(World& world, const Shared& connection) {
    if (!connection->engine) return;
    connection->engine.reset();
    world.at(world.now() + delay(world), [&world, connection] { office_left(world, connection); });
}

void finish(World& world, const Shared& connection) {
    ++world.counts.finished;
    ++world.history[connection->laptop].finished;
    if (connection->engine->report().wiped) {
        world.laptops[connection->laptop]->wiped = true;
        check_wiped(world, connection->laptop);
    }
    check_image(world, connection->laptop);
    laptop_left(world, connection);
}

void hear(World& world, const Shared& connection, const protocol::Message& message) {
    if (!connection->engine || std::holds_alternative<protocol::Refusal>(message)) {
        laptop_left(world, connection);
        return;
    }
    auto& machine = *world.laptops[connection->laptop];
    const auto* policy = std::get_if<protocol::Policy>(&message);
    Facets leaving;
    if (policy != nullptr && !machine.doubtful) leaving = facets_leaving(machine, *policy);
    bool ended = false;
    world.on_laptop(connection->laptop, [&] {
        auto answers = connection->engine->on(message);
        if (answers) say(world, connection, *answers, true);
        ended = !answers || connection->engine->finished();
        if (!answers) world.mix(bytes_of(answers.error().id()));
    });
    if (!connection->engine) return;  // the machine went down
    if (!ended && !machine.doubtful) check_image(world, connection->laptop, &leaving);
    if (!ended) return;
    connection->engine->finished() ? finish(world, connection) : laptop_left(world, connection);
}

void open_session(World& world, const Shared& connection) {
    if (!connection->engine || connection->opened) return;
    connection->opened = true;
    world.on_laptop(connection->laptop, [&] {
        auto first = connection->engine->start();
        if (first) {
            auto& hello = std::get<protocol::Hello>(first->front());
            if (world.laptops[connection->laptop]->old_program)
                hello.protocol_max = protocol::kProtocolMax - 1;
            say(world, connection, *first, true);
        } else {
            laptop_left(world, connection);
        }
    });
}

void to_laptop(World& world, const Shared& connection, const Bytes& bytes) {
    if (!connection->engine) return;
    if (!connection->near) {
        if (const auto message = protocol::decode(bytes)) hear(world, connection, *message);
        return;
    }
    auto events = connection->near->feed(bytes);
    if (events.error) return laptop_left(world, connection);
    carry(world, connection, connection->up, std::move(events.to_peer), true);
    if (connection->near->is_open()) open_session(world, connection);
    for (const auto& message : events.messages) {
        if (connection->engine) hear(world, connection, message);
    }
}

// ---- the office's end -----------------------------------------------------------------------

void office_left(World& world, const Shared& connection) {
    if (!connection->session && !connection->far) return;
    connection->session.reset();
    connection->far.reset();
    world.at(world.now() + delay(world), [&world, connection] { laptop_left(world, connection); });
}

/// One unit of work of a session and what became of it. True when the session goes on.
bool work(World& world,
          const Shared& connection,
          const std::function<Result<Messages>(server::Session&)>& what) {
    Result<Messages> answers = fail(protocol::kOfficeFailed);
    world.on_office([&] {
        server::Unit unit(world.office.store());
        auto made = what(*connection->session);
        unit.commit();
        answers = std::move(made);
    });
    if (!connection->session) return false;  // the office went down
    if (answers) {
        say(world, connection, *answers, false);
        return true;
    }
    say(world, connection, {protocol::refusal_of(answers.error())}, false);
    office_left(world, connection);
    return false;
}

Result<Messages> one_more(server::Session& session) {
    auto more = session.next();
    if (!more) return pass(more);
    Messages one;
    if (*more) one.push_back(std::move(**more));
    return one;
}

/// The next batch is made when the last one is on its way; meanwhile others are served.
void stream(World& world, const Shared& connection) {
    if (!connection->session || !connection->session->is_streaming()) return;
    if (auto& waiting = world.midway[connection->laptop]; !waiting.empty()) {
        const Step step = waiting.back();
        waiting.pop_back();
        world.decide(step, connection->laptop);
        if (!connection->session) return;  // the office went down
    }
    if (!work(world, connection, one_more)) return;
    world.at(world.now() + delay(world), [&world, connection] { stream(world, connection); });
}

void serve(World& world, const Shared& connection, const protocol::Message& message) {
    if (!connection->session) return;
    const bool goes_on = work(world, connection, [&](server::Session& session) -> Result<Messages> {
        auto made = session.on(message);
        if (!made || !session.is_streaming()) return made;
        auto more = one_more(session);
        if (!more) return pass(more);
        for (auto& each : *more) made->push_back(std::move(each));
        return made;
    });
    if (!goes_on) return;
    if (const auto* chunk = std::get_if<protocol::Chunk>(&message)) check_taken(world, *chunk);
    if (connection->session->finished()) {
        office_left(world, connection);
    } else if (connection->session->is_streaming()) {
        world.at(world.now() + delay(world), [&world, connection] { stream(world, connection); });
    }
}

/// The newest win: a laptop that lost its connection must not wait for the old one to die.
void make_room(World& world, std::uint32_t laptop) {
    std::vector<Shared> same;
    const auto& device = world.laptops[laptop]->device;
    for (const auto& each : world.connections) {
        if (world.laptops[each->laptop]->device == device && each->session) same.push_back(each);
    }
    if (same.size() >= kSessionsPerDevice) office_left(world, same.front());
}

void admit(World& world, const Shared& connection) {
    if (!world.office.is_open() || !world.office_online) return;
    const auto& laptop = *world.laptops[connection->laptop];
    bool known = false;
    world.on_office([&] {
        known = world.office.looking([&](server::Store& store) {
            return store.device_by_key(laptop.keys.public_key).has_value();
        });
    });
    if (!known) return office_left(world, connection);
    make_room(world, connection->laptop);
    connection->session = std::make_shared<server::Session>(world.office.desk(), laptop.device);
}

void to_office(World& world, const Shared& connection, const Bytes& bytes) {
    if (!world.office.is_open()) return;
    if (!connection->near) {
        if (const auto message = protocol::decode(bytes)) serve(world, connection, *message);
        return;
    }
    if (!connection->far) return;
    world.record(connection->number, bytes);
    auto events = connection->far->feed(bytes);
    if (events.error) return office_left(world, connection);
    Bytes out = std::move(events.to_peer);
    if (events.agreed) {
        admit(world, connection);
        if (!connection->session) return;
        connection->far->admit(out);
    }
    carry(world, connection, connection->down, std::move(out), false);
    for (const auto& message : events.messages) serve(world, connection, message);
}

void dial(World& world, const Shared& connection) {
    if (!connection->engine || !world.office.is_open() || !world.office_online) {
        return laptop_left(world, connection);
    }
    if (!connection->near) {
        admit(world, connection);
        if (!connection->session) return laptop_left(world, connection);
        world.at(world.now() + delay(world),
                 [&world, connection] { open_session(world, connection); });
        return;
    }
    auto first = connection->near->start();
    if (first) carry(world, connection, connection->up, std::move(*first), true);
}

}  // namespace

bool World::is_talking(std::uint32_t laptop) const {
    return std::any_of(connections.begin(), connections.end(),
                       [&](const Shared& each) { return each->laptop == laptop && each->engine; });
}

void World::hang_up(const Shared& connection) {
    connection->engine.reset();
    connection->session.reset();
    connection->far.reset();
}

void World::start_session(std::uint32_t laptop) {
    auto& machine = *laptops[laptop];
    if (!machine.is_open() || machine.wiped || !machine.online || is_talking(laptop)) return;
    std::erase_if(connections, [](const Shared& each) { return !each->engine && !each->session; });
    auto connection = std::make_shared<Connection>();
    connection->number = ++counts.sessions;
    ++history[laptop].sessions;
    connection->laptop = laptop;
    static NullLog log;
    connection->engine = std::make_unique<client::Engine>(
        machine.store(), machine.clock, log,
        client::EngineOptions{.app_version = "sim", .push_bytes_max = 4096});
    if (!calm && net.chance(plan.net.cut_permille)) {
        Way& way = net.chance(500) ? connection->up : connection->down;
        way.cut_at = net.below(1ULL << net.between(6, 17));
        connection->half_open = net.chance(plan.net.half_open_permille);
    }
    if (auto& left = short_lines[laptop]; !calm && left > 0) {
        --left;
        Way& way = net.chance(500) ? connection->up : connection->down;
        way.cut_at = std::min<std::uint64_t>(way.cut_at, 20'000 + net.below(200'000));
    }
    if (plan.net.noise && office.is_open()) {
        const auto instance = protocol::server_instance(office.keys().instance);
        connection->near.emplace(protocol::Channel::client({.purpose = protocol::Purpose::Sync,
                                                            .instance = instance,
                                                            .server = key_called_by(machine, *this),
                                                            .keys = &machine.keys,
                                                            .payload = {}},
                                                           machine.random));
        connection->far.emplace(protocol::Channel::server(
            {instance, server::channel_offers(office.keys())}, office.random));
    }
    connections.push_back(connection);
    at(now() + delay(*this), [this, connection] { dial(*this, connection); });
    if (calm) return;
    // A silent office is given up.
    at(now() + 30 * 60'000, [this, connection] {
        if (connection->engine || connection->session) {
            laptop_left(*this, connection);
            office_left(*this, connection);
        }
    });
}

}  // namespace dossier::sim
