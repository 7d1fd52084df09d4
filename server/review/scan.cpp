// The search for pairs: every file with every other that shares a key with it.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/states.hpp"

#include "server/intake/merge.hpp"
#include "server/review/duplicates.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;
using catalog::kDuplicate;

/// Some ms of comparing.
constexpr std::size_t kPairsAtOnce = 5'000;
/// A key more files share than this (a switchboard, a form of address) says nothing of them.
constexpr std::size_t kSharersMax = 2'000;
using catalog::kDeletedAt;
using catalog::kMergedInto;

struct File {
    RecordId id;
    rules::Profile profile;
};

/// Until `go_on` says no.
template <class Visit>
void each_record(Store& store, const catalog::Kind& kind, const GoOn& go_on, Visit visit) {
    for (auto page = store.list(kind.tag, {}, kWalkPage); !page.empty() && go_on();
         page = store.list(kind.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            const auto values = store.load(kind.tag, id);
            if (values && find(*values, kDeletedAt) == nullptr) visit(id, *values);
        }
    }
}

/// Files that are open or being made; what is gone is nobody's duplicate.
bool takes_part(const FieldValues& customer) {
    const Value* state = find(customer, field(kCustomer, "file_state").tag);
    const auto* word = state == nullptr ? nullptr : as_text(*state);
    const bool gone = word != nullptr && (*word == catalog::FileState::kVoid ||
                                          *word == catalog::FileState::kDestroyed ||
                                          *word == catalog::FileState::kDestroyPending);
    return find(customer, kMergedInto) == nullptr && !gone;
}

/// Whether it still does: it may have been merged or destroyed since it was read.
bool takes_part(Store& store, const RecordId& customer) {
    const auto values = store.load(kCustomer.tag, customer);
    return values && find(*values, kDeletedAt) == nullptr && takes_part(*values);
}

std::vector<File> files_of(Store& store, const GoOn& go_on) {
    std::unordered_map<RecordId, std::vector<FieldValues>> contacts;
    static const auto kPhones = field(kContact, "phones").tag;
    each_record(store, kContact, go_on, [&](const RecordId&, const FieldValues& values) {
        const Value* of = find(values, field(kContact, "customer_id").tag);
        if (of != nullptr && find(values, kPhones) != nullptr)
            contacts[as_record(*of)].push_back(values);
    });
    std::vector<File> files;
    each_record(store, kCustomer, go_on, [&](const RecordId& id, const FieldValues& values) {
        if (takes_part(values)) files.push_back({id, rules::profile_of(values, contacts[id])});
    });
    return files;
}

/// Calls `visit` once for each two files that share a key, until `go_on` says no.
template <class Visit>
void each_pair(const std::vector<File>& files, ScanResult& result, const GoOn& go_on, Visit visit) {
    std::unordered_map<std::string, std::vector<std::size_t>> sharing;
    for (std::size_t at = 0; at < files.size(); ++at) {
        if (at % kWalkPage == 0 && !go_on()) return;
        for (auto& key : rules::blocking_keys(files[at].profile)) {
            auto& sharers = sharing[std::move(key)];
            if (sharers.empty() || sharers.back() != at) sharers.push_back(at);
        }
    }
    std::set<std::pair<std::size_t, std::size_t>> seen;
    std::size_t looked_at = 0;
    for (const auto& [key, sharers] : sharing) {
        if (sharers.size() > kSharersMax) {
            ++result.skipped;
            continue;
        }
        for (std::size_t one = 0; one < sharers.size(); ++one) {
            looked_at += sharers.size() - one;
            if (looked_at > kPairsAtOnce) {
                looked_at = 0;
                if (!go_on()) return;
            }
            for (std::size_t other = one + 1; other < sharers.size(); ++other) {
                if (seen.emplace(sharers[one], sharers[other]).second)
                    visit(files[sharers[one]], files[sharers[other]]);
            }
        }
    }
}

FieldValues judged(const rules::Match& match) {
    static constexpr auto& kMatched = field(kDuplicate, "matched_on");
    std::vector<std::string> words;
    for (const auto reason : match.reasons)
        words.push_back('"' + std::string(rules::word(reason)) + '"');
    FieldValues values;
    assign(values, field(kDuplicate, "score").tag, std::int64_t{match.score});
    assign(values, kMatched.tag, catalog::from_elements(kMatched, words));
    return values;
}

