// What must hold when everything is quiet: nothing lost, nothing twice, both sides the same.
#include <algorithm>

#include "common/catalog/catalog.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"
#include "common/sqlite/record_table.hpp"

#include "protocol/codec.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/rights.hpp"

namespace dossier::sim {
namespace {

using catalog::Facet;
using merge::VerdictKind;

bool holds_text(ByteView bytes, std::string_view text) {
    return text_of(bytes).find(text) != std::string_view::npos;
}

bool was_seen(const World& world, const merge::Op& op, std::uint16_t tag, std::uint32_t value) {
    const Value* base = find(op.base, tag);
    const auto* text = base == nullptr ? nullptr : as_text(*base);
    const auto seen =
        text == nullptr ? std::vector<std::uint32_t>{} : world.pen.found_in(bytes_of(*text));
    return std::ranges::find(seen, value) != seen.end();
}

enum class Words : std::uint8_t { All, Added };

/// The values of the pen an op brings, as they must be found again: all of them, or what its author
/// added to what he saw.
std::vector<std::string> words_of(const World& world,
                                  const merge::Op& op,
                                  Words which = Words::All) {
    std::vector<std::string> found;
    for (const auto& each : op.fields) {
        const auto* text = as_text(each.value);
        if (text == nullptr) continue;
        for (const std::uint32_t value : world.pen.found_in(bytes_of(*text))) {
            const Written& where = world.pen.where(value);
            // Elements that were there before are somebody else's words.
            const bool here = where.record == op.record && where.tag == each.tag;
            if (here && (which == Words::All || !was_seen(world, op, each.tag, value)))
                found.push_back(*text);
        }
    }
    return found;
}

/// One op of one changeset and where it must have left its traces.
class Trace {
  public:
    Trace(World& world,
          sqlite::Connection& office,
          std::uint32_t laptop,
          std::uint64_t oseq,
          bool has_tray)
        : world_(world), office_(office), laptop_(laptop), oseq_(oseq), has_tray_(has_tray) {}

    void check(const merge::Op& op, const merge::Verdict& verdict, std::size_t index) {
        const bool refused =
            verdict.kind == VerdictKind::Rejected || verdict.kind == VerdictKind::Parked;
        // A tray goes with the disk it was on.
        if (refused && has_tray_) check_tray(op, index);
        if (!refused) check_journal(op, verdict);
        // What gave way to a later word of his own is nobody's matter.
        const bool is_case = verdict.kind == VerdictKind::Case ||
                             (verdict.matter != 0 && (verdict.kind == VerdictKind::Superseded ||
                                                      verdict.kind == VerdictKind::Merged));
        const bool is_proposal =
            verdict.kind == VerdictKind::Proposal || verdict.kind == VerdictKind::Late;
        if (is_case) check_matter("case", "candidates", op, verdict);
        if (is_proposal && verdict.matter != 0) check_matter("proposal", "new_value", op, verdict);
    }

