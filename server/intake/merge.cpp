#include "server/intake/merge.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/duplicate.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/absorbed_words.hpp"
#include "server/intake/hand.hpp"
#include "server/intake/move_file.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kDuplicate;
using catalog::kMerge;

using catalog::kDeletedAt;
using catalog::kMergedInto;
using catalog::kSecrecyLevel;

/// The file the merge goes into, under any number it ever had.
Target survivor_target(const Desk& desk, const RecordId& named) {
    return customer_target(desk, survivor_of(desk.store, named));
}

std::optional<std::pair<RecordId, FieldValues>> merge_in_force(const Desk& desk,
                                                               const RecordId& absorbed) {
    for (const RecordId& id :
         desk.store.find(kMerge.tag, field(kMerge, "absorbed_id").tag, absorbed)) {
        auto values = desk.store.load(kMerge.tag, id).value_or(FieldValues{});
        if (text_in(values, field(kMerge, "state")) == catalog::MergeState::kMerged)
            return std::pair{id, std::move(values)};
    }
    return std::nullopt;
}

/// What the chooser gave the survivor, checked as an edit would be.
Status choose(const Desk& desk, const merge::Op& op, const Target& survivor, FieldValues& after) {
    for (const auto& [tag, value] : op.fields) {
        if (tag == kMergedInto) continue;
        const auto* of = catalog::find_field(kCustomer, tag);
        if (of == nullptr || catalog::is_server_set(*of) || of->merge == catalog::Merge::Immutable)
            return fail(merge::kUnknownField, std::to_string(tag));
        const Value* seen = find(op.base, tag);
        const Value* now = find(survivor.values, tag);
        if ((seen == nullptr ? Value{} : *seen) != (now == nullptr ? Value{} : *now))
            return fail(merge::kStale);
        auto valid = catalog::validate(*of, value, desk.bearer.now);
        if (!valid) return pass(valid);
        assign(after, tag, std::move(*valid));
    }
    return catalog::validate_whole(kCustomer, after, desk.bearer.now);
}

/// The higher level, the worse credit, and the numbers of the absorbed file. Source: WF-12.
void inherit(const Target& absorbed, FieldValues& after) {
    const auto level =
        std::max(number_in(absorbed.values, kSecrecyLevel), number_in(after, kSecrecyLevel));
    assign(after, kSecrecyLevel, level);
    static constexpr auto& kCredit = field(kCustomer, "credit_class");
    const auto credit = std::max(text_in(absorbed.values, kCredit), text_in(after, kCredit));
    if (!credit.empty()) put(after, kCredit, credit);
    static constexpr auto& kAliases = field(kCustomer, "alias_numbers");
    std::vector<std::string> numbers;
    for (const FieldValues& from : {after, absorbed.values}) {
        const Value* held = find(from, kAliases.tag);
        for (auto& each : held == nullptr ? std::vector<std::string>{} : catalog::elements(*held))
            numbers.push_back(std::move(each));
    }
    for (const auto name : {"customer_no", "provisional_no"}) {
        const auto number = text_in(absorbed.values, *catalog::find_field(kCustomer, name));
        if (!number.empty()) numbers.push_back('"' + number + '"');
    }
    if (!numbers.empty()) assign(after, kAliases.tag, catalog::from_elements(kAliases, numbers));
}

/// What the merge record keeps beside its signature.
void describe_merge(Hand& hand, const Changed& changed, std::uint64_t number, std::uint64_t moved) {
    auto& values = hand.after;
    put(values, field(kMerge, "number"), static_cast<std::int64_t>(number));
    put(values, field(kMerge, "survivor_id"), hand.files.back().place.record);
    put(values, field(kMerge, "absorbed_id"), hand.files.front().place.record);
    put(values, field(kMerge, "before"), catalog::values_json(kCustomer, changed.before));
    put(values, field(kMerge, "after"), catalog::values_json(kCustomer, changed.after));
    put(values, field(kMerge, "moved"), static_cast<std::int64_t>(moved));
    put(values, field(kMerge, "undo_until"), hand.desk.bearer.now.plus(kUndoTime).ms);
}

Changed changed_by(const FieldValues& merged) {
    return {catalog::values_from_json(kCustomer, text_in(merged, field(kMerge, "before")))
                .value_or(FieldValues{}),
            catalog::values_from_json(kCustomer, text_in(merged, field(kMerge, "after")))
                .value_or(FieldValues{})};
}

}  // namespace

Target customer_target(const Desk& desk, const RecordId& id) {
    return {.place = {kCustomer.tag, id, id},
            .kind = &kCustomer,
            .values = desk.store.load(kCustomer.tag, id).value_or(FieldValues{})};
}

Status pick_up_merge(Hand& hand) {
    const Desk& desk = hand.desk;
    hand.files = {customer_target(desk, hand.op.record)};
    if (workflow::steps_of(hand.machine, hand.op.event).front()->from.empty()) {
        const Value* into = find(hand.op.fields, kMergedInto);
        // What was merged into a file that is itself absorbed goes where that one went.
        hand.files.push_back(
            survivor_target(desk, into == nullptr ? RecordId{} : as_record(*into)));
        hand.target.place = {kMerge.tag, desk.ids.make<RecordId>(), {}};
    } else {
        auto merge = merge_in_force(desk, hand.op.record);
        if (!merge) return fail(merge::kUnknownRecord);
        hand.target.place = {kMerge.tag, merge->first, {}};
        hand.target.values = std::move(merge->second);
        hand.after = hand.target.values;
        hand.files.push_back(
            customer_target(desk, record_in(hand.after, field(kMerge, "survivor_id"))));
    }
    hand.target.place.customer = hand.files.back().place.record;
    const bool there = !hand.files.front().values.empty() && !hand.files.back().values.empty();
    return there ? Status{} : fail(merge::kUnknownRecord);
}

