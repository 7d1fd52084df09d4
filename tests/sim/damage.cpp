// Disks that do not keep what they were given: one that only pretends to sync, one on which a bit
// falls over; and bytes from the wire played again by a stranger. Told as such, or without effect:
// never taken for data.
#include <algorithm>

#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

constexpr std::size_t kRecordingsMax = 8;

bool stands_at(const Bytes& file, std::size_t at, const Bytes& page) {
    return file.size() >= at + page.size() &&
           std::equal(page.begin(), page.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

void put_at(Bytes& file, std::size_t at, const Bytes& from, const Bytes& to) {
    // Written over meanwhile: then there is nothing to mend.
    if (stands_at(file, at, from))
        std::copy(to.begin(), to.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

Machine& World::machine_of(std::uint32_t who) {
    return who == kOffice ? static_cast<Machine&>(office) : *laptops[who];
}

bool World::may_be_damaged(std::uint32_t who) {
    if (machine_of(who).doubtful) return false;
    return who == kOffice ? office.is_open() : laptops[who]->is_open() && !laptops[who]->wiped;
}

void World::lie_about_sync(std::uint32_t who, std::int64_t until) {
    Machine& machine = machine_of(who);
    if (!may_be_damaged(who) || machine.disk.lies_about_sync) return;
    if (who == kOffice)
        before_lies_ = as_it_is();
    else
        keep_disk(who);
    machine.disk.disk.settle();
    machine.disk.lies_about_sync = true;
    at(until, [this, who] {
        if (!machine_of(who).disk.lies_about_sync) return;
        // The power goes, and all that was reported as written with it: the disk as it was kept.
        who == kOffice ? crash_office() : crash_laptop(who);
    });
}

void World::flip_bit(std::uint32_t who, Dice& dice) {
    Machine& machine = machine_of(who);
    const auto file = machine.disk.disk.names.find(machine.paths.database);
    if (!may_be_damaged(who) || file == machine.disk.disk.names.end() ||
        file->second->live.size() < 2 * kPage)
        return;
    restart(who);  // nothing of it is in memory any more
    shut(who);
    Bytes& live = file->second->live;
    Flip flip{.at = kPage * dice.below(live.size() / kPage), .good = {}, .bad = {}};
    const auto from = live.begin() + static_cast<std::ptrdiff_t>(flip.at);
    flip.good.assign(from, from + kPage);
    flip.bad = flip.good;
    flip.bad[dice.below(kPage)] ^= static_cast<std::uint8_t>(1U << dice.below(8));
    flip.healed_by_backup = who == kOffice && dice.chance(500);
    for (Bytes* each : {&live, &file->second->durable}) put_at(*each, flip.at, flip.good, flip.bad);
    flips_[who] = std::move(flip);
    machine.doubtful = true;
    ++counts.flips;
    at(now() + dice.between(1, 300) * kMinute, [this, who] { mend_flip(who); });
    boot(who);
}

bool World::reads_sense(std::uint32_t who) {
    const bool is_open = who == kOffice ? office.is_open() : laptops[who]->is_open();
    if (!is_open) return false;
    try {
        check_words(*this, who);
    } catch (const std::exception&) {
        return false;
    }
    return true;
}

void World::mend_flip(std::uint32_t who) {
    const auto flip = flips_.find(who);
    if (flip == flips_.end()) return;
    Machine& machine = machine_of(who);
    // What is read of it is right or nothing.
    if (!reads_sense(who)) ++counts.flips_told;
    if (flip->second.healed_by_backup && backup_) return restore_office();
    for (auto& each : connections) {
        if (who == kOffice || each->laptop == who) hang_up(each);
    }
    shut(who);
    const auto file = machine.disk.disk.names.find(machine.paths.database);
    if (file != machine.disk.disk.names.end()) {
        for (Bytes* each : {&file->second->live, &file->second->durable})
            put_at(*each, flip->second.at, flip->second.bad, flip->second.good);
    }
    flips_.erase(flip);
    machine.doubtful = false;
    boot(who);
}

bool World::boot(std::uint32_t who) {
    return who == kOffice ? boot_office() : boot_laptop(who);
}

void World::restart(std::uint32_t who) {
    who == kOffice ? restart_office() : restart_laptop(who);
}

void World::shut(std::uint32_t who) {
    if (who == kOffice) return office.close();
    laptops[who]->close();
    laptops[who]->looked_at.clear();
}

void World::record(std::uint64_t connection, ByteView bytes) {
    auto& kept = recordings_[connection];
    append(kept, bytes);
    if (recordings_.size() > kRecordingsMax) recordings_.erase(recordings_.begin());
}

void World::replay(Dice& dice) {
    if (recordings_.empty() || !office.is_open()) return;
    auto chosen = recordings_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(dice.below(recordings_.size())));
    protocol::Link far(protocol::Channel::server(
        {protocol::server_instance(office.keys().instance), server::channel_offers(office.keys())},
        office.random));
    ByteView left = chosen->second;
    bool closed = false;
    while (!left.empty() && !closed) {
        const auto piece = left.first(std::min<std::size_t>(left.size(), 1 + dice.below(400)));
        left = left.subspan(piece.size());
        const auto events = far.feed(piece);
        closed = events.error.has_value();
        if (events.agreed || !events.messages.empty())
            breach("I20 replayed", "the office took a session for a new one");
    }
    ++counts.replays;
}

}  // namespace dossier::sim