  private:
    void lost(const merge::Op& op, const std::string& why) {
        world_.breach("I8 conserved", named(laptop_) + " changeset " + std::to_string(oseq_) +
                                          " op on " + to_text(op.record) + ": " + why);
    }
    /// It waits outside the door, whole, until a person lets it in.
    bool is_withheld(const merge::Op& op) {
        auto rows =
            office_.prepared("SELECT body FROM office_withheld WHERE device=?1 AND oseq=?2");
        rows.bind(world_.laptops[laptop_]->device, oseq_);
        while (rows.step()) {
            const auto kept = protocol::decode_changeset(rows.bytes(0));
            // The laptop's door fills in what its author left open.
            const auto holds = [&](const merge::Op& each) {
                const auto kept_words = words_of(world_, each);
                return each.kind == op.kind && each.record == op.record && each.event == op.event &&
                       std::ranges::all_of(words_of(world_, op), [&](const std::string& word) {
                           return std::ranges::find(kept_words, word) != kept_words.end();
                       });
            };
            if (kept && std::ranges::any_of(kept->ops, holds)) return true;
        }
        return false;
    }
    /// Exactly one line of the journal, holding what was written.
    void check_journal(const merge::Op& op, const merge::Verdict& verdict) {
        const auto words = words_of(world_, op);
        const bool branched = world_.branched.contains(world_.laptops[laptop_]->device);
        std::size_t lines = 0;
        Bytes value;
        // What speaks of a merged file is meant for the one it lives on in.
        for (const RecordId& home : world_.homes_of(op.record)) {
            auto rows = lines_of(op, home);
            while (rows.step()) {
                // Another branch may have used the number for the same field.
                const bool mine = std::ranges::all_of(words, [&](const std::string& word) {
                    return holds_text(rows.blob(0), value_part(word));
                });
                if (branched && !mine) continue;
                ++lines;
                value = rows.bytes(0);
            }
        }
        const bool silent =
            op.kind == merge::OpKind::Remove && verdict.kind == VerdictKind::Converged;
        // A list may hold the words of another branch as well.
        const bool shared = words.empty() || std::ranges::any_of(words, [](const auto& word) {
                                return word.starts_with('[');
                            });
        const std::size_t most = !branched ? 1
                                 : shared  ? entries_with_number()
                                           : entries_saying(op, words);
        if (lines > most)
            world_.breach("I1 one verdict", named(laptop_) + " changeset " + std::to_string(oseq_) +
                                                " counts " + std::to_string(lines) + " times");
        if (lines == 0 && is_withheld(op)) return;
        if (lines == 0 && !silent)
            return lost(op, "not in the history, answered " +
                                std::to_string(static_cast<int>(verdict.kind)) + " " +
                                verdict.reason);
        for (const auto& text : words) {
            if (!holds_text(value, value_part(text))) lost(op, "the history lacks " + text);
        }
    }
    /// How many different changesets with this number the branches of the device brought.
    std::size_t entries_with_number() {
        auto row = office_.prepared(
            "SELECT count(DISTINCT head) FROM office_verdict WHERE device=?1 AND oseq=?2");
        row.bind(world_.laptops[laptop_]->device, oseq_);
        return row.step() ? row.counter(0) : 0;
    }
    /// How many of them say these words of the same field: people on both disks may change it back
    /// to what the office holds, and nothing in the history tells their lines apart.
    std::size_t entries_saying(const merge::Op& op, const std::vector<std::string>& words) {
        const auto homes = world_.homes_of(op.record);
        const auto meant_there = [&](const merge::Op& other) {
            return std::ranges::any_of(world_.homes_of(other.record),
                                       [&](const RecordId& home) { return homes.contains(home); });
        };
        const auto says = [&](const merge::Op& other) {
            return other.kind == op.kind && group_of(other) == group_of(op) && meant_there(other) &&
                   std::ranges::all_of(words, [&](const std::string& word) {
                       return holds_word(other, value_part(word));
                   });
        };
        auto rows = office_.prepared(
            "SELECT DISTINCT head FROM office_verdict WHERE device=?1 AND oseq=?2");
        rows.bind(world_.laptops[laptop_]->device, oseq_);
        std::size_t entries = 0;
        while (rows.step()) {
            const merge::Changeset* entry = entry_with(rows.fixed<32>(0));
            // Of what was answered to nobody and went with its disk nobody knows the words.
            if (entry == nullptr || std::ranges::any_of(entry->ops, says)) ++entries;
        }
        return entries;
    }
    static bool holds_word(const merge::Op& op, const std::string& word) {
        return std::ranges::any_of(op.fields, [&](const FieldValue& each) {
            const auto* text = as_text(each.value);
            return text != nullptr && text->find(word) != std::string::npos;
        });
    }
    /// What a disk of this device saved as the entry with this chain after it; null: unknown.
    const merge::Changeset* entry_with(const crypto::Digest& head) {
        const auto answered = world_.answered.find(head);
        if (answered != world_.answered.end()) return &answered->second.draft;
        for (const auto& each : world_.history) {
            const auto saved = each.saved.find(oseq_);
            if (saved != each.saved.end() && saved->second.head == head)
                return &saved->second.draft;
        }
        return nullptr;
    }
    /// 0: of the whole record.
    static int group_of(const merge::Op& op) {
        const bool sets = op.kind == merge::OpKind::Set && !op.fields.empty();
        return sets ? op.fields.front().tag : 0;
    }
    sqlite::Statement lines_of(const merge::Op& op, const RecordId& record) {
        auto rows = office_.prepared(
            "SELECT value FROM office_journal WHERE device=?1 AND count=?2 AND record=?3 AND op=?4 "
            "AND (?5=0 OR group_tag=?5)");
        rows.bind(world_.laptops[laptop_]->device, oseq_, record, static_cast<int>(op.kind),
                  group_of(op));
        return rows;
    }
    static std::string value_part(const std::string& text) {
        // Lists are kept as a whole; their new element is looked for.
        const auto at = text.rfind("qzx");
        return at == std::string::npos || at < 8 ? text : text.substr(at - 8, 11);
    }
    void check_tray(const merge::Op& op, std::size_t index) {
        auto& db = world_.laptops[laptop_]->store().connection();
        auto row = db.prepared("SELECT op FROM tray WHERE oseq=?1 AND op_index=?2");
        row.bind(oseq_, std::uint64_t{index});
        if (!row.step()) return lost(op, "refused and not in the tray");
        // What was sealed the laptop cannot show: then it waits at the office.
        if (is_withheld(op)) return;
        for (const auto& text : words_of(world_, op, Words::Added)) {
            if (!holds_text(row.blob(0), value_part(text)))
                lost(op, "the tray lacks the author's own " + text);
        }
    }
    /// The case or proposal exists and knows the author of what was written: it stands there, or
    /// he has said something newer since (`check_own_words`).
    void check_matter(std::string_view table,
                      std::string_view column,
                      const merge::Op& op,
                      const merge::Verdict& verdict) {
        auto row = office_.prepared("SELECT \"" + std::string(column) + "\", " +
                                    (table == "case" ? "people" : "proposed_by") + " FROM \"" +
                                    std::string(table) + "\" WHERE number=?1");
        if (!row.bind(verdict.matter).step())
            return lost(op, "there is no such " + std::string(table) + " " +
                                std::to_string(verdict.matter));
        if (table != "case" || verdict.kind == VerdictKind::Merged) return;
        const std::string author = to_text(world_.laptops[laptop_]->user);
        bool stands = row.text(1).find(author) != std::string_view::npos;
        for (const auto& text : words_of(world_, op))
            stands = stands || row.text(0).find(value_part(text)) != std::string_view::npos;
        if (!stands && op.kind == merge::OpKind::Set) lost(op, "its case does not know its author");
    }