Status files_remain(const Hand& hand) {
    for (const Target& each : hand.files) {
        if (find(each.values, kDeletedAt) != nullptr) return fail(merge::kRemoved);
    }
    const Target& absorbed = hand.files.front();
    if (find(absorbed.values, kMergedInto) != nullptr) {
        const auto into = record_in(absorbed.values, *catalog::find_field(kCustomer, kMergedInto));
        const auto values = hand.desk.store.load(kCustomer.tag, into).value_or(FieldValues{});
        return fail(merge::kSettled, workflow::called(workflow::kEstablishment, values));
    }
    if (absorbed.place.record == hand.files.back().place.record) return fail(merge::kMergeCycle);
    return {};
}

Status absorbed_settled(const Hand& hand) {
    const auto numbers = open_matters(hand.desk, hand.files.front().place.record);
    return numbers.empty() ? Status{} : fail(merge::kMergeOpen, numbers);
}

/// Files of 机密 and above take two people, the second the service manager.
Status second_person(const Hand& hand) {
    const Desk& desk = hand.desk;
    const auto& absorbed = hand.files.front();
    const auto& survivor = hand.files.back();
    const auto level = std::max(number_in(absorbed.values, kSecrecyLevel),
                                number_in(survivor.values, kSecrecyLevel));
    static constexpr auto& kOwner = field(kCustomer, "owner_user_id");
    const bool one_owner = record_in(absorbed.values, kOwner) == record_in(survivor.values, kOwner);
    if ((level < 2 && one_owner) || desk.is_system()) return {};
    const auto pair = pair_of(desk.store, absorbed.place.record, survivor.place.record);
    const auto values = pair.is_none()
                            ? FieldValues{}
                            : desk.store.load(kDuplicate.tag, pair).value_or(FieldValues{});
    const bool proposed =
        text_in(values, field(kDuplicate, "state")) == catalog::PairState::kProposed &&
        record_in(values, field(kDuplicate, "decided_by")) != desk.bearer.user.as<RecordTag>();
    const auto& roles = desk.people.viewer(desk.bearer.user, desk.bearer.now).roles;
    const bool manages =
        std::ranges::find(roles, access::Role::ServiceManager, &access::Held::role) != roles.end();
    return proposed && manages ? Status{} : fail(merge::kMergeLevel);
}

Status merged_first(const Hand& hand) {
    return find(hand.files.back().values, kMergedInto) != nullptr ? fail(merge::kMergeFirst)
                                                                  : Status{};
}

Status in_time_to_part(const Hand& hand) {
    const auto until = number_in(hand.target.values, field(kMerge, "undo_until"));
    return until < hand.desk.bearer.now.ms ? fail(merge::kMergeOver) : Status{};
}

Status merge_files(Hand& hand) {
    const Desk& desk = hand.desk;
    const Target& absorbed = hand.files.front();
    const Target& survivor = hand.files.back();
    FieldValues after = survivor.values;
    if (auto chosen = choose(desk, hand.op, survivor, after); !chosen) return chosen;
    inherit(absorbed, after);
    std::erase_if(after, [](const FieldValue& each) { return is_empty(each.value); });
    const auto number = desk.store.next("merge");
    const Mover mover{desk, number, "merge"};
    const auto moved = mover.move_file(absorbed.place.record, survivor.place.record);
    const Changed changed = mover.rewrite(survivor, after);
    FieldValues gone = absorbed.values;
    assign(gone, kMergedInto, survivor.place.record);
    hand.fv = mover.mark(absorbed, gone);
    describe_merge(hand, changed, number, moved);
    follow(desk, workflow::kDuplicatePair,
           pair_of(desk.store, absorbed.place.record, survivor.place.record), "join");
    hand.told = {{absorbed, std::to_string(number) + "/" + std::to_string(moved)},
                 {survivor, std::to_string(number)}};
    return {};
}

Status part_files(Hand& hand) {
    const Desk& desk = hand.desk;
    const Target& absorbed = hand.files.front();
    const Target& survivor = hand.files.back();
    const auto& values = hand.target.values;
    const auto number = static_cast<std::uint64_t>(number_in(values, field(kMerge, "number")));
    const Mover mover{desk, number, "unmerge"};
    const Instant merged_at{number_in(values, field(kMerge, "merged_at"))};
    const auto words = words_for(desk.store, absorbed.place.record, merged_at);
    mover.move_back(absorbed.place.record, survivor.place.record, merged_at);
    take_words(desk, words, survivor.place.record);
    const Target parted = customer_target(desk, survivor.place.record);
    static_cast<void>(mover.rewrite(parted, restored(parted.values, changed_by(values))));
    FieldValues back = absorbed.values;
    std::erase_if(back, [](const FieldValue& each) { return each.tag == kMergedInto; });
    hand.fv = mover.mark(absorbed, back);
    give_words(desk, words, absorbed.place.record);
    follow(desk, workflow::kDuplicatePair,
           pair_of(desk.store, absorbed.place.record, survivor.place.record), "part");
    hand.told = {{absorbed, std::to_string(number)}, {survivor, std::to_string(number)}};
    return {};
}

RecordId pair_of(Store& store, const RecordId& one, const RecordId& other) {
    const auto& [a, b] = std::minmax(one, other);
    for (const RecordId& id : store.find(kDuplicate.tag, field(kDuplicate, "a_id").tag, a)) {
        const auto values = store.load(kDuplicate.tag, id).value_or(FieldValues{});
        if (record_in(values, field(kDuplicate, "b_id")) == b) return id;
    }
    return {};
}

}  // namespace dossier::server
