#include "tests/sim/plan.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "tests/sim/dice.hpp"

namespace dossier::sim {
namespace {

struct VerbFacts {
    std::string_view word;
    unsigned weight;  ///< how often it is drawn
    enum class Sort : std::uint8_t { Laptop, Office, Fault, Apart } sort;
    bool of_laptops = false;  ///< a fault that may meet laptops
    bool of_office = false;
};
using Sort = VerbFacts::Sort;

// One row is one verb, in the order of the enumeration.
// clang-format off
constexpr std::array<VerbFacts, kVerbs> kFacts{{
    {"new_customer", 5, Sort::Laptop},
    {"new_contact", 4, Sort::Laptop},
    {"visit", 14, Sort::Laptop},
    {"edit_customer", 22, Sort::Laptop},
    {"edit_address", 7, Sort::Laptop},
    {"edit_contact", 7, Sort::Laptop},
    {"edit_visit", 5, Sort::Laptop},
    {"remove", 2, Sort::Laptop},
    {"work_log", 2, Sort::Laptop},
    {"search", 7, Sort::Laptop},
    {"read_tray", 1, Sort::Laptop},
    {"attach", 3, Sort::Laptop},
    {"attach_large", 1, Sort::Laptop},
    {"write_blind", 1, Sort::Laptop},
    {"correct", 14, Sort::Laptop},
    {"remove_edited", 4, Sort::Laptop},
    {"sync", 22, Sort::Laptop},
    {"office_new_customer", 3, Sort::Office},
    {"office_edit", 12, Sort::Office},
    {"office_secret", 4, Sort::Office},
    {"post", 6, Sort::Office},
    {"transfer", 6, Sort::Office},
    {"move_region", 3, Sort::Office},
    {"move_person", 1, Sort::Office},
    {"demote", 2, Sort::Office},
    {"promote", 3, Sort::Office},
    {"clearance", 2, Sort::Office},
    {"mark", 4, Sort::Office},
    {"grant", 4, Sort::Office},
    {"revoke_grant", 2, Sort::Office},
    {"rule", 4, Sort::Office},
    {"undo", 1, Sort::Office},
    {"verify", 4, Sort::Office},
    {"office_remove", 2, Sort::Office},
    {"suspend", 2, Sort::Office},
    {"approve", 3, Sort::Office},
    {"revoke", 1, Sort::Office},
    {"lose", 1, Sort::Office},
    {"wipe", 1, Sort::Office},
    {"let_in", 3, Sort::Office},
    {"merge", 7, Sort::Office},
    {"unmerge", 5, Sort::Office},
    {"nightly", 3, Sort::Office},
    {"take_midway", 4, Sort::Office},
    {"grant_more", 3, Sort::Office},
    {"restart", 4, Sort::Fault, true, true},
    {"crash", 5, Sort::Fault, true, true},
    {"disk_error", 3, Sort::Fault, true, true},
    {"disk_full", 1, Sort::Fault, true, true},
    {"disk_free", 1, Sort::Fault, true, true},
    {"clock_jump", 2, Sort::Fault, true, false},
    {"net_down", 1, Sort::Fault, true, true},
    {"net_up", 2, Sort::Fault, true, true},
    {"backup", 2, Sort::Fault, false, true},
    {"restore", 1, Sort::Fault, false, true},
    {"copy_disk", 1, Sort::Fault, true, false},
    {"keep_disk", 2, Sort::Fault, true, false},
    {"put_back", 1, Sort::Fault, true, false},
    {"lie_about_sync", 2, Sort::Fault, true, true},
    {"flip_bit", 3, Sort::Fault, true, true},
    {"replay", 2, Sort::Fault, false, true},
    {"set_clock_back", 0, Sort::Apart, false, true},
    {"cut_audit", 0, Sort::Apart, false, true},
}};
// clang-format on

const VerbFacts& facts(Verb verb) {
    return kFacts[static_cast<std::size_t>(verb)];
}

std::int64_t skew(Dice& dice) {
    constexpr std::int64_t kTenYears = 3653LL * 86'400'000;
    const auto sort = dice.below(10);
    if (sort < 5) return 0;
    if (sort < 7) return dice.between(-600'000, 600'000);
    if (sort < 9) return dice.between(-40LL * 86'400'000, 40LL * 86'400'000);
    return dice.between(-kTenYears, kTenYears);
}

void draw_laptops(Plan& plan, Dice& dice, std::uint32_t count) {
    for (std::uint32_t at = 0; at < count; ++at) {
        LaptopPlan laptop{.user = at, .region = static_cast<std::uint32_t>(dice.below(3))};
        const auto role = dice.below(10);
        laptop.role = role < 6 ? 0 : static_cast<std::uint32_t>(role - 5);
        if (laptop.role >= kRoleWords.size()) laptop.role = 2;
        laptop.clearance = dice.chance(800) ? 1 : dice.between(0, 2);
        if (at > 0 && dice.chance(150)) {
            laptop = plan.laptops[dice.below(at)];  // a second laptop of the same person
        }
        laptop.skew_ms = skew(dice);
        laptop.old_program = dice.chance(60);
        plan.laptops.push_back(laptop);
    }
}

/// A random half of the faults is off, and a few other verbs: each seed is a world of its own.
std::vector<Verb> swarm(Dice& dice, bool (*wanted)(const VerbFacts&), std::uint64_t off_permille) {
    std::vector<Verb> bag;
    for (std::size_t at = 0; at < kVerbs; ++at) {
        const auto verb = static_cast<Verb>(at);
        if (!wanted(kFacts[at])) continue;
        const bool kept = verb == Verb::Sync || !dice.chance(off_permille);
        for (unsigned i = 0; kept && i < kFacts[at].weight; ++i) bag.push_back(verb);
    }
    return bag;
}

/// From a stream of its own: what is drawn of everything else stays as it is.
void draw_apart(Plan& plan, std::int64_t span) {
    Dice dice = dice_for(plan.seed, 11);
    const auto add = [&](Verb verb) {
        plan.steps.push_back(
            {.at_ms = static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(span))),
             .who = kOffice,
             .verb = verb,
             .salt = dice.next()});
    };
    const auto backs = dice.chance(250) ? dice.between(1, 3) : 0;
    for (auto left = backs; left > 0; --left) {
        add(Verb::SetClockBack);
        // A clock that comes up wrong comes up with the machine.
        if (!dice.chance(500)) continue;
        Step again = plan.steps.back();
        again.verb = Verb::Restart;
        again.at_ms += dice.between(1, 3'600'000);
        plan.steps.push_back(again);
    }
    if (dice.chance(120)) add(Verb::CutAudit);
}

}  // namespace

