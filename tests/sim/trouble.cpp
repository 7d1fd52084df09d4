// What goes wrong with machines, and what they do about it: a program whose disk fails ends and is
// started again; a machine that loses power forgets what was not synced.
#include <array>
#include <exception>

#include "server/accounts/office_keys.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

void drop_connections(World& world, std::uint32_t laptop) {
    for (auto& each : world.connections) {
        if (laptop == kOffice || each->laptop == laptop) {
            // The other side learns of it when it next listens in vain.
            if (laptop == kOffice) {
                each->session.reset();
                each->far.reset();
            } else {
                each->engine.reset();
            }
            world.at(world.now() + 1000, [&world, each] { world.hang_up(each); });
        }
    }
}

}  // namespace

bool World::boot_laptop(std::uint32_t laptop) {
    auto& machine = *laptops[laptop];
    std::string failure;
    try {
        const auto opened = machine.open();
        if (opened) {
            check_reopened(*this, laptop);
            return true;
        }
        failure = describe(opened.error(), Lang::En);
    } catch (const std::exception& error) {
        failure = error.what();
    }
    machine.close();
    if (machine.doubtful) {
        mend_flip(laptop);
        return machine.is_open();
    }
    if (machine.disk.fail_at == 0 && machine.disk.cut_at == 0)
        breach("I12 restarts", "laptop " + std::to_string(laptop) + " does not open: " + failure);
    return false;
}

bool World::boot_office() {
    try {
        const auto opened = office.open();
        if (!opened) {
            office.close();
            if (office.disk.fail_at == 0 && office.disk.cut_at == 0 && !office.doubtful)
                breach("I12 restarts",
                       "the office does not open: " + describe(opened.error(), Lang::En));
            return false;
        }
    } catch (const std::exception& error) {
        office.close();
        if (office.disk.fail_at == 0 && office.disk.cut_at == 0 && !office.doubtful)
            breach("I12 restarts", std::string("the office does not open: ") + error.what());
        return false;
    }
    if (!office.doubtful) check_office_reopened(*this);
    return true;
}

void World::crash_laptop(std::uint32_t laptop) {
    ++counts.crashes;
    auto& machine = *laptops[laptop];
    if (machine.disk.lies_about_sync) return put_back(laptop);
    drop_connections(*this, laptop);
    machine.close();
    machine.lose_power();
    boot_laptop(laptop);
}

void World::crash_office() {
    ++counts.crashes;
    if (office.disk.lies_about_sync) return set_office_back();
    drop_connections(*this, kOffice);
    office.close();
    office.lose_power();
    boot_office();
}

void World::restart_laptop(std::uint32_t laptop) {
    drop_connections(*this, laptop);
    laptops[laptop]->close();
    boot_laptop(laptop);
}

void World::restart_office() {
    drop_connections(*this, kOffice);
    office.close();
    boot_office();
}

void World::on_laptop(std::uint32_t laptop, const std::function<void()>& what) {
    auto& machine = *laptops[laptop];
    if (!machine.is_open()) return;
    bool failed = false;
    try {
        what();
    } catch (const std::exception& error) {
        // A program without its disk ends with a message; its user starts it again.
        failed = true;
        ++counts.disk_faults;
        if (machine.disk.fail_at == 0 && machine.disk.cut_at == 0 && !machine.doubtful)
            breach("I12 restarts",
                   "laptop " + std::to_string(laptop) + " failed without cause: " + error.what());
    }
    if (machine.is_dark()) {
        crash_laptop(laptop);
    } else if (failed && machine.doubtful) {
        mend_flip(laptop);
    } else if (failed) {
        restart_laptop(laptop);
    }
}

void World::on_office(const std::function<void()>& what) {
    if (!office.is_open()) return;
    try {
        what();
    } catch (const std::exception& error) {
        // A failed unit of work is undone; the program goes on.
        ++counts.disk_faults;
        if (office.disk.fail_at == 0 && office.disk.cut_at == 0 && !office.doubtful)
            breach("I12 restarts", std::string("the office failed without cause: ") + error.what());
    }
    if (office.is_dark()) crash_office();
}

void World::cause_trouble(const Step& step) {
    Dice dice(step.salt);
    const bool at_office = step.who == kOffice;
    if (!at_office && step.who >= laptops.size()) return;
    Machine& machine = at_office ? static_cast<Machine&>(office) : *laptops[step.who];
    const std::uint32_t who = step.who;
    switch (step.verb) {
        case Verb::Restart:
            at_office ? restart_office() : restart_laptop(who);
            break;
        case Verb::Crash:
            // At once, or at one of the next calls of the disk.
            if (dice.chance(300)) {
                at_office ? crash_office() : crash_laptop(who);
            } else {
                machine.disk.cut_at = machine.disk.calls + 1 + dice.below(60);
                at(now() + dice.between(1, 600) * kMinute, [this, at_office, who] {
                    Machine& then = at_office ? static_cast<Machine&>(office) : *laptops[who];
                    if (then.disk.cut_at != 0) at_office ? crash_office() : crash_laptop(who);
                });
            }
            break;
        case Verb::DiskError:
        case Verb::DiskFull:
            machine.disk.fail_at = machine.disk.calls + 1 + dice.below(50);
            machine.disk.fails_for_good = step.verb == Verb::DiskFull;
            machine.disk.failure = step.verb == Verb::DiskFull ? test::Failure::Full
                                   : dice.chance(500)          ? test::Failure::Io
                                                               : test::Failure::ShortWrite;
            at(now() + dice.between(1, 300) * kMinute, [this, at_office, who] {
                Machine& then = at_office ? static_cast<Machine&>(office) : *laptops[who];
                then.disk.fail_at = 0;
                then.disk.fails_for_good = false;
                if (at_office && !office.is_open()) boot_office();
                if (!at_office && !laptops[who]->is_open()) boot_laptop(who);
            });
            break;
        case Verb::DiskFree:
            machine.disk.fail_at = 0;
            machine.disk.fails_for_good = false;
            break;
        case Verb::ClockJump:
            machine.clock.off_ms = dice.chance(300) ? 0
                                                    : dice.between(-3653LL, 3653LL) * 86'400'000 +
                                                          dice.between(0, 86'400'000);
            break;
        case Verb::NetDown:
        case Verb::NetUp: {
            const bool up = step.verb == Verb::NetUp;
            if (at_office) {
                office_online = up;
            } else {
                laptops[who]->online = up;
            }
            if (!up) drop_connections(*this, who);
            break;
        }
        case Verb::Backup:
            return back_up_office();
        case Verb::Restore:
            return restore_office();
        case Verb::CopyDisk:
            return copy_laptop(who);
        case Verb::KeepDisk:
            return keep_disk(who);
        case Verb::PutBack:
            return put_back(who);
        case Verb::LieAboutSync:
            return lie_about_sync(who, now() + dice.between(1, 600) * kMinute);
        case Verb::FlipBit:
            return flip_bit(who, dice);
        case Verb::Replay:
            return replay(dice);
        case Verb::SetClockBack: {
            constexpr std::array<std::int64_t, 4> kBack{0, 30 * kHour, 24 * 40 * kHour,
                                                        24 * 400 * kHour};
            machine.clock.off_ms = -dice.between(0, kBack[dice.below(kBack.size())]);
            break;
        }
        case Verb::CutAudit:
            return cut_audit(dice);
        default:
            break;
    }
}

}  // namespace dossier::sim
