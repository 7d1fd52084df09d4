// What laptops wrote for a file after it was merged: it lives in the survivor, and goes back to the
// file it was meant for when the two are parted. Source: domain C-12, WF-12.
#pragma once

#include <vector>

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Event of a journal line of an absorbed record: its author's words went to the survivor.
inline constexpr std::string_view kAbsorbedWords = "absorbed_words";

/// Remembers with an absorbed record that the words its author meant for it were just taken in as
/// `meant`, a Set of the survivor's record.
void note_absorbed_words(const Desk& desk, const RecordId& absorbed, const merge::Op& meant);

/// This customer and those that were merged into it, however far.
std::vector<RecordId> lives_in(Store& store, const RecordId& customer);

/// Whether `line` made its record for one of `customers` when that had been merged already.
bool was_made_for(const JournalEntry& line, const std::vector<RecordId>& customers);

/// Words for one group of one record, in the order in which they came.
struct AbsorbedWords {
    const catalog::Kind* kind = nullptr;
    std::uint16_t group = 0;
    std::vector<JournalEntry> lines;
};
/// Those written for `absorbed`, and for what was merged into it, since its merge.
std::vector<AbsorbedWords> words_for(Store& store, const RecordId& absorbed, Instant merged_at);

/// Takes from the survivor what still stands there of these words, and their authors' candidates.
void take_words(const Desk& desk, const std::vector<AbsorbedWords>& all, const RecordId& survivor);
/// Gives them to the file they were meant for, as their authors wrote them: what it says otherwise
/// by now is a case (C-12), what was a proposal stays one.
void give_words(const Desk& desk, const std::vector<AbsorbedWords>& all, const RecordId& absorbed);

}  // namespace dossier::server
