#include "tests/sim/world.hpp"

#include <cstdio>

#include <sodium.h>
#include <sqlite3.h>

#include "common/base/check.hpp"
#include "common/base/plant.hpp"

#include "server/accounts/devices.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

/// From healing to quiescence at most.
constexpr std::int64_t kQuietWithin = 7 * 24 * kHour;
/// Sessions a laptop may need once nothing goes wrong.
constexpr int kSessionsToDrain = 3;

/// Sealing draws its keys from libsodium itself: here from the seed too.
void seed_sodium(std::uint64_t seed) {
    static std::unique_ptr<crypto::SeededRandom> drawn;
    static randombytes_implementation made{};
    made.implementation_name = [] { return "seeded"; };
    made.random = [] {
        std::array<std::uint8_t, 4> bytes{};
        drawn->fill(bytes);
        return static_cast<std::uint32_t>(bytes[0]) << 24U |
               static_cast<std::uint32_t>(bytes[1]) << 16U |
               static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
    };
    made.buf = [](void* to, std::size_t size) {
        drawn->fill({static_cast<std::uint8_t*>(to), size});
    };
    drawn = std::make_unique<crypto::SeededRandom>(seed);
    randombytes_set_implementation(&made);
}

/// A company is founded without the planted defect: a run is about what comes after.
class Unplanted {
  public:
#ifdef DOSSIER_PLANT
    Unplanted() {
        std::swap(before_, planted);
    }
    ~Unplanted() {
        std::swap(before_, planted);
    }

  private:
    int before_ = 0;
#else
    Unplanted() {}
#endif
};

/// Most of those that were only suspended go on as if nothing had been.
void let_suspended_in(World& world) {
    Dice dice = dice_for(world.plan.seed, 5);
    world.office.inside([&](server::Office& office) {
        for (const auto& row : office.store().devices()) {
            constexpr std::uint8_t kSuspended = 3;
            if (row.state != kSuspended || !dice.chance(700)) continue;
            static_cast<void>(server::Devices(office).approve({}, row.device));
        }
        return true;
    });
}

}  // namespace

void Counts::add(const Counts& other) {
    steps += other.steps;
    ops += other.ops;
    denied += other.denied;
    sessions += other.sessions;
    finished += other.finished;
    cuts += other.cuts;
    crashes += other.crashes;
    disk_faults += other.disk_faults;
    set_back += other.set_back;
    flips += other.flips;
    flips_told += other.flips_told;
    replays += other.replays;
    chunks += other.chunks;
    messages += other.messages;
    frames_checked += other.frames_checked;
    images_checked += other.images_checked;
    for (const auto& [word, count] : other.verdicts) verdicts[word] += count;
}

World::World(const Plan& drawn)
    : plan(drawn), office(drawn.seed * 1000 + 999, now_), net(dice_for(drawn.seed, 2)) {
    seed_sodium(drawn.seed);
    // SQLite draws the salts of its log from a generator of the process.
    sqlite3_initialize();
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(drawn.seed & 0x7FFFFFFF) | 1,
                         nullptr);
}

World::~World() {
    connections.clear();
    events_ = {};
    const auto switch_off = [](Machine& machine) {
        machine.disk.watch = nullptr;
        machine.disk.cut_at = 1;
    };
    switch_off(office);
    for (auto& laptop : laptops) switch_off(*laptop);
}

void World::at(std::int64_t when, std::function<void()> what) {
    events_.push({std::max(when, now_), order_++, std::move(what)});
}

void World::breach(std::string law, std::string what) {
    breaches_.push_back({std::move(law), std::move(what)});
}

void World::mix(ByteView bytes) {
    hash_ = crypto::blake2b({hash_, bytes});
}

void World::tell(std::uint32_t who, const std::string& line) const {
    if (!told) return;
    std::fprintf(stderr, "%10lld %s %s\n", static_cast<long long>(now_ - kStart),
                 who == kOffice ? "office" : ("laptop " + std::to_string(who)).c_str(),
                 line.c_str());
}

std::set<RecordId> World::homes_of(const RecordId& record) const {
    std::set<RecordId> homes;
    std::vector<RecordId> next{record};
    while (!next.empty()) {
        const RecordId at = next.back();
        next.pop_back();
        const auto into = merged_into.find(at);
        if (!homes.insert(at).second || into == merged_into.end()) continue;
        next.insert(next.end(), into->second.begin(), into->second.end());
    }
    return homes;
}