std::string_view word(Verb verb) {
    return facts(verb).word;
}

bool is_fault(Verb verb) {
    return facts(verb).sort == Sort::Fault || facts(verb).sort == Sort::Apart;
}

Plan draw(std::uint64_t seed, const Bounds& bounds) {
    Plan plan{.seed = seed, .net = {}, .laptops = {}, .steps = {}};
    Dice dice = dice_for(seed, 1);
    const auto size = dice.below(100);
    auto laptops = static_cast<std::uint32_t>(dice.between(2, size < 70 ? 4 : size < 96 ? 6 : 12));
    auto steps = static_cast<std::uint32_t>(dice.between(50, size < 70   ? 150
                                                             : size < 96 ? 350
                                                                         : 2000));
    if (bounds.laptops != 0) laptops = std::min(laptops, bounds.laptops);
    if (bounds.steps != 0) steps = std::min(steps, bounds.steps);
    draw_laptops(plan, dice, laptops);
    if (dice.chance(600)) plan.net.cut_permille = dice.below(500);
    if (dice.chance(300)) plan.net.half_open_permille = dice.below(600);
    plan.net.delay_max_ms = dice.chance(500) ? dice.between(1, 500) : dice.between(500, 60'000);
    plan.net.noise = dice.chance(100);
    const auto people = swarm(
        dice, [](const VerbFacts& f) { return f.sort == Sort::Laptop; }, 150);
    const auto office = swarm(
        dice, [](const VerbFacts& f) { return f.sort == Sort::Office; }, 400);
    const auto trouble = swarm(
        dice, [](const VerbFacts& f) { return f.sort == Sort::Fault; }, 500);
    // Some runs are long: leases run out, grants and silences end, nights pass.
    const std::int64_t days = dice.chance(200) ? dice.between(20, 150) : dice.between(1, 5);
    const std::int64_t span = days * 86'400'000;
    const std::uint64_t fault_permille = trouble.empty() ? 0 : dice.below(150);
    for (std::uint32_t at = 0; at < steps; ++at) {
        Step step;
        step.salt = dice.next();
        step.who = static_cast<std::uint32_t>(dice.below(laptops));
        step.at_ms = static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(span)));
        if (dice.chance(fault_permille)) {
            step.verb = dice.pick(trouble);
            const auto& row = facts(step.verb);
            if (!row.of_laptops || (row.of_office && dice.chance(300))) step.who = kOffice;
        } else if (!office.empty() && dice.chance(250)) {
            step.verb = dice.pick(office);
            step.who = kOffice;
        } else {
            step.verb = dice.pick(people);
        }
        plan.steps.push_back(step);
    }
    // The first sessions are long: what is decided then falls into the middle of them.
    for (auto early = office.empty() ? 0 : dice.below(4); early > 0; --early) {
        plan.steps.push_back({.at_ms = dice.between(0, 15 * plan.net.delay_max_ms),
                              .who = kOffice,
                              .verb = dice.pick(office),
                              .salt = dice.next()});
    }
    // What is decided last is in force when everything is looked at.
    constexpr std::array kLast{Verb::Grant, Verb::GrantMore, Verb::Transfer, Verb::Mark};
    constexpr std::int64_t kTwoHours = 7'200'000;
    for (auto late = office.empty() ? 0 : dice.below(6); late > 0; --late) {
        plan.steps.push_back({.at_ms = span - dice.between(0, kTwoHours),
                              .who = kOffice,
                              .verb = dice.chance(600) ? dice.pick(kLast) : dice.pick(office),
                              .salt = dice.next()});
    }
    draw_apart(plan, span);
    std::stable_sort(plan.steps.begin(), plan.steps.end(),
                     [](const Step& a, const Step& b) { return a.at_ms < b.at_ms; });
    return plan;
}

