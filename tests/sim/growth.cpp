#include "tests/sim/growth.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <malloc.h>
#include <sqlite3.h>
#include <unistd.h>

#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

constexpr std::int64_t kHalfHour = 30 * 60'000;
constexpr std::uint32_t kStepsInHalfHour = 240;
constexpr std::uint32_t kLaptops = 4;
/// A step that is no step: here it is measured.
constexpr std::uint64_t kMeasure = 0x6D6561737572;

/// After these hours everything that fills once is full.
constexpr std::uint32_t kWarmHours = 3;
/// Books grow with the work, as the table of page versions does. A kilobyte left behind by every
/// session is more.
constexpr std::int64_t kHeapGrowthMax = 768 * 1024;
/// What the world remembers of a value somebody wrote: a node of a map.
constexpr std::int64_t kWrittenBytes = 112;
/// What the allocator cannot give back for what lies between differs from machine to machine.
constexpr std::int64_t kResidentGrowthMax = 16 * 1024 * 1024;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsOurs = false;  // what is freed stays with the sanitizer
#else
constexpr bool kMemoryIsOurs = true;
#endif

// Everyday work and everything that goes wrong without throwing a whole program away too often.
constexpr std::array kWork{
    Verb::Sync,        Verb::Sync,       Verb::Sync,       Verb::Sync,      Verb::Sync,
    Verb::Sync,        Verb::Sync,       Verb::Sync,       Verb::Sync,      Verb::Sync,
    Verb::EditAddress, Verb::EditVisit,  Verb::Visit,      Verb::Search,    Verb::EditCustomer,
    Verb::EditContact, Verb::NewContact, Verb::Attach,     Verb::WorkLog,   Verb::ReadTray,
    Verb::OfficeEdit,  Verb::OfficeEdit, Verb::Verify,     Verb::Rule,      Verb::Transfer,
    Verb::Nightly,     Verb::DiskError,  Verb::DiskFree,   Verb::ClockJump, Verb::Replay,
    Verb::NetDown,     Verb::NetUp,      Verb::WriteBlind, Verb::NetUp};

bool is_at_office(Verb verb) {
    return (verb >= Verb::OfficeNewCustomer && verb <= Verb::GrantMore) || verb == Verb::Replay;
}

