#include "server/intake/establishing.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/refusals.hpp"
#include "common/rules/duplicates.hpp"
#include "common/rules/inspection.hpp"
#include "common/workflow/duplicate.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/merge.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kDuplicate;
using catalog::kFieldCheck;
using catalog::kRegion;

/// The pairs of possible duplicates this file is one of.
std::vector<std::pair<RecordId, FieldValues>> pairs_of(Store& store, const RecordId& file) {
    std::vector<std::pair<RecordId, FieldValues>> pairs;
    for (const auto name : {"a_id", "b_id"}) {
        for (const RecordId& id :
             store.find(kDuplicate.tag, catalog::find_field(kDuplicate, name)->tag, file))
            pairs.emplace_back(id, store.load(kDuplicate.tag, id).value_or(FieldValues{}));
    }
    return pairs;
}

bool waits(const FieldValues& pair) {
    const auto state = text_in(pair, field(kDuplicate, "state"));
    return state == catalog::PairState::kOpen || state == catalog::PairState::kProposed;
}

RecordId other_of(const FieldValues& pair, const RecordId& file) {
    const auto a = record_in(pair, field(kDuplicate, "a_id"));
    return a == file ? record_in(pair, field(kDuplicate, "b_id")) : a;
}

/// A pair nobody looked for: the clerk says that they are one.
RecordId add_pair(Hand& hand, const Target& twin) {
    const auto match = rules::compare(rules::profile_of(hand.target.values, {}),
                                      rules::profile_of(twin.values, {}));
    std::vector<std::string> words;
    for (const auto reason : match.reasons)
        words.push_back('"' + std::string(rules::word(reason)) + '"');
    const auto& file = hand.target.place.record;
    const auto& other = twin.place.record;
    FieldValues pair;
    put(pair, field(kDuplicate, "number"),
        static_cast<std::int64_t>(hand.desk.store.next("duplicate")));
    put(pair, field(kDuplicate, "a_id"), std::min(file, other));
    put(pair, field(kDuplicate, "b_id"), std::max(file, other));
    put(pair, field(kDuplicate, "score"), std::int64_t{match.score});
    put(pair, field(kDuplicate, "matched_on"),
        catalog::from_elements(field(kDuplicate, "matched_on"), words));
    put(pair, field(kDuplicate, "state"), std::string(catalog::PairState::kOpen));
    put(pair, field(kDuplicate, "found_at"), hand.desk.bearer.now.ms);
    return make_for_office(hand.desk, kDuplicate, std::move(pair));
}

}  // namespace

Status office_made(const Hand& hand) {
    const auto& desk = hand.desk;
    const auto author = record_in(hand.target.values, catalog::kCreatedBy).as<UserTag>();
    if (desk.is_system() || author.is_none()) return {};
    const auto subject = desk.people.subject(hand.target.place, hand.target.values);
    const auto decision =
        access::decide(desk.people.viewer(author, desk.bearer.now), access::Operation::Verify,
                       subject, catalog::Facet::Main, {.now = desk.bearer.now});
    return decision.answer == access::Answer::Allow ? Status{} : fail(merge::kNeedsReview);
}

Status checked(const Hand& hand) {
    if (hand.desk.is_system()) return {};
    // What was found before the superior passed it on was found of what has been mended since.
    const auto& values = hand.target.values;
    const auto since = number_in(values, field(kCustomer, "reviewed_at").tag,
                                 number_in(values, field(kCustomer, "submitted_at").tag));
    const auto checks = hand.desk.store.find(kFieldCheck.tag, field(kFieldCheck, "customer_id").tag,
                                             hand.target.place.record);
    // Of each part what he found last.
    std::map<std::string, std::pair<std::int64_t, bool>> found;
    for (const RecordId& id : checks) {
        const auto check = hand.desk.store.load(kFieldCheck.tag, id).value_or(FieldValues{});
        const auto at = number_in(check, catalog::kCreatedAt);
        const bool his =
            find(check, catalog::kDeletedAt) == nullptr && at >= since &&
            record_in(check, catalog::kCreatedBy).as<UserTag>() == hand.desk.bearer.user;
        if (!his) continue;
        auto& last = found[text_in(check, field(kFieldCheck, "part"))];
        const bool agrees = text_in(check, field(kFieldCheck, "result")) == "agrees";
        // Of two at one moment the one that differs counts.
        if (at > last.first || (at == last.first && !agrees)) last = {at, agrees};
    }
    const bool agrees = !found.empty() && std::ranges::all_of(found, [](const auto& each) {
        return each.second.second;
    });
    return agrees ? Status{} : fail(merge::kUnchecked);
}

