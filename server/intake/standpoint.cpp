#include "server/intake/standpoint.hpp"

#include <algorithm>
#include <optional>

#include "common/base/plant.hpp"
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
            if (sets || line.op == OpKind::Create) lines_.push_back(std::move(line));
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
                         Grasp grasp) {
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
    if (resolved && (!desk.from_laptop() || (saw_current && !own))) return at;
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
        const bool by_element = merge::holds_elements(*first);
        if (!by_element || !won) at.base = at.original = lines.at(*word).base;
        if (!by_element && saw_current) set_aside(lines, *word, at);
    }
    // What he may not read is not compared with his words; of an absorbed file the survivor's
    // journal says nothing.
    if (grasp.reads && desk.absorbed.is_none()) complete(lines, op, target, at);
    at.only_own = !at.follows && !saw_current && lines.only_by(desk.bearer.user, at.base);
    return at;
}

}  // namespace dossier::server
