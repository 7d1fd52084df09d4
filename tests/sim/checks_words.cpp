// People's own words: nobody disputes with himself, and no removal takes another's words silently.
#include <algorithm>
#include <array>

#include "common/catalog/catalog.hpp"
#include "common/catalog/review.hpp"
#include "common/merge/elements.hpp"

#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

using merge::OpKind;
using merge::VerdictKind;
using server::JournalEntry;

constexpr std::uint16_t kRemoval = 5;  // deleted_at

/// A case or proposal as its row has it.
struct Matter {
    std::int64_t number = 0;
    std::string conflict_class;
    RecordId record;
    const catalog::Field* field = nullptr;
    std::string base;
    /// By author: the value that stands for him.
    std::map<UserId, std::string> words;
};

/// The pen's values a text holds.
std::vector<std::uint32_t> pen_values(const World& world, std::string_view text) {
    return world.pen.found_in(bytes_of(text));
}
std::vector<std::uint32_t> pen_values(const World& world, const FieldValues& values) {
    std::vector<std::uint32_t> found;
    for (const auto& each : values) {
        const auto* text = as_text(each.value);
        if (text == nullptr) continue;
        for (const auto value : pen_values(world, *text)) found.push_back(value);
    }
    return found;
}
bool holds(const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& part) {
    return std::ranges::all_of(
        part, [&](std::uint32_t value) { return std::ranges::find(all, value) != all.end(); });
}

const catalog::Field* field_of(std::string_view entity, std::string_view name) {
    for (const catalog::Kind* kind : catalog::kinds()) {
        if (kind->name == entity) return catalog::find_field(*kind, name);
    }
    return nullptr;
}

/// The parts of a case's list that are one author's: "author":"…" to the end of its value.
void read_candidates(Matter& matter, std::string_view list) {
    constexpr std::string_view kAuthor = "\"author\":\"";
    for (auto at = list.find(kAuthor); at != std::string_view::npos;) {
        const auto next = list.find(kAuthor, at + 1);
        const auto id = id_from<UserId>(list.substr(at + kAuthor.size(), 36));
        if (id) matter.words[*id] = std::string(list.substr(at, next - at));
        at = next;
    }
}

std::vector<Matter> open_matters(sqlite::Connection& db) {
    std::vector<Matter> all;
    auto cases = db.prepared(
        "SELECT number, class, entity, record_id, field, base_value, candidates, state FROM "
        "\"case\"");
    while (cases.step()) {
        Matter matter{cases.number(0),
                      std::string(cases.text(1)),
                      cases.id<RecordId>(3),
                      field_of(cases.text(2), cases.text(4)),
                      std::string(cases.text(5)),
                      {}};
        if (cases.text(7) == "open") read_candidates(matter, cases.text(6));
        if (matter.field != nullptr) all.push_back(std::move(matter));
    }
    auto proposals = db.prepared(
        "SELECT number, entity, record_id, field, old_value, new_value, proposed_by FROM proposal "
        "WHERE state='open'");
    while (proposals.step()) {
        Matter matter{proposals.number(0),
                      "proposal",
                      proposals.id<RecordId>(2),
                      field_of(proposals.text(1), proposals.text(3)),
                      std::string(proposals.text(4)),
                      {}};
        matter.words[proposals.id<UserId>(6)] = std::string(proposals.text(5));
        if (matter.field != nullptr) all.push_back(std::move(matter));
    }
    return all;
}

bool decides(const JournalEntry& line) {
    return line.source == "ruling" || line.source == "verification" || line.source == "merge";
}

/// For people who look for the cause.
void tell_line(World& world, const JournalEntry& line) {
    std::string words =
        "line " + std::to_string(line.seq.value) + " op " +
        std::to_string(static_cast<int>(line.op)) + " by " + to_text(line.stamp.author) + " " +
        to_text(line.stamp.device).substr(28) + "/" + std::to_string(line.stamp.count) + " at " +
        std::to_string(line.stamp.at.ms) + (line.won ? " won" : "") + " verdict " +
        std::to_string(static_cast<int>(line.verdict)) + " matter " + std::to_string(line.matter) +
        " " + line.event + " " + line.source + " since " + std::to_string(line.since.value) + ":";
    for (const auto* values : {&line.base, &line.before, &line.value}) {
        words += " |";
        for (const auto& each : *values) {
            const auto* text = as_text(each.value);
            words += " " + (text == nullptr ? std::string("-") : *text);
        }
    }
    world.tell(kOffice, words);
}

/// What the line's author added to what he saw.
std::vector<std::uint32_t> added(const World& world, const JournalEntry& line) {
    const auto seen = pen_values(world, line.base);
    auto words = pen_values(world, line.value);
    std::erase_if(words, [&](std::uint32_t value) { return holds(seen, {value}); });
    return words;
}

