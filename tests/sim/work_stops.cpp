// What the office decides about laptops and whole files: stopped, wiped and let in again; what
// waits outside the door; two files made one and taken apart; the jobs of a night.
#include "common/catalog/customer.hpp"

#include "server/accounts/devices.hpp"
#include "server/jobs/compaction.hpp"
#include "server/jobs/expiry.hpp"
#include "server/review/duplicates.hpp"
#include "tests/sim/world.hpp"

namespace dossier::sim {
namespace {

using protocol::DeviceState;

class Administrator {
  public:
    Administrator(World& world, const Step& step, std::optional<std::uint32_t> about)
        : world_(world), at_(world.office), dice_(step.salt), about_(about) {}

    template <class Work>
    void device(Work work) {
        const auto laptop = about_.value_or(dice_.below(world_.laptops.size()));
        const DeviceId id = world_.laptops[laptop]->device;
        attempt([&](server::Office& office) { return work(server::Devices(office), id); });
    }
    void stop(DeviceState to) {
        device(
            [&](server::Devices devices, const DeviceId& id) { return devices.stop({}, id, to); });
    }
    void approve() {
        device([](server::Devices devices, const DeviceId& id) { return devices.approve({}, id); });
    }
    void wipe() {
        device([](server::Devices devices, const DeviceId& id) { return devices.wipe({}, id); });
    }
    /// One of what waits for a person goes through the door or is put aside.
    void let_in() {
        const auto waiting = at_.looking([](server::Store& store) { return store.withheld(); });
        if (waiting.empty()) return;
        const auto number = waiting[dice_.below(waiting.size())].number;
        const bool dismiss = dice_.chance(150);
        attempt([&](server::Office& office) -> Status {
            if (dismiss) {
                office.store().settle_withheld(number, office.now());
                return {};
            }
            const auto verdicts = office.intake().let_in(number, office.now());
            if (!verdicts) return tl::unexpected(verdicts.error());
            return {};
        });
    }
    void merge() {
        const auto files = at_.all(catalog::kCustomer);
        if (files.size() < 2) return;
        const RecordId absorbed = files[dice_.below(files.size())];
        const RecordId survivor = files[dice_.below(files.size())];
        // Of some fields the absorbed file's value is chosen.
        std::vector<const catalog::Field*> taken;
        for (const auto name : {"short_name", "remark", "street_address", "business_need"}) {
            if (dice_.chance(300)) taken.push_back(catalog::find_field(catalog::kCustomer, name));
        }
        RecordId into;
        const bool merged = attempt([&](server::Office& office) -> Status {
            const auto plan = server::plan_merge(office, at_.manager, absorbed, survivor, taken);
            if (!plan) return tl::unexpected(plan.error());
            into = plan->survivor;
            return server::carry_out_merge(office, at_.manager, *plan, "同一客户");
        });
        if (merged) world_.merged_into[absorbed].insert(into);
    }
    void unmerge() {
        const auto all = at_.inside(
            [&](server::Office& office) { return server::list_merges(office, at_.manager); });
        if (all.empty()) return;
        const RecordId absorbed = all[dice_.below(all.size())].absorbed;
        attempt([&](server::Office& office) {
            return server::take_back_merge(office, at_.manager, absorbed, "不是同一客户");
        });
    }
    void nightly() {
        at_.inside([](server::Office& office) {
            server::end_expired_grants(office);
            office.intake().report_orphans(office.now());
            server::compact_logs(office);
            return true;
        });
        world_.tidied = true;
        if (dice_.chance(250)) rotate();
    }
    /// Once a world: nobody retires the former key, for old laptops are never told.
    void rotate() {
        const bool changed = attempt([&](server::Office& office) {
            return server::rotate_channel_key(office.store(), at_.random, office.now());
        });
        if (changed) world_.at(world_.now() + 1, [world = &world_] { world->restart_office(); });
    }

  private:
    /// Undone when it fails, as a command does.
    template <class Work>
    bool attempt(Work work) {
        server::Unit unit(at_.store());
        at_.office().people().forget();
        const Status done = work(at_.office());
        if (done) unit.commit();
        if (done) ++world_.counts.ops;
        if (!done) world_.mix(bytes_of(done.error().id()));
        if (!done) world_.tell(kOffice, describe(done.error(), Lang::En));
        return done.has_value();
    }

    World& world_;
    OfficeMachine& at_;
    Dice dice_;
    std::optional<std::uint32_t> about_;
};

}  // namespace

void stop_or_tidy(World& world, const Step& step, std::optional<std::uint32_t> about) {
    Administrator administrator(world, step, about);
    switch (step.verb) {
        case Verb::Suspend:
            return administrator.stop(DeviceState::Suspended);
        case Verb::Approve:
            return administrator.approve();
        case Verb::Revoke:
            return administrator.stop(DeviceState::Revoked);
        case Verb::Lose:
            return administrator.stop(DeviceState::Lost);
        case Verb::Wipe:
            return administrator.wipe();
        case Verb::LetIn:
            return administrator.let_in();
        case Verb::Merge:
            return administrator.merge();
        case Verb::Unmerge:
            return administrator.unmerge();
        case Verb::Nightly:
            return administrator.nightly();
        default:
            return;
    }
}

}  // namespace dossier::sim
