#include "server/intake/absorbed_words.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/elements.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/last_word.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kProposal;
using merge::VerdictKind;

/// The record of a kind that stands for this customer; none when it has none.
Target target_in(const Desk& desk, const AbsorbedWords& words, const RecordId& customer) {
    Target target;
    target.kind = words.kind;
    target.group = catalog::group_of(*words.kind, *catalog::find_field(*words.kind, words.group));
    const auto place = catalog::is_file(*words.kind)
                           ? desk.store.place(customer)
                           : only_of_kind(desk.store, *words.kind, customer);
    if (place) target.place = *place;
    if (place) target.values = desk.store.load(place->kind, place->record).value_or(FieldValues{});
    return target;
}

/// Whether a line of the survivor's journal is the one this word was noted from.
bool is_line_of(const JournalEntry& word, const JournalEntry& line) {
    return line.stamp.author == word.stamp.author && line.stamp.at == word.stamp.at &&
           line.value == word.value;
}

bool is_word(const AbsorbedWords& words, const JournalEntry& line) {
    return std::ranges::any_of(words.lines,
                               [&](const JournalEntry& each) { return is_line_of(each, line); });
}

/// His word asks for nothing at the survivor any more. Of a list only its own elements go: what
/// else of his waits there waits on.
void take_word(const Desk& desk,
               const Target& survivor,
               const JournalEntry& word,
               const Step& undone) {
    // At the stamp the journal has, with the device that the note lacks: what undoes a word must
    // not be earlier than it.
    const auto lines = desk.store.history(survivor.place.record, survivor.group.front()->tag);
    const auto said = std::ranges::find_if(
        lines, [&](const JournalEntry& line) { return is_line_of(word, line); });
    restate_own(desk, survivor, said == lines.end() ? word.stamp : said->stamp,
                survivor.part(survivor.values), undone);
}

/// The author's word, at the time he wrote it, brought by the office.
JournalEntry line_of(const Desk& desk, const Target& target, const JournalEntry* word) {
    JournalEntry line{.record = target.place.record,
                      .kind = target.place.kind,
                      .group = target.group.front()->tag};
    line.stamp = desk.stamp(0);
    if (word != nullptr) line.stamp = {word->stamp.at, {}, 0, word->stamp.author, word->stamp.rank};
    line.received_at = desk.bearer.now;
    line.before = line.base = target.part(target.values);
    line.source = desk.changeset.source;
    line.reason = desk.changeset.reason;
    line.verdict = VerdictKind::Merged;
    return line;
}

void write_group(const Desk& desk,
                 const Target& target,
                 const FieldValues& value,
                 const JournalEntry* word) {
    const FieldValues before = target.part(target.values);
    JournalEntry line = line_of(desk, target, word);
    line.value = value;
    write_record(desk, target, target.with(value), std::move(line));
    revisit_proposals(desk, target, before, value, {});
}

/// What stood in the survivor before the words that hold there now; nullopt when others hold.
std::optional<FieldValues> before_words(const Desk& desk,
                                        const AbsorbedWords& words,
                                        const Target& target) {
    std::optional<FieldValues> before;
    const auto lines = desk.store.history(target.place.record, words.group);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (!line->won || line->group == 0) continue;
        if (!is_word(words, *line)) break;
        before = target.part(line->before);
    }
    return before;
}

/// Whether this author wrote to the survivor for its own sake later.
bool spoke_later(const Desk& desk,
                 const AbsorbedWords& words,
                 const Target& target,
                 const UserId& author) {
    const auto lines = desk.store.history(target.place.record, words.group);
    const auto last = std::find_if(lines.rbegin(), lines.rend(), [&](const JournalEntry& line) {
        return line.group != 0 && line.stamp.author == author;
    });
    return last != lines.rend() && !is_word(words, *last);
}

bool went_to_proposal(const JournalEntry& word) {
    return word.verdict == VerdictKind::Proposal || word.verdict == VerdictKind::Late;
}

