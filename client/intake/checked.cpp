#include "client/intake/checked.hpp"

#include <algorithm>
#include <cstdio>

#include "common/access/faults.hpp"
#include "common/access/slip.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/references.hpp"
#include "common/merge/derived_id.hpp"
#include "common/merge/overlay.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "client/faults.hpp"
#include "client/intake/asked_here.hpp"
#include "client/intake/copies.hpp"
#include "client/intake/filled.hpp"
#include "client/intake/intake.hpp"

namespace dossier::client {
namespace {

using access::Answer;
using access::Operation;
using catalog::Belongs;
using catalog::Field;
using catalog::field;
using catalog::kCustomer;
using catalog::Kind;
using merge::Op;

using catalog::kCommonTagMax;
constexpr std::string_view kNumberKey = "provisional_numbers";

void preset(FieldValues& values, std::uint16_t tag, Value value) {
    if (find(values, tag) == nullptr && !is_empty(value)) assign(values, tag, std::move(value));
}

/// "T-N07-0042". Source: domain 0.3.
std::string provisional_number(const std::string& device_code, std::int64_t count) {
    std::array<char, 24> digits{};
    const int length =
        std::snprintf(digits.data(), digits.size(), "%04lld", static_cast<long long>(count));
    return "T-" + device_code + "-" + std::string(digits.data(), static_cast<std::size_t>(length));
}

Status refused(const access::Decision& decision, const Text& of) {
    return fail(kDenied, pair_of(of), std::string(decision.rule));
}

}  // namespace

Status Checked::check(Op& op) {
    const Kind* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr) return fail(kMalformedDraft, std::to_string(op.record_kind));
    switch (op.kind) {
        case merge::OpKind::Create:
            return check_create(*kind, op);
        case merge::OpKind::Set:
            return check_set(*kind, op);
        case merge::OpKind::Remove:
            return check_remove(*kind, op);
        default:
            if (op.event.empty()) return fail(kMalformedDraft, pair_of(kind->label));
            return merge::is_copy(op) ? check_copy(*kind, op) : check_event(*kind, op);
    }
}

Status Checked::check_create(const Kind& kind, Op& op) {
    if (catalog::is_written_by_office(kind) && !is_asked_here(kind))
        return fail(kOfficeOnly, pair_of(kind.label));
    std::erase_if(op.fields, [](const FieldValue& each) { return is_empty(each.value); });
    for (const auto& [tag, value] : op.fields) {
        const Field* of = catalog::find_field(kind, tag);
        if (of == nullptr) return fail(kMalformedDraft, std::to_string(tag));
        if (tag <= kCommonTagMax || catalog::is_server_set(*of)) {
            return fail(kOfficeOnly, pair_of(of->label));
        }
    }
    fill_in(kind, op.fields);
    auto valid = catalog::validate_record(kind, op.fields, latest());
    if (!valid) return pass(valid);
    op.fields = std::move(*valid);
    if (auto only = check_only(kind, op); !only) return only;
    if (auto fits = check_references(kind, op.record, op.fields); !fits) return fits;
    if (auto tree = check_tree(kind, op.record, op.fields); !tree) return tree;
    if (auto link = check_link(kind, op.record, op.fields); !link) return link;
    if (auto among = check_among(kind, op.fields); !among) return among;
    op.base.clear();
    op.base_fv = {};
    rows_[op.record] = op.fields;
    kinds_[op.record] = &kind;
    const auto about = subject(kind, op.record, op.fields);
    if (!about) return tl::unexpected(about.error());
    const auto decision = access::decide(viewer_, access::making(kind), *about,
                                         catalog::facets_of(kind).front(), {.now = now_});
    if (decision.answer != Answer::Allow) return refused(decision, kind.label);
    return {};
}

Status Checked::check_only(const Kind& kind, const Op& op) {
    const auto identifying = merge::identifying_values(kind, op.fields);
    auto same = identifying ? store_.replica.select({.kind = &kind, .where = *identifying})
                            : std::vector<RecordId>{};
    std::erase_if(same, [&](const RecordId& id) {
        const auto held = row(kind, id);
        return !held || find(*held, catalog::kDeletedAt) != nullptr;
    });
    if (identifying && row(kind, op.record)) same.push_back(op.record);
    if (!same.empty()) return tl::unexpected(merge::one_only(kind, same.front()));
    return row(kind, op.record) ? Status(fail(kMalformedDraft, pair_of(kind.label))) : Status{};
}

