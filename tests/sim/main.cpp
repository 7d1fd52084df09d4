// Command line of the simulator.
//   sim --seed N [--tell]      one seed, to the last byte the same; --tell: every step and message
//   sim --seeds A..B           many; --seconds S: as many as that allows; --jobs J: in J processes
//   sim --twice A..B           each seed two times: equal hashes or an error
//   sim --pairs A..B           pairs of runs that differ in what one laptop may not see
//   sim --seed N --hours H     one long run: what the programs hold at rest does not grow
//   sim --plan FILE …          kept plans
//   sim --keep FOLDER          a failing plan is cut down and kept there
//   sim --seed N --print       the plan itself, to be kept by hand
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/plant.hpp"

#include "tests/sim/growth.hpp"
#include "tests/sim/pairs.hpp"
#include "tests/sim/shrink.hpp"
#include "tests/sim/world.hpp"

namespace dossier::sim {
namespace {

enum class What : std::uint8_t { Seeds, Twice, Pairs, Plans };

struct Options {
    What what = What::Seeds;
    std::uint64_t from = 1;
    std::uint64_t to = 0;
    std::uint32_t hours = 0;  ///< of one long run
    double seconds = 0;
    unsigned jobs = 1;
    bool verbose = false;
    bool told = false;
    bool printed = false;     ///< show the plan, run nothing
    bool first_only = false;  ///< stop at the first failing seed
    Bounds bounds;
    std::string keep;
    std::vector<std::string> plans;
};

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// What a whole run may leave of memory: caches of the process that grow once.
constexpr std::size_t kLeftBytesMax = 1U << 20U;

Outcome run_plan(const Plan& plan, bool told = false) {
    static unsigned runs = 0;
    const std::size_t descriptors = open_descriptors();
    const std::size_t memory = ::mallinfo2().uordblks;
    Outcome outcome;
    {
        World world(plan);
        world.told = told;
        outcome = world.run();
    }
    // The first makes what all others share.
    if (++runs == 1) return outcome;
    if (open_descriptors() > descriptors)
        outcome.breaches.push_back({"I13 growth", "a run leaves files open"});
    if (const std::size_t left = ::mallinfo2().uordblks; left > memory + kLeftBytesMax)
        outcome.breaches.push_back(
            {"I13 growth", "a run leaves " + std::to_string(left - memory) + " bytes"});
    return outcome;
}

std::string hash_of(const Outcome& outcome) {
    return to_hex(ByteView(outcome.hash).first(16));
}

void print(const Plan& plan, const Outcome& outcome) {
    std::cout << "seed " << plan.seed << " hash " << hash_of(outcome) << ", " << plan.laptops.size()
              << " laptops, " << plan.steps.size() << " steps\n";
    constexpr std::size_t kShown = 4;
    for (std::size_t at = 0; at < std::min(kShown, outcome.breaches.size()); ++at)
        std::cout << "  BROKEN " << outcome.breaches[at].law << ": " << outcome.breaches[at].what
                  << '\n';
    std::cout.flush();
}

void keep_smallest(const Plan& plan, const std::string& folder) {
    const Trial trial = [](const Plan& smaller) {
        const auto outcome = run_plan(smaller);
        return outcome.breaches.empty() ? std::string() : outcome.breaches.front().law;
    };
    const Plan small = shrunk(plan, trial, 400);
    const Outcome outcome = run_plan(small);
    const std::string law =
        outcome.breaches.empty() ? "none" : outcome.breaches.front().law.substr(0, 3);
    std::string name = folder + "/" + law + "-" + std::to_string(plan.seed) + ".plan";
    std::replace(name.begin(), name.end(), ' ', '-');
    std::ofstream out(name);
    out << "# " << (outcome.breaches.empty() ? "" : outcome.breaches.front().law) << '\n'
        << to_text(small);
    std::cout << "  cut down to " << small.laptops.size() << " laptops, " << small.steps.size()
              << " steps: " << name << '\n';
}

struct Tally {
    std::uint64_t runs = 0;
    std::uint64_t broken = 0;
    Counts counts;
};

/// True when it held.
bool try_seed(const Options& options, std::uint64_t seed, Tally& tally) {
    ++tally.runs;
    if (options.what == What::Pairs) {
        const auto difference = pair_difference(seed, tally.counts);
        if (difference.empty()) return true;
        std::cout << "seed " << seed << " BROKEN I4 noninterference: " << difference << '\n';
        return false;
    }
    const Plan plan = draw(seed, options.bounds);
    if (options.printed) {
        std::cout << to_text(plan);
        return true;
    }
    const Outcome outcome = run_plan(plan, options.told);
    tally.counts.add(outcome.counts);
    if (options.what == What::Twice && run_plan(plan).hash != outcome.hash) {
        std::cout << "seed " << seed << " BROKEN determinism: two runs, two hashes\n";
        return false;
    }
    if (options.verbose || !outcome.breaches.empty()) print(plan, outcome);
    if (outcome.breaches.empty()) return true;
    if (!options.keep.empty()) keep_smallest(plan, options.keep);
    return false;
}

bool try_plan(const Options& options, const std::string& path, Tally& tally) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    const auto plan = plan_from(text.str());
    ++tally.runs;
    if (!in || !plan) {
        std::cout << path << ": no plan\n";
        return false;
    }
    const Outcome outcome = run_plan(*plan, options.told);
    tally.counts.add(outcome.counts);
    if (options.verbose || !outcome.breaches.empty()) print(*plan, outcome);
    return outcome.breaches.empty();
}

/// One process's share: every `jobs`-th seed from its own on.
int run_share(const Options& options, unsigned share) {
    Tally tally;
    const auto began = std::chrono::steady_clock::now();
    const auto spent = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    for (const auto& path : options.plans) tally.broken += try_plan(options, path, tally) ? 0 : 1;
    for (std::uint64_t seed = options.from + share;
         options.plans.empty() && (options.to == 0 || seed <= options.to); seed += options.jobs) {
        if (options.seconds > 0 && spent() >= options.seconds) break;
        tally.broken += try_seed(options, seed, tally) ? 0 : 1;
        if (options.first_only && tally.broken > 0) break;
    }
    if (options.printed) return 0;
    const Counts& all = tally.counts;
    std::cout << tally.runs << " seeds in " << spent() << " s, " << all.steps << " steps, "
              << all.ops << " ops (" << all.denied << " refused at once), " << all.sessions
              << " sessions (" << all.finished << " finished), " << all.messages << " messages, "
              << all.cuts << " cuts, " << all.crashes << " power cuts, " << all.disk_faults
              << " disk faults, " << all.set_back << " offices set back, " << all.flips
              << " bits fell over (" << all.flips_told << " told), " << all.replays
              << " sessions replayed, " << all.chunks << " chunks brought, " << all.frames_checked
              << " facets and " << all.images_checked << " disks looked at; " << tally.broken
              << " broken\n";
    if (options.verbose) {
        for (const auto& [word, count] : all.verdicts)
            std::cout << "  verdict " << word << ": " << count << '\n';
    }
    return tally.broken == 0 ? 0 : 1;
}

int run_long(const Options& options) {
    const std::string grown = growth_in(options.from, options.hours, options.told);
    if (grown.empty()) return 0;
    std::cout << "seed " << options.from << " BROKEN I13 growth: " << grown << '\n';
    return 1;
}

int run(const Options& options) {
    if (options.hours > 0) return run_long(options);
    if (options.jobs <= 1) return run_share(options, 0);
    std::vector<pid_t> children;
    for (unsigned share = 0; share < options.jobs; ++share) {
        const pid_t child = ::fork();
        if (child == 0) std::exit(run_share(options, share));
        children.push_back(child);
    }
    int worst = 0;
    for (const pid_t child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) worst = 1;
    }
    return worst;
}