    World& world_;
    sqlite::Connection& office_;
    std::uint32_t laptop_;
    std::uint64_t oseq_;
    bool has_tray_;
};

/// Each op of an answered changeset has its verdict, and left the traces that verdict promises.
void check_traces(World& world, sqlite::Connection& office, const Answer& answer, bool has_tray) {
    const auto verdicts = protocol::decode_verdicts(answer.verdicts);
    if (!verdicts || verdicts->size() != answer.draft.ops.size())
        return world.breach("I1 one verdict", named(answer.laptop) + " changeset " +
                                                  std::to_string(answer.oseq) +
                                                  " has not one verdict an op");
    Trace trace(world, office, answer.laptop, answer.oseq, has_tray);
    for (std::size_t at = 0; at < verdicts->size(); ++at)
        trace.check(answer.draft.ops[at], (*verdicts)[at], at);
}

/// For people who look for the cause.
void tell_answers(
    World& world, std::uint32_t laptop, std::uint64_t oseq, ByteView here, ByteView there) {
    if (!world.told) return;
    for (const ByteView each : {here, there}) {
        const auto verdicts = protocol::decode_verdicts(each);
        std::string words = "changeset " + std::to_string(oseq) + ":";
        for (const auto& verdict : verdicts.value_or(std::vector<merge::Verdict>{}))
            words += " " + std::to_string(static_cast<int>(verdict.kind)) + verdict.reason +
                     " matter " + std::to_string(verdict.matter) + " fv " +
                     std::to_string(verdict.fv.value);
        world.tell(laptop, words);
    }
    auto rows = world.office.books().prepared(
        "SELECT epoch, hex(head), length(verdicts) FROM office_verdict WHERE device=?1 AND "
        "oseq=?2");
    rows.bind(world.laptops[laptop]->device, oseq);
    while (rows.step())
        world.tell(laptop, "epoch " + std::to_string(rows.number(0)) + " " +
                               std::string(rows.text(1)).substr(0, 12) + " " +
                               std::to_string(rows.number(2)));
}

/// The last entry whose words this laptop does not have any more.
std::uint64_t last_given_up(sqlite::Connection& db) {
    auto row = db.prepared("SELECT coalesce(max(oseq), 0) FROM outbox WHERE body IS NULL");
    return row.step() ? row.counter(0) : 0;
}

}  // namespace

bool is_active(World& world, std::uint32_t laptop) {
    return world.office.looking([&](server::Store& store) {
        const auto row = store.device(world.laptops[laptop]->device);
        return row && row->state == 2;
    });
}

void check_conserved(World& world, std::uint32_t laptop) {
    auto& machine = *world.laptops[laptop];
    auto& db = machine.store().connection();
    auto& office = world.office.books();
    const bool emptied = machine.wiped || machine.store().meta.number("wipe") != 0;
    const bool active = is_active(world, laptop) && !emptied;
    const std::uint64_t given_up = last_given_up(db);
    for (auto& [oseq, saved] : world.history[laptop].saved) {
        auto row = db.prepared("SELECT body, verdicts, sealed FROM outbox WHERE oseq=?1");
        if (!row.bind(oseq).step()) {
            world.breach("I2 outbox", named(laptop) + " lost changeset " + std::to_string(oseq));
            continue;
        }
        check_frozen(world, laptop, saved, row);
        auto stored =
            office.prepared("SELECT verdicts FROM office_verdict WHERE device=?1 AND head=?2");
        stored.bind(machine.device, saved.head);
        const bool judged = stored.step();
        if (row.is_null(1)) {
            if (active)
                world.breach("I13 liveness", named(laptop) + " could not deliver changeset " +
                                                 std::to_string(oseq));
            if (!judged) continue;
        } else if (world.restored && oseq <= given_up) {
            // Answered before the backup was put back, and not all of the chain is there to offer
            // it again: another copy may have, and heard otherwise.
            if (judged)
                check_traces(world, office, {laptop, oseq, stored.bytes(0), saved.draft}, false);
            continue;
        } else if (!judged && !active && world.restored) {
            continue;  // a stopped laptop that has not come since
        } else if (!judged || stored.bytes(0) != row.bytes(1)) {
            tell_answers(world, laptop, oseq, row.bytes(1), judged ? stored.bytes(0) : Bytes{});
            world.breach("I2 outbox", named(laptop) + " holds another answer than the office");
            continue;
        }
        check_traces(world, office, {laptop, oseq, stored.bytes(0), saved.draft},
                     !row.is_null(1) && !emptied);
    }
}

void check_left_behind(World& world) {
    auto& office = world.office.books();
    check_office_reopened(world);
    std::set<crypto::Digest> here;
    for (const auto& each : world.history) {
        for (const auto& [oseq, saved] : each.saved) here.insert(saved.head);
    }
    for (const auto& [head, answer] : world.answered) {
        if (!here.contains(head)) check_traces(world, office, answer, false);
    }
}

namespace {

using Parts = std::map<std::pair<RecordId, Facet>, std::pair<std::uint16_t, std::uint64_t>>;

/// Every facet of the office this user may hold, with its kind and version.
Parts rightful_parts(World& world, const UserId& user) {
    Parts parts;
    auto& office = world.office.books();
    world.office.looking([&](server::Store& store) {
        Rights rights(store, world.office.office().now());
        auto rows = office.prepared(
            "SELECT f.record, f.facet, f.fv, r.kind FROM office_facet f JOIN office_record r ON "
            "r.id=f.record");
        while (rows.step()) {
            const auto record = rows.id<RecordId>(0);
            const auto facet = static_cast<Facet>(rows.number(1));
            if (rights.may_hold(user, record, facet))
                parts[{record, facet}] = {static_cast<std::uint16_t>(rows.number(3)),
                                          rows.counter(2)};
        }
        return true;
    });
    return parts;
}

Parts parts_on(LaptopMachine& machine) {
    Parts parts;
    auto rows = machine.store().connection().prepared("SELECT record, facet, fv, kind FROM member");
    while (rows.step()) {
        auto& part = parts[{rows.id<RecordId>(0), static_cast<Facet>(rows.number(1))}];
        part = {static_cast<std::uint16_t>(rows.number(3)), std::max(part.second, rows.counter(2))};
    }
    return parts;
}

std::string described(const Parts::value_type& part) {
    const auto* kind = catalog::find_kind(part.second.first);
    return (kind == nullptr ? std::string("?") : std::string(kind->name)) + " " +
           to_text(part.first.first) + " facet " +
           std::to_string(static_cast<int>(part.first.second));
}

/// For people who look for the cause.
std::string json_like(const Value& value) {
    if (const auto* text = as_text(value)) return *text;
    if (const auto number = as_number(value)) return std::to_string(*number);
    return is_empty(value) ? "-" : to_text(as_record(value));
}

void check_values(World& world, std::uint32_t laptop, const Parts& parts) {
    auto& db = world.laptops[laptop]->store().connection();
    auto& office = world.office.books();
    for (const auto& part : parts) {
        const auto [record, facet] = part.first;
        const auto* kind = catalog::find_kind(part.second.first);
        if (facet == Facet::Masked) continue;  // shown otherwise than kept
        const auto here = sqlite::load_facet(db, *kind, record, facet);
        const auto there = sqlite::load_facet(office, *kind, record, facet);
        for (const auto* side : {&here, &there}) {
            if (!world.told || here == there) break;
            std::string line = side == &here ? "laptop has" : "office has";
            for (const auto& each : *side)
                line += " " + std::to_string(each.tag) + "=" + json_like(each.value);
            world.tell(laptop, line);
        }
        if (here != there)
            world.breach("I3 converged",
                         named(laptop) + " shows other values of " + described(part));
    }
}

/// No row shows a field of a facet that does not lie here.
void check_nothing_more(World& world, std::uint32_t laptop, const Parts& parts) {
    auto& machine = *world.laptops[laptop];
    for (const catalog::Kind* kind : catalog::kinds()) {
        for (const RecordId& record :
             machine.store().replica.select({.kind = kind, .limit = 9999})) {
            const auto values = machine.store().replica.load(*kind, record);
            const auto held = parts.lower_bound({record, Facet{}});
            if (held == parts.end() || held->first.first != record)
                world.breach("I3 converged", named(laptop) + " lists " + std::string(kind->name) +
                                                 " " + to_text(record) + " it has nothing of");
            for (const auto& each : values.value_or(FieldValues{})) {
                const auto facet = catalog::facet_of(*kind, *catalog::find_field(*kind, each.tag));
                if (parts.contains({record, facet})) continue;
                world.breach("I3 converged", named(laptop) + " shows " + std::string(kind->name) +
                                                 " " + to_text(record) + " tag " +
                                                 std::to_string(each.tag) + " without right");
                break;
            }
        }
    }
}

}  // namespace

void check_converged(World& world, std::uint32_t laptop) {
    auto& machine = *world.laptops[laptop];
    if (!is_active(world, laptop) || machine.store().meta.number("wipe") != 0) return;
    const auto& key = world.office.keys().channel.public_key;
    if (!world.restored && machine.store().meta.identity()->server_key != key)
        world.breach("I3 converged", named(laptop) + " does not know the office's key");
    const Parts rightful = rightful_parts(world, machine.user);
    const Parts here = parts_on(machine);
    for (const auto& part : rightful) {
        const auto at = here.find(part.first);
        if (at == here.end()) {
            world.breach("I3 converged", named(laptop) + " lacks " + described(part));
        } else if (at->second != part.second) {
            world.breach("I3 converged", named(laptop) + " has an old " + described(part));
        }
    }
    for (const auto& part : here) {
        if (!rightful.contains(part.first))
            world.breach("I3 converged", named(laptop) + " holds without right " + described(part));
    }
    if (world.is_broken()) return;
    check_values(world, laptop, here);
    check_nothing_more(world, laptop, here);
}

void check_quiet(World& world) {
    check_office(world);
    for (std::uint32_t at = 0; at < world.laptops.size() && !world.is_broken(); ++at) {
        check_conserved(world, at);
        if (!world.is_broken()) check_converged(world, at);
        check_image(world, at);
    }
    if (!world.is_broken()) check_left_behind(world);
    if (!world.is_broken()) check_contents(world);
    check_growth(world);
}

}  // namespace dossier::sim
