#include "common/catalog/catalog.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "common/base/check.hpp"
#include "common/catalog/access_request.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/campaign.hpp"
#include "common/catalog/classification.hpp"
#include "common/catalog/common_fields.hpp"
#include "common/catalog/complaint.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/disclosure.hpp"
#include "common/catalog/doc_request.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/evaluation.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/handover.hpp"
#include "common/catalog/import_batch.hpp"
#include "common/catalog/incident.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/policy.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/review_task.hpp"
#include "common/catalog/satellite.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/situation.hpp"
#include "common/catalog/subscription.hpp"
#include "common/catalog/task.hpp"
#include "common/catalog/trade.hpp"

namespace dossier::catalog {
namespace {

constexpr std::array kFirst{&kRegion,
                            &kDepartment,
                            &kUser,
                            &kRoleAssignment,
                            &kDevice,
                            &kAccessGrant,
                            &kImportBatch,
                            &kClassificationScheme,
                            &kSurveyCampaign,
                            &kCustomer,
                            &kContact,
                            &kContactPrivate,
                            &kCustomerFeature,
                            &kProcurementProfile,
                            &kDemandPlan,
                            &kCommunication,
                            &kWorkLog,
                            &kWorkLogLine,
                            &kFieldCheck,
                            &kAttachment,
                            &kCase,
                            &kProposal,
                            &kDuplicate,
                            &kMerge,
                            &kTask,
                            &kApproval,
                            &kNotification,
                            &kConsent,
                            &kFileEvaluation,
                            &kDocRequest,
                            &kHandover,
                            &kSubscription,
                            &kBusinessStatus,
                            &kTradingStatus,
                            &kCompetitorRelation,
                            &kCustomerEvaluation,
                            &kCustomerClassification,
                            &kContract,
                            &kTransaction,
                            &kTransactionLine,
                            &kPayment,
                            &kReviewTask,
                            &kComplaint,
                            &kAssistRequest,
                            &kSecrecyMarking,
                            &kAccessRequest,
                            &kDisclosure,
                            &kIncident,
                            &kPolicy,
                            &kAcknowledgement,
                            &kTraining};

template <std::size_t A, std::size_t B>
constexpr auto joined(const std::array<const Kind*, A>& first,
                      const std::array<const Kind*, B>& second) {
    std::array<const Kind*, A + B> all{};
    std::ranges::copy(second, std::ranges::copy(first, all.begin()).out);
    return all;
}
constexpr auto kKinds = joined(kFirst, kSatellites);

constexpr std::uint16_t kLastTag = std::ranges::max(kKinds, {}, &Kind::tag)->tag;
constexpr std::size_t kFacetSlots = 7;  // facet numbers start at 1

/// What is derived from one kind, once.
struct Index {
    std::vector<const Field*> all;     // in tag order
    std::vector<const Field*> by_tag;  // nullptr where there is none
    std::vector<Facet> facet_by_tag;
    std::vector<Facet> facets;
    std::array<std::vector<const Field*>, kFacetSlots> fields;
    std::array<int, kFacetSlots> levels{};
    std::unordered_map<std::string_view, const Field*> names;
    std::unordered_map<std::string, const Field*> headings;
};

/// Lower case without white space, full-width space, trailing stars, exclamation marks or colons.
std::string heading_key(std::string_view heading) {
    static constexpr std::string_view kIgnored[] = {" ", "\t", "\r", "\n", "　", "_", "-"};
    static constexpr std::string_view kTrailing[] = {"*", "!", ":", "＊", "！", "："};
    std::string key;
    while (!heading.empty()) {
        const auto* skip = std::find_if(std::begin(kIgnored), std::end(kIgnored),
                                        [&](auto mark) { return heading.starts_with(mark); });
        if (skip != std::end(kIgnored)) {
            heading.remove_prefix(skip->size());
            continue;
        }
        const char c = heading.front();
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        heading.remove_prefix(1);
    }
    for (bool again = true; again;) {
        again = false;
        for (const auto mark : kTrailing) {
            if (!key.ends_with(mark)) continue;
            key.resize(key.size() - mark.size());
            again = true;
        }
    }
    return key;
}

void index_headings(Index& index, const Field& field) {
    index.headings.emplace(heading_key(field.name), &field);
    index.headings.emplace(heading_key(field.label.zh), &field);
    index.headings.emplace(heading_key(field.label.en), &field);
    for (const auto alias : names_in(field.aliases))
        index.headings.emplace(heading_key(alias), &field);
}

void index_facet(Index& index, const Field& field, Facet facet) {
    const auto slot = static_cast<std::size_t>(facet);
    index.facet_by_tag[field.tag] = facet;
    index.fields[slot].push_back(&field);
    index.levels[slot] = std::max(index.levels[slot], static_cast<int>(field.level));
}

Index index_of(const Kind& kind) {
    Index index;
    Facet first = Facet::Closed;
    for (const Field& field : kind.fields) first = std::min(first, facet_of(field));
    for (const Field& field : table::kCommonFields) index.all.push_back(&field);
    for (const Field& field : kind.fields) index.all.push_back(&field);
    std::ranges::sort(index.all, {}, &Field::tag);
    const std::size_t slots = index.all.back()->tag + std::size_t{1};
    index.by_tag.resize(slots, nullptr);
    index.facet_by_tag.resize(slots, first);
    for (const Field* field : index.all) {
        index.by_tag[field->tag] = field;
        index.names.emplace(field->name, field);
        index_facet(index, *field, field->tag <= kCommonTagMax ? first : facet_of(*field));
    }
    for (const Facet facet : kFacets) {
        if (!index.fields[static_cast<std::size_t>(facet)].empty()) index.facets.push_back(facet);
    }
    // Own fields before common ones: a heading both could mean is the kind's own.
    for (const Field& field : kind.fields) index_headings(index, field);
    for (const Field& field : table::kCommonFields) index_headings(index, field);
    return index;
}

const Index& index(const Kind& kind) {
    static const auto kIndexes = [] {
        std::vector<Index> indexes(kLastTag + std::size_t{1});
        for (const Kind* each : kKinds) indexes[each->tag] = index_of(*each);
        return indexes;
    }();
    DOSSIER_CHECK(kind.tag <= kLastTag && !kIndexes[kind.tag].all.empty());
    return kIndexes[kind.tag];
}

}  // namespace

std::span<const Field> common_fields() {
    return table::kCommonFields;
}

std::uint32_t schema_version() {
    std::size_t count = 0;
    for (const Kind* kind : kKinds) count += 1 + kind->fields.size();
    return static_cast<std::uint32_t>(count + table::kCommonFields.size());
}

std::span<const Kind* const> kinds() {
    return kKinds;
}

const Kind* find_kind(std::string_view name) {
    const auto* at = std::ranges::find(kKinds, name, &Kind::name);
    return at == kKinds.end() ? nullptr : *at;
}

const Kind* find_kind(std::uint16_t tag) {
    const auto* at = std::ranges::find(kKinds, tag, &Kind::tag);
    return at == kKinds.end() ? nullptr : *at;
}

bool is_file(std::uint16_t kind) {
    const Kind* found = find_kind(kind);
    return found != nullptr && is_file(*found);
}

bool has_content(std::uint16_t kind) {
    const Kind* found = find_kind(kind);
    return found != nullptr && !found->content.empty();
}

bool acts(std::uint16_t kind) {
    const Kind* found = find_kind(kind);
    return found != nullptr && found->acts;
}

std::vector<std::string_view> names_in(std::string_view list) {
    std::vector<std::string_view> names;
    while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        names.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return names;
}

bool names_file(const Field& field) {
    const Kind* named = field.type == Type::Ref ? find_kind(field.target) : nullptr;
    return named != nullptr && is_file(*named);
}

bool names_person(const Field& field) {
    const Kind* named = find_kind(field.target);
    return named != nullptr && named->acts;
}

std::string plural(const Kind& kind, Lang lang) {
    std::string words(kind.label.in(lang));
    if (lang == Lang::Zh || words.ends_with('s')) return words;
    if (!words.ends_with('y')) return words + 's';
    words.pop_back();
    return words + "ies";
}

bool is_one_per_file(const Kind& kind) {
    const Field* parent = kind.parent.empty() ? nullptr : find_field(kind, kind.parent);
    return parent != nullptr && parent->unique && names_file(*parent);
}

Called called(const Kind& kind, const FieldValues& values, const Field& of) {
    const auto filled = [&](const Field& field) {
        const Value* value = find(values, field.tag);
        return value == nullptr || is_empty(*value) ? nullptr : value;
    };
    const Value* own = filled(of);
    const Field* other = own == nullptr ? find_field(kind, of.instead) : nullptr;
    const Value* instead = other == nullptr ? nullptr : filled(*other);
    return instead == nullptr ? Called{&of, own} : Called{other, instead};
}

const Field* find_field(const Kind& kind, std::string_view name) {
    const auto& names = index(kind).names;
    const auto at = names.find(name);
    return at == names.end() ? nullptr : at->second;
}

const Field* find_field(const Kind& kind, std::uint16_t tag) {
    const auto& by_tag = index(kind).by_tag;
    return tag < by_tag.size() ? by_tag[tag] : nullptr;
}

const Field* find_heading(const Kind& kind, std::string_view heading) {
    const auto& headings = index(kind).headings;
    const auto at = headings.find(heading_key(heading));
    return at == headings.end() ? nullptr : at->second;
}

const std::vector<const Field*>& all_fields(const Kind& kind) {
    return index(kind).all;
}

Facet facet_of(const Kind& kind, const Field& field) {
    const auto& facets = index(kind).facet_by_tag;
    DOSSIER_CHECK(field.tag < facets.size());
    return facets[field.tag];
}

const std::vector<Facet>& facets_of(const Kind& kind) {
    return index(kind).facets;
}

const std::vector<const Field*>& fields_of(const Kind& kind, Facet facet) {
    static const std::vector<const Field*> kNone;
    const auto slot = static_cast<std::size_t>(facet);
    return slot < kFacetSlots ? index(kind).fields[slot] : kNone;
}

std::vector<const Field*> group_of(const Kind& kind, const Field& field) {
    if (field.group.empty()) return {&field};
    std::vector<const Field*> group;
    for (const Field* each : all_fields(kind)) {
        if (each->group == field.group) group.push_back(each);
    }
    return group;
}

int level_of(const Kind& kind, Facet facet) {
    const auto slot = static_cast<std::size_t>(facet);
    return slot < kFacetSlots ? index(kind).levels[slot] : 0;
}

FieldValues facet_values(const Kind& kind, Facet facet, const FieldValues& values) {
    const auto& facets = index(kind).facet_by_tag;
    FieldValues part;
    for (const FieldValue& entry : values) {
        const bool known = find_field(kind, entry.tag) != nullptr;
        if (known && facets[entry.tag] == facet) part.push_back(entry);
    }
    return part;
}

}  // namespace dossier::catalog