/// Proposals go with their words; what he said of a single value later for the survivor's own sake
/// stands for him there.
bool stays(const Desk& desk,
           const AbsorbedWords& words,
           const Target& target,
           const JournalEntry& word) {
    const bool by_element = merge::holds_elements(*target.group.front());
    return went_to_proposal(word) ||
           (!by_element && spoke_later(desk, words, target, word.stamp.author));
}

/// The single value he proposed goes to the file he meant with its proposal.
void move_proposal(const Desk& desk,
                   const Target& target,
                   const RecordId& id,
                   FieldValues& values,
                   const JournalEntry& word) {
    const Candidate proposed = candidate_of_proposal(*target.kind, values);
    if (proposed.author != word.stamp.author || proposed.value != target.part(word.value)) return;
    put(values, field(kProposal, "record_id"), target.place.record);
    put(values, field(kProposal, "customer_id"), target.place.customer);
    put(values, field(kProposal, "old_value"),
        catalog::values_json(*target.kind, target.part(word.base)));
    save_matter(desk, kProposal, id, target.place.customer, values);
}

/// Of a list its elements leave the proposal, which others or he himself may have made for the
/// survivor's sake too, and are proposed for the file he meant.
void propose_elements(const Desk& desk,
                      const Target& target,
                      const FieldValues& proposal,
                      const JournalEntry& word) {
    const FieldValues asked = candidate_of_proposal(*target.kind, proposal).value;
    const FieldValues without = carried_on(target, asked, {word.value, word.base});
    const Step his{without, asked};
    if (same_value(target, without, asked)) return;
    Target survivor = target;
    survivor.place.record = record_in(proposal, field(kProposal, "record_id"));
    survivor.place.customer = record_in(proposal, field(kProposal, "customer_id"));
    survivor.values =
        desk.store.load(target.kind->tag, survivor.place.record).value_or(FieldValues{});
    take_word(desk, survivor, word, {asked, without});
    const FieldValues current = target.part(target.values);
    const Contest contest{target, current, current, carried_on(target, current, his), word.stamp};
    open_proposal(desk, with_waiting(desk, contest, without, his),
                  word.verdict == VerdictKind::Late);
}

/// A proposal somebody has decided stays where it is.
void give_proposal(const Desk& desk, const Target& target, const JournalEntry& word) {
    const auto found = desk.store.find(kProposal.tag, field(kProposal, "number").tag,
                                       static_cast<std::int64_t>(word.matter));
    auto values = found.empty() ? std::nullopt : desk.store.load(kProposal.tag, found.front());
    if (!values || text_in(*values, field(kProposal, "state")) != catalog::ProposalState::kOpen)
        return;
    if (merge::holds_elements(*target.group.front()))
        propose_elements(desk, target, *values, word);
    else
        move_proposal(desk, target, found.front(), *values, word);
}

/// A word that went to people and that its author may not put in force by himself.
bool is_for_people(const Desk& desk, const Target& target, const JournalEntry& word) {
    if (word.verdict != VerdictKind::Case) return false;
    const auto& viewer = desk.people.viewer(word.stamp.author, desk.bearer.now);
    const auto subject = desk.people.subject(target.place, target.values);
    return std::any_of(target.group.begin(), target.group.end(), [&](const auto* member) {
        return access::decide_write(viewer, subject, *member, {.now = desk.bearer.now}).answer !=
               access::Answer::Allow;
    });
}

