#include "server/intake/standpoint.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/elements.hpp"

namespace dossier::server {
namespace {

using merge::OpKind;

/// What was seen agrees with what was held, as far as it was seen; nothing seen agrees with
/// nothing.
bool agree(const FieldValues& seen, const FieldValues& held) {
    return !seen.empty() && std::all_of(seen.begin(), seen.end(), [&](const FieldValue& each) {
        return merge::same(each.value, merge::value_or_empty(held, each.tag));
    });
}

struct Held {
    FieldValues values = {};
    const JournalEntry* writer = nullptr;
    Fv since = {};  ///< 0 = not known
};

/// The lines of the journal that wrote one group, oldest first.
class Lines {
  public:
    Lines(Store& store, const RecordId& record, const Target& target, FieldValues current)
        : target_(target), current_(std::move(current)) {
        for (JournalEntry& line : store.history(record, target.group.front()->tag)) {
            const bool sets = line.op == OpKind::Set && line.group != 0;
            // Of a record that two made only the first began it.
            const bool begins = line.op == OpKind::Create && line.won;
            if (sets || begins) lines_.push_back(std::move(line));
        }
    }

    /// The last line that won, from `from` back; nothing when there is none.
    [[nodiscard]] std::optional<std::size_t> winner(std::size_t from) const {
        for (std::size_t at = from; at > 0; --at) {
            if (lines_[at - 1].won) return at - 1;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::size_t> holder() const { return winner(lines_.size()); }
    [[nodiscard]] const JournalEntry& at(std::size_t line) const { return lines_[line]; }

    /// The first line of the run of unanswered words that ends in `line`: won one after the other
    /// on one laptop, all with the base the first began from.
    [[nodiscard]] std::size_t run_of(std::size_t line) const {
        std::size_t first = line;
        for (auto before = winner(first); before && is_step(*before, line); before = winner(first))
            first = *before;
        return first;
    }
    /// What the group holds when `line` won last, and whose it is: of a line that gave way, what it
    /// gave way to.
    [[nodiscard]] Held held_by(std::size_t line) const {
        const auto& last = lines_[line];
        if (last.event != kTakeBack) return {held_after(line), &last, last.since};
        Held held = without_run(line, line);
        held.since = last.since;
        return held;
    }
    /// What the group would hold before line `until` without the run that ends in `last`: what
    /// was there when it began, and what others wrote since and only lost to it.
    [[nodiscard]] Held without_run(std::size_t last, std::size_t until) const {
        const std::size_t first = run_of(last);
        const auto before = winner(first);
        Held held = before ? held_by(*before) : Held{};
        held.values = target_.part(lines_[first].before);
        for (std::size_t at = first + 1; at < until; ++at) {
            const auto& line = lines_[at];
            if (line.verdict != merge::VerdictKind::Superseded || line.won || is_step(at, last))
                continue;
            const auto judged = merge::judge(
                *target_.group.front(),
                {held.values, held.writer ? held.writer->stamp : merge::Stamp{}, held.since},
                {line.base, target_.part(line.value), line.stamp, {}});
            const bool wins = judged.outcome == merge::Outcome::Apply ||
                              judged.outcome == merge::Outcome::Override;
            if (wins) held = {judged.values, &line, {}};
        }
        return held;
    }
    [[nodiscard]] std::size_t count() const { return lines_.size(); }
    /// The author's last word from this laptop.
    [[nodiscard]] std::optional<std::size_t> own(const Bearer& bearer) const {
        for (std::size_t at = lines_.size(); at > 0; --at) {
            const auto& line = lines_[at - 1];
            const bool his = line.op == OpKind::Set && line.stamp.count != 0 &&
                             line.stamp.count <= bearer.oseq &&
                             line.stamp.device == bearer.device && line.stamp.author == bearer.user;
            if (his) return at - 1;
        }
        return std::nullopt;
    }
    /// What the office held once `line` was written.
    [[nodiscard]] FieldValues held_after(std::size_t line) const {
        for (std::size_t next = line + 1; next < lines_.size(); ++next) {
            if (lines_[next].op == OpKind::Set) return target_.part(lines_[next].before);
        }
        return current_;
    }
    [[nodiscard]] bool was_in_force(const FieldValues& value) const {
        return agree(value, current_) ||
               std::any_of(lines_.begin(), lines_.end(), [&](const JournalEntry& line) {
                   return line.op == OpKind::Set ? agree(value, target_.part(line.before))
                                                 : agree(value, target_.part(line.value));
               });
    }
    /// Whether this value held at a version its reader had, from line `from` on.
    [[nodiscard]] bool was_seen(const FieldValues& value, Fv by, std::size_t from) const {
        for (std::size_t line = from; line < lines_.size(); ++line) {
            if (lines_[line].won && lines_[line].since.value <= by.value &&
                agree(value, held_after(line)))
                return true;
        }
        return false;
    }
    /// What held at a version of the facet; nothing when no line reaches that far back.
    [[nodiscard]] std::optional<FieldValues> held_at(Fv version) const {
        for (auto line = holder(); line; line = winner(*line)) {
            if (lines_[*line].since.value <= version.value) return held_after(*line);
        }
        return std::nullopt;
    }
    /// What held before anything else did, for who never had a version of the office.
    [[nodiscard]] FieldValues first_held() const {
        if (lines_.empty()) return current_;
        const auto& first = lines_.front();
        return target_.part(first.op == OpKind::Set ? first.before : first.value);
    }
    /// Whether only `author` wrote since the group held `value`.
    [[nodiscard]] bool only_by(const UserId& author, const FieldValues& value) const {
        for (auto line = holder(); line; line = winner(*line)) {
            const auto& each = lines_[*line];
            if (each.op != OpKind::Set || each.stamp.author != author) return false;
            if (agree(value, target_.part(each.before))) return true;
        }
        return false;
    }

    /// Whether what the group holds is an earlier word of this author's own, begun from the same
    /// base: somebody has made it the office's.
    [[nodiscard]] bool holds_word_of(const merge::Stamp& word, const FieldValues& base) const {
        return std::any_of(lines_.begin(), lines_.end(), [&](const JournalEntry& line) {
            return line.op == OpKind::Set && line.stamp.author == word.author &&
                   word.later_than(line.stamp) && line.base == base && agree(current_, line.value);
        });
    }
    /// What was said last of each element after `word`, and whether it is there then.
    using Said = std::map<std::string, std::pair<merge::Stamp, bool>>;
    [[nodiscard]] Said said_after(const merge::Stamp& word, std::uint16_t tag) const {
        Said last;
        for (const JournalEntry& line : lines_) {
            const bool counts = line.won || line.verdict == merge::VerdictKind::Converged;
            if (line.op != OpKind::Set || !counts || !line.stamp.later_than(word)) continue;
            const auto before = catalog::elements(merge::value_or_empty(line.base, tag));
            const auto after = catalog::elements(merge::value_or_empty(line.value, tag));
            const auto note = [&](const auto& here, const auto& not_here, bool there) {
                for (const std::string& each : here) {
                    if (std::ranges::find(not_here, each) != not_here.end()) continue;
                    auto& noted = last[each];
                    if (!noted.first.later_than(line.stamp)) noted = {line.stamp, there};
                }
            };
            note(after, before, true);
            note(before, after, false);
        }
        return last;
    }

  private:
    [[nodiscard]] bool is_step(std::size_t line, std::size_t last) const {
        return lines_[line].op == OpKind::Set && lines_[last].op == OpKind::Set &&
               lines_[line].stamp.device == lines_[last].stamp.device &&
               lines_[line].stamp.author == lines_[last].stamp.author &&
               lines_[line].stamp.count != 0 && lines_[line].base == lines_[last].base;
    }

    const Target& target_;
    FieldValues current_;
    std::vector<JournalEntry> lines_;
};

/// Whether he wrote the edit before he had an answer to `word`, his last one.
bool is_unanswered(const Lines& lines, std::size_t word, const merge::Op& op, bool reads) {
    const JournalEntry& line = lines.at(word);
    if (!agree(op.base, line.value)) return false;
    if (line.won) return op.base_fv.value < line.since.value;
    // Somebody may have made it the office's own since.
    return !reads || !lines.was_seen(op.base, op.base_fv, word + 1);
}

/// The group as it was before the run of words that ends in `word` and holds now.
void set_aside(const Lines& lines, std::size_t word, Standpoint& at) {
    Held held = lines.without_run(word, lines.count());
    at.stands = true;
    at.state = {std::move(held.values), held.writer ? held.writer->stamp : merge::Stamp{},
                held.since};
}

/// Of each element of a set the later word holds, whoever's arrives first: what was taken away and
/// put there again later stays, what was added and taken away later stays away.
void outlive(const Lines& lines,
             const catalog::Field& field,
             const merge::Stamp& word,
             const FieldValues& next,
             Standpoint& at) {
    auto seen = catalog::elements(merge::value_or_empty(at.base, field.tag));
    const auto said = catalog::elements(merge::value_or_empty(next, field.tag));
    const auto holds = [](const std::vector<std::string>& list, const std::string& each) {
        return std::ranges::find(list, each) != list.end();
    };
    bool changed = false;
    bool by_others = false;
    for (const auto& [element, last] : lines.said_after(word, field.tag)) {
        const auto& [stamp, there] = last;
        const bool was = holds(seen, element);
        if (was == holds(said, element) || was == !there) continue;
        changed = true;
        by_others = by_others || stamp.author != word.author;
        if (there)
            std::erase(seen, element);
        else
            seen.push_back(element);
    }
    if (!changed) return;
    Value base = catalog::from_elements(field, std::move(seen));
    at.outlived = merge::same_elements(base, merge::value_or_empty(next, field.tag));
    at.outlived_by_others = at.outlived && by_others;
    assign(at.base, field.tag, std::move(base));
}

/// What he could not see is filled in for people; what never held there is replaced by what did.
void complete(const Lines& lines, const merge::Op& op, const Target& target, Standpoint& at) {
    const bool whole = at.base.size() == target.group.size();
    const auto held = lines.held_at(op.base_fv);
    if (whole && !at.follows && !lines.was_in_force(op.base))
        at.base = held ? *held : lines.first_held();
    if (!held) {
        if (whole) at.original = at.base;
        return;
    }
    at.original = at.base;
    for (const auto* member : target.group) {
        for (auto* list : {&at.original, whole ? &at.base : &at.original}) {
            if (find(*list, member->tag) == nullptr)
                assign(*list, member->tag, merge::value_or_empty(*held, member->tag));
        }
    }
}

}  // namespace

bool spoke_later(Store& store, const Target& target, const merge::Stamp& word) {
    const auto lines = store.history(target.place.record, target.group.front()->tag);
    return std::any_of(lines.begin(), lines.end(), [&](const JournalEntry& line) {
        return line.op == OpKind::Set && line.group != 0 && line.stamp.author == word.author &&
               line.stamp.device != word.device && word.at < line.stamp.at;
    });
}

std::optional<JournalEntry> writer_of(Store& store,
                                      const Target& target,
                                      const FieldValues& current) {
    auto last = store.last_won(target.place.record, target.group.front()->tag);
    if (!last || last->event != kTakeBack) return last;
    const Lines lines(store, target.place.record, target, current);
    const auto holder = lines.holder();
    const auto* writer = holder ? lines.held_by(*holder).writer : nullptr;
    return writer == nullptr ? std::nullopt : std::optional(*writer);
}

Standpoint standpoint_of(const Desk& desk,
                         const merge::Op& op,
                         const Target& target,
                         const FieldValues& current,
                         Grasp grasp,
                         const FieldValues& next) {
    const auto* first = target.group.front();
    const RecordId& record = target.place.record;
    const auto last = desk.store.last_won(record, first->tag);
    Standpoint at{op.base,
                  op.base,
                  {current, last ? last->stamp : merge::Stamp{}, last ? last->since : Fv{}}};
    const bool saw_current = op.base.size() == target.group.size() && agree(op.base, current);
    const bool own = last && last->stamp.device == desk.bearer.device && last->stamp.count != 0 &&
                     op.base_fv.value < last->since.value;
    const bool resolved = !last || last->event != kTakeBack;
    const bool by_element = merge::holds_elements(*first) && first->merge == catalog::Merge::Union;
    if (resolved && (!desk.from_laptop() || (saw_current && !own && !by_element))) return at;
    const Lines lines(desk.store, record, target, current);
    const auto holder = lines.holder();
    if (const auto* writer = holder ? lines.held_by(*holder).writer : nullptr)
        at.state.stamp = writer->stamp;
    if (!desk.from_laptop() || is_planted(Plant::OwnWordsContested)) return at;
    const auto word = lines.own(desk.bearer);
    at.follows = word && (!saw_current || (holder == word && grasp.writes)) &&
                 is_unanswered(lines, *word, op, grasp.reads);
    if (at.follows) {
        const bool won = lines.at(*word).won;
        // Of lists and sets what he adds and takes away counts, over what he added before.
        const bool adds = merge::holds_elements(*first);
        if (!adds || !won) at.base = at.original = lines.at(*word).base;
        if (!adds && saw_current) set_aside(lines, *word, at);
    }
    // What he may not read is not compared with his words; of an absorbed file the survivor's
    // journal says nothing.
    if (grasp.reads && desk.absorbed.is_none()) complete(lines, op, target, at);
    const bool own_in_force =
        !at.follows && !saw_current && lines.holds_word_of(desk.stamp(0), op.base);
    if (own_in_force && grasp.reads && !merge::holds_elements(*first))
        at.base = at.original = current;
    if (by_element && grasp.reads && grasp.writes) outlive(lines, *first, desk.stamp(0), next, at);
    at.only_own = !at.follows && !saw_current && lines.only_by(desk.bearer.user, at.base);
    return at;
}

}  // namespace dossier::server