void World::found() {
    const Unplanted sound;
    office.disk.disk = blank_office_disk(office.paths.database);
    const auto opened = office.open();
    DOSSIER_CHECK(opened.has_value());
    office.found();
    for (std::uint32_t at = 0; at < plan.laptops.size(); ++at) {
        const LaptopPlan& drawn = plan.laptops[at];
        field_staff.resize(std::max<std::size_t>(field_staff.size(), drawn.user + 1));
        UserId& user = field_staff[drawn.user];
        if (user.is_none()) {
            user = office.hire("u" + std::to_string(drawn.user), office.regions[drawn.region % 3],
                               kRoleWords[drawn.role % kRoleWords.size()],
                               static_cast<int>(drawn.clearance));
        }
        auto laptop = std::make_unique<LaptopMachine>(plan.seed * 1000 + at, now_);
        laptop->disk.disk = blank_client_disk(laptop->paths.database);
        laptop->clock.off_ms = drawn.skew_ms;
        const auto row = office.device(user, laptop->keys.public_key);
        laptop->device = row.device;
        laptop->user = user;
        laptop->code = row.code;
        DOSSIER_CHECK(laptop->open().has_value());
        client::Identity identity;
        identity.device = row.device;
        identity.user = user;
        identity.device_code = row.code;
        identity.server_key = office.keys().channel.public_key;
        identity.server_instance = office.keys().instance;
        laptop->old_program = drawn.old_program;
        if (!drawn.old_program) identity.recovery_key = office.keys().recovery.public_key;
        sqlite::Transaction tx(laptop->store().connection());
        laptop->store().meta.set_identity(identity);
        laptop->store().meta.set_device_key(laptop->keys.secret_key.view());
        tx.commit();
        laptops.push_back(std::move(laptop));
    }
    history.resize(laptops.size());
    watch_writes(*this, office);
    for (auto& laptop : laptops) watch_writes(*this, *laptop);
    Dice dice = dice_for(plan.seed, 3);
    for (std::size_t at = 0; at < 2 * field_staff.size(); ++at) {
        work_at_office(
            {.at_ms = 0, .who = kOffice, .verb = Verb::OfficeNewCustomer, .salt = dice.next()});
    }
    if (after_founding) after_founding(*this);
    office.disk.disk.settle();
    for (std::uint32_t laptop = 0; laptop < laptops.size(); ++laptop) {
        laptops[laptop]->disk.disk.settle();
        at(now_ + 100 + laptop, [this, laptop] { start_session(laptop); });
    }
}

void World::play() {
    while (!events_.empty() && !is_broken()) {
        // The top cannot be moved from: the closures are small.
        Event next = events_.top();
        events_.pop();
        now_ = std::max(now_, next.at);
        next.what();
    }
}

void World::do_step(const Step& step) {
    ++counts.steps;
    if (const auto copy = copies_.find(step.who); copy != copies_.end() && step.salt % 2 == 0) {
        Step moved = step;
        moved.who = copy->second;
        return carry_out(moved);
    }
    carry_out(step);
}

void World::carry_out(const Step& step) {
    tell(step.who, std::string(word(step.verb)));
    if (instead && instead(*this, step)) return;
    if (is_fault(step.verb)) {
        cause_trouble(step);
    } else if (step.who == kOffice) {
        work_at_office(step);
    } else if (step.who < laptops.size()) {
        work_on_laptop(step);
    }
}

void World::heal() {
    calm = true;
    midway.clear();
    for (auto& connection : connections) hang_up(connection);
    connections.clear();
    office_online = true;
    office.mend();
    office.clock.off_ms = 0;
    office.disk.lies_about_sync = false;
    mend_flip(kOffice);
    if (!office.is_open()) boot_office();
    for (std::uint32_t at = 0; at < laptops.size(); ++at) {
        laptops[at]->online = true;
        laptops[at]->mend();
        laptops[at]->disk.lies_about_sync = false;
        mend_flip(at);
        laptops[at]->old_program = false;
        if (!laptops[at]->is_open()) boot_laptop(at);
    }
    let_suspended_in(*this);
}

/// Everybody syncs until nothing is left to be told: in rounds, because what one brings is news
/// for the others.
void World::settle() {
    const std::int64_t began = now_;
    for (int round = 0; round < kSessionsToDrain && !is_broken(); ++round) {
        for (std::uint32_t at = 0; at < laptops.size() && !is_broken(); ++at) {
            start_session(at);
            play();
        }
    }
    if (now_ - began > kQuietWithin) breach("I13 liveness", "not quiet within seven days");
}

Outcome World::run() {
    found();
    mix(bytes_of(to_text(plan)));
    for (const Step& step : plan.steps) {
        at(kStart + kMinute + step.at_ms, [this, &step] { do_step(step); });
    }
    play();
    if (!is_broken() && !plan_only) {
        heal();
        settle();
    }
    if (!is_broken() && !plan_only) check_quiet(*this);
    mix_state(*this);
    return {breaches_, hash_, counts};
}

}  // namespace dossier::sim
