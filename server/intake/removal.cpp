#include "server/intake/removal.hpp"

#include <algorithm>
#include <map>

#include "server/intake/matters.hpp"

namespace dossier::server {
namespace {

using catalog::kDeletedAt;
using merge::OpKind;
using merge::Verdict;
using merge::VerdictKind;

Facet facet_of_removal(const catalog::Kind& kind) {
    return catalog::facet_of(kind, *catalog::find_field(kind, kDeletedAt));
}

/// A version says it for the facet of the removal; for others, what the laptop's last session
/// brought.
bool has_seen(const Desk& desk,
              const catalog::Kind& kind,
              const merge::Op& op,
              const JournalEntry& line) {
    const auto* of = catalog::find_field(kind, line.group);
    const bool beside = of != nullptr && catalog::facet_of(kind, *of) == facet_of_removal(kind);
    if (beside && line.won) return line.since.value <= op.base_fv.value;
    const auto device = desk.store.device(desk.bearer.device);
    return device && line.received_at <= device->last_session;
}

/// The values of an edit that may be quoted where the removal is.
FieldValues quotable(const catalog::Kind& kind, const FieldValues& values) {
    FieldValues quoted;
    for (const auto& each : values) {
        const auto* of = catalog::find_field(kind, each.tag);
        const bool fits = of != nullptr && !is_empty(each.value) &&
                          catalog::facet_of(kind, *of) == facet_of_removal(kind);
        if (fits) quoted.push_back(each);
    }
    return quoted;
}

bool is_edit(const JournalEntry& line) {
    return line.op == OpKind::Set && line.group != kDeletedAt && line.source != "merge";
}

/// The record with its removal alone as the group at hand.
Target removable(const Desk& desk, const catalog::Kind& kind, const RecordId& record) {
    return {.place = desk.store.place(record).value_or(Place{}),
            .kind = &kind,
            .values = desk.store.load(kind.tag, record).value_or(FieldValues{}),
            .group = {catalog::find_field(kind, kDeletedAt)}};
}

/// The edit holds: the record is there again.
void give_back(const Desk& desk, const Target& target, const merge::Op& edit) {
    JournalEntry line = journal_line(desk, edit, target, 0);
    line.op = OpKind::Set;
    line.base = line.before = target.part(target.values);
    line.value = {{kDeletedAt, Value{}}};
    line.verdict = VerdictKind::Merged;
    write_record(desk, target, target.with({}), std::move(line));
    audit(desk, "restore", target, "ok", "auto_resolved");
}

}  // namespace

std::vector<Candidate> unseen_edits(const Desk& desk,
                                    const merge::Op& removal,
                                    const Place& place) {
    std::map<UserId, Candidate> by_author;
    const auto& kind = *catalog::find_kind(place.kind);
    for (const JournalEntry& line : desk.store.history(place.record, {})) {
        const bool others = is_edit(line) && line.stamp.author != desk.bearer.user;
        if (!desk.from_laptop() || !others || has_seen(desk, kind, removal, line)) continue;
        auto& candidate = by_author[line.stamp.author];
        candidate.author = line.stamp.author;
        candidate.device = line.stamp.device;
        candidate.at = std::max(candidate.at, line.stamp.at);
        for (const auto& [tag, value] : quotable(kind, line.value))
            assign(candidate.value, tag, value);
    }
    std::vector<Candidate> all;
    for (auto& [author, candidate] : by_author) all.push_back(std::move(candidate));
    return all;
}

bool wrote_later(const Desk& desk, const merge::Op& removal) {
    if (!desk.from_laptop()) return false;
    const auto lines = desk.store.history(removal.record, {});
    return std::any_of(lines.begin(), lines.end(), [&](const JournalEntry& line) {
        return is_edit(line) && line.stamp.author == desk.bearer.user &&
               line.stamp.device != desk.bearer.device && line.stamp.later_than(desk.stamp(0));
    });
}

std::optional<JournalEntry> removal_of(Store& store,
                                       const RecordId& record,
                                       const FieldValues& values) {
    if (find(values, kDeletedAt) == nullptr) return std::nullopt;
    const auto lines = store.history(record, kDeletedAt);
    const auto last = std::find_if(lines.rbegin(), lines.rend(), [](const JournalEntry& line) {
        return line.won && line.group == kDeletedAt;
    });
    return last == lines.rend() ? std::nullopt : std::optional(*last);
}

Verdict dispute_removal(const Desk& desk,
                        const merge::Op& edit,
                        const catalog::Kind& kind,
                        const JournalEntry& removal,
                        Verdict verdict) {
    const bool changed = verdict.kind != VerdictKind::Rejected &&
                         verdict.kind != VerdictKind::Parked &&
                         verdict.kind != VerdictKind::Converged;
    const bool own = removal.stamp.author == desk.bearer.user;
    if (!changed || (own && !desk.stamp(0).later_than(removal.stamp))) return verdict;
    Target target = removable(desk, kind, edit.record);
    const FieldValues removed = target.part(target.values);
    // Who decided it at the office did not do so unaware.
    const bool decided = removal.stamp.count == 0;
    if (!decided || own) {
        give_back(desk, target, edit);
        target.values = target.with({});
    }
    if (own) return verdict;
    const Candidate editor{desk.bearer.user, desk.bearer.device, desk.bearer.at,
                           quotable(kind, edit.fields)};
    const auto number = open_case(
        desk, {target, {}, target.part(target.values), removed, removal.stamp}, "C-23", {editor});
    // What is in force needs no other answer; what lies in a record that is gone does.
    if (decided) verdict.kind = VerdictKind::Case;
    if (decided || verdict.matter == 0) verdict.matter = number;
    return verdict;
}

}  // namespace dossier::server
