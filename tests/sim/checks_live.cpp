// What must hold at every moment: what leaves the office, what a restarted machine still has.
#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/compress.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/rights.hpp"

namespace dossier::sim {
namespace {

/// Every facet of a batch is held against the rights of this very moment.
void check_batch(World& world, std::uint32_t laptop, const protocol::Batch& batch) {
    protocol::Decompressor decompressor;
    const auto plain = decompressor.decompress(batch.entries);
    const auto entries = plain ? protocol::decode_entries(*plain) : fail(protocol::kUnknownMessage);
    if (!entries) return world.breach("I20 frames", "the office sent a batch that does not open");
    const UserId user = world.laptops[laptop]->user;
    const Instant now = world.office.office().now();
    std::vector<std::string> wrong;
    world.office.looking([&](server::Store& store) {
        Rights rights(store, now);
        for (const auto& entry : *entries) {
            ++world.counts.frames_checked;
            const auto facet = static_cast<catalog::Facet>(entry.facet);
            const auto* kind = catalog::find_kind(entry.kind);
            if (!entry.present || rights.may_hold(user, entry.record, facet)) continue;
            wrong.push_back((kind == nullptr ? std::string("?") : std::string(kind->name)) + " " +
                            to_text(entry.record) + " facet " + std::to_string(entry.facet) +
                            " by scope " + std::to_string(batch.scope.sort));
        }
        return true;
    });
    for (auto& each : wrong) world.breach("I7 access", named(laptop) + " was sent " + each);
}

std::uint8_t state_of(World& world, std::uint32_t laptop) {
    return world.office.looking([&](server::Store& store) {
        const auto row = store.device(world.laptops[laptop]->device);
        return row ? row->state : std::uint8_t{4};
    });
}

void note_verdicts(World& world, std::uint32_t laptop, const protocol::Verdicts& message) {
    auto& history = world.history[laptop];
    for (const auto& each : message.changesets) {
        const auto saved = history.saved.find(each.oseq);
        if (saved == history.saved.end()) {
            world.breach("I1 one verdict", named(laptop) + " got an answer to what it never sent");
            continue;
        }
        const Bytes encoded = protocol::encode_verdicts(each.verdicts);
        const auto [at, fresh] = world.answered.try_emplace(
            saved->second.head, Answer{laptop, each.oseq, encoded, saved->second.draft});
        if (!fresh && at->second.verdicts != encoded)
            world.breach("I1 one verdict", named(laptop) + " got two answers to changeset " +
                                               std::to_string(each.oseq));
        if (!fresh) continue;
        for (const auto& verdict : each.verdicts) {
            ++world.counts.verdicts[std::to_string(static_cast<int>(verdict.kind)) +
                                    (verdict.reason.empty() ? "" : " " + verdict.reason)];
        }
    }
}

/// What a device hears that is stopped: answers to what it brings, what it must give up, and why.
/// No scope, no facet, no content.
bool is_farewell(const protocol::Message& message) {
    if (const auto* policy = std::get_if<protocol::Policy>(&message))
        return policy->held.empty() && policy->gained.empty();
    if (const auto* have = std::get_if<protocol::Have>(&message)) return have->key.empty();
    return std::holds_alternative<protocol::Refusal>(message) ||
           std::holds_alternative<protocol::Welcome>(message) ||
           std::holds_alternative<protocol::Verdicts>(message) ||
           std::holds_alternative<protocol::Known>(message) ||
           std::holds_alternative<protocol::Branched>(message) ||
           std::holds_alternative<protocol::WipeNoted>(message);
}

/// The office's time never runs back; who has the wrong clock is told right.
void check_time(World& world, std::uint32_t laptop, const protocol::Welcome& welcome) {
    auto row = world.office.books().prepared(
        "SELECT max(at_ms) FROM (SELECT at_ms FROM office_audit ORDER BY seq DESC LIMIT 20)");
    if (row.step() && welcome.server_now_ms < row.number(0))
        world.breach("I15 clock", "the office's time ran back for " + named(laptop));
    if (welcome.server_now_ms > world.now())
        world.breach("I15 clock", "the office's time is yet to come");
    const auto said = [&](protocol::Command command) {
        const auto number = static_cast<std::uint8_t>(command);
        return std::ranges::find(welcome.commands, number) != welcome.commands.end();
    };
    constexpr std::int64_t kTrusted = 5 * 60'000;
    const bool wrong = world.office.clock.now().ms + kTrusted < welcome.server_now_ms;
    if (said(protocol::Command::OfficeClock) != wrong ||
        (wrong && said(protocol::Command::ConfirmClock)))
        world.breach("I15 clock", named(laptop) + " is told wrongly whose clock is off");
}

void check_message(World& world, std::uint32_t laptop, const protocol::Message& message) {
    if (!is_farewell(message)) {
        constexpr std::uint8_t kActive = 2;
        if (state_of(world, laptop) != kActive)
            world.breach("I11 revoked", named(laptop) + " is told more than its state and answers");
    }
    if (const auto* batch = std::get_if<protocol::Batch>(&message))
        check_batch(world, laptop, *batch);
    if (const auto* verdicts = std::get_if<protocol::Verdicts>(&message))
        note_verdicts(world, laptop, *verdicts);
    if (const auto* checkpoint = std::get_if<protocol::Checkpoint>(&message)) {
        for (const auto& state : checkpoint->scopes) {
            auto& known = world.scope_heads[{state.scope.sort, state.scope.of}];
            if (state.sseq.value < known) world.breach("I6 cursors", "a scope's number went back");
            known = state.sseq.value;
        }
    }
    if (const auto* welcome = std::get_if<protocol::Welcome>(&message))
        check_time(world, laptop, *welcome);
    if (std::holds_alternative<protocol::Policy>(message)) note_policy(world, laptop);
}

}  // namespace

void check_said(World& world, std::uint32_t laptop, const protocol::Message& message) {
    if (!world.office.is_open()) return;
    try {
        check_message(world, laptop, message);
    } catch (const std::exception&) {
        // Where a bit fell over the rights to hold it against cannot always be read.
        if (!world.office.doubtful) throw;
    }
}

void check_saved(World& world, std::uint32_t laptop, std::uint64_t oseq) {
    auto& saved = world.history[laptop].saved[oseq];
    auto row = world.laptops[laptop]->store().connection().prepared(
        "SELECT body, verdicts, sealed, hash FROM outbox WHERE oseq=?1");
    if (!row.bind(oseq).step())
        return world.breach("I2 outbox", named(laptop) + " has not kept what it just saved");
    saved.head = row.fixed<32>(3);
    check_frozen(world, laptop, saved, row);
}

void check_reopened(World& world, std::uint32_t laptop) {
    auto& db = world.laptops[laptop]->store().connection();
    auto& saved = world.history[laptop].saved;
    for (auto at = saved.begin(); at != saved.end();) {
        auto row = db.prepared("SELECT body, verdicts, sealed, hash FROM outbox WHERE oseq=?1");
        const bool there = row.bind(at->first).step() && (at->second.head == crypto::Digest{} ||
                                                          at->second.head == row.fixed<32>(3));
        if (!there && at->second.certain)
            world.breach("I2 outbox", named(laptop) + " lost changeset " +
                                          std::to_string(at->first) + " it had saved");
        if (!there) {
            at = saved.erase(at);
            continue;
        }
        at->second.certain = true;
        at->second.head = row.fixed<32>(3);
        check_frozen(world, laptop, at->second, row);
        ++at;
    }
}

void check_frozen(World& world, std::uint32_t laptop, Saved& saved, const sqlite::Statement& row) {
    if (row.is_null(0)) {
        if (row.is_null(1)) world.breach("I2 outbox", named(laptop) + " forgot what it never sent");
        return;
    }
    const bool sealed = row.number(2) != 0;
    const auto body = sealed ? crypto::unseal(world.office.keys().recovery, row.blob(0))
                             : std::optional(row.bytes(0));
    if (saved.body.empty() && body) saved.body = *body;
    if (!body || *body != saved.body)
        world.breach("I2 outbox", named(laptop) + " changed what it had frozen");
}

void check_office_reopened(World& world) {
    auto& db = world.office.books();
    for (const auto& [head, answer] : world.answered) {
        auto row = db.prepared("SELECT verdicts FROM office_verdict WHERE device=?1 AND head=?2");
        row.bind(world.laptops[answer.laptop]->device, head);
        if (!row.step() || row.bytes(0) != answer.verdicts)
            world.breach("I8 conserved", "the office forgot its answer to changeset " +
                                             std::to_string(answer.oseq) + " of " +
                                             named(answer.laptop));
    }
}

}  // namespace dossier::sim