void Checked::fill_in(const Kind& kind, FieldValues& values) {
    preset(values, catalog::kCreatedAt, claimed_.ms);
    preset(values, catalog::kCreatedBy, identity_.user.as<RecordTag>());
    preset(values, catalog::kCreatedDevice, identity_.device.as<RecordTag>());
    preset(values, catalog::kSecrecyLevel,
           std::max<std::int64_t>(0, static_cast<std::int64_t>(kind.level)));
    values = with_presets(kind, std::move(values));
    if (!catalog::is_file(kind)) return;
    const std::int64_t count = store_.meta.number(kNumberKey) + ++numbers_given_;
    preset(values, field(kCustomer, "provisional_no").tag,
           provisional_number(identity_.device_code, count));
}

FieldValues Checked::with_presets(const Kind& kind, FieldValues values) const {
    return catalog::with_presets(
        kind, std::move(values), claimed_,
        {viewer_.user.as<RecordTag>(), viewer_.region, viewer_.department});
}

void Checked::keep_numbers() {
    if (cards_copied_ > 0) note_cards(store_, now_, cards_copied_);
    if (numbers_given_ == 0) return;
    store_.meta.set_number(kNumberKey, store_.meta.number(kNumberKey) + numbers_given_);
}

Status Checked::check_set(const Kind& kind, Op& op) {
    const auto current = row(kind, op.record);
    if (!current) return fail(kUnknownRecord, pair_of(kind.label));
    if (auto sound = check_fields(kind, *current, op); !sound) return sound;
    if (auto fits = check_references(kind, op.record, op.fields); !fits) return fits;
    if (auto tree = check_tree(kind, op.record, op.fields); !tree) return tree;
    if (auto allowed = check_rights(kind, *current, op); !allowed) return allowed;
    auto after = merge::overlay(kind, *current, op.record, std::span(&op, 1));
    std::erase_if(after, [](const FieldValue& each) { return is_empty(each.value); });
    if (auto whole = catalog::validate_whole(kind, after, latest()); !whole) return whole;
    if (auto among = check_among(kind, after); !among) return among;
    const auto* first = catalog::find_field(kind, op.fields.front().tag);
    const bool ranks = kind.above_when.starts_with(std::string(first->name) + '=');
    if (ranks || first->name == kind.other_end) {
        if (auto link = check_link(kind, op.record, after); !link) return link;
    }
    rows_[op.record] = std::move(after);
    return {};
}

Status Checked::check_fields(const Kind& kind, const FieldValues& row, Op& op) {
    const Field* first =
        op.fields.empty() ? nullptr : catalog::find_field(kind, op.fields.front().tag);
    if (first == nullptr) return fail(kMalformedDraft, pair_of(kind.label));
    const auto group = catalog::group_of(kind, *first);
    const bool whole = std::ranges::equal(group, op.fields, {}, &Field::tag, &FieldValue::tag);
    if (!whole) return fail(kMalformedDraft, pair_of(first->label));
    const bool locked = access::is_locked(kind, row, now_) && store_.scopes.holds(op.record);
    auto value = op.fields.begin();
    for (const Field* of : group) {
        if (of->tag <= kCommonTagMax || catalog::is_server_set(*of)) {
            return fail(kOfficeOnly, pair_of(of->label));
        }
        if (of->merge == catalog::Merge::Immutable) return fail(kImmutable, pair_of(of->label));
        if (locked && of->merge != catalog::Merge::Append) return fail(kLocked, pair_of(of->label));
        auto valid = catalog::validate(*of, value->value, latest());
        if (!valid) return pass(valid);
        if (catalog::is_always_filled(*of) && is_empty(*valid)) {
            return fail(catalog::kRequired, pair_of(of->label));
        }
        value->value = std::move(*valid);
        ++value;
    }
    return {};
}

