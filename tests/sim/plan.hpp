// What one run will do, drawn from its seed before it begins: laptops, steps in time, faults. A
// plan is text too, so that a failing one is cut down and kept as it is, whatever is drawn later.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sim {

/// Who does a step when it is no laptop.
inline constexpr std::uint32_t kOffice = 0xFFFF;

/// The order is that of the words in plan.cpp. What a step touches is chosen by its salt from what
/// its actor has at that moment.
enum class Verb : std::uint8_t {
    // People on laptops.
    NewCustomer,
    NewContact,
    Visit,
    EditCustomer,
    EditAddress,
    EditContact,
    EditVisit,
    Remove,
    WorkLog,
    Search,
    ReadTray,
    Attach,        ///< a document of a customer, with its content
    AttachLarge,   ///< one that takes several sessions: lines break after a few of its chunks
    WriteBlind,    ///< an op about an id nobody or somebody else has
    Correct,       ///< own words of before: changed again, or changed back
    RemoveEdited,  ///< removes a record that another laptop edits
    Sync,
    // People at the office.
    OfficeNewCustomer,
    OfficeEdit,
    OfficeSecret,  ///< writes what no laptop may hold without a grant
    Post,
    Transfer,
    MoveRegion,
    MovePerson,  ///< another region for a user
    Demote,
    Promote,
    Clearance,
    Mark,
    Grant,
    RevokeGrant,
    Rule,
    Undo,
    Verify,
    OfficeRemove,
    Suspend,
    Approve,
    Revoke,
    Lose,
    Wipe,
    LetIn,  ///< or dismisses what waits outside the door
    Merge,  ///< two customer files
    Unmerge,
    Nightly,     ///< the jobs of a night
    TakeMidway,  ///< takes a right between two batches of its laptop's next session
    GrantMore,   ///< of a customer somebody was granted already, at another level
    // What goes wrong.
    Restart,
    Crash,
    DiskError,
    DiskFull,
    DiskFree,
    ClockJump,
    NetDown,
    NetUp,
    Backup,
    Restore,
    CopyDisk,
    KeepDisk,
    PutBack,
    LieAboutSync,
    FlipBit,
    Replay,
    // What is drawn apart, so that other plans stay as they were.
    SetClockBack,  ///< the clock of the office's machine, by hours, days or a year
    CutAudit,      ///< the end of the office's audit, by who has its disk and key
    Last_,
};
inline constexpr std::size_t kVerbs = static_cast<std::size_t>(Verb::Last_);
std::string_view word(Verb verb);
/// Faults may be taken out of a plan without changing what people did.
bool is_fault(Verb verb);

struct Step {
    std::int64_t at_ms = 0;  ///< since the run began
    std::uint32_t who = kOffice;
    Verb verb = Verb::Sync;
    std::uint64_t salt = 0;
};

/// Roles a laptop's user may have.
inline constexpr std::array<std::string_view, 6> kRoleWords{"salesperson",      "service_staff",
                                                            "regional_manager", "info_clerk",
                                                            "planning_analyst", "market_inspector"};

struct LaptopPlan {
    std::uint32_t user = 0;  ///< of the company's field staff; two laptops may have one user
    std::uint32_t role = 0;  ///< in kRoleWords
    std::uint32_t region = 0;
    std::int64_t clearance = 1;
    std::int64_t skew_ms = 0;
    bool old_program = false;  ///< speaks the protocol before this one until the run is healed
};

/// How the network behaves; all zero = perfect.
struct NetPlan {
    std::uint64_t cut_permille = 0;        ///< connections that break somewhere
    std::uint64_t half_open_permille = 0;  ///< of those, the ones of which one side hears nothing
    std::int64_t delay_max_ms = 1;
    bool noise = false;  ///< through the real channel, cut at any byte
};

struct Plan {
    std::uint64_t seed = 0;
    NetPlan net;
    std::vector<LaptopPlan> laptops;
    std::vector<Step> steps;  ///< by time
};

/// How much a plan holds at most; 0 = drawn.
struct Bounds {
    std::uint32_t laptops = 0;
    std::uint32_t steps = 0;
};
Plan draw(std::uint64_t seed, const Bounds& bounds = {});
std::string to_text(const Plan& plan);
/// Errors: nullopt for what `to_text` would not write.
std::optional<Plan> plan_from(std::string_view text);

}  // namespace dossier::sim
