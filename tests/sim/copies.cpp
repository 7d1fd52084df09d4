// Disks that come back: a laptop's folder copied to a second machine, an old state of it put back,
// the office restored from a backup. What people remember follows the disks.
#include "client/store/audit_told.hpp"
#include "server/accounts/office_keys.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/network.hpp"

namespace dossier::sim {
namespace {

/// Machines of one run at most; the numbers after them are the office's.
constexpr std::size_t kMachinesMax = 40;

/// The live content of a disk, as a copying program reads it.
test::Disk copy_of(const test::Disk& disk) {
    test::Disk copy = disk.clone();
    copy.settle();
    return copy;
}

/// Both ends are gone at once: nothing of the old state arrives any more.
void cut_lines(World& world, std::uint32_t laptop) {
    for (auto& each : world.connections) {
        if (laptop == kOffice || each->laptop == laptop) world.hang_up(each);
    }
}

}  // namespace

bool World::is_own(std::uint32_t laptop, std::uint32_t by) const {
    return by == laptop || (by < laptops.size() && laptops[by]->device == laptops[laptop]->device);
}

void World::copy_laptop(std::uint32_t laptop) {
    auto& from = *laptops[laptop];
    if (!from.is_open() || from.wiped || from.doubtful || copies_.contains(laptop) ||
        laptops.size() >= kMachinesMax)
        return;
    const auto at = static_cast<std::uint32_t>(laptops.size());
    auto made = std::make_unique<LaptopMachine>(plan.seed * 1000 + at, now_);
    made->keys = {from.keys.public_key, from.keys.secret_key.clone()};
    made->device = from.device;
    made->user = from.user;
    made->code = from.code;
    made->clock.off_ms = from.clock.off_ms;
    made->old_program = from.old_program;
    made->disk.disk = renamed(copy_of(from.disk.disk), from.paths.database, made->paths.database);
    laptops.push_back(std::move(made));
    history.push_back({history[laptop].saved});
    watch_writes(*this, *laptops.back());
    branched.insert(from.device);
    copies_[laptop] = at;
    copies_[at] = laptop;
    boot_laptop(at);
}

void World::keep_disk(std::uint32_t laptop) {
    auto& machine = *laptops[laptop];
    if (!machine.is_open() || machine.wiped || machine.doubtful) return;
    kept_disks_[laptop] = {copy_of(machine.disk.disk), history[laptop].saved};
}

void World::put_back(std::uint32_t laptop) {
    const auto kept = kept_disks_.find(laptop);
    if (kept == kept_disks_.end()) return;
    auto& machine = *laptops[laptop];
    cut_lines(*this, laptop);
    machine.close();
    machine.mend();
    machine.disk.lies_about_sync = false;
    flips_.erase(laptop);
    machine.disk.disk = copy_of(kept->second.disk);
    machine.wiped = false;
    machine.doubtful = false;
    history[laptop].saved = kept->second.saved;
    policies.erase(laptop);
    branched.insert(machine.device);
    boot_laptop(laptop);
}

World::Backup World::as_it_is() {
    return {copy_of(office.disk.disk), answered};
}

void World::back_up_office() {
    // A backup reads every page, and is none when one of them fails.
    if (office.is_open() && !office.doubtful) backup_ = as_it_is();
}

void World::put_office_back(const Backup& state) {
    cut_lines(*this, kOffice);
    office.close();
    office.mend();
    office.disk.lies_about_sync = false;
    office.doubtful = false;
    flips_.erase(kOffice);
    office.disk.disk = copy_of(state.disk);
    answered = state.answered;
    policies.clear();
    scope_heads.clear();
    restored = true;
    told_of_cut.clear();
}

void World::cut_audit(Dice& dice) {
    if (!office.is_open() || office.doubtful || office.is_dark() || office.disk.fail_at != 0 ||
        office.disk.cut_at != 0)
        return;
    auto& db = office.books();
    std::set<crypto::Digest> cut;
    const std::string of = " FROM office_audit WHERE seq > (SELECT max(seq) FROM office_audit) - " +
                           std::to_string(dice.between(1, 12));
    {
        auto rows = db.prepared("SELECT hash" + of);
        while (rows.step()) cut.insert(rows.fixed<32>(0));
    }
    db.exec("DELETE" + of);
    office.looking([](server::Store&) { return true; });  // undone: it looks at the end again
    audit_cut = true;
    for (std::uint32_t at = 0; at < laptops.size(); ++at) {
        auto& laptop = *laptops[at];
        if (!laptop.is_open() || laptop.wiped || branched.contains(laptop.device)) continue;
        if (cut.contains(client::audit_told(laptop.store().meta).head)) told_of_cut.insert(at);
    }
}

void World::set_office_back() {
    ++counts.set_back;
    forgot = true;
    put_office_back(*before_lies_);
    boot_office();
}

void World::restore_office() {
    if (!backup_) return;
    put_office_back(*backup_);
    if (!boot_office()) return;
    on_office([&] {
        office.inside([&](server::Office& at) {
            server::renew_epoch(at.store(), office.random);
            return true;
        });
    });
    restart_office();
}

}  // namespace dossier::sim