Status Checked::check_rights(const Kind& kind, const FieldValues& row, const Op& op) {
    const auto about = subject(kind, op.record, row);
    if (!about) return tl::unexpected(about.error());
    // What the office does not have yet is its author's own.
    if (about->creator == viewer_.user && !store_.scopes.holds(op.record)) return {};
    for (const FieldValue& each : op.fields) {
        const Field& of = *catalog::find_field(kind, each.tag);
        const auto decision = access::decide_write(viewer_, *about, of, {.now = now_});
        const bool taken = decision.answer == Answer::Allow || decision.answer == Answer::Propose;
        if (!taken) return refused(decision, of.label);
    }
    return {};
}

Status Checked::check_remove(const Kind& kind, const Op& op) {
    if (catalog::is_written_by_office(kind)) return fail(kOfficeOnly, pair_of(kind.label));
    const auto current = row(kind, op.record);
    if (!current) return fail(kUnknownRecord, pair_of(kind.label));
    const auto about = subject(kind, op.record, *current);
    if (!about) return tl::unexpected(about.error());
    const auto decision = access::decide(viewer_, Operation::Remove, *about,
                                         catalog::facets_of(kind).front(), {.now = now_});
    const bool made_here = about->creator == viewer_.user && !store_.scopes.holds(op.record);
    const bool own_slip = access::may_take_back(kind, *current, viewer_.user, now_);
    // What was posted only takes additions: the door at the office would keep it, too.
    if (!made_here && !own_slip && access::is_locked(kind, *current, now_))
        return fail(kLocked, pair_of(kind.label));
    if (decision.answer == Answer::Deny && !made_here && !own_slip)
        return refused(decision, kind.label);
    rows_[op.record] = merge::overlay(kind, *current, op.record, std::span(&op, 1));
    return {};
}

Status Checked::check_event(const Kind& kind, const Op& op) {
    const auto* machine = workflow::machine_of(kind, op.event);
    if (machine == nullptr) return fail(merge::kUnknownEvent, head(op.event, 40));
    const auto rows = workflow::steps_of(*machine, op.event);
    if (rows.front()->at_office) return fail(kAtOffice);
    if (store_.lease.lock(claimed_) != Lock::Open) return check_unseen_event(kind, rows, op);
    const auto current = row(kind, op.record);
    if (!current) return fail(kUnknownRecord, pair_of(kind.label));
    const auto step = workflow::may_step(*machine, op.event, *current, op.fields);
    if (!step) return tl::unexpected(step.error());
    if (auto sound = workflow::check_inputs(**step, kind, op.fields, reason_); !sound) return sound;
    if (workflow::signed_before(**step, kind, *current, viewer_.user))
        return fail(merge::kSameSigner);
    if (auto right = check_step_right(kind, op, **step, *current); !right) return right;
    const auto unfilled =
        workflow::wants_filled(**step) ? unfilled_here(store_, op.record) : Unfilled{};
    return unfilled.lacking.empty() ? Status{}
                                    : fail(merge::kNotFilled, catalog::called(unfilled.lacking));
}

/// Where nothing may be shown, a refusal would tell what lies here: only what was said is tested.
Status Checked::check_unseen_event(const Kind& kind,
                                   const std::vector<const workflow::Step*>& rows,
                                   const Op& op) const {
    Status sound;
    for (const workflow::Step* row : rows) {
        sound = workflow::check_inputs(*row, kind, op.fields, reason_);
        if (sound) break;
    }
    return sound;
}

/// Rights that are decided on other records than this one are the office's to decide: those may not
/// lie here.
Status Checked::check_step_right(const Kind& kind,
                                 const Op& op,
                                 const workflow::Step& step,
                                 const FieldValues& current) {
    const bool elsewhere = std::ranges::any_of(step.who, [](const workflow::Right& right) {
        return right.by == workflow::Authority::Matter || right.by == workflow::Authority::Files ||
               right.by == workflow::Authority::Grant;
    });
    if (elsewhere) return {};
    const auto about = subject(kind, op.record, current);
    if (!about) return tl::unexpected(about.error());
    const workflow::Asked asked{viewer_, *about, current, op.fields, step.to, now_};
    return workflow::may_take(step.who, kind, asked) ? Status{}
                                                     : Status(fail(access::kFaultDenied));
}

