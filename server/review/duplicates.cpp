#include "server/review/duplicates.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/elements.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/merge.hpp"
#include "server/reading/view.hpp"
#include "server/review/faults.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kDuplicate;
using catalog::kMerge;

using catalog::kMergedInto;
using catalog::kSecrecyLevel;

bool may_merge(Office& office, const UserId& viewer, const RecordId& customer) {
    const auto values = office.store().load(kCustomer.tag, customer);
    if (!values) return false;
    if (viewer.is_none()) return true;
    const auto subject = office.people().subject({kCustomer.tag, customer, customer}, *values);
    const auto decision =
        access::decide(office.people().viewer(viewer, office.now()), access::Operation::MergeFiles,
                       subject, Facet::Main, {.now = office.now()});
    return decision.answer == access::Answer::Allow;
}

PairView view_of(const RecordId& id, const FieldValues& values) {
    PairView view;
    view.id = id;
    view.number = static_cast<std::uint64_t>(number_in(values, field(kDuplicate, "number")));
    view.a = record_in(values, field(kDuplicate, "a_id"));
    view.b = record_in(values, field(kDuplicate, "b_id"));
    view.score = static_cast<int>(number_in(values, field(kDuplicate, "score")));
    if (const Value* matched = find(values, field(kDuplicate, "matched_on").tag)) {
        for (const auto& each : catalog::elements(*matched))
            view.matched_on.push_back(each.substr(1, each.size() - 2));
    }
    view.state = text_in(values, field(kDuplicate, "state"));
    view.found_at = Instant{number_in(values, field(kDuplicate, "found_at"))};
    view.decided_by = record_in(values, field(kDuplicate, "decided_by")).as<UserTag>();
    view.reason = text_in(values, field(kDuplicate, "reason"));
    return view;
}

MergeView merge_view(const FieldValues& values) {
    return {.number = static_cast<std::uint64_t>(number_in(values, field(kMerge, "number"))),
            .absorbed = record_in(values, field(kMerge, "absorbed_id")),
            .survivor = record_in(values, field(kMerge, "survivor_id")),
            .moved = static_cast<std::uint64_t>(number_in(values, field(kMerge, "moved"))),
            .state = text_in(values, field(kMerge, "state")),
            .merged_by = record_in(values, field(kMerge, "merged_by")).as<UserTag>(),
            .merged_at = Instant{number_in(values, field(kMerge, "merged_at"))},
            .undo_until = Instant{number_in(values, field(kMerge, "undo_until"))},
            .reason = text_in(values, field(kMerge, "reason"))};
}

/// Every record of a kind as a view, those that `shown` accepts.
template <class View, class Make>
std::vector<View> views_of(Store& store, const catalog::Kind& kind, Make make) {
    std::vector<View> views;
    for (auto page = store.list(kind.tag, {}, kWalkPage); !page.empty();
         page = store.list(kind.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            if (auto view = make(id, store.load(kind.tag, id).value_or(FieldValues{})))
                views.push_back(std::move(*view));
        }
    }
    return views;
}

Status submit(Office& office, const UserId& actor, merge::Op op, std::string_view reason) {
    merge::Changeset changeset;
    changeset.reason = std::string(reason);
    changeset.source = "merge";
    changeset.ops = {std::move(op)};
    auto verdicts = office.change(actor, std::move(changeset));
    office.people().forget();
    if (!verdicts) return pass(verdicts);
    return {};
}

FieldValues part(const std::vector<const catalog::Field*>& group, const FieldValues& of) {
    FieldValues values;
    for (const auto* member : group) {
        const Value* value = find(of, member->tag);
        if (value != nullptr && !is_empty(*value)) values.push_back({member->tag, *value});
    }
    return values;
}

/// A former name is one more way to find the file.
FieldValues with_former_name(const FieldValues& survivor, const FieldValues& absorbed) {
    static constexpr auto& kFormer = field(kCustomer, "former_names");
    FieldValues values = absorbed;
    const auto name = text_in(absorbed, field(kCustomer, "name"));
    if (name.empty() || name == text_in(survivor, field(kCustomer, "name"))) return values;
    const Value* held = find(absorbed, kFormer.tag);
    auto elements = held == nullptr ? std::vector<std::string>{} : catalog::elements(*held);
    const auto one =
        catalog::validate(kFormer, catalog::from_elements(kFormer, {'"' + name + '"'}), Instant{});
    if (!one || is_empty(*one)) return values;
    for (auto& each : catalog::elements(*one)) elements.push_back(std::move(each));
    assign(values, kFormer.tag, catalog::from_elements(kFormer, elements));
    return values;
}

