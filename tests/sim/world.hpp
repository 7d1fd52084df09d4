// One run: a company, its laptops, the network between them and everything that goes wrong, on
// virtual time in one thread. The same plan gives the same run to the last byte.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <unordered_set>
#include <vector>

#include "common/crypto/digest.hpp"

#include "protocol/messages.hpp"

#include "tests/sim/history.hpp"
#include "tests/sim/laptop.hpp"
#include "tests/sim/office.hpp"
#include "tests/sim/pen.hpp"
#include "tests/sim/plan.hpp"

namespace dossier::sim {

struct Connection;

/// What a run came to.
struct Outcome {
    std::vector<Breach> breaches;
    crypto::Digest hash{};
    Counts counts;
};

/// What an observer of one laptop saw: every message to it and from it, in order.
using Transcript = std::vector<Bytes>;

class World {
  public:
    explicit World(const Plan& plan);
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    ~World();

    /// The whole plan, then healing, then every check.
    Outcome run();

    /// Called with each step before it is carried out; true = it was carried out already.
    std::function<bool(World&, const Step&)> instead;
    /// Called once the company is there and nobody has synced.
    std::function<void(World&)> after_founding;
    /// The laptop whose transcript is kept.
    std::uint32_t observed = kOffice;
    Transcript transcript;

    // ---- what the parts of a run work with
    [[nodiscard]] std::int64_t now() const { return now_; }
    void at(std::int64_t when, std::function<void()> what);
    void breach(std::string law, std::string what);
    void mix(ByteView bytes);  ///< into the state hash
    /// For people who look for the cause: a line to stderr when they asked for it.
    void tell(std::uint32_t who, const std::string& line) const;
    [[nodiscard]] bool is_broken() const { return !breaches_.empty(); }
    [[nodiscard]] const std::vector<Breach>& breaches() const { return breaches_; }

    const Plan& plan;
    OfficeMachine office;
    std::vector<std::unique_ptr<LaptopMachine>> laptops;
    std::vector<LaptopHistory> history;
    std::vector<UserId> field_staff;  ///< by LaptopPlan::user
    Pen pen;
    Dice net;
    Counts counts;
    std::vector<std::shared_ptr<Connection>> connections;
    // What checks remember.
    struct Told {
        std::uint64_t journal;
        Instant at;
    };
    std::map<std::uint32_t, Told> policies;     ///< the last one each laptop was sent
    std::map<crypto::Digest, Answer> answered;  ///< by the chain after what was answered
    std::map<RecordId, Bytes> contents;         ///< of every attachment anybody took in
    /// Values somebody wrote that were others' before: his own words from then on.
    std::map<UserId, std::set<std::uint32_t>> said_again;
    /// Chunks the office took, and how often each.
    std::map<std::pair<RecordId, std::uint32_t>, unsigned> chunks_taken;
    bool has_large = false;  ///< somebody added a content of many chunks
    /// How many of a laptop's next sessions break after some chunks of a content.
    std::map<std::uint32_t, std::uint64_t> short_lines;
    std::set<DeviceId> branched;  ///< copied, or set back to an old disk
    bool tidied = false;          ///< a night's jobs shortened the scopes' logs
    bool restored = false;        ///< the office was set back, by people or by its disk
    bool forgot = false;          ///< by its disk
    bool audit_cut = false;       ///< somebody cut the end of its audit
    /// Laptops that were told of what was cut: they must notice.
    std::set<std::uint32_t> told_of_cut;
    /// Files that were merged into others, also where that was taken back: words of the one may
    /// stand in the other.
    std::map<RecordId, std::set<RecordId>> merged_into;
    /// The record and every file it was merged into, through any number of merges.
    [[nodiscard]] std::set<RecordId> homes_of(const RecordId& record) const;
    std::map<std::pair<std::uint8_t, RecordId>, std::uint64_t> scope_heads;
    std::unordered_set<std::string> nonces;
    std::map<std::uint32_t, std::vector<Step>> midway;  ///< decided when this laptop next streams
    bool told = false;                                  ///< every step and message goes to stderr
    bool plan_only = false;     ///< ends with the plan: no healing, no last checks
    bool calm_network = false;  ///< every message takes one millisecond
    bool calm = false;          ///< healed: nothing goes wrong any more
    bool office_online = true;