Status Checked::check_copy(const Kind& kind, const Op& op) {
    if (!catalog::is_file(kind)) return fail(kOnlyCards);
    const auto current = row(kind, op.record);
    const auto about = current
                           ? subject(kind, op.record, *current)
                           : Result<access::Subject>(fail(kUnknownCustomer, to_text(op.record)));
    if (!about) return tl::unexpected(about.error());
    if (++cards_copied_ > cards_left(store_, now_))
        return fail(kCardsADay, std::to_string(cards_copied_),
                    std::to_string(cards_left(store_, now_)));
    const auto card = card_of(viewer_, *about, text_in(*current, kind, kind.title), reason_, now_);
    return card ? Status{} : Status(tl::unexpected(card.error()));
}

Status Checked::check_references(const Kind& kind,
                                 const RecordId& record,
                                 const FieldValues& values) {
    if (auto other = catalog::check_itself(kind, record, values); !other) return other;
    for (const auto& [tag, value] : values) {
        const Field* of = catalog::find_field(kind, tag);
        if (of == nullptr || !catalog::is_reference(*of)) continue;
        for (const RecordId& named : catalog::references_in(*of, value)) {
            if (names_other_kind(kind, *of, named)) return catalog::wrong_target(*of, named);
        }
    }
    return {};
}

Status Checked::check_tree(const Kind& kind, const RecordId& record, const FieldValues& values) {
    return catalog::check_tree(kind, record, values, [&](const RecordId& above) {
        return row(kind, above).value_or(FieldValues{});
    });
}

Status Checked::check_among(const Kind& kind, const FieldValues& whole) {
    return catalog::check_among(kind, whole, [&](const RecordId& named) {
        const auto at = kinds_.find(named);
        const Kind* other = at != kinds_.end() ? at->second : store_.replica.kind_of(named);
        return other == nullptr ? FieldValues{} : row(*other, named).value_or(FieldValues{});
    });
}

Status Checked::check_link(const Kind& kind, const RecordId& record, const FieldValues& whole) {
    return catalog::check_link(kind, whole, [&](const RecordId& end) {
        std::vector<FieldValues> links;
        for (const RecordId& id : store_.replica.select(
                 {.kind = &kind, .where = {{catalog::find_field(kind, kind.parent)->tag, end}}})) {
            auto held = id == record ? std::nullopt : row(kind, id);
            if (held && find(*held, catalog::kDeletedAt) == nullptr)
                links.push_back(std::move(*held));
        }
        return links;
    });
}

bool Checked::names_other_kind(const Kind& kind, const Field& of, const RecordId& named) {
    const auto made = kinds_.find(named);
    if (made != kinds_.end()) return !catalog::may_name(kind, of, *made->second);
    // Mostly it is what it should be: those first.
    for (const bool fits : {true, false}) {
        for (const Kind* each : catalog::kinds()) {
            if (catalog::may_name(kind, of, *each) == fits && store_.replica.load(*each, named))
                return !fits;
        }
    }
    return false;
}

Result<access::Subject> Checked::subject(const Kind& kind,
                                         const RecordId& record,
                                         const FieldValues& values) {
    if (kind.belongs != Belongs::Customer) {
        return people_.subject(kind, record, values, {}, nullptr, viewer_.user);
    }
    // Up through the parents, of which some may be made in this very changeset.
    const Kind* at = &kind;
    RecordId id = record;
    FieldValues above = values;
    while (!catalog::is_file(*at)) {
        const Field* up = catalog::find_field(*at, at->parent);
        const Value* parent = up == nullptr ? nullptr : find(above, up->tag);
        at = up == nullptr ? nullptr : catalog::find_kind(up->target);
        id = parent == nullptr ? RecordId{} : as_record(*parent);
        auto found = at == nullptr ? std::nullopt : row(*at, id);
        if (!found) return fail(kUnknownCustomer, to_text(id));
        above = std::move(*found);
    }
    return people_.subject(kind, record, values, id, &above, viewer_.user);
}

std::optional<FieldValues> Checked::row(const Kind& kind, const RecordId& record) {
    const auto at = rows_.find(record);
    if (at != rows_.end()) return at->second;
    return store_.replica.load(kind, record);
}

}  // namespace dossier::client
