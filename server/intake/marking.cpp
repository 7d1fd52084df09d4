#include "server/intake/marking.hpp"

#include <algorithm>
#include <set>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/chains.hpp"
#include "common/workflow/secrecy_marking.hpp"

#include "protocol/messages.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kSecrecyMarking;
using workflow::kSecrecyMarkings;

constexpr std::int64_t kTop = 3;
constexpr std::uint16_t kLegalHold = 7;  // common_fields.hpp

struct Mark {
    RecordId id;
    FieldValues values;
};

std::int64_t level_of(const FieldValues& mark) {
    return number_in(mark, field(kSecrecyMarking, "level").tag);
}
std::string term_of(const FieldValues& mark) {
    return text_in(mark, field(kSecrecyMarking, "expires_on"));
}
std::string_view state_of_mark(const FieldValues& mark, std::string_view otherwise = {}) {
    static constexpr auto& kState = field(kSecrecyMarking, "state");
    const auto said = text_in(mark, kState);
    for (const auto& choice : kState.choices) {
        if (choice.code == said) return choice.code;
    }
    return otherwise;
}
RecordId file_in(const FieldValues& mark) {
    return record_in(mark, field(kSecrecyMarking, "customer_id"));
}
RecordId single_in(const FieldValues& mark) {
    return record_in(mark, field(kSecrecyMarking, "record_id"));
}

/// What the mark stands on, as the office has it; no kind where there is none.
Target marked_by(const Desk& desk, const FieldValues& mark) {
    const RecordId single = single_in(mark);
    const RecordId id = single.is_none() ? file_in(mark) : single;
    Target target;
    target.place = desk.store.place(id).value_or(Place{});
    target.kind = catalog::find_kind(target.place.kind);
    if (target.kind != nullptr)
        target.values = desk.store.load(target.place.kind, id).value_or(FieldValues{});
    return target;
}

/// Other marks on the same, in this state.
std::vector<Mark> others(const Desk& desk, const Hand& hand, std::string_view state) {
    std::vector<Mark> found;
    const auto& own = hand.target.values;
    for (const RecordId& id : desk.store.find(
             kSecrecyMarking.tag, field(kSecrecyMarking, "customer_id").tag, file_in(own))) {
        auto mark = desk.store.load(kSecrecyMarking.tag, id).value_or(FieldValues{});
        const bool same = id != hand.target.place.record && single_in(mark) == single_in(own) &&
                          find(mark, catalog::kDeletedAt) == nullptr;
        if (same && state_of_mark(mark) == state) found.push_back({id, std::move(mark)});
    }
    return found;
}

std::int64_t present_level(const Target& target) {
    return number_in(target.values, catalog::kSecrecyLevel,
                     std::max(0, static_cast<int>(target.kind->level)));
}

bool runs_on(const FieldValues& mark, const std::string& today) {
    const auto term = term_of(mark);
    return term.empty() || term >= today;
}

/// The level the marks that still run give it; without any what it has of its own.
std::int64_t level_left(const Target& target,
                        const std::vector<Mark>& running,
                        const FieldValues& ended,
                        const std::string& today) {
    std::int64_t level = -1;
    for (const Mark& mark : running) {
        if (runs_on(mark.values, today)) level = std::max(level, level_of(mark.values));
    }
    if (level >= 0) return level;
    if (catalog::is_file(*target.kind)) return 0;
    return std::min<std::int64_t>(std::max(0, static_cast<int>(target.kind->level)),
                                  level_of(ended));
}