void read_range(Options& options, const std::string& range) {
    const auto dots = range.find("..");
    options.from = std::stoull(range);
    options.to = dots == std::string::npos ? options.from : std::stoull(range.substr(dots + 2));
}

bool read(Options& options, const std::vector<std::string>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string& word = words[at];
        const auto value = [&] { return at + 1 < words.size() ? words[++at] : std::string("0"); };
        if (word == "--seed") {
            read_range(options, value());
            options.verbose = true;
        } else if (word == "--seeds") {
            read_range(options, value());
        } else if (word == "--twice" || word == "--pairs") {
            options.what = word == "--twice" ? What::Twice : What::Pairs;
            read_range(options, value());
        } else if (word == "--seconds") {
            options.seconds = std::stod(value());
        } else if (word == "--hours") {
            options.hours = static_cast<std::uint32_t>(std::stoul(value()));
        } else if (word == "--jobs") {
            options.jobs = static_cast<unsigned>(std::stoul(value()));
        } else if (word == "--from") {
            options.from = std::stoull(value());
        } else if (word == "--laptops") {
            options.bounds.laptops = static_cast<std::uint32_t>(std::stoul(value()));
        } else if (word == "--steps") {
            options.bounds.steps = static_cast<std::uint32_t>(std::stoul(value()));
        } else if (word == "--keep") {
            options.keep = value();
        } else if (word == "--plant") {
            if (!plant(std::stoi(value()))) return false;
        } else if (word == "--first") {
            options.first_only = true;
        } else if (word == "--print") {
            options.printed = true;
        } else if (word == "--tell") {
            options.told = true;
        } else if (word == "-v") {
            options.verbose = true;
        } else if (word == "--plan") {
            options.what = What::Plans;
        } else if (options.what == What::Plans && !word.starts_with("--")) {
            options.plans.push_back(word);
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace
}  // namespace dossier::sim

int main(int argc, char** argv) {
    dossier::sim::Options options;
    if (!dossier::sim::read(options, {argv + 1, argv + argc})) {
        std::cerr << "usage: sim [--seed N | --seeds A..B | --twice A..B | --pairs A..B | --plan "
                     "FILE…] [--hours H] [--seconds S] [--jobs J] [--keep FOLDER] [--tell] "
                     "[--print] [-v]\n";
        return 2;
    }
    return dossier::sim::run(options);
}
