#include "server/review/cases.hpp"

#include <algorithm>
#include <charconv>

#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/quoted.hpp"
#include "server/reading/view.hpp"
#include "server/review/faults.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::Kind;
using catalog::kProposal;

constexpr Fault kNoCandidate{"review.no_candidate",
                             ErrorCode::Usage,
                             {"没有候选值 {}", "there is no candidate {}"},
                             {"用 current、base 或 1…{}", "use current, base or 1…{}"}};

constexpr Fault kNeverInForce{"review.never_in_force",
                              ErrorCode::Conflict,
                              {"冲突 {} 的原值从未在中心端生效，不能退回",
                               "the base of case {} was never in force: it cannot return"},
                              {"取 current（保留现值）、某个候选编号，或用 {in:value} 另定",
                               "take current or a candidate, or give another with {in:value}"}};

/// What the matter is about, if `viewer` may see it.
std::optional<Quoted> disputed(Office& office,
                               const UserId& viewer,
                               const Place& matter,
                               const FieldValues& values) {
    auto about = quoted_by(office.store(), matter.kind, values);
    if (!about || viewer.is_none()) return about;
    const auto decision = may_view(office, {viewer, {}}, matter, values, Facet::Main);
    return decision.answer == access::Answer::Allow ? about : std::nullopt;
}

/// The disputed group as the office has it now.
FieldValues now_of(const Quoted& about) {
    FieldValues now;
    for (const auto* member : catalog::group_of(*about.kind, *about.field)) {
        if (const Value* value = find(about.values, member->tag))
            now.push_back({member->tag, *value});
    }
    return now;
}

FieldValues group_json(const Quoted& about,
                       const FieldValues& values,
                       const Kind& matter,
                       std::string_view name) {
    return catalog::values_from_json(*about.kind, text_in(values, matter, name))
        .value_or(FieldValues{});
}

std::optional<CaseView> case_view(Office& office, const UserId& viewer, const RecordId& id) {
    const auto values = office.store().load(kCase.tag, id);
    const auto about =
        values ? disputed(office, viewer, {kCase.tag, id, {}}, *values) : std::nullopt;
    if (!about) return std::nullopt;
    CaseView view;
    view.id = id;
    view.number = static_cast<std::uint64_t>(number_in(*values, kCase, "number"));
    view.conflict_class = text_in(*values, kCase, "class");
    view.state = text_in(*values, kCase, "state");
    view.about = about->place;
    view.kind = about->kind;
    view.field = about->field;
    view.base = group_json(*about, *values, kCase, "base_value");
    view.current = group_json(*about, *values, kCase, "current_value");
    view.now = now_of(*about);
    view.candidates = candidates_from(*about->kind, text_in(*values, kCase, "candidates"));
    view.opened_at = Instant{number_in(*values, kCase, "opened_at")};
    view.due_on = text_in(*values, kCase, "due_on");
    view.resolution = text_in(*values, kCase, "resolution");
    view.resolved = group_json(*about, *values, kCase, "resolved_value");
    view.resolved_by = record_in(*values, kCase, "resolved_by").as<UserTag>();
    view.resolved_at = Instant{number_in(*values, kCase, "resolved_at")};
    view.reason = text_in(*values, kCase, "reason");
    return view;
}

std::optional<ProposalView> proposal_view(Office& office,
                                          const UserId& viewer,
                                          const RecordId& id) {
    const auto values = office.store().load(kProposal.tag, id);
    const auto about =
        values ? disputed(office, viewer, {kProposal.tag, id, {}}, *values) : std::nullopt;
    if (!about) return std::nullopt;
    ProposalView view;
    view.id = id;
    view.number = static_cast<std::uint64_t>(number_in(*values, kProposal, "number"));
    view.state = text_in(*values, kProposal, "state");
    view.late = number_in(*values, kProposal, "late") != 0;
    view.about = about->place;
    view.kind = about->kind;
    view.field = about->field;
    view.old_value = group_json(*about, *values, kProposal, "old_value");
    view.new_value = group_json(*about, *values, kProposal, "new_value");
    view.now = now_of(*about);
    view.proposed_by = record_in(*values, kProposal, "proposed_by").as<UserTag>();
    view.proposed_at = Instant{number_in(*values, kProposal, "proposed_at")};
    view.verified_by = record_in(*values, kProposal, "verified_by").as<UserTag>();
    view.evidence = record_in(*values, kProposal, "evidence_id");
    view.reason = text_in(*values, kProposal, "reason");
    return view;
}