/// What becomes of one group.
std::optional<Choice> choice_of(const std::vector<const catalog::Field*>& group,
                                const FieldValues& survivor,
                                const FieldValues& absorbed,
                                bool taken) {
    const auto& first = *group.front();
    Choice choice{&first, part(group, survivor), part(group, absorbed), {}, "taken"};
    if (choice.survivor == choice.absorbed || (choice.absorbed.empty() && !taken))
        return std::nullopt;
    if (taken) {
        choice.result = choice.absorbed;
    } else if (choice.survivor.empty()) {
        choice.result = choice.absorbed;
        choice.why = "filled";
    } else if (first.merge == catalog::Merge::Union && merge::holds_elements(first)) {
        const Value nothing;
        assign(choice.result, first.tag,
               merge::united(first, choice.survivor.front().value, &nothing,
                             choice.absorbed.front().value));
        choice.why = "united";
    } else {
        return std::nullopt;
    }
    if (choice.result == choice.survivor) return std::nullopt;
    return choice;
}

bool is_free(const catalog::Field& of) {
    return of.tag >= 16 && !catalog::is_server_set(of) && of.merge != catalog::Merge::Immutable;
}

void count_records(Store& store, MergePlan& plan) {
    for (const Place& place : store.file_of(plan.absorbed)) {
        const auto* kind = catalog::find_kind(place.kind);
        const bool data = kind != nullptr && kind->belongs == catalog::Belongs::Customer;
        if (!data || place.record == plan.absorbed) continue;
        ++(only_of_kind(store, *kind, plan.survivor) ? plan.stays : plan.moves)[kind->name];
    }
}

}  // namespace

std::size_t pairs_known(Office& office,
                        const UserId& viewer,
                        const std::vector<CustomerPair>& pairs) {
    return static_cast<std::size_t>(std::ranges::count_if(pairs, [&](const CustomerPair& pair) {
        return may_merge(office, viewer, pair.a) && may_merge(office, viewer, pair.b);
    }));
}

std::vector<PairView> list_pairs(Office& office, const UserId& viewer, Which which) {
    auto views = views_of<PairView>(
        office.store(), kDuplicate,
        [&](const RecordId& id, const FieldValues& values) -> std::optional<PairView> {
            auto view = view_of(id, values);
            const bool waits = view.state == catalog::PairState::kOpen ||
                               view.state == catalog::PairState::kProposed;
            if (which == Which::Open && !waits) return std::nullopt;
            const bool known =
                may_merge(office, viewer, view.a) && may_merge(office, viewer, view.b);
            return known ? std::optional(std::move(view)) : std::nullopt;
        });
    std::stable_sort(views.begin(), views.end(), [](const PairView& x, const PairView& y) {
        return std::tie(y.score, x.number) < std::tie(x.score, y.number);
    });
    return views;
}

Result<PairView> show_pair(Office& office, const UserId& viewer, std::uint64_t number) {
    const auto found = office.store().find(kDuplicate.tag, field(kDuplicate, "number").tag,
                                           static_cast<std::int64_t>(number));
    if (!found.empty()) {
        auto view =
            view_of(found.front(),
                    office.store().load(kDuplicate.tag, found.front()).value_or(FieldValues{}));
        const bool known = may_merge(office, viewer, view.a) && may_merge(office, viewer, view.b);
        note_read(office, {viewer, {}}, "view", {kDuplicate.tag, view.id, {}}, known);
        if (known) return view;
    }
    return fail(kNoMatter, std::to_string(number));
}

