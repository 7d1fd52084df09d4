// What must hold at every moment: what leaves the office, what a restarted machine still has.
#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/compress.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/rights.hpp"

namespace dossier::sim {
namespace {

std::string named(std::uint32_t laptop) {
    return "laptop " + std::to_string(laptop);
}

/// Every facet of a batch is held against the rights of this very moment.
void check_batch(World& world, std::uint32_t laptop, const protocol::Batch& batch) {
    protocol::Decompressor decompressor;
    const auto plain = decompressor.decompress(batch.entries);
    const auto entries = plain ? protocol::decode_entries(*plain) : fail(protocol::kUnknownMessage);
    if (!entries) return world.breach("I20 frames", "the office sent a batch that does not open");
    const UserId user = world.laptops[laptop]->user;
    const Instant now = world.office.clock.now();
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
        const Bytes encoded = protocol::encode_verdicts(each.verdicts);
        const auto [at, fresh] = history.answered.try_emplace(each.oseq, encoded);
        if (!fresh && at->second != encoded)
            world.breach("I1 one verdict", named(laptop) + " got two answers to changeset " +
                                               std::to_string(each.oseq));
        if (!history.saved.contains(each.oseq))
            world.breach("I1 one verdict", named(laptop) + " got an answer to what it never sent");
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
    return std::holds_alternative<protocol::Refusal>(message) ||
           std::holds_alternative<protocol::Welcome>(message) ||
           std::holds_alternative<protocol::Verdicts>(message) ||
           std::holds_alternative<protocol::WipeNoted>(message);
}

}  // namespace

void check_said(World& world, std::uint32_t laptop, const protocol::Message& message) {
    if (!world.office.is_open()) return;
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
    if (std::holds_alternative<protocol::Policy>(message)) note_policy(world, laptop);
}

void check_reopened(World& world, std::uint32_t laptop) {
    auto& db = world.laptops[laptop]->store().connection();
    auto& saved = world.history[laptop].saved;
    for (auto at = saved.begin(); at != saved.end();) {
        auto row = db.prepared("SELECT body, verdicts FROM outbox WHERE oseq=?1");
        const bool there = row.bind(at->first).step();
        if (!there && at->second.certain)
            world.breach("I2 outbox", named(laptop) + " lost changeset " +
                                          std::to_string(at->first) + " it had saved");
        if (!there) {
            at = saved.erase(at);
            continue;
        }
        at->second.certain = true;
        const bool purged = row.is_null(0) && !row.is_null(1);
        if (at->second.body.empty()) at->second.body = row.bytes(0);
        if (!purged && row.bytes(0) != at->second.body)
            world.breach("I2 outbox", named(laptop) + " changed what it had frozen");
        ++at;
    }
}

void check_office_reopened(World& world) {
    sqlite::Connection db(world.office.peek());
    for (std::uint32_t laptop = 0; laptop < world.laptops.size(); ++laptop) {
        for (const auto& [oseq, verdicts] : world.history[laptop].answered) {
            auto row =
                db.prepared("SELECT verdicts FROM office_verdict WHERE device=?1 AND oseq=?2");
            row.bind(world.laptops[laptop]->device, oseq);
            if (!row.step() || row.bytes(0) != verdicts)
                world.breach("I8 conserved", "the office forgot its answer to changeset " +
                                                 std::to_string(oseq) + " of " + named(laptop));
        }
    }
}

}  // namespace dossier::sim