Status no_twin(const Hand& hand) {
    const auto most = setting(hand.desk.store, "dup.block_bp");
    for (const auto& [id, pair] : pairs_of(hand.desk.store, hand.target.place.record)) {
        if (waits(pair) && number_in(pair, field(kDuplicate, "score").tag) >= most)
            return fail(merge::kLikelyTwin,
                        std::to_string(number_in(pair, field(kDuplicate, "number").tag)));
    }
    return {};
}

Status twin_remains(const Hand& hand) {
    const Value* named = find(hand.op.fields, field(kCustomer, "duplicate_of_id").tag);
    // What it names is checked as every input; here only which file it may be.
    if (named == nullptr || is_empty(*named)) return {};
    const auto twin = customer_target(hand.desk, as_record(*named));
    const auto state = text_in(twin.values, field(kCustomer, "file_state"));
    const bool gone = twin.values.empty() || find(twin.values, catalog::kDeletedAt) != nullptr ||
                      find(twin.values, catalog::kMergedInto) != nullptr ||
                      state == catalog::FileState::kVoid || state == catalog::FileState::kDestroyed;
    if (gone || twin.place.record == hand.target.place.record) return fail(merge::kNoTwin);
    // A file he may not merge is no file to him.
    return may(hand.desk, access::Operation::MergeFiles, twin.place, twin.values,
               catalog::Facet::Main)
               ? Status{}
               : fail(merge::kNoTwin);
}

Status choose_inspection(Hand& hand) {
    const auto& lot = field(kCustomer, "inspection_lot");
    const auto id = record_in(hand.after, field(kCustomer, "region_id"));
    const auto region = hand.desk.store.load(kRegion.tag, id).value_or(FieldValues{});
    const auto inspection = text_in(region, field(kRegion, "inspection"));
    if (inspection == catalog::Inspection::kSampled && find(hand.after, lot.tag) == nullptr)
        put(hand.after, lot, rules::drawn_lot(hand.desk.ids.make<RecordId>()));
    const bool waived = rules::is_inspection_waived(
        inspection, number_in(region, field(kRegion, "inspection_share_bp").tag),
        number_in(hand.after, lot.tag));
    Value told;
    if (waived) told = std::int64_t{1};
    put(hand.after, field(kCustomer, "inspection_waived"), std::move(told));
    return {};
}

Status pass_on(Hand& hand) {
    put(hand.after, field(kCustomer, "reviewed_at"), hand.desk.bearer.now.ms);
    return {};
}

Status propose_merge(Hand& hand) {
    const auto& file = hand.target.place.record;
    const auto twin =
        customer_target(hand.desk, record_in(hand.after, field(kCustomer, "duplicate_of_id")));
    RecordId pair;
    for (const auto& [id, values] : pairs_of(hand.desk.store, file)) {
        if (other_of(values, file) == twin.place.record) pair = id;
    }
    if (pair.is_none()) pair = add_pair(hand, twin);
    follow(hand.desk, workflow::kDuplicatePair, pair, "renew");
    follow(hand.desk, workflow::kDuplicatePair, pair, "propose");
    return {};
}

}  // namespace dossier::server
