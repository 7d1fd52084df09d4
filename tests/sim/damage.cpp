// Disks that do not keep what they were given: one that only pretends to sync, one on which a bit
// falls over; and bytes from the wire played again by a stranger. Told as such, or without effect:
// never taken for data.
#include <algorithm>

#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::size_t kPage = 4096;
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

void World::lie_about_sync(std::uint32_t laptop, std::int64_t until) {
    auto& machine = *laptops[laptop];
    if (!machine.is_open() || machine.wiped || machine.doubtful || machine.disk.lies_about_sync)
        return;
    keep_disk(laptop);
    machine.disk.disk.settle();
    machine.disk.lies_about_sync = true;
    at(until, [this, laptop] {
        auto& then = *laptops[laptop];
        if (!std::exchange(then.disk.lies_about_sync, false)) return;
        // The power goes, and all that was reported as written with it: the disk as it was kept.
        ++counts.crashes;
        put_back(laptop);
    });
}

void World::flip_bit(std::uint32_t laptop, Dice& dice) {
    auto& machine = *laptops[laptop];
    if (!machine.is_open() || machine.wiped || machine.doubtful) return;
    const auto file = machine.disk.disk.names.find(machine.paths.database);
    if (file == machine.disk.disk.names.end() || file->second->live.size() < 2 * kPage) return;
    restart_laptop(laptop);  // nothing of it is in memory any more
    machine.close();
    Bytes& live = file->second->live;
    Flip flip{.at = kPage * dice.below(live.size() / kPage), .good = {}, .bad = {}};
    const auto from = live.begin() + static_cast<std::ptrdiff_t>(flip.at);
    flip.good.assign(from, from + kPage);
    flip.bad = flip.good;
    flip.bad[dice.below(kPage)] ^= static_cast<std::uint8_t>(1U << dice.below(8));
    for (Bytes* each : {&live, &file->second->durable}) put_at(*each, flip.at, flip.good, flip.bad);
    flips_[laptop] = std::move(flip);
    machine.looked_at.clear();
    machine.doubtful = true;
    ++counts.flips;
    at(now() + dice.between(1, 300) * kMinute, [this, laptop] { mend_flip(laptop); });
    boot_laptop(laptop);
}

void World::mend_flip(std::uint32_t laptop) {
    const auto flip = flips_.find(laptop);
    if (flip == flips_.end()) return;
    auto& machine = *laptops[laptop];
    // What is read of it is right or nothing.
    if (machine.is_open()) {
        try {
            check_words(*this, laptop);
        } catch (const std::exception&) {
            ++counts.flips_told;
        }
    } else {
        ++counts.flips_told;
    }
    for (auto& each : connections) {
        if (each->laptop == laptop) hang_up(each);
    }
    machine.close();
    const auto file = machine.disk.disk.names.find(machine.paths.database);
    if (file != machine.disk.disk.names.end()) {
        for (Bytes* each : {&file->second->live, &file->second->durable})
            put_at(*each, flip->second.at, flip->second.bad, flip->second.good);
    }
    flips_.erase(flip);
    machine.looked_at.clear();
    machine.doubtful = false;
    boot_laptop(laptop);
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
    protocol::Link far(
        protocol::Channel::server({protocol::server_instance(office.keys().instance),
                                   {{protocol::Purpose::Sync, &office.keys().channel}}},
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
