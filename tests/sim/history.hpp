// What happened, as somebody who saw everything remembers it: kept apart from the product's own
// books, to hold them against.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/crypto/digest.hpp"
#include "common/merge/op.hpp"

namespace dossier::sim {

/// A changeset the door of a laptop reported as saved, or may have saved before the power went.
struct Saved {
    Bytes body;  ///< as frozen; empty until it was seen
    merge::Changeset draft;
    bool certain = true;
    crypto::Digest head{};  ///< of the chain after it: its name, whatever copy brings it
};

/// Verdicts as they left the office, after its commit, encoded; and what they answer.
struct Answer {
    std::uint32_t laptop = 0;
    std::uint64_t oseq = 0;
    Bytes verdicts;
    merge::Changeset draft;
};

struct LaptopHistory {
    std::map<std::uint64_t, Saved> saved;
    std::uint64_t sessions = 0;
    std::uint64_t finished = 0;
};

/// One law that did not hold.
struct Breach {
    std::string law;
    std::string what;
};

struct Counts {
    std::uint64_t steps = 0;
    std::uint64_t ops = 0;
    std::uint64_t denied = 0;
    std::uint64_t sessions = 0;
    std::uint64_t finished = 0;
    std::uint64_t cuts = 0;
    std::uint64_t crashes = 0;
    std::uint64_t disk_faults = 0;
    std::uint64_t set_back = 0;  ///< times the office's disk forgot
    std::uint64_t flips = 0;
    std::uint64_t flips_told = 0;
    std::uint64_t replays = 0;
    std::uint64_t chunks = 0;
    std::uint64_t messages = 0;
    std::uint64_t frames_checked = 0;
    std::uint64_t images_checked = 0;
    std::map<std::string, std::uint64_t> verdicts;
    void add(const Counts& other);
};

}  // namespace dossier::sim