Status decide_pair(Office& office,
                   const UserId& viewer,
                   std::uint64_t number,
                   std::string_view event,
                   std::string_view reason) {
    const auto view = show_pair(office, viewer, number);
    if (!view) return tl::unexpected(view.error());
    return submit(office, viewer,
                  {.kind = merge::OpKind::Event,
                   .record_kind = kDuplicate.tag,
                   .record = view->id,
                   .event = std::string(event)},
                  reason);
}

Result<MergePlan> plan_merge(Office& office,
                             const UserId& actor,
                             const RecordId& absorbed,
                             const RecordId& survivor,
                             std::span<const catalog::Field* const> take) {
    Store& store = office.store();
    MergePlan plan{.absorbed = absorbed, .survivor = survivor_of(store, survivor)};
    if (plan.absorbed == plan.survivor) return fail(merge::kMergeCycle);
    for (const auto& each : {plan.absorbed, plan.survivor}) {
        if (!may_merge(office, actor, each)) return fail(access::kFaultDenied);
    }
    const auto held = store.load(kCustomer.tag, plan.survivor).value_or(FieldValues{});
    const auto gone = store.load(kCustomer.tag, plan.absorbed).value_or(FieldValues{});
    const auto offered = with_former_name(held, gone);
    for (const auto* each : catalog::all_fields(kCustomer)) {
        const auto group = catalog::group_of(kCustomer, *each);
        if (group.front() != each || !is_free(*each)) continue;
        const bool taken = std::any_of(group.begin(), group.end(), [&](const auto* member) {
            return std::find(take.begin(), take.end(), member) != take.end();
        });
        if (auto choice = choice_of(group, held, offered, taken))
            plan.choices.push_back(std::move(*choice));
    }
    count_records(store, plan);
    static constexpr auto& kOwner = field(kCustomer, "owner_user_id");
    plan.owners_differ = record_in(held, kOwner) != record_in(gone, kOwner);
    static const auto& level = *catalog::find_field(kCustomer, kSecrecyLevel);
    plan.level = static_cast<int>(std::max(number_in(held, level), number_in(gone, level)));
    return plan;
}

Status carry_out_merge(Office& office,
                       const UserId& actor,
                       const MergePlan& plan,
                       std::string_view reason) {
    merge::Op op{.kind = merge::OpKind::Event,
                 .record_kind = kCustomer.tag,
                 .record = plan.absorbed,
                 .event = "merge"};
    assign(op.fields, kMergedInto, plan.survivor);
    for (const Choice& choice : plan.choices) {
        for (const auto* member : catalog::group_of(kCustomer, *choice.field)) {
            const Value* seen = find(choice.survivor, member->tag);
            const Value* value = find(choice.result, member->tag);
            assign(op.base, member->tag, seen == nullptr ? Value{} : *seen);
            assign(op.fields, member->tag, value == nullptr ? Value{} : *value);
        }
    }
    return submit(office, actor, std::move(op), reason);
}

Status take_back_merge(Office& office,
                       const UserId& actor,
                       const RecordId& absorbed,
                       std::string_view reason) {
    return submit(office, actor,
                  {.kind = merge::OpKind::Event,
                   .record_kind = kCustomer.tag,
                   .record = absorbed,
                   .event = "unmerge"},
                  reason);
}

Result<MergeView> show_merge(Office& office, const UserId& viewer, std::uint64_t number) {
    const auto found = office.store().find(kMerge.tag, field(kMerge, "number").tag,
                                           static_cast<std::int64_t>(number));
    if (found.empty()) return fail(kNoMatter, std::to_string(number));
    auto view = merge_view(office.store().load(kMerge.tag, found.front()).value_or(FieldValues{}));
    if (!may_merge(office, viewer, view.survivor)) return fail(kNoMatter, std::to_string(number));
    return view;
}

std::vector<MergeView> list_merges(Office& office, const UserId& viewer) {
    auto views = views_of<MergeView>(
        office.store(), kMerge,
        [&](const RecordId&, const FieldValues& values) -> std::optional<MergeView> {
            auto view = merge_view(values);
            return may_merge(office, viewer, view.survivor) ? std::optional(std::move(view))
                                                            : std::nullopt;
        });
    std::stable_sort(views.begin(), views.end(),
                     [](const MergeView& x, const MergeView& y) { return x.number < y.number; });
    return views;
}

}  // namespace dossier::server