Status keep(Office& office, merge::Op op) {
    merge::Changeset changeset;
    changeset.source = "job";
    changeset.ops = {std::move(op)};
    if (auto done = office.change({}, std::move(changeset)); !done) return pass(done);
    return {};
}

Status add(Office& office, const RecordId& a, const RecordId& b, const rules::Match& match) {
    FieldValues values = judged(match);
    assign(values, field(kDuplicate, "number").tag,
           static_cast<std::int64_t>(office.store().next("duplicate")));
    assign(values, field(kDuplicate, "a_id").tag, std::min(a, b));
    assign(values, field(kDuplicate, "b_id").tag, std::max(a, b));
    assign(values, field(kDuplicate, "state").tag, std::string(catalog::PairState::kOpen));
    assign(values, field(kDuplicate, "found_at").tag, office.now().ms);
    return keep(office, {.kind = merge::OpKind::Create,
                         .record_kind = kDuplicate.tag,
                         .record = office.ids().make<RecordId>(),
                         .fields = std::move(values)});
}

/// Whether it is another pair than the one that was decided: that looks more alike now.
Status renew(Office& office, const RecordId& pair, const rules::Match& match, bool& changed) {
    const auto held = office.store().load(kDuplicate.tag, pair).value_or(FieldValues{});
    const auto fresh = judged(match);
    const auto same = [&](std::string_view name) {
        const auto tag = catalog::find_field(kDuplicate, name)->tag;
        const Value* was = find(held, tag);
        const Value* is = find(fresh, tag);
        return was != nullptr && is != nullptr && *was == *is;
    };
    const Value* state = find(held, field(kDuplicate, "state").tag);
    const bool merged =
        state != nullptr && *state == Value{std::string(catalog::PairState::kMerged)};
    changed = !merged && (!same("score") || !same("matched_on"));
    if (!changed) return {};
    const Value* was = find(held, field(kDuplicate, "score").tag);
    const bool more = was == nullptr || as_number(*was).value_or(0) < match.score;
    const bool decided =
        state != nullptr && (*state == Value{std::string(catalog::PairState::kNotDuplicate)} ||
                             *state == Value{std::string(catalog::PairState::kRelated)});
    for (const auto& [tag, value] : fresh) {
        if (auto done = keep(office, {.kind = merge::OpKind::Set,
                                      .record_kind = kDuplicate.tag,
                                      .record = pair,
                                      .fields = {{tag, value}}});
            !done)
            return done;
    }
    if (!more || !decided) return {};
    return keep(
        office,
        {.kind = merge::OpKind::Set,
         .record_kind = kDuplicate.tag,
         .record = pair,
         .fields = {{field(kDuplicate, "state").tag, std::string(catalog::PairState::kOpen)}}});
}

}  // namespace

Result<ScanResult> scan_duplicates(Office& office, const RecordId& only, const GoOn& go_on) {
    Store& store = office.store();
    ScanResult result;
    const GoOn goes_on = [&] {
        result.stopped = result.stopped || !go_on();
        return !result.stopped;
    };
    const auto files = files_of(store, goes_on);
    result.customers = files.size();
    struct Found {
        RecordId a;
        RecordId b;
        rules::Match match;
    };
    std::vector<Found> pairs;
    each_pair(files, result, goes_on, [&](const File& one, const File& other) {
        if (!only.is_none() && one.id != only && other.id != only) return;
        ++result.compared;
        auto match = rules::compare(one.profile, other.profile);
        if (match.score >= rules::kCandidateScore || match.related)
            pairs.push_back({std::min(one.id, other.id), std::max(one.id, other.id), match});
    });
    std::sort(pairs.begin(), pairs.end(), [](const Found& x, const Found& y) {
        return std::tie(y.match.score, x.a, x.b) < std::tie(x.match.score, y.a, y.b);
    });
    for (const auto& [a, b, match] : pairs) {
        if (!goes_on()) break;
        if (!takes_part(store, a) || !takes_part(store, b)) continue;
        const RecordId known = pair_of(store, a, b);
        bool changed = false;
        Status kept =
            known.is_none() ? add(office, a, b, match) : renew(office, known, match, changed);
        if (!kept) return pass(kept);
        if (known.is_none()) result.found.push_back({a, b});
        if (changed) result.changed.push_back({a, b});
    }
    return result;
}

}  // namespace dossier::server
