#include "server/intake/merge.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/absorbed_words.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/move_file.hpp"

namespace dossier::server {
namespace {

using access::Operation;
using catalog::field;
using catalog::kCustomer;
using catalog::kDuplicate;
using catalog::kMerge;
using merge::Verdict;
using merge::VerdictKind;

using catalog::kDeletedAt;
using catalog::kMergedInto;
using catalog::kSecrecyLevel;

template <class T>
void put(FieldValues& values, const catalog::Field& of, T&& value) {
    assign(values, of.tag, Value(std::forward<T>(value)));
}

Target customer_target(const Desk& desk, const RecordId& id) {
    return {.place = {kCustomer.tag, id, id},
            .kind = &kCustomer,
            .values = desk.store.load(kCustomer.tag, id).value_or(FieldValues{})};
}

bool is_service_manager(const Desk& desk) {
    const auto& roles = desk.people.viewer(desk.bearer.user, desk.bearer.now).roles;
    return desk.is_system() || std::any_of(roles.begin(), roles.end(), [](const auto& held) {
               return held.role == access::Role::ServiceManager;
           });
}

/// Files of 机密 and above take two people, the second the service manager.
Status check_level(const Desk& desk, const Target& absorbed, const Target& survivor) {
    const auto level = std::max(number_in(absorbed.values, kSecrecyLevel),
                                number_in(survivor.values, kSecrecyLevel));
    if (level < 2 || desk.is_system()) return {};
    const auto pair = pair_of(desk.store, absorbed.place.record, survivor.place.record);
    const auto values = pair.is_none()
                            ? FieldValues{}
                            : desk.store.load(kDuplicate.tag, pair).value_or(FieldValues{});
    const bool proposed =
        text_in(values, field(kDuplicate, "state")) == "proposed" &&
        record_in(values, field(kDuplicate, "decided_by")) != desk.bearer.user.as<RecordTag>();
    return proposed && is_service_manager(desk) ? Status{} : fail(merge::kMergeLevel);
}

/// Numbers of open cases and proposals about the customer's own fields.
std::string open_matters(const Desk& desk, const RecordId& customer) {
    std::string numbers;
    for (const auto* kind : {&catalog::kCase, &catalog::kProposal}) {
        for (const RecordId& id :
             desk.store.find(kind->tag, catalog::find_field(*kind, "record_id")->tag, customer)) {
            const auto values = desk.store.load(kind->tag, id).value_or(FieldValues{});
            if (text_in(values, *catalog::find_field(*kind, "state")) != "open") continue;
            const auto number = number_in(values, catalog::find_field(*kind, "number")->tag);
            numbers += (numbers.empty() ? "" : " ") + std::string(kind->name) + " " +
                       std::to_string(number);
        }
    }
    return numbers;
}

Status check(const Desk& desk, const Target& absorbed, const Target& survivor) {
    if (survivor.values.empty() || absorbed.values.empty()) return fail(merge::kUnknownRecord);
    for (const Target* each : {&absorbed, &survivor}) {
        if (auto allowed = may(desk, Operation::MergeFiles, each->place, each->values, Facet::Main);
            !allowed)
            return allowed;
        if (find(each->values, kDeletedAt) != nullptr) return fail(merge::kRemoved);
    }
    if (find(absorbed.values, kMergedInto) != nullptr) {
        const auto into = record_in(absorbed.values, *catalog::find_field(kCustomer, kMergedInto));
        const auto values = desk.store.load(kCustomer.tag, into).value_or(FieldValues{});
        return fail(merge::kSettled, text_in(values, field(kCustomer, "customer_no")));
    }
    if (absorbed.place.record == survivor.place.record) return fail(merge::kMergeCycle);
    if (auto numbers = open_matters(desk, absorbed.place.record); !numbers.empty())
        return fail(merge::kMergeOpen, numbers);
    return check_level(desk, absorbed, survivor);
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

void save_merge(const Desk& desk,
                const Target& absorbed,
                const RecordId& survivor,
                const Changed& changed,
                std::uint64_t number,
                std::uint64_t moved) {
    FieldValues values;
    put(values, field(kMerge, "number"), static_cast<std::int64_t>(number));
    put(values, field(kMerge, "survivor_id"), survivor);
    put(values, field(kMerge, "absorbed_id"), absorbed.place.record);
    put(values, field(kMerge, "before"), catalog::values_json(kCustomer, changed.before));
    put(values, field(kMerge, "after"), catalog::values_json(kCustomer, changed.after));
    put(values, field(kMerge, "moved"), static_cast<std::int64_t>(moved));
    if (!desk.is_system())
        put(values, field(kMerge, "merged_by"), desk.bearer.user.as<RecordTag>());
    put(values, field(kMerge, "merged_at"), desk.bearer.now.ms);
    put(values, field(kMerge, "undo_until"), desk.bearer.now.plus(kUndoTime).ms);
    put(values, field(kMerge, "state"), std::string("merged"));
    if (!desk.changeset.reason.empty())
        put(values, field(kMerge, "reason"), std::string(head(desk.changeset.reason, 500)));
    save_matter(desk, kMerge, desk.ids.make<RecordId>(), survivor, values);
}

void decide_pair(const Desk& desk, const RecordId& pair, std::string_view state) {
    if (pair.is_none()) return;
    auto values = desk.store.load(kDuplicate.tag, pair).value_or(FieldValues{});
    put(values, field(kDuplicate, "state"), std::string(state));
    if (!desk.is_system())
        put(values, field(kDuplicate, "decided_by"), desk.bearer.user.as<RecordTag>());
    put(values, field(kDuplicate, "decided_at"), desk.bearer.now.ms);
    assign(values, field(kDuplicate, "reason").tag,
           desk.changeset.reason.empty() ? Value{}
                                         : Value(std::string(head(desk.changeset.reason, 500))));
    std::erase_if(values, [](const FieldValue& each) { return is_empty(each.value); });
    save_matter(desk, kDuplicate, pair, {}, values);
}

Result<Fv> merge_files(const Desk& desk, const merge::Op& op) {
    const Target absorbed = customer_target(desk, op.record);
    const Value* into = find(op.fields, kMergedInto);
    const RecordId named = into == nullptr ? RecordId{} : as_record(*into);
    // What was merged into a file that is itself absorbed goes where that one went.
    const Target survivor = customer_target(desk, survivor_of(desk.store, named));
    if (auto sound = check(desk, absorbed, survivor); !sound) return pass(sound);
    FieldValues after = survivor.values;
    if (auto chosen = choose(desk, op, survivor, after); !chosen) return pass(chosen);
    inherit(absorbed, after);
    std::erase_if(after, [](const FieldValue& each) { return is_empty(each.value); });
    const auto number = desk.store.next("merge");
    const Mover mover{desk, number, "merge"};
    const auto moved = mover.move_file(absorbed.place.record, survivor.place.record);
    const Changed changed = mover.rewrite(survivor, after);
    FieldValues gone = absorbed.values;
    assign(gone, kMergedInto, survivor.place.record);
    const Fv fv = mover.mark(absorbed, gone);
    save_merge(desk, absorbed, survivor.place.record, changed, number, moved);
    decide_pair(desk, pair_of(desk.store, absorbed.place.record, survivor.place.record), "merged");
    audit(desk, "merge", absorbed, "ok", std::to_string(number) + "/" + std::to_string(moved));
    audit(desk, "merge", survivor, "ok", std::to_string(number));
    return fv;
}

std::optional<std::pair<RecordId, FieldValues>> merge_in_force(const Desk& desk,
                                                               const RecordId& absorbed) {
    for (const RecordId& id :
         desk.store.find(kMerge.tag, field(kMerge, "absorbed_id").tag, absorbed)) {
        auto values = desk.store.load(kMerge.tag, id).value_or(FieldValues{});
        if (text_in(values, field(kMerge, "state")) == "merged")
            return std::pair{id, std::move(values)};
    }
    return std::nullopt;
}

Result<Fv> take_back(const Desk& desk, const merge::Op& op) {
    const Target absorbed = customer_target(desk, op.record);
    auto merge = merge_in_force(desk, op.record);
    if (!merge || absorbed.values.empty()) return fail(merge::kUnknownRecord);
    auto& [id, values] = *merge;
    const Target survivor = customer_target(desk, record_in(values, field(kMerge, "survivor_id")));
    if (auto allowed =
            may(desk, Operation::MergeFiles, survivor.place, survivor.values, Facet::Main);
        !allowed)
        return pass(allowed);
    if (!is_service_manager(desk)) return fail(access::kFaultDenied);
    if (find(survivor.values, kMergedInto) != nullptr) return fail(merge::kMergeFirst);
    if (number_in(values, field(kMerge, "undo_until").tag) < desk.bearer.now.ms)
        return fail(merge::kMergeOver);
    const auto number = static_cast<std::uint64_t>(number_in(values, field(kMerge, "number").tag));
    const Changed changed{
        catalog::values_from_json(kCustomer, text_in(values, field(kMerge, "before")))
            .value_or(FieldValues{}),
        catalog::values_from_json(kCustomer, text_in(values, field(kMerge, "after")))
            .value_or(FieldValues{})};
    const Mover mover{desk, number, "unmerge"};
    const Instant merged_at{number_in(values, field(kMerge, "merged_at").tag)};
    const auto words = words_for(desk.store, absorbed.place.record, merged_at);
    mover.move_back(absorbed.place.record, survivor.place.record, merged_at);
    take_words(desk, words, survivor.place.record);
    const Target parted = customer_target(desk, survivor.place.record);
    static_cast<void>(mover.rewrite(parted, restored(parted.values, changed)));
    FieldValues back = absorbed.values;
    std::erase_if(back, [](const FieldValue& each) { return each.tag == kMergedInto; });
    const Fv fv = mover.mark(absorbed, back);
    give_words(desk, words, absorbed.place.record);
    put(values, field(kMerge, "state"), std::string("undone"));
    if (!desk.is_system())
        put(values, field(kMerge, "undone_by"), desk.bearer.user.as<RecordTag>());
    put(values, field(kMerge, "undone_at"), desk.bearer.now.ms);
    save_matter(desk, kMerge, id, survivor.place.record, values);
    decide_pair(desk, pair_of(desk.store, absorbed.place.record, survivor.place.record), "open");
    audit(desk, "unmerge", absorbed, "ok", std::to_string(number));
    audit(desk, "unmerge", survivor, "ok", std::to_string(number));
    return fv;
}

Result<Fv> settle_pair(const Desk& desk, const merge::Op& op) {
    const auto values = desk.store.load(kDuplicate.tag, op.record);
    if (!values) return fail(merge::kUnknownRecord);
    for (const auto name : {"a_id", "b_id"}) {
        const Target one =
            customer_target(desk, record_in(*values, *catalog::find_field(kDuplicate, name)));
        if (auto allowed = may(desk, Operation::MergeFiles, one.place, one.values, Facet::Main);
            !allowed)
            return pass(allowed);
    }
    if (text_in(*values, field(kDuplicate, "state")) == "merged")
        return fail(merge::kSettled,
                    std::to_string(number_in(*values, field(kDuplicate, "number").tag)));
    decide_pair(desk, op.record, op.event == "propose" ? "proposed" : op.event);
    audit(desk, op.event, {.place = {kDuplicate.tag, op.record, {}}, .kind = &kDuplicate}, "ok",
          "");
    return Fv{};
}

}  // namespace

RecordId pair_of(Store& store, const RecordId& one, const RecordId& other) {
    const auto& [a, b] = std::minmax(one, other);
    for (const RecordId& id : store.find(kDuplicate.tag, field(kDuplicate, "a_id").tag, a)) {
        const auto values = store.load(kDuplicate.tag, id).value_or(FieldValues{});
        if (record_in(values, field(kDuplicate, "b_id")) == b) return id;
    }
    return {};
}

bool is_merge_event(const merge::Op& op) {
    const bool of_customer = op.record_kind == kCustomer.tag;
    return of_customer ? op.event == "merge" || op.event == "unmerge"
                       : op.record_kind == kDuplicate.tag &&
                             (op.event == "propose" || op.event == "not_duplicate" ||
                              op.event == "related");
}

Verdict admit_merge_event(const Desk& desk, const merge::Op& op) {
    // Who is one customer is settled at the office; a laptop can only suggest it.
    if (desk.from_laptop()) return refused(Error{&access::kFaultDenied, {}});
    const auto done = op.event == "merge"     ? merge_files(desk, op)
                      : op.event == "unmerge" ? take_back(desk, op)
                                              : settle_pair(desk, op);
    if (!done) return refused(done.error());
    return {.kind = VerdictKind::Applied, .fv = *done};
}

}  // namespace dossier::server