std::string to_text(const Plan& plan) {
    std::ostringstream out;
    out << "plan 1 seed " << plan.seed << "\nnet " << plan.net.cut_permille << ' '
        << plan.net.half_open_permille << ' ' << plan.net.delay_max_ms << ' '
        << (plan.net.noise ? 1 : 0) << '\n';
    for (const auto& each : plan.laptops) {
        out << "laptop " << each.user << ' ' << each.role << ' ' << each.region << ' '
            << each.clearance << ' ' << each.skew_ms << ' ' << (each.old_program ? 1 : 0) << '\n';
    }
    for (const Step& step : plan.steps) {
        out << "step " << step.at_ms << ' ';
        if (step.who == kOffice) {
            out << "office";
        } else {
            out << step.who;
        }
        out << ' ' << word(step.verb) << ' ' << step.salt << '\n';
    }
    return out.str();
}

namespace {

bool read_step(std::istringstream& line, Step& step) {
    std::string who;
    std::string verb;
    line >> step.at_ms >> who >> verb >> step.salt;
    if (!line) return false;
    step.who = who == "office" ? kOffice : static_cast<std::uint32_t>(std::stoul(who));
    const auto* at = std::find_if(kFacts.begin(), kFacts.end(),
                                  [&](const VerbFacts& row) { return row.word == verb; });
    step.verb = static_cast<Verb>(at - kFacts.begin());
    return at != kFacts.end();
}

}  // namespace

std::optional<Plan> plan_from(std::string_view text) {
    std::istringstream in{std::string(text)};
    Plan plan;
    for (std::string each; std::getline(in, each);) {
        if (each.empty() || each.front() == '#') continue;
        std::istringstream line(each);
        std::string what;
        line >> what;
        if (what == "plan") {
            std::string skip;
            line >> skip >> skip >> plan.seed;
        } else if (what == "net") {
            int noise = 0;
            line >> plan.net.cut_permille >> plan.net.half_open_permille >> plan.net.delay_max_ms >>
                noise;
            plan.net.noise = noise != 0;
        } else if (what == "laptop") {
            LaptopPlan laptop;
            int old = 0;
            line >> laptop.user >> laptop.role >> laptop.region >> laptop.clearance >>
                laptop.skew_ms >> old;
            laptop.old_program = old != 0;
            plan.laptops.push_back(laptop);
        } else if (Step step; what == "step" && read_step(line, step)) {
            plan.steps.push_back(step);
        } else {
            return std::nullopt;
        }
        if (line.fail()) return std::nullopt;
    }
    return plan;
}

}  // namespace dossier::sim