/// A proposal somebody has decided: its author knows, and says no more by it.
bool is_decided_proposal(sqlite::Connection& db, const JournalEntry& line) {
    if (line.verdict != VerdictKind::Proposal && line.verdict != VerdictKind::Late) return false;
    auto row =
        db.prepared("SELECT 1 FROM proposal WHERE number=?1 AND record_id=?2 AND state='refused'");
    row.bind(static_cast<std::int64_t>(line.matter), line.record);
    return row.step();
}

/// What stands for an author in an open matter is the last he said of it, himself or by a decision.
void check_last_words(World& world,
                      sqlite::Connection& db,
                      const Matter& matter,
                      const std::vector<JournalEntry>& lines) {
    for (const auto& [author, words] : matter.words) {
        std::array<const JournalEntry*, 2> last{};
        for (const auto& line : lines) {
            const bool his = line.op == OpKind::Set && line.group == matter.field->tag &&
                             line.stamp.author == author;
            auto& kept = last[decides(line) ? 1 : 0];
            // Of a list each element counts; what is in force already need not be proposed.
            const bool said = !(line.won && merge::holds_elements(*matter.field)) &&
                              !is_decided_proposal(db, line);
            const bool later = kept == nullptr || !(line.stamp.at < kept->stamp.at);
            if (his && said && later) kept = &line;
        }
        const auto standing = pen_values(world, words);
        const bool spoke = last[0] != nullptr;
        if (!spoke || std::ranges::any_of(last, [&](const JournalEntry* line) {
                return line != nullptr && holds(standing, added(world, *line));
            }))
            continue;
        for (const auto& line : lines) {
            if (line.group == matter.field->tag || line.op != OpKind::Set) tell_line(world, line);
        }
        world.tell(kOffice, "stands: " + words);
        world.breach("I8 last word", matter.conflict_class + " " + std::to_string(matter.number) +
                                         " holds another value of " + to_text(author) +
                                         " than his last");
    }
}

/// Elements somebody took away from what his laptop showed. The journal tells of words before an
/// answer only what they came to.
std::set<std::uint32_t> taken_away(const World& world) {
    std::set<std::uint32_t> away;
    for (const auto& laptop : world.history) {
        for (const auto& [oseq, saved] : laptop.saved) {
            for (const auto& op : saved.draft.ops) {
                const auto kept = pen_values(world, op.fields);
                for (const auto element : pen_values(world, op.base)) {
                    if (!holds(kept, {element})) away.insert(element);
                }
            }
        }
    }
    return away;
}

/// Whether this line went to this matter and nobody has decided it.
bool is_asked_in(sqlite::Connection& db, const Matter& matter, const JournalEntry& line) {
    const bool proposed =
        line.verdict == VerdictKind::Proposal || line.verdict == VerdictKind::Late;
    const bool is_proposal = matter.conflict_class == "proposal";
    const auto number = static_cast<std::uint64_t>(matter.number);
    if (line.won || (!proposed && line.verdict != VerdictKind::Case)) return false;
    if (is_proposal == proposed) return line.matter == number;
    if (is_proposal) return false;
    auto row = db.prepared(
        "SELECT 1 FROM proposal p, \"case\" c WHERE p.number=?1 AND p.record_id=?2 AND "
        "p.state='in_case' AND c.number=?3 AND p.verified_at>=c.opened_at");
    row.bind(static_cast<std::int64_t>(line.matter), line.record,
             static_cast<std::int64_t>(matter.number));
    return row.step();
}

/// Each element of a list that its author added and that waits stands for him, or for who proposed
/// the same, until it held or he took it back.
void check_elements(World& world,
                    sqlite::Connection& db,
                    const Matter& matter,
                    const std::vector<JournalEntry>& lines,
                    const std::set<std::uint32_t>& away) {
    if (matter.words.empty() || !merge::holds_elements(*matter.field)) return;
    const auto stands = [&](const UserId& author, std::uint32_t element) {
        return std::ranges::any_of(matter.words, [&](const auto& each) {
            const bool his = each.first == author || matter.conflict_class == "proposal";
            return his && holds(pen_values(world, each.second), {element});
        });
    };
    const auto held_since = [&](const JournalEntry& word, std::uint32_t element) {
        return std::ranges::any_of(lines, [&](const JournalEntry& line) {
            if (line.seq < word.seq || line.group != matter.field->tag) return false;
            return holds(pen_values(world, line.before), {element}) ||
                   (line.won && holds(pen_values(world, line.value), {element}));
        });
    };
    for (const auto& line : lines) {
        const bool asked = line.op == OpKind::Set && line.group == matter.field->tag &&
                           is_asked_in(db, matter, line);
        if (!asked) continue;
        for (const auto element : added(world, line)) {
            const auto& author = line.stamp.author;
            const bool over = away.contains(element) || held_since(line, element);
            if (over || stands(author, element)) continue;
            for (const auto& each : lines) {
                if (each.group == matter.field->tag) tell_line(world, each);
            }
            world.breach("I8 last word",
                         matter.conflict_class + " " + std::to_string(matter.number) +
                             " lacks an element of " + to_text(author) + " that waits");
        }
    }
}