void give_word(const Desk& desk, const Target& target, const JournalEntry& word) {
    if (went_to_proposal(word)) return give_proposal(desk, target, word);
    const bool by_element = merge::holds_elements(*target.group.front());
    const FieldValues current = target.part(target.values);
    const Step step{word.base, word.value};
    const FieldValues value =
        by_element ? carried_on(target, current, step) : target.part(word.value);
    if (same_value(target, value, current)) return;
    const Contest contest = with_waiting(
        desk, {target, target.part(word.base), current, value, word.stamp}, word.base, step);
    // What he saw, or an earlier word of his that has just come back.
    const auto writer = writer_of(desk.store, target, current);
    const bool own = writer && writer->stamp.author == word.stamp.author;
    if (is_for_people(desk, target, word)) {
        open_proposal(desk, contest, false);
        return;
    }
    const bool unites = by_element && word.verdict != VerdictKind::Case;
    if (own || unites || current == target.part(word.base))
        return write_group(desk, target, value, &word);
    open_case(desk, contest, "C-12");
}

}  // namespace

void note_absorbed_words(const Desk& desk, const RecordId& absorbed, const merge::Op& meant) {
    const auto place = desk.store.place(absorbed);
    const auto lines = desk.store.history(meant.record, meant.fields.front().tag);
    if (!place || lines.empty()) return;
    // The line of the change itself lies with the survivor: this one is the office's note.
    JournalEntry note = lines.back();
    note.record = absorbed;
    note.kind = place->kind;
    note.before = note.base;
    note.stamp.device = {};
    note.stamp.count = 0;
    note.won = false;
    note.event = kAbsorbedWords;
    note.source = "merge";
    desk.store.append_journal(note);
}

std::vector<RecordId> lives_in(Store& store, const RecordId& customer) {
    std::vector<RecordId> all{customer};
    for (std::size_t at = 0; at < all.size(); ++at) {
        for (const RecordId& id : store.find(kCustomer.tag, catalog::kMergedInto, all[at])) {
            if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
        }
    }
    return all;
}

bool was_made_for(const JournalEntry& line, const std::vector<RecordId>& customers) {
    if (line.op != merge::OpKind::Create) return false;
    return std::any_of(line.base.begin(), line.base.end(), [&](const FieldValue& each) {
        return std::find(customers.begin(), customers.end(), as_record(each.value)) !=
               customers.end();
    });
}

std::vector<AbsorbedWords> words_for(Store& store, const RecordId& absorbed, Instant merged_at) {
    std::vector<JournalEntry> lines;
    for (const RecordId& customer : lives_in(store, absorbed)) {
        for (const Place& place : store.file_of(customer)) {
            for (auto& line : store.history(place.record, {})) {
                if (line.event == kAbsorbedWords && line.received_at >= merged_at)
                    lines.push_back(std::move(line));
            }
        }
    }
    std::sort(lines.begin(), lines.end(),
              [](const JournalEntry& a, const JournalEntry& b) { return a.seq < b.seq; });
    std::vector<AbsorbedWords> all;
    for (auto& line : lines) {
        auto at = std::find_if(all.begin(), all.end(), [&](const AbsorbedWords& each) {
            return each.kind->tag == line.kind && each.group == line.group;
        });
        if (at == all.end())
            at = all.insert(all.end(), {catalog::find_kind(line.kind), line.group, {}});
        at->lines.push_back(std::move(line));
    }
    return all;
}

void take_words(const Desk& desk, const std::vector<AbsorbedWords>& all, const RecordId& survivor) {
    for (const AbsorbedWords& words : all) {
        Target target = target_in(desk, words, survivor);
        if (target.values.empty()) continue;
        if (const auto before = before_words(desk, words, target)) {
            write_group(desk, target, *before, nullptr);
            target.values = target.with(*before);
        }
        for (const JournalEntry& word : words.lines) {
            if (!stays(desk, words, target, word))
                take_word(desk, target, word, {word.value, word.base});
        }
    }
}

void give_words(const Desk& desk, const std::vector<AbsorbedWords>& all, const RecordId& absorbed) {
    for (const AbsorbedWords& words : all) {
        for (const JournalEntry& word : words.lines) {
            const Target target = target_in(desk, words, absorbed);
            if (!target.values.empty()) give_word(desk, target, word);
        }
    }
}

}  // namespace dossier::server