std::optional<RecordId> numbered(Office& office, const Kind& kind, std::uint64_t number) {
    const auto found = office.store().find(kind.tag, catalog::find_field(kind, "number")->tag,
                                           static_cast<std::int64_t>(number));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

/// Every record of a kind, turned into views, by number.
template <class View, class Make>
std::vector<View> all_views(Office& office, const Kind& kind, Make make) {
    std::vector<View> views;
    RecordId after;
    for (auto page = office.store().list(kind.tag, after, 500); !page.empty();
         page = office.store().list(kind.tag, page.back(), 500)) {
        for (const RecordId& id : page) {
            if (auto view = make(id)) views.push_back(std::move(*view));
        }
    }
    std::sort(views.begin(), views.end(),
              [](const View& a, const View& b) { return a.number < b.number; });
    return views;
}

/// The values of the disputed group, empty ones left out.
FieldValues group_of(const CaseView& view, const FieldValues& values) {
    FieldValues part;
    for (const auto* member : catalog::group_of(*view.kind, *view.field)) {
        const Value* value = find(values, member->tag);
        if (value != nullptr && !is_empty(*value)) part.push_back({member->tag, *value});
    }
    return part;
}

/// False for a base the journal knows only as words that were not taken: a former program kept the
/// author's own earlier value as such.
bool was_in_force(Store& store, const CaseView& view) {
    const FieldValues base = group_of(view, view.base);
    if (base == group_of(view, view.now)) return true;
    bool only_words = false;
    for (const auto& line : store.history(view.about.record, view.field->tag)) {
        const bool wrote = line.op != merge::OpKind::Event && base == group_of(view, line.value);
        const bool held = line.group != 0 && base == group_of(view, line.before);
        if (held || (wrote && line.won)) return true;
        only_words = only_words || wrote;
    }
    return !only_words;
}

/// Sets every field of the group to `value`, with what the reviewer saw as base.
merge::Op set_op(const Place& about,
                 const Kind& kind,
                 const catalog::Field& first,
                 const FieldValues& seen,
                 const FieldValues& value) {
    merge::Op op{.kind = merge::OpKind::Set, .record_kind = about.kind, .record = about.record};
    for (const auto* member : catalog::group_of(kind, first)) {
        const Value* was = find(seen, member->tag);
        const Value* is = find(value, member->tag);
        op.base.push_back({member->tag, was == nullptr ? Value{} : *was});
        op.fields.push_back({member->tag, is == nullptr ? Value{} : *is});
    }
    return op;
}

Status carry_out(Office& office,
                 const UserId& actor,
                 std::string_view source,
                 std::string_view reason,
                 std::vector<merge::Op> ops) {
    merge::Changeset changeset{
        .reason = std::string(reason), .source = std::string(source), .ops = std::move(ops)};
    auto verdicts = office.change(actor, std::move(changeset));
    if (!verdicts) return pass(verdicts);
    return {};
}

Status rule(Office& office,
            const UserId& reviewer,
            const CaseView& view,
            const FieldValues& value,
            std::string_view resolution,
            std::string_view reason) {
    merge::Op event{
        .kind = merge::OpKind::Event, .record_kind = kCase.tag, .record = view.id, .event = "rule"};
    // What the ruling replaces is kept in the case, so that it can be taken back.
    assign(event.fields, field(kCase, "current_value").tag,
           catalog::values_json(*view.kind, view.now));
    assign(event.fields, field(kCase, "resolution").tag, std::string(resolution));
    assign(event.fields, field(kCase, "resolved_value").tag,
           catalog::values_json(*view.kind, value));
    std::vector<merge::Op> ops;
    if (value != view.now)
        ops.push_back(set_op(view.about, *view.kind, *view.field, view.now, value));
    ops.push_back(std::move(event));
    return carry_out(office, reviewer, "ruling", reason, std::move(ops));
}

}  // namespace

std::vector<CaseView> list_cases(Office& office, const UserId& viewer, Which which) {
    return all_views<CaseView>(office, kCase, [&](const RecordId& id) -> std::optional<CaseView> {
        auto view = case_view(office, viewer, id);
        if (view && which == Which::Open && view->state != catalog::CaseState::kOpen)
            return std::nullopt;
        return view;
    });
}

std::vector<ProposalView> list_proposals(Office& office, const UserId& viewer, Which which) {
    return all_views<ProposalView>(
        office, kProposal, [&](const RecordId& id) -> std::optional<ProposalView> {
            auto view = proposal_view(office, viewer, id);
            if (view && which == Which::Open && view->state != catalog::ProposalState::kOpen)
                return std::nullopt;
            return view;
        });
}