/// What a case calls the base once held at the office.
void check_base(World& world, const Matter& matter) {
    std::vector<std::uint32_t> held;
    world.office.looking([&](server::Store& store) {
        std::set<RecordId> homes = world.homes_of(matter.record);
        // What was merged into it began there.
        for (const auto& [from, into] : world.merged_into) {
            if (world.homes_of(from).contains(matter.record)) homes.insert(from);
        }
        for (const RecordId& home : homes) {
            for (const auto& line : store.history(home, {})) {
                for (const auto value : pen_values(world, line.before)) held.push_back(value);
                if (!line.won) continue;
                for (const auto value : pen_values(world, line.value)) held.push_back(value);
            }
        }
        return true;
    });
    if (!holds(held, pen_values(world, matter.base))) {
        for (const auto& line : world.office.looking(
                 [&](server::Store& store) { return store.history(matter.record, {}); }))
            tell_line(world, line);
        world.tell(kOffice, "base: " + matter.base);
        world.breach("I8 last word", matter.conflict_class + " " + std::to_string(matter.number) +
                                         " has a base that never was in force");
    }
}

/// A case about the removal of this record that names both.
bool is_disputed(sqlite::Connection& db,
                 const RecordId& record,
                 const UserId& one,
                 const UserId& other) {
    auto rows = db.prepared("SELECT people FROM \"case\" WHERE class='C-23' AND record_id=?1");
    rows.bind(record);
    while (rows.step()) {
        const bool both = rows.text(0).find(to_text(one)) != std::string_view::npos &&
                          rows.text(0).find(to_text(other)) != std::string_view::npos;
        if (both) return true;
    }
    return false;
}

/// Of a removal and another's edit, both of laptops, neither takes the other away unseen.
void check_removal(World& world, sqlite::Connection& db, const std::vector<JournalEntry>& lines) {
    const JournalEntry* removal = nullptr;
    for (const auto& line : lines) {
        const bool edit = line.op == OpKind::Set && line.group != kRemoval &&
                          line.stamp.count != 0 && line.verdict != VerdictKind::Converged;
        const bool unaware =
            removal != nullptr && edit && line.stamp.author != removal->stamp.author;
        if (unaware && !is_disputed(db, line.record, removal->stamp.author, line.stamp.author))
            world.breach("I9 removed", "words for a removed " + to_text(line.record) +
                                           " were taken in without a word of it");
        if (line.group != kRemoval || !line.won) continue;
        const bool removes = line.op == OpKind::Remove && line.stamp.count != 0;
        // An office set back counts versions anew: what a laptop has seen is not told by them.
        const bool blind = removes && !world.restored && !world.forgot &&
                           std::ranges::any_of(lines, [&](const JournalEntry& other) {
                               return other.seq < line.seq && other.op == OpKind::Set &&
                                      other.group != kRemoval && other.source != "merge" &&
                                      other.stamp.author != line.stamp.author &&
                                      other.received_at > line.stamp.at;
                           });
        if (blind)
            world.breach("I9 removed", "a removal took away what was written to " +
                                           to_text(line.record) + " since");
        removal = removes ? &line : nullptr;
    }
}

}  // namespace

void check_own_words(World& world) {
    auto& db = world.office.books();
    const auto away = taken_away(world);
    for (const Matter& matter : open_matters(db)) {
        const auto lines = world.office.looking(
            [&](server::Store& store) { return store.history(matter.record, {}); });
        if (matter.field->tag != kRemoval) check_last_words(world, db, matter, lines);
        check_elements(world, db, matter, lines, away);
        if (matter.conflict_class == "C-04" || matter.conflict_class == "C-02")
            check_base(world, matter);
    }
    std::vector<RecordId> removed;
    {
        auto rows = db.prepared("SELECT DISTINCT record FROM office_journal WHERE op=3");
        while (rows.step()) removed.push_back(rows.id<RecordId>(0));
    }
    for (const RecordId& record : removed) {
        check_removal(world, db, world.office.looking([&](server::Store& store) {
            return store.history(record, {});
        }));
    }
}

}  // namespace dossier::sim