Plan long_plan(std::uint64_t seed, std::uint32_t hours) {
    Plan plan = draw(seed, {.laptops = kLaptops, .steps = 1});
    plan.steps.clear();
    plan.net = {.cut_permille = 200, .half_open_permille = 300, .delay_max_ms = 400, .noise = true};
    for (auto& laptop : plan.laptops) laptop.old_program = false;
    Dice dice = dice_for(seed, 77);
    for (std::int64_t part = 0; part < 2 * std::int64_t{hours}; ++part) {
        for (std::uint32_t at = 0; at < kStepsInHalfHour; ++at) {
            Step step{.at_ms = part * kHalfHour + dice.between(0, kHalfHour - 60'000),
                      .who = static_cast<std::uint32_t>(dice.below(plan.laptops.size())),
                      .verb = kWork[dice.below(kWork.size())],
                      .salt = dice.next()};
            if (is_at_office(step.verb)) step.who = kOffice;
            plan.steps.push_back(step);
        }
        plan.steps.push_back({.at_ms = (part + 1) * kHalfHour, .salt = kMeasure});
    }
    std::ranges::stable_sort(plan.steps, {}, &Step::at_ms);
    return plan;
}

struct Sample {
    std::int64_t resident = 0;  ///< of the process, without the disks in memory
    std::int64_t heap = 0;      ///< without the disks and SQLite
    std::int64_t sqlite = 0;
    std::int64_t disks = 0;
    std::size_t descriptors = 0;
    std::size_t open_files = 0;
    std::size_t log_bytes = 0;
};

void weigh(const Machine& machine, Sample& sample) {
    const auto& disk = machine.disk.disk;
    for (const auto& [name, file] : disk.names) {
        sample.disks += static_cast<std::int64_t>(file->live.capacity() + file->durable.capacity());
        if (name.ends_with("-wal")) sample.log_bytes += file->live.size();
    }
    sample.open_files += machine.disk.open_files;
}

Sample measured(World& world) {
    Sample sample;
    weigh(world.office, sample);
    for (const auto& laptop : world.laptops) weigh(*laptop, sample);
    ::malloc_trim(0);
    std::int64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    const auto memory = ::mallinfo2();
    sample.sqlite = ::sqlite3_memory_used();
    sample.resident = pages * ::sysconf(_SC_PAGESIZE) - sample.disks;
    sample.heap = static_cast<std::int64_t>(memory.uordblks + memory.hblkhd) - sample.disks -
                  sample.sqlite - kWrittenBytes * static_cast<std::int64_t>(world.pen.count());
    const std::filesystem::directory_iterator all("/proc/self/fd");
    sample.descriptors = static_cast<std::size_t>(std::distance(begin(all), end(all)));
    return sample;
}

/// All of the disk is durable, and takes no more memory than it holds.
void settle(Machine& machine) {
    machine.disk.disk.settle();
    for (auto& [name, file] : machine.disk.disk.names) {
        file->live.shrink_to_fit();
        file->durable.shrink_to_fit();
    }
}

/// Nobody talks, every program runs; what the world remembers to check is forgotten.
void come_to_rest(World& world) {
    for (auto& each : world.connections) world.hang_up(each);
    world.connections.clear();
    world.office.mend();
    settle(world.office);
    if (!world.office.is_open()) world.boot_office();
    for (std::uint32_t at = 0; at < world.laptops.size(); ++at) {
        LaptopMachine& laptop = *world.laptops[at];
        laptop.mend();
        settle(laptop);
        laptop.looked_at.clear();
        if (!laptop.is_open()) world.boot_laptop(at);
        std::erase_if(world.history[at].saved, [&](const auto& each) {
            auto row = laptop.store().connection().prepared(
                "SELECT 1 FROM outbox WHERE oseq=?1 AND verdicts IS NOT NULL");
            return row.bind(each.first).step();
        });
    }
    world.answered.clear();
    world.contents.clear();
    world.chunks_taken.clear();
    world.nonces.clear();
    check_growth(world);
}

void print(std::size_t half_hours, const Sample& at) {
    constexpr double kMb = 1024.0 * 1024.0;
    std::printf(
        "%5.1f h  resident %6.2f MB  heap %6.3f MB  sqlite %6.3f MB  descriptors %zu  "
        "files %zu  logs %6.2f MB  (disks %.1f MB)\n",
        static_cast<double>(half_hours) / 2, static_cast<double>(at.resident) / kMb,
        static_cast<double>(at.heap) / kMb, static_cast<double>(at.sqlite) / kMb, at.descriptors,
        at.open_files, static_cast<double>(at.log_bytes) / kMb,
        static_cast<double>(at.disks) / kMb);
}

std::string grown(const std::vector<Sample>& samples) {
    if (samples.size() <= 2 * kWarmHours) return "too short a run";
    const Sample& warm = samples[2 * kWarmHours];
    const Sample& last = samples.back();
    if (kMemoryIsOurs && last.heap > warm.heap + kHeapGrowthMax)
        return "the heap by " + std::to_string(last.heap - warm.heap) + " bytes";
    if (kMemoryIsOurs && last.resident > warm.resident + kResidentGrowthMax)
        return "the process by " + std::to_string(last.resident - warm.resident) + " bytes";
    if (last.descriptors > warm.descriptors) return "descriptors";
    if (last.open_files > warm.open_files) return "open files of the disks";
    return {};
}

}  // namespace

std::string growth_in(std::uint64_t seed, std::uint32_t hours, bool told) {
    const Plan plan = long_plan(seed, hours);
    World world(plan);
    world.told = told;
    std::vector<Sample> samples;
    samples.reserve(std::size_t{2} * hours);
    world.instead = [&](World& at, const Step& step) {
        if (step.salt != kMeasure) return false;
        come_to_rest(at);
        samples.push_back(measured(at));
        print(samples.size(), samples.back());
        return true;
    };
    const Outcome outcome = world.run();
    std::printf("%llu steps, %llu sessions, %llu ops, %llu disk faults\n",
                static_cast<unsigned long long>(outcome.counts.steps),
                static_cast<unsigned long long>(outcome.counts.sessions),
                static_cast<unsigned long long>(outcome.counts.ops),
                static_cast<unsigned long long>(outcome.counts.disk_faults));
    if (!outcome.breaches.empty())
        return outcome.breaches.front().law + ": " + outcome.breaches.front().what;
    return grown(samples);
}

}  // namespace dossier::sim