Result<CaseView> show_case(Office& office,
                           const UserId& viewer,
                           std::uint64_t number,
                           std::string_view purpose) {
    const auto id = numbered(office, kCase, number);
    auto view = id ? case_view(office, viewer, *id) : std::nullopt;
    if (id)
        note_read(office, {viewer, std::string(purpose)}, "view", {kCase.tag, *id, {}},
                  view.has_value());
    if (!view) return fail(kNoMatter, std::to_string(number));
    return std::move(*view);
}

Result<ProposalView> show_proposal(Office& office,
                                   const UserId& viewer,
                                   std::uint64_t number,
                                   std::string_view purpose) {
    const auto id = numbered(office, kProposal, number);
    auto view = id ? proposal_view(office, viewer, *id) : std::nullopt;
    if (id)
        note_read(office, {viewer, std::string(purpose)}, "view", {kProposal.tag, *id, {}},
                  view.has_value());
    if (!view) return fail(kNoMatter, std::to_string(number));
    return std::move(*view);
}

Status rule_case(Office& office,
                 const UserId& reviewer,
                 std::uint64_t number,
                 std::string_view take,
                 std::string_view reason) {
    auto view = show_case(office, reviewer, number);
    if (!view) return pass(view);
    if (take == "current") return rule(office, reviewer, *view, view->now, "keep_server", reason);
    if (take == "base") {
        if (!was_in_force(office.store(), *view))
            return fail(kNeverInForce, std::to_string(number));
        return rule(office, reviewer, *view, group_of(*view, view->base), "reject", reason);
    }
    std::size_t choice = 0;
    const auto parsed = std::from_chars(take.data(), take.data() + take.size(), choice);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == take.data() + take.size();
    if (!whole || choice == 0 || choice > view->candidates.size()) {
        return fail(kNoCandidate, take, std::to_string(view->candidates.size()));
    }
    // Of a record that goes or stays an editor's candidate is that it stays.
    return rule(office, reviewer, *view, group_of(*view, view->candidates[choice - 1].value),
                "take_client", reason);
}

Status rule_case_with(Office& office,
                      const UserId& reviewer,
                      std::uint64_t number,
                      const FieldValues& value,
                      std::string_view reason) {
    auto view = show_case(office, reviewer, number);
    if (!view) return pass(view);
    return rule(office, reviewer, *view, value, "combine", reason);
}

Status undo_ruling(Office& office,
                   const UserId& reviewer,
                   std::uint64_t number,
                   std::string_view reason) {
    auto view = show_case(office, reviewer, number);
    if (!view) return pass(view);
    if (view->state != catalog::CaseState::kRuled)
        return fail(merge::kSettled, std::to_string(number));
    std::vector<merge::Op> ops;
    // Somebody may have changed the field since: then the ruling is no longer what holds.
    if (view->now != view->resolved) return fail(merge::kStale);
    if (view->now != view->current)
        ops.push_back(set_op(view->about, *view->kind, *view->field, view->now, view->current));
    ops.push_back({.kind = merge::OpKind::Event,
                   .record_kind = kCase.tag,
                   .record = view->id,
                   .event = "reopen"});
    return carry_out(office, reviewer, "ruling", reason, std::move(ops));
}

Status accept_proposal(Office& office,
                       const UserId& verifier,
                       std::uint64_t number,
                       std::string_view reason) {
    auto view = show_proposal(office, verifier, number);
    if (!view) return pass(view);
    std::vector<merge::Op> ops;
    if (view->new_value != view->now)
        ops.push_back(set_op(view->about, *view->kind, *view->field, view->now, view->new_value));
    ops.push_back({.kind = merge::OpKind::Event,
                   .record_kind = kProposal.tag,
                   .record = view->id,
                   .event = "accept"});
    return carry_out(office, verifier, "verification", reason, std::move(ops));
}

Status refuse_proposal(Office& office,
                       const UserId& verifier,
                       std::uint64_t number,
                       std::string_view reason) {
    auto view = show_proposal(office, verifier, number);
    if (!view) return pass(view);
    return carry_out(office, verifier, "verification", reason,
                     {{.kind = merge::OpKind::Event,
                       .record_kind = kProposal.tag,
                       .record = view->id,
                       .event = "refuse"}});
}

}  // namespace dossier::server
