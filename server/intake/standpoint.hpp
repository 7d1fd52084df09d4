// What an edit of a laptop is weighed against: what the office held when its author began, and what
// others have written since. His own words in between, which he wrote before he had an answer, are
// steps to his last one and count as one edit with it. Source: sync 5.2 (edits of one group
// coalesce: the first base, the last value), domain C-04.
#pragma once

#include <optional>

#include "common/merge/judge.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Event of a journal line by which an author's unanswered words gave way to what held before them:
/// whose that is, and since when, is said by the line before his run.
inline constexpr std::string_view kTakeBack = "take_back";

struct Standpoint {
    FieldValues base;      ///< what its author saw when he began; what he could not see is absent
    FieldValues original;  ///< the same, whole: a value that was in force, for people to look at
    merge::GroupState state;  ///< the group without the author's run of unanswered words
    bool follows = false;     ///< the edit goes on from such a word
    bool stands = false;      ///< and that word is what holds now, over `state`
    /// Since `base` only the author himself has written, on another of his laptops.
    bool only_own = false;
    /// Of a set: later words undid all he added and took away; those of others among them.
    bool outlived = false;
    bool outlived_by_others = false;
};

/// How the author may look at the group and write it today; who may not look is judged by his own
/// words alone, so that no answer tells what stands there.
struct Grasp {
    bool reads = true;
    bool writes = true;
};

/// For a Set whose values are valid, `next`; `current` = the group as the office has it.
Standpoint standpoint_of(const Desk& desk,
                         const merge::Op& op,
                         const Target& target,
                         const FieldValues& current,
                         Grasp grasp,
                         const FieldValues& next);

/// Whether the author of `word` has said something newer of the group on another of his machines,
/// whatever became of that.
bool spoke_later(Store& store, const Target& target, const merge::Stamp& word);

/// The line that wrote what the group holds now: the last that won, or the one it gave way to
/// again.
std::optional<JournalEntry> writer_of(Store& store,
                                      const Target& target,
                                      const FieldValues& current);

}  // namespace dossier::server