    // ---- steps (work_field.cpp, work_office.cpp, trouble.cpp)
    void do_step(const Step& step);
    void work_on_laptop(const Step& step);
    void work_at_office(const Step& step);
    /// What the office decides; `about`: of this laptop and its user.
    void decide(const Step& step, std::optional<std::uint32_t> about);
    void cause_trouble(const Step& step);
    /// Runs something on a machine; a failing disk or a power cut is dealt with as a machine does.
    void on_laptop(std::uint32_t laptop, const std::function<void()>& what);
    void on_office(const std::function<void()>& what);
    void crash_laptop(std::uint32_t laptop);
    void crash_office();
    bool boot_laptop(std::uint32_t laptop);
    bool boot_office();
    void restart_laptop(std::uint32_t laptop);
    void restart_office();
    bool boot(std::uint32_t who);
    void restart(std::uint32_t who);
    void shut(std::uint32_t who);
    void save(std::uint32_t laptop, std::vector<merge::Op> ops);

    // ---- copies.cpp
    /// A second machine with this disk, as a copied folder makes it; half of the steps are its own.
    void copy_laptop(std::uint32_t laptop);
    void keep_disk(std::uint32_t laptop);
    /// The disk as it was kept, or as it began.
    void put_back(std::uint32_t laptop);
    /// The office's disk as it is, with what was answered so far.
    void back_up_office();
    void restore_office();
    void cut_audit(Dice& dice);
    /// The disk as it was before it began to lie; nobody gives it a new epoch.
    void set_office_back();

    // ---- damage.cpp
    /// Syncs do nothing until then; then the power goes, and all that was written since.
    void lie_about_sync(std::uint32_t who, std::int64_t until);
    /// One bit of one stored page, until `mend_flip`: the bit stands up again, or a backup comes in
    /// its place.
    void flip_bit(std::uint32_t who, Dice& dice);
    void mend_flip(std::uint32_t who);
    [[nodiscard]] bool may_be_damaged(std::uint32_t who);
    /// All words that can be read stand where they were written; false when some cannot be read.
    bool reads_sense(std::uint32_t who);
    /// What the office was sent through a channel; and all of it once more, by a stranger.
    void record(std::uint64_t connection, ByteView bytes);
    void replay(Dice& dice);
    /// The words of this laptop's own person and copies.
    [[nodiscard]] bool is_own(std::uint32_t laptop, std::uint32_t by) const;

    // ---- network (network.cpp)
    void start_session(std::uint32_t laptop);
    void hang_up(const std::shared_ptr<Connection>& connection);
    [[nodiscard]] bool is_talking(std::uint32_t laptop) const;
    Machine& machine_of(std::uint32_t who);

  private:
    void found();
    void play();
    void heal();
    void settle();
    void carry_out(const Step& step);

    struct KeptDisk {
        test::Disk disk;
        std::map<std::uint64_t, Saved> saved;
    };
    struct Backup {
        test::Disk disk;
        std::map<crypto::Digest, Answer> answered;
    };
    std::map<std::uint32_t, KeptDisk> kept_disks_;
    std::map<std::uint32_t, std::uint32_t> copies_;  ///< of a laptop, the other one
    Backup as_it_is();
    void put_office_back(const Backup& state);
    std::optional<Backup> backup_;
    std::optional<Backup> before_lies_;
    struct Flip {
        std::size_t at;
        Bytes good;
        Bytes bad;
        bool healed_by_backup = false;
    };
    std::map<std::uint32_t, Flip> flips_;
    std::map<std::uint64_t, Bytes> recordings_;

    struct Event {
        std::int64_t at;
        std::uint64_t order;
        std::function<void()> what;
        bool operator>(const Event& other) const {
            return std::tie(at, order) > std::tie(other.at, other.order);
        }
    };
    std::int64_t now_ = kStart;
    std::uint64_t order_ = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    std::vector<Breach> breaches_;
    crypto::Digest hash_{};
};

/// The steps of the office that concern laptops and whole files (work_stops.cpp).
void stop_or_tidy(World& world, const Step& step, std::optional<std::uint32_t> about);

}  // namespace dossier::sim