/// Sets the level as the office: of a file by the step `mark`, of a single record by itself.
Status give_level(const Desk& desk, const Target& target, std::int64_t level) {
    if (present_level(target) == level) return {};
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Changeset changeset{.source = "job"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    const bool file = catalog::is_file(*target.kind);
    merge::Op op{.kind = file ? merge::OpKind::Event : merge::OpKind::Set,
                 .record_kind = target.kind->tag,
                 .record = target.place.record,
                 .fields = {{catalog::kSecrecyLevel, level}}};
    if (file) op.event = "mark";
    const auto verdict = file ? admit_event(inner, op) : admit_set(inner, op);
    const bool done = verdict.kind == merge::VerdictKind::Applied ||
                      verdict.kind == merge::VerdictKind::Merged ||
                      verdict.kind == merge::VerdictKind::Converged;
    return done ? Status{} : fail(merge::kMarkTarget);
}

/// What is secret of a file is said by the file, too.
void say_why(const Desk& desk, const Target& target, const FieldValues& mark) {
    if (!catalog::is_file(*target.kind)) return;
    static constexpr auto& kWhy = field(kCustomer, "secret_reason");
    const Value* why = find(mark, field(kSecrecyMarking, "secret_reason").tag);
    if (why == nullptr) return;
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Changeset changeset{.source = "job"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    static_cast<void>(admit_set(inner, {.kind = merge::OpKind::Set,
                                        .record_kind = kCustomer.tag,
                                        .record = target.place.record,
                                        .fields = {{kWhy.tag, *why}}}));
}

using Lying = std::set<std::pair<Facet, Scope>>;

/// Where each part of it lies.
Lying lies_in(const Desk& desk, const Target& target) {
    Lying all;
    for (const Facet facet : catalog::facets_of(*target.kind)) {
        for (const Scope& scope : desk.store.memberships(target.place.record, facet))
            all.emplace(facet, scope);
    }
    return all;
}

/// Laptops that hold a scope which a part of it has left.
std::vector<std::string> laptops_with(const Desk& desk, const Lying& before, const Lying& after) {
    std::set<Scope> lost;
    for (const auto& [facet, scope] : before) {
        if (!after.contains({facet, scope})) lost.insert(scope);
    }
    std::vector<std::string> laptops;
    if (lost.empty()) return laptops;
    for (const DeviceRow& row : desk.store.devices()) {
        if (row.wipe == WipeState::Done || row.last_session.ms == 0) continue;
        const auto held = desk.store.held(row.device);
        if (std::ranges::any_of(held, [&](const Scope& scope) { return lost.contains(scope); }))
            laptops.push_back('"' + to_text(row.device) + '"');
    }
    return laptops;
}

/// A file that was never marked is of the default level since it was made: that becomes a mark,
/// so that it runs on beneath the higher one. Source: WF-08 "default", AS-11.
void keep_default(const Hand& hand, const Target& target) {
    const auto level = present_level(target);
    if (!catalog::is_file(*target.kind) || level <= 0 || level >= level_of(hand.target.values))
        return;
    const Instant made{number_in(target.values, catalog::kCreatedAt)};
    const Bearer then{.user = {}, .at = made, .now = hand.desk.bearer.now};
    const merge::Changeset changeset{.source = "job"};
    const Desk inner{hand.desk.store, hand.desk.people, hand.desk.ids, then, changeset};
    FieldValues mark;
    put(mark, field(kSecrecyMarking, "customer_id"), target.place.record);
    put(mark, field(kSecrecyMarking, "level"), level);
    put(mark, field(kSecrecyMarking, "basis"), std::string("默认密级/default level"));
    put(mark, field(kSecrecyMarking, "state"), std::string(workflow::secrecy::kMarked));
    put(mark, field(kSecrecyMarking, "effective_at"), made.ms);
    const merge::Op op{.kind = merge::OpKind::Create,
                       .record_kind = kSecrecyMarking.tag,
                       .record = hand.desk.ids.make<RecordId>(),
                       .fields = std::move(mark)};
    static_cast<void>(admit_create(inner, op));
}

void let_lapse(const Hand& hand) {
    for (const Mark& mark : others(hand.desk, hand, workflow::secrecy::kProposed))
        follow(hand.desk, kSecrecyMarkings, mark.id, "lapse");
}

/// Whether he may know of a file of level 3 once its circle names him.
bool may_be_named(const Desk& desk, const RecordId& person) {
    const auto user = person.as<UserTag>();
    access::Subject top{.kind = kCustomer.tag, .level = static_cast<int>(kTop)};
    top.circle = {user};
    return access::decide(desk.people.viewer(user, desk.bearer.now), access::Operation::LookUp, top,
                          Facet::Directory, {.now = desk.bearer.now})
               .answer == access::Answer::Allow;
}

Status circle_fits(const Desk& desk, const FieldValues& mark) {
    static constexpr auto& kCircle = field(kSecrecyMarking, "circle");
    const Value* named = find(mark, kCircle.tag);
    const auto people =
        named == nullptr ? std::vector<RecordId>{} : catalog::references_in(kCircle, *named);
    if (people.empty() == (level_of(mark) >= kTop))
        return fail(merge::kMarkCircle, catalog::label_of(kCircle));
    for (const RecordId& person : people) {
        if (!may_be_named(desk, person))
            return fail(merge::kNotForCircle, desk.people.name(person.as<UserTag>()));
    }
    return {};
}

bool is_gone_or_elsewhere(const Target& target, const RecordId& file) {
    return target.kind == nullptr || target.values.empty() || target.place.customer != file ||
           find(target.values, catalog::kDeletedAt) != nullptr ||
           find(target.values, catalog::kMergedInto) != nullptr;
}

}  // namespace

std::string_view signers_of_mark(const Desk& desk, const FieldValues& mark) {
    const auto target = marked_by(desk, mark);
    const auto present = target.kind == nullptr ? 0 : present_level(target);
    return std::max(level_of(mark), present) >= kTop ? workflow::chains::kOfTop
                                                     : std::string_view();
}

Status mark_fits(const Hand& hand) {
    const auto& mark = hand.target.values;
    // The office writes down what is in force already.
    if (hand.desk.is_system()) return {};
    if (is_gone_or_elsewhere(marked_by(hand.desk, mark), file_in(mark)))
        return fail(merge::kMarkTarget);
    const auto term = term_of(mark);
    const bool needs_term = level_of(mark) > 0;
    if (needs_term ? term <= office_date(hand.desk.bearer.now) : !term.empty())
        return fail(merge::kMarkTerm, catalog::label_of(field(kSecrecyMarking, "expires_on")));
    return circle_fits(hand.desk, mark);
}

Status term_over(const Hand& hand) {
    const auto term = term_of(hand.target.values);
    const bool over = !term.empty() && term < office_date(hand.desk.bearer.now);
    return over ? Status{} : fail(merge::kTermRuns);
}

Status not_held(const Hand& hand) {
    const auto target = marked_by(hand.desk, hand.target.values);
    const auto file =
        hand.desk.store.load(kCustomer.tag, file_in(hand.target.values)).value_or(FieldValues{});
    const bool held = number_in(target.values, kLegalHold) != 0 || number_in(file, kLegalHold) != 0;
    return held ? fail(merge::kMarkHeld) : Status{};
}

Status take_mark(Hand& hand) {
    const Desk& desk = hand.desk;
    const auto& mark = hand.target.values;
    const auto target = marked_by(desk, mark);
    if (is_gone_or_elsewhere(target, file_in(mark))) return fail(merge::kMarkTarget);
    if (!runs_on(mark, office_date(desk.bearer.now)))
        return fail(merge::kMarkTerm, catalog::label_of(field(kSecrecyMarking, "expires_on")));
    const auto running = others(desk, hand, workflow::secrecy::kMarked);
    if (running.empty()) keep_default(hand, target);
    for (const Mark& other : running) {
        if (level_of(other.values) >= level_of(mark))
            follow(desk, kSecrecyMarkings, other.id, "replace");
    }
    const auto before = lies_in(desk, target);
    if (auto given = give_level(desk, target, level_of(mark)); !given) return given;
    say_why(desk, target, mark);
    static constexpr auto& kLeft = field(kSecrecyMarking, "left_on");
    if (auto laptops = laptops_with(desk, before, lies_in(desk, target)); !laptops.empty())
        put(hand.after, kLeft, catalog::from_elements(kLeft, std::move(laptops)));
    let_lapse(hand);
    return {};
}

Status end_mark(Hand& hand) {
    const Desk& desk = hand.desk;
    const auto& mark = hand.target.values;
    const auto target = marked_by(desk, mark);
    if (!is_gone_or_elsewhere(target, file_in(mark))) {
        const auto running = others(desk, hand, workflow::secrecy::kMarked);
        const auto left = level_left(target, running, mark, office_date(desk.bearer.now));
        if (auto given = give_level(desk, target, left); !given) return given;
    }
    let_lapse(hand);
    return {};
}

}  // namespace dossier::server
